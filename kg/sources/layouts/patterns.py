"""Cells that state several fields: ``{name} ({country})``, ``{start_date} – {end_date}``.

A pattern is text with the names of fields in braces. It is no regular expression: what stands
between two fields is found by walking over the text once from either end, so that no text takes
longer than its length asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.sources.fields import KIND_OF, Kind

__all__ = ["MAX_TEXT", "Pattern", "parse_pattern", "parse_patterns"]

MAX_TEXT = 2_000
"""Characters of a cell that states several fields."""
MAX_FIELDS = 8
MAX_PATTERN = 200

_FIELD = re.compile(r"\{([^{}]*)\}")
_DASHES = str.maketrans("–—‒―−‐‑", "-------")
"""Dashes count as one: who types a list does not keep them apart."""
_WIDE: frozenset[Kind] = frozenset({"word", "text", "heading", "category", "categories", "themes"})
_NARROW = frozenset({"acronym", "call", "cci", "national_id", "organisation_id", "postcode"})


class Pattern(NamedTuple):
    """A pattern: its fields, what stands before, between and behind them, and its text."""

    fields: tuple[str, ...]
    marks: tuple[str, ...]
    text: str

    def split(self, cell: str) -> Mapping[str, str] | None:
        """Return what a cell has at the place of each field, or None where it is not so written.

        Where the text between two fields stands there several times, the field before it is as long
        as can be if it is a name or a text, and as short as can be if it is an id, code, date,
        number, country, role or region.
        """
        text = " ".join(cell.split())
        plain = text.translate(_DASHES)
        before, *between, behind = self.marks
        start, end = len(before), len(plain) - len(behind)
        if start > end or not plain.startswith(before) or not plain.endswith(behind):
            return None
        latest = _latest(plain, between, start, end)
        if latest is None:
            return None
        found: dict[str, str] = {}
        at = start
        for name, mark, last in zip(self.fields, [*between, ""], [*latest, end], strict=True):
            stop = last if not mark or _is_wide(name) else plain.find(mark, at + 1)
            found[name] = text[at:stop].strip()
            at = stop + len(mark)
        return found if all(found.values()) else None


def _latest(plain: str, between: list[str], start: int, end: int) -> list[int] | None:
    """Return the last place of each mark such that those behind it have one; None for no place."""
    places: list[int] = []
    for mark in reversed(between):
        # each field has a character at least
        end = plain.rfind(mark, start + 1, end - 1)
        if end < 0:
            return None
        places.append(end)
    return places[::-1]


def parse_pattern(text: str) -> Pattern:
    """Return a pattern from its text.

    Raises:
        ValueError: it names no field, one twice, or two without anything between them.
    """
    if len(text) > MAX_PATTERN:
        raise ValueError(f"A pattern has at most {MAX_PATTERN} characters")
    parts = _FIELD.split(text)
    fields, marks = tuple(part.strip() for part in parts[1::2]), parts[::2]
    if not fields:
        raise ValueError("A pattern names fields in braces, such as ‹{name} ({country})›")
    if len(fields) > MAX_FIELDS:
        raise ValueError(f"A pattern has at most {MAX_FIELDS} fields")
    if any("{" in mark or "}" in mark for mark in marks):
        raise ValueError("A brace in the pattern belongs to no field")
    if len(set(fields)) < len(fields):
        raise ValueError("The pattern names a field twice")
    if not all(marks[1:-1]):
        raise ValueError("Something has to stand between two fields, such as a comma or space")
    plain = [re.sub(r"\s+", " ", mark).translate(_DASHES) for mark in marks]
    plain[0], plain[-1] = plain[0].lstrip(), plain[-1].rstrip()
    return Pattern(fields, tuple(plain), text)


def parse_patterns(texts: Iterable[str]) -> tuple[Pattern, ...]:
    """Return the patterns of a column; see :func:`parse_pattern`."""
    return tuple(map(parse_pattern, texts))


def _is_wide(name: str) -> bool:
    return KIND_OF.get(name) in _WIDE and name not in _NARROW
