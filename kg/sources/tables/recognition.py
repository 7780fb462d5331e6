"""Which layout a file has: told by the columns of its tables, or named by the user."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.problems import Problem, Refused
from kg.sources.cell import header_key
from kg.sources.files import Examined
from kg.sources.formats.read import read_tables
from kg.sources.formats.table import Table
from kg.sources.layouts.profile import TableLayout, TableProfile
from kg.sources.tables.matching import known_columns, missing_columns

__all__ = ["Assigned", "Recognised", "known_headers", "recognise", "recognise_tables"]

MIN_COLUMNS = 2
"""A table with fewer columns of a layout is none of it."""
MIN_SHARE = 0.5
"""So much of the columns of a file a layout must know, and so many of its own the file must have.

A user can name a layout all the same.
"""
MAX_LISTED = 5
"""Columns that a message names."""


class Assigned(NamedTuple):
    """A table of a file, and the table of a layout that it is."""

    table: Table
    layout: TableLayout


class Recognised(NamedTuple):
    """A file, its layout, its tables that belong to it, and those that do not."""

    examined: Examined
    profile: TableProfile
    tables: tuple[Assigned, ...]
    others: tuple[Table, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the file has all tables of the layout."""
        return len({a.layout.holds for a in self.tables}) == len(self.profile.tables)


class _Fit(NamedTuple):
    """How well tables fit a layout.

    ``share`` is the share of their columns that it knows, ``cover`` that of its own columns which
    they have, ``columns`` how many these are. ``missing`` are columns that tables lack, and
    ``absent`` those that no object of a document has, which each of its records then lacks.
    """

    share: float
    cover: float
    columns: int
    profile: TableProfile
    tables: tuple[Assigned, ...]
    missing: tuple[str, ...]
    absent: tuple[str, ...]

    @property
    def is_near(self) -> bool:
        """Whether the columns leave no doubt, where nobody named the layout."""
        is_covered = self.profile.is_loose or self.cover >= MIN_SHARE
        return is_covered and self.share >= MIN_SHARE


def recognise(examined: Examined, profiles: Sequence[TableProfile]) -> Recognised:
    """Return the layout of a file: of those given, the one that knows most of its columns.

    Raises:
        Refused: the file cannot be read, or no layout has its columns; the problem says which one
            is nearest, and what it lacks.
    """
    known = known_headers(profiles)
    delimiters = {profile.delimiter for profile in profiles}
    delimiter = delimiters.pop() if len(delimiters) == 1 else None
    return recognise_tables(examined, read_tables(examined, known, delimiter), profiles)


def recognise_tables(
    examined: Examined, tables: Sequence[Table], profiles: Sequence[TableProfile]
) -> Recognised:
    """Return the layout of a file whose tables are known; see :func:`recognise`.

    Raises:
        Refused: no layout has its columns.
    """
    fits = [_fit(tables, profile) for profile in profiles]
    whole = [fit for fit in fits if fit.tables and not fit.missing]
    if len(profiles) > 1:
        whole = [fit for fit in whole if fit.is_near]
    if not whole:
        raise Refused([_unknown(tables, fits)])
    best = max(whole, key=lambda fit: (not fit.absent, fit.columns, fit.share))
    used = {id(assigned.table) for assigned in best.tables}
    others = tuple(table for table in tables if id(table) not in used)
    return Recognised(examined, best.profile, best.tables, others)


def known_headers(profiles: Sequence[TableProfile]) -> frozenset[str]:
    """Return the names that the columns of some layouts can bear, as they are compared."""
    return frozenset(
        header_key(name)
        for profile in profiles
        for layout in profile.tables
        for column in layout.all_columns()
        for name in column.header
    )


def _fit(tables: Sequence[Table], profile: TableProfile) -> _Fit:
    assigned: list[Assigned] = []
    missing: list[str] = []
    absent: list[str] = []
    known = total = own = 0
    shown: set[str] = set()
    # what the workbook shows comes first: a hidden sheet beside it may be what it was made from
    for table in sorted(tables, key=lambda table: table.is_hidden):
        found = max(_candidates(table, profile), key=lambda found: found[0], default=None)
        if found is None or found[0] < MIN_COLUMNS:
            continue
        columns, layout = found
        if not table.is_hidden:
            shown.add(layout.holds)
        elif layout.holds in shown and not layout.sheet:
            continue
        lacking = missing_columns(table.header, layout, profile)
        if table.is_nested:
            lacking = [name for name in lacking if name not in _key_headers(layout)]
        # an object that leaves a key out is a record without the value, and no other table
        is_document = table.pointers is not None
        (absent if is_document else missing).extend(lacking)
        known, total = known + columns, total + len(table.header)
        own += sum(1 for _ in layout.all_columns())
        assigned.append(Assigned(table, layout))
    share = known / total if total else 0.0
    cover = known / own if own else 0.0
    return _Fit(share, cover, known, profile, tuple(assigned), tuple(missing), tuple(absent))


def _candidates(table: Table, profile: TableProfile) -> Iterator[tuple[int, TableLayout]]:
    for layout in profile.tables:
        sheets = {header_key(name) for name in layout.sheet}
        if sheets and header_key(table.name or "") not in sheets:
            continue
        if table.is_nested and not (profile.is_joined and layout.holds == "partners"):
            continue
        yield known_columns(table.header, layout), layout


def _key_headers(layout: TableLayout) -> set[str]:
    parts = (part for column in layout.columns for part in column.parts())
    return {name for part in parts if part.field == "project_id" for name in part.header}


def _unknown(tables: Sequence[Table], fits: Sequence[_Fit]) -> Problem:
    """Return the problem of a file that has no known layout, with the nearest one."""
    near = max(fits, key=lambda fit: (fit.share, fit.columns), default=None)
    is_named = len(fits) == 1
    if near is not None and near.missing and (is_named or near.share >= MIN_SHARE):
        table = next(
            a for a in near.tables if missing_columns(a.table.header, a.layout, near.profile)
        )
        told = f"The table of {table.layout.holds} has no column {_listed(near.missing)}"
        layout = f"as the layout ‹{near.profile.name}› asks for"
        return Problem.of("column-missing", table.table.header_place(0), f"{told}, {layout}.")
    if near is None or near.columns < MIN_COLUMNS:
        told = f"No layout has the columns {_listed(tables[0].header)}."
    else:
        told = _nearest_told(near)
    return Problem.of("layout-unknown", tables[0].header_place(0), told)


def _nearest_told(near: _Fit) -> str:
    """Return what the nearest layout makes of the columns, and why that is not enough."""
    name = near.profile.name
    headers = [header for a in near.tables for header in a.table.header]
    if near.missing:
        return (
            f"No layout has these columns. The nearest, ‹{name}›, knows {near.columns} of "
            f"{len(headers)}, and asks for {_listed(near.missing)} besides."
        )
    if near.share < MIN_SHARE:
        known = known_headers([near.profile])
        unknown = [header for header in headers if header_key(header) not in known]
        return (
            f"The nearest layout, ‹{name}›, knows {near.columns} of {len(headers)} columns, fewer "
            f"than half, and not {_listed(unknown)}. If it is that all the same, build with "
            f"--profile {name}."
        )
    return (
        f"Of the columns of the nearest layout, ‹{name}›, {near.columns} are there, fewer than "
        f"half. If it is that all the same, build with --profile {name}."
    )


def _listed(names: Sequence[str]) -> str:
    listed = [f"‹{name}›" for name in names if name]
    return ", ".join(listed[:MAX_LISTED]) + (" …" if len(listed) > MAX_LISTED else "")
