"""How a column writes its amounts and dates, decided from the whole column and never per cell.

``1.234`` alone is a thousand or a fraction; beside ``2.521.964,00`` in the same column it is a
thousand. A column without such evidence keeps its doubtful values back.
"""

from __future__ import annotations

import re
from typing import Literal

from kg.sources.tables.table import Cell

__all__ = ["AmountEvidence", "DateEvidence"]

DateOrder = Literal["dmy", "mdy"]

_AMOUNT = re.compile(r"[0-9][0-9.,]*")
_DECIMALS = r"([0-9]{1,2}|[0-9]{4,})"
"""Three digits behind a separator do not tell whether they are decimals or thousands."""


def _telling(decimal: str, group: str) -> re.Pattern[str]:
    """Return the form of amounts that can only be read with this decimal separator."""
    point, mark = re.escape(decimal), re.escape(group)
    return re.compile(
        rf"[0-9]{{1,3}}({mark}[0-9]{{3}})*{point}{_DECIMALS}"
        rf"|[0-9]+{point}{_DECIMALS}"
        rf"|[0-9]{{1,3}}({mark}[0-9]{{3}}){{2,}}({point}[0-9]+)?"
        rf"|[0-9]{{1,3}}({mark}[0-9]{{3}})+{point}[0-9]+"
    )


_COMMA_DECIMAL = _telling(",", ".")
_POINT_DECIMAL = _telling(".", ",")
_SLASHED = re.compile(r"\s*([0-9]{1,2})/([0-9]{1,2})/([0-9]{2,4})\b")


class AmountEvidence:
    """Counts the values of a column that can only be read with a decimal comma, or a point."""

    def __init__(self) -> None:
        self.comma = 0
        self.point = 0

    def see(self, cell: Cell) -> None:
        """Take in a value of the column."""
        found = _AMOUNT.search(cell) if cell is not None else None
        if found is None:
            return
        is_comma = _COMMA_DECIMAL.fullmatch(found.group()) is not None
        is_point = _POINT_DECIMAL.fullmatch(found.group()) is not None
        if is_comma != is_point:
            self.comma += is_comma
            self.point += is_point

    @property
    def decimal(self) -> str | None:
        """The decimal separator of the column, or None where its values do not agree on one."""
        if bool(self.comma) == bool(self.point):
            return None
        return "," if self.comma else "."


class DateEvidence:
    """Counts the dates of a column that can only be read with the day first, or the month.

    Only dates between slashes tell: between points the day comes first everywhere in Europe.
    """

    def __init__(self) -> None:
        self.day_first = 0
        self.month_first = 0

    def see(self, cell: Cell) -> None:
        """Take in a value of the column."""
        match = _SLASHED.match(cell) if cell is not None else None
        if match is not None:
            first, second = int(match[1]), int(match[2])
            self.day_first += first > 12 >= second
            self.month_first += second > 12 >= first

    @property
    def order(self) -> DateOrder | None:
        """The order of day and month in the column, or None where its values do not agree."""
        if bool(self.day_first) == bool(self.month_first):
            return None
        return "dmy" if self.day_first else "mdy"
