"""Where a graph is read: ``graph.nt`` of a build or its parts, line by line, or any RDF file.

A build writes the resources of a project behind it, and what projects share after all of them. The
triples of another file are put into that order first, in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kg.built import checked_graph_files
from kg.mapping import EMBEDDED
from kg.problems import InputError
from kg.rdf import read_rdf
from kg.terms import iri, split_line
from kg.vocabulary import INTERREG, RDF_TYPE

__all__ = ["GraphLines", "open_graph"]

Told = Callable[[int], None]
"""Is told of each part of a graph how many bytes it has."""


class GraphLines(NamedTuple):
    """A graph: its file, its size in bytes, and its triples in the order of a build.

    ``lines`` reads them anew each time. In the place of the file stands the folder of its parts.
    """

    path: Path
    size: int
    lines: Callable[[Told | None], Iterator[str]]


def open_graph(on: Path) -> GraphLines:
    """Return the graph of a build's folder, or of an RDF file.

    Raises:
        InputError: there is none, it cannot be read, or it is not the one that the manifest beside
            it describes.
    """
    if not on.is_dir():
        if not on.exists():
            raise InputError(
                "There is no such folder or file.",
                place=str(on),
                remedy="Name a build's folder or an RDF file; `kg build` makes one.",
            )
        ordered = _in_order(read_rdf(on))
        return GraphLines(on, 1, lambda _: iter(ordered))
    files = checked_graph_files(on)
    size = sum(file.stat().st_size for file in files)
    path = files[0] if len(files) == 1 else files[0].parent
    return GraphLines(path, size, lambda told: _read_lines(files, told))


def _read_lines(files: Sequence[Path], told: Told | None) -> Iterator[str]:
    for path in files:
        try:
            with path.open("rb") as file:
                for raw in file:
                    if told:
                        told(len(raw))
                    yield raw.decode().rstrip("\n")
        except UnicodeDecodeError as error:
            raise InputError("The file is not UTF-8.", place=str(path)) from error


def _in_order(lines: Sequence[str]) -> list[str]:
    """Return triples in the order of a build: projects with what they embed, then the rest."""
    about: dict[str, list[str]] = {}
    for line in dict.fromkeys(lines):
        about.setdefault(line.split(" ", 1)[0], []).append(line)
    head = f" {iri(RDF_TYPE)} {iri(INTERREG.Project)} ."
    embeds = set(map(iri, EMBEDDED))
    ordered: list[str] = []
    for subject in [term for term, said in about.items() if f"{term}{head}" in said]:
        ordered.append(f"{subject}{head}")
        waiting = [subject]
        while waiting:
            said = about.pop(waiting.pop(0), [])
            ordered += [line for line in said if not line.endswith(head)]
            found = (split_line(line) for line in said)
            waiting += [term for _, predicate, term in found if predicate in embeds]
    return ordered + [line for said in about.values() for line in said]
