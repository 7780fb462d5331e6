"""A build whose graph is one file, checked against what its manifest says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from kg import iris
from kg.built.files import NTRIPLES
from kg.built.integrity import check_content, other_graph
from kg.built.manifest import FOLDER_REMEDY, read_graph_facts
from kg.built.parts import refuse_parts
from kg.built.sections import sections_of
from kg.fingerprint import Fingerprint
from kg.problems import InputError

__all__ = ["Build", "read_build"]

_LOADERS = "Load them with the loader of your store, see docs/spark.md; or build without Spark."


class Build(msgspec.Struct, frozen=True):
    """A build: its graph file, base IRI, and what the manifest says of the graph."""

    graph: Path
    base: str
    triples: int
    sha256: str

    @property
    def dataset(self) -> str:
        """The IRI of the data set, which names its graph in a store."""
        return iris.mint(self.base, iris.DATASET)

    def records(self) -> Iterator[bytes]:
        """Yield the lines of each project, and of each thing that projects share, in one piece."""
        with self.graph.open("rb") as lines:
            for section in sections_of(lines, self.base):
                yield b"".join(section.lines)

    def fingerprint(self) -> Fingerprint:
        """Return the fingerprint of the graph.

        Raises:
            InputError: the file is not the one that the build wrote.
        """
        found = Fingerprint()
        with self.graph.open("rb") as lines:
            # what is damaged may be no text at all; nothing is decoded before that is known
            check_content(lines, self.sha256, self.graph)
            lines.seek(0)
            for line in lines:
                found.add(line[:-1].decode())
        if found.count != self.triples:
            raise other_graph(self.graph)
        return found


def read_build(folder: Path, remedy: str = FOLDER_REMEDY, in_parts: str = _LOADERS) -> Build:
    """Return the build in a folder.

    Args:
        folder: where it is.
        remedy: what is told where there is none.
        in_parts: what is told where its graph is in parts.

    Raises:
        InputError: there is none, or its graph is missing or in parts.
    """
    refuse_parts(folder, in_parts)
    facts = read_graph_facts(folder, remedy)
    graph = folder / NTRIPLES
    if not graph.is_file():
        raise InputError(f"There is no {NTRIPLES} in the folder.", place=str(folder), remedy=remedy)
    return Build(graph, facts.base, facts.triples, facts.graph)
