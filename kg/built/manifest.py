"""The manifest of a build: what it read, what became of it, and the hash of its graph."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from kg.built.files import MANIFEST
from kg.problems import InputError
from kg.records import Source
from kg.settings import DEFAULT_BASE

__all__ = [
    "FOLDER_REMEDY",
    "CorrectionsCount",
    "GraphFacts",
    "InputCount",
    "Manifest",
    "data_base",
    "read_graph_facts",
    "read_manifest",
]

FOLDER_REMEDY = "Name the output folder of `kg build`."


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
    or number of workers. The number of partitions, which changes ``parts``, follows from the size
    of the input unless the caller states it. ``left_out`` are the formats that were not written.
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


class GraphFacts(msgspec.Struct, frozen=True):
    """What the manifest of any version says of the graph: the base of its IRIs, size and hash.

    ``parts`` are as in ``Manifest``.
    """

    base: str
    triples: int
    graph: str
    parts: dict[str, str] | msgspec.UnsetType = msgspec.UNSET


def read_manifest(folder: Path, remedy: str = FOLDER_REMEDY) -> Manifest:
    """Return the manifest of a build of this version; ``remedy`` is told where there is none.

    Raises:
        InputError: the folder has no manifest, or not that of a build.
    """
    return _read(folder, Manifest, remedy)


def read_graph_facts(folder: Path, remedy: str = FOLDER_REMEDY) -> GraphFacts:
    """Return what the manifest of a build says of its graph; ``remedy`` is as above.

    Raises:
        InputError: the folder has no manifest, or not that of a build.
    """
    return _read(folder, GraphFacts, remedy)


def data_base(on: object) -> str:
    """Return the IRI below which the data of a build has its IRIs; else the default."""
    if isinstance(on, (str, Path)):
        try:
            return _read(Path(on), _Base, "").base
        except InputError:
            pass
    return DEFAULT_BASE


class _Base(msgspec.Struct):
    base: str


_Stated = TypeVar("_Stated", Manifest, GraphFacts, _Base)


def _read(folder: Path, kind: type[_Stated], remedy: str) -> _Stated:
    path = folder / MANIFEST
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (FileNotFoundError, NotADirectoryError) as error:
        is_folder = folder.is_dir()
        raise InputError(
            f"There is no {MANIFEST} in the folder." if is_folder else "There is no such folder.",
            place=str(folder),
            remedy=remedy,
        ) from error
    except OSError as error:
        raise InputError(f"It cannot be read: {error.strerror}.", place=str(path)) from error
    # a text that is no UTF-8 is a plain ValueError
    except ValueError as error:
        raise InputError(
            f"The manifest is not that of a build: {error}.",
            place=str(path),
            remedy="Build again.",
        ) from error
