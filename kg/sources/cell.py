"""What a cell of a table holds, also where that is more than text, and how headers are compared."""

from __future__ import annotations

import msgspec

__all__ = [
    "Cell",
    "Items",
    "Money",
    "Number",
    "Unusable",
    "header_key",
    "packed_cell",
    "unpacked_cell",
]

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
