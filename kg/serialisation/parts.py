"""A graph in parts, as a build on Spark writes it: files of N-Triples in a folder."""

from __future__ import annotations

from pathlib import Path

from kg.problems import InputError

__all__ = ["parts_of", "refuse_parts"]

FOLDER = "graph"


def parts_of(folder: Path) -> list[Path]:
    """Return the parts of the graph of a build, projects before what they share.

    There are none where the graph is in one file.
    """
    return sorted((folder / FOLDER).glob("*.nt"))


def refuse_parts(folder: Path, remedy: str) -> None:
    """Refuse a build in parts where only one file will do.

    Raises:
        InputError: the folder holds such a build.
    """
    if parts_of(folder):
        raise InputError(
            "The build is one on Spark: its graph is in parts.",
            place=str(folder / FOLDER),
            remedy=remedy,
        )
