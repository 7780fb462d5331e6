"""Cells of a row → values, with what is wrong in them and an account of each cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kg.problems import CODES, Level, Place, Problem
from kg.records import Outcome, RowOrigin, Tally
from kg.sources.cell import Cell, header_key
from kg.sources.formats.table import Row, Table
from kg.sources.tables.columns import Columns
from kg.sources.tables.complete import FieldFinding
from kg.sources.tables.plans import BlockPlan, ColumnPlan
from kg.sources.values import clean

__all__ = ["Marks", "TableRows", "Values", "finding_problem", "read_values", "tally_cells"]


class TableRows(NamedTuple):
    """A table that is read, its columns, and the words in them that say that a row is no record."""

    table: Table
    columns: Columns
    skip: tuple[tuple[int, frozenset[str]], ...] = ()

    def passes_over(self, row: Row) -> bool:
        """Tell whether a row is no record, such as one of totals, or the header once more."""
        for position, words in self.skip:
            if position < len(row.cells) and clean(row.cells[position] or "") in words:
                return True
        return self._is_header(row.cells)

    def _is_header(self, cells: Sequence[Cell]) -> bool:
        header = self.columns.header
        for cell, name in zip(cells, header, strict=False):
            if cell is not None:
                if not _is_same(cell, name):  # nearly always
                    return False
                break
        pairs = list(zip(cells, header, strict=False))
        stated = [(cell, name) for cell, name in pairs if cell is not None]
        return 2 * len(stated) > len(header) and all(_is_same(*pair) for pair in stated)

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
            pointers=self.table.pointers,
        )


def _is_same(cell: str | None, name: str) -> bool:
    """Tell whether a cell holds the header of its column, which may have more to be told by."""
    return cell is not None and (
        cell == name or (cell[:1] == name[:1] and header_key(cell) == header_key(name))
    )


class Marks:
    """What became of the cells of a row, where it is not what becomes of their columns.

    A cell of a column that is read is mapped, any other one ignored; ``mark`` notes the exceptions.
    Where a cell states several values, a rejected one counts before the others.
    """

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

    def set(self, positions: Iterable[int], outcome: Outcome) -> None:
        """Note what became of cells, whatever was noted before."""
        self._marks |= dict.fromkeys(positions, outcome)

    def outcome(self, position: int) -> Outcome:
        """Return what became of the cell at a position."""
        return self._marks.get(position) or self.table.columns.outcomes[position]

    @property
    def is_plain(self) -> bool:
        """Whether no exception was noted, and the row has the columns of its table."""
        return not self._marks and self.row.problem is None


_RANK = {Outcome.IGNORED: 0, Outcome.MAPPED: 1, Outcome.REJECTED: 2}


def tally_cells(
    rows: Sequence[Marks], outcome: Outcome | None = None, tally: Tally | None = None
) -> Tally:
    """Return the account of all cells of some rows of one table, or add it to ``tally``.

    ``outcome`` is that of every cell, where one is given.
    """
    tally = Counter() if tally is None else tally
    if not rows:
        return tally
    columns = rows[0].table.columns
    plain = [marks.row.cells for marks in rows if outcome is None and marks.is_plain]
    # column by column: counting cell by cell took a quarter of the time of reading (measured)
    for key, column in zip(columns.keys, zip(*plain, strict=False), strict=False):
        tally[key] += len(column) - column.count(None)
    if len(plain) == len(rows):  # nearly always
        return tally
    for marks in rows:
        if outcome is None and marks.is_plain:
            continue
        for position, cell in enumerate(marks.row.cells):
            if cell is not None and position < len(columns.names):
                tally[(columns.names[position], outcome or marks.outcome(position))] += 1
            elif cell is not None:
                tally[("extra", outcome or Outcome.REJECTED)] += 1
    return tally


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
        position, name = plan.position, plan.name
        if items is not None:
            raw = items.get(name)
        else:
            raw = cells[position] if position < width else None
        if raw is None:
            continue
        value, finding = parsed = plan.parse(raw)
        if value is not None:
            values[name] = value
            if finding is None and items is None:  # nearly always
                continue
        marks.mark(position, parsed.outcome)
        if finding is not None:
            problems.append(_problem(finding, plan, origin.place(name), raw, hold))
    return Values(values, problems)


def finding_problem(finding: FieldFinding, origin: RowOrigin) -> Problem:
    """Return the problem of a value that was put together with the others of its record."""
    name, (code, told), _ = finding
    return Problem.of(code, origin.place(name), told, field=name, value=origin.value(name))


def _problem(
    finding: tuple[str, str], plan: ColumnPlan, place: Place, raw: str, hold: Level
) -> Problem:
    code, told = finding
    level = CODES[code].level
    # without its id, a record would be published as another one
    is_needed = plan.field.required or plan.field.kind == "id"
    if level >= Level.FIELD and (is_needed or level >= Level.PARTNER):
        level = hold
    return Problem.of(code, place, told, field=plan.field.name, value=raw, level=level)
