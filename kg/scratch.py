"""Temporary databases: what is too much for memory waits in one while a run goes on.

A disk without room for them is a ``sqlite3.OperationalError``, which the room that writes the
outputs tells as what it is.
"""

from __future__ import annotations

import sqlite3

__all__ = ["open_scratch"]


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
