"""The spool: triples of projects, kept on disk until their order is known.

Projects stream by in the order of the input and are published in the order of their ids, so that
the outputs do not depend on how the input was sorted. In memory there is one entry a project.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

__all__ = ["Spool"]


class Spool:
    """Blocks of lines on disk, by key; written once each, read back in the order of the keys."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("w+b")
        self._index: dict[str, tuple[int, int]] = {}
        self._end = 0

    def __len__(self) -> int:
        return len(self._index)

    @property
    def first_key(self) -> str | None:
        """The first key in the order of keys."""
        return min(self._index, default=None)

    def add(self, key: str, lines: list[str]) -> None:
        """Keep the lines of a key that has none yet."""
        data = "\n".join(lines).encode()
        self._file.write(data)
        self._index[key] = (self._end, len(data))
        self._end += len(data)

    def blocks(self) -> Iterator[list[str]]:
        """Yield the lines of each key, in the order of the keys."""
        for key in sorted(self._index):
            start, length = self._index[key]
            self._file.seek(start)
            yield self._file.read(length).decode().split("\n")

    def close(self) -> None:
        """Remove the file."""
        self._file.close()
        self._path.unlink(missing_ok=True)
