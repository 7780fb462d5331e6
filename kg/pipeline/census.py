"""Counts of what is in a graph, for its VoID description."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.terms import split_line
from kg.vocabulary import RDF_TYPE

__all__ = ["Census"]

_TYPE = f"<{RDF_TYPE}>"


class Census:
    """Counts triples, and entities by class and triples by property."""

    def __init__(self) -> None:
        self.triples = 0
        self.classes: Counter[str] = Counter()
        self.properties: Counter[str] = Counter()

    def count(self, lines: Iterable[str]) -> None:
        """Count triples."""
        for line in lines:
            _, predicate, term = split_line(line)
            self.triples += 1
            self.properties[predicate[1:-1]] += 1
            if predicate == _TYPE:
                self.classes[term[1:-1]] += 1

    def add(self, other: Census) -> None:
        """Take in the counts of other triples."""
        self.triples += other.triples
        self.classes.update(other.classes)
        self.properties.update(other.properties)
