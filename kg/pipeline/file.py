"""An output that is one file: written beside the old one, and put in its place at the end."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.built import is_build
from kg.pipeline.folder import REMEDIES
from kg.problems import OutputError

__all__ = ["new_file"]


@contextmanager
def new_file(target: Path, inputs: Iterable[Path] = ()) -> Iterator[Path]:
    """Give a path to write to; what is there when the block ends well takes the target's place.

    A device, such as ``/dev/stdout``, is written as it is.

    Raises:
        OutputError: the target is a folder, one of the ``inputs`` or in one of them, or part of a
            build; or it cannot be written.
    """
    if target.is_dir():
        raise OutputError("This is a folder.", place=str(target), remedy="Name a file.")
    place = target.resolve()
    _check_place(place, inputs)
    try:
        if place.exists() and not place.is_file():
            yield place
            return
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


def _check_place(place: Path, inputs: Iterable[Path]) -> None:
    for path in inputs:
        known = path.resolve()
        if place == known or known in place.parents:
            raise OutputError(
                f"This is the input {path.name}, or part of it, and would be replaced.",
                place=str(place),
                remedy="Choose another output.",
            )
    build = next((folder for folder in place.parents if is_build(folder)), None)
    if build is not None:
        raise OutputError(
            "The file would be part of a build, which holds nothing else than its own files.",
            place=str(place),
            remedy=f"Choose an output outside of {build}.",
        )
