"""Temporary databases: what is too much for memory waits in one while a run goes on."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from kg.problems import OutputError

__all__ = ["open_scratch", "scratch_errors"]


def open_scratch(*tables: str) -> sqlite3.Connection:
    """Open a database with these tables, which nothing is left of once it is closed.

    Any thread may use it, one at a time. Everything happens in one transaction, which never ends.
    """
    # an unnamed database is a temporary file that SQLite keeps in memory while it is small
    database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    database.execute("PRAGMA journal_mode = OFF")
    for table in tables:
        database.execute(f"CREATE TABLE {table}")
    database.execute("BEGIN")
    return database


@contextmanager
def scratch_errors(consequence: str = "") -> Iterator[None]:
    """Tell of a disk that has no room for temporary databases; ``consequence`` ends the remedy.

    Raises:
        OutputError: they cannot be written.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        remedy = "Make room there, or name another folder in the variable TMPDIR."
        raise OutputError(
            f"Temporary files could not be written: {error}.",
            place=tempfile.gettempdir(),
            remedy=f"{remedy} {consequence}".rstrip(),
        ) from error
