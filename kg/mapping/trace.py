"""Rows → triples, each with the row and the property that made it.

The same declaration, run through the same emitter, one property at a time: slower, and it tells
where a triple comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.mapping.declaration import MAPPING, Property, Resource
from kg.mapping.emit import Emitter
from kg.mapping.tables import COLUMNS, Row

__all__ = ["Traced", "TracingEmitter"]


class Traced(NamedTuple):
    """A triple, the row that it was made from, and the property; None for the class of a resource.

    ``resource`` is the entry of the mapping that the property stands in.
    """

    line: str
    row: Row
    resource: Resource
    prop: Property | None

    def cell(self, column: str) -> str | None:
        """Return a cell of the row, or None where its table has no such column."""
        columns = COLUMNS[self.resource.table]
        return self.row[columns.index(column)] if column in columns else None


class TracingEmitter:
    """Makes traced triples from the rows of all tables, for one base IRI."""

    def __init__(self, base: str, mapping: Iterable[Resource] = MAPPING) -> None:
        self._steps: dict[str, list[tuple[Resource, Property | None, Emitter]]] = {}
        for resource in mapping:
            classes = resource._replace(properties=())
            steps = self._steps.setdefault(resource.table, [])
            steps.append((resource, None, Emitter(base, [classes])))
            for prop in resource.properties:
                alone = resource._replace(classes=(), properties=(prop,))
                steps.append((resource, prop, Emitter(base, [alone])))

    def trace(self, tables: Mapping[str, Iterable[Row]]) -> Iterator[Traced]:
        """Yield the triples of these rows; tables that the mapping does not have are left out."""
        for table, rows in tables.items():
            for row in rows:
                for resource, prop, emitter in self._steps.get(table, ()):
                    for line in emitter.emit({table: [row]}):
                        yield Traced(line, row, resource, prop)
