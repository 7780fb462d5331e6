"""The small reference graph: the bundled roles, themes and currencies, below the data's base."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from kg.bundled import ONTOLOGY
from kg.rdf import TURTLE, parse_rdf
from kg.settings import DEFAULT_BASE
from kg.terms import parse_literal, split_line
from kg.vocabulary import SKOS

__all__ = ["SCHEMES", "Reference", "load_reference", "load_scheme"]

SCHEMES = ("roles.ttl", "themes.ttl", "currencies.ttl")
"""The files of the schemes."""
_BASE = re.compile(r"@base\s+<[^>]*>\s*\.")


class Reference(msgspec.Struct, frozen=True):
    """The concept schemes as triples, sorted, and the codes of the themes in them."""

    lines: tuple[str, ...]
    known_themes: frozenset[str]


@cache
def load_reference(base: str = DEFAULT_BASE) -> Reference:
    """Return the schemes, with the IRIs that belong to the data below ``base``."""
    lines = {line for name in SCHEMES for line in load_scheme(name, base)}
    ordered = tuple(sorted(lines))
    return Reference(ordered, frozenset(_notations(ordered)))


@cache
def load_scheme(name: str, base: str) -> frozenset[str]:
    """Return the triples of one of the schemes."""
    text = (ONTOLOGY / name).read_text(encoding="utf-8")
    rebased = _BASE.sub(f"@base <{base}> .", text)
    return frozenset(parse_rdf(rebased.encode(), TURTLE, place=name, base=base))


def _notations(lines: tuple[str, ...]) -> set[str]:
    found = set()
    for line in lines:
        _, predicate, term = split_line(line)
        literal = parse_literal(term) if predicate == f"<{SKOS.notation}>" else None
        if literal:
            found.add(literal.value)
    return found
