"""A build's graph as what is sent: records, and chunks of records.

``graph.nt`` holds project after project, each with all that hangs on it, and then what several
share. A *record* is one project with its lines, or one shared resource. A chunk is made of whole
records.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from kg.fingerprint import Fingerprint
from kg.problems import InputError
from kg.serialisation import refuse_parts

__all__ = ["Build", "chunks_of", "read_build", "records_of"]

Record = bytes
"""Lines of N-Triples that are sent together, each with its line end."""

_PROJECT = b"project/"
_INSIDE = (b"project/", b"participation/")


class Build(msgspec.Struct, frozen=True):
    """A build that can be sent: its graph file, base IRI, and what the manifest says of it."""

    graph: Path
    base: str
    triples: int
    sha256: str

    @property
    def dataset(self) -> str:
        """The IRI of the data set, which names its graph in a store."""
        return f"{self.base}dataset"

    def records(self) -> Iterator[Record]:
        """Yield the records of the graph, in its order."""
        with self.graph.open("rb") as lines:
            yield from records_of(lines, self.base)

    def fingerprint(self) -> Fingerprint:
        """Return the fingerprint of the graph.

        Raises:
            InputError: the file is not the one that the build wrote.
        """
        found = Fingerprint()
        read = hashlib.sha256()
        with self.graph.open("rb") as lines:
            for line in lines:
                read.update(line)
                found.add(line[:-1].decode())
        if read.hexdigest() != self.sha256 or found.count != self.triples:
            raise InputError(
                "The graph is not the one that the manifest describes.",
                place=str(self.graph),
                remedy="Build again: the file was changed, or not copied in full.",
            )
        return found


class _Manifest(msgspec.Struct):
    base: str
    triples: int
    graph: str


def read_build(folder: Path) -> Build:
    """Return the build in a folder.

    Raises:
        InputError: there is none, or its graph is missing or in parts.
    """
    refuse_parts(
        folder,
        "Load them with the loader of your store, see docs/spark.md; or build without Spark.",
    )
    graph = folder / "graph.nt"
    try:
        manifest = msgspec.json.decode((folder / "manifest.json").read_bytes(), type=_Manifest)
        graph.stat()
    except (OSError, msgspec.DecodeError) as error:
        raise InputError(
            "The folder is not that of a build: it has no manifest.json with a graph.nt.",
            place=str(folder),
            remedy="Name the output folder of `kg build`.",
        ) from error
    return Build(graph, manifest.base, manifest.triples, manifest.graph)


def records_of(lines: Iterable[bytes], base: str) -> Iterator[Record]:
    """Yield lines of a graph as records: a project with all that hangs on it, or a resource."""
    start = b"<" + base.encode()
    inside = tuple(start + name for name in _INSIDE)
    record: list[bytes] = []
    last = b""
    for line in lines:
        subject = line.partition(b" ")[0]
        if subject != last:
            if record and (_is_project(subject, start) or not subject.startswith(inside)):
                yield b"".join(record)
                record = []
            last = subject
        record.append(line)
    if record:
        yield b"".join(record)


def chunks_of(records: Iterable[Record], size: int) -> Iterator[list[Record]]:
    """Yield records in chunks of at most ``size`` bytes; a longer record is a chunk of its own."""
    chunk: list[Record] = []
    length = 0
    for record in records:
        if chunk and length + len(record) > size:
            yield chunk
            chunk, length = [], 0
        chunk.append(record)
        length += len(record)
    if chunk:
        yield chunk


def _is_project(subject: bytes, start: bytes) -> bool:
    project = start + _PROJECT
    return subject.startswith(project) and b"/" not in subject[len(project) :]
