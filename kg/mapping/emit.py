"""Rows → triples: the declaration, compiled once for a base IRI into functions over rows.

A row of a table is a tuple, so a column is found by position; what does not depend on the row
(predicates, brackets, datatypes) is put together beforehand. This is what makes a declared mapping
as fast as a hand-written loop (see ``benchmarks/``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from kg.iris import encode
from kg.mapping.declaration import (
    MAPPING,
    Link,
    Resource,
    Term,
    Value,
    Web,
    Words,
)
from kg.mapping.tables import COLUMNS, Row
from kg.terms import escape, literal
from kg.vocabulary import RDF_TYPE, XSD

__all__ = ["Emitter", "is_absolute"]

MakeTerm = Callable[[Row], str | None]
"""Makes a term from a row, or None where a column that it needs is not filled."""

_COLUMN = re.compile(r"\{(\w+)\}")


class Emitter:
    """Makes N-Triples lines from the rows of all tables, for one base IRI."""

    def __init__(self, base: str, mapping: Sequence[Resource] = MAPPING) -> None:
        self._plans: dict[str, list[Callable[[Row, list[str]], None]]] = {}
        for resource in mapping:
            plan = _compile(resource, COLUMNS[resource.table], base)
            self._plans.setdefault(resource.table, []).append(plan)

    def emit(self, tables: Mapping[str, Iterable[Row]]) -> list[str]:
        """Return the triples of these rows, in the order of tables, rows and declaration."""
        lines: list[str] = []
        for table, rows in tables.items():
            for plan in self._plans[table]:
                for row in rows:
                    plan(row, lines)
        return lines


def is_absolute(template: str) -> bool:
    """Tell whether a template gives IRIs of its own and not below the base."""
    return template.startswith(("http://", "https://", "urn:"))


def _compile(
    resource: Resource, columns: Sequence[str], base: str
) -> Callable[[Row, list[str]], None]:
    subject_of = _link(resource.subject, columns, base)
    types = [f" <{RDF_TYPE}> <{iri}> ." for iri in resource.classes]
    steps = [
        (f" <{prop.predicate}> ", make)
        for prop in resource.properties
        for make in _makers(prop.term, columns, base)
    ]

    def plan(row: Row, lines: list[str]) -> None:
        subject = subject_of(row)
        if subject is None:
            return
        for tail in types:
            lines.append(subject + tail)
        for predicate, make in steps:
            term = make(row)
            if term is not None:
                lines.append(f"{subject}{predicate}{term} .")

    return plan


def _makers(term: Term, columns: Sequence[str], base: str) -> list[MakeTerm]:
    match term:
        case Value(column, datatype):
            return [_value(columns.index(column), datatype)]
        case Words(column):
            tagged = _words(columns.index(column), columns.index(f"{column}_language"))
            return [tagged, _value(columns.index(f"{column}_untagged"), XSD.string)]
        case Link(template):
            return [_link(template, columns, base)]
        case Web(column):
            return [_web(columns.index(column))]


def _value(index: int, datatype: str) -> MakeTerm:
    tail = literal("", datatype)[1:]

    def make(row: Row) -> str | None:
        value = row[index]
        return None if value is None else f'"{escape(value)}{tail}'

    return make


def _words(index: int, language_index: int) -> MakeTerm:
    def make(row: Row) -> str | None:
        value = row[index]
        return None if value is None else f'"{escape(value)}"@{row[language_index]}'

    return make


def _web(index: int) -> MakeTerm:
    def make(row: Row) -> str | None:
        value = row[index]
        return None if value is None else f"<{value}>"

    return make


def _link(template: str, columns: Sequence[str], base: str) -> MakeTerm:
    pieces = _COLUMN.split(template)
    texts, indices = pieces[::2], [columns.index(name) for name in pieces[1::2]]
    texts[0] = "<" + ("" if is_absolute(template) else base) + texts[0]
    texts[-1] += ">"

    if len(indices) == 1:
        (index,), (head, tail) = indices, texts

        def make_one(row: Row) -> str | None:
            value = row[index]
            return None if value is None else f"{head}{encode(value)}{tail}"

        return make_one

    def make(row: Row) -> str | None:
        term = texts[0]
        for index, text in zip(indices, texts[1:], strict=True):
            value = row[index]
            if value is None:
                return None
            term += encode(value) + text
        return term

    return make
