"""The graph of a build, compared with the hashes that its manifest has of it."""

from __future__ import annotations

import hashlib
from io import BufferedReader
from pathlib import Path

import msgspec

from kg.built.files import MANIFEST
from kg.built.manifest import read_graph_facts
from kg.built.parts import graph_files
from kg.problems import InputError

__all__ = ["check_content", "checked_graph_files", "other_graph"]


def checked_graph_files(folder: Path) -> list[Path]:
    """Return the files of the graph of a build; without a manifest they are taken as they are.

    Each is read once for its hash, before anyone takes a line of it for a statement.

    Raises:
        InputError: the folder holds no graph, or not the one that its manifest describes.
    """
    files = graph_files(folder)
    if not (folder / MANIFEST).exists():
        return files
    facts = read_graph_facts(folder)
    parts = facts.parts
    if isinstance(parts, msgspec.UnsetType):
        parts = {files[0].relative_to(folder).as_posix(): facts.graph}
    named = {file.relative_to(folder).as_posix(): file for file in files}
    if unmatched := named.keys() ^ parts.keys():
        raise other_graph(folder / min(unmatched))
    for name, file in named.items():
        with file.open("rb") as content:
            check_content(content, parts[name], file)
    return files


def check_content(content: BufferedReader, sha256: str, place: Path) -> None:
    """Compare a file, from where it stands to its end, with its hash in the manifest.

    Raises:
        InputError: it is not the one that the build wrote.
    """
    if hashlib.file_digest(content, "sha256").hexdigest() != sha256:
        raise other_graph(place)


def other_graph(place: Path) -> InputError:
    """Return what is told of a graph that is not the one that the build wrote."""
    return InputError(
        "The graph is not the one that the manifest describes.",
        place=str(place),
        remedy="Build again: the file was changed, or not copied in full.",
    )
