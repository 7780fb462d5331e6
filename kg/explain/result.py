"""What an explanation holds."""

from __future__ import annotations

import msgspec

from kg.sources.rules import StatedCell

__all__ = ["CheckedInput", "Explanation", "Mention", "Statement"]


class CheckedInput(msgspec.Struct, frozen=True):
    """An input that was read again: its name in the graph, where it was found, its hash."""

    name: str
    path: str
    sha256: str


class Mention(msgspec.Struct, frozen=True):
    """A record that states something of a resource which others mention too: its IRI and cells."""

    record: str
    cells: tuple[StatedCell, ...]


class Statement(msgspec.Struct, frozen=True, omit_defaults=True):
    """A statement of the graph: its predicate and object, and how they came about.

    ``object`` is a term as N-Triples writes it. ``cells`` are what the rule was applied to; of a
    resource that several records mention, ``stated_by`` are the records that state it.
    """

    predicate: str
    object: str
    rule: str
    cells: tuple[StatedCell, ...] = ()
    stated_by: tuple[Mention, ...] = ()


class Explanation(msgspec.Struct, frozen=True):
    """The statements about a resource, each with its cells and its rule.

    ``mentions`` is the number of records that mention it, where it belongs to no single project.
    """

    iri: str
    base: str
    inputs: tuple[CheckedInput, ...]
    statements: tuple[Statement, ...]
    mentions: int | None = None
