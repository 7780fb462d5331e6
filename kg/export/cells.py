"""Records → cells of the exchange layout, each in a form that its reader reads as the same value.

Cells are text, by the name of their field. How a value of each kind is written stands in one table
(``_PLAIN``); what takes several columns is written by a function (``_COMPOUND``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from kg import iris
from kg.records import Category, Heading, Location, Partner, Project, Region, Role, Text, Theme
from kg.sources.fields import FIELDS, LANGUAGES, Field, Holds, Kind
from kg.sources.layouts import load_profile
from kg.sources.values import UNDETERMINED, join_entries, parse_themes
from kg.terms import canonical_decimal

__all__ = ["EXCHANGE", "STYLE", "Cells", "can_be_listed", "partner_cells", "project_cells"]

Cells = dict[str, str]
"""Cells by field. An empty one says that the table needs the column all the same."""

EXCHANGE = "exchange"
STYLE = load_profile(EXCHANGE).values

ROLES = {Role.LEAD: "LP", Role.ERDF_LEAD: "ELP", Role.PARTNER: "PP", Role.ASSOCIATED: "AP"}
_LIST = " | "


def project_cells(project: Project, *, coded_themes: bool = False) -> Cells:
    """Return the cells of a project.

    With ``coded_themes``, codes of themes have a column of their own.
    """
    cells: Cells = {}
    for (field, kind), value in zip(_PROJECT_COLUMNS, _PROJECT_VALUES(project), strict=True):
        if value is not None and value != ():
            _write(cells, field, kind, value)
    if project.has_all_partners:
        del cells["has_all_partners"]
    if coded_themes and project.themes:
        _write_themes_with_codes(cells, project.themes)
    return cells


def partner_cells(partner: Partner, project: Project) -> Cells:
    """Return the cells of a partner of a project."""
    cells: Cells = {"project_id": project.project_id}
    for (field, kind), value in zip(_PARTNER_COLUMNS, _PARTNER_VALUES(partner), strict=True):
        if value is not None:
            _write(cells, field, kind, value)
    if partner.key == (partner.partner_id or _made_key(partner, project)):
        del cells["key"]
    return cells


def _made_key(partner: Partner, project: Project) -> str | None:
    """Return the key that the reader gives to a partner that states none, if it depends on it.

    Two partners of one organisation are told apart by all that they state.
    """
    slug = iris.organisation_slug(partner.name)
    alike = sum(
        iris.organisation_slug(other.name) == slug
        for other in project.partners
        if other.partner_id is None
    )
    return f"{project.project_id}-{slug}" if alike == 1 else None


def can_be_listed(code: str, label: Text) -> bool:
    """Tell whether a theme is read as it is from a list of codes and labels."""
    field = Field("themes", "themes", label.language)
    read = parse_themes(f"{code}{STYLE.theme_label_separator}{label.value}", field, STYLE)
    return read.value == (Theme(code, label),)


def _write(cells: Cells, field: str, kind: Kind, value: object) -> None:
    plain = _PLAIN.get(kind)
    if plain is not None:
        cells[field] = plain(value)
    else:
        _COMPOUND[kind](cells, field, value)


def exact(number: Decimal) -> str:
    """Return a number whose decimals no reader can take for thousands: never three, seldom one."""
    text = canonical_decimal(number)
    return f"{text}0" if len(text.partition(".")[2]) in (1, 3) else text


def _region(region: Region) -> str:
    if region.code is None or region.name is None:
        return str(region.code or region.name)
    # a name that begins like a separator stands behind one
    mark = ": " if region.name[0] in "-–:" else " "
    return f"{region.code}{mark}{region.name}"


def _date(day: date) -> str:
    return day.isoformat()


_PLAIN: Mapping[Kind, Callable[[Any], str]] = {
    "id": str,
    "word": str,
    "country": str,
    "countries": _LIST.join,
    "state": str,
    "region": _region,
    "role": ROLES.__getitem__,
    "flag": lambda flag: "yes" if flag else "no",
    "count": str,
    "date": _date,
    "amount": exact,
    "number": exact,
    "rate": lambda rate: f"{canonical_decimal(rate)} %",
    "currency": str,
    "url": str,
    "urls": _LIST.join,
}
"""Kind → how a value of it is written in one column."""


def _write_text(cells: Cells, field: str, text: Text) -> None:
    cells[field] = text.value
    if text.language and field not in LANGUAGES:
        cells[f"{field}_language"] = text.language


def _write_heading(cells: Cells, field: str, heading: Heading) -> None:
    _write_text(cells, field, heading.label)
    if heading.code is not None or STYLE.heading_separator in heading.label.value:
        # the column keeps the label whole, even where no record has a code
        cells[f"{field}_code"] = heading.code or ""


def _write_category(cells: Cells, field: str, category: Category) -> None:
    if category.label is not None:
        _write_text(cells, field, category.label)
    cells[f"{field}_code"] = category.code or ""


def _write_categories(cells: Cells, field: str, categories: tuple[Category | Theme, ...]) -> None:
    labels = [category.label for category in categories]
    cells[field] = join_entries(label.value if label else None for label in labels)
    if not any(labels):
        del cells[field]
    codes = [category.code for category in categories]
    cells[f"{field}_code"] = join_entries(codes) if any(codes) else ""
    _write_languages(cells, field, labels)


def _write_themes(cells: Cells, field: str, themes: tuple[Theme, ...]) -> None:
    cells[field] = STYLE.theme_separator.join(
        f" {theme.code}{STYLE.theme_label_separator}{theme.label.value} "
        if theme.label
        else f" {theme.code} "
        for theme in themes
    ).strip()
    _write_languages(cells, field, [theme.label for theme in themes])


def _write_themes_with_codes(cells: Cells, themes: tuple[Theme, ...]) -> None:
    _write_categories(cells, "themes", themes)
    if not any(theme.label for theme in themes):
        cells.pop("themes", None)


def _write_languages(cells: Cells, field: str, labels: Iterable[Text | None]) -> None:
    labels = list(labels)
    stated = {label.language for label in labels if label}
    if stated == {None} or not stated:
        return
    tags = [label.language if label else None for label in labels]
    alone = stated.pop() if len(stated) == 1 else None
    cells[f"{field}_language"] = alone or _LIST.join(tag or UNDETERMINED for tag in tags)


def _write_location(cells: Cells, field: str, location: Location) -> None:
    prefix = field.removesuffix("_location")
    cells[f"{prefix}_x"] = exact(location.x)
    cells[f"{prefix}_y"] = exact(location.y)
    cells[f"{prefix}_crs"] = location.crs


_COMPOUND: Mapping[Kind, Callable[[Cells, str, Any], None]] = {
    "text": _write_text,
    "heading": _write_heading,
    "category": _write_category,
    "categories": _write_categories,
    "themes": _write_themes,
    "point": _write_location,
}
"""Kind → how a value of it is written in several columns."""


def _columns(record: type[Project | Partner], holds: Holds) -> tuple[tuple[str, Kind], ...]:
    kinds = FIELDS[holds]
    return tuple((field, kinds[field]) for field in record.__struct_fields__ if field in kinds)


_PROJECT_COLUMNS = _columns(Project, "projects")
_PARTNER_COLUMNS = _columns(Partner, "partners")
# all fields of a record at once: asking for one after the other takes longer than writing them
_PROJECT_VALUES = attrgetter(*(field for field, _ in _PROJECT_COLUMNS))
_PARTNER_VALUES = attrgetter(*(field for field, _ in _PARTNER_COLUMNS))
