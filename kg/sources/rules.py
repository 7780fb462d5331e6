"""In words: how the values of a record were read from the cells of its row.

``kg explain`` shows them beside each statement; the styles are those by which the cells were read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec

from kg.problems import Place
from kg.records import Origin, Partner, Project, RowOrigin, encodable
from kg.sources.fields import PARTNER_FIELDS, PROJECT_FIELDS, Kind
from kg.sources.inputs import Input
from kg.sources.layouts import column_style, load_text_profile
from kg.sources.layouts.profile import Column, TableProfile
from kg.sources.personal import mask_personal
from kg.sources.tables.columns import Columns, match_columns
from kg.sources.tables.plans import ColumnPlan
from kg.sources.tables.styles import read_styles
from kg.sources.values.style import ValueStyle

__all__ = ["KIND_RULES", "ReadingRules", "StatedCell", "Told"]

KIND_RULES: dict[Kind, str] = {
    "id": "as written",
    "word": "as written",
    "code": "code, as written",
    "codes": "codes, parted by bars",
    "text": "text{language}",
    "labels": "labels alone, parted by bars{language}",
    "language": "language tag",
    "languages": "language tags",
    "heading": "code before ‹{heading_separator}› and label{language}",
    "category": "code and label, parted by ‹{category_separator}› or space{language}",
    "categories": "codes and labels{language}",
    "country": "country → its code",
    "countries": "countries → their codes",
    "state": "federal state → its German name",
    "region": "NUTS code and name",
    "role": "{role}",
    "flag": "{flag}",
    "count": "whole number",
    "date": "date, {date}",
    "amount": "amount, {decimal}",
    "number": "number, {decimal}",
    "rate": "rate → percent{rate}",
    "currency": "currency → its ISO 4217 code",
    "url": "web address",
    "urls": "web addresses",
    "themes": "themes as CODE{theme_label_separator}Label, parted by ‹{theme_separator}›{language}",
    "coordinate": "coordinate, {decimal}",
    "point": "pair of coordinates, {point_order}",
    "crs": "coordinate reference system",
}
"""What happens to a cell of each kind of field; what stands in braces is told by ``_WORDS``."""


class StatedCell(msgspec.Struct, frozen=True, omit_defaults=True):
    """A cell of the input: where it is, what stands in it, and the record field that it states.

    Where cells hold lists, ``entry`` counts the entry in it, from 1.
    """

    place: Place
    raw: str
    field: str | None = None
    entry: int | None = None


class Told(NamedTuple):
    """How a value was read, and from which cells."""

    rule: str
    cells: tuple[StatedCell, ...]


class _Context(NamedTuple):
    """A value and how it was read: its style, and that which the layout asks for."""

    raw: str
    style: ValueStyle
    declared: ValueStyle
    language: str | None


class ReadingRules:
    """Says of the records of files that are read together how their values were read.

    When it is first asked about a record of a table, it may read the rows of the table once, which
    tell how its columns write their values.
    """

    def __init__(self, item: Input) -> None:
        self._item = item
        self._columns: dict[tuple[str, str | None, tuple[str, ...]], Columns] = {}

    @property
    def _profile(self) -> TableProfile | None:
        return self._item.tables[0].profile if self._item.tables else None

    def tell(self, field: str, record: Project | Partner, project: Project) -> Told | None:
        """Return how a field of a project, or of a partner of it, was read; None for no field."""
        kinds = PARTNER_FIELDS if isinstance(record, Partner) else PROJECT_FIELDS
        if field not in kinds:
            return None
        cells = self.cells(field, record, project)
        profile = self._profile
        if profile and profile.key and field == "project_id":
            names = profile.key.project_id
            made = [cell for name in names for cell in self.cells(name, record, project)]
            if made:
                rule = f"made of {' and '.join(names)} ([key] of the profile)"
                return Told(rule, tuple(made))
        if not cells:
            return self._told_without_cell(field, record)
        plan = self._plan(record, cells[0].field or field)
        kind = plan.field.kind if plan else kinds[cells[0].field or field]
        rule = self._rule(cells[0], record, kind)
        if len(cells) > 1:
            rule += f", with {' and '.join(str(cell.field) for cell in cells[1:])} beside it"
        return Told(rule, tuple(cells))

    def cells(self, field: str, record: Project | Partner, project: Project) -> list[StatedCell]:
        """Return the cells that state a field, and those of columns that complete it.

        A text that is stated in English alone is the text.
        """
        found = self._cells(_with_companions(field), record, project)
        return found or self._cells([f"{field}_english"], record, project)

    def _cells(
        self, names: Iterable[str], record: Project | Partner, project: Project
    ) -> list[StatedCell]:
        found = []
        for name in names:
            for origin in _origins(record, project):
                raw = origin.value(name)
                if raw is not None and raw.strip():
                    entry = None
                    if isinstance(origin, RowOrigin) and origin.item is not None:
                        entry = origin.item + 1
                    shown = self._shown(raw.strip(), name, record)
                    found.append(StatedCell(origin.place(name), shown, name, entry))
                    break
        return found

    def _shown(self, raw: str, field: str, record: Project | Partner) -> str:
        """Return a raw value without data of persons, where the profile does not publish them."""
        plan = self._plan(record, field)
        is_published = plan is not None and plan.column.personal is not None
        return raw if is_published else mask_personal(encodable(raw))

    def _told_without_cell(self, field: str, record: Project | Partner) -> Told:
        profile = self._profile
        if profile is not None and field in profile.constants:
            place = Place(f"profile {profile.name}")
            cell = StatedCell(place, profile.constants[field], field)
            return Told("constant of the profile", (cell,))
        if field == "role":
            return Told("no cell states it: the role that the profile gives", ())
        return Told("read from the row as a whole", (StatedCell(record.origin.place(), ""),))

    def _rule(self, cell: StatedCell, record: Project | Partner, kind: Kind) -> str:
        context, words = self._context(cell, record)
        told = {name: say(context) for name, say in _WORDS.items()}
        rule = KIND_RULES[kind].format(**msgspec.structs.asdict(_shown(context.style)) | told)
        return words + rule

    def _context(self, cell: StatedCell, record: Project | Partner) -> tuple[_Context, str]:
        """Return how a cell was read, and what the profile makes of its words beforehand."""
        profile = self._profile
        if profile is None:
            values = load_text_profile().values
            column = next((c for c in load_text_profile().columns if c.field == cell.field), None)
            language = column.language if column and not isinstance(record, Partner) else None
            return _Context(cell.raw, values, values, language), ""
        plan = self._plan(record, cell.field or "")
        if plan is None:
            return _Context(cell.raw, profile.values, profile.values, None), ""
        column = plan.column
        raw, words = cell.raw, ""
        part = plan.reader.part(raw, plan.field.name) if plan.reader is not None else None
        if part is not None:
            raw, words = part[0], f"‹{part[0]}› by the pattern ‹{part[1]}›, "
        raw, told = _replaced(raw, column)
        words += told
        declared = column_style(profile.values, column)
        return _Context(raw, plan.style, declared, column.language), words

    def _plan(self, record: Project | Partner, field: str) -> ColumnPlan | None:
        origin = record.origin
        if not isinstance(origin, RowOrigin):
            return None
        columns = self._columns_of(origin)
        if columns is None or not isinstance(record, Partner):
            return columns.by_field.get(field) if columns else None
        mine = [block for block in columns.blocks if block.positions == origin.positions]
        return next((p for block in mine for p in block.columns if p.field.name == field), None)

    def _columns_of(self, origin: RowOrigin) -> Columns | None:
        key = (origin.source, origin.sheet, origin.header)
        if key not in self._columns:
            for file in self._item.tables:
                for table, layout in file.tables:
                    if key == (table.source, table.sheet, tuple(table.header)):
                        styles = read_styles(table, layout, file.profile)
                        self._columns[key] = match_columns(table, layout, file.profile, styles)
        return self._columns.get(key)


def _with_companions(field: str) -> Iterator[str]:
    """Yield a field and those that complete it (``kg/sources/tables/complete.py``)."""
    yield field
    if field in {"location", "partner_location"}:
        prefix = "partner" if field.startswith("partner") else "location"
        yield from (f"{prefix}_x", f"{prefix}_y", f"{prefix}_crs")
        return
    for ending in ("code", "language"):
        if f"{field}_{ending}" in PROJECT_FIELDS:
            yield f"{field}_{ending}"


def _origins(record: Project | Partner, project: Project) -> Iterator[Origin | RowOrigin]:
    """Yield the rows that state a record: that of its origin, then others that state a project."""
    origin = record.origin
    yield origin
    if isinstance(record, Partner) or not isinstance(origin, RowOrigin):
        return
    for partner in project.partners:
        other = partner.origin
        if (
            isinstance(other, RowOrigin)
            and other.items is None
            and (other.source, other.sheet, other.header)
            == (origin.source, origin.sheet, origin.header)
        ):
            yield msgspec.structs.replace(other, positions=origin.positions)


def _replaced(raw: str, column: Column) -> tuple[str, str]:
    """Return what a profile makes of a cell before it is read, and that in words."""
    meanings = {word.strip().casefold(): meaning for word, meaning in column.words.items()}
    meaning = meanings.get(raw.strip().casefold())
    if meaning:
        return meaning, f"‹{raw.strip()}› means ‹{meaning}› (profile), "
    if column.strip_prefix and raw.strip().startswith(column.strip_prefix):
        rest = raw.strip().removeprefix(column.strip_prefix)
        return rest, f"without ‹{column.strip_prefix}› before it, "
    return raw, ""


def _shown(style: ValueStyle) -> ValueStyle:
    """Return a style whose separators can be seen in a sentence."""
    return msgspec.structs.replace(style, category_separator=style.category_separator.strip())


def _decimal(context: _Context) -> str:
    style, declared = context.style, context.declared
    if style.decimal == "auto":
        return "whose separators leave one reading"
    sign = {",": "decimal comma", ".": "decimal point"}.get(style.decimal, style.decimal)
    return f"{sign} (decided by the column)" if declared.decimal == "auto" else sign


def _date(context: _Context) -> str:
    style, declared = context.style, context.declared
    if re.match(r"\d{4}\D", context.raw):
        return "year first"
    if "." in context.raw:
        return "day first"
    order = {"dmy": "day first", "mdy": "month first"}.get(style.date_order)
    if order is None:
        return "of which there is one reading"
    return f"{order} (decided by the column)" if declared.date_order == "auto" else order


def _flag(context: _Context) -> str:
    return f"‹{context.raw}› is {'yes' if _is_yes(context) else 'no'}"


def _role(context: _Context) -> str:
    style = context.style
    if context.raw.casefold() in {*style.yes, *style.no}:
        is_lead = _is_yes(context)
        return f"{_flag(context)} to leading: {'the lead partner' if is_lead else 'a partner'}"
    return "word for a role"


def _is_yes(context: _Context) -> bool:
    return context.raw.strip().casefold() in context.style.yes


def _rate(context: _Context) -> str:
    is_fraction = context.style.rate == "fraction" and not context.raw.endswith("%")
    return ", from a fraction" if is_fraction else ""


_WORDS: dict[str, Callable[[_Context], str]] = {
    "language": lambda context: f" in ‹{context.language}›" if context.language else "",
    "decimal": _decimal,
    "date": _date,
    "flag": _flag,
    "role": _role,
    "rate": _rate,
}
"""The words of a rule that depend on the cell and on the style by which it was read."""
