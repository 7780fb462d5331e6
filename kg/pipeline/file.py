"""An output that is one file: written beside the old one, and put in its place at the end."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.pipeline.folder import REMEDIES, refuse_in_build
from kg.problems import OutputError

__all__ = ["check_new_file", "new_file", "refuse_existing"]


@contextmanager
def new_file(
    target: Path, inputs: Iterable[Path] = (), *, force: bool = False, parents: bool = False
) -> Iterator[Path]:
    """Give a path to write to; what is there when the block ends well takes the target's place.

    A device, such as ``/dev/stdout``, is written as it is. A folder is made with ``parents`` only.

    Raises:
        OutputError: the target is none, as ``check_new_file`` says, or cannot be written.
    """
    check_new_file(target, inputs, force=force, parents=parents)
    place = target.resolve()
    try:
        if place.exists() and not place.is_file():
            yield place
            return
        if parents:
            place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{place.name}-", dir=place.parent) as folder:
            fresh = Path(folder, place.name)
            yield fresh
            with fresh.open("rb") as file:
                os.fsync(file.fileno())
            fresh.replace(place)
    except OSError as error:
        raise OutputError(
            f"The file could not be written: {error.strerror or error}.",
            place=str(target),
            remedy=REMEDIES.get(error.errno or 0, "Choose another output."),
        ) from error


def check_new_file(
    target: Path, inputs: Iterable[Path] = (), *, force: bool = False, parents: bool = False
) -> None:
    """Check that an output can be a file, before there is anything to write.

    Raises:
        OutputError: the target is there and may not be replaced, is a folder, one of the ``inputs``
            or in one of them, or part of a build; or there is no folder for it, and none is to be
            made (``parents``).
    """
    if target.is_dir():
        raise OutputError("This is a folder.", place=str(target), remedy="Name a file.")
    place = target.resolve()
    _check_place(place, inputs)
    refuse_existing(target, force=force)
    if not parents and not place.parent.is_dir():
        raise OutputError(
            "The file could not be written: there is no such folder.",
            place=str(target),
            remedy="Make the folder, or choose another output.",
        )


def refuse_existing(target: Path, *, force: bool) -> None:
    """Refuse an output that would replace something, unless that is asked for.

    Raises:
        OutputError: there is a file, or a folder that holds anything.
    """
    there = target.is_file() or (target.is_dir() and any(target.iterdir()))
    if there and not force:
        raise OutputError(
            "There is something already.",
            place=str(target),
            remedy="Choose another --output, or replace what is there with --force.",
        )


def _check_place(place: Path, inputs: Iterable[Path]) -> None:
    for path in inputs:
        known = path.resolve()
        if place == known or known in place.parents:
            raise OutputError(
                f"This is the input {path.name}, or part of it, and would be replaced.",
                place=str(place),
                remedy="Choose another output.",
            )
    refuse_in_build(place, "file")
