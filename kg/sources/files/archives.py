"""Compressed files and ZIP archives, opened within bounds.

Nothing is ever unpacked to a path: the bytes of a member are read as they are needed. What comes
out of a compressed file is counted, so that a small file cannot grow without end.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple, NoReturn, Protocol

from kg.problems import Place, Problem, Refused

__all__ = [
    "ARCHIVES",
    "COMPRESSIONS",
    "MAX_FILE_BYTES",
    "Bounded",
    "Compression",
    "check_directory",
    "open_archive",
    "open_compressed",
    "open_member",
]

MAX_FILE_BYTES = 2 * 1024**3
"""Larger files are refused; the limit guards against a wrong file, not against big data."""
MAX_ENTRIES = 10_000
MAX_RATIO = 250
"""Tables shrink to a fifth or a thirtieth; what shrinks more than this was made to do harm."""
FREE_BYTES = 64 * 1024**2
"""Up to this size, no ratio is looked at."""

_ENCRYPTED = 0x1
_DAMAGE = (
    EOFError,
    IndexError,
    KeyError,
    MemoryError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
"""What Python's modules raise on damaged files."""


Stream = gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile | IO[bytes]


class Compression(NamedTuple):
    """A way to compress one file: its extension, the bytes it begins with, how to open it."""

    extension: str
    magic: bytes
    open: Callable[[IO[bytes]], Stream]


COMPRESSIONS = (
    Compression(".gz", b"\x1f\x8b", lambda file: gzip.GzipFile(fileobj=file)),
    Compression(".bz2", b"BZh", bz2.BZ2File),
    Compression(".xz", b"\xfd7zXZ\0", lzma.LZMAFile),
)

ARCHIVES = frozenset({".zip", ".tar", ".tgz", ".7z", ".rar"})
"""Extensions of files that hold files; of these, ZIP is read."""


class Closable(Protocol):
    """What has to be closed."""

    def close(self) -> object:
        """Close it."""


class Bounded(io.RawIOBase):
    """A stream that is decompressed: damage and bytes without end are told as problems."""

    def __init__(self, stream: Stream, name: str, size: int, *beneath: Closable) -> None:
        self._stream = stream
        self._beneath = beneath
        self._name = name
        self._limit = min(MAX_FILE_BYTES, max(FREE_BYTES, size * MAX_RATIO))
        self._count = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read into a buffer and return the number of bytes.

        Raises:
            Refused: the file is damaged, or more comes out of it than is allowed.
        """
        with _told(self._name):
            data = self._stream.read(len(buffer))
        self._count += len(data)
        if self._count > self._limit:
            _refuse("input-too-large", self._name, _grown(self._limit))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the stream, and the file beneath it."""
        if not self.closed:
            for stream in (self._stream, *self._beneath):
                stream.close()
        super().close()


def open_compressed(
    file: IO[bytes], compression: Compression, name: str, size: int
) -> io.BufferedReader:
    """Return what comes out of a compressed file."""
    with _told(name):
        return io.BufferedReader(Bounded(compression.open(file), name, size, file), 1 << 16)


def open_member(path: Path, member: str, name: str) -> io.BufferedReader:
    """Open a member of a ZIP archive for its bytes.

    Raises:
        Refused: the archive is damaged.
    """
    with _told(name):
        archive = zipfile.ZipFile(path)
        try:
            info = archive.getinfo(member)
            stream = archive.open(info)
        except BaseException:
            archive.close()
            raise
        raw = Bounded(stream, name, info.compress_size, archive)
        return io.BufferedReader(raw, 1 << 16)


@contextmanager
def open_archive(
    file: Path | IO[bytes], name: str, code: str = "archive-damaged"
) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP archive; ``code`` is that of the problem if it is damaged.

    Raises:
        Refused: it is damaged.
    """
    with _told(name, code), zipfile.ZipFile(file) as archive:
        yield archive


def check_directory(
    archive: zipfile.ZipFile, name: str, size: int, limit: int = MAX_FILE_BYTES
) -> Sequence[zipfile.ZipInfo]:
    """Return the entries of an archive, after a look at how many and how large they are.

    Raises:
        Refused: they are too many or too large, two have the same name, or one is encrypted.
    """
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        _refuse("input-too-large", name, f"The archive has more than {MAX_ENTRIES:,} entries.")
    total = sum(entry.file_size for entry in entries)
    allowed = min(limit, max(FREE_BYTES, size * MAX_RATIO))
    if total > allowed:
        _refuse("input-too-large", name, _grown(allowed))
    seen: set[str] = set()
    for entry in entries:
        if entry.filename in seen:
            _refuse("archive-refused", name, f"The entry {entry.filename} stands in it twice.")
        if entry.flag_bits & _ENCRYPTED:
            _refuse("archive-refused", name, f"The entry {entry.filename} is encrypted.")
        seen.add(entry.filename)
    return entries


@contextmanager
def _told(name: str, code: str = "archive-damaged") -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        told = str(error).rstrip(".") or type(error).__name__
        problem = Problem.of(code, Place(name), f"The file cannot be unpacked: {told}.")
        raise Refused([problem]) from error


def _grown(limit: int) -> str:
    return f"More than {limit // 1024**2:,} MiB come out of the file."


def _refuse(code: str, name: str, message: str) -> NoReturn:
    raise Refused([Problem.of(code, Place(name), message)])
