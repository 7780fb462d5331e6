"""The columns of one table of the input: which field each states, and in which style."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache

import msgspec

from kg.problems import Problem
from kg.records import Outcome
from kg.sources.fields import Holds
from kg.sources.formats.table import Table
from kg.sources.layouts.profile import TableLayout, TableProfile
from kg.sources.personal import mask_personal
from kg.sources.tables.matching import Matched, match_header
from kg.sources.tables.plans import BlockPlan, ColumnPlan, crs_of, plan_block, plan_columns
from kg.sources.tables.styles import Styles
from kg.sources.values.currencies import currencies_in
from kg.sources.values.style import ValueStyle
from kg.sources.values.units import scale_in

__all__ = ["Columns", "column_problems", "match_columns"]


class Columns(msgspec.Struct, frozen=True):
    """What the columns of a table state: a project, and partners.

    ``names`` are those by which the ledger knows the columns, the field where one column alone
    states it, ``outcomes`` what becomes of their
    cells where nothing is wrong, ``keys`` the two together; ``by_field`` are the columns of project
    fields, ``crs`` is the reference system of coordinates that state none; ``ignored`` are the
    positions of columns that the profile leaves out, ``unknown`` of those that it does not know,
    ``withheld`` of those of them that seem to hold personal data. ``in_currency`` gives the same
    columns for records whose amounts are in another currency, or in none that is known.
    """

    header: tuple[str, ...]
    names: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    keys: tuple[tuple[str, Outcome], ...]
    project: tuple[ColumnPlan, ...]
    positions: Mapping[str, int]
    blocks: tuple[BlockPlan, ...]
    ignored: frozenset[int]
    unknown: tuple[int, ...]
    withheld: frozenset[int]
    holds: Holds

    by_field: Mapping[str, ColumnPlan]
    crs: str
    in_currency: Callable[[str | None], Columns]


def match_columns(
    table: Table, layout: TableLayout, profile: TableProfile, styles: Styles
) -> Columns:
    """Return what the columns of a table state; ``styles`` are those of :func:`read_styles`."""
    header = tuple(table.header)
    matched = match_header(header, layout)

    @cache  # there are as many currencies as are known
    def in_currency(code: str | None) -> Columns:
        values = msgspec.structs.replace(profile.values, currency=code)
        mine = {key: msgspec.structs.replace(style, currency=code) for key, style in styles.items()}
        return _columns(header, matched, layout.holds, mine, values, in_currency)

    return in_currency(profile.values.currency)


def _columns(
    header: tuple[str, ...],
    matched: Matched,
    holds: Holds,
    styles: Styles,
    values: ValueStyle,
    in_currency: Callable[[str | None], Columns],
) -> Columns:
    own, read = matched.own, matched.read
    names = [mask_personal(name) for name in header]
    stating = Counter(found.column.field for found in read)
    for found in reversed(read):
        field = found.column.field
        if field is not None and stating[field] == 1:
            names[found.position] = field
    mapped = {f.position for f in read} - matched.ignored
    outcomes = tuple(Outcome.MAPPED if n in mapped else Outcome.IGNORED for n in range(len(header)))
    return Columns(
        header=header,
        names=tuple(names),
        outcomes=outcomes,
        keys=tuple(zip(names, outcomes, strict=True)),
        project=(project := plan_columns(own, styles)),
        by_field={plan.field.name: plan for plan in project},
        crs=crs_of(project, values),
        positions={f.column.field: f.position for f in own if f.column.field},
        blocks=tuple(plan_block(b, found, styles, values) for b, found in matched.blocks),
        ignored=matched.ignored,
        unknown=matched.unknown,
        withheld=matched.withheld(header),
        holds=holds,
        in_currency=in_currency,
    )


def column_problems(columns: Columns, table: Table) -> Sequence[Problem]:
    """Return a problem for each column that the layout does not have or contradicts."""
    named = [
        Problem.of("header-unit", table.header_place(plan.position), told, field=plan.field.name,
                   value=columns.header[plan.position])
        for plan in (*columns.project, *(p for block in columns.blocks for p in block.columns))
        if plan.field.kind == "amount"
        and (told := _unit_told(columns.header[plan.position], plan.style)) is not None
    ]  # fmt: skip
    return named + [
        Problem.of(
            "column-personal" if position in columns.withheld else "column-unknown",
            table.header_place(position),
            f"The column ‹{columns.header[position]}› was not read.",
            value=columns.header[position],
        )
        for position in columns.unknown
    ]


def _unit_told(header: str, style: ValueStyle) -> str | None:
    """Say where a header names another unit or currency than that by which amounts are read."""
    scale, currencies = scale_in(header), set(currencies_in(header))
    if scale != style.scale and scale != "1":
        return f"It says that amounts are in {int(scale):,}, and they are read as they stand."
    if currencies and style.currency not in currencies:
        named = ", ".join(sorted(currencies))
        return f"It names {named}, and the amounts are read as {style.currency}."
    return None
