"""The graph as files and as a store, written side by side block by block."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

from kg.built import JSONLD, NTRIPLES, STORE, TURTLE
from kg.mapping import EMBEDDED
from kg.pipeline.reuse import Previous, Span, Spans
from kg.problems import Bug
from kg.serialisation import JsonLdWriter, TurtleWriter
from kg.store import StoreWriter, load_store, update_store
from kg.terms import from_ntriples, group
from kg.vocabulary import PREFIXES

__all__ = ["GraphFiles", "write_turtle"]

MOST_CHANGED = 300_000
"""Triples; where more have changed, the store is made anew, which takes no longer then."""


class GraphFiles:
    """Writes blocks of triples to ``graph.nt`` of a folder, and to its other forms.

    ``forms`` are those of ``ttl``, ``jsonld`` and ``store`` that are wanted. From ``previous``
    blocks can be copied that did not change. Use as a context manager.
    """

    def __init__(
        self,
        folder: Path,
        base: str,
        context: Mapping[str, object],
        forms: Collection[str],
        previous: Previous | None = None,
    ) -> None:
        self._triples = 0
        self._folder = folder
        self._previous = previous
        self._turtle = TurtleWriter(PREFIXES, base)
        self._jsonld = JsonLdWriter(context, EMBEDDED)
        names = {"ttl": TURTLE, "jsonld": JSONLD}
        self._names = [NTRIPLES, *(name for form, name in names.items() if form in forms)]
        self._files: dict[str, _File] = {}
        self._open = ExitStack()
        self._store: StoreWriter | None = None
        self._changes: _Changes | None = None
        if "store" in forms:
            if previous is not None and previous.has_store:
                self._changes = _Changes(previous)
            else:
                self._store = StoreWriter(folder / STORE)

    def __enter__(self) -> GraphFiles:
        with ExitStack() as opening:
            for name in self._names:
                self._files[name] = opening.enter_context(_File(self._folder / name))
            if self._store is not None:
                opening.enter_context(self._store)
            self._open = opening.pop_all()
        self._put(TURTLE, self._turtle.head())
        self._put(JSONLD, self._jsonld.head())
        return self

    def __exit__(self, *error: object) -> None:
        try:
            if error[0] is None:
                self._put(JSONLD, self._jsonld.tail())
        finally:
            self._open.__exit__(*error)  # type: ignore[arg-type]
        if error[0] is None and self._changes is not None:
            self._changes.write(self._folder, self._triples)

    @property
    def sha256(self) -> dict[str, str]:
        """The hashes of the files by their names."""
        return {name: file.sha256 for name, file in self._files.items()}

    @property
    def position(self) -> int:
        """The number of bytes of N-Triples that are written."""
        return self._files[NTRIPLES].position

    def write(self, data: bytes) -> Spans:
        """Write a block of triples, as lines, to all files."""
        if self._store is not None:
            self._store.add(data)
        if self._changes is not None:
            self._changes.add(data)
        self._triples += data.count(b"\n")
        spans = {NTRIPLES: self._files[NTRIPLES].write(data)}
        if len(self._files) == 1:
            return spans
        subjects = group(from_ntriples(data))
        if TURTLE in self._files:
            spans[TURTLE] = self._put(TURTLE, self._turtle.paragraphs(subjects))
        if JSONLD in self._files:
            spans[JSONLD] = self._put_nodes(",\n".join(self._jsonld.nodes(subjects)).encode())
        return spans

    def copy(self, key: str) -> Spans:
        """Write the block of a project as the previous build did."""
        if self._previous is None:
            raise Bug(f"The text of {key} is of a previous build, and there is none.")
        spans = self._previous.spans(key)
        texts = {name: self._previous.read(name, span) for name, span in spans.items()}
        if self._store is not None:
            self._store.add(texts[NTRIPLES])
        if self._changes is not None:
            self._changes.keep(key)
        self._triples += texts[NTRIPLES].count(b"\n")
        return {
            name: self._put_nodes(text) if name == JSONLD else self._files[name].write(text)
            for name, text in texts.items()
        }

    def _put(self, name: str, text: str) -> Span:
        return self._files[name].write(text.encode()) if name in self._files else (0, 0)

    def _put_nodes(self, nodes: bytes) -> Span:
        if nodes:
            file = self._files[JSONLD]
            file.write(b",\n" if file.has_nodes else b"\n")
            file.has_nodes = True
        return self._files[JSONLD].write(nodes)


class _File:
    """A file that is written: its position and hash."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._hash = hashlib.sha256()
        self.position = 0
        self.has_nodes = False

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def write(self, data: bytes) -> Span:
        start = self.position
        self._file.write(data)
        self._hash.update(data)
        self.position += len(data)
        return start, len(data)


class _Changes:
    """What a graph has that the previous one has not, and the other way round."""

    def __init__(self, previous: Previous) -> None:
        self._previous = previous
        self._kept: set[str] = set()
        self._added: list[bytes] = []
        self._number = 0

    def keep(self, key: str) -> None:
        self._kept.add(key)

    def add(self, data: bytes) -> None:
        self._number += data.count(b"\n")
        if self._number <= MOST_CHANGED:
            self._added.append(data)

    def write(self, folder: Path, triples: int) -> None:
        """Make the store: the old one with the changes, or a new one where they are too many."""
        store = folder / STORE
        lines = self._lines() if self._number <= MOST_CHANGED else None
        if lines is None or not update_store(self._previous.folder / STORE, store, *lines, triples):
            load_store(store, folder / NTRIPLES)

    def _lines(self) -> tuple[set[bytes], set[bytes]] | None:
        added = {line for data in self._added for line in data.split(b"\n") if line}
        removed: set[bytes] = set()
        size = (self._previous.folder / NTRIPLES).stat().st_size - self._previous.shared
        spans = [(self._previous.shared, size)]
        spans += [b[NTRIPLES] for key, b in self._previous.blocks() if key not in self._kept]
        for span in spans:
            for line in self._previous.read(NTRIPLES, span).split(b"\n"):
                if line and len(removed) <= MOST_CHANGED:
                    removed.add(line)
        if len(removed) > MOST_CHANGED:
            return None
        return removed - added, added - removed


def write_turtle(
    path: Path, blocks: Iterable[list[str]], prefixes: Mapping[str, str], base: str
) -> None:
    """Write blocks of triples as one Turtle file."""
    writer = TurtleWriter(prefixes, base)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(writer.head())
        for lines in blocks:
            file.write(writer.block(lines))
