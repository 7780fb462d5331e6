"""What is held back → lines of the rejects file, as :mod:`kg.sources.rejects` describes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from kg.problems import Level, Place, Problem
from kg.records import Held, Origin, Reading, RowOrigin
from kg.sources import Repairs
from kg.sources.rejects import (
    Raw,
    Reason,
    RejectsEntry,
    cell_keys,
    digest,
    row_cells,
    shown,
    stated,
)

__all__ = ["field_entries", "held_entry"]


def held_entry(held: Held, layout: str, repairs: Repairs, *, is_partner: bool) -> RejectsEntry:
    """Return the entry of a record, or of a partner, that is held back."""
    origin = held.origin
    record = held.record and shown(held.record)
    if isinstance(origin, Origin):
        entry = _lines_entry(origin, layout, repairs, held.problems)
        table = "partners" if is_partner else None
        return msgspec.structs.replace(entry, record=record, table=table)
    keys = cell_keys(origin.header)
    if origin.items is None:
        raw: dict[str, str | None] = dict(row_cells(origin.header, origin.cells, origin.withheld))
    else:
        named = {field: keys[position] for field, position in origin.positions.items()}
        entries = {named[f]: v and shown(v) for f, v in origin.items.items() if f in named}
        raw = dict(stated(entries))
    before = repairs.cells_before(origin)
    known = digest(raw if before is None else dict(before))
    for problem in held.problems:
        # a column whose cell is missed is shown, so that it can be filled in
        position = origin.positions.get(problem.field or "")
        if position is not None and problem.place == origin.place(problem.field):
            raw.setdefault(keys[position], None)
    entry = _entry(origin, layout, held.problems, raw, known)
    return msgspec.structs.replace(entry, record=record)


def field_entries(
    reading: Reading, record: str, layout: str, repairs: Repairs
) -> Iterator[RejectsEntry]:
    """Yield the entries of the values that a published record goes without."""
    told = {id(problem) for held in reading.held for problem in held.problems}
    for problem in reading.problems:
        if problem.level is not Level.FIELD or id(problem) in told:
            continue
        for entry in _value_entries(problem, reading, layout, repairs):
            yield msgspec.structs.replace(entry, record=record, field=problem.field)


def _value_entries(
    problem: Problem, reading: Reading, layout: str, repairs: Repairs
) -> Iterator[RejectsEntry]:
    place = problem.place
    if isinstance(reading.whole, Origin):
        first, last = place.line or 0, place.end_line or place.line or 0
        lines = reading.whole.lines(first, last)
        numbers = tuple(number for number, _ in lines)
        raw = "\n".join(text for _, text in lines)
        origin = Origin(place.source, first, last, raw, {}, numbers)
        yield _lines_entry(origin, layout, repairs, [problem])
        return
    found = _cell(problem, reading)
    if found is None:
        named: Raw = {problem.field or "value": shown(problem.value or "")}
        yield RejectsEntry(
            source=place.source,
            place=str(place),
            layout=layout,
            hash="",
            reasons=[Reason.of(problem)],
            raw=named,
        )
        return
    cell, position = found
    key = cell_keys(cell.header)[position]
    cells: dict[str, str | None] = {key: shown(problem.value or "")}
    for row in _alike(cell, position, reading):
        before = repairs.cells_before(row)
        known = digest(cells if before is None else {key: before.get(key)})
        entry = _entry(row, layout, [problem], cells, known)
        at = row.place()
        column = Place(at.source, at.line, column=position + 1, sheet=at.sheet)
        yield msgspec.structs.replace(entry, place=str(place if at.pointer else column))


def _alike(cell: RowOrigin, position: int, reading: Reading) -> list[RowOrigin]:
    """Return the rows that state a value together: those of one project in a table of partners."""
    project = reading.project
    if project is None or not isinstance(project.origin, RowOrigin) or cell.item is not None:
        return [cell]
    if project.origin.table != "partners" or position not in project.origin.positions.values():
        return [cell]
    return [
        part
        for part in reading.parts
        if isinstance(part, RowOrigin)
        and part.source == cell.source
        and _cell_at(part, position) == _cell_at(cell, position)
    ]


def _cell_at(origin: RowOrigin, position: int) -> str | None:
    return origin.cells[position] if position < len(origin.cells) else None


def _cell(problem: Problem, reading: Reading) -> tuple[RowOrigin, int] | None:
    """Return the row that a problem is about, or the entries of its lists, and the column."""
    partners = reading.project.partners if reading.project is not None else ()
    for origin in (*(partner.origin for partner in partners), *reading.parts):
        if not isinstance(origin, RowOrigin):
            continue
        position = _position(problem, origin)
        if position is None:
            continue
        is_listed = origin.items is not None and origin.positions.get(problem.field or "") == (
            position
        )
        if is_listed and (origin.items or {}).get(problem.field or "") != problem.value:
            continue
        if not is_listed and origin.items is None and not _is_whole(problem, origin, position):
            continue
        if not is_listed and origin.item is not None:
            origin = msgspec.structs.replace(origin, item=None, items=None)
        return origin, position
    return None


def _is_whole(problem: Problem, origin: RowOrigin, position: int) -> bool:
    """Tell whether the value of a problem is that of a cell, and no entry of a list in it."""
    return position < len(origin.cells) and origin.cells[position] == problem.value


def _position(problem: Problem, origin: RowOrigin) -> int | None:
    """Return the position of the column that a problem is about, if it is about this row."""
    row, place = origin.place(), problem.place
    if place.source != row.source or place.sheet != row.sheet:
        return None
    if origin.pointers is not None:
        columns = (origin.column_place(n).pointer for n in range(len(origin.header)))
        return next((n for n, pointer in enumerate(columns) if pointer == place.pointer), None)
    if place.line != row.line or place.column is None:
        return None
    return place.column - 1


def _lines_entry(
    origin: Origin, layout: str, repairs: Repairs, problems: Sequence[Problem]
) -> RejectsEntry:
    raw: Raw = [shown(text) for _, text in origin.lines()]
    first, last, before = repairs.lines_before(origin)
    return RejectsEntry(
        source=origin.source,
        place=str(origin.place()),
        layout=layout,
        lines=(first, last),
        hash=digest([shown(text) for text in before]),
        reasons=[Reason.of(problem) for problem in problems],
        raw=raw,
    )


def _entry(
    origin: RowOrigin, layout: str, problems: Iterable[Problem], raw: Raw, known: str
) -> RejectsEntry:
    return RejectsEntry(
        source=origin.source,
        place=str(origin.place()),
        layout=layout,
        table=origin.table,
        row=origin.row if origin.pointer is None else None,
        sheet=origin.sheet,
        pointer=origin.pointer,
        item=origin.item,
        hash=known,
        reasons=[Reason.of(problem) for problem in problems],
        raw=raw,
    )
