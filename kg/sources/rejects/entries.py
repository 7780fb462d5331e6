"""The rejects file: what a build held back, as lines that a person can repair and feed in again.

Each line is an :class:`Entry`: the raw input under ``raw``, which is what a person edits, where it
stands, for people and for the machine, and the reasons why it is held back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256

import msgspec

from kg.problems import Problem
from kg.records import encodable
from kg.sources.personal import mask_personal, publishable

__all__ = [
    "Raw",
    "Reason",
    "RejectsEntry",
    "cell_keys",
    "digest",
    "is_entry",
    "is_no_column",
    "row_cells",
    "shown",
    "stated",
]

Raw = list[str] | dict[str, str | None]
"""Raw input: the lines of a text, or the cells of a row by the header of their column."""

_MISSING = "(missing cells)"
_NO_COLUMN = re.compile(r"\(missing cells\)|\(extra cell [0-9]+\)")

_DIGITS = 16


class Reason(msgspec.Struct, frozen=True, omit_defaults=True):
    """A problem that is the reason, or one of them, why something is held back."""

    code: str = ""
    place: str = ""
    message: str = ""
    field: str | None = None
    value: str | None = None
    remedy: str = ""

    @classmethod
    def of(cls, problem: Problem) -> Reason:
        """Return the reason that a problem is."""
        shown = publishable(problem)
        place = str(shown.place)
        return cls(shown.code, place, shown.message, shown.field, shown.value, shown.remedy)


class RejectsEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line of a rejects file.

    ``place`` is for people. For the machine, ``lines`` are the first and last line of a text,
    ``row`` is a row of a table (with ``sheet`` in a workbook), ``pointer`` an object of a JSON
    document, and ``item`` a position in lists, from 0. With ``field`` the entry is about the one
    value of a field, otherwise about a whole row or block. ``table`` says whether it is a project
    or a partner that stands there. ``hash`` is the :func:`digest` of what the source states there,
    by which a repair is known to be about it still.
    """

    source: str
    place: str = ""
    record: str | None = None
    layout: str
    table: str | None = None
    lines: tuple[int, int] | None = None
    row: int | None = None
    sheet: str | None = None
    pointer: str | None = None
    item: int | None = None
    field: str | None = None
    hash: str
    reasons: list[Reason] = []
    raw: Raw

    @property
    def is_changed(self) -> bool:
        """Whether the raw input is other than that of the source."""
        return digest(self.raw) != self.hash

    @property
    def is_of_row(self) -> bool:
        """Whether the entry is about a row with all of its cells."""
        return isinstance(self.raw, dict) and self.field is None and self.item is None

    @property
    def cells(self) -> dict[str, str]:
        """The cells of a row that are not empty."""
        return stated(self.raw) if isinstance(self.raw, dict) else {}


def is_entry(line: bytes) -> bool:
    """Tell whether a line of a file is one of a rejects file."""
    text = line.removeprefix(b"\xef\xbb\xbf").strip()
    if not text.startswith(b"{") or not all(key in text for key in (b'"hash"', b'"raw"')):
        return False
    try:
        found = msgspec.json.decode(text, type=dict[str, object])
    except msgspec.DecodeError:
        return False
    return {"source", "layout", "hash", "raw"} <= found.keys()


def digest(raw: Raw) -> str:
    """Return a short hash of raw input; empty cells and the order of keys do not count."""
    plain = stated(raw) if isinstance(raw, dict) else raw
    return sha256(msgspec.json.encode(plain, order="sorted")).hexdigest()[:_DIGITS]


def stated(cells: Mapping[str, str | None]) -> dict[str, str]:
    """Return the cells that are not empty."""
    return {key: cell for key, cell in cells.items() if cell is not None and cell.strip()}


def shown(text: str) -> str:
    """Return raw text as a rejects file shows it."""
    return mask_personal(encodable(text))


@lru_cache(maxsize=64)
def cell_keys(header: tuple[str, ...], width: int = 0) -> tuple[str, ...]:
    """Return the keys under which the cells of a row stand, each another.

    ``width`` is the number of cells of a row that may have more than its header.
    """
    keys: list[str] = []
    for position, name in enumerate(header, start=1):
        key, n = name or f"(column {position})", 1
        while key in keys:
            n += 1
            key = f"{name} ({n})"
        keys.append(key)
    extra = max(0, width - len(header))
    return (*keys, *(f"(extra cell {n})" for n in range(1, extra + 1)))


def is_no_column(key: str) -> bool:
    """Tell whether a key stands in a row that has not the cells of its header, and says so.

    A repaired row without any such key is one that has them.
    """
    return _NO_COLUMN.fullmatch(key) is not None


def row_cells(
    header: tuple[str, ...], cells: Sequence[str | None], withheld: frozenset[int]
) -> dict[str, str]:
    """Return the cells of a row that are not empty, as a rejects file shows them."""
    keys = cell_keys(header, len(cells))
    found = {
        key: shown(cell)
        for position, (key, cell) in enumerate(zip(keys, cells, strict=False))
        if cell is not None and cell.strip() and position not in withheld
    }
    if len(cells) < len(header):
        found[_MISSING] = str(len(header) - len(cells))
    return found
