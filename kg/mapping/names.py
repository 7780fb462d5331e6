"""The names of organisations and how often each was met, in bounded memory.

Organisations number like projects, and what a run gathers of them grows as it goes on. Up to a
bound it is a dictionary; past it, the dictionary is appended to a temporary database and begun
anew, and the database adds up and sorts at the end. Nothing that comes out depends on the bound.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from kg.scratch import open_scratch

__all__ = ["MOST", "Name", "Names"]

MOST = 25_000
"""Names that are held in memory, about 320 bytes each (measured)."""

Name = tuple[str, str, str, str]
"""Country and slug of an organisation, the language of the name, or nothing, and the name."""


class Names:
    """Counts how often each name was met; ``most`` of them are held in memory."""

    def __init__(self, most: float = MOST) -> None:
        self._most = most
        self._counts: dict[Name, int] = {}
        self._database: sqlite3.Connection | None = None

    @property
    def is_on_disk(self) -> bool:
        """Whether some of them are in a database."""
        return self._database is not None

    def add(self, name: Name, number: int = 1) -> None:
        """Count a name, so many times."""
        counts = self._counts
        counts[name] = counts.get(name, 0) + number
        if len(counts) > self._most:
            self._move()

    def items(self) -> Iterator[tuple[Name, int]]:
        """Yield all names with their counts, sorted by code point."""
        if self._database is None:
            yield from sorted(self._counts.items())
            return
        self._move()
        # the order of SQLite's texts is that of their UTF-8 bytes, which is that of code points
        query = (
            "SELECT country, slug, language, text, SUM(number) FROM names "
            "GROUP BY country, slug, language, text ORDER BY country, slug, language, text"
        )
        for *name, number in self._database.execute(query):
            yield tuple(name), number

    def close(self) -> None:
        """Remove what lies on disk."""
        if self._database is not None:
            self._database.close()

    def _move(self) -> None:
        """Add the counts in memory to those on disk."""
        if self._database is None:
            self._database = open_scratch(
                "names (country TEXT, slug TEXT, language TEXT, text TEXT, number INT)"
            )
        # sorting once takes less than looking each of them up (measured)
        self._database.executemany(
            "INSERT INTO names VALUES (?, ?, ?, ?, ?)",
            ((*name, number) for name, number in self._counts.items()),
        )
        self._counts.clear()
