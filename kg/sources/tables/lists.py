"""Cells that hold lists: ``a;b;c``, or an array of a JSON document.

Marks before the entries of a text are none of theirs: ``• a``, ``- b``, or numbers that count them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from kg.sources.cell import Cell, Items

__all__ = ["replace_entry", "split_list"]


_BULLET = re.compile(r"\s*(?:[•‣▪●○■□►➢·]\s*|[-–—*]\s+(?=[^\W\d_]))")
_NUMBER = re.compile(r"\s*\(?([0-9]{1,3})[.)]\s*(?=[^\W\d_])")


def split_list(cell: str, separator: str | None) -> Sequence[Cell]:
    """Return the entries of a cell; without a separator the cell is the one entry."""
    if isinstance(cell, Items):
        return cell.items
    if separator is None:
        return [cell]
    parts = cell.replace("\r\n", "\n").split(separator)
    entries = [_without_bullet(part) if part.strip() else None for part in parts]
    return _without_numbers(entries) if len(entries) > 1 else entries


def _without_bullet(entry: str) -> str:
    mark = None if entry[0].isalnum() else _BULLET.match(entry)
    return entry if mark is None else entry[mark.end() :]


def _without_numbers(entries: Sequence[str | None]) -> Sequence[str | None]:
    """Return entries without numbers before them, where these count all of them from 1."""
    numbers = [_NUMBER.match(entry) for entry in entries if entry is not None]
    if len(numbers) < 2 or not all(m and int(m[1]) == n for n, m in enumerate(numbers, start=1)):
        return entries
    ends = (number.end() for number in numbers if number is not None)
    return [entry and entry[next(ends) :] for entry in entries]


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
