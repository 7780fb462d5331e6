"""A drafted profile, before it is written: what is guessed of a layout, with the reasons."""

from __future__ import annotations

import msgspec

from kg.sources.fields import Holds
from kg.sources.inspection.facts import TableFacts
from kg.sources.layouts.patterns import parse_pattern

__all__ = ["Draft", "DraftBlock", "DraftColumn", "DraftTable"]


class DraftColumn(msgspec.Struct):
    """A column, or numbered columns of one kind: the field that it seems to state, and why.

    ``positions`` are those of the table's columns, from 0. ``remarks`` are for the reader of the
    draft. ``is_personal`` says that no value of it may be shown.
    """

    header: str
    positions: tuple[int, ...]
    field: str | None = None
    patterns: list[str] = msgspec.field(default_factory=list)
    ignore: str | None = None
    reason: str = ""
    remarks: list[str] = msgspec.field(default_factory=list)
    style: dict[str, str] = msgspec.field(default_factory=dict)
    words: dict[str, str] = msgspec.field(default_factory=dict)
    is_personal: bool = False
    is_required: bool = False
    language: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it states: one, several by its patterns, or none."""
        if self.patterns:
            named = (name for text in self.patterns for name in parse_pattern(text).fields)
            return tuple(dict.fromkeys(named))
        return () if self.field is None else (self.field,)


class DraftBlock(msgspec.Struct):
    """Columns that state partners, and how."""

    columns: list[DraftColumn]
    reason: str
    separator: str | None = None
    role: str = "partner"


class DraftTable(msgspec.Struct):
    """A table, and what its rows seem to be; ``sheets`` are named where there are other ones."""

    facts: TableFacts
    holds: Holds
    columns: list[DraftColumn]
    reason: str
    blocks: list[DraftBlock] = msgspec.field(default_factory=list)
    sheets: list[str] = msgspec.field(default_factory=list)
    fill_down: bool = False
    skip: dict[str, list[str]] = msgspec.field(default_factory=dict)
    remarks: list[str] = msgspec.field(default_factory=list)

    def all_columns(self) -> list[DraftColumn]:
        """Return the columns of the table and of its blocks."""
        return [*self.columns, *(c for block in self.blocks for c in block.columns)]


class Draft(msgspec.Struct):
    """A profile that is guessed. ``values`` gives for a key of ``[values]`` what it is, and why.

    ``local_ids_reason`` says why the ids of partners begin anew in each project, where they do.
    """

    name: str
    title: str
    tables: list[DraftTable]
    is_complete: bool = True
    partial_reason: str = ""
    local_ids_reason: str = ""
    key: list[str] = msgspec.field(default_factory=list)
    key_reason: str = ""
    values: dict[str, tuple[str, str]] = msgspec.field(default_factory=dict)
    constants: dict[str, tuple[str, str]] = msgspec.field(default_factory=dict)
    remarks: list[str] = msgspec.field(default_factory=list)

    @property
    def fields(self) -> set[str]:
        """The fields that some column states."""
        return {f for table in self.tables for c in table.all_columns() for f in c.fields}
