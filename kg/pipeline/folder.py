"""The output folder: written beside the old one and exchanged for it at the end.

A reader sees the old outputs or the new ones, never a mixture, whatever happens in between. A lock
keeps two builds out of one folder; it is the system's, which opens it when a build dies, and what
that build left behind is removed by the next one.
"""

from __future__ import annotations

import ctypes
import errno
import glob
import os
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from kg.built import MANIFEST, OUTPUTS, is_build
from kg.problems import UNCHANGED, OutputError, shorten
from kg.scratch import scratch_errors
from kg.signals import handled

__all__ = ["REMEDIES", "exchange", "folder_beside", "locked", "new_folder", "refuse_in_build"]

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def new_folder(
    target: Path,
    inputs: Iterable[Path] = (),
    outputs: Collection[str] = OUTPUTS,
    noun: str = "build",
    signs: Collection[str] = (MANIFEST,),
) -> Iterator[Path]:
    """Give a folder to write into; when the block ends without error it takes the target's place.

    ``outputs`` are the names of what it may hold, as ``noun`` says, and ``signs`` those that it has
    in any case: a folder with other ones and without these holds somebody's files.

    Raises:
        OutputError: the target holds something else than such outputs, or one of the ``inputs``, or
            would be part of a build, or cannot be written.
    """
    target = target.resolve()
    with ExitStack() as ending, _output_errors(target):
        _check_target(target, inputs, outputs, noun, signs)
        refuse_in_build(target, "folder")
        target.parent.mkdir(parents=True, exist_ok=True)
        _check_writable(target)
        with locked(target), scratch_errors(UNCHANGED):
            fresh = folder_beside(target, _NEW)
            made = fresh.stat()
            try:
                fresh.chmod(0o755)
                yield fresh
                _flush(fresh)
                exchange(fresh, target)
            except BaseException as error:
                with _undisturbed():
                    # who interrupts when the new outputs are in place comes too late: all is done
                    is_done = isinstance(error, KeyboardInterrupt) and _is_at(target, made)
                    shutil.rmtree(fresh, ignore_errors=True)
                if not is_done:
                    error.add_note(UNCHANGED)
                    raise
            # the new outputs are in place, and the old ones in theirs; nobody is told otherwise
            ending.enter_context(_undisturbed())
            shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def _output_errors(target: Path) -> Iterator[None]:
    """Tell of a folder that cannot be written.

    Raises:
        OutputError: it cannot.
    """
    try:
        yield
    except OSError as error:
        remedy = REMEDIES.get(error.errno or 0, "Choose another output.")
        raise OutputError(
            f"The outputs could not be written: {error.strerror or error}.",
            place=str(target),
            remedy=f"{remedy} {UNCHANGED}",
        ) from error


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let nobody interrupt what clears up: who insists would only leave things behind."""
    with handled(signal.SIGINT, signal.SIG_IGN), handled(signal.SIGTERM, signal.SIG_IGN):
        yield


_NEW, _STORE, _OLD, _LOCK = "-new-", "-store-", "-old", ".lock"
"""How the names of what lies beside the folder go on or end."""


def folder_beside(target: Path, kind: str = _STORE) -> Path:
    """Make a folder beside another one, for what is to take its place or that of a part of it."""
    return Path(tempfile.mkdtemp(prefix=f".{target.name}{kind}", dir=target.parent))


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Keep others out of the folder, and remove what one that was killed left beside it.

    Raises:
        OutputError: another build is writing into it.
    """
    try:
        import fcntl
    except ImportError:  # Windows, where a folder with open files cannot be replaced anyway
        with _cleared(target):
            yield
        return
    path = target.with_name(f".{target.name}{_LOCK}")
    while True:
        with path.open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise OutputError(
                    "Another build is writing into this folder.",
                    place=str(target),
                    remedy="Wait until it is done, or choose another output.",
                ) from error
            # a build that just ended may have removed the file between the two steps
            if _is_same(file, path):
                try:
                    with _cleared(target):
                        yield
                finally:
                    path.unlink(missing_ok=True)
                return


def _is_same(file: IO[str], path: Path) -> bool:
    return _is_at(path, os.fstat(file.fileno()))


def _is_at(path: Path, known: os.stat_result) -> bool:
    try:
        return os.path.samestat(known, path.stat())
    except FileNotFoundError:
        return False


@contextmanager
def _cleared(target: Path) -> Iterator[None]:
    """Remove what was left behind beside the folder, and what an interruption would leave."""
    _clear_up(target)
    try:
        yield
    except BaseException:
        # it can come when a folder has been made, and before anyone knows its name
        with _undisturbed():
            _clear_up(target)
        raise


def _clear_up(target: Path) -> None:
    """Remove what a build left behind that was killed; give back what it had set aside."""
    # as mkdtemp names them; what another folder called target-new-… is made beside is not ours
    ours = re.compile(rf"\.{re.escape(target.name)}({_NEW}|{_STORE})[a-z0-9_]{{8}}({_OLD})?")
    for path in target.parent.glob(f".{glob.escape(target.name)}-*"):
        if ours.fullmatch(path.name) is None:
            continue
        if path.name.endswith(_OLD) and not target.exists():
            path.rename(target)
        else:
            shutil.rmtree(path, ignore_errors=True)


REMEDIES = {
    errno.ENOSPC: "Make room on the disk.",
    errno.EDQUOT: "Make room on the disk.",
    errno.EFBIG: "Allow larger files, or leave forms of the graph out with --formats.",
    errno.EMFILE: "Allow more open files (ulimit -n).",
    errno.EIO: "Check the disk and its limits, or choose another output.",
    errno.EACCES: "Check the permissions of the folder, or choose another output.",
    errno.EROFS: "The disk is read-only; choose another output.",
    errno.ENOTDIR: "A file is in the way; choose another output.",
    errno.EEXIST: "A file is in the way; choose another output.",
}
"""What to do where an output cannot be written, by the number of the system's error."""


def _check_target(
    target: Path,
    inputs: Iterable[Path],
    outputs: Collection[str],
    noun: str,
    signs: Collection[str],
) -> None:
    for path in inputs:
        if target in path.resolve().parents:
            raise OutputError(
                f"The folder holds the input {path.name} and would be replaced.",
                place=str(target),
                remedy="Choose another output.",
            )
    if target.is_dir():
        there = {path.name for path in target.iterdir()}
        others = sorted(there.difference(outputs))
        missing = sorted({*signs} - there) if there else []
        if others or missing:
            told = shorten(", ".join(others)) if others else f"files and no {missing[0]}"
            raise OutputError(
                f"The folder holds {told}, is no {noun}, and would be replaced.",
                place=str(target),
                remedy="Choose an empty or a new folder.",
            )
    elif target.exists():
        raise OutputError("This is no folder.", place=str(target), remedy="Choose a folder.")


def refuse_in_build(place: Path, noun: str) -> None:
    """Refuse an output, a file or a folder as ``noun`` says, that is somewhere below a build.

    Raises:
        OutputError: it is; the next build would refuse to replace what holds it.
    """
    build = next((folder for folder in place.parents if is_build(folder)), None)
    if build is not None:
        raise OutputError(
            f"The {noun} would be part of a build, which holds nothing else than its own files.",
            place=str(place),
            remedy=f"Choose an output outside of {build}.",
        )


def _check_writable(target: Path) -> None:
    """Check that the old outputs may be removed: the exchange itself needs no right to do so."""
    if target.exists() and not os.access(target, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))


def exchange(fresh: Path, target: Path) -> None:
    """Let a finished folder take the place of another, which is gone afterwards or in its place."""
    if not target.exists():
        fresh.rename(target)
    elif not _exchange_at_once(fresh, target):
        # without the system call there is a moment with no folder, but none with a mixture
        aside = fresh.with_name(f"{fresh.name}{_OLD}")
        target.rename(aside)
        try:
            fresh.rename(target)
        except OSError:
            aside.rename(target)
            raise
        shutil.rmtree(aside, ignore_errors=True)
    # the new one is in place: a file system that cannot flush a folder changes nothing about it
    with suppress(OSError):
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
