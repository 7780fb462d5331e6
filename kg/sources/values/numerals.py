"""Numerals: digits with separators → decimals, never by way of binary floating point."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

__all__ = [
    "MANGLED",
    "MANGLED_TOLD",
    "MAX_LENGTH",
    "SEPARATORS",
    "Numeral",
    "number_value",
    "numeral_pattern",
    "plain",
    "quantity",
    "to_decimal",
    "whole_text",
    "without_noise",
]

SEPARATORS = {",": ".", ".": ","}
"""The separator of thousands that goes with a decimal separator."""

MAX_LENGTH = 60
"""Characters of a numeral: a float of any size, printed with all its digits, has fewer."""

MANGLED = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{1,3}")
"""A number in the form that a spreadsheet shortens it to."""
MANGLED_TOLD = "A spreadsheet shortened the digits of this number; those that are lost are unknown."

Numeral = re.Match[str]

_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_SPACE = re.compile(r"[\s'’ʼ`´]")

_NOISE = Decimal("1e-13")
"""What a sum of some dozen floats is off by, as a part of it: 450 times the step of a double."""
_LEAST_NOISE = Decimal("1e-9")
_PLACES = (2, 3, 4)
"""Decimals that a value without its noise has."""


@cache
def numeral_pattern(decimal: str, grouping: str) -> re.Pattern[str]:
    """Return the form of digits, grouped by three or not at all, with decimals or none.

    The groups are the digits before the first separator, the other thousands and the decimals.
    """
    decimal, grouping = re.escape(decimal), re.escape(grouping)
    return re.compile(
        rf"[-−+]?(?:([1-9][0-9]{{0,2}})((?:{grouping}[0-9]{{3}})+)|([0-9]+))(?:{decimal}([0-9]+))?"
    )


def to_decimal(digits: str, grouping: str, decimal: str) -> Decimal:
    """Return the value of a numeral that has these separators."""
    return Decimal(digits.replace(grouping, "").replace(decimal, ".").replace("−", "-"))


def number_value(text: str) -> Decimal | None:
    """Return the value of a number as JSON and workbooks write it, or None where it is none."""
    if len(text) > MAX_LENGTH or _NUMBER.fullmatch(text) is None:
        return None
    value = Decimal(text)
    return value if -MAX_LENGTH < value.adjusted() < MAX_LENGTH else None


def quantity(text: str, decimal: str) -> Decimal | None:
    """Return a quantity that is seldom as large as a thousand, such as a coordinate, or None.

    A single separator stands before decimals; thousands are parted only where the same separator
    comes again or another one follows. ``decimal`` overrules it where it says what a point is.
    """
    digits = _SPACE.sub("", text)
    if len(digits) > MAX_LENGTH:
        return None
    point, comma = digits.count("."), digits.count(",")
    if point + comma <= 1:
        digits = digits.replace(",", ".")
        doubtful = decimal in SEPARATORS and SEPARATORS[decimal] in text
        if doubtful and numeral_pattern(decimal, SEPARATORS[decimal]).fullmatch(text):
            return None  # thousands in the style of the layout, decimals by nature
        return number_value(digits.replace("−", "-"))
    last = "." if digits.rfind(".") > digits.rfind(",") else ","
    mark = last if digits.count(last) == 1 else SEPARATORS[last]
    if numeral_pattern(mark, SEPARATORS[mark]).fullmatch(digits) is None:
        return None
    return to_decimal(digits, SEPARATORS[mark], mark)


def without_noise(value: Decimal) -> Decimal:
    """Return the value without the digits that binary floating point leaves behind.

    ``451412.010000000009313`` is 451412.01, and ``347127.94150000001537`` is 347127.9415: what is
    off by less than 1e-13 of the value is noise. Other values are returned as they are.
    """
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent > -6:
        return value
    tolerance = max(_LEAST_NOISE, abs(value) * _NOISE)
    for places in _PLACES:
        rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        if abs(value - rounded) <= tolerance:
            return rounded
    return value


def plain(value: Decimal) -> Decimal:
    """Return the value without zeros at the end of its decimals and without an exponent."""
    if value == value.to_integral_value():
        return Decimal(int(value))
    return Decimal(f"{value:f}".rstrip("0"))


def whole_text(text: str) -> str:
    """Return a number of a file as it is written where it counts or names: ``2.0`` → ``2``.

    What is returned is plain text and no number any more. Zeros before it stay.
    """
    if text.isdigit():
        return str(text)
    value = number_value(text)
    if value is None or value != value.to_integral_value():
        return str(text)
    return str(int(value))
