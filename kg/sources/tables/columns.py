"""The columns of one table of the input: which field each states, and in which style."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from kg.problems import Problem
from kg.records import Outcome, Role
from kg.sources.fields import LANGUAGES, PARTNER_FIELDS, PROJECT_FIELDS, Field, Holds
from kg.sources.layouts import NUMBER, column_style, kind_of
from kg.sources.personal import impersonal, looks_personal
from kg.sources.profile import Column, PartnerBlock, TableLayout, TableProfile, ValueStyle
from kg.sources.tables.evidence import add_evidence, evidence_of
from kg.sources.tables.lists import split_list
from kg.sources.tables.table import Row, Table, header_key
from kg.sources.values import CRS84, Parsed, clean, find_crs, find_role, value_parser

__all__ = [
    "BlockPlan",
    "ColumnPlan",
    "Columns",
    "Outline",
    "StyleEvidence",
    "known_columns",
    "match_columns",
    "missing_columns",
    "outline",
    "unread",
]

UNCACHED = {"id", "text", "url", "amount"}
"""Kinds whose values seldom come again in a column."""
CACHE_SIZE = 20_000
"""Values of a column that are kept with what they were parsed to."""


class ColumnPlan(msgspec.Struct, frozen=True):
    """A column that is read: its position, from 0, its field, and the parser of its cells."""

    position: int
    field: Field
    column: Column
    style: ValueStyle
    parse: Callable[[str], Parsed]


class BlockPlan(msgspec.Struct, frozen=True):
    """Columns of a row that state a partner, or a list of partners where there is a separator.

    ``positions`` gives for each field its column, from 0; ``crs`` is the reference system of
    coordinates that state none.
    """

    columns: tuple[ColumnPlan, ...]
    positions: Mapping[str, int]
    separator: str | None
    role: Role
    crs: str


class Columns(msgspec.Struct, frozen=True):
    """What the columns of a table state: a project, and partners.

    ``names`` are those by which the ledger knows the columns, ``outcomes`` what becomes of their
    cells where nothing is wrong, ``keys`` the two together; ``by_field`` are the columns of project
    fields, ``crs`` is the reference system of coordinates that state none; ``ignored`` are the
    positions of columns that the profile leaves out, ``unknown`` of those that it does not know,
    ``withheld`` of those of them that seem to hold personal data.
    """

    header: tuple[str, ...]
    names: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    keys: tuple[tuple[str, Outcome], ...]
    project: tuple[ColumnPlan, ...]
    positions: Mapping[str, int]
    blocks: tuple[BlockPlan, ...]
    ignored: frozenset[int]
    unknown: tuple[int, ...]
    withheld: frozenset[int]
    holds: Holds

    by_field: Mapping[str, ColumnPlan]
    crs: str


class _Found(NamedTuple):
    """A column of a layout, and where the table has it."""

    position: int
    column: Column


def missing_columns(header: Sequence[str], layout: TableLayout, profile: TableProfile) -> list[str]:
    """Return the columns that a table cannot be read without and does not have."""
    found = _find(header, layout.columns)
    fields = {f.column.field for f in found} | set(profile.constants)
    needed = {"project_id"} if profile.key is None else set(profile.key.project_id)
    needed |= {c.field for c in layout.columns if c.required and c.field}
    return [
        column.header[0]
        for column in layout.columns
        if column.field in needed and column.field not in fields
    ]


class _Matched(NamedTuple):
    """The columns of a table by what they state: of its own, of partners, and all that are read."""

    own: list[_Found]
    blocks: list[tuple[PartnerBlock, list[_Found]]]
    read: list[_Found]
    unknown: tuple[int, ...]
    ignored: frozenset[int]
    separators: dict[int, str | None]

    def withheld(self, header: Sequence[str]) -> frozenset[int]:
        """Return the positions of columns that are not read and seem to hold personal data."""
        unread = {*self.unknown, *self.ignored}
        told = {f.position for f in self.read if "personal" in (f.column.ignore or "").casefold()}
        return frozenset(told | {n for n in unread if looks_personal(header[n])})


class Outline(NamedTuple):
    """What can be said of columns before any row is read.

    ``blocks`` are the positions of columns that state partners together, ``separators`` those of
    the lists in them; cells at ``withheld`` positions are shown to nobody.
    """

    blocks: tuple[frozenset[int], ...]
    separators: Mapping[int, str | None]
    withheld: frozenset[int]


def outline(header: Sequence[str], layout: TableLayout) -> Outline:
    """Return which columns of a table hold lists, and which are shown to nobody."""
    matched = _match(header, layout)
    blocks = tuple(frozenset(f.position for f in found) for _, found in matched.blocks)
    return Outline(blocks, matched.separators, matched.withheld(header))


def _match(header: Sequence[str], layout: TableLayout) -> _Matched:
    own = _find(header, layout.columns)
    blocks = [(block, found) for block in layout.partners for found in _find_block(header, block)]
    if layout.holds == "partners":
        mine = [f for f in own if f.column.field in PARTNER_FIELDS and f.column.field != _KEY]
        blocks = [(PartnerBlock(columns=()), mine)]
        own = [f for f in own if f.column.field is None or f.column.field in PROJECT_FIELDS]
    read = [*own, *(f for _, found in blocks for f in found)]
    known = {f.position for f in read}
    return _Matched(
        own,
        blocks,
        read,
        unknown=tuple(n for n in range(len(header)) if n not in known),
        ignored=frozenset(f.position for f in read if f.column.field is None),
        separators={f.position: block.separator for block, found in blocks for f in found},
    )


class StyleEvidence:
    """How the columns of a table write their values, as far as its rows tell.

    What its parts tell can be gathered apart and added up.
    """

    def __init__(self, table: Table, layout: TableLayout, profile: TableProfile) -> None:
        matched = _match(tuple(table.header), layout)
        self._separators = matched.separators
        self._styles = {
            f.position: msgspec.structs.replace(
                column_style(profile.values, f.column), date_system=table.date_system
            )
            for f in matched.read
        }
        self._open = {
            f.position: seen
            for f in matched.read
            if f.column.field
            and (seen := evidence_of(kind_of(f.column.field), self._styles[f.position])) is not None
        }

    @property
    def is_needed(self) -> bool:
        """Whether the layout leaves the style of any column open."""
        return bool(self._open)

    def see(self, rows: Iterable[Row]) -> None:
        """Take in rows of the table."""
        separators = self._separators
        for row in rows:
            cells = row.cells
            for position, seen in self._open.items():
                cell = cells[position] if position < len(cells) else None
                if cell is None:
                    continue
                for item in split_list(cell, separators.get(position)):
                    seen.see(item)

    def add(self, other: StyleEvidence) -> None:
        """Take in what other rows of the table told."""
        for position, seen in self._open.items():
            add_evidence(seen, other._open[position])

    def styles(self) -> dict[int, ValueStyle]:
        """Return for each position how its values are written, decided where it was left open."""
        styles = self._styles
        return styles | {n: seen.decided(styles[n]) for n, seen in self._open.items()}


def match_columns(
    table: Table, layout: TableLayout, profile: TableProfile, seen: StyleEvidence | None = None
) -> Columns:
    """Return what the columns of a table state, their styles decided from all of its rows.

    ``seen`` is what all rows tell of the styles, where it was gathered before.
    """
    header = tuple(table.header)
    matched = _match(header, layout)
    own, blocks, read = matched.own, matched.blocks, matched.read
    if seen is None:
        seen = StyleEvidence(table, layout, profile)
        if seen.is_needed:
            seen.see(table.rows())
    styles = seen.styles()
    names = list(header)
    for found in read:
        names[found.position] = found.column.field or names[found.position]
    mapped = {f.position for f in read} - matched.ignored
    outcomes = tuple(Outcome.MAPPED if n in mapped else Outcome.IGNORED for n in range(len(header)))
    return Columns(
        header=header,
        names=tuple(names),
        outcomes=outcomes,
        keys=tuple(zip(names, outcomes, strict=True)),
        project=(project := _plans(own, styles)),
        by_field={plan.field.name: plan for plan in project},
        crs=_crs(project, profile.values),
        positions={f.column.field: f.position for f in own if f.column.field},
        blocks=tuple(_block_plan(b, found, styles, profile.values) for b, found in blocks),
        ignored=matched.ignored,
        unknown=matched.unknown,
        withheld=matched.withheld(header),
        holds=layout.holds,
    )


_KEY = "project_id"


def _find(header: Sequence[str], columns: Sequence[Column]) -> list[_Found]:
    """Return the columns that a table has, each at its first position that no other one took."""
    places: dict[str, list[int]] = {}
    for position, name in enumerate(header):
        places.setdefault(header_key(name), []).append(position)
    found = []
    for column in columns:
        for name in map(header_key, column.header):
            if places.get(name):
                found.append(_Found(places[name].pop(0), column))
                break
    return found


def _find_block(header: Sequence[str], block: PartnerBlock) -> Iterator[list[_Found]]:
    """Yield the columns of a block, for each number where its headers have one."""
    if not any(NUMBER in name for column in block.columns for name in column.header):
        found = _find(header, block.columns)
        if found:
            yield found
        return
    by_number: dict[int, list[_Found]] = {}
    for column in block.columns:
        forms = [
            re.compile(re.escape(header_key(name)).replace(re.escape(NUMBER), "([0-9]{1,3})"))
            for name in column.header
        ]
        for position, name in enumerate(map(header_key, header)):
            match = next((m for form in forms if (m := form.fullmatch(name))), None)
            if match:
                by_number.setdefault(int(match[1]), []).append(_Found(position, column))
    for number in sorted(by_number):
        yield by_number[number]


def _plans(found: Sequence[_Found], styles: Mapping[int, ValueStyle]) -> tuple[ColumnPlan, ...]:
    return tuple(
        _plan(f.position, f.column, f.column.field, styles[f.position])
        for f in found
        if f.column.field is not None
    )


def _block_plan(
    block: PartnerBlock,
    found: Sequence[_Found],
    styles: Mapping[int, ValueStyle],
    values: ValueStyle,
) -> BlockPlan:
    plans = _plans(found, styles)
    role = find_role(block.role) or Role.PARTNER
    positions = {plan.field.name: plan.position for plan in plans}
    return BlockPlan(plans, positions, block.separator, role, _crs(plans, values))


def _crs(plans: Sequence[ColumnPlan], values: ValueStyle) -> str:
    stated = next((p.style.crs for p in plans if p.field.kind == "coordinate"), values.crs)
    return find_crs(stated) or CRS84


def _plan(position: int, column: Column, name: str, style: ValueStyle) -> ColumnPlan:
    language = column.language or LANGUAGES.get(name)
    field = Field(name, kind_of(name), language, column.required)
    words = {clean(word).casefold(): meaning for word, meaning in column.words.items()}
    prefix = column.strip_prefix

    read = value_parser(field, style)

    def read_word(raw: str) -> Parsed:
        text = raw if prefix is None else clean(raw).removeprefix(prefix)
        text = words.get(clean(text).casefold(), text)
        # an empty meaning says that the word states nothing
        return read(text) if text else Parsed(None)

    parse = read_word if words or prefix is not None else read
    if column.personal is None:
        parse = impersonal(parse, field.kind)
    return ColumnPlan(position, field, column, style, _cached(parse, field))


def _cached(parse: Callable[[str], Parsed], field: Field) -> Callable[[str], Parsed]:
    if field.kind in UNCACHED:
        return parse
    known: dict[str | tuple[type, str], Parsed] = {}

    def look_up(raw: str) -> Parsed:
        # a number and a text of the same digits are equal, and do not state the same
        key = raw if raw.__class__ is str else (raw.__class__, raw)
        parsed = known.get(key)
        if parsed is None:
            parsed = parse(raw)
            if len(known) < CACHE_SIZE:
                known[key] = parsed
        return parsed

    return look_up


def unread(columns: Columns, table: Table) -> Sequence[Problem]:
    """Return a problem for each column that the layout does not have."""
    return [
        Problem.of(
            "column-personal" if position in columns.withheld else "column-unknown",
            table.header_place(position),
            f"The column ‹{columns.header[position]}› was not read.",
            value=columns.header[position],
        )
        for position in columns.unknown
    ]


def known_columns(header: Sequence[str], layout: TableLayout) -> int:
    """Return how many columns of a table a layout knows."""
    found = len(_find(header, layout.columns))
    for block in layout.partners:
        found += sum(map(len, _find_block(header, block)))
    return found
