"""What a build did."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kg.built import PARTED, PROBLEMS, Manifest, graph_files

if TYPE_CHECKING:
    import rdflib

    from kg.problems import Problem

__all__ = ["BuildResult"]


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

        found = rdflib.Graph()
        for path in graph_files(self.output):
            found.parse(path, format="nt")
        return found

    def problems(self) -> list[Problem]:
        """Return the problems that were found, in the order of the input, or of its parts."""
        from kg.problems import Problem

        files = [self.output / PROBLEMS]
        if self.manifest.parts is not msgspec.UNSET:
            files = sorted((self.output / PARTED[PROBLEMS]).glob("*.jsonl"))
        lines = (line for file in files for line in file.read_bytes().splitlines())
        return [msgspec.json.decode(line, type=Problem) for line in lines]
