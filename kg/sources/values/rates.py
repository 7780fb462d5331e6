"""Rates of co-financing → percent.

``85 %`` says what it is. A bare ``83`` is in percent, as no rate is larger than the whole. A bare
``0.85`` is a fraction where the column says so: where none of its values is larger than 1. A value
between 0 and 1 in a column of percents, or a lone ``1``, can be read in two ways and is not read.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from kg.sources.cell import Number
from kg.sources.fields import Field
from kg.sources.values.finding import Finding, Parsed
from kg.sources.values.numerals import number_value, plain
from kg.sources.values.style import ValueStyle

__all__ = ["parse_rate"]

_RATE = re.compile(r"\+?([0-9]{1,6}(?:[.,][0-9]{0,30})?|[.,][0-9]{1,30})\s*(%?)")
_STEP = Decimal("1e-6")
"""Rates are exact to a millionth of a percent; digits behind it are noise."""

_INVALID = Finding("rate-invalid", "The value is not a rate between 0 and 100 percent.")
_AMBIGUOUS = Finding(
    "rate-ambiguous", "The rate can be in percent or a fraction, and its column does not tell."
)


def parse_rate(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return the rate of a cell in percent."""
    if type(text) is Number:
        value = number_value(text)
        return Parsed(None, _INVALID) if value is None else _in_percent(value, style.rate)
    return _rate(text, style.rate)


@lru_cache(maxsize=4096)
def _rate(text: str, unit: str) -> Parsed:
    match = _RATE.fullmatch(text)
    if match is None:
        return Parsed(None, _INVALID)
    value = Decimal(match[1].replace(",", "."))
    return _percent(value) if match[2] else _in_percent(value, unit)


def _in_percent(value: Decimal, unit: str) -> Parsed:
    if 0 < value <= 1:
        return _percent(value * 100) if unit == "fraction" else Parsed(None, _AMBIGUOUS)
    if value > 1 and unit == "fraction":
        return Parsed(None, _AMBIGUOUS if value <= 100 else _INVALID)
    return _percent(value)


def _percent(value: Decimal) -> Parsed:
    if not 0 <= value <= 100:
        return Parsed(None, _INVALID)
    return Parsed(plain(value.quantize(_STEP, ROUND_HALF_EVEN)))
