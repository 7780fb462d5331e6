"""Fields that several columns state together: code and label, text and language, x and y.

Works on the values of one record, in place.
"""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import msgspec

from kg.records import Category, Heading, Location, Outcome, Text, Theme
from kg.sources.values import Finding, is_theme_code, to_location

__all__ = ["FieldFinding", "complete_partner", "complete_project"]

Values = MutableMapping[str, object]


class FieldFinding(NamedTuple):
    """A field of which something is to be said once it is put together with the others."""

    field: str
    finding: Finding
    outcome: Outcome = Outcome.REJECTED


_HALF = Finding("location-incomplete", "One coordinate stands without the other.")

_LOCATIONS = frozenset(
    f"{prefix}_{part}" for prefix in ("location", "partner") for part in ("x", "y", "crs")
)
"""The fields that are of use only together."""

HEADINGS = ("priority", "specific_objective")
CATEGORIES = ("thematic_objective", "policy_objective", "investment_priority", "strand")
LISTS = ("interventions", "themes")
LANGUAGES = ("programme", "title", *HEADINGS, *CATEGORIES, "description", "results")


def complete_project(values: Values, crs: str) -> Sequence[FieldFinding]:
    """Put together what the columns of a project state; ``crs`` is that of its coordinates.

    A title or description that is stated in English alone is the title or description. Returns the
    fields of which something is to be said, such as one coordinate without the other.
    """
    for name in HEADINGS:
        code, stated = values.pop(f"{name}_code", None), values.get(name)
        if code is not None:
            values[name] = _heading(stated, str(code))
        elif isinstance(stated, Text):
            values[name] = Heading(stated)
    for name in CATEGORIES:
        code, stated = values.pop(f"{name}_code", None), values.get(name)
        if code is not None:
            values[name] = Category(str(code), _label(stated))
        elif isinstance(stated, Text):
            values[name] = Category(None, stated)
    told = [found for name in LISTS if (found := _complete_list(values, name)) is not None]
    for name in LANGUAGES:
        language = values.pop(f"{name}_language", None)
        if language is not None and name in values:
            values[name] = _in_language(values[name], str(language))
    for name in ("title", "description"):
        if name not in values and f"{name}_english" in values:
            values[name] = values.pop(f"{name}_english")
    located = _complete_location(values, "location", "location", crs)
    return told if located is None else [*told, located]


def complete_partner(values: Values, crs: str) -> FieldFinding | None:
    """Put together what the columns of a partner state, as :func:`complete_project` does."""
    return _complete_location(values, "partner_location", "partner", crs)


def _heading(stated: object, code: str) -> Heading:
    if isinstance(stated, Text):
        return Heading(stated, code)
    if not isinstance(stated, Heading):
        return Heading(Text(code), code)
    label = stated.label
    if stated.code is not None and stated.code != code:
        # beside a column of codes, what looks like a code belongs to the label
        label = msgspec.structs.replace(label, value=f"{stated.code} : {label.value}")
    return Heading(label, code)


def _label(stated: object) -> Text | None:
    if isinstance(stated, Text):
        return stated
    if not isinstance(stated, Category):
        return None
    if stated.code is None or stated.label is None:
        return stated.label or Text(str(stated.code))
    return stated.label


def _in_language(value: object, language: str | None) -> object:
    if isinstance(value, Text):
        return Text(value.value, language)
    if isinstance(value, Heading | Category | Theme) and value.label is not None:
        return msgspec.structs.replace(value, label=Text(value.label.value, language))
    return value


def _complete_list(values: Values, name: str) -> FieldFinding | None:
    """Put the codes, labels and languages of a list together, entry by entry."""
    codes, languages = values.pop(f"{name}_code", None), values.pop(f"{name}_language", None)
    stated = values.get(name)
    entries = list(stated) if isinstance(stated, tuple) else []
    bare = not entries or any(isinstance(entry, Text) for entry in entries)
    if not bare and languages is None:  # most records
        return None
    finding = None
    if bare and (entries or codes is not None):
        stated_codes = list(codes) if isinstance(codes, tuple) else [None] * len(entries)
        if not entries:
            entries = [None] * len(stated_codes)
        if len(entries) != len(stated_codes):
            finding = FieldFinding(
                name, _unequal("labels", len(entries), "codes", len(stated_codes))
            )
            entries = [None] * len(stated_codes)
        make = _category if name == "interventions" else _theme
        entries = list(map(make, stated_codes, entries))
        if name == "themes" and None in entries:
            finding = finding or FieldFinding(f"{name}_code", _NO_THEME)
    if isinstance(languages, tuple) and entries:
        if len(languages) == 1:
            languages *= len(entries)
        if len(languages) == len(entries):
            entries = list(map(_in_language, entries, languages))
        else:
            told = _unequal("languages", len(languages), "entries", len(entries))
            finding = finding or FieldFinding(f"{name}_language", told)
    found = tuple(dict.fromkeys(entry for entry in entries if entry is not None))
    values.pop(name, None)
    if found:
        values[name] = found
    return finding


def _category(code: str | None, label: Text | None) -> Category | None:
    return Category(code, label) if code or label else None


def _theme(code: str | None, label: Text | None) -> Theme | None:
    return Theme(code, label) if code and is_theme_code(code) else None


def _unequal(what: str, one: int, others: str, other: int) -> Finding:
    return Finding("entries-unequal", f"The list has {one} {what} and {other} {others}.")


_NO_THEME = Finding("theme-invalid", "An entry of the list is no code of a theme.")


def _complete_location(values: Values, name: str, prefix: str, crs: str) -> FieldFinding | None:
    if not _LOCATIONS.intersection(values):  # most records
        return None
    x, y = values.pop(f"{prefix}_x", None), values.pop(f"{prefix}_y", None)
    system = values.pop(f"{prefix}_crs", None)
    point = values.get(name)
    if isinstance(point, Location):
        values[name] = point if system is None else Location(point.x, point.y, str(system))
    elif isinstance(x, Decimal) and isinstance(y, Decimal):
        parsed = to_location(x, y, str(system or crs))
        if parsed.value is not None:
            values[name] = parsed.value
        if parsed.finding is not None:
            return FieldFinding(f"{prefix}_x", parsed.finding, parsed.outcome)
    elif x is not None or y is not None:
        return FieldFinding(f"{prefix}_x" if x is not None else f"{prefix}_y", _HALF)
    return None
