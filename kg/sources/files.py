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
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kg.problems import InputError, Place, Problem, Refused
from kg.records import Source

__all__ = ["InputFile", "examine", "find_files", "open_text"]

CHUNK = 1 << 20
MAX_FILE_BYTES = 2 * 1024**3
"""Larger text files are refused; the limit guards against a wrong file, not against big data."""

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


class Examined(NamedTuple):
    """What the first pass found out: hash and size, encoding, and problems of the file."""

    source: Source
    encoding: str
    problems: tuple[Problem, ...]


def find_files(paths: Sequence[Path], extensions: frozenset[str]) -> list[InputFile]:
    """Return the files to read: those named, and those in folders that have a known extension.

    Files of a folder come in the order of their names; hidden ones are left out. A file's name is
    its path below the folder, or its bare name; where two agree, the folder's name goes before.

    Raises:
        InputError: a path does not exist, or a folder has nothing to read.
    """
    found: dict[Path, str] = {}
    for path in paths:
        if path.is_dir():
            inside = list(_walk(path, extensions))
            if not inside:
                raise InputError(
                    "The folder has no file that can be read.",
                    place=str(path),
                    remedy=f"Looked for {', '.join(sorted(extensions))}.",
                )
            for file in inside:
                found.setdefault(file, file.relative_to(path).as_posix())
        elif path.exists():
            found.setdefault(path, path.name)
        else:
            raise InputError(
                "There is no such file or folder.", place=str(path), remedy="Check the path."
            )
    return _with_distinct_names(found)


def _walk(folder: Path, extensions: frozenset[str]) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() in extensions:
                yield Path(root, name)


def _with_distinct_names(found: dict[Path, str]) -> list[InputFile]:
    taken: dict[str, Path] = {}
    for path, name in found.items():
        parents = list(path.resolve().parents)
        while name in taken and parents:
            name = f"{parents.pop(0).name}/{name}"
        if name in taken:
            raise InputError(f"Two input files have the same name {name}.", place=str(path))
        taken[name] = path
    return [InputFile(path, name) for name, path in taken.items()]


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
    with _opened(file) as stream:
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
            return Examined(source, encoding, ())
    if has_nul:
        _refuse(file, "not-text", "The file holds bytes that are in no text.")
    return _examine_bare(file, source)


def open_text(file: InputFile, encoding: str) -> Iterator[str]:
    """Yield the lines of a file without their ends; CR, LF and CRLF all end a line."""
    with _opened(file) as stream, io.TextIOWrapper(stream, encoding, newline=None) as lines:
        for line in lines:
            yield line.removesuffix("\n")


def _examine_bare(file: InputFile, source: Source) -> Examined:
    if _broken_at(file, "utf-8") is None:
        return Examined(source, "utf-8", ())
    # one valid multi-byte character tells UTF-8 that was damaged from a one-byte encoding
    if _is_damaged_utf8(file) or _broken_at(file, "cp1252") is not None:
        _check_encoding(file, "utf-8")
    guessed = Problem.of("encoding-guessed", Place(file.name), "The file was read as Windows-1252.")
    return Examined(source, "cp1252", (guessed,))


def _check_encoding(file: InputFile, encoding: str) -> None:
    line = _broken_at(file, encoding)
    if line is not None:
        _refuse(file, "encoding", f"A character is not valid {encoding.upper()}.", line)


def _broken_at(file: InputFile, encoding: str) -> int | None:
    """Return the line of the first byte that is not valid, or None."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with _opened(file) as stream:
        while True:
            chunk = stream.read(CHUNK)
            try:
                line += decoder.decode(chunk, final=not chunk).count("\n")
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].count(b"\n")
            if not chunk:
                return None


def _is_damaged_utf8(file: InputFile) -> bool:
    with _opened(file) as stream:
        while chunk := stream.read(CHUNK):
            text = chunk.decode("utf-8", errors="surrogateescape")
            if any(ord(c) > 127 and not 0xDC80 <= ord(c) <= 0xDCFF for c in text):
                return True
            if _SURROGATE.search(chunk):
                return True
    return False


def _opened(file: InputFile) -> io.BufferedReader:
    try:
        return file.path.open("rb")
    except OSError as error:
        raise InputError(
            f"The file cannot be read: {error.strerror}.", place=str(file.path)
        ) from error


def _refuse(file: InputFile, code: str, message: str, line: int | None = None) -> None:
    raise Refused([Problem.of(code, Place(file.name, line), message)])
