"""The graph as files and as a store, written side by side block by block."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from kg.mapping import EMBEDDED
from kg.pipeline.census import Census
from kg.serialisation import JsonLdWriter, TurtleWriter
from kg.store import StoreWriter
from kg.terms import group
from kg.vocabulary import PREFIXES

__all__ = ["GraphFiles", "write_turtle"]


class GraphFiles:
    """Writes blocks of triples to ``graph.nt`` of a folder, and to its other forms.

    ``forms`` are those of ``ttl``, ``jsonld`` and ``store`` that are wanted. Use as a context
    manager. ``census`` counts what is written; ``sha256`` is that of ``graph.nt``.
    """

    def __init__(
        self, folder: Path, base: str, context: Mapping[str, object], forms: Collection[str]
    ) -> None:
        self.census = Census()
        self._folder = folder
        self._forms = forms
        self._hash = hashlib.sha256()
        self._turtle = TurtleWriter(PREFIXES, base)
        self._jsonld = JsonLdWriter(context, EMBEDDED)
        self._open = ExitStack()
        self._ttl: TextIO | None = None
        self._json: TextIO | None = None
        self._store: StoreWriter | None = None
        self._has_nodes = False

    def __enter__(self) -> GraphFiles:
        enter = self._open.enter_context
        try:
            self._nt = enter((self._folder / "graph.nt").open("wb"))
            if "ttl" in self._forms:
                self._ttl = enter(_create(self._folder / "graph.ttl"))
                self._ttl.write(self._turtle.head())
            if "jsonld" in self._forms:
                self._json = enter(_create(self._folder / "graph.jsonld"))
                self._json.write(self._jsonld.head())
            if "store" in self._forms:
                self._store = enter(StoreWriter(self._folder / "store"))
        except BaseException:
            self._open.close()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        if self._json is not None:
            self._json.write(self._jsonld.tail())
        self._open.__exit__(*error)  # type: ignore[arg-type]

    @property
    def sha256(self) -> str:
        """The hash of the N-Triples written so far."""
        return self._hash.hexdigest()

    def write(self, lines: list[str]) -> None:
        """Write a block of triples to all files."""
        if not lines:
            return
        data = ("\n".join(lines) + "\n").encode()
        self._hash.update(data)
        self._nt.write(data)
        if self._store is not None:
            self._store.add(data)
        subjects = group(lines)
        self.census.count(subjects)
        if self._ttl is not None:
            self._ttl.write(self._turtle.paragraphs(subjects))
        if self._json is not None:
            for node in self._jsonld.nodes(subjects):
                self._json.write(",\n" if self._has_nodes else "\n")
                self._json.write(node)
                self._has_nodes = True


def write_turtle(
    path: Path, blocks: Iterable[list[str]], prefixes: Mapping[str, str], base: str
) -> None:
    """Write blocks of triples as one Turtle file."""
    writer = TurtleWriter(prefixes, base)
    with _create(path) as file:
        file.write(writer.head())
        for lines in blocks:
            file.write(writer.block(lines))


def _create(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="\n")
