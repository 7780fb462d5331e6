"""Source profiles: what a layout's columns state and how its values are written, as data.

A profile is a TOML file. Those of known layouts lie beside this module in ``profiles/``; a data
steward writes one for a layout that nobody here has seen. It says nothing of the format of a file,
which its bytes tell, and nothing of RDF.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from kg.sources.fields import Holds
from kg.sources.layouts.patterns import parse_pattern
from kg.sources.values.style import ValueStyle

__all__ = [
    "NUMBER",
    "Column",
    "Key",
    "PartnerBlock",
    "TableLayout",
    "TableProfile",
    "TextProfile",
]

NUMBER = "{n}"
"""Stands in a header for the number of a partner."""


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A column of a table, or a line of a block: the record field that it states, or why none.

    ``header`` are the names that the column can bear; case and spacing do not count, and ``{n}``
    stands for a number where a table has such a column for each partner. ``ignore`` says why a
    column states no field. ``language`` is the BCP 47 tag of a text. ``words`` gives for words of
    the column what they mean; ``strip_prefix`` is what stands before every value; ``style`` is how
    this column differs from the others in writing its values. ``pattern`` stands for the
    field where a cell states several: texts with their names in braces, tried in their order. A
    ``required`` value that cannot be used holds the record back. An export has the columns that are
    ``always`` there, the others where a record states them. ``personal`` says why a column
    with personal data is published.
    """

    field: str | None = None
    pattern: str | tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    ignore: str | None = None
    language: str | None = None
    required: bool = False
    always: bool = False
    words: Mapping[str, str] = {}
    strip_prefix: str | None = None
    style: Mapping[str, str] = {}
    personal: str | None = None
    note: str | None = None

    @property
    def patterns(self) -> tuple[str, ...]:
        """The patterns of a column that states several fields."""
        return (self.pattern,) if isinstance(self.pattern, str) else self.pattern

    def parts(self) -> tuple[Column, ...]:
        """Return the column, or one for each field where it states several.

        Raises:
            ValueError: a pattern of it is none, which a profile that was loaded never has.
        """
        if not self.patterns:
            return (self,)
        names = dict.fromkeys(n for text in self.patterns for n in parse_pattern(text).fields)
        return tuple(msgspec.structs.replace(self, field=name) for name in names)


class PartnerBlock(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Columns of a table of projects that state partners.

    With a ``separator`` each cell holds a list, and the entries at one position make a partner; so
    do the arrays of a JSON object. With ``{n}`` in the headers there is a partner for each number.
    Otherwise the row states one partner. ``role`` is that of partners for whom no column states it,
    and ``constants`` are fields that have the same value in all of them.
    """

    columns: tuple[Column, ...]
    separator: str | None = None
    role: str = "partner"
    constants: Mapping[str, str] = {}


class TableLayout(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table: what its rows are, and its columns.

    A table of partners may state the projects too, the same in each of their rows; with
    ``fill_down`` only in the first of them. ``sheet`` are names of the sheet, where a workbook has
    others like it. Rows with a word of ``skip`` in one of its columns are no records, such as
    totals.
    """

    holds: Holds
    columns: tuple[Column, ...]
    partners: tuple[PartnerBlock, ...] = ()
    sheet: tuple[str, ...] = ()
    fill_down: bool = False
    skip: Mapping[str, tuple[str, ...]] = {}

    def all_columns(self) -> Iterator[Column]:
        """Yield the columns of the table, those of its partners after the others."""
        yield from self.columns
        for block in self.partners:
            yield from block.columns


class Key(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The fields that make the id of a project together, in a layout that states none."""

    project_id: tuple[str, ...]


class TableProfile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A layout of tables.

    A file is recognised by the columns of a layout; with ``is_loose`` most of them can be missing.
    ``partner_list`` says whether a project is stated with all of its partners, and ``partner_ids``
    whether their ids are whole or begin anew in each project; then the project's id is put before
    them. ``constants`` are the fields that have the same value in every record; ``encoding`` is
    that of its text files and ``delimiter`` what parts their cells, where their bytes do not tell.
    """

    name: str
    title: str
    description: str = ""
    source: str = ""
    is_loose: bool = False
    encoding: str | None = None
    delimiter: str | None = None
    partner_list: Literal["complete", "partial"] = "complete"
    partner_ids: Literal["whole", "local"] = "whole"
    values: ValueStyle = ValueStyle()
    constants: Mapping[str, str] = {}
    key: Key | None = None
    tables: tuple[TableLayout, ...]

    def table(self, holds: Holds) -> TableLayout | None:
        """Return the table of projects or of partners, or None where the layout has none."""
        return next((table for table in self.tables if table.holds == holds), None)

    @property
    def is_joined(self) -> bool:
        """Whether projects and partners stand in two tables, which are read together."""
        return len(self.tables) == 2


class TextProfile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A layout of lines: its name, its headings, its value style, its lines in order."""

    name: str
    title: str
    project_heading: str
    partner_heading: str
    comment: str
    values: ValueStyle
    columns: tuple[Column, ...]
