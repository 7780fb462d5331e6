"""The forms of values: what a cell could be, told by the parsers that read it afterwards."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.countries import all_countries
from kg.sources.fields import Field, Kind
from kg.sources.inspection.words import fold, role_of_word
from kg.sources.personal import personal_finding
from kg.sources.values import Parsed, parse_value
from kg.sources.values.currencies import currency_marks, is_currency_code
from kg.sources.values.style import ValueStyle

__all__ = ["FORMS", "forms_of", "holds_address"]

FORMS = (
    "date", "amount", "integer", "rate", "number", "country", "url", "email", "phone", "nuts",
    "postcode", "role", "flag", "cci", "point", "currency", "themes", "letters", "long", "short",
    "year", "digits", "serial",
)  # fmt: skip

STYLE = ValueStyle()
DAY_FIRST = ValueStyle(date_order="dmy")
LONG = 200
"""Characters from which on a value is a text and no name."""
SHORT = 40
SERIAL_DAYS = frozenset(map(str, range(32_000, 52_000)))
"""Days as workbooks count them, from 1987 to 2042."""

_NUMBER = re.compile(r"[-−+]?[0-9]+(?:[.,][0-9]+)?")
_DATED = re.compile(
    r"\d{1,2}[./ -]+(?:\d{1,2}|[^\W\d_]{3,})[./ -]+\d{2,4}"
    r"|\d{4}[-./]\d{1,2}([-./]\d{1,2})?(T.*)?"
)
_MARK = "|".join(map(re.escape, currency_marks()))
_MONEY = re.compile(
    rf"[-−]?(?:{_MARK})?\s*[0-9]{{1,3}}(?:[\s.,'’]?[0-9]{{3}})*(?:[.,][0-9]+)?-?\s*(?:{_MARK})?"
)
_PHONE = re.compile(
    r"(?:tel\.?:?\s*)?(?:\+|00)[0-9][0-9 ()/.-]{6,20}[0-9]|0[0-9]{1,5}[ /-][0-9][0-9 /-]{4,15}[0-9]"
)
_NUTS = re.compile(r"[A-Z]{2}[0-9A-Z]{1,3}\b.*")
_POSTCODE = re.compile(r"(?:[A-Z]{1,3}-)?[0-9]{3}[ ]?[0-9]{1,2}|(?:[A-Z]{1,3}-)?[0-9]{2}-[0-9]{3}"
                       r"|[0-9]{4}[ ]?[A-Z]{2}|(?:[A-Z]{1,3}-)?[0-9]{4,5}"
                       r"|[A-Z]{1,2}[0-9][0-9A-Z]?[ ][0-9][A-Z]{2}"
                       r"|[0-9]{4}-[0-9]{3}")  # fmt: skip
_CCI = re.compile(r"20[0-9]{2}(?:TC|CB|IPA)?[0-9A-Z]{8,13}")
_POINT = re.compile(
    r"\(?\s*-?[0-9]{1,3}[.,][0-9]+\s*[,; ]\s*-?[0-9]{1,3}[.,][0-9]+\s*\)?|POINT\s*\(.*\)"
)
_THEMES = re.compile(r"[A-Z][0-9]{1,3} - .+")
_COUNTRY_NAMES = frozenset(fold(name) for c in all_countries() for name in (c.name_en, c.name_de))


@lru_cache(maxsize=65536)
def forms_of(text: str) -> tuple[str, ...]:
    """Return the forms that a value has, cleaned of space at its ends."""
    found: list[str] = []
    has_digit = any(c.isdigit() for c in text)
    size = len(text)
    if has_digit:
        found += _numeric(text, size)
    if size <= 80 and (_COUNTRY_NAMES & {fold(text)} or _reads("country", text)):
        found.append("country")
    if (
        "://" in text
        or text.lower().startswith("www.")
        or re.fullmatch(r"[\w.-]+\.(eu|com|org|net|[a-z]{2})(/\S*)?", text)
    ):
        found.append("url")
    if "@" in text and size < LONG and personal_finding(text) is not None:
        found.append("email")
    if size <= 40:
        if _reads("role", text) or (size <= 30 and role_of_word(text) and "date" not in found):
            found.append("role")
        if _reads("flag", text):
            found.append("flag")
        if is_currency_code(text):
            found.append("currency")
    if any(c.isalpha() for c in text):
        found.append("letters")
    if _THEMES.match(text):
        found.append("themes")
    found.append("long" if size >= LONG else "short" if size <= SHORT else "letters")
    return tuple(dict.fromkeys(found))


def holds_address(text: str) -> bool:
    """Tell whether a text holds an e-mail address, or is a telephone number."""
    return personal_finding(text) is not None or "phone" in forms_of(text)


def _numeric(text: str, size: int) -> list[str]:
    found: list[str] = []
    if size > 80:
        return found
    if text.isdigit():
        found.append("digits")
        if size <= 6:
            found.append("integer")
        if size == 4 and 1985 <= int(text) <= 2035:
            found.append("year")
        if text in SERIAL_DAYS:
            found.append("serial")
    is_dated = not text.isdigit() and (
        (_DATED.fullmatch(text) is not None and size > 6) or _reads("date", text, DAY_FIRST)
    )
    if is_dated:
        found.append("date")
    else:
        bare = text.rstrip("%").strip()
        if _NUMBER.fullmatch(bare):
            found.append("number")
            if abs(float(bare.replace(",", ".").replace("−", "-"))) <= 100:
                found.append("rate")
        if _MONEY.fullmatch(text) or _reads("amount", text):
            found.append("amount")
        if _PHONE.fullmatch(text) and _POSTCODE.fullmatch(text) is None:
            found.append("phone")
    if _POSTCODE.fullmatch(text):
        found.append("postcode")
    if _NUTS.fullmatch(text):
        found.append("nuts")
    if _CCI.fullmatch(text):
        found.append("cci")
    if _POINT.fullmatch(text):
        found.append("point")
    return found


def _reads(kind: Kind, text: str, style: ValueStyle = STYLE) -> bool:
    parsed: Parsed = parse_value(text, Field(kind, kind), style)
    return parsed.value is not None
