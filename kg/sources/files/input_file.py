"""Input files: found, named and opened, also where they are compressed or come by standard input.

What a file is shows its extension; where it has none that is known, its first bytes do.
"""

from __future__ import annotations

import atexit
import errno
import io
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from kg.built import is_build
from kg.problems import InputError, Place, Problem, Refused, as_utf8, shorten
from kg.records import Source
from kg.settings import SETTINGS_FILE
from kg.sources.files.archives import (
    ARCHIVES,
    COMPRESSIONS,
    MAX_FILE_BYTES,
    check_directory,
    open_archive,
    open_compressed,
    open_member,
)
from kg.sources.files.encodings import guess_utf16, stated_encoding

__all__ = [
    "CHUNK",
    "STDIN",
    "WORKBOOKS",
    "Examined",
    "FoundFiles",
    "InputFile",
    "check_name",
    "find_files",
    "inner_suffix",
    "open_raw",
    "open_stream",
    "open_text",
    "with_content",
]

CHUNK = 1 << 20

STDIN = Path("-")
"""The path that stands for standard input."""

WORKBOOKS = frozenset({".xlsx", ".xlsm"})
"""Extensions of files that are no text."""

_HEAD = 1 << 16
_TEXT_RECORD = re.compile(r"^\s*Projektebene:?\s*$", re.IGNORECASE | re.MULTILINE)
"""The line that a record copied from a project database begins with."""


class InputFile(NamedTuple):
    """A file of the input and the name by which the graph knows it (no path of this machine).

    ``member`` is its name in a ZIP archive. ``content`` is the extension that its content has,
    such as ``.csv.gz``, where its name has none that is known.
    """

    path: Path
    name: str
    member: str | None = None
    content: str | None = None

    @property
    def suffix(self) -> str:
        """The extension that tells what it is, in lower case: ``.csv`` for ``a.CSV.gz``."""
        return inner_suffix(self._label)

    @property
    def folder(self) -> Path:
        """The folder that it lies in; for a member of an archive, a path that begins with it."""
        return self.path.parent if self.member is None else (self.path / self.member).parent

    @property
    def _label(self) -> str:
        label = self.member or self.path.name
        return f"x{self.content}" if self.content is not None else label


class FoundFiles(NamedTuple):
    """The files to read, the names of those that no layout reads, and what is to be said."""

    files: list[InputFile]
    passed_over: list[str]
    problems: list[Problem]


class Examined(NamedTuple):
    """A file and what the first pass found out: hash and size, encoding, and problems.

    A workbook has no encoding.
    """

    file: InputFile
    source: Source
    encoding: str
    problems: tuple[Problem, ...]


def inner_suffix(name: str) -> str:
    """Return the extension of a name, in lower case and without that of a compression."""
    path = PurePosixPath(name.lower())
    is_compressed = any(path.suffix == compression.extension for compression in COMPRESSIONS)
    return PurePosixPath(path.stem).suffix if is_compressed else path.suffix


def find_files(paths: Sequence[Path], extensions: frozenset[str]) -> FoundFiles:
    """Return the files to read: those named, and those in folders that have a known extension.

    Files of a folder come in the order of their names; hidden ones are left out, and those with
    other extensions passed over. So are the members of a ZIP archive. A file that is named twice
    is read once. A file's name is its path below the folder, or its bare name; where names agree,
    the names of their folders go before. The path ``-`` is standard input.

    Raises:
        InputError: a path does not exist or cannot be read, a name is not UTF-8, or a folder has
            nothing to read.
    """
    found: dict[tuple[Path, str | None], InputFile] = {}
    passed_over: list[str] = []
    problems: list[Problem] = []
    for path in paths:
        with _reading(path):
            for file in _files_of(path, extensions, passed_over):
                try:
                    for part in _parts_of(file, extensions, passed_over):
                        found.setdefault((part.path.resolve(), part.member), part)
                except Refused as refused:
                    problems += refused.problems
    files = _with_distinct_names(list(found.values()))
    for file in files:
        check_name(file.name)
    return FoundFiles(files, sorted(passed_over), problems)


def check_name(name: str) -> None:
    """Refuse the name of a file that the graph, where it names the file, could not hold.

    Raises:
        InputError: it is not UTF-8.
    """
    shown = as_utf8(name)
    if shown != name:
        raise InputError(
            "The name of this file is not UTF-8.", place=shown, remedy="Rename the file."
        )


def _files_of(
    path: Path, extensions: frozenset[str], passed_over: list[str]
) -> Iterator[InputFile]:
    """Yield the files of a path, archives among them, each with what it is if that is known."""
    if path == STDIN:
        yield with_content(InputFile(_spooled(), "stdin", content=""), extensions)
    elif path.is_file():
        yield with_content(InputFile(path, path.name), extensions)
    elif path.is_dir():
        known, others = [], []
        for file in _walk(path):
            if inner_suffix(file.name) in extensions or file.suffix.lower() == ".zip":
                known.append(file)
            elif file.name != SETTINGS_FILE:
                others.append(as_utf8(file.relative_to(path).as_posix()))
        if not known:
            raise _nothing_in(path, others, extensions)
        passed_over += others
        yield from (InputFile(file, file.relative_to(path).as_posix()) for file in known)
    elif path.exists():
        raise InputError("This is neither a file nor a folder.", place=str(path))
    else:
        raise InputError(
            "There is no such file or folder.", place=str(path), remedy="Check the path."
        )


def _nothing_in(folder: Path, others: Sequence[str], extensions: frozenset[str]) -> InputError:
    only = f", only {shorten(', '.join(sorted(others)))}" if others else ""
    packed = ", ".join(compression.extension for compression in COMPRESSIONS)
    return InputError(
        f"The folder has no file that can be read{only}.",
        place=str(folder),
        remedy=f"Save tables as CSV or XLSX. Looked for {', '.join(sorted(extensions))}, also "
        f"compressed ({packed}), and .zip.",
    )


def _parts_of(
    file: InputFile, extensions: frozenset[str], passed_over: list[str]
) -> Iterator[InputFile]:
    """Yield a file, or the members of an archive.

    Raises:
        Refused: the archive is damaged, too large or encrypted, or holds archives.
    """
    if file.suffix != ".zip":
        yield file
        return
    members = []
    with open_archive(file.path, file.name) as archive:
        for entry in check_directory(archive, file.name, file.path.stat().st_size):
            path = PurePosixPath(entry.filename)
            if entry.is_dir() or any(part.startswith((".", "__MACOSX")) for part in path.parts):
                continue
            name = f"{file.name}/{entry.filename}"
            packed = {*ARCHIVES, *(compression.extension for compression in COMPRESSIONS)}
            if path.suffix.lower() in packed:
                told = f"It holds {entry.filename}, which is packed itself."
                raise Refused([Problem.of("archive-refused", Place(file.name), told)])
            if inner_suffix(entry.filename) in extensions:
                members.append(InputFile(file.path, name, entry.filename))
            else:
                passed_over.append(name)
    if not members:
        told = f"The archive has no file that can be read, of {', '.join(sorted(extensions))}."
        raise Refused([Problem.of("no-records", Place(file.name), told)])
    yield from sorted(members, key=lambda member: member.name)


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, links followed, each folder entered once.

    The outputs of an earlier build are no sources.
    """

    def refuse(error: OSError) -> None:
        raise error

    entered: set[str] = set()
    for root, folders, files in os.walk(folder, onerror=refuse, followlinks=True):
        real = os.path.realpath(root)
        if real in entered or is_build(Path(root)):
            folders.clear()
            continue
        entered.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            file = Path(root, name)
            if not name.startswith(".") and (file.is_file() or not file.exists()):
                yield file


def _spooled() -> Path:
    """Return a file with what comes by standard input; it goes when the program ends."""
    size = 0
    with tempfile.NamedTemporaryFile(prefix="kg-stdin-", delete=False) as file:
        path = Path(file.name)
        atexit.register(path.unlink, missing_ok=True)
        while chunk := sys.stdin.buffer.read(CHUNK):
            size += len(chunk)
            if size > MAX_FILE_BYTES:
                raise InputError("More than 2 GiB came by standard input.", place="stdin")
            file.write(chunk)
    return path


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            f"This cannot be read: {error.strerror or error}.",
            place=str(error.filename or path),
            remedy="Allow more open files (ulimit -n)."
            if error.errno == errno.EMFILE
            else "Check its permissions.",
        ) from error


def _with_distinct_names(found: Sequence[InputFile]) -> list[InputFile]:
    """Put the names of their folders before names that agree, for as long as they do."""
    names = [file.name for file in found]
    parents = [list(file.path.resolve().parents) for file in found]
    while True:
        counts = Counter(names)
        alike = [index for index, name in enumerate(names) if counts[name] > 1]
        if not alike:
            return [file._replace(name=name) for file, name in zip(found, names, strict=True)]
        for index in alike:
            names[index] = f"{parents[index].pop(0).name}/{names[index]}"


def with_content(file: InputFile, extensions: frozenset[str]) -> InputFile:
    """Return a file with what it is by its content, if its name does not say it."""
    if file.member is not None or file.suffix in extensions or file.suffix == ".zip":
        return file
    with file.path.open("rb") as stream:
        head = stream.read(_HEAD)
    for compression in COMPRESSIONS:
        if head.startswith(compression.magic):
            packed = file._replace(content=f".csv{compression.extension}")
            try:
                with open_stream(packed) as unpacked:
                    inside = _content(unpacked.read(_HEAD), None)
            except Refused:
                return packed
            return file._replace(content=f"{inside}{compression.extension}")
    return file._replace(content=_content(head, file.path))


def _content(head: bytes, path: Path | None) -> str:
    """Return the extension of what begins with these bytes; ``path`` is that of a whole file."""
    if head.startswith(b"PK\x03\x04"):
        return _zip_content(path)
    encoding = stated_encoding(head) or guess_utf16(head[:4096]) or "latin-1"
    text = head.decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")
    if text.startswith(("{", "[")):
        return ".json"
    return ".txt" if _TEXT_RECORD.search(text) else ".csv"


def _zip_content(path: Path | None) -> str:
    if path is None:
        return ".xlsx"
    try:
        with open_archive(path, path.name) as archive:
            is_workbook = "[content_types].xml" in (n.lower() for n in archive.namelist())
    except Refused:
        return ".zip"
    return ".xlsx" if is_workbook else ".zip"


def open_raw(file: InputFile) -> io.BufferedReader:
    """Open a file for its bytes as they lie; those of a member as they come out of its archive.

    Raises:
        InputError: it cannot be read.
        Refused: the archive is damaged.
    """
    with _reading(file.path):
        if file.member is not None:
            return open_member(file.path, file.member, file.name)
        return file.path.open("rb")


def open_stream(file: InputFile) -> io.BufferedReader:
    """Open a file for its bytes, decompressed. Reading raises Refused where it is damaged.

    Raises:
        InputError: it cannot be read.
        Refused: the archive is damaged.
    """
    stream = open_raw(file)
    if file.member is None:
        ending = PurePosixPath(file._label.lower()).suffix
        for compression in COMPRESSIONS:
            if ending == compression.extension:
                size = file.path.stat().st_size
                return open_compressed(stream, compression, file.name, size)
    return stream


def open_text(file: InputFile, encoding: str) -> Iterator[str]:
    """Yield the lines of a file without their ends; CR, LF and CRLF all end a line."""
    stream: IO[bytes] = open_stream(file)
    with stream, io.TextIOWrapper(stream, encoding, newline=None) as lines:
        for line in lines:
            yield line.removesuffix("\n")
