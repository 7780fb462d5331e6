"""The columns of files under a profile: which field each states, in which style, or why none."""

from __future__ import annotations

from typing import NamedTuple

from kg.sources.cell import header_key
from kg.sources.inputs import Inputs
from kg.sources.layouts.profile import Column, TableLayout, TableProfile
from kg.sources.personal import mask_personal
from kg.sources.tables.columns import match_columns
from kg.sources.tables.plans import ColumnPlan
from kg.sources.tables.recognition import Assigned
from kg.sources.tables.styles import read_styles
from kg.sources.values.style import ValueStyle

__all__ = ["ColumnUse", "read_column_uses"]


class ColumnUse(NamedTuple):
    """A column of a file and what a profile makes of it; ``name`` is that of the ledger."""

    source: str
    header: str
    name: str
    field: str | None
    use: str
    reason: str
    style: str


def read_column_uses(inputs: Inputs) -> list[ColumnUse]:
    """Return the columns of the tables in some files, with what a profile makes of each.

    The rows are read where they tell how a column writes its values.

    Raises:
        Refused: a file cannot be read.
    """
    return [
        use
        for item in inputs.items
        for file in item.tables
        for assigned in file.tables
        for use in _read_uses(assigned, file.profile)
    ]


def _read_uses(assigned: Assigned, profile: TableProfile) -> list[ColumnUse]:
    table, layout = assigned
    columns = match_columns(table, layout, profile, read_styles(table, layout, profile))
    every = [*columns.project, *(p for block in columns.blocks for p in block.columns)]
    plans = {p.position: p for p in reversed(every)}
    fields: dict[int, list[str]] = {}
    for each in every:
        fields.setdefault(each.position, []).append(each.field.name)
    uses = []
    for position, stated_header in enumerate(columns.header):
        header = mask_personal(stated_header)
        plan = plans.get(position)
        name = columns.names[position]
        stated = _column(layout, stated_header)
        if plan is not None:
            personal = plan.column.personal
            reason = f"published, as the profile says: {personal}" if personal else ""
            uses.append(
                ColumnUse(
                    table.source,
                    header,
                    name,
                    ", ".join(fields[position]),
                    "field",
                    reason,
                    _style(plan),
                )
            )
        elif position in columns.withheld:
            reason = stated.ignore if stated and stated.ignore else "seems to hold personal data"
            uses.append(ColumnUse(table.source, header, name, None, "personal", reason, ""))
        elif position in columns.ignored or stated is not None:
            reason = (stated.ignore if stated else None) or ""
            uses.append(ColumnUse(table.source, header, name, None, "ignored", reason, ""))
        else:
            reason = "the profile has no such column"
            uses.append(ColumnUse(table.source, header, name, None, "unknown", reason, ""))
    return uses


def _column(layout: TableLayout, header: str) -> Column | None:
    name = header_key(header)
    return next((c for c in layout.all_columns() if name in map(header_key, c.header)), None)


def _style(plan: ColumnPlan) -> str:
    """Say how the values of a column are read, where that was decided."""
    style: ValueStyle = plan.style
    kind = plan.field.kind
    if kind == "amount":
        told = {",": "decimal comma", ".": "decimal point"}
        return told.get(style.decimal, "only amounts that leave no doubt")
    if kind == "date" and style.date_order != "auto":
        return "day first" if style.date_order == "dmy" else "month first"
    if kind == "rate" and style.rate != "auto":
        return f"as {style.rate}"
    return ""
