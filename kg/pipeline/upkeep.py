"""The embedded store of a build, looked after: made anew, verified, dumped, optimised."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import BinaryIO

import msgspec

from kg.built import STORE, Build, read_build, refuse_parts
from kg.fingerprint import Fingerprint
from kg.pipeline.folder import exchange, folder_beside, locked
from kg.pipeline.reuse import damaged_in_store
from kg.problems import OutputError, StoreError
from kg.store import check_unlocked, load_store, optimise, statements, write_dump

__all__ = ["Comparison", "dump_store", "optimise_store", "reload_store", "verify_store"]

_IN_PARTS = (
    "It has no store: kg query, explain and export read the parts; see docs/spark.md for the "
    "loaders of other stores."
)


class Comparison(msgspec.Struct, frozen=True):
    """A store beside the manifest: numbers of statements, and whether they are the same ones."""

    triples: int
    expected: int
    same: bool


def reload_store(folder: Path) -> int:
    """Make the store of a build anew from ``graph.nt``; return its number of statements.

    The new one is made beside the old one and takes its place when it is complete.

    Raises:
        InputError: the folder holds no build, or not the graph that its manifest describes.
        OutputError: a build is writing into the folder, or the disk is full.
        StoreError: the store is in use.
    """
    build = read_build(folder, in_parts=_IN_PARTS)
    build.fingerprint()
    folder = folder.resolve()
    try:
        with locked(folder):
            check_unlocked(folder / STORE)
            fresh = folder_beside(folder)
            try:
                _load(build, fresh / STORE)
                exchange(fresh / STORE, folder / STORE)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        raise OutputError(
            f"The store could not be written: {error.strerror or error}.",
            place=str(folder / STORE),
            remedy="Make room on the disk, or check the permissions; the old store stays.",
        ) from error
    return build.triples


def _load(build: Build, path: Path) -> None:
    count = load_store(path, build.graph)
    if count != build.triples:
        raise StoreError(
            f"The new store holds {count:,} statements and the build {build.triples:,}.",
            place=str(build.graph),
            remedy="The old store stays. Build again.",
        )


def verify_store(folder: Path) -> Comparison:
    """Compare the store of a build, statement by statement, with its graph and manifest.

    Raises:
        InputError: the folder holds no build, or not the graph that its manifest describes.
        StoreError: the store is damaged.
    """
    build = read_build(folder, in_parts=_IN_PARTS)
    expected = build.fingerprint()
    damaged = damaged_in_store(folder)
    if damaged is not None:
        raise StoreError(
            f"The file {damaged} of the store is not as it was written.",
            place=str(folder / STORE),
            remedy=f"`kg store load {folder}` makes it anew.",
        )
    found = Fingerprint(statements(folder / STORE))
    return Comparison(found.count, expected.count, found.same(expected))


def dump_store(folder: Path, target: BinaryIO, media_type: str) -> None:
    """Write the statements of the store of a build.

    Raises:
        InputError: the folder holds neither a store nor a build, or one in parts.
        StoreError: the store is damaged.
        OSError: the target cannot be written.
    """
    _check_folder(folder)
    write_dump(folder / STORE, target, media_type)


def optimise_store(folder: Path) -> None:
    """Let the store of a build put its files in order, for fast reading.

    Raises:
        InputError: the folder holds neither a store nor a build, or one in parts.
        OutputError: a build is writing into the folder, or it cannot be locked.
        StoreError: the store is damaged or in use.
    """
    _check_folder(folder)
    try:
        with locked(folder.resolve()):
            optimise(folder / STORE)
    except OSError as error:
        raise OutputError(
            f"The folder could not be locked: {error.strerror or error}.",
            place=str(folder),
            remedy="Check the permissions of the folder that it is in.",
        ) from error


def _check_folder(folder: Path) -> None:
    """Check that there is a store, or a build of which one can be made.

    Raises:
        InputError: there is neither, or the build is in parts.
    """
    refuse_parts(folder, _IN_PARTS)
    if not (folder / STORE).is_dir():
        read_build(folder)
