"""How a column writes its amounts and dates, decided from the whole column and never per cell.

``1.234`` alone is a thousand or a fraction; beside ``2.521.964,00`` in the same column it is a
thousand. A column without such evidence keeps its doubtful values back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from kg.sources.tables.table import Cell

__all__ = ["AmountEvidence", "DateEvidence", "amount_evidence", "date_evidence"]

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


class AmountEvidence(NamedTuple):
    """How many values of a column can only be read with a decimal comma or a decimal point."""

    comma: int
    point: int
    example: str | None

    @property
    def decimal(self) -> str | None:
        """The decimal separator of the column, or None where its values do not agree on one."""
        if bool(self.comma) == bool(self.point):
            return None
        return "," if self.comma > self.point else "."


class DateEvidence(NamedTuple):
    """How many values of a column can only be read with the day or the month first."""

    day_first: int
    month_first: int
    example: str | None

    @property
    def order(self) -> DateOrder | None:
        """The order of day and month in the column, or None where its values do not agree."""
        if bool(self.day_first) == bool(self.month_first):
            return None
        return "dmy" if self.day_first > self.month_first else "mdy"


def amount_evidence(values: Iterable[Cell]) -> AmountEvidence:
    """Return what a column tells of its decimal separator."""
    comma = point = 0
    example = None
    for value in values:
        found = _AMOUNT.search(value) if isinstance(value, str) else None
        if found is None:
            continue
        is_comma = _COMMA_DECIMAL.fullmatch(found.group()) is not None
        is_point = _POINT_DECIMAL.fullmatch(found.group()) is not None
        if is_comma != is_point:
            comma += is_comma
            point += is_point
            example = example or str(value)
    return AmountEvidence(comma, point, example)


def date_evidence(values: Iterable[Cell]) -> DateEvidence:
    """Return what a column tells of the order of day and month between slashes.

    Between points the day comes first everywhere in Europe, and needs no evidence.
    """
    day_first = month_first = 0
    example = None
    for value in values:
        match = _SLASHED.match(value) if isinstance(value, str) else None
        if match is None:
            continue
        first, second = int(match[1]), int(match[2])
        if first > 12 >= second:
            day_first += 1
        elif second > 12 >= first:
            month_first += 1
        else:
            continue
        example = example or str(value)
    return DateEvidence(day_first, month_first, example)
