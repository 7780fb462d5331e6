"""Ids, words, texts, flags, counts and other values that are taken as they stand."""

from __future__ import annotations

import re

from kg.countries import find_country_by_sign, find_country_named
from kg.records import Text
from kg.sources.cell import Number
from kg.sources.fields import Field
from kg.sources.values.finding import Finding, Parsed, is_usable_id
from kg.sources.values.numerals import MANGLED, MANGLED_TOLD, quantity, whole_text
from kg.sources.values.style import ValueStyle
from kg.terms import language_tag

__all__ = [
    "foreign_id_finding",
    "parse_count",
    "parse_flag",
    "parse_id",
    "parse_language",
    "parse_number",
    "parse_text",
    "parse_word",
]

_TAG = re.compile(
    r"</?(?:p|br|b|i|u|strong|em|ul|ol|li|div|span|a|h[1-6]|table|tr|td|img)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)

_DASHES = re.compile("[\u2010-\u2015\u2212]")

NAMES = frozenset({"name", "lead_partner", "town", "title", "programme"})
"""Fields whose values have letters and are no addresses."""
ORGANISATIONS = frozenset({"name", "lead_partner"})
"""Fields that name one organisation."""
FOOTNOTES = frozenset("*†‡¹²³")
_LIST_MARK = re.compile(r"[•‣▪●○■□►➢·]|[-–—*]\s")
_BETWEEN_NAMES = re.compile(r"[\n•‣▪●■►➢]|[;|](?=\s*[^\W\d_])|\(([^()]{1,40})\)(?=\s*[^\s)])")
"""What parts one organisation from the next in a list, such as the country of the first one."""

_FALSE = Finding("flag-invalid", "The value is neither yes nor no.")
_NO_COUNT = Finding("count-invalid", "The value is not a whole number.")


def parse_id(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return an identifier."""
    if not is_usable_id(text):
        told = "The identifier holds characters that cannot be seen."
        return Parsed(None, Finding("id-invalid", told))
    if "+" in text and MANGLED.fullmatch(text) is not None and type(text) is not Number:
        return Parsed(None, Finding("id-invalid", MANGLED_TOLD))
    return Parsed(whole_text(text) if type(text) is Number else text)


def foreign_id_finding(partner_id: str, project_id: str) -> Finding | None:
    """Return a finding where the id of a partner does not begin with that of its project.

    Source of the rule: the reference record (``examples/alpen013.txt``), whose project Alpen013 has
    the partner Alpen013-001.
    """
    if partner_id.startswith(f"{project_id}-"):
        return None
    if _DASHES.sub("-", partner_id).startswith(f"{project_id}-"):
        return Finding("id-dash", f"{partner_id} has a long dash and no hyphen.")
    return Finding("partner-foreign", f"{partner_id} is no partner of {project_id}.")


def parse_word(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return a value that is in no language, such as a name, a postcode or a code."""
    if type(text) is Number:
        text = whole_text(text)
    elif "+" in text and MANGLED.fullmatch(text) is not None:
        return Parsed(None, Finding("number-mangled", MANGLED_TOLD))
    if field.name not in NAMES:
        return Parsed(text)
    several = _several(text) if field.name in ORGANISATIONS else None
    return Parsed(text, several or _doubt(text))


def _several(text: str) -> Finding | None:
    """Say what makes the name of an organisation look like several; None where nothing does."""
    for match in _BETWEEN_NAMES.finditer(text, 1):
        if match[1] is None or _is_country(match[1]):
            mark = "A line break" if match[0] == "\n" else f"‹{match[0]}›"
            told = (
                f"{mark} stands in the name, which may be of several organisations; it is "
                "published as one. What parts the entries of a cell is a separator of the profile."
            )
            return Finding("value-doubtful", told)
    return None


def _is_country(text: str) -> bool:
    """Tell whether a text names a country; a code is in capitals, since small words are others."""
    text = text.strip()
    if len(text) <= 3 and not text.isupper():
        return False
    return (find_country_by_sign(text) or find_country_named(text)) is not None


def _doubt(text: str) -> Finding | None:
    """Say what makes a value no likely name or title; None where nothing does."""
    if text[-1] in FOOTNOTES:
        told = f"‹{text[-1]}› at the end may be the mark of a footnote; it is published with it."
        return Finding("value-doubtful", told)
    if text[0].isalpha() and not text.lower().startswith(("http://", "https://", "www.")):
        return None
    if _LIST_MARK.match(text) is not None:
        told = f"‹{text[0]}› before it may be the mark of a list; it is published with it."
        return Finding("value-doubtful", told)
    if text[0].isdigit() and not any(map(str.isalpha, text)):
        return Finding("value-doubtful", "The value is a number.")
    if text[0].isalpha():
        return Finding("value-doubtful", "The value is a web address.")
    if not any(map(str.isalnum, text)):
        return Finding("value-doubtful", "The value has no letter and no digit.")
    return None


def parse_text(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return a text in the language of its field."""
    if type(text) is Number:
        text = whole_text(text)
    if "<" in text and (tag := _TAG.search(text)) is not None:
        value = Text(text, field.language)
        return Parsed(value, Finding("html-markup", f"‹{tag[0]}› stands in the text."))
    doubt = _doubt(text) if field.name in NAMES else None
    return Parsed(Text(text, field.language), doubt)


def parse_language(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return a language tag of BCP 47, its parts in their usual case."""
    tag = language_tag(text)
    if tag is None:
        return Parsed(None, Finding("language-invalid", "The value is not a language tag."))
    return Parsed(tag)


def parse_flag(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return true or false, by the words of the style."""
    word = text.casefold()
    if type(text) is Number:
        word = whole_text(word)
    if word in style.yes:
        return Parsed(True)
    if word in style.no:
        return Parsed(False)
    return Parsed(None, _FALSE)


def parse_count(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return a count. A single zero behind a separator (``2.0``) is left by a program."""
    if text.endswith((".0", ",0")):
        text = text[:-2]
    digits = whole_text(text) if type(text) is Number else text
    if digits.isascii() and digits.isdigit() and len(digits) <= 6:
        return Parsed(int(digits))
    return Parsed(None, _NO_COUNT)


def parse_number(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return a number larger than 0, such as a rate of exchange."""
    value = quantity(text, "auto" if type(text) is Number else style.decimal)
    if value is None or value <= 0:
        return Parsed(None, Finding("number-invalid", "The value is not a number larger than 0."))
    return Parsed(value)
