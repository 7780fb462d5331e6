"""Which parser reads which kind of field, and what is common to all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import partial

from kg.problems import CODES, Level
from kg.sources.cell import Items, Money, Number, Unusable
from kg.sources.fields import Field, Kind
from kg.sources.values import (
    amounts,
    categories,
    currencies,
    dates,
    entries,
    links,
    locations,
    places,
    rates,
    roles,
    words,
)
from kg.sources.values.escapes import read_entities, read_formula
from kg.sources.values.finding import (
    NOT_STATED,
    Finding,
    Parsed,
    clean,
    control_finding,
    invisible_finding,
    lost_finding,
)
from kg.sources.values.style import ValueStyle

__all__ = ["parse_value", "value_parser"]

MAX_VALUE_LENGTH = 1_000_000

_ERROR = re.compile(r"#(?:N/[A-Z]{1,2}|NV|[A-ZÀ-ŽА-ЯΑ-Ω/0-9]{3,12}[!?])")
"""What spreadsheets save in the place of a value, in several languages."""

Parser = Callable[[str, Field, ValueStyle], Parsed]

_PARSERS: dict[Kind, Parser] = {
    "id": words.parse_id,
    "word": words.parse_word,
    "code": words.parse_word,
    "codes": entries.parse_codes,
    "text": words.parse_text,
    "labels": entries.parse_labels,
    "language": words.parse_language,
    "languages": entries.parse_languages,
    "heading": categories.parse_heading,
    "category": categories.parse_category,
    "categories": categories.parse_categories,
    "country": places.parse_country,
    "countries": places.parse_countries,
    "state": places.parse_state,
    "region": places.parse_region,
    "role": roles.parse_role,
    "flag": words.parse_flag,
    "count": words.parse_count,
    "date": dates.parse_date,
    "amount": amounts.parse_amount,
    "number": words.parse_number,
    "rate": rates.parse_rate,
    "currency": currencies.parse_currency,
    "url": links.parse_url,
    "urls": links.parse_urls,
    "themes": categories.parse_themes,
    "coordinate": locations.parse_coordinate,
    "point": locations.parse_point,
    "crs": locations.parse_crs,
}
"""The parser of each kind of field that a profile can name."""


_JOINED: dict[Kind, str] = {"categories": "; ", "countries": "; ", "themes": " | ", "urls": " "}
"""How the entries of a list are joined where a field holds several values."""

_ALIGNED: frozenset[Kind] = frozenset({"codes", "labels", "languages"})
"""Kinds whose entries belong to those of another list, so that an empty one counts."""


def parse_value(raw: str, field: Field, style: ValueStyle) -> Parsed:
    """Return the value of a field; ``raw`` is not blank."""
    return _parse(_parser(field, style), field, style, style.not_stated, raw)


def value_parser(field: Field, style: ValueStyle) -> Callable[[str], Parsed]:
    """Return :func:`parse_value` for the values of one column, made ready once."""
    return partial(_parse, _parser(field, style), field, style, frozenset(style.not_stated))


def _parser(field: Field, style: ValueStyle) -> Parser:
    if field.kind == "amount" and style.currency is None:
        return amounts.refuse_amount
    return _PARSERS[field.kind]


def _with_finding(parse: Parser, found: Parsed, field: Field, style: ValueStyle) -> Parsed:
    """Read a text that stands in the cell in another form; what is wrong in it counts more."""
    if not isinstance(found.value, str) or not found.value:
        return Parsed(None, found.finding)
    parsed = parse(found.value, field, style)
    if parsed.finding is not None and CODES[parsed.finding.code].level >= Level.FIELD:
        return parsed
    return Parsed(parsed.value, found.finding)


def _parse(
    parse: Parser, field: Field, style: ValueStyle, not_stated: Collection[str], raw: str
) -> Parsed:
    if isinstance(raw, Unusable):
        return Parsed(None, Finding(raw.code, raw.told))
    if isinstance(raw, Items):
        if field.kind in _ALIGNED:
            raw = Items(raw, (entries.join_entries(raw.items),))
        stated = [item for item in raw.items if item is not None]
        if len(stated) > 1 and field.kind not in _JOINED:
            told = f"The cell holds {len(stated)} values and the field one."
            return Parsed(None, Finding("list-unexpected", told))
        raw = _JOINED.get(field.kind, "").join(stated) if len(stated) != 1 else stated[0]
        if not raw.strip():
            return Parsed(None)
    is_ascii = raw.isascii()
    text = raw.strip() if is_ascii else clean(raw)
    if not text:  # nothing but marks that cannot be seen
        return Parsed(None)
    if len(text) > MAX_VALUE_LENGTH:
        return Parsed(None, Finding("value-too-long", f"The value has {len(text)} characters."))
    is_printable = text.isprintable()
    control = None if is_printable else control_finding(text)
    if control is not None:
        return Parsed(None, control)
    if text[:1] == "#" and _ERROR.fullmatch(text) is not None:
        return Parsed(None, Finding("cell-error", "The cell holds an error of a spreadsheet."))
    if text in not_stated and field.kind != "id":
        code = NOT_STATED.get(field.kind)
        told = "The source says that nothing is stated."
        return Parsed(None, Finding(code, told) if code else None)
    if raw.__class__ is not str and isinstance(raw, Number):
        text = Number(text)
    elif type(raw) is Money:
        text = raw if field.kind == "amount" else raw.number  # others are in no currency
    elif not style.escapes:
        pass
    elif text[:1] == "=" and (formula := read_formula(text, field.kind)) is not None:
        return _with_finding(parse, formula, field, style)
    elif "&" in text and (plain := read_entities(text)) is not None:
        return _told(_with_finding(parse, plain, field, style), str(plain.value))
    parsed = parse(text, field, style)
    return parsed if is_ascii and is_printable else _told(parsed, text)


def _told(parsed: Parsed, text: str) -> Parsed:
    """Return what was read, and what is to be said of the signs in its text.

    What is wrong in the value counts more, but a lost character more than a mere doubt.
    """
    finding = parsed.finding
    if parsed.value is not None and (lost := lost_finding(text)) is not None:
        return Parsed(parsed.value, lost)
    return parsed if finding is not None else Parsed(parsed.value, invisible_finding(text))
