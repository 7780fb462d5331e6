"""The seam of the SHACL engines: what callers may rely on."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event, Thread

import pytest
import rdflib

from kg.problems import SettingsError
from kg.settings import ENGINES
from kg.validation import validator

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<http://e/shape> a sh:NodeShape ; sh:targetSubjectsOf <http://e/p> ;
    sh:property [ sh:path <http://e/p> ; sh:datatype xsd:integer ] .
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_of_the_settings_validates(engine: str) -> None:
    (found,) = validator(SHAPES, engine)(['<http://e/s> <http://e/p> "x" .'])
    assert (found.focus, found.value) == ("<http://e/s>", '"x"')


def test_an_engine_that_is_not_there() -> None:
    with pytest.raises(SettingsError, match=r"‹shakl›\. Use one of shacl, pyshacl"):
        validator(SHAPES, "shakl")


def test_pyshacl_in_two_threads_leaves_rdflib_as_it_was() -> None:
    validate = validator(SHAPES, "pyshacl")
    first_reads, second_reads, first_is_done = Event(), Event(), Event()
    found: list[str | None] = []

    def first_lines() -> Iterator[str]:
        first_reads.set()
        second_reads.wait(0.3)  # in vain, as the second is not let in
        yield '<http://e/s> <http://e/p> "1e3"^^<http://www.w3.org/2001/XMLSchema#decimal> .'

    def second_lines() -> Iterator[str]:
        second_reads.set()
        first_is_done.wait(5)
        yield '<http://e/s> <http://e/p> "2e3"^^<http://www.w3.org/2001/XMLSchema#decimal> .'

    def first() -> None:
        found.extend(result.value for result in validate(first_lines()))
        first_is_done.set()

    def second() -> None:
        first_reads.wait(5)
        found.extend(result.value for result in validate(second_lines()))

    assert rdflib.NORMALIZE_LITERALS
    threads = [Thread(target=first), Thread(target=second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rdflib.NORMALIZE_LITERALS
    assert [str(value).partition("^^")[0] for value in found] == ['"1e3"', '"2e3"']
