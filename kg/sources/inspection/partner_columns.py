"""Columns of a table of projects that state several partners: numbered ones, and lists in cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from kg.sources.inspection.candidates import SURE, candidates_of
from kg.sources.inspection.facts import SEPARATORS, ColumnFacts, TableFacts
from kg.sources.inspection.words import concepts_of, words_of
from kg.sources.tables.lists import split_list

__all__ = ["Lists", "Numbered", "contained_share", "find_lists", "find_numbered"]

PARTNER_WORDS = {"partner", "beneficiary", "organisation"}
LISTED = 0.15
"""The share of cells that a separator parts, in a column of lists."""
ALIGNED = 0.9
"""The share of rows in which columns of one list have the same number of entries."""


class Numbered(NamedTuple):
    """Columns with numbers: for each header with ``{n}`` the columns of its numbers."""

    groups: dict[str, list[ColumnFacts]]
    numbers: int


class Lists(NamedTuple):
    """Columns whose cells are lists of one length: their separator, and in how many rows so."""

    separator: str
    columns: list[ColumnFacts]
    reason: str
    name_position: int


def find_numbered(columns: Sequence[ColumnFacts]) -> Numbered | None:
    """Return the columns that stand there once for each partner."""
    forms: dict[str, list[tuple[int, ColumnFacts]]] = {}
    for column in columns:
        for match in re.finditer(r"(?<![0-9])0?[1-9][0-9]?(?![0-9])", column.header):
            template = column.header[: match.start()] + "{n}" + column.header[match.end() :]
            forms.setdefault(template.casefold(), []).append((int(match[0]), column))
    groups: dict[str, list[ColumnFacts]] = {}
    used: set[int] = set()
    ranked = sorted(forms.items(), key=lambda item: (-len({n for n, _ in item[1]}), item[0]))
    partner_numbers: set[int] = set()
    for template, found in ranked:
        numbers = {n for n, _ in found}
        is_partner = any(concepts_of(word) & PARTNER_WORDS for word in words_of(template))
        is_beside = bool(partner_numbers) and len(numbers & partner_numbers) >= 2
        if len(numbers) < 2 or not (is_partner or is_beside) or template == "nuts {n}":
            continue
        mine = [c for _, c in found if c.position not in used]
        if len(mine) < 2:
            continue
        partner_numbers |= numbers
        used |= {c.position for c in mine}
        start = mine[0].header
        groups[_with_number(start, template)] = mine
    if not groups:
        return None
    return Numbered(groups, len(partner_numbers))


def _with_number(header: str, template: str) -> str:
    """Return a header in its own case with ``{n}`` where the template has it."""
    at = template.index("{n}")
    rest = len(template) - at - 3
    return header[:at] + "{n}" + (header[len(header) - rest :] if rest else "")


def find_lists(facts: TableFacts, taken: Collection[int]) -> Lists | None:
    """Return the columns whose cells list the partners of a project."""
    best: Lists | None = None
    for separator in SEPARATORS:
        listed = [
            c
            for c in facts.columns
            if c.position not in taken and c.personal is None and c.list_share[separator] >= LISTED
        ]
        named = [c for c in listed if _names_partners(c, separator)]
        for name in named[:1]:
            mine, told = _aligned(name, listed, separator)
            if best is None or len(mine) > len(best.columns):
                best = Lists(separator, mine, told, name.position)
    return best


def _names_partners(column: ColumnFacts, separator: str) -> bool:
    found = candidates_of(column, separator)
    return any(
        c.meaning in ("name", "organisation") and c.scope == "partner" and c.score >= SURE
        for c in found[:2]
    )


def _aligned(
    name: ColumnFacts, listed: Sequence[ColumnFacts], separator: str
) -> tuple[list[ColumnFacts], str]:
    lengths = _lengths(name, separator)
    mine, shares = [name], []
    for column in listed:
        if column is name:
            continue
        own = _lengths(column, separator)
        pairs = [(a, b) for a, b in zip(lengths, own, strict=False) if a > 1 and b]
        equal = sum(a == b for a, b in pairs)
        if pairs and equal >= ALIGNED * len(pairs):
            mine.append(column)
            shares.append(equal / len(pairs))
    several = sum(length > 1 for length in lengths)
    mark = separator.strip() or "line end"
    told = f"{several:,} cells of ‹{name.header}› hold lists parted by ‹{mark}›"
    if shares:
        told += (
            f", and {len(shares)} more columns have as many entries ({min(shares):.0%} of the rows)"
        )
    return sorted(mine, key=lambda c: c.position), told


def _lengths(column: ColumnFacts, separator: str) -> list[int]:
    """Return the number of entries of each cell of a column; 0 for an empty one."""
    found = {hash(text) or 1: _entries(text, separator) for text in column.texts}
    return [found.get(code, 0) for code in column.codes]


def _entries(text: str, separator: str) -> int:
    entries = split_list(text, separator)
    return len(entries) - (len(entries) > 1 and entries[-1] is None)


def contained_share(
    facts: TableFacts, lead: ColumnFacts, others: Sequence[ColumnFacts], separator: str | None
) -> float:
    """Return the share of rows in which one column's value is among the entries of others."""
    texts = {hash(text) or 1: text for column in (lead, *others) for text in column.texts}
    found: Counter[bool] = Counter()
    columns = [column.codes for column in others]
    for code, *codes in zip(lead.codes, *columns, strict=False):
        if not code or not any(codes):
            continue
        entries = set()
        for each in codes:
            text = texts.get(each, "")
            parts = split_list(text, separator)
            entries |= {" ".join((part or "").split()).casefold() for part in parts}
        found[" ".join(texts.get(code, "").split()).casefold() in entries] += 1
    return found[True] / found.total() if found else 0.0
