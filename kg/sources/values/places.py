"""Countries, federal states and statistical regions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.countries import find_country, find_country_by_sign, find_country_named, find_state
from kg.records import Region
from kg.sources.fields import Field
from kg.sources.profile import ValueStyle
from kg.sources.values.finding import Finding, Parsed
from kg.spelling import folded

__all__ = ["parse_countries", "parse_country", "parse_region", "parse_state", "state_name"]

MAX_LENGTH = 200

_UNKNOWN = Parsed(None, Finding("country-unknown", "This is no country that is known."))
_PARTS = re.compile(r"\s*[/()–—:=]\s*|\s+-\s+")
"""What stands between the forms of one country's name."""
_LIST_MARKS = (re.compile(r"[;|\n]"), re.compile(r"/"), re.compile(r","), re.compile(r"\s+"))
"""What parts a list of countries, by how sure it is. Names hold commas and space too."""

_OF_A_REGION = re.compile(r"([^()]{4,})\(([^()]+)\)")
"""The name of a country and a part of it: ``Svizzera (Ticino)``."""
_HALVES = frozenset(
    {"north", "northern", "nord", "norte", "south", "southern", "sud", "sur", "east", "eastern"}
    | {"ost", "est", "west", "western", "ouest", "ovest", "central", "republic", "rep"}
)
"""Words that make another country of one: ``Ireland (Northern)``."""

NUTS_PREFIXES = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE"}
    | {"IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "UK"}
    | {"AL", "CH", "IS", "LI", "ME", "MK", "NO", "RS", "TR"}
)
"""The countries that have NUTS or statistical regions: Eurostat, NUTS 2024 and statistical regions
of EFTA and candidate countries, and the United Kingdom as in NUTS 2021."""
LETTERED = frozenset({"DE", "FR", "IT", "TR", "UK"})
"""Of these, the ones that name regions of level 1 by letters."""
_NUTS = re.compile(r"([A-Z]{2})((?:Z{1,3}|[A-Z](?:[0-9][0-9A-Z]?)?|[0-9][0-9A-Z]{0,2})?)")
_LIKE_NUTS = re.compile(r"[A-Z]{2}[A-Z]?[0-9][0-9A-Z]{0,2}")
_CODE_FIRST = re.compile(r"([A-Z]{2}[0-9A-Z]{0,4})(?:\s*[-–:]\s+|\s*[:–]\s*|\s+)(\S.*)", re.DOTALL)
_CODE_LAST = re.compile(r"(.*\S)\s*\(([A-Z]{2}[0-9A-Z]{0,3})\)", re.DOTALL)
_DRESSED = re.compile(r"(?:NUTS[- ]?([0-3])?(?: ?code)?\s*:\s*)?([A-Z0-9]+)[.,;]?", re.IGNORECASE)
"""A code behind a label or before a mark: ``NUTS3: AT332``, ``AT332.``"""
_LIKE_CODES = re.compile(
    r"(?<![^\W_])[A-Z]{2}[A-Z]?[0-9][0-9A-Z]{0,2}(?![^\W_])|"
    r"(?<![^\W_])[a-z]{2}[a-z]?[0-9][0-9a-z]{0,2}(?![^\W_])"
)


@lru_cache(maxsize=4096)
def _alpha2(text: str) -> str | None:
    """Return the code of a country by its code or name, or by several forms that agree."""
    if len(text) > MAX_LENGTH:
        return None
    found = find_country(text) or find_country_named(text) or find_country_by_sign(text)
    if found is not None:
        return found.alpha2
    parts = [part for part in _PARTS.split(text) if part]
    if len(parts) > 1:
        codes = {_alpha2(part) for part in parts}
        return codes.pop() if len(codes) == 1 else None
    code, _, name = text.partition(" ")
    if not name or not code.isupper() or len(code) not in (2, 3):
        return None
    by_code, by_name = find_country_named(code), find_country_named(name)
    return by_code.alpha2 if by_code is not None and by_code is by_name else None


def parse_country(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return the ISO 3166-1 code of a country, stated by a code, a name or both."""
    return _country(text)


@lru_cache(maxsize=4096)
def _country(text: str) -> Parsed:
    code = _alpha2(text)
    return _of_a_region(text) if code is None else Parsed(code)


def _of_a_region(text: str) -> Parsed:
    """Read the name of a country with a part of it in brackets, which is told."""
    match = _OF_A_REGION.fullmatch(text) if len(text) <= MAX_LENGTH else None
    if match is None or not _HALVES.isdisjoint(folded(match[2]).split()):
        return _UNKNOWN
    country = find_country_named(match[1])
    # names of countries elsewhere are those of others too: Guinea (Bissau), Georgia (USA)
    if country is None or NUTS_PREFIXES.isdisjoint((country.alpha2, *country.aliases)):
        return _UNKNOWN
    if _alpha2(match[2]) is not None:
        return _UNKNOWN
    told = f"‹{match[1].strip()}› was read; ‹{match[2]}› is taken for a part of it."
    return Parsed(country.alpha2, Finding("value-doubtful", told))


def parse_countries(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return the codes of a list of countries, each once; those not known are reported."""
    return _countries(text)


@lru_cache(maxsize=1024)
def _countries(text: str) -> Parsed:
    alone = _alpha2(text)
    if alone is not None:
        return Parsed((alone,))
    entries = [text]
    for mark in _LIST_MARKS:
        entries = [entry.strip() for entry in mark.split(text) if entry.strip()]
        if len(entries) > 1 and (mark is not _LIST_MARKS[-1] or _are_countries(entries)):
            break
    else:
        return _UNKNOWN
    codes = {entry: _alpha2(entry) for entry in entries}
    unknown = [entry for entry, code in codes.items() if code is None]
    finding = None
    if unknown:
        finding = Finding("country-unknown", f"No country is known as {'; '.join(unknown)}.")
    found = tuple(dict.fromkeys(code for code in codes.values() if code is not None))
    return Parsed(found or None, finding)


def _are_countries(words: Sequence[str]) -> bool:
    """Tell whether all words are countries; single letters between space can be anything."""
    return all(len(word) > 1 and _alpha2(word) for word in words)


def state_name(text: str) -> str:
    """Return the German name of a federal state, or the text as it is where it is none."""
    found = find_state(text)
    return found.name if found else text


def parse_state(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return a federal state by its German name, or as stated."""
    return Parsed(state_name(str(text)))


def parse_region(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return a statistical region by its NUTS code, its name or both."""
    parsed = _region(str(text))
    level = field.name[-1:]
    code = parsed.value.code if isinstance(parsed.value, Region) else None
    if code and level.isdigit() and len(code) - 2 != int(level):
        told = f"{code} is no code of NUTS level {level}."
        return Parsed(None, Finding("region-invalid", told))
    return parsed


@lru_cache(maxsize=8192)
def _region(text: str) -> Parsed:
    if _is_nuts(text):
        return Parsed(Region(text))
    dressed = _DRESSED.fullmatch(text)
    if dressed is not None and _is_nuts(code := _as_written(dressed[2])):
        return _undressed(code, dressed[1])
    several = dict.fromkeys(filter(_is_nuts, map(str.upper, _LIKE_CODES.findall(text))))
    if len(several) > 1:
        told = f"The value holds several codes, {', '.join(several)}, and the field one region."
        return Parsed(None, Finding("list-unexpected", told))
    first = _CODE_FIRST.fullmatch(text)
    if first is not None and _is_nuts(first[1]):
        return Parsed(Region(first[1], first[2]))
    last = _CODE_LAST.fullmatch(text)
    if last is not None and _is_nuts(last[2]):
        return Parsed(Region(last[2], last[1]))
    code = first[1] if first is not None else last[2] if last is not None else text
    if _LIKE_NUTS.fullmatch(code):
        return Parsed(
            None, Finding("region-invalid", f"{code} is no NUTS code of a known country.")
        )
    return Parsed(Region(None, text))


def _as_written(code: str) -> str:
    """Return a code in capitals, if it has a digit; other words in small letters are names."""
    return code.upper() if any(map(str.isdigit, code)) else code


def _undressed(code: str, level: str | None) -> Parsed:
    """Return the region of a code that a label stood before, or that was in small letters."""
    if level is not None and len(code) - 2 != int(level):
        told = f"{code} is no code of NUTS level {level}."
        return Parsed(None, Finding("region-invalid", told))
    return Parsed(Region(code), Finding("region-format", f"The value was read as {code}."))


def _is_nuts(code: str) -> bool:
    match = _NUTS.fullmatch(code)
    if match is None or match[1] not in NUTS_PREFIXES:
        return False
    return not match[2][:1].isalpha() or match[2][0] == "Z" or match[1] in LETTERED
