"""What a build did: counts, what was held back, and the manifest that keeps them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kg.records import Source

if TYPE_CHECKING:
    import rdflib

    from kg.problems import Problem

__all__ = ["BuildResult", "CorrectionsCount", "InputCount", "Manifest"]


class InputCount(msgspec.Struct, frozen=True, omit_defaults=True):
    """An input file: its name in the graph, hash, size in bytes, layout and number of records.

    ``profile`` is the file of the layout where it is a profile of the user's own.
    """

    name: str
    sha256: str
    size: int
    layout: str
    records: int
    profile: Source | None = None


class CorrectionsCount(msgspec.Struct, frozen=True):
    """A corrections file: its name and hash, and how many corrections became what."""

    name: str
    sha256: str
    applied: int
    stale: int
    unused: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What ``manifest.json`` holds.

    ``passed_over`` are files in source folders that no layout reads. ``held`` counts records,
    partners and fields held back, ``problems`` the problems by code,
    ``levels`` by level, ``ledger`` the cells by file, column and outcome. ``graph`` is the SHA-256
    of ``graph.nt``. ``corrections`` is left out where none are given. ``parts`` are the files that
    the graph is parted into, each with its SHA-256, where a build on Spark wrote it; ``graph`` is
    then the hash of their list, as ``sha256sum`` prints it. Nothing in it depends on time, machine
    or number of workers. ``left_out`` are the formats that were not written.
    """

    version: str
    base: str
    engine: str
    licence: str | None
    inputs: list[InputCount]
    passed_over: list[str]
    records: int
    projects: int
    participations: int
    organisations: int
    triples: int
    held: dict[str, int]
    problems: dict[str, int]
    levels: dict[str, int]
    ledger: dict[str, dict[str, dict[str, int]]]
    graph: str
    corrections: CorrectionsCount | msgspec.UnsetType = msgspec.UNSET
    left_out: list[str] | msgspec.UnsetType = msgspec.UNSET
    parts: dict[str, str] | msgspec.UnsetType = msgspec.UNSET


class BuildResult(msgspec.Struct, frozen=True):
    """A finished build: its folder and what its manifest says.

    >>> result = kg.build_graph("examples", "output")  # doctest: +SKIP
    >>> result.manifest.projects                     # doctest: +SKIP
    16
    """

    output: Path
    manifest: Manifest

    def __repr__(self) -> str:
        counts = self.manifest
        held = sum(counts.held.values())
        return (
            f"BuildResult({str(self.output)!r}, projects={counts.projects}, "
            f"triples={counts.triples}, held_back={held})"
        )

    @property
    def exit_status(self) -> int:
        """0 where everything was published, 1 where something was held back."""
        return 1 if any(self.manifest.held.values()) else 0

    def graph(self) -> rdflib.Graph:
        """Return the published graph, read from its N-Triples, or those of its parts."""
        import rdflib

        parts = ["graph.nt"] if self.manifest.parts is msgspec.UNSET else self.manifest.parts
        found = rdflib.Graph()
        for name in parts:
            found.parse(self.output / name, format="nt")
        return found

    def problems(self) -> list[Problem]:
        """Return the problems that were found, in the order of the input, or of its parts."""
        from kg.problems import Problem

        files = sorted((self.output / "problems").glob("*.jsonl"))
        if self.manifest.parts is msgspec.UNSET:
            files = [self.output / "problems.jsonl"]
        lines = (line for file in files for line in file.read_bytes().splitlines())
        return [msgspec.json.decode(line, type=Problem) for line in lines]
