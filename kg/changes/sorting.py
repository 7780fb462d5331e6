"""Sorting more than memory should hold: sorted runs on disk, merged when they are read."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO

__all__ = ["Sorter"]

RUN = 32 * 1024 * 1024
"""Bytes that are sorted in memory at a time."""


class Sorter:
    """Takes entries (bytes without a line feed) in any order, gives each once, sorted.

    Use as a context manager.
    """

    def __init__(self, run: int = RUN) -> None:
        self._run = run
        self._entries: list[bytes] = []
        self._size = 0
        self._runs: list[IO[bytes]] = []
        self._files = ExitStack()

    def __enter__(self) -> Sorter:
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def add(self, entry: bytes) -> None:
        """Take in an entry."""
        self._entries.append(entry)
        self._size += len(entry)
        if self._size >= self._run:
            self._write_run()

    def __iter__(self) -> Iterator[bytes]:
        self._entries.sort()
        runs = [map(_without_line_end, file) for file in self._rewound()]
        merged = heapq.merge(self._entries, *runs) if runs else iter(self._entries)
        before: bytes | None = None
        for entry in merged:
            if entry != before:
                yield entry
            before = entry

    def _rewound(self) -> list[IO[bytes]]:
        for file in self._runs:
            file.seek(0)
        return self._runs

    def _write_run(self) -> None:
        self._entries.sort()
        file = self._files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
        file.writelines(entry + b"\n" for entry in self._entries)
        self._runs.append(file)
        self._entries.clear()
        self._size = 0


def _without_line_end(line: bytes) -> bytes:
    return line[:-1]
