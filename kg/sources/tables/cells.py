"""Cells of a row → values, with what is wrong in them and an account of each cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kg.problems import CODES, Level, Place, Problem
from kg.records import Outcome, RowOrigin
from kg.sources.tables.columns import BlockPlan, ColumnPlan, Columns
from kg.sources.tables.table import Row, Table

__all__ = ["Marks", "TableRows", "Tally", "Values", "read_values"]

Tally = Counter[tuple[str, Outcome]]
"""How many cells of each column became what."""


class TableRows(NamedTuple):
    """A table that is read, and its columns."""

    table: Table
    columns: Columns

    def origin(self, row: Row, block: BlockPlan | None = None) -> RowOrigin:
        """Return where the record of a row comes from, or a partner that the row states."""
        columns = self.columns
        return RowOrigin(
            self.table.source,
            columns.header,
            columns.positions if block is None else block.positions,
            tuple(row.cells),
            row.number,
            row.line,
            row.pointer,
            self.table.sheet,
            withheld=columns.withheld,
            table=columns.holds,
        )


class Marks:
    """What became of each cell of a row; where a cell states several values, the worst counts."""

    __slots__ = ("_marks", "row", "table")

    def __init__(self, table: TableRows, row: Row) -> None:
        self.table = table
        self.row = row
        self._marks: dict[int, Outcome] = {}

    def mark(self, position: int, outcome: Outcome) -> None:
        """Note what became of a value that the cell at a position states."""
        before = self._marks.get(position)
        if before is None or _RANK[outcome] > _RANK[before]:
            self._marks[position] = outcome

    def forget(self, positions: Iterable[int]) -> None:
        """Note that the cells at these positions state nothing that is published."""
        for position in positions:
            self._marks.pop(position, None)

    def add_to(self, tally: Tally, outcome: Outcome | None = None) -> None:
        """Count every cell of the row; ``outcome`` is that of all of them where one is given."""
        names = self.table.columns.names
        marks = self._marks
        for position, cell in enumerate(self.row.cells):
            if cell is not None:
                name = names[position] if position < len(names) else "extra"
                became = outcome or marks.get(position, Outcome.IGNORED)
                tally[(name, became)] += 1


_RANK = {Outcome.IGNORED: 0, Outcome.MAPPED: 1, Outcome.REJECTED: 2}


class Values(NamedTuple):
    """What some columns of a row state, and what is wrong in it."""

    values: dict[str, object]
    problems: list[Problem]


def read_values(
    plans: Sequence[ColumnPlan], origin: RowOrigin, marks: Marks, hold: Level
) -> Values:
    """Return the values of columns; ``hold`` is the level of what the record cannot be without."""
    values: dict[str, object] = {}
    problems: list[Problem] = []
    cells, items = origin.cells, origin.items
    width = len(cells)
    for plan in plans:
        name = plan.field.name
        if items is not None:
            raw = items.get(name)
        else:
            raw = cells[plan.position] if plan.position < width else None
        if raw is None:
            continue
        parsed = plan.parse(raw)
        value = parsed.value
        if value is not None:
            values[name] = value
        if parsed.finding is None:
            marks.mark(plan.position, Outcome.IGNORED if value is None else Outcome.MAPPED)
            continue
        marks.mark(plan.position, parsed.outcome)
        problems.append(_problem(parsed.finding, plan, origin.place(name), raw, hold))
    return Values(values, problems)


def _problem(
    finding: tuple[str, str], plan: ColumnPlan, place: Place, raw: str, hold: Level
) -> Problem:
    code, told = finding
    level = CODES[code].level
    if level >= Level.FIELD and (plan.field.required or level >= Level.PARTNER):
        level = hold
    return Problem.of(code, place, told, field=plan.field.name, value=raw, level=level)
