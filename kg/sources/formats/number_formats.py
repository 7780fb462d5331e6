"""The number formats of a workbook's cells: what they show beside the digits of a number.

A cell can hold 1000 and show ``CHF 1,000.00``, hold 0.85 and show ``85%``, or hold 1067 and show
``01067``. Whoever reads the sheet takes the currency, the percent and the zeros for stated, and so
they are. What else a format does, such as grouping and rounding digits, states nothing.

The codes of formats are those of ECMA-376, part 1, 18.8.30 and 18.8.31.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from kg.sources.cell import Cell, Money, Number
from kg.sources.values.currencies import currencies_of
from kg.sources.values.finding import clean

__all__ = ["BUILT_IN", "LOCAL", "PLAIN", "ColumnFormats", "NumberFormat", "parse_number_format"]

BUILT_IN = {"9": "0%", "10": "0.00%"}
"""Ids that stand for these codes in every workbook, as far as they state anything."""
LOCAL = frozenset(map(str, (*range(5, 9), *range(37, 45))))
"""Ids of formats in the currency of whoever opens the workbook, which is none that it states."""
MAX_LENGTH = 255
"""Characters of a code; spreadsheets allow no more."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|\\(?P<escaped>.?)"
    r"|[_*].?"  # space as wide as a character, or filled up with it
    r"|\[(?P<bracket>[^\]]*)\]?"
    r"|(?P<end>;)"
    r'|(?P<plain>[^"\\_*\[;]+)',
    re.DOTALL,
)
_DIGITS = re.compile(r"[0#?.,/]+|general", re.IGNORECASE)
_ZEROS = re.compile("0+")
_CONDITION = re.compile("[<>=]")
_SIGN = re.compile("[$£¥\u20a0-\u20cf]")
_WORD = re.compile(rf"{_SIGN.pattern}|[^\W\d_]+\.?")


class NumberFormat(NamedTuple):
    """What a format shows beside the digits.

    ``mark`` is that of a currency. ``percent`` is by how many places the decimal point moves before
    a percent sign, or None where there is none. A whole number is filled up with zeros to
    ``width`` digits.
    """

    mark: str = ""
    percent: int | None = None
    width: int = 0

    def shown(self, number: Number) -> Cell:
        """Return what a cell states that holds a number."""
        if self.percent is not None:
            return f"{Decimal(number).scaleb(self.percent).normalize():f}%"
        if self.mark:
            return Money(number, self.mark)
        return Number(number.zfill(self.width)) if number.isdigit() else number


PLAIN = NumberFormat()
"""A format that shows nothing but a number."""


class ColumnFormats:
    """The formats of the numbers in a column of a sheet, from the top down."""

    def __init__(self) -> None:
        self._lines: list[int] = []
        self._formats: list[NumberFormat] = []

    def note(self, line: int, found: NumberFormat) -> None:
        """Note the format of the number in a line; most columns have one from top to bottom."""
        if not self._formats or self._formats[-1] is not found:
            self._lines.append(line)
            self._formats.append(found)

    def at(self, line: int) -> NumberFormat:
        """Return the format of the number in a line."""
        position = bisect_right(self._lines, line) - 1
        return PLAIN if position < 0 else self._formats[position]


class _Section(NamedTuple):
    """One of the parts of a format, which are for numbers above zero, below it, for zero, text."""

    literals: Sequence[str]
    marks: Sequence[str]
    plain: str
    has_condition: bool


def parse_number_format(code: str) -> NumberFormat:
    """Return what a format shows, by its part for numbers above zero.

    One with conditions of its own shows what all of its parts agree on. A code that no spreadsheet
    writes shows nothing.
    """
    if len(code) > MAX_LENGTH:
        return PLAIN
    sections = _sections(code)
    if not any(section.has_condition for section in sections):
        return _format(sections[0])
    found = {_format(section) for section in sections if _DIGITS.search(section.plain)}
    return found.pop() if len(found) == 1 else PLAIN


def _sections(code: str) -> list[_Section]:
    sections = []
    literals, marks, plain, has_condition = [""], list[str](), "", False
    for token in _TOKEN.finditer(f"{code};"):
        kind, text = token.lastgroup, token[token.lastgroup] if token.lastgroup else ""
        if kind in ("quoted", "escaped"):
            literals[-1] += text
        elif kind == "plain":
            first, *others = _DIGITS.split(text)
            literals[-1] += first
            literals += others
            plain += text
        elif kind == "bracket" and text.startswith("$"):
            marks.append(text[1:].partition("-")[0])  # behind it stands a language
        elif kind == "bracket":
            has_condition |= _CONDITION.match(text) is not None
        elif kind == "end":
            stated = [found for text in literals if (found := _clean(text))]
            sections.append(_Section(stated, [*filter(None, map(_clean, marks))], plain.strip(),
                                     has_condition))  # fmt: skip
            literals, marks, plain, has_condition = [""], [], "", False
        else:
            literals[-1] += " "
    return sections or [_Section((), (), "", False)]


def _clean(text: str) -> str:
    shown = "".join(c if c.isprintable() else " " for c in clean(text))
    return " ".join(shown.split())


def _format(section: _Section) -> NumberFormat:
    if not _DIGITS.search(section.plain):
        return PLAIN
    if section.plain.count("%") == 1:
        return NumberFormat(percent=2)
    if section.literals == ["%"]:
        return NumberFormat(percent=0)
    if mark := _mark(section):
        return NumberFormat(mark)
    is_zeros = not section.literals and _ZEROS.fullmatch(section.plain) is not None
    return NumberFormat(width=len(section.plain)) if is_zeros else PLAIN


def _mark(section: _Section) -> str:
    """Return the mark of the currency in a part of a format; one in brackets need not be known."""
    stated = [*section.marks, *section.literals]
    whole = next((text for text in stated if currencies_of(text)), None)
    words = (word for text in stated for word in _WORD.findall(text) if _is_currency(word))
    return whole or next(words, None) or next(iter(section.marks), "")


def _is_currency(word: str) -> bool:
    """Tell whether a word among others, as in ``Mio. CHF``, is a currency and not like one."""
    codes = currencies_of(word)
    is_code = word.upper() in codes
    return _SIGN.fullmatch(word) is not None or (bool(codes) and (word.isupper() or not is_code))
