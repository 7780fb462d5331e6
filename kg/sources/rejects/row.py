"""One row and its repairs: the cells that an entry of a rejects file is about, before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.problems import Place
from kg.sources.cell import Cell
from kg.sources.formats.table import Row
from kg.sources.rejects.entries import (
    RejectsEntry,
    cell_keys,
    is_no_column,
    row_cells,
    shown,
    stated,
)
from kg.sources.tables.lists import replace_entry, split_list
from kg.sources.tables.matching import ColumnOutline

__all__ = ["Before", "Repair", "RepairedRow", "current_cells", "list_items"]


class Repair(NamedTuple):
    """An entry of a rejects file and where it stands there."""

    entry: RejectsEntry
    place: Place


class Before(NamedTuple):
    """A row as it was before its repair, and what is known of its table."""

    cells: Sequence[Cell]
    header: tuple[str, ...]
    outline: ColumnOutline


class RepairedRow:
    """A row as the repairs leave it that are put into it one after the other."""

    def __init__(self, row: Row, before: Before) -> None:
        self._row = row
        self._before = before
        self._cells: list[Cell] = list(row.cells)
        self._problem = row.problem
        self._by: dict[tuple[int, int | None], Repair] = {}

    @property
    def row(self) -> Row | None:
        """The row, or None where nothing of it is left."""
        if not any(self._cells):
            return None
        return self._row._replace(cells=self._cells, problem=self._problem)

    def put(self, repair: Repair, current: Mapping[str, str]) -> list[Repair]:
        """Put a repair into the row; return the earlier ones that repaired the same cells.

        ``current`` are the cells that it is about, as they were before repairs.
        """
        entry, before = repair.entry, self._before
        if entry.is_of_row and not any(is_no_column(key) for key in entry.cells):
            self._fit()
        about = _positions(before, entry)
        overruled = []
        for position, key in enumerate(cell_keys(before.header)):
            if position in before.outline.withheld or position not in about:
                continue
            new = entry.cells.get(key)
            if new == current.get(key) or position >= len(self._cells):
                continue
            earlier = self._by.get((position, entry.item))
            if earlier is not None:
                overruled.append(earlier)
            self._by[(position, entry.item)] = repair
            self._cells[position] = self._cell(position, entry, new)
        return overruled

    def _fit(self) -> None:
        """Give the row as many cells as its table has columns."""
        width = len(self._before.header)
        self._cells = [*self._cells, *[None] * (width - len(self._cells))][:width]
        self._problem = None

    def _cell(self, position: int, entry: RejectsEntry, new: str | None) -> Cell:
        if entry.item is None:
            return new
        before = self._before
        separator = before.outline.separators.get(position)
        length = _length(before, _block(before, entry))
        return replace_entry(self._cells[position], separator, entry.item, new, length)


def current_cells(before: Before, entry: RejectsEntry) -> dict[str, str]:
    """Return the cells that an entry is about, as they were before repairs."""
    if entry.item is not None:
        return list_items(before, _block(before, entry), entry.item)
    cells = row_cells(before.header, before.cells, before.outline.withheld)
    if entry.field is not None:
        return {key: cell for key, cell in cells.items() if key in entry.raw}
    return cells


def _positions(before: Before, entry: RejectsEntry) -> frozenset[int]:
    """Return the positions of the columns that an entry is about."""
    if entry.is_of_row:
        return frozenset(range(len(before.header)))
    return _block(before, entry)


def _block(before: Before, entry: RejectsEntry) -> frozenset[int]:
    """Return the positions of the columns that state the partners which an entry is about."""
    keys = cell_keys(before.header)
    if entry.field is not None:
        return frozenset(n for n, key in enumerate(keys) if key in entry.raw)
    named = {n for n, key in enumerate(keys) if key in entry.raw}
    blocks = before.outline.blocks
    return next((block for block in blocks if named & block), blocks[0] if blocks else frozenset())


def _length(before: Before, block: frozenset[int]) -> int:
    """Return the number of entries of the lists in some columns."""
    lengths = [
        len(split_list(cell, before.outline.separators.get(position)))
        for position, cell in enumerate(before.cells)
        if position in block and cell is not None
    ]
    return max(lengths, default=1)


def list_items(before: Before, positions: frozenset[int], item: int) -> dict[str, str]:
    """Return the entries at one place of the lists in some cells."""
    keys = cell_keys(before.header)
    found: dict[str, str | None] = {}
    for position in sorted(positions):
        cell = before.cells[position] if position < len(before.cells) else None
        if cell is None:
            continue
        entries = split_list(cell, before.outline.separators.get(position))
        entry = entries[item] if item < len(entries) else None
        found[keys[position]] = None if entry is None else shown(entry)
    return stated(found)
