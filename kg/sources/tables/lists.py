"""Cells that hold lists: ``a;b;c``, or an array of a JSON document."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kg.sources.cell import Cell, Items

__all__ = ["replace_entry", "split_list"]


def split_list(cell: str, separator: str | None) -> Sequence[Cell]:
    """Return the entries of a cell; without a separator the cell is the one entry."""
    if isinstance(cell, Items):
        return cell.items
    if separator is None:
        return [cell]
    entries = cell.replace("\r\n", "\n").split(separator)
    return [entry if entry.strip() else None for entry in entries]


def replace_entry(
    cell: Cell, separator: str | None, position: int, entry: Cell, length: int
) -> str:
    """Return a cell with another entry at a position, from 0, in a list of this length."""
    entries = [] if cell is None else list(split_list(cell, separator))
    entries += [None] * (length - len(entries))
    entries[position] = entry
    if isinstance(cell, Items):
        return Items(json.dumps(entries, ensure_ascii=False), tuple(entries))
    return (separator or "").join(each or "" for each in entries)
