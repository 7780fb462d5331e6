"""The columns of one table of the input: which field each states, and in which style."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from kg.problems import Problem, Refused
from kg.sources.fields import PARTNER_FIELDS, PROJECT_FIELDS
from kg.sources.profile import Field, TableLayout, ValueStyle
from kg.sources.tables.evidence import amount_evidence, date_evidence
from kg.sources.tables.table import Cell, Table

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
    kinds = PROJECT_FIELDS if layout.holds == "projects" else PARTNER_FIELDS
    names = {name: column for column in layout.columns for name in column.header}
    positions: dict[str, int] = {}
    unknown = []
    for position, header in enumerate(table.header):
        column = names.get(header)
        if column is None or column.field in positions:
            unknown.append(position)
        else:
            positions[column.field] = position
    keys = [c for c in layout.columns if kinds[c.field] == "id"]
    given = {"project_id"} if table.is_nested else set()
    missing = [c for c in keys if c.field not in positions and c.field not in given]
    if missing:
        told = (
            f"The table of {layout.holds} has no column {', '.join(c.header[0] for c in missing)}."
        )
        raise Refused([Problem.of("column-missing", table.header_place(0), told)])
    fields = {
        column.field: Field(column.field, kinds[column.field], column.language, column.required)
        for column in layout.columns
        if column.field in positions
    }
    styles = _styles(table, positions, fields, values)
    return Columns(tuple(table.header), positions, fields, styles, tuple(unknown))


def _styles(
    table: Table,
    positions: Mapping[str, int],
    fields: Mapping[str, Field],
    values: ValueStyle,
) -> dict[str, ValueStyle]:
    amounts = [name for name, field in fields.items() if field.kind == "amount"]
    dates = [name for name, field in fields.items() if field.kind == "date"]
    styles = dict.fromkeys(fields, values)
    wanted = {name: positions[name] for name in (*amounts, *dates)}
    found: dict[str, list[Cell]] = {name: [] for name in wanted}
    if values.decimal == "auto" and wanted:
        for row in table.rows():
            for name, position in wanted.items():
                if position < len(row.cells):
                    found[name].append(row.cells[position])
    for name in amounts:
        styles[name] = _amount_style(found[name], values)
    for name in dates:
        order = date_evidence(found[name]).order
        if order:
            styles[name] = msgspec.structs.replace(values, date_order=order)
    return styles


def _amount_style(cells: Iterable[Cell], values: ValueStyle) -> ValueStyle:
    decimal = amount_evidence(cells).decimal
    if values.decimal != "auto" or decimal is None:
        return values
    return msgspec.structs.replace(values, decimal=decimal, grouping=SEPARATORS[decimal])


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
