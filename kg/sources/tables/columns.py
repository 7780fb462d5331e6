"""The columns of one table of the input: which field each states, and in which style."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from kg.problems import Problem
from kg.records import Outcome, Role
from kg.sources.fields import (
    BARE_LABELS,
    LANGUAGES,
    PARTNER_FIELDS,
    PROJECT_FIELDS,
    Field,
    Holds,
    Kind,
)
from kg.sources.layouts import NUMBER, column_style, kind_of
from kg.sources.patterns import Pattern, parse_pattern
from kg.sources.personal import impersonal, looks_personal, mask_personal, personal_finding
from kg.sources.profile import Column, PartnerBlock, TableLayout, TableProfile, ValueStyle
from kg.sources.tables.evidence import Evidence, add_evidence, evidence_of
from kg.sources.tables.lists import split_list
from kg.sources.tables.parts import PartReader, part_of
from kg.sources.tables.table import Row, Table, header_key
from kg.sources.values import CRS84, Parsed, clean, find_crs, find_role, parse_value, value_parser
from kg.sources.values.units import currencies_in, scale_in

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


_Styles = dict[tuple[int, str | None], ValueStyle]
"""How the values of the fields of columns are written, by position and field."""


class ColumnPlan(msgspec.Struct, frozen=True):
    """A column that is read: its position, from 0, the name of its field, its parser.

    Where a column states several fields there is a plan for each, and one ``reader`` of all.
    """

    position: int
    name: str
    field: Field
    column: Column
    style: ValueStyle
    parse: Callable[[str], Parsed]
    reader: PartReader | None = None


class BlockPlan(msgspec.Struct, frozen=True):
    """Columns of a row that state a partner, or a list of partners where there is a separator.

    ``positions`` gives for each field its column, from 0; ``crs`` is the reference system of
    coordinates that state none, ``constants`` are values of partners that do not state them.
    """

    columns: tuple[ColumnPlan, ...]
    positions: Mapping[str, int]
    separator: str | None
    role: Role
    crs: str
    constants: Mapping[str, object] = {}


class Columns(msgspec.Struct, frozen=True):
    """What the columns of a table state: a project, and partners.

    ``names`` are those by which the ledger knows the columns, the field where one column alone
    states it, ``outcomes`` what becomes of their
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
    """A column of a layout, and where the table has it; one for each field that it states."""

    position: int
    column: Column


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
        return frozenset(told | {n for n in unread if _is_of_person(header[n])})


def _is_of_person(header: str) -> bool:
    """Tell whether a header announces data of a person, or is such a value itself."""
    return looks_personal(header) or personal_finding(header) is not None


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
        self._styles: _Styles = {
            (f.position, f.column.field): msgspec.structs.replace(
                column_style(profile.values, f.column), date_system=table.date_system
            )
            for f in matched.read
        }
        self._open: dict[tuple[int, str], tuple[Evidence, tuple[Pattern, ...]]] = {}
        for position, column in matched.read:
            field = column.field
            if field and (seen := evidence_of(kind_of(field), self._styles[(position, field)])):
                self._open[(position, field)] = seen, _patterns(column)

    @property
    def is_needed(self) -> bool:
        """Whether the layout leaves the style of any column open."""
        return bool(self._open)

    def see(self, rows: Iterable[Row]) -> None:
        """Take in rows of the table."""
        separators = self._separators
        for row in rows:
            if row.problem is not None:  # its cells may stand in other columns
                continue
            cells = row.cells
            for (position, field), (seen, patterns) in self._open.items():
                cell = cells[position] if position < len(cells) else None
                if cell is None:
                    continue
                for item in split_list(cell, separators.get(position)):
                    if patterns and item is not None:
                        item = part_of(item, patterns, field)
                    seen.see(item)

    def add(self, other: StyleEvidence) -> None:
        """Take in what other rows of the table told."""
        for key, (seen, _) in self._open.items():
            add_evidence(seen, other._open[key][0])

    def styles(self) -> _Styles:
        """Return how the values of columns are written, decided where it was left open."""
        styles = self._styles
        return styles | {key: seen.decided(styles[key]) for key, (seen, _) in self._open.items()}


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
    names = [mask_personal(name) for name in header]
    stating = Counter(found.column.field for found in read)
    for found in reversed(read):
        field = found.column.field
        if field is not None and stating[field] == 1:
            names[found.position] = field
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
                position = places[name].pop(0)
                found += [_Found(position, part) for part in column.parts()]
                break
    return found


def _parts(columns: Iterable[Column]) -> Iterator[Column]:
    """Yield columns, one for each field where one states several."""
    for column in columns:
        yield from column.parts()


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
                found = by_number.setdefault(int(match[1]), [])
                found += [_Found(position, part) for part in column.parts()]
    for number in sorted(by_number):
        yield by_number[number]


def _plans(found: Sequence[_Found], styles: _Styles) -> tuple[ColumnPlan, ...]:
    stated = {f.column.field for f in found}
    plans = [
        _plan(
            f,
            f.column.field,
            _kind(f.column.field, styles[(f.position, f.column.field)], stated),
            styles[(f.position, f.column.field)],
        )
        for f in found
        if f.column.field is not None
    ]
    joined: dict[int, dict[str, Callable[[str], Parsed]]] = {}
    for plan in plans:
        if plan.column.patterns:
            joined.setdefault(plan.position, {})[plan.field.name] = plan.parse
    readers = {
        plan.position: PartReader(_patterns(plan.column), joined[plan.position])
        for plan in plans
        if plan.position in joined
    }
    return tuple(
        plan
        if (reader := readers.get(plan.position)) is None
        else msgspec.structs.replace(plan, parse=reader.parser(plan.field.name), reader=reader)
        for plan in plans
    )


def _kind(field: str, style: ValueStyle, stated: Collection[str | None]) -> Kind:
    """Return what a column holds, beside the other columns of its table."""
    kind = kind_of(field)
    # in a list, what a code belongs to could not be told otherwise
    is_bare = style.bare_labels or f"{field}_code" in _LISTS_OF_CODES
    return BARE_LABELS.get(kind, kind) if is_bare and f"{field}_code" in stated else kind


_LISTS_OF_CODES = frozenset(name for name, kind in PROJECT_FIELDS.items() if kind == "codes")


def _patterns(column: Column) -> tuple[Pattern, ...]:
    return tuple(map(parse_pattern, column.patterns))


def _block_plan(
    block: PartnerBlock,
    found: Sequence[_Found],
    styles: _Styles,
    values: ValueStyle,
) -> BlockPlan:
    plans = _plans(found, styles)
    role = find_role(block.role) or Role.PARTNER
    positions = {plan.field.name: plan.position for plan in plans}
    constants = {
        name: parse_value(value, Field(name, kind_of(name)), values).value
        for name, value in block.constants.items()
    }
    return BlockPlan(plans, positions, block.separator, role, _crs(plans, values), constants)


def _crs(plans: Sequence[ColumnPlan], values: ValueStyle) -> str:
    stated = next((p.style.crs for p in plans if p.field.kind == "coordinate"), values.crs)
    return find_crs(stated) or CRS84


def _plan(found: _Found, name: str, kind: Kind, style: ValueStyle) -> ColumnPlan:
    position, column = found
    field = Field(name, kind, column.language or LANGUAGES.get(name), column.required)
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
    return ColumnPlan(position, name, field, column, style, _cached(parse, field))


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
    """Return a problem for each column that the layout does not have or contradicts."""
    named = [
        Problem.of("header-unit", table.header_place(plan.position), told, field=plan.field.name,
                   value=columns.header[plan.position])
        for plan in (*columns.project, *(p for block in columns.blocks for p in block.columns))
        if plan.field.kind == "amount"
        and (told := _unit_told(columns.header[plan.position], plan.style)) is not None
    ]  # fmt: skip
    return named + [
        Problem.of(
            "column-personal" if position in columns.withheld else "column-unknown",
            table.header_place(position),
            f"The column ‹{columns.header[position]}› was not read.",
            value=columns.header[position],
        )
        for position in columns.unknown
    ]


def _unit_told(header: str, style: ValueStyle) -> str | None:
    """Say where a header names another unit or currency than that by which amounts are read."""
    scale, currencies = scale_in(header), currencies_in(header)
    if scale != style.scale and scale != "1":
        return f"It says that amounts are in {int(scale):,}, and they are read as they stand."
    if currencies and style.currency not in currencies:
        named = ", ".join(sorted(currencies))
        return f"It names {named}, and the amounts are read as {style.currency}."
    return None


def known_columns(header: Sequence[str], layout: TableLayout) -> int:
    """Return how many columns of a table a layout knows."""
    found = {f.position for f in _find(header, layout.columns)}
    for block in layout.partners:
        found |= {f.position for mine in _find_block(header, block) for f in mine}
    return len(found)
