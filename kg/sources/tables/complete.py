"""Fields that several columns state together: code and label, text and language, x and y.

Works on the values of one record, in place.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from decimal import Decimal
from typing import NamedTuple

import msgspec

from kg.records import Category, Heading, Location, Text, Theme
from kg.sources.values import Finding, to_location

__all__ = ["Alone", "complete_partner", "complete_project"]

Values = MutableMapping[str, object]


class Alone(NamedTuple):
    """A field whose value cannot be used with the others of its record, and why."""

    field: str
    finding: Finding


_HALF = Finding("location-incomplete", "One coordinate stands without the other.")

_LOCATIONS = frozenset(
    f"{prefix}_{part}" for prefix in ("location", "partner") for part in ("x", "y", "crs")
)
"""The fields that are of use only together."""

HEADINGS = ("priority", "specific_objective")
CATEGORIES = ("thematic_objective", "policy_objective", "investment_priority", "strand")
LANGUAGES = ("programme", "title", "priority", "specific_objective", "description", "results",
             "themes")  # fmt: skip


def complete_project(values: Values, crs: str) -> Alone | None:
    """Put together what the columns of a project state; ``crs`` is that of its coordinates.

    A title or description that is stated in English alone is the title or description. Returns the
    field whose value is of no use, such as one coordinate without the other.
    """
    for name in HEADINGS:
        code = values.pop(f"{name}_code", None)
        if code is not None:
            values[name] = _heading(values.get(name), str(code))
    for name in CATEGORIES:
        code = values.pop(f"{name}_code", None)
        if code is not None:
            stated = values.get(name)
            label = _label(stated) if isinstance(stated, Category) else None
            values[name] = Category(str(code), label)
    for name in LANGUAGES:
        language = values.pop(f"{name}_language", None)
        if language is not None and name in values:
            values[name] = _in_language(values[name], str(language))
    for name in ("title", "description"):
        if name not in values and f"{name}_english" in values:
            values[name] = values.pop(f"{name}_english")
    return _complete_location(values, "location", "location", crs)


def complete_partner(values: Values, crs: str) -> Alone | None:
    """Put together what the columns of a partner state, as :func:`complete_project` does."""
    return _complete_location(values, "partner_location", "partner", crs)


def _heading(stated: object, code: str) -> Heading:
    if not isinstance(stated, Heading):
        return Heading(Text(code), code)
    label = stated.label
    if stated.code is not None and stated.code != code:
        # beside a column of codes, what looks like a code belongs to the label
        label = msgspec.structs.replace(label, value=f"{stated.code} : {label.value}")
    return Heading(label, code)


def _label(category: Category) -> Text | None:
    if category.code is None or category.label is None:
        return category.label or Text(str(category.code))
    return category.label


def _in_language(value: object, language: str) -> object:
    if isinstance(value, Text):
        return Text(value.value, language)
    if isinstance(value, Heading):
        return Heading(Text(value.label.value, language), value.code)
    if isinstance(value, tuple):
        return tuple(_theme_in_language(theme, language) for theme in value)
    return value


def _theme_in_language(theme: Theme, language: str) -> Theme:
    return Theme(theme.code, Text(theme.label.value, language) if theme.label else None)


def _complete_location(values: Values, name: str, prefix: str, crs: str) -> Alone | None:
    if not _LOCATIONS.intersection(values):  # most records
        return None
    x, y = values.pop(f"{prefix}_x", None), values.pop(f"{prefix}_y", None)
    system = values.pop(f"{prefix}_crs", None)
    point = values.get(name)
    if isinstance(point, Location):
        values[name] = point if system is None else Location(point.x, point.y, str(system))
    elif isinstance(x, Decimal) and isinstance(y, Decimal):
        parsed = to_location(x, y, str(system or crs))
        if parsed.finding is not None:
            return Alone(f"{prefix}_x", parsed.finding)
        values[name] = parsed.value
    elif x is not None or y is not None:
        return Alone(f"{prefix}_x" if x is not None else f"{prefix}_y", _HALF)
    return None
