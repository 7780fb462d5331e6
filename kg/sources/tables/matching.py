"""Which columns of a layout a table has: its headers are all that is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.sources.cell import header_key
from kg.sources.fields import PARTNER_FIELDS, PROJECT_FIELDS
from kg.sources.layouts import NUMBER
from kg.sources.layouts.profile import Column, PartnerBlock, TableLayout, TableProfile
from kg.sources.personal import looks_personal, personal_finding

__all__ = [
    "ColumnOutline",
    "Matched",
    "PlacedColumn",
    "known_columns",
    "match_header",
    "missing_columns",
    "outline",
]

_KEY = "project_id"


class PlacedColumn(NamedTuple):
    """A column of a layout, and where the table has it; one for each field that it states."""

    position: int
    column: Column


class Matched(NamedTuple):
    """The columns of a table by what they state: of its own, of partners, and all that are read."""

    own: list[PlacedColumn]
    blocks: list[tuple[PartnerBlock, list[PlacedColumn]]]
    read: list[PlacedColumn]
    unknown: tuple[int, ...]
    ignored: frozenset[int]
    separators: dict[int, str | None]

    def withheld(self, header: Sequence[str]) -> frozenset[int]:
        """Return the positions of columns that are not read and seem to hold personal data."""
        unread = {*self.unknown, *self.ignored}
        told = {f.position for f in self.read if "personal" in (f.column.ignore or "").casefold()}
        return frozenset(told | {n for n in unread if _is_of_person(header[n])})


def _is_of_person(header: str) -> bool:
    """Tell whether a header announces data of a person, or is such a value itself."""
    return looks_personal(header) or personal_finding(header) is not None


class ColumnOutline(NamedTuple):
    """What can be said of columns before any row is read.

    ``blocks`` are the positions of columns that state partners together, ``separators`` those of
    the lists in them; cells at ``withheld`` positions are shown to nobody.
    """

    blocks: tuple[frozenset[int], ...]
    separators: Mapping[int, str | None]
    withheld: frozenset[int]


def missing_columns(header: Sequence[str], layout: TableLayout, profile: TableProfile) -> list[str]:
    """Return the columns that a table cannot be read without and does not have."""
    found = _find(header, layout.columns)
    fields = {f.column.field for f in found} | set(profile.constants)
    needed = {"project_id"} if profile.key is None else set(profile.key.project_id)
    needed |= {c.field for c in _parts(layout.columns) if c.required and c.field}
    return [
        column.header[0]
        for column in _parts(layout.columns)
        if column.field in needed and column.field not in fields
    ]


def known_columns(header: Sequence[str], layout: TableLayout) -> int:
    """Return how many columns of a table a layout knows."""
    found = {f.position for f in _find(header, layout.columns)}
    for block in layout.partners:
        found |= {f.position for mine in _find_block(header, block) for f in mine}
    return len(found)


def outline(header: Sequence[str], layout: TableLayout) -> ColumnOutline:
    """Return which columns of a table hold lists, and which are shown to nobody."""
    matched = match_header(header, layout)
    blocks = tuple(frozenset(f.position for f in found) for _, found in matched.blocks)
    return ColumnOutline(blocks, matched.separators, matched.withheld(header))


def match_header(header: Sequence[str], layout: TableLayout) -> Matched:
    """Return what the columns of a table state by their headers."""
    own = _find(header, layout.columns)
    blocks = [(block, found) for block in layout.partners for found in _find_block(header, block)]
    if layout.holds == "partners":
        mine = [f for f in own if f.column.field in PARTNER_FIELDS and f.column.field != _KEY]
        blocks = [(PartnerBlock(columns=()), mine)]
        own = [f for f in own if f.column.field is None or f.column.field in PROJECT_FIELDS]
    read = [*own, *(f for _, found in blocks for f in found)]
    known = {f.position for f in read}
    return Matched(
        own,
        blocks,
        read,
        unknown=tuple(n for n in range(len(header)) if n not in known),
        ignored=frozenset(f.position for f in read if f.column.field is None),
        separators={f.position: block.separator for block, found in blocks for f in found},
    )


def _find(header: Sequence[str], columns: Sequence[Column]) -> list[PlacedColumn]:
    """Return the columns that a table has, each at its first position that no other one took."""
    places: dict[str, list[int]] = {}
    for position, name in enumerate(header):
        places.setdefault(header_key(name), []).append(position)
    found = []
    for column in columns:
        for name in map(header_key, column.header):
            if places.get(name):
                position = places[name].pop(0)
                found += [PlacedColumn(position, part) for part in column.parts()]
                break
    return found


def _parts(columns: Iterable[Column]) -> Iterator[Column]:
    """Yield columns, one for each field where one states several."""
    for column in columns:
        yield from column.parts()


def _find_block(header: Sequence[str], block: PartnerBlock) -> Iterator[list[PlacedColumn]]:
    """Yield the columns of a block, for each number where its headers have one."""
    if not any(NUMBER in name for column in block.columns for name in column.header):
        found = _find(header, block.columns)
        if found:
            yield found
        return
    by_number: dict[int, list[PlacedColumn]] = {}
    for column in block.columns:
        forms = [
            re.compile(re.escape(header_key(name)).replace(re.escape(NUMBER), "([0-9]{1,3})"))
            for name in column.header
        ]
        for position, name in enumerate(map(header_key, header)):
            match = next((m for form in forms if (m := form.fullmatch(name))), None)
            if match:
                found = by_number.setdefault(int(match[1]), [])
                found += [PlacedColumn(position, part) for part in column.parts()]
    for number in sorted(by_number):
        yield by_number[number]
