"""Sorting more than memory should hold: sorted runs on disk, merged when they are read."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cached_property
from itertools import pairwise
from typing import IO

__all__ = ["Sorter"]

RUN = 32 * 1024 * 1024
"""Bytes that are sorted in memory at a time."""
BLOCK = 1024 * 1024
"""Bytes that are read of a run at a time, where there are few runs."""


class Sorter:
    """Takes entries (bytes without a line feed) in any order, gives each once, sorted.

    Use as a context manager. All runs are in one file: of files, a process may have few open.
    """

    def __init__(self, run: int = RUN) -> None:
        self._run = run
        self._entries: list[bytes] = []
        self._size = 0
        self._files = ExitStack()
        self._ends = [0]
        """Where runs end in the file, and with it where the next ones begin."""

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
        runs = [self._read_run(start, stop) for start, stop in pairwise(self._ends)]
        merged = heapq.merge(self._entries, *runs) if runs else iter(self._entries)
        before: bytes | None = None
        for entry in merged:
            if entry != before:
                yield entry
            before = entry

    @cached_property
    def _file(self) -> IO[bytes]:
        return self._files.enter_context(tempfile.TemporaryFile())

    def _write_run(self) -> None:
        self._entries.sort()
        self._file.seek(self._ends[-1])
        self._file.writelines(entry + b"\n" for entry in self._entries)
        self._ends.append(self._file.tell())
        self._entries.clear()
        self._size = 0

    def _read_run(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the entries of a run; all runs together are read in as much memory as one."""
        block = min(BLOCK, max(1, self._run // len(self._ends)))
        while start < stop:
            self._file.seek(start)
            data = self._file.read(min(block, stop - start))
            if start + len(data) < stop:
                data += self._file.readline()
            start += len(data)
            yield from data[:-1].split(b"\n")
