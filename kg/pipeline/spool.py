"""The spool: triples of projects, kept on disk until their order is known.

Projects stream by in the order of the input and are published in the order of their ids, so that
the outputs do not depend on how the input was sorted. The triples lie in a file, and where those of
each project stand in a database beside it, so that memory does not grow with their number.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.scratch import open_scratch
from kg.terms import from_ntriples, to_ntriples

__all__ = ["Spool"]

BATCH = 1_000
"""Entries that are handed to SQLite together."""


class Spool:
    """Blocks of lines on disk, by key; written once each, read back in the order of the keys."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("w+b")
        self._end = 0
        self._number = 0
        self._waiting: list[tuple[str, int | None, int]] = []
        self._index = open_scratch(
            "blocks (key TEXT PRIMARY KEY, start INT, length INT) WITHOUT ROWID"
        )

    def __len__(self) -> int:
        return self._number

    @property
    def first_key(self) -> str | None:
        """The first key in the order of keys."""
        self._flush()
        found: tuple[str | None] = self._index.execute("SELECT MIN(key) FROM blocks").fetchone()
        return found[0]

    def add(self, key: str, lines: list[str]) -> None:
        """Keep the lines of a key that has none yet."""
        data = to_ntriples(lines)
        self._file.write(data)
        self._note(key, self._end, len(data))
        self._end += len(data)

    def add_kept(self, key: str) -> None:
        """Note a key whose lines are kept elsewhere."""
        self._note(key, None, 0)

    def blocks(self) -> Iterator[list[str]]:
        """Yield the lines of each key, in the order of the keys."""
        for _, data in self.items():
            yield [] if data is None else from_ntriples(data)

    def items(self) -> Iterator[tuple[str, bytes | None]]:
        """Yield each key and its lines as they stand in a file, in the order of the keys.

        They are None where they are kept elsewhere.
        """
        self._flush()
        # the order of SQLite's texts is that of their UTF-8 bytes, which is that of code points
        query = "SELECT key, start, length FROM blocks ORDER BY key"
        for key, start, length in self._index.execute(query):
            if start is None:
                yield key, None
                continue
            self._file.seek(start)
            yield key, self._file.read(length)

    def close(self) -> None:
        """Remove the file."""
        self._index.close()
        self._file.close()
        self._path.unlink(missing_ok=True)

    def _note(self, key: str, start: int | None, length: int) -> None:
        self._waiting.append((key, start, length))
        self._number += 1
        if len(self._waiting) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        self._index.executemany("INSERT INTO blocks VALUES (?, ?, ?)", self._waiting)
        self._waiting.clear()
