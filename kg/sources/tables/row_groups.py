"""Rows by the project that they belong to, kept on disk, in whatever order they stand."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from types import TracebackType
from typing import NamedTuple

import msgspec

from kg.scratch import open_scratch
from kg.sources.cell import packed_cell, unpacked_cell
from kg.sources.fields import MOST_PARTNERS
from kg.sources.formats.table import Row

__all__ = ["Crowd", "KeptRow", "RowsByProject"]

BATCH = 1000
"""Rows that are handed to SQLite together."""

KeptRow = tuple[int, Row]
"""The number of a table, as the caller counts them, and a row of it."""


class Crowd(NamedTuple):
    """More rows than a project has: how many, and the rows, which come from disk one by one."""

    number: int
    rows: Generator[KeptRow, None, None]


class RowsByProject:
    """Rows by the key of their project. Use as a context manager; nothing of it stays on disk."""

    def __init__(self) -> None:
        self._database = open_scratch(
            "arrived (position INTEGER PRIMARY KEY, project TEXT, row BLOB)",
            "rows (project TEXT, position INTEGER, row BLOB, PRIMARY KEY (project, position)) "
            "WITHOUT ROWID",
            "taken (project TEXT PRIMARY KEY) WITHOUT ROWID",
        )
        self._encode = msgspec.msgpack.Encoder(enc_hook=packed_cell).encode
        self._decode = msgspec.msgpack.Decoder(ext_hook=unpacked_cell).decode
        self._waiting: list[tuple[int, str, bytes]] = []
        self._taken: set[str] = set()
        self._count = 0

    def __enter__(self) -> RowsByProject:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()

    def add(self, project: str, table: int, row: Row) -> None:
        """Keep a row of a project."""
        self._waiting.append((self._count, project, self._encode((table, *row))))
        self._count += 1
        if len(self._waiting) >= BATCH:
            self._flush()

    def ready(self) -> None:
        """Make the rows findable; none is added afterwards."""
        self._flush()
        # sorted once, the rows of a project lie side by side: beside an index on them as they
        # came, it takes half as long to take them (measured)
        self._database.execute(
            "INSERT INTO rows SELECT project, position, row FROM arrived ORDER BY project, position"
        )
        self._database.execute("DROP TABLE arrived")

    def take(self, project: str) -> list[KeptRow] | Crowd:
        """Return the rows of a project in their order, to who asks first; none are left then."""
        if self._is_taken(project):
            return []
        query = "SELECT row FROM rows WHERE project = ? ORDER BY position LIMIT ?"
        with closing(self._database.execute(query, (project, MOST_PARTNERS + 1))) as found:
            rows = [self._found(data) for (data,) in found]
        if rows:
            self._taken.add(project)
            if len(self._taken) >= BATCH:
                self._note_taken()
        if len(rows) <= MOST_PARTNERS:
            return rows
        query = "SELECT COUNT(*) FROM rows WHERE project = ?"
        (number,) = self._database.execute(query, (project,)).fetchone()
        return Crowd(number, self._every(project))

    def _every(self, project: str) -> Generator[KeptRow, None, None]:
        query = "SELECT row FROM rows WHERE project = ? ORDER BY position"
        with closing(self._database.execute(query, (project,))) as found:
            for (data,) in found:
                yield self._found(data)

    def left(self) -> Iterator[KeptRow]:
        """Yield the rows whose project was never asked for."""
        self._note_taken()
        query = (
            "SELECT row FROM rows WHERE project NOT IN (SELECT project FROM taken) "
            "ORDER BY position"
        )
        with closing(self._database.execute(query)) as found:
            for (data,) in found:
                yield self._found(data)

    def groups(self) -> Iterator[list[KeptRow] | Crowd]:
        """Yield the rows of each project, projects in the order of their first rows."""
        query = "SELECT project, COUNT(*) FROM rows GROUP BY project ORDER BY MIN(position)"
        with closing(self._database.execute(query)) as projects:
            for project, number in projects:
                rows = self._every(project)
                yield list(rows) if number <= MOST_PARTNERS else Crowd(number, rows)

    def _flush(self) -> None:
        self._database.executemany("INSERT INTO arrived VALUES (?, ?, ?)", self._waiting)
        self._waiting.clear()

    def _note_taken(self) -> None:
        rows = ((project,) for project in self._taken)
        self._database.executemany("INSERT INTO taken VALUES (?)", rows)
        self._taken.clear()

    def _is_taken(self, project: str) -> bool:
        query = "SELECT 1 FROM taken WHERE project = ?"
        return project in self._taken or bool(self._database.execute(query, (project,)).fetchone())

    def _found(self, data: bytes) -> KeptRow:
        table, *row = self._decode(data)
        number, line, cells, pointer, parent, problem = row
        return table, Row(number, line, cells, pointer, parent, problem and tuple(problem))
