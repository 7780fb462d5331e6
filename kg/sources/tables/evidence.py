"""How a column writes its amounts, dates and rates, decided from the whole of it, never per cell.

``1.234`` alone is a thousand or a fraction; beside ``2.521.964,00`` in the same column it is a
thousand. A column without such evidence, or with evidence of two styles, keeps its doubtful values
back; those that can be read in one way only are read all the same. Cells that are numbers in their
file tell nothing, as they need no style.

:meth:`see` stands in the way of every cell of the input, so that it looks for what it does not know
yet: what a column has told once is not told again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, Protocol

import msgspec

from kg.sources.profile import ValueStyle
from kg.sources.tables.table import Cell, Number
from kg.sources.values.numerals import SEPARATORS

__all__ = ["AmountEvidence", "DateEvidence", "Evidence", "RateEvidence", "evidence_of"]

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


class AmountEvidence:
    """Whether there are values that can only be read with a decimal comma, or with a point."""

    def __init__(self) -> None:
        self.comma = False
        self.point = False

    def see(self, cell: Cell) -> None:
        """Take in a cell of the column."""
        if cell is None or cell.isdigit():
            return
        comma, point = cell.rfind(","), cell.rfind(".")
        if comma > point:  # a decimal comma, or thousands as in 1,234,567
            if self.comma and (self.point or point >= 0 or cell.find(",") == comma):
                return
        elif point < 0 or (self.point and (self.comma or comma >= 0 or cell.find(".") == point)):
            return
        if len(cell) > 7 or cell[-4:-3] not in (".", ",") or cell[0] in "0.,":  # not one as 1.234
            self._look(cell)

    def _look(self, cell: str) -> None:
        found = None if type(cell) is Number else _AMOUNT.search(cell)
        if found is None:
            return
        digits = _SPACE.sub("", found.group())
        is_comma = _COMMA_DECIMAL.fullmatch(digits) is not None
        is_point = _POINT_DECIMAL.fullmatch(digits) is not None
        if is_comma != is_point:
            self.comma |= is_comma
            self.point |= is_point

    @property
    def decimal(self) -> str | None:
        """The decimal separator of the column, or None where its values do not agree on one."""
        if self.comma == self.point:
            return None
        return "," if self.comma else "."

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
    """Whether there are dates that can only be read with the day first, or with the month.

    Between points the day comes first everywhere in Europe. A date between points that could be
    read either way therefore contradicts a column whose other dates have the month first.
    """

    def __init__(self) -> None:
        self.day_first = False
        self.month_first = False
        self._doubtful_point = False
        self._month_before_point = False

    def see(self, cell: Cell) -> None:
        """Take in a cell of the column."""
        if cell is None or len(cell) < 6:
            return
        if cell[:3].isdigit():  # the year first, most often
            return
        if cell[3:5] <= "12" and (self.day_first or (cell[2] in "/-" and cell[:2] <= "12")):
            return  # it could tell that the day comes first, which is known, or nothing
        match = _DATE.match(cell)
        if match is None or type(cell) is Number:
            return
        first, second = int(match[1]), int(match[3])
        self.day_first |= first > 12 >= second
        if second > 12 >= first:
            self.month_first = True
            self._month_before_point |= match[2] == "."
        elif match[2] == ".":
            self._doubtful_point = True

    @property
    def order(self) -> DateOrder | None:
        """The order of day and month in the column, or None where its values do not agree."""
        if self.day_first == self.month_first:
            return None
        if self.month_first and self._doubtful_point and not self._month_before_point:
            return None
        return "dmy" if self.day_first else "mdy"

    def decided(self, style: ValueStyle) -> ValueStyle:
        """Return the style of the column."""
        order = self.order
        if style.date_order != "auto" or order is None:
            return style
        return msgspec.structs.replace(style, date_order=order)


_FRACTION = re.compile(r"\s*0*[.,][0-9]*[1-9][0-9]*\s*")
_PERCENT = re.compile(r"\s*0*(?:[2-9]|1[0-9]|1[.,]0*[1-9])[0-9]*(?:[.,][0-9]*)?\s*")


class RateEvidence:
    """Whether there are bare values larger than 1, or fractions of it.

    Numbers of the file tell as much as text, as their unit is not stated either.
    """

    def __init__(self) -> None:
        self.percent = False
        self.fraction = False

    def see(self, cell: Cell) -> None:
        """Take in a cell of the column."""
        if cell is None or (self.percent and (self.fraction or cell[:1] in "123456789")):
            return
        if cell[-1:] == "%" or (self.fraction and cell[:2] in ("0.", "0,")):
            return
        if _PERCENT.fullmatch(cell):
            self.percent = True
        elif _FRACTION.fullmatch(cell):
            self.fraction = True

    @property
    def unit(self) -> RateUnit | None:
        """What the bare values of the column are, or None where they do not agree."""
        if self.percent == self.fraction:
            return None
        return "percent" if self.percent else "fraction"

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
