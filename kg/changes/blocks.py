"""Graphs as blocks: the triples of each project, then those of each thing that projects share.

Two graphs are compared block by block, so blocks come in one order whatever the file: by key. The
key of a project is ``0`` and its IRI, that of anything else ``1`` and its IRI.

``graph.nt`` of a build has its projects in that order already and is read straight through; what
is shared follows them and is sorted. Any other file is sorted whole, on disk where it is large.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from kg import iris
from kg.built import Build, read_build, sections_of
from kg.changes.sorting import Sorter
from kg.mapping import EMBEDDED
from kg.problems import InputError, shorten
from kg.rdf import by_extension, iterate_rdf
from kg.terms import canonical_escapes, iri, split_line
from kg.vocabulary import INTERREG, RDF_TYPE

__all__ = ["SHARED", "GraphState", "Reader", "TripleBlock", "open_graph"]

PIECE = 1024 * 1024
PROJECT, SHARED = b"0", b"1"
FORMATS = ("ntriples", "turtle")


class GraphState(msgspec.Struct, frozen=True):
    """What identifies a graph: number of triples, and the SHA-256 of the file they stand in.

    For a build this is the file ``graph.nt``, and ``base`` that of its IRIs.
    """

    triples: int
    sha256: str
    base: str | None = None


class TripleBlock(NamedTuple):
    """A key and the triples that belong to it, as lines of N-Triples without line ends."""

    key: bytes
    lines: list[bytes]


class Reader:
    """Reads a graph once, block by block; ``state`` is known afterwards."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.size = path.stat().st_size
        self.done = 0
        self._digest = hashlib.sha256()
        self._triples = 0
        self._base: str | None = None

    @property
    def state(self) -> GraphState:
        """What was read."""
        return GraphState(self._triples, self._digest.hexdigest(), self._base)

    def blocks(self) -> Iterator[TripleBlock]:
        """Yield the blocks in the order of their keys.

        Raises:
            InputError: the file is not what it should be.
        """
        with self._path.open("rb") as file:
            while piece := file.read(PIECE):
                self._digest.update(piece)
        for block in self._blocks():
            self._triples += len(block.lines)
            yield block

    def _blocks(self) -> Iterator[TripleBlock]:
        raise NotImplementedError


def open_graph(path: Path) -> Reader:
    """Return a reader of a build's folder, or of a file of N-Triples or Turtle.

    Raises:
        InputError: there is no such graph, the format is another, or it is in parts.
    """
    remedy = "Name the folder of a build, or a file .nt or .ttl."
    try:
        if path.is_dir():
            in_parts = f"Put them together, and name that file: cat {path}/graph/*.nt > graph.nt"
            return _BuildReader(read_build(path, remedy, in_parts))
        fmt = by_extension(path)
        if path.exists() and (fmt is None or fmt.name not in FORMATS):
            raise InputError(
                "Only builds and files of N-Triples or Turtle can be compared.",
                place=str(path),
                remedy=remedy,
            )
        return _FileReader(path)
    except FileNotFoundError as error:
        raise InputError(
            "There is no such file or folder.", place=str(path), remedy=remedy
        ) from error
    except OSError as error:
        raise InputError(f"It cannot be read: {error.strerror}.", place=str(path)) from error


class _BuildReader(Reader):
    """Reads ``graph.nt`` of a build as it was written, and checks it against the manifest."""

    def __init__(self, build: Build) -> None:
        super().__init__(build.graph)
        self._build = build
        self._base = build.base

    def _blocks(self) -> Iterator[TripleBlock]:
        if self._digest.hexdigest() != self._build.sha256:
            raise InputError(
                "The file is not the one that the manifest beside it describes.",
                place=str(self._path),
                remedy="Build again; or compare the files themselves, as OLD/graph.nt.",
            )
        with Sorter() as shared:
            yield from self._projects(shared.add)
            yield from _grouped(shared)

    def _projects(self, add_shared: Callable[[bytes], None]) -> Iterator[TripleBlock]:
        base = self._build.base
        partners = f"{base}{iris.prefix(iris.PARTICIPATION)}".encode()
        key = b""
        is_past = False
        for section in sections_of(self._lines(), base):
            if section.is_project:
                before, key = key, PROJECT + section.iri
                if is_past or key <= before:
                    self._refuse_order()
                yield TripleBlock(key, section.lines)
                continue
            if section.iri.startswith(partners):
                self._refuse_order()
            is_past = bool(key)
            for line in section.lines:
                add_shared(b"%b%b\t%b" % (SHARED, section.iri, line))

    def _refuse_order(self) -> None:
        raise InputError(
            "The statements are not in the order of a build.",
            place=str(self._path),
            remedy="Build again; or compare the files themselves, as OLD/graph.nt.",
        )

    def _lines(self) -> Iterator[bytes]:
        rest = b""
        with self._path.open("rb") as file:
            while piece := file.read(PIECE):
                self.done += len(piece)
                *lines, rest = (rest + piece).split(b"\n")
                yield from lines
        if rest:
            yield rest


class _FileReader(Reader):
    """Reads a file in any order: notes what hangs on what, then sorts the lines by owner."""

    def _blocks(self) -> Iterator[TripleBlock]:
        with tempfile.TemporaryFile() as spool, Sorter() as lines:
            owners = _Owners()
            spool.writelines(f"{line}\n".encode() for line in owners.note(self._statements()))
            spool.seek(0)
            for line in spool:
                lines.add(owners.key(line) + b"\t" + line[:-1])
            yield from _grouped(lines)

    def _statements(self) -> Iterator[str]:
        for number, line in enumerate(iterate_rdf(self._path)):
            if line.startswith("_:") or (" _:" in line and split_line(line)[2].startswith("_:")):
                raise InputError(
                    f"The file has blank nodes, which cannot be compared: {shorten(line)}",
                    place=str(self._path),
                    remedy="Give them IRIs; a build never has any.",
                )
            if number % 4096 == 0:  # a line of Turtle is shorter; near enough for a progress bar
                self.done = min(self.size, self.done + 4096 * 150)
            yield _respelled(line) if "\\" in line else line
        self.done = self.size


def _respelled(line: str) -> str:
    """Return a line with the escapes that a build writes, and no more."""
    subject, predicate, term = split_line(line)
    return f"{subject} {predicate} {canonical_escapes(term)} ."


class _Owners:
    """Knows which project a resource belongs to: by the links that a nested form embeds."""

    def __init__(self) -> None:
        self._embedded = {iri(predicate) for predicate in EMBEDDED}
        self._parents: dict[bytes, bytes] = {}
        self._projects: set[bytes] = set()

    def note(self, lines: Iterable[str]) -> Iterator[str]:
        """Pass lines on, keeping what they say of owners."""
        type_, project = iri(RDF_TYPE), iri(INTERREG.Project)
        for line in lines:
            subject, predicate, term = split_line(line)
            if predicate in self._embedded:
                child, parent = term.encode(), subject.encode()
                self._parents[child] = min(parent, self._parents.get(child, parent))
            elif predicate == type_ and term == project:
                self._projects.add(subject.encode())
            yield line

    def key(self, line: bytes) -> bytes:
        """Return the key of the block that a line belongs to."""
        subject = line[: line.index(b">") + 1]
        owner: bytes | None = subject
        for _ in range(4):  # deeper nesting there is none
            if owner is None or owner in self._projects:
                break
            owner = self._parents.get(owner)
        if owner in self._projects and owner is not None:
            return PROJECT + owner[1:-1]
        return SHARED + subject[1:-1]


def _grouped(entries: Iterable[bytes]) -> Iterator[TripleBlock]:
    """Yield blocks from sorted entries of key, tab and line."""
    key: bytes | None = None
    lines: list[bytes] = []
    for entry in entries:
        owner, _, line = entry.partition(b"\t")
        if owner != key:
            if key is not None:
                yield TripleBlock(key, lines)
            key, lines = owner, []
        lines.append(line)
    if key is not None:
        yield TripleBlock(key, lines)
