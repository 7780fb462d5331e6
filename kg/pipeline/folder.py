"""The output folder: written beside the old one and exchanged for it at the end.

A reader sees the old outputs or the new ones, never a mixture, whatever happens in between.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.problems import OutputError, shorten

__all__ = ["MANIFEST", "new_folder"]

MANIFEST = "manifest.json"
"""The file that says what a build did."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2

OUTPUTS = frozenset(
    {
        "context.jsonld", "dataset.ttl", "graph.jsonld", "graph.nt", "graph.ttl", MANIFEST,
        "problems.jsonl", "rejects.jsonl", "report.html", "report.ttl", "store",
        # the folders of parts that a build on Spark writes
        "graph", "problems", "rejects", "report",
    }
)  # fmt: skip
"""What a build writes; a folder that holds anything else is not replaced."""


@contextmanager
def new_folder(target: Path, inputs: Iterable[Path] = ()) -> Iterator[Path]:
    """Give a folder to write into; when the block ends without error it takes the target's place.

    Raises:
        OutputError: the target holds something else than a build, or one of the ``inputs``, or
            cannot be written.
    """
    target = target.resolve()
    _check_target(target, inputs)
    fresh: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-new-", dir=target.parent))
        fresh.chmod(0o755)
        yield fresh
        _flush(fresh)
        _exchange(fresh, target)
    except OSError as error:
        remedy = _REMEDIES.get(error.errno or 0, "Choose another --output.")
        raise OutputError(
            f"The outputs could not be written: {error.strerror or error}.",
            place=str(target),
            remedy=f"{remedy} Earlier outputs are as they were.",
        ) from error
    finally:
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)


_REMEDIES = {
    errno.ENOSPC: "Make room on the disk.",
    errno.EACCES: "Check the permissions of the folder, or choose another --output.",
    errno.EROFS: "The disk is read-only; choose another --output.",
    errno.ENOTDIR: "A file is in the way; choose another --output.",
    errno.EEXIST: "A file is in the way; choose another --output.",
}


def _check_target(target: Path, inputs: Iterable[Path]) -> None:
    for path in inputs:
        if target in path.resolve().parents:
            raise OutputError(
                f"The folder holds the input {path.name} and would be replaced.",
                place=str(target),
                remedy="Choose another --output.",
            )
    if target.is_dir():
        others = sorted({path.name for path in target.iterdir()} - OUTPUTS)
        if others:
            raise OutputError(
                f"The folder holds {shorten(', '.join(others))}, is no build, and would be "
                "replaced.",
                place=str(target),
                remedy="Choose an empty or a new folder.",
            )
    elif target.exists():
        raise OutputError("This is no folder.", place=str(target), remedy="Choose a folder.")


def _exchange(fresh: Path, target: Path) -> None:
    if not target.exists():
        fresh.rename(target)
    elif not _exchange_at_once(fresh, target):
        # without the system call there is a moment with no folder, but none with a mixture
        aside = fresh.with_name(f"{fresh.name}-old")
        target.rename(aside)
        fresh.rename(target)
        shutil.rmtree(aside, ignore_errors=True)
    _flush_folder(target.parent)


def _exchange_at_once(fresh: Path, target: Path) -> bool:
    """Let two folders change names in one step (Linux, renameat2); False where that cannot be."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    names = os.fsencode(fresh), os.fsencode(target)
    if rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS):  # the file system or the kernel does not know it
        return False
    raise OSError(code, os.strerror(code), str(target))


def _flush(folder: Path) -> None:
    for root, _, files in os.walk(folder):
        for name in files:
            descriptor = os.open(Path(root, name), os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        _flush_folder(Path(root))


def _flush_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
