"""Repairs: what people put right in a rejects file, put in the place of what the source states.

Lines and rows are replaced before anything is read from them, so that a build with repairs gives
what it would give if the source itself had been edited. Lines keep the numbers of the file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from kg.problems import Level, Place, Problem, Refused, shorten
from kg.records import Origin, RowOrigin
from kg.sources.files import Examined, open_stream
from kg.sources.formats.table import Row, Table
from kg.sources.layouts.profile import TableLayout
from kg.sources.rejects.entries import (
    Raw,
    RejectsEntry,
    cell_keys,
    digest,
    is_entry,
    is_no_column,
    row_cells,
    shown,
)
from kg.sources.rejects.row import Before, Repair, RepairedRow, current_cells, list_items
from kg.sources.tables.matching import ColumnOutline, outline
from kg.sources.text.lines import Line

__all__ = ["LAYOUT", "Repair", "Repairs", "is_rejects_file", "read_repairs"]

LAYOUT = "rejects"
"""The layout of a rejects file, as the manifest tells it."""
MAX_LINE = 64 * 1024 * 1024


class _Range(NamedTuple):
    """Lines of a file that are replaced, and what they were."""

    first: int
    last: int
    before: list[str]


RowKey = tuple[str, str | None, int | str | None]
"""File, sheet, and the number of a row or the pointer to an object."""


class Repairs:
    """The repairs of a run. Each is applied where the source is read, and told of afterwards."""

    def __init__(self, repairs: Iterable[Repair] = ()) -> None:
        self._by_source: dict[str, list[Repair]] = defaultdict(list)
        self._all = list(repairs)
        for repair in self._all:
            self._by_source[repair.entry.source].append(repair)
        self._layouts = {
            (repair.place.source, repair.place.line): repair.entry.layout for repair in self._all
        }
        self._met: set[int] = set()
        self._problems: list[Problem] = []
        self._rows: dict[RowKey, Before] = {}
        self._ranges: dict[str, list[_Range]] = defaultdict(list)

    def left_by(self, sources: Iterable[str]) -> list[Repair]:
        """Return the entries whose source is none of these, and take them as met."""
        known = set(sources)
        left = [repair for repair in self._all if repair.entry.source not in known]
        self._met.update(id(repair.entry) for repair in left)
        return left

    def layout_at(self, origin: Origin | RowOrigin) -> str | None:
        """Return the layout of an entry that is read by itself."""
        place = origin.place()
        return self._layouts.get((place.source, place.line))

    def tell_stale(self, repair: Repair, told: str, level: Level | None = None) -> None:
        """Note that an entry is not applied."""
        entry = repair.entry
        self._problems.append(
            Problem.of(
                "repair-stale",
                repair.place,
                f"{entry.place or entry.source}: {told}",
                field=entry.field,
                record=entry.record,
                level=level,
            )
        )

    def problems(self) -> list[Problem]:
        """Return what is to be said of the repairs after all sources have been read."""
        for repair in self._all:
            if id(repair.entry) not in self._met and repair.entry.is_changed:
                self.tell_stale(repair, "The source has no such lines or row.")
        return self._problems

    # texts

    def lines(self, source: str, lines: Iterable[Line]) -> Iterator[Line]:
        """Yield the lines of a text as they are repaired."""
        waiting = self._in_order(source)
        if not waiting:
            yield from lines
            return
        held: list[Line] = []
        for line in lines:
            while waiting and (waiting[0].entry.lines or (0, 0))[1] < line.number:
                waiting.pop(0)
            first, last = (waiting[0].entry.lines or (0, 0)) if waiting else (0, 0)
            if not first <= line.number <= last:
                yield line
                continue
            held.append(line)
            if line.number == last:
                yield from self._repaired(source, waiting.pop(0), held)
                held = []
        yield from held

    def _in_order(self, source: str) -> list[Repair]:
        """Return the repairs of a text in the order of its lines; later ones win over earlier."""
        found: list[Repair] = []
        for repair in self._by_source.get(source, ()):
            if repair.entry.lines is None or not isinstance(repair.entry.raw, list):
                continue
            if not repair.entry.is_changed:
                self._met.add(id(repair.entry))
                continue
            first, last = repair.entry.lines
            kept = []
            for other in found:
                its_first, its_last = other.entry.lines or (0, 0)
                if its_last < first or last < its_first:
                    kept.append(other)
                else:
                    self._overrule(other, repair)
            found = [*kept, repair]
        return sorted(found, key=lambda repair: repair.entry.lines or (0, 0))

    def _overrule(self, earlier: Repair, later: Repair) -> None:
        self._met.add(id(earlier.entry))
        self.tell_stale(earlier, f"{later.place} repairs the same place later.", Level.NOTE)

    def _repaired(self, source: str, repair: Repair, lines: list[Line]) -> Iterator[Line]:
        entry = repair.entry
        self._met.add(id(entry))
        before = [line.text for line in lines]
        if digest([shown(text) for text in before]) != entry.hash:
            self.tell_stale(repair, "The lines are not those that were held back.")
            yield from lines
            return
        first, last = lines[0].number, lines[-1].number
        self._ranges[source].append(_Range(first, last, before))
        self._tell_repaired(Place(source, first, last if last > first else None), repair)
        originals = {shown(text): text for text in before}
        for n, text in enumerate(_texts(entry.raw)):
            yield Line(min(first + n, last), originals.get(text, text))

    def lines_before(self, origin: Origin) -> tuple[int, int, list[str]]:
        """Return where a record of a text stands, and its lines as they were before repairs."""
        first, last = origin.first_line, origin.last_line
        ranges = [r for r in self._ranges.get(origin.source, ()) if first <= r.last and
                  r.first <= last]  # fmt: skip
        if not ranges:
            return first, last, [text for _, text in origin.lines()]
        repaired = {n for r in ranges for n in range(r.first, r.last + 1)}
        parts = [(r.first, r.before) for r in ranges]
        parts += [(n, [text]) for n, text in origin.lines() if n not in repaired]
        parts.sort(key=lambda part: part[0])
        first, last = min(first, ranges[0].first), max(last, *(r.last for r in ranges))
        return first, last, [text for _, texts in parts for text in texts]

    # tables

    def table(self, table: Table, layout: TableLayout) -> Table:
        """Return a table whose rows are repaired.

        Raises:
            Refused: a repair names a column that the table has not.
        """
        mine: dict[int | str | None, list[Repair]] = defaultdict(list)
        header = tuple(table.header)
        known = set(cell_keys(header))
        for repair in self._by_source.get(table.source, ()):
            entry = repair.entry
            if entry.sheet != table.sheet or entry.table not in (None, layout.holds):
                continue
            if not isinstance(entry.raw, dict) or (entry.row is None and entry.pointer is None):
                continue
            unknown = [k for k in entry.cells if k not in known and not is_no_column(k)]
            if unknown and entry.is_changed:
                told = f"The table has no column ‹{shorten(unknown[0])}›."
                raise Refused([Problem.of("repair-invalid", repair.place, told)])
            mine[entry.row if entry.pointer is None else entry.pointer].append(repair)
        if not mine:
            return table
        return table._replace(rows=_RepairedRows(self, table, outline(header, layout), mine))

    def repair_row(
        self, table: Table, found: ColumnOutline, row: Row, repairs: Sequence[Repair]
    ) -> Row | None:
        """Return a row with its repairs, or None where nothing of it is left."""
        before = Before(row.cells, tuple(table.header), found)
        repaired = RepairedRow(row, before)
        for repair in repairs:
            self._met.add(id(repair.entry))
            if not repair.entry.is_changed:
                continue
            current = current_cells(before, repair.entry)
            if digest(dict(current)) != repair.entry.hash:
                self.tell_stale(repair, "It does not read as it did when it was held back.")
                continue
            for overruled in repaired.put(repair, current):
                self._overrule(overruled, repair)
            self._tell_repaired(table.place(row, None), repair)
        self._rows[_key(table.source, table.sheet, row.number, row.pointer)] = before
        return repaired.row

    def cells_before(self, origin: RowOrigin) -> dict[str, str] | None:
        """Return the cells of a row, or the entries of a list, as they were before repairs.

        None where there was no repair.
        """
        key = _key(origin.source, origin.sheet, origin.row, origin.pointer)
        before = self._rows.get(key)
        if before is None:
            return None
        if origin.item is None:
            return row_cells(before.header, before.cells, before.outline.withheld)
        return list_items(before, frozenset(origin.positions.values()), origin.item)

    def _tell_repaired(self, place: Place, repair: Repair) -> None:
        entry = repair.entry
        told = f"{repair.place} repairs this."
        self._problems.append(
            Problem.of("row-repaired", place, told, field=entry.field, record=entry.record)
        )


class _RepairedRows:
    """The rows of a table with their repairs, each decided in the first pass."""

    def __init__(
        self,
        repairs: Repairs,
        table: Table,
        found: ColumnOutline,
        mine: Mapping[int | str | None, list[Repair]],
    ) -> None:
        self._repairs = repairs
        self._table = table
        self._outline = found
        self._mine = mine
        self._done: dict[int | str | None, Row | None] = {}

    def __call__(self) -> Iterator[Row]:
        for row in self._table.rows():
            key = row.number if row.pointer is None else row.pointer
            if key not in self._mine:
                yield row
                continue
            if key not in self._done:
                self._done[key] = self._repairs.repair_row(
                    self._table, self._outline, row, self._mine[key]
                )
            repaired = self._done[key]
            if repaired is not None:
                yield repaired


def is_rejects_file(examined: Examined) -> bool:
    """Tell whether a file is a rejects file, by its first line that is not blank."""
    if examined.encoding not in {"utf-8", "utf-8-sig"}:
        return False
    with open_stream(examined.file) as stream:
        for line in iter(lambda: stream.readline(MAX_LINE), b""):
            if line.strip():
                return is_entry(line)
    return False


def read_repairs(examined: Examined) -> Iterator[Repair]:
    """Yield the entries of a rejects file.

    Raises:
        Refused: a line is none.
    """
    name = examined.file.name
    problems = []
    with open_stream(examined.file) as stream:
        for number, line in enumerate(iter(stream.readline, b""), start=1):
            text = line.removeprefix(b"\xef\xbb\xbf").strip()
            if not text:
                continue
            place = Place(name, number)
            try:
                yield Repair(msgspec.json.decode(text, type=RejectsEntry), place)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                problems.append(Problem.of("repair-invalid", place, f"{error}."))
    if problems:
        raise Refused(problems)


def _texts(raw: Raw) -> list[str]:
    return raw if isinstance(raw, list) else []


def _key(source: str, sheet: str | None, row: int | None, pointer: str | None) -> RowKey:
    return source, sheet, row if pointer is None else pointer
