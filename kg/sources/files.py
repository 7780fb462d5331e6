"""Input files: found, named, hashed and opened as text, whatever their encoding.

A file is read twice: once in chunks for its hash and encoding, once for its lines, so that memory
does not grow with it.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from kg.problems import InputError, Place, Problem, Refused
from kg.records import Source
from kg.settings import SETTINGS_FILE

__all__ = ["Examined", "InputFile", "examine", "find_files", "open_stream", "open_text"]

CHUNK = 1 << 20
MAX_FILE_BYTES = 2 * 1024**3
"""Larger text files are refused; the limit guards against a wrong file, not against big data."""

BUILD = {"manifest.json", "graph.nt"}
"""A folder with these files is a build."""

_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
"""Half of a UTF-16 pair, written as if it were a character: not UTF-8, and no text has it."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class InputFile(NamedTuple):
    """A file of the input and the name by which the graph knows it (no path of this machine)."""

    path: Path
    name: str


class Found(NamedTuple):
    """The files to read, and the names of those in folders that no layout reads."""

    files: list[InputFile]
    passed_over: list[str]


class Examined(NamedTuple):
    """A file and what the first pass found out: hash and size, encoding, and problems."""

    file: InputFile
    source: Source
    encoding: str
    problems: tuple[Problem, ...]


def find_files(paths: Sequence[Path], extensions: frozenset[str]) -> Found:
    """Return the files to read: those named, and those in folders that have a known extension.

    Files of a folder come in the order of their names; hidden ones are left out, and those with
    other extensions passed over. A file that is named twice is read once. A file's name is its path
    below the folder, or its bare name; where names agree, the names of their folders go before.

    Raises:
        InputError: a path does not exist or cannot be read, or a folder has nothing to read.
    """
    found: dict[Path, tuple[Path, str]] = {}
    passed_over: list[str] = []
    for path in paths:
        with _reading(path):
            for file, name in _files_of(path, extensions, passed_over):
                found.setdefault(file.resolve(), (file, name))
    return Found(_with_distinct_names(list(found.values())), sorted(passed_over))


def _files_of(
    path: Path, extensions: frozenset[str], passed_over: list[str]
) -> Iterator[tuple[Path, str]]:
    if path.is_file():
        yield path, path.name
    elif path.is_dir():
        known = []
        for file in _walk(path):
            if file.suffix.lower() in extensions:
                known.append(file)
            elif file.name != SETTINGS_FILE:
                passed_over.append(file.relative_to(path).as_posix())
        if not known:
            raise InputError(
                "The folder has no file that can be read.",
                place=str(path),
                remedy=f"Looked for {', '.join(sorted(extensions))}.",
            )
        yield from ((file, file.relative_to(path).as_posix()) for file in known)
    elif path.exists():
        raise InputError("This is neither a file nor a folder.", place=str(path))
    else:
        raise InputError(
            "There is no such file or folder.", place=str(path), remedy="Check the path."
        )


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, links followed, each folder entered once.

    The outputs of an earlier build are no sources.
    """

    def refuse(error: OSError) -> None:
        raise error

    entered: set[str] = set()
    for root, folders, files in os.walk(folder, onerror=refuse, followlinks=True):
        real = os.path.realpath(root)
        if real in entered or set(files) >= BUILD:
            folders.clear()
            continue
        entered.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            file = Path(root, name)
            if not name.startswith(".") and (file.is_file() or not file.exists()):
                yield file


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            f"This cannot be read: {error.strerror}.",
            place=str(error.filename or path),
            remedy="Check its permissions.",
        ) from error


def _with_distinct_names(found: Sequence[tuple[Path, str]]) -> list[InputFile]:
    """Put the names of their folders before names that agree, for as long as they do."""
    names = dict(found)
    parents = {path: list(path.resolve().parents) for path in names}
    while True:
        counts = Counter(names.values())
        alike = [path for path, name in names.items() if counts[name] > 1]
        if not alike:
            return [InputFile(path, name) for path, name in names.items()]
        for path in alike:
            names[path] = f"{parents[path].pop(0).name}/{names[path]}"


def examine(file: InputFile) -> Examined:
    """Return hash, size and encoding of a file, with what is to be said about them.

    UTF-8 is expected, with or without byte order mark, and UTF-16 with one. A file that is not
    UTF-8 and has no valid multi-byte character of it is read as Windows-1252, with a warning.

    Raises:
        InputError: the file cannot be opened.
        Refused: the file is empty, too large, not text, or its encoding is broken.
    """
    digest, size, has_nul = hashlib.sha256(), 0, False
    head = b""
    with open_stream(file) as stream:
        while chunk := stream.read(CHUNK):
            head = head or chunk[:4]
            digest.update(chunk)
            size += len(chunk)
            has_nul = has_nul or b"\0" in chunk
            if size > MAX_FILE_BYTES:
                _refuse(file, "input-too-large", "The file is larger than 2 GiB.")
    source = Source(file.name, digest.hexdigest(), size)
    if size == 0:
        _refuse(file, "empty-input", "The file is empty.")
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            _check_encoding(file, encoding)
            return Examined(file, source, encoding, ())
    if has_nul:
        _refuse(file, "not-text", "The file holds bytes that are in no text.", _nul_line(file))
    return _examine_bare(file, source)


def open_text(file: InputFile, encoding: str) -> Iterator[str]:
    """Yield the lines of a file without their ends; CR, LF and CRLF all end a line."""
    with open_stream(file) as stream, io.TextIOWrapper(stream, encoding, newline=None) as lines:
        for line in lines:
            yield line.removesuffix("\n")


def _examine_bare(file: InputFile, source: Source) -> Examined:
    if _broken_at(file, "utf-8") is None:
        return Examined(file, source, "utf-8", ())
    # one valid multi-byte character tells UTF-8 that was damaged from a one-byte encoding
    if _is_damaged_utf8(file) or _broken_at(file, "cp1252") is not None:
        _check_encoding(file, "utf-8")
    guessed = Problem.of("encoding-guessed", Place(file.name), "The file was read as Windows-1252.")
    return Examined(file, source, "cp1252", (guessed,))


def _check_encoding(file: InputFile, encoding: str) -> None:
    line = _broken_at(file, encoding)
    if line is not None:
        _refuse(file, "encoding", f"A character is not valid {encoding.upper()}.", line)


def _broken_at(file: InputFile, encoding: str) -> int | None:
    """Return the line of the first byte that is not valid, or None."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with open_stream(file) as stream:
        while True:
            chunk = stream.read(CHUNK)
            try:
                line += decoder.decode(chunk, final=not chunk).count("\n")
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].count(b"\n")
            if not chunk:
                return None


def _nul_line(file: InputFile) -> int:
    line = 1
    with open_stream(file) as stream:
        while chunk := stream.read(CHUNK):
            head, nul, _ = chunk.partition(b"\0")
            line += head.count(b"\n")
            if nul:
                break
    return line


def _is_damaged_utf8(file: InputFile) -> bool:
    with open_stream(file) as stream:
        while chunk := stream.read(CHUNK):
            text = chunk.decode("utf-8", errors="surrogateescape")
            if any(ord(c) > 127 and not 0xDC80 <= ord(c) <= 0xDCFF for c in text):
                return True
            if _SURROGATE.search(chunk):
                return True
    return False


def open_stream(file: InputFile) -> io.BufferedReader:
    """Open a file for its bytes.

    Raises:
        InputError: it cannot be read.
    """
    with _reading(file.path):
        return file.path.open("rb")


def _refuse(file: InputFile, code: str, message: str, line: int | None = None) -> None:
    raise Refused([Problem.of(code, Place(file.name, line), message)])
