"""The embedded store (Oxigraph); nothing else makes one, opens one or asks one.

A store is always made in a folder of its own, from the triples of ``graph.nt`` or from an older one
and what has changed: one that a full disk interrupted can no longer be opened (measured).
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from kg.memory import give_back
from kg.problems import InputError, StoreError
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph

__all__ = [
    "Solutions",
    "StoreWriter",
    "ask_store",
    "check_unlocked",
    "data_files",
    "load_store",
    "memory_store",
    "open_store",
    "optimise",
    "statements",
    "update_store",
    "write_dump",
]

PIECE = 8 * 1024**2
"""Bytes of N-Triples that are loaded at once."""

PAUSE = 0.5
"""Seconds between two looks at whether the files are in order."""

FEW, MANY = 96, 1024
"""File descriptors: the fewest that a store opens with, and as many as its loading may need."""


@contextmanager
def _store_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        if _LOCKED.search(str(error)) is not None:
            raise StoreError(
                "Another process is using the store.",
                place=str(path),
                remedy="End it (an Oxigraph server, perhaps), and try again.",
            ) from error
        missing = not (path / "CURRENT").exists()
        raise StoreError(
            "There is no store here." if missing else f"The store cannot be used: {error}.",
            place=str(path),
            remedy=f"`kg store load {path.parent}` makes it anew from graph.nt; the dumps beside "
            "it are whole.",
        ) from error


_LOCKED = re.compile(r"lock hold by|While lock file")
"""What RocksDB says where another process has a store; "block" and paths are in other messages."""


@contextmanager
def _write_errors() -> Iterator[None]:
    """Turn what goes wrong while a new store is written into the error of the system behind it.

    RocksDB tells it in words, with the path of a file that is gone once the build has failed.

    Raises:
        OSError: it cannot be written.
    """
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        told = str(error)
        code = next((code for words, code in _DISK.items() if words in told), None)
        raise (OSError(told) if code is None else OSError(code, os.strerror(code))) from error


_DISK = {
    os.strerror(code): code
    for code in (
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EFBIG,
        errno.EROFS,
        errno.EACCES,
        errno.EIO,
        errno.EMFILE,
    )
} | {"file descriptors": errno.EMFILE}
"""The system's words in what is told; Oxigraph has its own for a limit that it finds too low."""


class StoreWriter:
    """Makes a store in a new folder, piece by piece. Use as a context manager.

    A thread loads while the caller makes the next piece, as the loader releases the interpreter
    lock. Pieces bound its memory: it holds all that is handed to it at once several times over
    (measured: 1.5 GB for 2.4 million triples, and 114 MB for 2 GB in pieces of 8 MB).
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: list[bytes] = []
        self._size = 0

    def __enter__(self) -> StoreWriter:
        import pyoxigraph

        self._limits = ExitStack()
        with _write_errors(), _file_limit(_limit_at_opening):
            self._store = pyoxigraph.Store(self._path)
        self._limits.enter_context(_file_limit(lambda limit: max(limit, MANY)))
        self._thread = ThreadPoolExecutor(1)
        self._loading: Future[None] | None = None
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        is_done = False
        try:
            if kind is None:
                self._hand_over()
                self._wait()
                self._put_in_order()
                is_done = True
        finally:
            # after an interruption nobody waits for what is of no use any more
            self._thread.shutdown(wait=is_done, cancel_futures=True)
            del self._store
            self._limits.close()

    def add(self, ntriples: bytes) -> None:
        """Add triples, as whole lines.

        Raises:
            OSError: the store cannot be written.
        """
        self._waiting.append(ntriples)
        self._size += len(ntriples)
        if self._size >= PIECE:
            self._hand_over()

    def _hand_over(self) -> None:
        """Let the thread load what waits, once it is done with what it has."""
        self._wait()
        if self._waiting:
            piece = b"".join(self._waiting)
            self._waiting, self._size = [], 0
            self._loading = self._thread.submit(self._load, piece)

    def _load(self, piece: bytes) -> None:
        import pyoxigraph

        with _write_errors():
            self._store.bulk_load(piece, format=pyoxigraph.RdfFormat.N_TRIPLES)
        # what the loader frees stays with the process otherwise, and is more after each piece
        give_back()

    def _wait(self) -> None:
        if self._loading is not None:
            self._loading.result()

    def _put_in_order(self) -> None:
        """Let the thread put the files in order, which takes minutes where they are many.

        Meanwhile an interruption is heard, and memory given back (measured: 26 MB at once, for
        8 GB of N-Triples).
        """
        ordering = self._thread.submit(self._finish)
        while not wait([ordering], timeout=PAUSE).done:
            give_back()
        ordering.result()

    def _finish(self) -> None:
        with _write_errors():
            self._store.flush()
            # a twentieth of a build; queries that fetch names then take half (measured)
            self._store.optimize()


@contextmanager
def _file_limit(change: Callable[[int], int]) -> Iterator[None]:
    """Change how many files the process can have open, as far as the system lets it.

    A store keeps all but 48 of those that it finds when it opens for the files of its data, and
    needs some two hundred more while it loads: under a limit of 128 it failed past 119 files of
    data, and under one of 256, which is what some systems give a process, past 330 (measured).
    Of each file that it keeps open it holds the index in memory: with few of them, its memory grows
    less with its data, and loading takes no longer. Measured at the end of loading 2 GB, and before
    memory was given back after each piece: 105 instead of 134 MB.
    """
    if sys.platform == "win32":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = soft if soft == resource.RLIM_INFINITY else change(soft)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _limit_at_opening(limit: int) -> int:
    """Return the limit of descriptors under which a store opens and keeps few files open later.

    It is the fewest with which a store opens, or more where the process has many open already:
    opening takes some twenty besides them (measured).
    """
    try:
        number = sum(1 for _ in Path("/dev/fd").iterdir())
    except OSError:  # a system that does not list them
        number = limit
    return min(limit, max(FEW, number + FEW // 2))


def load_store(path: Path, ntriples: Path) -> int:
    """Make a store in a new folder from an N-Triples file; return its number of triples.

    Raises:
        OSError: the store cannot be written.
    """
    with StoreWriter(path) as writer, ntriples.open("rb") as lines:
        while piece := lines.readlines(PIECE):
            writer.add(b"".join(piece))
    return len(open_store(path))


def data_files(path: Path) -> Iterator[tuple[Path, bool]]:
    """Yield the files that make up a store, and whether each is final: never written to again.

    Whatever is written into a store changes one that is not, its journal or its list of files.
    """
    for file in sorted(path.glob("*")):
        if file.name != "LOCK" and not file.name.startswith("LOG"):
            yield file, file.suffix == ".sst"


def update_store(
    old: Path, new: Path, removed: Iterable[bytes], added: Iterable[bytes], triples: int
) -> bool:
    """Make a store in a new folder from another one and what has changed; both lists are lines.

    Files that hold data are never written to, so both stores can share them (a hard link).
    ``triples`` is the number that there must be in the end. Returns False, and leaves nothing
    behind, where the other store is not what it should be or the disk knows no links.
    """
    try:
        new.mkdir()
        for path, is_final in data_files(old):
            if is_final:
                (new / path.name).hardlink_to(path)
            else:
                shutil.copy2(path, new / path.name)
        is_right = _change(new, removed, added) == triples
    except (OSError, RuntimeError, ValueError):
        is_right = False
    if not is_right:
        shutil.rmtree(new, ignore_errors=True)
    return is_right


def _change(path: Path, removed: Iterable[bytes], added: Iterable[bytes]) -> int:
    """Change a store, and close it whatever happens; return its number of triples.

    One that is still open, as it cannot be written, would write into what takes its place.
    """
    import pyoxigraph

    def quads(lines: Iterable[bytes]) -> Iterator[pyoxigraph.Quad]:
        return pyoxigraph.parse(b"\n".join(lines), format=pyoxigraph.RdfFormat.N_TRIPLES)

    store = pyoxigraph.Store(path)
    try:
        for quad in quads(removed):
            store.remove(quad)
        store.bulk_extend(quads(added))
        store.flush()
        return len(store)
    finally:
        del store


def open_store(path: Path) -> pyoxigraph.Store:
    """Open a store for reading.

    Raises:
        StoreError: it is damaged, or is no store.
    """
    import pyoxigraph

    with _store_errors(path):
        return pyoxigraph.Store.read_only(str(path))


def memory_store(ntriples: bytes, place: str) -> pyoxigraph.Store:
    """Return a store in memory with these N-Triples; ``place`` names them in errors.

    Raises:
        InputError: the syntax is wrong.
    """
    import pyoxigraph

    store = pyoxigraph.Store()
    try:
        store.bulk_load(ntriples, format=pyoxigraph.RdfFormat.N_TRIPLES)
    except SyntaxError as error:
        raise InputError(f"The file is not N-Triples: {error}.", place=place) from error
    return store


class Solutions(NamedTuple):
    """What a SELECT finds: names of columns, and rows of terms; None where there is no value."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


def ask_store(store: pyoxigraph.Store, query: str) -> Solutions | bool | Iterator[str]:
    """Return the answer of a store: solutions, true or false, or statements as N-Triples lines.

    Raises:
        SyntaxError: the query is not SPARQL; the message is the engine's.
        OSError, RuntimeError, ValueError: it cannot be answered.
    """
    import pyoxigraph

    answer = store.query(query)
    if isinstance(answer, pyoxigraph.QuerySolutions):
        rows = tuple(tuple(None if t is None else str(t) for t in row) for row in answer)
        return Solutions(tuple(variable.value for variable in answer.variables), rows)
    if isinstance(answer, pyoxigraph.QueryBoolean):
        return bool(answer)
    return (f"{triple} ." for triple in answer)


def check_unlocked(path: Path) -> None:
    """Check that no other process has a store open for writing; a damaged one passes.

    Raises:
        StoreError: one has.
    """
    import pyoxigraph

    if not (path / "CURRENT").exists():
        return
    try:
        pyoxigraph.Store(path)
    except (OSError, RuntimeError, ValueError) as error:
        if _LOCKED.search(str(error)) is not None:
            with _store_errors(path):
                raise


def statements(path: Path) -> Iterator[str]:
    """Yield the statements of a store as N-Triples lines, without line ends.

    Raises:
        StoreError: it is damaged, or is no store.
    """
    store = open_store(path)
    with _store_errors(path):
        for quad in store.quads_for_pattern(None, None, None, None):
            yield f"{quad.triple} ."


def write_dump(path: Path, target: BinaryIO, media_type: str) -> None:
    """Write the statements of a store to a file that is open.

    Raises:
        StoreError: it is damaged, or is no store.
        OSError: the file cannot be written.
    """
    import pyoxigraph

    store = open_store(path)
    kind = pyoxigraph.RdfFormat.from_media_type(media_type)
    guarded = _Target(target)
    try:
        with _store_errors(path):
            store.dump(
                cast("BinaryIO", guarded),
                kind,
                from_graph=pyoxigraph.DefaultGraph(),
                prefixes=PREFIXES,
            )
    except StoreError:
        if guarded.error is not None:
            raise guarded.error from None
        raise


class _Target:
    """The file that a dump goes to; its errors are told from those of the store."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        with self._noting():
            return self._file.write(data)

    def flush(self) -> None:
        with self._noting():
            self._file.flush()

    @contextmanager
    def _noting(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.error = error
            raise


def optimise(path: Path) -> None:
    """Let a store put its files in order, for fast reading.

    Raises:
        StoreError: it is damaged, in use, or is no store.
    """
    import pyoxigraph

    with _store_errors(path):
        if not (path / "CURRENT").exists():
            raise FileNotFoundError(str(path))
        store = pyoxigraph.Store(path)
        store.optimize()
        store.flush()
