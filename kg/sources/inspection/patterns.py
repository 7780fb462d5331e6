"""Columns whose cells state several fields: name and country, postcode and town, two dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kg.problems import shorten
from kg.sources.fields import Field
from kg.sources.inspection.draft import DraftBlock, DraftColumn, DraftTable
from kg.sources.inspection.facts import ColumnFacts
from kg.sources.inspection.forms import forms_of
from kg.sources.layouts.patterns import MAX_TEXT, Pattern, parse_pattern
from kg.sources.tables.lists import split_list
from kg.sources.values import clean, parse_value
from kg.sources.values.style import ValueStyle

__all__ = ["draft_patterns"]

MOSTLY = 0.5
"""The share of values that have to be written by patterns."""
RARE = 0.002
"""The share of values below which a pattern is not worth a place in a draft."""
NEARLY_ALL = 0.95
MAX_PATTERNS = 4

STYLE = ValueStyle(date_order="dmy")
_DATE = re.compile(
    r"[0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2}"
    r"|[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{4}|[0-9]{2})(?![0-9])"
    r"|[0-9]{1,2}\.? [^\W\d_]{3,12}\.? [0-9]{4}"
)
_MARKS = re.compile(r"[^{}0-9]{0,24}")
_TOWNS = (
    "{postcode} {town}", "{postcode}, {town}", "{postcode} - {town}", "{postcode} / {town}",
    "{town} {postcode}", "{town}, {postcode}", "{town} ({postcode})",
)  # fmt: skip
_REST = re.compile(r"[0-9]|[A-Z]{2}(?![^\W_])")
"""What a town does not begin with, and a postcode with a space in it goes on with: 2500 AB."""
_PLACES = ("{name} ({country})", "{name} [{country}]", "{name} - {country}", "{name}, {country}")


def draft_patterns(table: DraftTable) -> None:
    """Give the columns of a draft that seem to state several fields their patterns."""
    for column in table.columns:
        _draft_period(table, column)
    stated = {field for column in table.columns for field in column.fields}
    if table.holds == "partners":
        _draft_names(table, table.columns, None, has_country="country" in stated)
        _draft_towns(table, table.columns, None)
    for block in table.blocks:
        _draft_towns(table, block.columns, block)
        _draft_names(table, block.columns, block, has_country=_states_country(block))


def _states_country(block: DraftBlock) -> bool:
    return any(column.field == "country" for column in block.columns)


def _draft_period(table: DraftTable, column: DraftColumn) -> None:
    """Find the dates of beginning and end in one cell."""
    if column.is_personal or column.field in ("project_id", "title", "description", "name"):
        return
    found: Counter[str] = Counter()
    total = 0
    for text, number in _values(table, column, None):
        total += number
        pattern = _period_of(text)
        if pattern is not None:
            found[pattern] += number
    both = sum(number for pattern, number in found.items() if "{end_date}" in pattern)
    if total == 0 or both < MOSTLY * total:
        return
    kept = [pattern for pattern, number in found.most_common() if number >= RARE * total]
    # what asks for more signs comes first: ‹du {start_date} au …› before ‹{start_date} au …›
    column.patterns = sorted(kept[:MAX_PATTERNS], key=len, reverse=True)
    for other in table.columns:
        if other is not column and other.field in ("start_date", "end_date"):
            other.remarks.append(f"perhaps {other.field}, which ‹{column.header}› states")
            other.field, other.ignore = None, f"‹{column.header}› states it"
    column.field = column.ignore = None
    column.remarks = [f"the dates of beginning and end: {both / total:.0%} of its values"]


def _period_of(text: str) -> str | None:
    """Return the pattern by which a text with one or two dates is written."""
    plain = " ".join(text.split())
    dates = list(_DATE.finditer(plain))
    field = Field("start_date", "date")
    if not 1 <= len(dates) <= 2 or any(
        parse_value(date[0], field, STYLE).value is None for date in dates
    ):
        return None
    before, behind = plain[: dates[0].start()], plain[dates[-1].end() :]
    between = plain[dates[0].end() : dates[-1].start()] if len(dates) == 2 else ""
    if len(dates) == 2 and not between:
        return None
    if not all(map(_MARKS.fullmatch, (before, between, behind))):
        return None
    end = between + "{end_date}" if len(dates) == 2 else ""
    if len(dates) == 1 and before:
        return None  # it may be the beginning or the end
    return re.sub("[–—]", "-", f"{before}{{start_date}}{end}{behind}")


def _draft_names(
    table: DraftTable,
    columns: Sequence[DraftColumn],
    block: DraftBlock | None,
    *,
    has_country: bool,
) -> None:
    """Find the country, and perhaps the town, behind the name of a partner."""
    named = next((column for column in columns if column.field == "name"), None)
    if named is None or has_country:
        return
    values = list(_values(table, named, block.separator if block else None))
    total = sum(number for _, number in values)
    patterns = [parse_pattern(text) for text in _PLACES]
    found: Counter[str] = Counter()
    towns = 0
    for text, number in values:
        fitting = next((p for p in patterns if _has_country(p, text)), None)
        if fitting is None:
            continue
        found[fitting.text] += number
        name = (fitting.split(text) or {})["name"]
        towns += number * (", " in name)
    if total == 0 or found.total() < MOSTLY * total:
        return
    kept = [text for text in _PLACES if found[text] >= RARE * total]
    told = f"a country stands behind the name in {found.total() / total:.0%} of its values"
    if towns >= NEARLY_ALL * found.total() and not any(c.field == "town" for c in columns):
        kept = [text.replace("{name}", "{name}, {town}") for text in kept] + kept
        told += ", and before it a comma and perhaps the town: check that"
    rest = total - found.total()
    named.patterns = kept
    if rest >= RARE * total:
        first = next(text for text, _ in values if not any(_has_country(p, text) for p in patterns))
        named.patterns.append("{name}")
        told += f"; {rest:,} others are read as a name alone, such as ‹{first[:60]}›: check them"
    named.field = None
    named.remarks.append(told)


def _has_country(pattern: Pattern, text: str) -> bool:
    parts = pattern.split(text)
    if parts is None:
        return False
    return parse_value(parts["country"], Field("country", "country"), STYLE).value is not None


def _draft_towns(
    table: DraftTable, columns: Sequence[DraftColumn], block: DraftBlock | None
) -> None:
    """Find postcode and town in one cell, where no other column states one of them."""
    stated = [c for c in columns if {"postcode", "town"} & set(c.fields)]
    if len(stated) != 1 or stated[0].field is None:
        return
    (column,) = stated
    values = list(_values(table, column, block.separator if block else None))
    total = sum(number for _, number in values)
    patterns = [parse_pattern(text) for text in _TOWNS]
    found: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for text, number in values:
        fitting = next((p.text for p in patterns if _has_town(p, text)), None)
        (found if fitting is not None else others)[fitting or text] += number
    if total == 0 or found.total() < MOSTLY * total:
        return
    # the patterns of a column begin with the same field
    first = found.most_common(1)[0][0].partition("}")[0]
    # what asks for more signs comes first: ‹{postcode}, {town}› before ‹{postcode} {town}›
    kept = [t for t in _TOWNS if t.startswith(first) and found[t] >= RARE * total]
    column.patterns = sorted(kept, key=len, reverse=True)
    column.field = None
    told = f"postcode and town stand in {found.total() / total:.0%} of its values"
    if others:
        shown = shorten(next(iter(others)), 60)
        noun = "other" if others.total() == 1 else "others"
        told += f"; {others.total():,} {noun} may be parted wrongly, such as ‹{shown}›: check them"
    column.remarks = [told]


def _has_town(pattern: Pattern, text: str) -> bool:
    parts = pattern.split(text)
    if parts is None or _REST.match(parts["town"]):
        return False
    return "postcode" in forms_of(parts["postcode"]) and "letters" in forms_of(parts["town"])


def _values(
    table: DraftTable, column: DraftColumn, separator: str | None
) -> Iterator[tuple[str, int]]:
    """Yield values of a column, entries of lists apart, and how often they stand there."""
    stated: list[ColumnFacts] = [table.facts.columns[position] for position in column.positions]
    for each in stated:
        for text, seen in each.sample(1000):
            for part in split_list(text, separator):
                plain = clean(part or "")
                if plain and len(plain) <= MAX_TEXT:
                    yield plain, seen.count
