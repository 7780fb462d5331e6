"""Partner rows, kept on disk until their project is read, in whatever order they stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from types import TracebackType

from kg.sources.tables.table import Row, pack_row, unpack_row

__all__ = ["PartnerRows"]


class PartnerRows:
    """Rows by the key of their project. Use as a context manager; nothing of it stays on disk."""

    def __init__(self) -> None:
        # an unnamed database is a temporary file that SQLite keeps in memory while it is small
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("CREATE TABLE rows (project TEXT, position INTEGER, row BLOB)")
        self._database.execute("BEGIN")
        self._count = 0

    def __enter__(self) -> PartnerRows:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()

    def add(self, project: str, row: Row) -> None:
        """Keep a row of a project."""
        values = (project, self._count, pack_row(row))
        self._database.execute("INSERT INTO rows VALUES (?, ?, ?)", values)
        self._count += 1

    def ready(self) -> None:
        """Make the rows findable; none is added afterwards."""
        self._database.execute("CREATE INDEX by_project ON rows (project, position)")

    def take(self, project: str) -> list[Row]:
        """Return the rows of a project in their order, and forget them."""
        query = "SELECT row FROM rows WHERE project = ? ORDER BY position"
        with closing(self._database.execute(query, (project,))) as found:
            rows = [unpack_row(data) for (data,) in found]
        if rows:
            self._database.execute("DELETE FROM rows WHERE project = ?", (project,))
        return rows

    def left(self) -> Iterator[Row]:
        """Yield the rows whose project was never asked for."""
        with closing(self._database.execute("SELECT row FROM rows ORDER BY position")) as found:
            for (data,) in found:
                yield unpack_row(data)
