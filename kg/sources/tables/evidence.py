"""How a column writes its amounts, dates and rates, decided from the whole of it, never per cell.

``1.234`` alone is a thousand or a fraction; beside ``2.521.964,00`` in the same column it is a
thousand. A column without such evidence, or with evidence of two styles, keeps its doubtful values
back; those that can be read in one way only are read all the same. One value in another style
among many decides nothing, so that a bad record does not change what becomes of the others. Cells
that are numbers in their file tell nothing, as they need no style.

:meth:`see` stands in the way of every cell of the input: it passes over at once what tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, Protocol

import msgspec

from kg.sources.cell import Cell, Number
from kg.sources.values.numerals import SEPARATORS
from kg.sources.values.style import ValueStyle

__all__ = [
    "MAJORITY",
    "AmountEvidence",
    "DateEvidence",
    "Evidence",
    "RateEvidence",
    "add_evidence",
    "evidence_of",
]

DateOrder = Literal["dmy", "mdy"]
RateUnit = Literal["percent", "fraction"]


class Evidence(Protocol):
    """What the cells of a column tell of its style."""

    def see(self, cell: Cell) -> None:
        """Take in a cell of the column."""

    def decided(self, style: ValueStyle) -> ValueStyle:
        """Return the style of the column: what its layout leaves open, decided by its values."""


_AMOUNT = re.compile(r"[0-9][0-9.,\s'’]*")
_SPACE = re.compile(r"[\s'’]")
_DECIMALS = r"([0-9]{1,2}|[0-9]{4,})"
"""Three digits behind a separator do not tell whether they are decimals or thousands."""


def _telling(decimal: str, group: str) -> re.Pattern[str]:
    """Return the form of amounts that can only be read with this decimal separator."""
    point, mark = re.escape(decimal), re.escape(group)
    return re.compile(
        rf"[0-9]{{1,3}}({mark}[0-9]{{3}})*{point}{_DECIMALS}"
        rf"|[0-9]+{point}{_DECIMALS}"
        rf"|([0-9]{{4,}}|0){point}[0-9]+"
        rf"|[1-9][0-9]{{0,2}}({mark}[0-9]{{3}}){{2,}}({point}[0-9]+)?"
        rf"|[1-9][0-9]{{0,2}}({mark}[0-9]{{3}})+{point}[0-9]+"
    )


_COMMA_DECIMAL = _telling(",", ".")
_POINT_DECIMAL = _telling(".", ",")


MAJORITY = 10
"""So many values of one style decide against one of the other."""


def _stronger(one: int, other: int) -> bool | None:
    """Tell which of two styles has the evidence: the one (True), the other (False) or neither."""
    if one > other * MAJORITY:
        return True
    return False if other > one * MAJORITY else None


class AmountEvidence:
    """How many values can only be read with a decimal comma, and how many with a point."""

    def __init__(self) -> None:
        self.comma = 0
        self.point = 0

    def see(self, cell: Cell) -> None:
        """Take in a cell of the column."""
        if cell is None or cell.isdigit() or type(cell) is not str:
            return
        if len(cell) <= 7 and cell[-4:-3] in (".", ",") and cell[0] not in "0.,":
            return  # such as 1.234
        found = _AMOUNT.search(cell)
        if found is None:
            return
        digits = _SPACE.sub("", found.group())
        is_comma = _COMMA_DECIMAL.fullmatch(digits) is not None
        is_point = _POINT_DECIMAL.fullmatch(digits) is not None
        if is_comma != is_point:
            self.comma += is_comma
            self.point += is_point

    @property
    def decimal(self) -> str | None:
        """The decimal separator of the column, or None where its values do not agree on one."""
        is_comma = _stronger(self.comma, self.point)
        return None if is_comma is None else "," if is_comma else "."

    def decided(self, style: ValueStyle) -> ValueStyle:
        """Return the style of the column."""
        decimal = self.decimal
        if style.decimal != "auto" or decimal is None:
            return style
        return msgspec.structs.replace(
            style, decimal=decimal, grouping=SEPARATORS[decimal], thousandths=True
        )


_DATE = re.compile(r"\s*([0-9]{1,2})\s?([/.-])\s?([0-9]{1,2})\s?\2\s?([0-9]{4}|[0-9]{2})(?![0-9])")


class DateEvidence:
    """How many dates can only be read with the day first, and how many with the month.

    Between points the day comes first everywhere in Europe. A date between points that could be
    read either way therefore contradicts a column whose other dates have the month first.
    """

    def __init__(self) -> None:
        self.day_first = 0
        self.month_first = 0
        self._doubtful_points = 0

    def see(self, cell: Cell) -> None:
        """Take in a cell of the column."""
        if cell is None or len(cell) < 6 or cell[:3].isdigit():  # the year first, most often
            return
        match = _DATE.match(cell)
        if match is None or type(cell) is Number:
            return
        first, second = int(match[1]), int(match[3])
        self.day_first += first > 12 >= second
        if match[2] == ".":
            self._doubtful_points += second <= 12
        else:
            self.month_first += second > 12 >= first

    @property
    def order(self) -> DateOrder | None:
        """The order of day and month in the column, or None where its values do not agree."""
        is_day_first = _stronger(self.day_first, self.month_first)
        if is_day_first is False and self._doubtful_points:
            return None
        return None if is_day_first is None else "dmy" if is_day_first else "mdy"

    def decided(self, style: ValueStyle) -> ValueStyle:
        """Return the style of the column."""
        order = self.order
        if style.date_order != "auto" or order is None:
            return style
        return msgspec.structs.replace(style, date_order=order)


_FRACTION = re.compile(r"\s*0*[.,][0-9]*[1-9][0-9]*\s*")
_PERCENT = re.compile(r"\s*0*(?:[2-9]|1[0-9]|1[.,]0*[1-9])[0-9]*(?:[.,][0-9]*)?\s*")


class RateEvidence:
    """How many bare values are larger than 1, and how many fractions of it.

    Numbers of the file tell as much as text, as their unit is not stated either.
    """

    def __init__(self) -> None:
        self.percent = 0
        self.fraction = 0

    def see(self, cell: Cell) -> None:
        """Take in a cell of the column."""
        if cell is None:
            return
        if _PERCENT.fullmatch(cell):
            self.percent += 1
        elif _FRACTION.fullmatch(cell):
            self.fraction += 1

    @property
    def unit(self) -> RateUnit | None:
        """What the bare values of the column are, or None where they do not agree."""
        is_percent = _stronger(self.percent, self.fraction)
        return None if is_percent is None else "percent" if is_percent else "fraction"

    def decided(self, style: ValueStyle) -> ValueStyle:
        """Return the style of the column."""
        unit = self.unit
        if style.rate != "auto" or unit is None:
            return style
        return msgspec.structs.replace(style, rate=unit)


_EVIDENCE: Mapping[str, tuple[str, type[AmountEvidence] | type[DateEvidence] | type[RateEvidence]]]
_EVIDENCE = {
    "amount": ("decimal", AmountEvidence),
    "number": ("decimal", AmountEvidence),
    "date": ("date_order", DateEvidence),
    "rate": ("rate", RateEvidence),
}
"""What the style of a kind of field can leave open, and what decides it."""


def evidence_of(kind: str, style: ValueStyle) -> Evidence | None:
    """Return what gathers the evidence of a column, or None where its style leaves nothing open."""
    if kind not in _EVIDENCE:
        return None
    matter, evidence = _EVIDENCE[kind]
    return evidence() if getattr(style, matter) == "auto" else None


def add_evidence(one: Evidence, other: Evidence) -> None:
    """Add to the evidence of some cells that of other cells of the same column; all are counts."""
    for name, count in vars(other).items():
        setattr(one, name, getattr(one, name) + count)
