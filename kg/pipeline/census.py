"""Counts of what is in a graph, for its VoID description."""

from __future__ import annotations

from collections import Counter

from kg.terms import Subjects
from kg.vocabulary import RDF_TYPE

__all__ = ["Census"]

_TYPE = f"<{RDF_TYPE}>"


class Census:
    """Counts triples, and entities by class and triples by property."""

    def __init__(self) -> None:
        self._classes: Counter[str] = Counter()
        self._properties: Counter[str] = Counter()

    def count(self, subjects: Subjects) -> None:
        """Count triples, grouped by subject and predicate."""
        for predicates in subjects.values():
            for predicate, terms in predicates.items():
                self._properties[predicate] += len(terms)
            self._classes.update(predicates.get(_TYPE, ()))

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
