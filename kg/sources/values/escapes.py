"""Values in the dress of a program: signs as HTML writes them, formulas that were saved as text."""

from __future__ import annotations

import html
import re

from kg.sources.fields import Kind
from kg.sources.values.finding import Finding, Parsed, clean

__all__ = ["read_entities", "read_formula"]

MAX_FORMULA = 4_000

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LINK = re.compile(
    r"=\s*(?:HYPERLINK|LIEN_HYPERTEXTE|COLLEG\.IPERTESTUALE|HIPERVINCULO|HIPERŁĄCZE)\(\s*"
    r'"([^"]*)"\s*(?:[,;]\s*"((?:[^"]|"")*)"\s*)?\)',
    re.IGNORECASE,
)
_QUOTED = re.compile(r'="((?:[^"]|"")*)"')
_FORMULA = re.compile(r"=\s*[-+(]?\s*(?:[A-ZÀ-Ž.]{2,}\(|\$?[A-Z]{1,3}\$?[0-9]{1,7}\b)")


def read_entities(text: str) -> Parsed | None:
    """Return a text with ``&amp;`` as the sign that it stands for; None where there is none."""
    if _ENTITY.search(text) is None:
        return None
    plain = clean(_ENTITY.sub(lambda match: html.unescape(match[0]), text))
    if plain == text:
        return None
    shown = _ENTITY.search(text)
    told = f"‹{shown[0] if shown else text}› was read as the sign that it stands for in HTML."
    return Parsed(plain, Finding("html-entity", told))


def read_formula(text: str, kind: Kind) -> Parsed | None:
    """Return what a formula gives that stands there as text: its link, or the text in quotes.

    Of a link, a field of web addresses has the address and any other one what is shown. Of other
    formulas nobody knows the value. None where the text is no formula.
    """
    if len(text) > MAX_FORMULA:
        return None
    link = _LINK.fullmatch(text)
    if link is not None:
        value = link[1] if kind in ("url", "urls") or link[2] is None else link[2]
        value = value.replace('""', '"').strip()
        return Parsed(value, Finding("formula-text", f"Of the formula, ‹{value}› was read."))
    quoted = _QUOTED.fullmatch(text)
    if quoted is not None:
        value = quoted[1].replace('""', '"').strip()
        return Parsed(value, Finding("formula-text", f"Of the formula, ‹{value}› was read."))
    if _FORMULA.match(text) is not None:
        return Parsed(None, Finding("formula-no-value", "A formula stands there as text."))
    return None
