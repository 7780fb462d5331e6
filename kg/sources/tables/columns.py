"""The columns of one table of the input: which field each states, and in which style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from kg.problems import Problem, Refused
from kg.sources.fields import Field
from kg.sources.profile import TableLayout, ValueStyle, fields_of
from kg.sources.tables.evidence import AmountEvidence, DateEvidence
from kg.sources.tables.table import Table

__all__ = ["Columns", "match_columns", "unread"]

SEPARATORS = {",": ".", ".": ","}
"""The separator of thousands that goes with a decimal separator."""


class Columns(msgspec.Struct, frozen=True):
    """What the columns of a table state.

    ``positions`` gives for each field its column, from 0; ``fields`` what its values are and
    ``styles`` how they are written; ``unknown`` are the positions of columns that are not read.
    """

    header: tuple[str, ...]
    positions: Mapping[str, int]
    fields: Mapping[str, Field]
    styles: Mapping[str, ValueStyle]
    unknown: tuple[int, ...]


def match_columns(table: Table, layout: TableLayout, values: ValueStyle) -> Columns:
    """Return what the columns of a table state, their styles decided from all of its rows.

    Raises:
        Refused: a column is missing that the table cannot be read without.
    """
    names = {name: column for column in layout.columns for name in column.header}
    positions: dict[str, int] = {}
    unknown = []
    for position, header in enumerate(table.header):
        column = names.get(header)
        if column is None or column.field in positions:
            unknown.append(position)
        else:
            positions[column.field] = position
    all_fields = fields_of(layout.columns, layout.holds)
    given = {"project_id"} if table.is_nested else set()
    keys = {field.name for field in all_fields if field.kind == "id"} - given
    missing = [c.header[0] for c in layout.columns if c.field in keys - positions.keys()]
    if missing:
        told = f"The table of {layout.holds} has no column {', '.join(missing)}."
        raise Refused([Problem.of("column-missing", table.header_place(0), told)])
    fields = {field.name: field for field in all_fields if field.name in positions}
    styles = _styles(table, positions, fields, values)
    return Columns(tuple(table.header), positions, fields, styles, tuple(unknown))


def _styles(
    table: Table,
    positions: Mapping[str, int],
    fields: Mapping[str, Field],
    values: ValueStyle,
) -> dict[str, ValueStyle]:
    styles = dict.fromkeys(fields, values)
    if values.decimal != "auto" and values.date_order != "auto":
        return styles
    evidence: dict[str, AmountEvidence | DateEvidence] = {
        name: AmountEvidence() if field.kind == "amount" else DateEvidence()
        for name, field in fields.items()
        if field.kind in {"amount", "date"}
    }
    for row in table.rows():
        for name, found in evidence.items():
            position = positions[name]
            if position < len(row.cells):
                found.see(row.cells[position])
    return styles | {name: _decided(values, found) for name, found in evidence.items()}


def _decided(values: ValueStyle, found: AmountEvidence | DateEvidence) -> ValueStyle:
    """Return the style of a column: what its layout leaves open, decided by its values."""
    if isinstance(found, DateEvidence):
        is_open = values.date_order == "auto" and found.order
        return msgspec.structs.replace(values, date_order=found.order) if is_open else values
    if values.decimal != "auto" or found.decimal is None:
        return values
    grouping = SEPARATORS[found.decimal]
    return msgspec.structs.replace(values, decimal=found.decimal, grouping=grouping)


def unread(columns: Columns, table: Table) -> Sequence[Problem]:
    """Return a problem for each column that the layout does not have."""
    return [
        Problem.of(
            "column-unknown",
            table.header_place(position),
            f"The column ‹{columns.header[position]}› was not read.",
            value=columns.header[position],
        )
        for position in columns.unknown
    ]
