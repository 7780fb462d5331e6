"""Raw values → typed values: amounts, dates, counts, flags, countries, web addresses, themes.

Each parser is pure and gives a :class:`Parsed`: the value, or ``None`` where there is none to
publish, and a finding where a reader should know something. A finding bears a problem code, whose
level says what it costs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from kg.countries import find_country, find_state
from kg.problems import CODES, Level
from kg.records import Heading, Outcome, Role, Text, Theme
from kg.sources.fields import Field
from kg.sources.profile import ValueStyle

__all__ = [
    "EDGES",
    "Finding",
    "Parsed",
    "clean",
    "control_finding",
    "invisible_finding",
    "is_usable_id",
    "parse_value",
    "state_name",
]

_NOT_STATED = {"date": "date-missing", "amount": "amount-missing"}
"""The codes of a value that is said not to be known; it is missed only where it counts."""

MAX_VALUE_LENGTH = 1_000_000
MAX_ID_LENGTH = 200
MAX_AMOUNT_DIGITS = 17
"""Cents included; what is longer is no amount of a project, and stores cannot add it up."""
CENTURY_PIVOT = 80
"""Two-digit years from here on are 19xx: the first Interreg projects began in 1989."""
YEARS = range(1980, 2070)
"""Years that a project can start or end in; others are typing errors."""

ROLES = {
    "lp": Role.LEAD, "lead": Role.LEAD, "lead partner": Role.LEAD, "leadpartner": Role.LEAD,
    "elp": Role.ERDF_LEAD, "erdf lead partner": Role.ERDF_LEAD, "erdfleadpartner": Role.ERDF_LEAD,
    "pp": Role.PARTNER, "partner": Role.PARTNER, "project partner": Role.PARTNER,
    "projectpartner": Role.PARTNER,
    "ap": Role.ASSOCIATED, "associated partner": Role.ASSOCIATED,
    "associatedpartner": Role.ASSOCIATED,
}  # fmt: skip
"""The words for roles, in lower case."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
EDGES = " \t\r\n\u00a0\u200b\u200e\u200f\u2060\ufeff"
"""Space, and marks that mean nothing at the end of a text."""
_DATE = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4}|\d{2})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_CURRENCY = re.compile(r"^(€|EUR|EURO?S?)\s*|\s*(€|EUR|EUROS?)$", re.IGNORECASE)
_SPACED = re.compile(r"[-−]?[0-9]{1,3}([\s'’][0-9]{3})+([.,][0-9]{1,2})?")
"""Thousands that are parted by spaces or apostrophes, all of them and by three."""
_OTHER_CURRENCY = re.compile(r"(?i)\b(CHF|GBP|DKK|SEK|NOK|PLN|CZK|HUF|RON|BGN|USD|ISK)\b|[$£]")
_THEME_CODE = re.compile(r"[A-Z][0-9]{1,3}")
_THEME_INSIDE = re.compile(r"\b[A-Z][0-9]{1,3} - ")
"""A second theme inside the label of a first one: the separator between them was lost."""
_IRI_FORBIDDEN = re.compile(r'[\s<>"{}|\\^`\x00-\x20]')


class Finding(NamedTuple):
    """Something a reader should know about a value: the problem code, and what was met."""

    code: str
    message: str


class Parsed(NamedTuple):
    """A parsed value, or None, and what is to be said about it."""

    value: object
    finding: Finding | None = None

    @property
    def outcome(self) -> Outcome:
        """What became of the cell: a word that says *not stated* is read and left out."""
        if self.finding is not None and CODES[self.finding.code].level >= Level.FIELD:
            return Outcome.REJECTED
        if self.value is not None:
            return Outcome.MAPPED
        if self.finding is None or self.finding.code in _NOT_STATED.values():
            return Outcome.IGNORED
        return Outcome.REJECTED


def clean(raw: str) -> str:
    """Return raw text without space and invisible marks at its ends, in Unicode normal form C."""
    if raw.isascii():  # most values; it needs neither (measured: a third of the time of reading)
        return raw.strip()
    return unicodedata.normalize("NFC", raw).strip().strip(EDGES).strip()


def control_finding(text: str) -> Finding | None:
    """Return a finding where a text holds control characters other than tab and line ends."""
    match = _CONTROL.search(text)
    if match is None:
        return None
    message = f"Character {match.start() + 1} is the control character U+{ord(match[0]):04X}."
    return Finding("control-character", message)


def invisible_finding(text: str) -> Finding | None:
    """Return a finding where a text holds characters that cannot be seen and change its reading."""
    match = None if text.isascii() else _INVISIBLE.search(text)
    if match is None:
        return None
    name = unicodedata.name(match[0], f"U+{ord(match[0]):04X}")
    message = f"Character {match.start() + 1} is U+{ord(match[0]):04X} ({name.lower()})."
    return Finding("invisible-character", message)


def is_usable_id(text: str) -> bool:
    """Tell whether every character of an identifier can be seen, and it is not too long."""
    return 0 < len(text) <= MAX_ID_LENGTH and text.isprintable()


def parse_value(raw: str, field: Field, style: ValueStyle) -> Parsed:
    """Return the value of a field; ``raw`` is not blank."""
    text = clean(raw)
    if len(text) > MAX_VALUE_LENGTH:
        return Parsed(None, Finding("value-too-long", f"The value has {len(text)} characters."))
    control = control_finding(text)
    if control:
        return Parsed(None, control)
    if text in style.not_stated and field.kind != "id":
        code = _NOT_STATED.get(field.kind)
        return Parsed(
            None, Finding(code, "The source says that nothing is stated.") if code else None
        )
    parsed = _PARSERS[field.kind](text, field, style)
    return parsed if parsed.finding else Parsed(parsed.value, invisible_finding(text))


def _id(text: str, field: Field, style: ValueStyle) -> Parsed:
    if not is_usable_id(text):
        return Parsed(
            None, Finding("id-invalid", "The identifier holds characters that cannot be seen.")
        )
    return Parsed(text)


def _word(text: str, field: Field, style: ValueStyle) -> Parsed:
    return Parsed(text)


def _text(text: str, field: Field, style: ValueStyle) -> Parsed:
    return Parsed(Text(text, field.language))


def _heading(text: str, field: Field, style: ValueStyle) -> Parsed:
    code, separator, label = text.partition(style.heading_separator)
    if separator and code.strip() and label.strip():
        return Parsed(Heading(Text(label.strip(), field.language), code.strip()))
    return Parsed(Heading(Text(text, field.language)))


def _country(text: str, field: Field, style: ValueStyle) -> Parsed:
    found = find_country(text) or find_country(text.upper())
    if found is None:
        return Parsed(None, Finding("country-unknown", "This is no country code that is known."))
    return Parsed(found.alpha2)


def state_name(text: str) -> str:
    """Return the German name of a federal state, or the text as it is where it is none."""
    found = find_state(text)
    return found.name if found else text


def _state(text: str, field: Field, style: ValueStyle) -> Parsed:
    return Parsed(state_name(text))


def _role(text: str, field: Field, style: ValueStyle) -> Parsed:
    word = text.casefold()
    if word in ROLES:
        return Parsed(ROLES[word])
    if word in style.yes or word in style.no:
        return Parsed(Role.LEAD if word in style.yes else Role.PARTNER)
    return Parsed(None, Finding("role-unknown", "This is no role that is known."))


def _flag(text: str, field: Field, style: ValueStyle) -> Parsed:
    word = text.casefold()
    if word in style.yes:
        return Parsed(True)
    if word in style.no:
        return Parsed(False)
    return Parsed(None, Finding("flag-invalid", "The value is neither yes nor no."))


def _count(text: str, field: Field, style: ValueStyle) -> Parsed:
    if text.isascii() and text.isdigit() and len(text) <= 6:
        return Parsed(int(text))
    return Parsed(None, Finding("count-invalid", "The value is not a whole number."))


def _date(text: str, field: Field, style: ValueStyle) -> Parsed:
    iso = _ISO_DATE.fullmatch(text)
    if iso:
        year, month, day = map(int, iso.groups())
    else:
        match = _DATE.fullmatch(text)
        if match is None or not text.isascii():
            return Parsed(None, Finding("date-invalid", "The value is not one date."))
        first, separator, second, last = match.groups()
        day, month, year = int(first), int(second), _year(last)
        # between points the day comes first everywhere in Europe
        if separator == "/" and style.date_order == "auto" and max(day, month) <= 12:
            told = "Day and month can be either way round, and no date of the column tells."
            if day != month:
                return Parsed(None, Finding("date-ambiguous", told))
        if separator == "/" and (style.date_order == "mdy" or month > 12):
            day, month = month, day
    if year not in YEARS:
        return Parsed(None, Finding("date-invalid", f"No Interreg project is of the year {year}."))
    try:
        return Parsed(date(year, month, day))
    except ValueError:
        return Parsed(None, Finding("date-invalid", "There is no such day in the calendar."))


def _year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    return int(text) + (1900 if int(text) >= CENTURY_PIVOT else 2000)


def _amount(text: str, field: Field, style: ValueStyle) -> Parsed:
    other = _OTHER_CURRENCY.search(text)
    if other:
        return Parsed(
            None,
            Finding(
                "amount-currency",
                f"The amount is in {other.group()}, the record in {style.currency}.",
            ),
        )
    digits = _CURRENCY.sub("", text, count=1).strip()
    if _SPACED.fullmatch(digits):
        digits = re.sub(r"[\s'’]", "", digits)
    if sum(c.isdigit() for c in digits) > MAX_AMOUNT_DIGITS:
        return Parsed(None, Finding("amount-invalid", "No project has an amount of this size."))
    if style.decimal == "auto":
        return _amount_of_any_style(digits)
    if _amount_pattern(style.decimal, style.grouping).fullmatch(digits):
        return Parsed(_to_decimal(digits, style.grouping, style.decimal))
    if _amount_pattern(style.grouping, style.decimal).fullmatch(digits):
        return _amount_in_other_style(digits, style)
    return Parsed(None, Finding("amount-invalid", "The value is not an amount of money."))


_AMBIGUOUS = Finding(
    "amount-ambiguous", "The separator can stand before decimals or between thousands."
)


def _amount_of_any_style(digits: str) -> Parsed:
    """Read an amount of a column that does not tell its style, if it can be read in one way."""
    if re.fullmatch(r"[-−]?[0-9]{1,3}[.,][0-9]{3}", digits):
        return Parsed(None, _AMBIGUOUS)
    readings = {
        _to_decimal(digits, grouping, decimal)
        for decimal, grouping in ((",", "."), (".", ","))
        if _amount_pattern(decimal, grouping).fullmatch(digits)
    }
    if len(readings) == 1:
        return Parsed(readings.pop())
    if readings:
        return Parsed(None, _AMBIGUOUS)
    return Parsed(None, Finding("amount-invalid", "The value is not an amount of money."))


@cache
def _amount_pattern(decimal: str, grouping: str) -> re.Pattern[str]:
    """Digits, grouped by three or not at all, with one or two decimals where there are any."""
    decimal, grouping = re.escape(decimal), re.escape(grouping)
    return re.compile(
        rf"[-−]?(?:[0-9]{{1,3}}(?:{grouping}[0-9]{{3}})+|[0-9]{{1,15}})(?:{decimal}[0-9]{{1,2}})?"
    )


def _amount_in_other_style(digits: str, style: ValueStyle) -> Parsed:
    """Read an amount that has the layout's two separators the other way round.

    ``2,521,964.00`` and ``4000.00`` leave no doubt. ``2,521`` alone would be read as a decimal
    fraction of three digits by the layout's own style, so it has two readings.
    """
    if digits.count(style.decimal) == 1 and style.grouping not in digits:
        return Parsed(None, _AMBIGUOUS)
    value = _to_decimal(digits, style.decimal, style.grouping)
    return Parsed(value, Finding("amount-format", f"The amount was read as {value}."))


def _to_decimal(digits: str, grouping: str, decimal: str) -> Decimal:
    return Decimal(digits.replace(grouping, "").replace(decimal, ".").replace("−", "-"))


def _url(text: str, field: Field, style: ValueStyle) -> Parsed:
    finding = None
    if "://" not in text and text.lower().startswith("www."):
        finding = Finding("url-scheme-missing", f"The address was read as https://{text}.")
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, user = parts.hostname, parts.username
    except ValueError:
        host = user = None
    if user is not None or "@" in text.partition("://")[2].partition("/")[0]:
        return Parsed(None, Finding("url-userinfo", f"The address leads to the host {host}."))
    usable = (
        host
        and text.lower().startswith(("http://", "https://"))
        and not _IRI_FORBIDDEN.search(text)
        and all(unicodedata.category(c)[0] != "C" for c in text)
        and re.search(r"%(?![0-9A-Fa-f]{2})", text) is None
    )
    if not usable:
        told = "This is no web address that can be linked."
        if host:
            told = "The value holds characters that no web address has, or more than one address."
        return Parsed(None, Finding("url-invalid", told))
    return Parsed(text, finding)


def _themes(text: str, field: Field, style: ValueStyle) -> Parsed:
    themes: dict[str, Theme] = {}
    wrong = []
    for entry in text.split(style.theme_separator):
        code, _, label = entry.strip().partition(style.theme_label_separator)
        code = code.strip()
        if not entry.strip():
            continue
        if _THEME_CODE.fullmatch(code) is None or _THEME_INSIDE.search(label):
            wrong.append(entry.strip())
            continue
        stated = Text(label.strip(), field.language) if label.strip() else None
        themes.setdefault(code, Theme(code, stated))
    finding = None
    if wrong:
        finding = Finding("theme-invalid", f"No single theme can be read from: {'; '.join(wrong)}.")
    return Parsed(tuple(themes.values()), finding)


_PARSERS: dict[str, Callable[[str, Field, ValueStyle], Parsed]] = {
    "id": _id,
    "word": _word,
    "text": _text,
    "heading": _heading,
    "country": _country,
    "state": _state,
    "role": _role,
    "flag": _flag,
    "count": _count,
    "date": _date,
    "amount": _amount,
    "url": _url,
    "themes": _themes,
}
"""The parser of each kind of field that a profile can name."""


def _stub_crs(text: str, field: Field, style: ValueStyle) -> Parsed:
    return Parsed("http://www.opengis.net/def/crs/OGC/1.3/CRS84")


_PARSERS |= {"crs": _stub_crs, "code": _word, "language": _word, "rate": _amount, "number": _amount,
             "currency": _word}  # fmt: skip
