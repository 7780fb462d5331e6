"""The graph in the folder of a build: one file of N-Triples, or parts, as Spark writes it."""

from __future__ import annotations

from pathlib import Path

from kg.built.files import NTRIPLES, PARTED
from kg.problems import InputError

__all__ = ["graph_files", "parts_of", "refuse_parts"]


def parts_of(folder: Path) -> list[Path]:
    """Return the parts of the graph of a build, projects before what they share.

    There are none where the graph is in one file.
    """
    return sorted((folder / PARTED[NTRIPLES]).glob("*.nt"))


def graph_files(folder: Path) -> list[Path]:
    """Return the files of N-Triples that together are the graph of a build.

    Raises:
        InputError: the folder holds none.
    """
    files = parts_of(folder) or [folder / NTRIPLES]
    if not files[0].is_file():
        raise InputError(
            f"The folder holds no {NTRIPLES}.",
            place=str(folder),
            remedy="Name the output folder of `kg build`, or an RDF file.",
        )
    return files


def refuse_parts(folder: Path, remedy: str) -> None:
    """Refuse a build in parts where only one file will do.

    Raises:
        InputError: the folder holds such a build.
    """
    if parts_of(folder):
        raise InputError(
            "The build is one on Spark: its graph is in parts.",
            place=str(folder / PARTED[NTRIPLES]),
            remedy=remedy,
        )
