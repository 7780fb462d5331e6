"""Data that is worked on by a thread, piece by piece, while the caller makes the next piece.

It is for work that releases the interpreter lock: loading into a store, writing, hashing.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

__all__ = ["Pieces"]


class Pieces:
    """Gathers data up to ``size`` bytes and lets a thread do ``work`` on it, one piece at a time.

    What goes wrong in the thread is raised by the next call. Not more than two pieces are in
    memory: one that is worked on, one that is gathered.
    """

    def __init__(self, size: int, work: Callable[[bytes], None]) -> None:
        self._size = size
        self._work = work
        self._waiting: list[bytes] = []
        self._gathered = 0
        self._thread = ThreadPoolExecutor(1)
        self._current: Future[None] | None = None

    def add(self, data: bytes) -> None:
        """Add data to the current piece."""
        self._waiting.append(data)
        self._gathered += len(data)
        if self._gathered >= self._size:
            self._hand_over()

    def finish(self) -> None:
        """Let the thread work on what is left, and wait for it."""
        self._hand_over()
        self._wait()

    def close(self, *, wait: bool = True) -> None:
        """End the thread; it is left to itself where nobody is to ``wait`` for it."""
        self._thread.shutdown(wait=wait, cancel_futures=True)

    def _hand_over(self) -> None:
        self._wait()
        if self._waiting:
            piece = b"".join(self._waiting)
            self._waiting, self._gathered = [], 0
            self._current = self._thread.submit(self._work, piece)

    def _wait(self) -> None:
        if self._current is not None:
            self._current.result()
