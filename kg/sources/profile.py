"""Source profiles: what a layout's fields are and how its values are written, as data.

A profile is a TOML file beside this module. It says nothing of how a file is cut into records
(that is the source's duty) and nothing of RDF.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from kg.problems import ProfileError
from kg.sources.fields import FIELDS, Field, Holds

__all__ = [
    "Column",
    "Profile",
    "TableLayout",
    "TableProfile",
    "ValueStyle",
    "fields_of",
    "load_profile",
    "load_table_profile",
]

PROFILES = Path(__file__).parent / "profiles"


class ValueStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a layout, or one column of it, writes its values.

    ``auto`` leaves a matter to the values of each column. ``decimal`` and ``grouping`` are the
    separators of amounts, ``currency`` the ISO 4217 code of amounts that state none; ``date_order``
    is the order of day, month and year; ``date_system`` the year from which a workbook counts days;
    ``utc_offset`` what a moment in UTC is to be moved by to have its day (``+03:00``). ``rate``
    says whether 0.85 or 85 is meant by 85 %. ``point_order`` is the order of a pair of
    coordinates, ``crs`` their reference system, CRS84 or an EPSG code. ``thousandths`` says that
    three digits behind a lone decimal separator are decimals, which only a column can tell.
    ``yes``, ``no`` and ``not_stated`` are words that say so, the last that nothing is known.
    """

    decimal: str = "auto"
    grouping: str = "auto"
    thousandths: bool = False
    currency: str = "EUR"
    date_order: Literal["dmy", "mdy", "auto"] = "auto"
    date_system: Literal["1900", "1904"] = "1900"
    utc_offset: str = "auto"
    rate: Literal["percent", "fraction", "auto"] = "auto"
    point_order: Literal["x y", "y x"] = "x y"
    crs: str = "CRS84"
    yes: tuple[str, ...] = ("ja", "yes", "true", "y", "1")
    no: tuple[str, ...] = ("nein", "no", "false", "n", "0")
    not_stated: tuple[str, ...] = (
        "k.A.", "k. A.", "k.A", "keine Angabe", "n/a", "n.a.", "N/A", "-", "–",
    )  # fmt: skip
    heading_separator: str = " : "
    category_separator: str = ","
    theme_separator: str = "|"
    theme_label_separator: str = " - "


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a layout states a record field: a line of its block, or a column of its table.

    ``header`` are the names that a column can bear. A ``required`` value that cannot be used holds
    the record back.
    """

    field: str
    header: tuple[str, ...] = ()
    language: str | None = None
    required: bool = False
    note: str | None = None


class TableLayout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table: what its rows are, and its columns."""

    holds: Holds
    columns: tuple[Column, ...]


class TableProfile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A layout of tables: its name, its value style, its tables."""

    name: str
    title: str
    values: ValueStyle
    tables: tuple[TableLayout, ...]

    def table(self, holds: str) -> TableLayout:
        """Return the table of projects or of partners."""
        return next(table for table in self.tables if table.holds == holds)


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A layout of lines: its name, its headings, its value style, its lines in order."""

    name: str
    title: str
    project_heading: str
    partner_heading: str
    comment: str
    values: ValueStyle
    columns: tuple[Column, ...]


@cache
def load_profile(name: str) -> Profile:
    """Return the bundled profile of that name, of a layout of lines.

    Raises:
        ProfileError: there is none, or it contradicts itself.
    """
    return _load(name, Profile)


@cache
def load_table_profile(name: str) -> TableProfile:
    """Return the bundled profile of that name, of a layout of tables.

    Raises:
        ProfileError: there is none, or it contradicts itself.
    """
    return _load(name, TableProfile)


AnyProfile = TypeVar("AnyProfile", Profile, TableProfile)


def fields_of(columns: tuple[Column, ...], holds: Holds) -> tuple[Field, ...]:
    """Return the fields that the columns of a layout state, with what their values are.

    Raises:
        ProfileError: a record has no such field.
    """
    kinds = FIELDS[holds]
    unknown = [column.field for column in columns if column.field not in kinds]
    if unknown:
        raise ProfileError(
            f"A record has no field {', '.join(unknown)}.", remedy=f"Known: {', '.join(kinds)}."
        )
    return tuple(Field(c.field, kinds[c.field], c.language, c.required) for c in columns)


def _load(name: str, kind: type[AnyProfile]) -> AnyProfile:
    path = PROFILES / f"{name}.toml"
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), kind)
    except FileNotFoundError as error:
        known = ", ".join(sorted(entry.stem for entry in PROFILES.glob("*.toml")))
        raise ProfileError(
            f"There is no source profile ‹{name}›.", remedy=f"Use one of {known}."
        ) from error
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ProfileError(f"The profile cannot be used: {error}.", place=str(path)) from error
