"""How each column that is read is parsed: its field, its style, its parser."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import msgspec

from kg.records import Role
from kg.sources.fields import BARE_LABELS, KIND_OF, LANGUAGES, PROJECT_FIELDS, Field, Kind
from kg.sources.layouts.patterns import parse_patterns
from kg.sources.layouts.profile import Column, PartnerBlock
from kg.sources.personal import impersonal
from kg.sources.tables.matching import PlacedColumn
from kg.sources.tables.parts import PartReader
from kg.sources.tables.styles import Styles
from kg.sources.values import Parsed, clean, find_crs, find_role, parse_value, value_parser
from kg.sources.values.style import ValueStyle
from kg.vocabulary import CRS84

__all__ = ["BlockPlan", "ColumnPlan", "crs_of", "plan_block", "plan_columns"]

UNCACHED = {"id", "text", "url", "amount"}
"""Kinds whose values seldom come again in a column."""

CACHE_SIZE = 20_000
"""Values of a column that are kept with what they were parsed to."""

_LISTS_OF_CODES = frozenset(name for name, kind in PROJECT_FIELDS.items() if kind == "codes")


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


def plan_columns(found: Sequence[PlacedColumn], styles: Styles) -> tuple[ColumnPlan, ...]:
    """Return a plan for each field that columns state; those of one column share a reader."""
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
        plan.position: PartReader(parse_patterns(plan.column.patterns), joined[plan.position])
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
    kind = KIND_OF[field]
    # in a list, what a code belongs to could not be told otherwise
    is_bare = style.bare_labels or f"{field}_code" in _LISTS_OF_CODES
    return BARE_LABELS.get(kind, kind) if is_bare and f"{field}_code" in stated else kind


def plan_block(
    block: PartnerBlock,
    found: Sequence[PlacedColumn],
    styles: Styles,
    values: ValueStyle,
) -> BlockPlan:
    """Return how columns that state partners are read."""
    plans = plan_columns(found, styles)
    role = find_role(block.role) or Role.PARTNER
    positions = {plan.field.name: plan.position for plan in plans}
    constants = {
        name: parse_value(value, Field(name, KIND_OF[name]), values).value
        for name, value in block.constants.items()
    }
    return BlockPlan(plans, positions, block.separator, role, crs_of(plans, values), constants)


def crs_of(plans: Sequence[ColumnPlan], values: ValueStyle) -> str:
    """Return the IRI of the reference system of coordinates that state none."""
    stated = next((p.style.crs for p in plans if p.field.kind == "coordinate"), values.crs)
    return find_crs(stated) or CRS84


def _plan(found: PlacedColumn, name: str, kind: Kind, style: ValueStyle) -> ColumnPlan:
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
