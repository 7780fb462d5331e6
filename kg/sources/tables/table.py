"""A table of the input: named columns and rows of cells, whatever file it stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

import msgspec

from kg.problems import Place, Problem

__all__ = [
    "MAX_COLUMNS",
    "Cell",
    "Items",
    "Merged",
    "Money",
    "Number",
    "Row",
    "Table",
    "Unusable",
    "header_key",
    "packed_cell",
    "unpacked_cell",
]

MAX_COLUMNS = 16_384
"""Columns of a table; a sheet of a workbook cannot have more."""

Cell = str | None
"""What a cell holds. ``None`` is an empty cell.

Text that is more than text is of a class of its own: :class:`Number`, :class:`Money`,
:class:`Items` or :class:`Unusable`. ``str(cell)`` makes plain text of it, which msgspec wants.
"""


class Number(str):
    """Text of a cell that was a number in the file: decimal point, no grouping.

    In JSON it is the number as written, perhaps with an exponent; in a workbook perhaps with zeros
    before it, ``01067``, which the format of the cell shows.
    """

    __slots__ = ()


class Money(str):
    """Text of a cell that was a number whose format shows a currency: ``1000.5 CHF``."""

    number: Number
    mark: str

    def __new__(cls, number: str, mark: str) -> Money:
        """Return the text of a number and the mark of its currency."""
        found = super().__new__(cls, f"{number} {mark}")
        found.number, found.mark = Number(number), mark
        return found


class Items(str):
    """Text of a cell that was an array of values in JSON: the array, as JSON."""

    items: tuple[Cell, ...]

    def __new__(cls, text: str, items: tuple[Cell, ...]) -> Items:
        """Return the text with the values that it lists."""
        found = super().__new__(cls, text)
        found.items = items
        return found


class Unusable(str):
    """Text of a cell that holds no value: an error such as ``#REF!``, a formula never computed.

    It is to be rejected, whatever the field, with the problem ``code`` and what it says, ``told``.
    """

    code: str
    told: str

    def __new__(cls, text: str, code: str, told: str) -> Unusable:
        """Return the text with the reason why it is no value."""
        found = super().__new__(cls, text)
        found.code, found.told = code, told
        return found


class Row(NamedTuple):
    """A row: its number in the file (from 1, as its reader counts), its line, its cells.

    ``line`` is where the row begins, in a workbook its number in the sheet. ``pointer`` is that of
    a JSON object, and ``parent`` that of the object which it stands in. ``problem`` is set where
    the row cannot be read as a row of its table, such as one with more cells than columns;
    ``cells`` are then all that stand in it.
    """

    number: int | None
    line: int | None
    cells: Sequence[Cell]
    pointer: str | None = None
    parent: str | None = None
    problem: tuple[str, str] | None = None


class Merged(NamedTuple):
    """Cells of a sheet that were merged into one: its first and last line and column, from 1."""

    first_line: int
    first_column: int
    last_line: int
    last_column: int


class Table(NamedTuple):
    """A table: the file it stands in, column headers, rows, and where a cell of it is.

    ``rows`` starts a new pass over the file each time it is called. ``place`` takes a row and the
    position of a column, from 0, or None for the whole row. The rows of a nested table stand inside
    those of another one, and need no column that names it.

    ``name`` is that of a sheet or of a JSON key (``projects``, ``projects.partners``), ``sheet``
    that of a sheet of a workbook, ``is_hidden`` says that the workbook does not
    show it. ``problems`` say what is wrong in the
    table as such. ``skipped`` counts the filled cells above the header. ``merged`` are merged cells
    of the sheet; only the first of each has a value. ``date_system`` is the year from which the
    workbook counts days. ``pointers`` lead to the columns of a JSON document, from the object of a
    row, or from the root where each column is an array. ``groups`` are the headings above the
    headers, one for each column, where there is a row of such.
    """

    source: str
    header: Sequence[str]
    rows: Callable[[], Iterator[Row]]
    place: Callable[[Row, int | None], Place]
    header_place: Callable[[int], Place]
    is_nested: bool = False
    name: str | None = None
    sheet: str | None = None
    problems: tuple[Problem, ...] = ()
    is_hidden: bool = False
    skipped: int = 0
    merged: tuple[Merged, ...] = ()
    date_system: Literal["1900", "1904"] = "1900"
    pointers: tuple[str, ...] | None = None
    groups: tuple[str, ...] = ()


def header_key(name: str) -> str:
    """Return a header as it is compared: one space between words, no difference of case."""
    return " ".join(name.split()).strip("\ufeff").casefold()


_NUMBER, _ITEMS, _UNUSABLE, _MONEY = 1, 2, 3, 4
"""The extension types of MessagePack under which cells that are more than text are kept."""


def packed_cell(cell: object) -> msgspec.msgpack.Ext:
    """Return a cell that is more than text for a temporary file: a hook of the encoder."""
    if isinstance(cell, Number):
        return msgspec.msgpack.Ext(_NUMBER, cell.encode())
    if isinstance(cell, Items):
        parts: tuple[object, ...] = (str(cell), cell.items)
        return msgspec.msgpack.Ext(_ITEMS, msgspec.msgpack.encode(parts, enc_hook=packed_cell))
    if isinstance(cell, Money):
        parts = (str(cell.number), cell.mark)
        return msgspec.msgpack.Ext(_MONEY, msgspec.msgpack.encode(parts))
    if isinstance(cell, Unusable):
        parts = (str(cell), cell.code, cell.told)
        return msgspec.msgpack.Ext(_UNUSABLE, msgspec.msgpack.encode(parts))
    raise TypeError(f"A row holds a {type(cell).__name__}.")


def unpacked_cell(kind: int, data: memoryview) -> Cell:
    """Return a cell from what :func:`packed_cell` made of it: a hook of the decoder."""
    if kind == _NUMBER:
        return Number(bytes(data).decode())
    if kind == _ITEMS:
        text, items = msgspec.msgpack.decode(data, ext_hook=unpacked_cell)
        return Items(text, tuple(items))
    if kind == _MONEY:
        return Money(*msgspec.msgpack.decode(data))
    return Unusable(*msgspec.msgpack.decode(data))
