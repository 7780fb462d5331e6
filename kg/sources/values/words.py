"""Ids, words, texts, flags, counts and other values that are taken as they stand."""

from __future__ import annotations

import re

from kg.records import Text
from kg.sources.fields import Field
from kg.sources.profile import ValueStyle
from kg.sources.tables.table import Number
from kg.sources.values.finding import Finding, Parsed, is_usable_id
from kg.sources.values.numerals import MANGLED, MANGLED_TOLD, quantity, whole_text
from kg.terms import language_tag

__all__ = [
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

NAMES = frozenset({"name", "lead_partner", "town", "title", "programme"})
"""Fields whose values have letters and are no addresses."""
FOOTNOTES = frozenset("*†‡¹²³")

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


def parse_word(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return a value that is in no language, such as a name, a postcode or a code."""
    if type(text) is Number:
        text = whole_text(text)
    elif "+" in text and MANGLED.fullmatch(text) is not None:
        return Parsed(None, Finding("number-mangled", MANGLED_TOLD))
    return Parsed(text, _doubt(text) if field.name in NAMES else None)


def _doubt(text: str) -> Finding | None:
    """Say what makes a value no likely name or title; None where nothing does."""
    if text[-1] in FOOTNOTES:
        told = f"‹{text[-1]}› at the end may be the mark of a footnote; it is published with it."
        return Finding("value-doubtful", told)
    if text[0].isalpha() and not text.lower().startswith(("http://", "https://", "www.")):
        return None
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
