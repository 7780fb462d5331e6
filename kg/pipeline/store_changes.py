"""The store of a build of which little has changed: the old one, with the differences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest
from pathlib import Path

from kg.built import NTRIPLES, STORE
from kg.pipeline.reuse import Previous
from kg.store import load_store, update_store

__all__ = ["StoreChanges", "differing_lines"]

MOST_CHANGED = 300_000
"""Triples; where more have changed, the store is made anew, which takes no longer then."""


class StoreChanges:
    """Gathers what a graph has that the previous one has not, and the other way round."""

    def __init__(self, previous: Previous) -> None:
        self._previous = previous
        self._kept: set[str] = set()
        self._added: list[bytes] = []
        self._number = 0
        self._shared: int | None = None

    def keep(self, key: str) -> None:
        """Note that a project stands in both."""
        self._kept.add(key)

    def add(self, data: bytes) -> None:
        """Note the triples of a project that is new or changed, as lines."""
        if self._shared is None:
            self._number += data.count(b"\n")
            if self._number <= MOST_CHANGED:
                self._added.append(data)

    def begin_shared(self, position: int) -> None:
        """Note where in the file the projects end; what they share is compared with the old file.

        It is much, and most of it is as it was.
        """
        self._shared = position

    def write(self, folder: Path, triples: int) -> None:
        """Make the store: the old one with the changes, or a new one where they are too many."""
        store = folder / STORE
        found = self._differing(folder / NTRIPLES) if self._number <= MOST_CHANGED else None
        if found is None or not update_store(self._previous.folder / STORE, store, *found, triples):
            load_store(store, folder / NTRIPLES)

    def _differing(self, graph: Path) -> tuple[set[bytes], set[bytes]] | None:
        before = chain(
            self._lines_before(),
            _lines_from(self._previous.folder / NTRIPLES, self._previous.shared),
        )
        added = (line for data in self._added for line in data.splitlines(keepends=True))
        after = chain(added, () if self._shared is None else _lines_from(graph, self._shared))
        return differing_lines(before, after, MOST_CHANGED)

    def _lines_before(self) -> Iterator[bytes]:
        """Yield the lines of the projects of the previous graph that are not in this one."""
        for key, spans in self._previous.blocks():
            if key not in self._kept:
                yield from self._previous.read(NTRIPLES, spans[NTRIPLES]).splitlines(keepends=True)


def _lines_from(path: Path, position: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(position)
        yield from file


def differing_lines(
    before: Iterable[bytes], after: Iterable[bytes], most: int
) -> tuple[set[bytes], set[bytes]] | None:
    """Return the lines that only the first and only the second of two texts has.

    No line stands twice in a text. Most are in both and in nearly the same order, so few have to be
    held at a time. Returns None where that are more than ``most``.
    """
    removed: set[bytes] = set()
    added: set[bytes] = set()
    for old, new in zip_longest(before, after):
        if old == new:
            continue
        if old in added:
            added.remove(old)
        elif old is not None:
            removed.add(old)
        if new in removed:
            removed.remove(new)
        elif new is not None:
            added.add(new)
        if len(removed) + len(added) > most:
            return None
    return removed, added
