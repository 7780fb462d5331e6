"""Dates in every form that is met → days.

Between points the day comes first everywhere in Europe. Between slashes and hyphens it does where
the column or the layout says so, or where the other number is no month. A year of four digits comes
first or last and leaves no doubt; months can have a name in any language of ``months.tsv``, and the
day of the week can stand before all else, by a name of ``weekdays.tsv``.

A time of day without a zone is left away: the day is as stated. A moment in UTC has another day in
the east than in the west, see :func:`_day_of_moment`. A number of five digits is a day as a
workbook counts them, from 1900 or 1904.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files

from kg.problems import ProfileError
from kg.sources.cell import Number
from kg.sources.fields import Field
from kg.sources.values.finding import Finding, Parsed
from kg.sources.values.numerals import number_value
from kg.sources.values.style import ValueStyle
from kg.spelling import folded

__all__ = ["parse_date"]

CENTURY_PIVOT = 80
"""Two-digit years from here on are 19xx: the first Interreg projects began in 1989."""
YEARS = range(1980, 2070)
"""Years that a project can start or end in; others are typing errors."""
MAX_LENGTH = 60

EPOCH = date(1899, 12, 30)
"""Day 0 of workbooks from 1900, as they count after February of that year."""
SERIALS = range((date(YEARS.start, 1, 1) - EPOCH).days, (date(YEARS.stop, 1, 1) - EPOCH).days)
"""Days of these years, as workbooks count them."""
EPOCHS = {"1900": 0, "1904": 1462}

_DAY_FIRST = re.compile(
    r"([0-9]{1,2})\s?([./-])\s?([0-9]{1,2})\s?\2\s?([0-9]{4}|[0-9]{2})\.?"
    r"(?:\s?(?:r|roku|г|года|година)\.?)?",
    re.IGNORECASE,
)
"""Behind the year can stand the word for it, as in Polish and Bulgarian."""
_YEAR_FIRST = re.compile(r"([0-9]{4})\s?([./-])\s?([0-9]{1,2})\s?\2\s?([0-9]{1,2})\.?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_TIMED = re.compile(
    r"(.*?[0-9.])(?:T|,?\s+)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r"(?:\s?([AaPp])\.?[Mm]\.?)?\s?(Z|UTC|GMT|[-+−][0-9]{2}:?[0-9]{2})?"
)
_OFFSET = re.compile(r"([-+−])([0-9]{2}):?([0-9]{2})")
_PART = re.compile(r"[^\W\d_]+|[0-9]+")

_NOT_ONE = Finding("date-invalid", "The value is not one date.")
_NOTHING_FITS = Parsed(None, _NOT_ONE)
_NO_DAY = Finding("date-invalid", "There is no such day in the calendar.")
_NO_TIME = Finding("date-invalid", "There is no such time of day.")
_EITHER = Finding(
    "date-ambiguous", "Day and month can be either way round, and no date of the column tells."
)
_ZONE = Finding(
    "date-ambiguous", "The moment is in UTC, and its day depends on the time zone that is meant."
)

_BETWEEN = frozenset(
    {"a", "am", "d", "da", "dana", "de", "den", "der", "di", "dia", "dna", "dne", "do", "gada"}
    | {"eme", "er", "g", "gg", "il", "la", "le", "m", "nd", "o", "of", "r", "rd", "s", "st", "ta"}
    | {"th", "the", "г", "года", "р", "року"}
)
"""Words and endings that stand in dates beside the month: ``1st of June``, ``1er juin``."""

_BEHIND_WEEKDAY = tuple(
    re.compile(rf"([^\W\d_]+{more})(?:\.?,\s*|\.?\s+)(\S.*)")
    for more in ("", r"[ -][^\W\d_]+")  # segunda-feira
)
"""The name of a day of the week before a date, of one word or two, and the date."""


def parse_date(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return the day of a cell."""
    if type(text) is Number:
        return _date_of_number(text, style)
    return _date(text, style.date_order, style.date_system, style.utc_offset)


@lru_cache(maxsize=8192)
def _date(text: str, order: str, system: str, utc_offset: str) -> Parsed:
    """Return the day of a text. Files state few days many times, hence the cache."""
    if len(text) > MAX_LENGTH:
        return Parsed(None, _NOT_ONE)
    if ":" in text:
        timed = _TIMED.fullmatch(text)
        if timed is None:
            return Parsed(None, _NOT_ONE)
        return _day_of_moment(_day(timed[1], order), timed, utc_offset)
    if len(text) == 5 and text.isdigit() and text.isascii():
        return _day_of_serial(int(text), system)
    return _day(text, order)


def _day(text: str, order: str) -> Parsed:
    match = _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is not None:
        year, month, day = match[1], match[match.re.groups - 1], match[match.re.groups]
        return _in_calendar(int(year), int(month), int(day))
    match = _DAY_FIRST.fullmatch(text)
    if match is None:
        named = _day_with_name(text)
        behind = _day_behind_weekday(text, order) if named is _NOTHING_FITS else None
        return named if behind is None else behind
    first, second, year_number = int(match[1]), int(match[3]), _year(match[4])
    is_plain = match[2] == "." and order != "mdy"
    if order == "auto" and not is_plain and first != second and max(first, second) <= 12:
        return Parsed(None, _EITHER)
    is_month_first = order == "mdy" or (order == "auto" and second > 12)
    if is_month_first and not is_plain:
        first, second = second, first
    return _in_calendar(year_number, second, first)


def _day_behind_weekday(text: str, order: str) -> Parsed | None:
    """Read ``Mittwoch, 1. Februar 2023``; None where no day of the week stands before the date."""
    for form in _BEHIND_WEEKDAY:
        match = form.fullmatch(text)
        weekday = match and _weekdays().get(folded(match[1]))
        if match and weekday:
            parsed = _day(match[2], order)
            if isinstance(parsed.value, date) and parsed.value.isoweekday() != weekday:
                told = f"{parsed.value} is no {match[1]}; the day was read without its name."
                return Parsed(parsed.value, Finding("value-doubtful", told))
            return parsed
    return None


def _day_with_name(text: str) -> Parsed:
    """Read a date whose month has a name, such as ``1. Juni 2016`` and ``June 1st, 2016``."""
    numbers, month = [], None
    for part in _PART.findall(folded(text)):
        if part.isdigit():
            numbers.append(part)
        elif part in _months() and month is None:
            month = _months()[part]
        elif part not in _BETWEEN:
            return _NOTHING_FITS
    if month is None or len(numbers) != 2:
        return _NOTHING_FITS
    day, year = reversed(numbers) if len(numbers[0]) == 4 else numbers
    if len(day) > 2 or len(year) not in (2, 4):
        return _NOTHING_FITS
    return _in_calendar(_year(year), month, int(day))


@cache
def _months() -> Mapping[str, int]:
    return _numbers("months.tsv")


@cache
def _weekdays() -> Mapping[str, int]:
    return _numbers("weekdays.tsv")


def _numbers(file: str) -> Mapping[str, int]:
    """Return the number of each name in a file of numbers and their names."""
    text = files("kg").joinpath("sources/values", file).read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {folded(name): int(number) for number, names in lines for name in names.split("|")}


def _year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    return int(text) + (1900 if int(text) >= CENTURY_PIVOT else 2000)


def _in_calendar(year: int, month: int, day: int) -> Parsed:
    if year not in YEARS:
        return Parsed(None, Finding("date-invalid", f"No Interreg project is of the year {year}."))
    try:
        return Parsed(date(year, month, day))
    except ValueError:
        return Parsed(None, _NO_DAY)


def _date_of_number(text: str, style: ValueStyle) -> Parsed:
    """Read a number of a workbook: its whole part counts days. Other numbers are read as text."""
    value = number_value(text)
    if value is None:
        return Parsed(None, _NOT_ONE)
    parsed = _day_of_serial(int(value), style.date_system)
    if parsed.value is not None:
        return Parsed(parsed.value)
    is_whole = value == value.to_integral_value() and value.adjusted() == 7
    return _day(str(int(value)), style.date_order) if is_whole else parsed


def _day_of_serial(serial: int, system: str) -> Parsed:
    if serial + EPOCHS[system] not in SERIALS:
        return Parsed(None, _NOT_ONE)
    day = EPOCH + timedelta(serial + EPOCHS[system])
    told = f"The number was read as the day {day} of a workbook that counts from {system}."
    return Parsed(day, Finding("date-serial", told))


def _day_of_moment(parsed: Parsed, timed: re.Match[str], utc_offset: str) -> Parsed:
    """Return the day of a moment.

    Without a zone, or with one other than UTC, it is the day as it is written. A moment in UTC is
    moved by the offset of the layout. Where the layout states none:

    - up to 20:59:59 it is the same day from the Azores (UTC-1) to Finland in summer (UTC+3), but
      20:00 sharp is midnight in Réunion and Georgia (UTC+4), and has two readings;
    - 21:00, 22:00 and 23:00 sharp are midnight east of Greenwich, and the next day is meant, which
      is reported;
    - the last second of the hours from 21 on is the end of a day somewhere, and of the same day;
    - any other time is of one day in the west and of the next one in the east.
    """
    day = parsed.value
    if not isinstance(day, date):
        return parsed
    hour, minute, second = int(timed[2]), int(timed[3]), int(timed[4] or 0)
    if timed[5] is not None:
        if not 1 <= hour <= 12:
            return Parsed(None, _NO_TIME)
        hour = hour % 12 + (12 if timed[5] in "Pp" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return Parsed(None, _NO_TIME)
    zone = timed[6]
    if zone is None or (zone[0] in "-+−" and zone.strip("-+−").strip("0:")):
        return parsed
    moment = datetime(day.year, day.month, day.day, hour, minute, second)
    if utc_offset != "auto":
        return Parsed((moment + _offset(utc_offset)).date())
    if hour < 20 or (minute, second) == (59, 59) or (hour == 20 and minute + second):
        return parsed
    if hour == 20 or minute or second:
        return Parsed(None, _ZONE)
    following = day + timedelta(1)
    told = f"{hour}:00 in UTC is midnight in a European time zone: the day was read as {following}."
    return Parsed(following, Finding("date-shifted", told))


@cache
def _offset(text: str) -> timedelta:
    match = _OFFSET.fullmatch(text)
    if match is None:
        raise ProfileError(f"‹{text}› is no offset from UTC.", remedy="Write it as +03:00.")
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return offset if match[1] == "+" else -offset
