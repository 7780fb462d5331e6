"""The standard streams: what cannot be printed is told as an error of the output.

Each stream of Python is put over a raw one that knows what its faults mean, since an ``OSError``
does not tell whether it comes from what is printed or from a file that a command is at.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["ReaderGone", "guard_streams"]


class ReaderGone(Exception):
    """Who reads the results (head, less) had enough; what was read is right."""


class _Guarded(io.RawIOBase):
    """A raw stream that writes into another one. After its first fault it swallows the rest.

    What was not written stays in the buffers above, which are written again when the program ends.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream  # which would close the raw one below it when it went
        # where it has no buffer (python -u) it is raw itself
        self._raw = getattr(stream.buffer, "raw", stream.buffer)
        self._is_lost = False

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._stream.fileno()

    def isatty(self) -> bool:
        return self._stream.isatty()

    def write(self, data: ReadableBuffer, /) -> int | None:
        if not self._is_lost:
            try:
                written: int | None = self._raw.write(data)
                return written
            except OSError as error:
                self._is_lost = True
                self._tell(error)
        return memoryview(data).nbytes

    def _tell(self, error: OSError) -> None:
        """Do what a fault asks for."""


class _Results(_Guarded):
    """Standard output: what cannot be written ends the command."""

    def _tell(self, error: OSError) -> None:
        from kg.problems import OutputError  # `kg --help` does without it

        if isinstance(error, BrokenPipeError):
            raise ReaderGone from error
        is_closed = error.errno == errno.EBADF
        reason = "it is closed" if is_closed else error.strerror or str(error)
        raise OutputError(
            f"The output could not be written: {reason}.",
            place="standard output",
            remedy="Send it to a file or a program that takes it.",
        ) from error


class _Messages(_Guarded):
    """Standard error: what cannot be told is lost, and the exit status still tells how it went."""


def guard_streams() -> None:
    """Put guards before standard output and standard error.

    Results are UTF-8 wherever they go to a file or a program, so that they are the same on every
    system, and none of their characters is lost. A terminal shows the characters that it has.
    """
    _occupy_descriptors()
    out, err = _or_closed(sys.stdout, 1), _or_closed(sys.stderr, 2)
    encoding = out.encoding if out.isatty() else "utf-8"
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = _guarded(out, _Results, encoding, "replace")
    sys.stderr = _guarded(err, _Messages, err.encoding, err.errors or "backslashreplace")


def _occupy_descriptors() -> None:
    """Let no file that a command opens take the number of a standard stream that is closed.

    What is opened here can be read, and is empty; writing fails as it does where it is closed.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDONLY)  # takes the lowest number that is free: this one


def _or_closed(stream: TextIO | None, number: int) -> TextIO:
    """Return a stream; Python has none for one that is closed."""
    return stream or open(number, "w", encoding="utf-8", closefd=False)


def _guarded(stream: TextIO, kind: type[_Guarded], encoding: str, errors: str) -> TextIO:
    raw = kind(stream)
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding, errors, line_buffering=bool(stream.line_buffering)
    )
