"""Partner rows, kept on disk until their project is read, in whatever order they stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from types import TracebackType

import msgspec

from kg.sources.tables.table import Number, Row

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
        data = msgspec.msgpack.encode(tuple(row), enc_hook=_numbered)
        self._database.execute("INSERT INTO rows VALUES (?, ?, ?)", (project, self._count, data))
        self._count += 1

    def ready(self) -> None:
        """Make the rows findable; none is added afterwards."""
        self._database.execute("CREATE INDEX by_project ON rows (project, position)")

    def take(self, project: str) -> list[Row]:
        """Return the rows of a project in their order, and forget them."""
        query = "SELECT row FROM rows WHERE project = ? ORDER BY position"
        with closing(self._database.execute(query, (project,))) as found:
            rows = [_row(data) for (data,) in found]
        if rows:
            self._database.execute("DELETE FROM rows WHERE project = ?", (project,))
        return rows

    def left(self) -> Iterator[Row]:
        """Yield the rows whose project was never asked for."""
        with closing(self._database.execute("SELECT row FROM rows ORDER BY position")) as found:
            for (data,) in found:
                yield _row(data)


NUMBER = 1
"""The extension type of MessagePack under which a cell stands that is a number in its file."""


def _numbered(cell: object) -> msgspec.msgpack.Ext:
    if isinstance(cell, Number):
        return msgspec.msgpack.Ext(NUMBER, cell.encode())
    raise TypeError(f"A row holds a {type(cell).__name__}.")


def _number(code: int, data: memoryview) -> Number:
    return Number(bytes(data).decode())


def _row(data: bytes) -> Row:
    row = Row(*msgspec.msgpack.decode(data, ext_hook=_number))
    return row if row.problem is None else row._replace(problem=(row.problem[0], row.problem[1]))
