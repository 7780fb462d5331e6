"""The embedded store (Oxigraph): the only importer of it.

A store is always made anew from ``graph.nt`` in a folder of its own: a bulk load is all or
nothing, but a store that a full disk interrupted can no longer be opened (measured).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg.problems import InputError, StoreError
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph

__all__ = [
    "check_unlocked",
    "load_store",
    "memory_store",
    "open_store",
    "optimise",
    "statements",
    "write_dump",
]


@contextmanager
def _store_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:  # the reader of a dump had enough
        raise
    except (OSError, RuntimeError, ValueError) as error:
        if _LOCKED in str(error).lower():
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


_LOCKED = "lock"


def load_store(path: Path, ntriples: Path) -> int:
    """Make a store in a new folder from an N-Triples file; return its number of triples.

    Raises:
        StoreError: the store cannot be written.
    """
    import pyoxigraph

    with _store_errors(path):
        store = pyoxigraph.Store(path)
        store.bulk_load(path=str(ntriples), format=pyoxigraph.RdfFormat.N_TRIPLES)
        store.flush()
        return len(store)


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
        if _LOCKED in str(error).lower():
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
    """
    import pyoxigraph

    store = open_store(path)
    kind = pyoxigraph.RdfFormat.from_media_type(media_type)
    with _store_errors(path):
        store.dump(target, kind, from_graph=pyoxigraph.DefaultGraph(), prefixes=PREFIXES)


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
