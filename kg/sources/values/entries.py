"""Lists whose entries are parted by bars: codes, labels or languages, one for each entry.

A bar inside an entry is doubled, so that any text can be an entry: ``A || B | C`` are ``A | B`` and
``C``. An entry that is empty is not stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.records import Text
from kg.sources.cell import Number
from kg.sources.fields import Field
from kg.sources.values.finding import Parsed
from kg.sources.values.numerals import whole_text
from kg.sources.values.style import ValueStyle
from kg.sources.values.words import parse_language

__all__ = [
    "UNDETERMINED",
    "join_entries",
    "parse_codes",
    "parse_labels",
    "parse_languages",
    "split_entries",
]

UNDETERMINED = "und"
"""Says in a list of languages that one is not known (ISO 639-2)."""

_BAR = re.compile(r"(?<!\|)\|(?!\|)")


def split_entries(text: str) -> Sequence[str | None]:
    """Return the entries of a list; those that are empty are None."""
    return [entry.replace("||", "|").strip() or None for entry in _BAR.split(text)]


def join_entries(entries: Iterable[str | None]) -> str:
    """Return the list that :func:`split_entries` reads."""
    return " | ".join((entry or "").replace("|", "||") for entry in entries).strip()


def parse_codes(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return the codes of a list."""
    return Parsed(tuple(split_entries(whole_text(text) if type(text) is Number else text)))


def parse_labels(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return the labels of a list in the language of their field."""
    return Parsed(tuple(Text(entry, field.language) if entry else None
                        for entry in split_entries(text)))  # fmt: skip


def parse_languages(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return the language tags of a list; one alone is that of all of its entries."""
    tags: list[str | None] = []
    for entry in split_entries(text):
        if entry is None or entry == UNDETERMINED:
            tags.append(None)
            continue
        parsed = parse_language(entry, field, style)
        if not isinstance(parsed.value, str):
            return parsed
        tags.append(parsed.value)
    return Parsed(tuple(tags))
