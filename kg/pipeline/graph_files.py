"""The graph as files: N-Triples, Turtle and JSON-LD, written side by side block by block."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol, TextIO

from kg.mapping import EMBEDDED
from kg.pipeline.census import Census
from kg.serialisation import JsonLdWriter, TurtleWriter
from kg.vocabulary import PREFIXES

__all__ = ["GraphFiles", "WrittenGraph", "write_turtle"]


class WrittenGraph(Protocol):
    """What is known of a graph that was written: the counts of its triples, and its hash."""

    @property
    def census(self) -> Census:
        """The counts of the triples."""

    @property
    def sha256(self) -> str:
        """The hash of the N-Triples."""


class GraphFiles:
    """Writes blocks of triples to ``graph.nt``, ``graph.ttl`` and ``graph.jsonld`` of a folder.

    Use as a context manager. ``census`` counts what is written; ``sha256`` is that of ``graph.nt``.
    """

    def __init__(self, folder: Path, base: str, context: Mapping[str, object]) -> None:
        self.census = Census()
        self._hash = hashlib.sha256()
        self._turtle = TurtleWriter(PREFIXES, base)
        self._jsonld = JsonLdWriter(context, EMBEDDED)
        self._nt = _create(folder / "graph.nt")
        self._ttl = _create(folder / "graph.ttl")
        self._json = _create(folder / "graph.jsonld")
        self._has_nodes = False

    def __enter__(self) -> GraphFiles:
        self._ttl.write(self._turtle.head())
        self._json.write(self._jsonld.head())
        return self

    def __exit__(self, *_: object) -> None:
        self._json.write(self._jsonld.tail())
        for file in (self._nt, self._ttl, self._json):
            file.close()

    @property
    def sha256(self) -> str:
        """The hash of the N-Triples written so far."""
        return self._hash.hexdigest()

    def write(self, lines: list[str]) -> None:
        """Write a block of triples to all files."""
        if not lines:
            return
        self.census.count(lines)
        text = "\n".join(lines) + "\n"
        self._hash.update(text.encode())
        self._nt.write(text)
        self._ttl.write(self._turtle.block(lines))
        for node in self._jsonld.block(lines):
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
