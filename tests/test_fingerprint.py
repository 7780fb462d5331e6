"""One number for a graph: the same for every spelling, another one for every other content."""

from __future__ import annotations

import random

import pytest

from kg.fingerprint import Fingerprint, canonical_line, canonical_term
from kg.pipeline import BuildResult

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ('<s>\t<p>\t"x" .', '<s> <p> "x" .'),
        ('<s> <p> "x".', '<s> <p> "x" .'),
        (f'<s> <p> "x"^^<{XSD}string> .', '<s> <p> "x" .'),
        (f'<s> <p> "1"^^<{XSD}boolean> .', f'<s> <p> "true"^^<{XSD}boolean> .'),
        (f'<s> <p> "12.50"^^<{XSD}decimal> .', f'<s> <p> "12.5"^^<{XSD}decimal> .'),
        (f'<s> <p> "007"^^<{XSD}integer> .', f'<s> <p> "7"^^<{XSD}integer> .'),
        ('<s> <p> "x"@de-CH .', '<s> <p> "x"@de-ch .'),
        ('<s> <p> "\\u00FC\\t\\"" .', '<s> <p> "ü\t\\"" .'),
        ("<s\\u00FC> <p> <o> .", "<sü> <p> <o> ."),
        ('<s> <p> "a . b\\\\" .', '<s> <p> "a . b\\\\" .'),
    ],
)
def test_spellings_that_are_the_same(theirs: str, ours: str) -> None:
    assert canonical_line(theirs) == canonical_line(ours) == ours
    assert Fingerprint([theirs]).same(Fingerprint([ours]))


@pytest.mark.parametrize(
    "other",
    ['<s> <p> "x"@en .', '<s> <p> "X" .', "<s> <p> <x> .", '<s> <q> "x" .', '<t> <p> "x" .',
     f'<s> <p> "x"^^<{XSD}token> .'],
)  # fmt: skip
def test_content_that_is_not(other: str) -> None:
    assert not Fingerprint(['<s> <p> "x" .']).same(Fingerprint([other]))


def test_a_value_that_breaks_its_datatype_stays() -> None:
    assert canonical_term(f'"x"^^<{XSD}decimal>') == f'"x"^^<{XSD}decimal>'


def test_order_does_not_count_and_number_does(example_build: BuildResult) -> None:
    text = (example_build.output / "graph.nt").read_text(encoding="utf-8")
    lines = text.split("\n")[:-1]
    whole = Fingerprint(lines)
    shuffled = random.Random(1).sample(lines, len(lines))
    assert Fingerprint(shuffled).same(whole)
    assert Fingerprint(shuffled).digest == whole.digest
    assert not Fingerprint(lines[1:]).same(whole)
    assert not Fingerprint([*lines, lines[0]]).same(whole)


def test_it_tells_where(example_build: BuildResult) -> None:
    text = (example_build.output / "graph.nt").read_text(encoding="utf-8")
    lines = text.split("\n")[:-1]
    whole, part = Fingerprint(lines), Fingerprint(lines[:-1])
    told = {line.split()[0] for line in lines if whole.differs_at(part, line)}
    assert told == {lines[-1].split()[0]}
