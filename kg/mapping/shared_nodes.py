"""What projects share, read back from a graph: codes and labels, and who is to state which.

A shared resource has one preferred label in each language, that which most records state, and the
others are alternative labels (``register.py``). A project refers to it and keeps no spelling. To
state the same again, each alternative label is given to one reference, and the preferred ones to
the rest; each comes first then as it did before, since it has more references than the others of
its language, or as many and the lower code points. Few references can be too few where one record
states two spellings; then one reference states several labels, where its field can hold them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from kg.mapping.rows import text_cells
from kg.records import Text
from kg.terms import iri, parse_literal, split_line
from kg.vocabulary import INTERREG, RDF_TYPE, SKOS

__all__ = ["CodeAndLabel", "GraphCounts", "SharedNodes", "to_text"]

_PREF, _ALT, _NOTATION = (iri(SKOS[name]) for name in ("prefLabel", "altLabel", "notation"))
_IN_SCHEME = iri(SKOS.inScheme)
_LABELS = {_PREF, _ALT, _NOTATION, _IN_SCHEME}
_TYPE = iri(RDF_TYPE)
_PROJECT = iri(INTERREG.Project)
_OF_PROJECTS = {iri(INTERREG.programme), iri(INTERREG.participation)}


class CodeAndLabel(NamedTuple):
    """The code and the label by which one record refers to a shared resource."""

    code: str | None
    label: Text | None


class GraphCounts(NamedTuple):
    """How many projects a graph has, and how many triples.

    ``untyped`` are resources, as terms, that have what only projects have, but not their class.
    """

    projects: int
    triples: int
    untyped: Collection[str]


class _Node:
    """A shared resource: its codes and labels, and how many references are still to come.

    Labels stay the preferred ones of their languages when each has been stated as often as
    ``needed`` has it; ``to_state`` are the alternative labels that no reference has stated yet.
    ``beyond`` counts those that none can state.
    """

    __slots__ = (
        "beyond", "codes", "codes_to_state", "in_scheme", "labels", "left", "needed", "preferred",
        "spare", "stated", "to_state",
    )  # fmt: skip

    def __init__(self, references: int) -> None:
        self.left = references
        self.codes: list[str] = []
        self.preferred: list[Text] = []
        self.labels: list[Text] = []
        self.in_scheme = False
        self.stated: set[Text] = set()

    def ready(self) -> None:
        """Decide what is to be stated, once all labels are known."""
        self.codes_to_state = sorted(self.codes)
        by_language: dict[str, Text] = {}
        for label in self.preferred:
            by_language.setdefault(_language(label), label)
        stated = len(self.preferred) + len(self.labels)
        self.preferred = list(by_language.values())
        self.to_state = [label for label in self.labels if _language(label) in by_language]
        # its language has no preferred label, or another one, and one of the two would become it
        self.beyond = stated - len(self.preferred) - len(self.to_state)
        if self.in_scheme:  # a build has the labels of a bundled scheme from there
            self.preferred, self.to_state, self.beyond = self.preferred[:1], [], 0
        # two references outweigh any label that one states; one is enough where it wins the tie
        twice = [label for label in self.preferred if not self._is_first(label)]
        self.needed = [*self.preferred, *twice]
        self.spare = max(0, len(self.to_state) + len(self.needed) - self.left)

    @property
    def unstated(self) -> int:
        """How many labels no reference has stated, so far."""
        return self.beyond + len(self.to_state) + len(set(self.preferred) - self.stated)

    def _is_first(self, preferred: Text) -> bool:
        language = _language(preferred)
        alike = (label for label in self.to_state if _language(label) == language)
        return all(_order(preferred) < _order(label) for label in alike)

    def take(self, room: int, *, repeats: bool) -> list[Text]:
        """Return the labels that the next reference states: one, or up to ``room``."""
        self.left -= 1
        if not self.preferred:
            return []
        room = min(room, 1 + self.spare)
        if room == 1:
            keeps = self.left >= len(self.needed)
            return [self.to_state.pop(0) if self.to_state and keeps else self._state(())]
        found: list[Text] = []
        while len(found) < room:
            if any(repeats or label not in found for label in self.needed):
                found.append(self._state(() if repeats else found))
            elif self.to_state:
                found.append(self.to_state.pop(0))
            else:
                break
        self.spare -= len(found) - 1
        return found

    def _state(self, stated: Collection[Text]) -> Text:
        """Return a preferred label that is not among those stated, one that is needed first."""
        fitting = (n for n, label in enumerate(self.needed) if label not in stated)
        n = next(fitting, None)
        label = self.preferred[0] if n is None else self.needed.pop(n)
        self.stated.add(label)
        return label


class SharedNodes:
    """Codes and labels of the resources that a graph's projects refer to.

    ``references`` are the predicates, as terms, by which they do. Made from all triples; what is
    stated of a resource is only heard after a reference to it, as graphs of a build have it.
    """

    def __init__(self, lines: Iterable[str], references: Collection[str]) -> None:
        self._nodes: dict[str, _Node] = {}
        self._count(lines, references)
        for node in self._nodes.values():
            node.ready()

    def _count(self, lines: Iterable[str], references: Collection[str]) -> None:
        nodes, labels = self._nodes, _LABELS
        counts: Counter[str] = Counter()
        triples, project, untyped = 0, "", dict[str, None]()
        for line in lines:
            triples += 1
            subject, predicate, term = split_line(line)
            if predicate in _OF_PROJECTS and subject != project:
                untyped[subject] = None
            if predicate in references:
                node = nodes.get(term)
                if node is None:
                    nodes[term] = _Node(1)
                else:
                    node.left += 1
            elif predicate in labels and subject in nodes:
                _note(nodes[subject], predicate, term)
            elif predicate == _TYPE:
                counts[term] += 1
                project = subject if term == _PROJECT else project
        self.counts = GraphCounts(counts[_PROJECT], triples, tuple(untyped))

    def entries(self, term: str, room: int = 1, *, repeats: bool = False) -> list[CodeAndLabel]:
        """Return how the next reference to a resource states it: one entry, or up to ``room``.

        With ``repeats``, a reference can state one label several times.
        """
        node = self._nodes[term]
        code = min(node.codes, default=None)
        labels = node.take(room, repeats=repeats)
        return [CodeAndLabel(code, label) for label in labels] or [CodeAndLabel(code, None)]

    def next_code(self, term: str) -> str | None:
        """Return the code by which the next reference states a resource that has many.

        The only code is stated each time; of several, each once, as nothing says whose it is.
        """
        node = self._nodes[term]
        if len(node.codes) == 1:
            return node.codes[0]
        return node.codes_to_state.pop(0) if node.codes_to_state else None

    def wanting(self, term: str) -> int:
        """Return how many labels of a resource want a place beside those that it is sure of."""
        return self._nodes[term].spare

    def labels(self) -> Iterator[tuple[str, CodeAndLabel]]:
        """Yield each resource, as a term, with its code and each of its preferred labels."""
        for term, node in self._nodes.items():
            for label in node.preferred:
                yield term, CodeAndLabel(min(node.codes, default=None), label)

    @property
    def unstated(self) -> int:
        """How many labels found no reference that could state them."""
        return sum(node.unstated for node in self._nodes.values())


def to_text(term: str) -> Text:
    """Return a literal as a text; anything else is the text that it is written as."""
    found = parse_literal(term)
    return Text(found.value, found.language) if found else Text(term)


def _note(node: _Node, predicate: str, term: str) -> None:
    text = to_text(term)
    if predicate == _IN_SCHEME:
        node.in_scheme = True
    elif predicate == _NOTATION:
        node.codes.append(text.value)
    elif predicate == _ALT:
        node.labels.append(text)
    else:
        node.preferred.append(text)
        node.preferred.sort(key=lambda text: (text.language or "", text.value))


def _language(text: Text) -> str:
    return (text.language or "").lower()


def _order(text: Text) -> tuple[str, ...]:
    """Return what labels with as many references are sorted by."""
    return tuple(cell or "" for cell in text_cells(text))
