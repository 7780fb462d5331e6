"""The graph as files and as a store, written side by side block by block."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

from kg.built import JSONLD, NTRIPLES, STORE, TURTLE
from kg.mapping import EMBEDDED
from kg.pipeline.reuse import Previous, Span, Spans
from kg.pipeline.store_changes import StoreChanges
from kg.problems import Bug
from kg.serialisation import JsonLdWriter, TurtleWriter
from kg.store import StoreWriter
from kg.terms import from_ntriples, group
from kg.vocabulary import PREFIXES

__all__ = ["GraphFiles", "write_turtle"]


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
        self._changes: StoreChanges | None = None
        if "store" in forms:
            if previous is not None and previous.has_store:
                self._changes = StoreChanges(previous)
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

    def begin_shared(self) -> int:
        """Begin with what projects share; return the number of bytes of N-Triples before it."""
        position = self._files[NTRIPLES].position
        if self._changes is not None:
            self._changes.begin_shared(position)
        return position

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


def write_turtle(
    path: Path, blocks: Iterable[list[str]], prefixes: Mapping[str, str], base: str
) -> None:
    """Write blocks of triples as one Turtle file."""
    writer = TurtleWriter(prefixes, base)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(writer.head())
        for lines in blocks:
            file.write(writer.block(lines))
