"""Records of a rejects file whose source is not in the run: they are read from the file alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from kg.problems import Place, Problem, Refused
from kg.records import Reading
from kg.sources.cell import Cell, header_key
from kg.sources.fields import Holds
from kg.sources.files import Examined
from kg.sources.formats.table import Row, Table
from kg.sources.layouts import TEXT_PROFILE
from kg.sources.layouts.profile import TableLayout, TableProfile
from kg.sources.rejects.entries import RejectsEntry, is_no_column
from kg.sources.rejects.repairs import Repair, Repairs
from kg.sources.tables.readings import read_tables_of
from kg.sources.tables.recognition import Assigned, Recognised
from kg.sources.text import read_lines
from kg.sources.text.lines import Line

__all__ = ["read_rejected"]

_REPEATED = re.compile(r"(.+) \([0-9]+\)")


def read_rejected(
    examined: Examined,
    layout: str,
    entries: Sequence[Repair],
    repairs: Repairs,
    profiles: Mapping[str, TableProfile],
) -> Iterator[Reading]:
    """Yield what is made of the entries of a rejects file that have one layout.

    ``repairs`` are told of those that are no records by themselves.

    Raises:
        Refused: the layout is not known.
    """
    alone = []
    for repair in entries:
        entry = repair.entry
        if entry.field is None and entry.item is None and not _is_line(entry):
            alone.append(repair)
        elif entry.is_changed:
            repairs.tell_stale(repair, "Its source is not in the run, and it is no record alone.")
    alone = list(_once(alone, repairs))
    if layout == TEXT_PROFILE:
        for repair in alone:
            yield from _read_text(examined.file.name, repair)
        return
    if layout not in profiles:
        told = f"The layout ‹{layout}› is not known here."
        remedy = "Name its profile with --profile."
        raise Refused([Problem.of("layout-unknown", entries[0].place, told, remedy=remedy)])
    yield from _read_tables(examined, alone, repairs, profiles[layout])


def _is_line(entry: RejectsEntry) -> bool:
    return isinstance(entry.raw, list) and entry.table == "partners"


def _once(entries: Sequence[Repair], repairs: Repairs) -> Iterator[Repair]:
    """Yield one entry for each place of a source: the last one that was changed."""
    chosen: dict[object, Repair] = {}
    for repair in entries:
        entry = repair.entry
        key = (entry.source, entry.sheet, entry.row, entry.pointer, entry.lines)
        earlier = chosen.get(key)
        if earlier is not None and earlier.entry.is_changed:
            if not entry.is_changed:
                continue
            repairs.tell_stale(earlier, f"{repair.place} repairs the same place later.")
        chosen[key] = repair
    yield from chosen.values()


def _read_text(name: str, repair: Repair) -> Iterator[Reading]:
    raw = repair.entry.raw
    number = repair.place.line or 0
    lines = [Line(number, text) for text in raw] if isinstance(raw, list) else []
    if not all(line.is_blank for line in lines):
        yield from read_lines(name, lines, is_record=True)


def _read_tables(
    examined: Examined, entries: Sequence[Repair], repairs: Repairs, profile: TableProfile
) -> Iterator[Reading]:
    by_table: dict[Holds, list[Repair]] = {"projects": [], "partners": []}
    for repair in entries:
        if repair.entry.cells:
            holds: Holds = "partners" if repair.entry.table == "partners" else "projects"
            by_table[holds].append(repair)
    if profile.is_joined and not by_table["projects"]:
        for repair in by_table["partners"]:
            told = "Neither its source nor its project is in the run."
            repairs.tell_stale(repair, told)
        return
    assigned = []
    for layout in profile.tables:
        mine = by_table[layout.holds]
        if mine:
            table = _table(examined.file.name, mine, layout, is_joined=profile.is_joined)
            assigned.append(Assigned(table, layout))
    if assigned:
        yield from read_tables_of([Recognised(examined, profile, tuple(assigned), ())])


def _table(name: str, entries: Sequence[Repair], layout: TableLayout, *, is_joined: bool) -> Table:
    """Return the entries as a table whose header are all of their keys."""
    stated = [dict(repair.entry.cells) for repair in entries]
    if is_joined and layout.holds == "partners":
        for cells, repair in zip(stated, entries, strict=True):
            _add_project(cells, repair.entry.record, layout)
    keys = list(dict.fromkeys(k for cells in stated for k in cells if not is_no_column(k)))

    def rows() -> Iterator[Row]:
        for cells, repair in zip(stated, entries, strict=True):
            found: list[Cell] = [cells.get(key) for key in keys]
            odd = [f"{key} {cell}" for key, cell in cells.items() if is_no_column(key)]
            problem = ("row-ragged", f"The row has {'; '.join(odd)}.") if odd else None
            yield Row(repair.place.line, repair.place.line, found, problem=problem)

    def place(row: Row, position: int | None) -> Place:
        return Place(name, row.line, column=None if position is None else position + 1)

    known = set(keys)
    return Table(name, [_header(key, known) for key in keys], rows, place, partial(_place, name))


def _place(name: str, _: int) -> Place:
    return Place(name)


def _header(key: str, keys: set[str]) -> str:
    """Return the header of a key, which has a number where another column bears that header."""
    found = _REPEATED.fullmatch(key)
    return found[1] if found and found[1] in keys else key


def _add_project(cells: dict[str, str], record: str | None, layout: TableLayout) -> None:
    """Add the id of its project to a partner that stood inside of it."""
    parts = (part for column in layout.columns for part in column.parts())
    names = next(part.header for part in parts if part.field == "project_id")
    known = {header_key(name) for name in names}
    if record is not None and not any(header_key(key) in known for key in cells):
        cells[names[0]] = record
