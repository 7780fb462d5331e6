"""Any RDF against the shapes: what ``kg validate`` and ``kg.validate_graph`` do."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from kg.built import graph_files
from kg.countries import all_countries
from kg.mapping import Emitter, country_rows
from kg.pipeline.reference import load_reference
from kg.rdf import read_merged
from kg.serialisation import TurtleWriter
from kg.settings import DEFAULT_BASE
from kg.terms import literal
from kg.validation import (
    Result,
    Shapes,
    load_shapes,
    report_head,
    result_lines,
    validator,
)
from kg.vocabulary import INTERREG, PREFIXES, RDF_TYPE, SH, SHAPE, XSD

__all__ = ["Validation", "validate_files", "validate_triples"]


class Validation(msgspec.Struct, frozen=True):
    """The results of a validation, sorted, and the shapes that they speak of.

    ``base`` is the IRI below which a report gets its own IRIs. What has no project conforms, but
    is hardly what was meant.
    """

    results: list[Result]
    shapes: Shapes
    base: str = DEFAULT_BASE
    has_project: bool = True

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings are allowed."""
        return not self.count("Violation")

    def count(self, severity: str) -> int:
        """Return the number of results of a severity: ``Violation``, ``Warning`` or ``Info``."""
        return sum(result.severity == severity for result in self.results)

    def message(self, result: Result, language: str = "en") -> str:
        """Return what a result says to a reader, in English (``en``) or German (``de``)."""
        return self.shapes.message(result.shape, language)

    def report(self) -> str:
        """Return the SHACL validation report as Turtle."""
        writer = TurtleWriter(PREFIXES | {SH.prefix: SH.iri, SHAPE.prefix: SHAPE.iri})
        head = report_head(self.base, conforms=not self.results)
        found = result_lines(self.results, self.shapes.messages, self.base)
        return writer.head() + writer.block(head + found)


def validate_files(
    paths: Iterable[Path], *, engine: str = "shacl", base: str = DEFAULT_BASE
) -> Validation:
    """Validate RDF files together, as one graph; the folder of a build stands for its graph.

    Blank nodes of different files are different ones, whatever their labels.

    Raises:
        InputError: a file cannot be read, or is not RDF, or a folder holds no graph.
    """
    files = [file for path in paths for file in (graph_files(path) if path.is_dir() else [path])]
    # a file that is named twice is one file
    lines = read_merged(dict.fromkeys(files))
    return validate_triples(lines, engine=engine, base=base)


def validate_triples(
    lines: Iterable[str], *, engine: str = "shacl", base: str = DEFAULT_BASE
) -> Validation:
    """Validate triples (N-Triples lines), with the reference graph that shapes look things up in.

    Raises:
        InputError: the triples cannot be read.
    """
    shapes = load_shapes()
    countries = country_rows(country.alpha2 for country in all_countries())
    known = Emitter(base).emit({"countries": countries})
    # the published graph holds parts of the reference graph; a statement counts once
    merged = dict.fromkeys([*load_reference(base).lines, *known, *lines])
    results = shapes.judge(validator(shapes.text, engine)(merged), _partial(merged))
    return Validation(results, shapes, base, _has_project(merged))


def _has_project(lines: Iterable[str]) -> bool:
    ending = f" <{RDF_TYPE}> <{INTERREG.Project}> ."
    return any(line.endswith(ending) for line in lines)


def _partial(lines: Iterable[str]) -> set[str]:
    """Return the terms of the projects that say that they do not list all of their partners."""
    # an xsd:boolean may be written in two ways
    endings = tuple(
        f" <{INTERREG.hasAllPartners}> {literal(text, XSD.boolean)} ." for text in ("false", "0")
    )
    return {line.split(" ", 1)[0] for line in lines if line.endswith(endings)}
