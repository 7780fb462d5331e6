"""How the columns of one table write their values, decided from all of its rows."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from kg.sources.fields import KIND_OF
from kg.sources.formats.table import Row, Table
from kg.sources.layouts import column_style
from kg.sources.layouts.patterns import Pattern, parse_patterns
from kg.sources.layouts.profile import TableLayout, TableProfile
from kg.sources.tables.evidence import Evidence, add_evidence, evidence_of
from kg.sources.tables.lists import split_list
from kg.sources.tables.matching import match_header
from kg.sources.tables.parts import part_of
from kg.sources.values.style import ValueStyle

__all__ = ["StyleEvidence", "Styles", "read_styles"]

Styles = dict[tuple[int, str | None], ValueStyle]
"""How the values of the fields of columns are written, by position and field."""


class StyleEvidence:
    """How the columns of a table write their values, as far as its rows tell.

    What its parts tell can be gathered apart and added up.
    """

    def __init__(self, table: Table, layout: TableLayout, profile: TableProfile) -> None:
        matched = match_header(tuple(table.header), layout)
        self._separators = matched.separators
        self._styles: Styles = {
            (f.position, f.column.field): msgspec.structs.replace(
                column_style(profile.values, f.column), date_system=table.date_system
            )
            for f in matched.read
        }
        self._open: dict[tuple[int, str], tuple[Evidence, tuple[Pattern, ...]]] = {}
        for position, column in matched.read:
            field = column.field
            if field and (seen := evidence_of(KIND_OF[field], self._styles[(position, field)])):
                self._open[(position, field)] = seen, parse_patterns(column.patterns)

    @property
    def is_needed(self) -> bool:
        """Whether the layout leaves the style of any column open."""
        return bool(self._open)

    def see(self, rows: Iterable[Row]) -> None:
        """Take in rows of the table."""
        separators = self._separators
        for row in rows:
            if row.problem is not None:  # its cells may stand in other columns
                continue
            cells = row.cells
            for (position, field), (seen, patterns) in self._open.items():
                cell = cells[position] if position < len(cells) else None
                if cell is None:
                    continue
                for item in split_list(cell, separators.get(position)):
                    if patterns and item is not None:
                        item = part_of(item, patterns, field)
                    seen.see(item)

    def add(self, other: StyleEvidence) -> None:
        """Take in what other rows of the table told."""
        for key, (seen, _) in self._open.items():
            add_evidence(seen, other._open[key][0])

    def styles(self) -> Styles:
        """Return how the values of columns are written, decided where it was left open."""
        styles = self._styles
        return styles | {key: seen.decided(styles[key]) for key, (seen, _) in self._open.items()}


def read_styles(table: Table, layout: TableLayout, profile: TableProfile) -> Styles:
    """Return how the columns of a table write their values.

    All of its rows are read for it, where the layout leaves the style of a column open.

    Raises:
        Refused: the file cannot be read.
    """
    seen = StyleEvidence(table, layout, profile)
    if seen.is_needed:
        seen.see(table.rows())
    return seen.styles()
