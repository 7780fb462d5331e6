"""Counts of what is in a graph, for its VoID description."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from kg.vocabulary import RDF_TYPE

__all__ = ["Census", "TermCounts", "count"]

_TYPE = f"<{RDF_TYPE}>"


class TermCounts(msgspec.Struct, frozen=True, array_like=True):
    """Entities by the term of their class, and triples by that of their property."""

    classes: dict[str, int]
    properties: dict[str, int]


def count(lines: Iterable[str]) -> TermCounts:
    """Count triples."""
    triples = [line.split(" ", 2) for line in lines]
    classes = Counter([term[:-2] for _, predicate, term in triples if predicate == _TYPE])
    return TermCounts(classes, Counter([predicate for _, predicate, _ in triples]))


class Census:
    """Adds up counts."""

    def __init__(self) -> None:
        self._classes: Counter[str] = Counter()
        self._properties: Counter[str] = Counter()

    def add(self, counts: TermCounts) -> None:
        """Add the counts of some triples."""
        for total, part in (
            (self._classes, counts.classes),
            (self._properties, counts.properties),
        ):
            for term, number in part.items():
                total[term] += number

    @property
    def counts(self) -> TermCounts:
        """What is added up, to be added to other counts."""
        return TermCounts(self._classes, self._properties)

    @property
    def triples(self) -> int:
        """The number of triples."""
        return self._properties.total()

    @property
    def classes(self) -> Counter[str]:
        """The number of entities by the IRI of their class."""
        return Counter({term[1:-1]: number for term, number in self._classes.items()})

    @property
    def properties(self) -> Counter[str]:
        """The number of triples by the IRI of their property."""
        return Counter({term[1:-1]: number for term, number in self._properties.items()})
