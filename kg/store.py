"""The embedded store (Oxigraph): the only importer of it.

A store is always made anew from ``graph.nt`` in a folder of its own: a bulk load is all or
nothing, but a store that a full disk interrupted can no longer be opened (measured).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.problems import InputError, StoreError

if TYPE_CHECKING:
    import pyoxigraph

__all__ = ["load_store", "memory_store", "open_store"]


@contextmanager
def _store_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"The store cannot be used: {error}.",
            place=str(path),
            remedy="Build again, or make room on the disk; the dumps beside it are whole.",
        ) from error


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
