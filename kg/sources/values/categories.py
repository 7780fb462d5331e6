"""Codes and labels: headings of a programme's hierarchy, entries of classifications, themes.

A code before a label holds a digit: ``118 Improving the …``, ``6f Promoting``, ``(1b) promoting``,
``TO03``, ``RSO1.1``, ``Alpen-1 : …``. A bare number that only a space parts from what follows is a
code where that begins with a capital letter, so that ``3 countries`` is a label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.records import Category, Heading, Text, Theme
from kg.sources.cell import Number
from kg.sources.fields import Field
from kg.sources.values.finding import Finding, Parsed
from kg.sources.values.numerals import whole_text
from kg.sources.values.style import ValueStyle

__all__ = [
    "is_theme_code",
    "parse_categories",
    "parse_category",
    "parse_heading",
    "parse_themes",
    "split_code",
]

_MARK_OF_ENTRY = (
    r"(?:[A-Z]{1,4}[ .-]?|[A-Z][A-Za-z]{1,14}-)?[0-9]{1,3}(?:\.[0-9]{1,2}){0,3}(?:[a-g]|[iv]{1,4})?"
)
_CODED = re.compile(
    rf"(?:\((?P<inner>[0-9A-Za-z.]{{1,6}})\)|(?P<code>{_MARK_OF_ENTRY}))"
    r"(?P<mark>\s*[:–—]\s*|\s+-\s+|[.)]\s+|\s+)(?P<label>\S.*)",
    re.DOTALL,
)
_CODE = re.compile(rf"\(?({_MARK_OF_ENTRY}|[A-Z]{{1,5}})[.)]?")
"""A code alone; it may then be without a digit, such as ``ISO``."""
_LISTED = re.compile(
    r"(?:[A-Z]{1,4}[0-9]{2,3}|(?:TO|PO|SO|RSO|IP|ISO)[0-9]{1,2}|[A-Z]{1,4}[0-9](?:\.[0-9]{1,2})+"
    r"|[0-9]{2,3}|[0-9]{1,2}[a-g])(?:(?:\s*[-–:])?\s+(\S)|$)"
)
"""The beginning of a further entry of a list: labels hold commas and small numbers too."""
FORMULAS = frozenset({"B2", "CO2", "CH4", "H2", "PM10", "PM2.5"})
"""Words of labels that have the form of a code."""

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f", " "))
"""Spaces that look like the one of a separator, and are put in by programs that typeset."""

_THEME_CODE = re.compile(r"[A-Z][0-9]{1,3}")
_THEME_INSIDE = re.compile(r"\b[A-Z][0-9]{1,3} - ")
"""A second theme inside the label of a first one: the separator between them was lost."""


def split_code(text: str) -> tuple[str, str] | None:
    """Return the code that a text begins with and its label, or None where there is no code."""
    match = _CODED.match(text)
    if match is None:
        return None
    code, label = match["inner"] or match["code"], match["label"]
    if match["inner"] and not any(c.isdigit() for c in code):
        return None
    by_space = match["code"] is not None and not match["mark"].strip()
    if by_space and (code in FORMULAS or (code.isdigit() and not label[0].isupper())):
        return None
    return code, label


def parse_heading(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return an entry of the hierarchy: parted by the separator of the style, or by its code."""
    separator = style.heading_separator
    if type(text) is Number:
        return Parsed(Heading(Text(whole_text(text), field.language)))
    if separator == "auto":
        coded = split_code(text)
        if coded is not None:
            return Parsed(Heading(Text(coded[1], field.language), coded[0]))
    elif separator in (plain := text.translate(_SPACES)):
        code, _, label = plain.partition(separator)
        code, label = code.strip(), label.strip()
        if code and label:
            return Parsed(Heading(Text(label, field.language), code))
    return Parsed(Heading(Text(text, field.language)))


def _category(text: str, language: str | None) -> Category:
    coded = split_code(text)
    if coded is not None:
        return Category(coded[0], Text(coded[1], language))
    alone = _CODE.fullmatch(text)
    return Category(alone[1]) if alone is not None else Category(None, Text(text, language))


def parse_category(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return an entry of a classification."""
    return Parsed(_category(whole_text(text) if type(text) is Number else text, field.language))


def parse_categories(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return the entries of a list of categories, each once."""
    if type(text) is Number:
        return Parsed((_category(whole_text(text), field.language),))
    entries = _entries(text, style.category_separator)
    categories = dict.fromkeys(_category(entry, field.language) for entry in entries)
    return Parsed(tuple(categories) or None)


def _entries(text: str, separator: str) -> Sequence[str]:
    """Return the entries of a list whose labels may hold its separator."""
    parts = [part for part in re.split(rf"({re.escape(separator)}|[;|])", text) if part]
    entries = [part.strip() for part in parts if part not in {separator, ";", "|"}]
    entries = [entry for entry in entries if entry]
    if len(entries) <= 1 or all(_CODE.fullmatch(entry) for entry in entries):
        return entries
    if split_code(entries[0]) is None and _CODE.fullmatch(entries[0]) is None:
        plain = [entry.strip() for entry in re.split("[;|]", text)]
        return [entry for entry in plain if entry]
    joined: list[str] = []
    for part in parts:
        if not joined or (_begins_entry(part.strip()) and _ends_with(joined[-1], separator)):
            joined.append(part)
        else:
            joined[-1] += part
    return [entry.strip().rstrip(f"{separator};|").strip() for entry in joined]


def _begins_entry(part: str) -> bool:
    match = _LISTED.match(part)
    if match is None or part.split()[0] in FORMULAS:
        return False
    return match[1] is None or match[1].isupper() or not match[1].isalpha()


def _ends_with(text: str, separator: str) -> bool:
    return text.endswith((separator, ";", "|"))


def is_theme_code(text: str) -> bool:
    """Tell whether a text is the code of a theme."""
    return _THEME_CODE.fullmatch(text) is not None


def parse_themes(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return the themes of a list, each once; an entry without a code is reported."""
    themes: dict[str, Theme] = {}
    wrong = []
    for entry in text.translate(_SPACES).split(style.theme_separator):
        code, _, label = entry.strip().partition(style.theme_label_separator)
        code = code.strip()
        if not entry.strip():
            continue
        if not is_theme_code(code) or _THEME_INSIDE.search(label):
            wrong.append(entry.strip())
            continue
        stated = Text(label.strip(), field.language) if label.strip() else None
        themes.setdefault(code, Theme(code, stated))
    finding = None
    if wrong:
        finding = Finding("theme-invalid", f"No single theme can be read from: {'; '.join(wrong)}.")
    return Parsed(tuple(themes.values()), finding)
