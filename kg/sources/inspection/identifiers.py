"""What can be an id: which columns can name a project, and whether ids of partners are whole."""

from __future__ import annotations

from collections.abc import Iterator

from kg.sources.inspection.candidates import SURE, candidates_of
from kg.sources.inspection.draft import Draft, DraftBlock, DraftTable
from kg.sources.inspection.facts import ColumnFacts
from kg.sources.tables.lists import split_list
from kg.sources.values import clean

__all__ = ["local_ids_told", "may_name"]

MOSTLY = 0.5
"""The share of values that have the form of a date or the like, where a column holds these."""
WHOLE = 0.5
"""The share of partner ids that begin with the id of a project, where they are whole."""

NAMES = frozenset({"project_id", "acronym", "title", "title_english", "name", "url"})
"""The meanings of columns that can tell one project from another."""
OTHER = ("date", "country", "role", "flag", "rate", "currency")
"""Forms of values that name nothing. Amounts look like numbers, which ids can be."""


def may_name(column: ColumnFacts) -> bool:
    """Tell whether a column can name a project, which a date, an amount or a country cannot."""
    best = next(iter(candidates_of(column)), None)
    if best is not None and best.score >= SURE:
        return best.meaning in NAMES
    return all(column.forms[form] < MOSTLY for form in OTHER)


def local_ids_told(draft: Draft) -> str:
    """Say why the ids of partners are not whole; empty where they are, or where none is stated.

    A whole id is that of the project, a hyphen, and what tells its partners apart.
    """
    projects = {text for text, _ in _ids(draft, "project_id")}
    stated = list(_ids(draft, "partner_id"))
    total = sum(number for _, number in stated)
    whole = sum(number for text, number in stated if _begins_with(text, projects))
    if total == 0 or (whole >= WHOLE * total and not draft.key):
        return ""
    header = next(
        c.header for t in draft.tables for c in t.all_columns() if c.field == "partner_id"
    )
    different = len({text for text, _ in stated})
    if different < total:
        return f"‹{header}› has {different:,} values for {total:,} partners"
    return f"no id in ‹{header}› begins with the id of its project and a hyphen"


def _begins_with(text: str, projects: set[str]) -> bool:
    return any(text[:at] in projects for at, sign in enumerate(text) if sign == "-")


def _ids(draft: Draft, field: str) -> Iterator[tuple[str, int]]:
    """Yield the ids that columns state, and how often each stands there."""
    for table in draft.tables:
        yield from _of_columns(table, None, field)
        for block in table.blocks:
            yield from _of_columns(table, block, field)


def _of_columns(
    table: DraftTable, block: DraftBlock | None, field: str
) -> Iterator[tuple[str, int]]:
    separator = block.separator if block else None
    for column in block.columns if block else table.columns:
        if column.field != field:
            continue
        for position in column.positions:
            for text, seen in table.facts.columns[position].texts.items():
                for part in split_list(text, separator):
                    if plain := clean(part or ""):
                        yield plain, seen.count
