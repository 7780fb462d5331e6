"""A SHACL validation result, the same whichever engine found it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

import msgspec

from kg import iris
from kg.terms import iri, literal
from kg.vocabulary import RDF_TYPE, SH, SHAPE, XSD

__all__ = ["Result", "report_head", "result_lines"]


class Result(msgspec.Struct, frozen=True):
    """One validation result.

    ``focus`` and ``value`` are terms in N-Triples syntax; ``path`` is the IRI of the property, or
    None where the result has no simple path; ``shape`` the IRI of the shape; ``component`` the IRI
    of the constraint component; ``severity`` ``Violation``, ``Warning`` or ``Info``.
    """

    focus: str
    shape: str
    path: str | None
    value: str | None
    component: str
    severity: str

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What tells results apart and puts them in order."""
        return (self.focus, self.shape, self.path or "", self.value or "", self.component)

    @property
    def code(self) -> str:
        """The problem code: the local name of the shape, ``lead-count``."""
        return self.shape.removeprefix(SHAPE.iri)


def report_head(base: str, *, conforms: bool) -> list[str]:
    """Return the triples of a validation report itself, without its results.

    Source: SHACL, section 3.6.
    """
    report = iri(iris.mint(base, iris.REPORT))
    return [
        f"{report} <{RDF_TYPE}> <{SH.ValidationReport}> .",
        f"{report} <{SH.conforms}> {literal(str(conforms).lower(), XSD.boolean)} .",
    ]


def result_lines(
    results: Iterable[Result], messages: Mapping[str, Mapping[str, str]], base: str
) -> list[str]:
    """Return the triples of results, sorted, and their links from the report.

    ``messages`` are the messages of each shape by language. A result's IRI is a hash of what it
    says, so that no blank node is needed and two builds of the same data agree.
    """
    report = iri(iris.mint(base, iris.REPORT))
    lines = []
    for result in sorted(set(results), key=lambda result: result.key):
        name = iri(iris.mint(base, iris.RESULT, result_hash=_hash(result)))
        lines.append(f"{report} <{SH.result}> {name} .")
        lines += [f"{name} <{predicate}> {term} ." for predicate, term in _statements(result)]
        lines += [
            f"{name} <{SH.resultMessage}> {literal(text, language=language or None)} ."
            for language, text in sorted(messages.get(result.shape, {}).items())
        ]
    return lines


def _statements(result: Result) -> list[tuple[str, str]]:
    found = [
        (RDF_TYPE, iri(SH.ValidationResult)),
        (SH.resultSeverity, iri(SH[result.severity])),
        (SH.sourceShape, iri(result.shape)),
        (SH.focusNode, result.focus),
    ]
    if result.path:
        found.append((SH.resultPath, iri(result.path)))
    if result.value:
        found.append((SH.value, result.value))
    found.append((SH.sourceConstraintComponent, iri(result.component)))
    return found


def _hash(result: Result) -> str:
    return sha256("\n".join(result.key).encode()).hexdigest()[:16]
