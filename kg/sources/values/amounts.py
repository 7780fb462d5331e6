"""Amounts of money in every style that is met, to the cent.

What decides is the style of the column. Where it leaves the decimal separator open, an amount is
read only if it can be read in one way. More than two decimals are rounded to the cent, half up, and
reported: the digits that binary floating point leaves behind are taken away first, so that
``0.12499999999999`` is an eighth. Three digits behind the only separator are thousands or decimals;
they are decimals where the other values of the column say so (``style.thousandths``), but never
three zeros, which a person writes for thousands and no program for decimals.

A minus stands before the digits. Parentheses and a minus behind them, as accountants write, are
refused: in lists of projects they more often mean *of which* or nothing at all.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from kg.sources.cell import Money
from kg.sources.fields import Field
from kg.sources.values.currencies import currencies_of
from kg.sources.values.finding import Finding, Parsed
from kg.sources.values.numerals import (
    MANGLED,
    MANGLED_TOLD,
    SEPARATORS,
    Numeral,
    number_value,
    numeral_pattern,
    plain,
    to_decimal,
    without_noise,
)
from kg.sources.values.style import ValueStyle

__all__ = ["parse_amount", "refuse_amount"]

MAX_WHOLE_DIGITS = 15
"""With cents 17; what is longer is no amount of a project, and stores cannot add it up."""
MAX_LENGTH = 100
CENT = Decimal("0.01")

_CORE = re.compile(r"[0-9](?:.*[0-9])?", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+|[$£€]")
_SPACED = re.compile(r"[1-9][0-9]{0,2}([\s'’ʼ`´][0-9]{3})+(?:([.,])([0-9]+))?")
"""Thousands that are parted by spaces or apostrophes, all of them and by three."""
_SPACE = re.compile(r"[\s'’ʼ`´]")
_SIGNED = re.compile(r"([-−+]?)\s*([^-−+]*?)\s*([-−+]?)")
"""What stands before the digits: a sign, on either side of the mark of a currency."""
_EXPONENT = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE][-+]?[0-9]{1,2}")
_NO_CENTS = re.compile(r"([.,])[-–—]{1,2}(?=\s|$|[^\W\d_])")
"""``5.000,-``: nothing behind the decimal separator."""

_INVALID = Finding("amount-invalid", "The value is not an amount of money.")
_TOO_LARGE = Finding("amount-invalid", "No project has an amount of this size.")
_NO_CURRENCY = Finding(
    "currency-unknown", "The currency of the record cannot be read, so its amounts are in none."
)
_AMBIGUOUS = Finding(
    "amount-ambiguous", "The separator can stand before decimals or between thousands."
)


_NOTE = re.compile(r"(.*[0-9€£$.)-])\s?(\*{1,3}|[†‡¹²³]|\s\([0-9a-z]\)|\s[0-9a-z]\))", re.DOTALL)
"""The mark of a footnote behind an amount."""


def parse_amount(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return the amount of a cell."""
    if text.isdigit() and len(text) <= MAX_WHOLE_DIGITS and text.isascii():
        return Parsed(Decimal(text)) if style.scale == "1" else _settled(Decimal(text), style)
    if type(text) is not str:
        return _amount_of_number(text, style)
    decimal, grouping = style.decimal, style.grouping
    if decimal != "auto" and len(text) <= MAX_WHOLE_DIGITS and style.scale == "1":
        match = numeral_pattern(decimal, grouping).fullmatch(text)
        if match is not None and len(match[4] or "") < 3:
            return Parsed(to_decimal(text, grouping, decimal))
    return _amount(text, style)


def refuse_amount(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Say that an amount cannot be read where the currency of its record cannot."""
    return Parsed(None, _NO_CURRENCY)


def _amount_of_number(number: str, style: ValueStyle) -> Parsed:
    """Read a number of the file, with a currency or without, whose form leaves no doubt."""
    if isinstance(number, Money):
        if style.currency not in currencies_of(number.mark):
            return Parsed(None, _in_currency(number.mark, style))
        number = number.number
    value = number_value(number)
    return Parsed(None, _INVALID) if value is None else _settled(value, style)


def _amount(text: str, style: ValueStyle) -> Parsed:
    if len(text) > MAX_LENGTH:
        return Parsed(None, _INVALID)
    noted = _NOTE.fullmatch(text)
    if noted is not None:
        return _without_note(_amount(noted[1], style), noted[2].strip())
    digits = _digits(text, style)
    if isinstance(digits, Finding):
        return Parsed(None, digits)
    sign, core = ("-", digits[1:]) if digits[0] == "-" else ("", digits)
    if _SPACED.fullmatch(core):
        return _spaced(sign, core, style)
    if _EXPONENT.fullmatch(core):
        return _with_exponent(sign + core.replace(",", "."), core, style)
    if style.decimal == "auto":
        return _amount_of_any_style(digits, style)
    own = numeral_pattern(style.decimal, style.grouping).fullmatch(digits)
    if own is not None:
        return _amount_of_this_style(own, style)
    if numeral_pattern(style.grouping, style.decimal).fullmatch(digits):
        return _reported(_settled(to_decimal(digits, style.decimal, style.grouping), style))
    return Parsed(None, _INVALID)


def _without_note(parsed: Parsed, mark: str) -> Parsed:
    """Say that the mark of a footnote stands behind an amount that was read."""
    if parsed.value is None:
        return parsed
    told = f"‹{mark}› behind the amount was taken for the mark of a footnote."
    if parsed.finding is not None:
        told = f"{parsed.finding.message} {told}"
    return Parsed(parsed.value, Finding("amount-format", told))


def _digits(text: str, style: ValueStyle) -> str | Finding:
    """Return the numeral of an amount, its sign a hyphen, or why it is none in this currency."""
    text = _NO_CENTS.sub(r"\g<1>00", text, count=1) if text.count("-") + text.count("–") else text
    core = _CORE.search(text)
    if core is None:
        return _other_currency(text, style) or _INVALID
    behind = text[core.end() :].strip()
    signed = _SIGNED.fullmatch(text[: core.start()].strip())
    if signed is None:
        return _INVALID
    before, sign = signed[2], signed[1] + signed[3]
    if len(sign) > 1:
        return _INVALID
    for mark in filter(None, (before, behind)):
        codes = currencies_of(mark)
        if style.currency not in codes:
            return _other_currency(text, style) or _INVALID
    return ("-" if sign in ("-", "−") else "") + core.group()


def _other_currency(text: str, style: ValueStyle) -> Finding | None:
    for word in _WORD.findall(text):
        codes = currencies_of(word)
        if codes and style.currency not in codes:
            return _in_currency(word, style)
    return None


def _in_currency(mark: str, style: ValueStyle) -> Finding:
    return Finding("amount-currency", f"The amount is in {mark}, the record in {style.currency}.")


def _with_exponent(number: str, core: str, style: ValueStyle) -> Parsed:
    """Read an amount with an exponent; where digits are missing, a spreadsheet may have cut them.

    A program that writes exponents gives all digits: ``4.729375062E7``.
    """
    value = Decimal(number)
    if int(value.as_tuple().exponent) <= 0:
        return _settled(value, style)
    if MANGLED.fullmatch(core):
        return Parsed(None, Finding("number-mangled", MANGLED_TOLD))
    return _reported(_settled(value, style))


def _spaced(sign: str, core: str, style: ValueStyle) -> Parsed:
    """Read an amount whose thousands are parted by space: the other separator is the decimal's."""
    match = _SPACED.fullmatch(core)
    mark, decimals = (match[2], match[3] or "") if match is not None else (None, "")
    parsed = _settled(Decimal(sign + _SPACE.sub("", core).replace(",", ".")), style)
    if parsed.finding or (mark in (None, style.decimal) and len(decimals) < 3):
        return parsed
    is_open = style.decimal == "auto" and len(decimals) < 3
    return parsed if is_open else _reported(parsed)


def _is_doubtful(match: Numeral) -> bool:
    """Tell whether the only separator has three digits behind it and could part thousands."""
    whole, decimals = match[3], match[4]
    return decimals is not None and len(decimals) == 3 and _is_group(whole)


def _is_group(whole: str | None) -> bool:
    return whole is not None and len(whole) <= 3 and whole[0] != "0"


def _amount_of_this_style(match: Numeral, style: ValueStyle) -> Parsed:
    value = to_decimal(match[0], style.grouping, style.decimal)
    if not _is_doubtful(match):
        return _settled(value, style)
    if style.thousandths and (match[4] != "000" or style.scale != "1"):
        parsed = _settled(value, style)
        # of thousands, three decimals are whole units
        is_plain = parsed.finding is not None or style.scale != "1"
        return parsed if is_plain else _reported(parsed)
    return Parsed(None, _AMBIGUOUS)


def _amount_of_any_style(digits: str, style: ValueStyle) -> Parsed:
    """Read an amount of a column that does not tell its style, if it can be read in one way."""
    readings = set()
    for decimal, grouping in SEPARATORS.items():
        match = numeral_pattern(decimal, grouping).fullmatch(digits)
        if match is None:
            continue
        if _is_doubtful(match):
            return Parsed(None, _AMBIGUOUS)
        readings.add(to_decimal(digits, grouping, decimal))
    if len(readings) == 1:
        return _settled(readings.pop(), style)
    return Parsed(None, _AMBIGUOUS if readings else _INVALID)


def _reported(parsed: Parsed) -> Parsed:
    """Return an amount that is written in another style than the layout has, with a finding."""
    if parsed.value is None:
        return parsed
    return Parsed(parsed.value, Finding("amount-format", f"The amount was read as {parsed.value}."))


def _settled(value: Decimal, style: ValueStyle) -> Parsed:
    """Return a value to the cent, with a finding where it had fractions of a cent."""
    if style.scale != "1":
        value *= Decimal(style.scale)
    if value.adjusted() >= MAX_WHOLE_DIGITS:
        return Parsed(None, _TOO_LARGE)
    stated = without_noise(value)
    cents = stated.quantize(CENT, ROUND_HALF_UP) + 0  # + 0: no negative zero
    if cents == value:
        decimals = -int(value.as_tuple().exponent)
        return Parsed(plain(cents) if decimals < 0 else cents if decimals > 2 else value)
    told = f"The amount was rounded to the cent: {cents}"
    told += "." if cents == stated else f", from {plain(stated)}."
    return Parsed(cents, Finding("amount-rounded", told))
