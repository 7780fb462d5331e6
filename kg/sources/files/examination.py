"""The first look at a file: its hash and size, which encoding it is in, and whether it is text.

A file is read in chunks, so that memory does not grow with it.
"""

from __future__ import annotations

import codecs
import hashlib
from typing import NamedTuple, NoReturn

from kg.problems import Place, Problem, ProfileError, Refused, shorten
from kg.records import Source
from kg.sources.files.archives import MAX_FILE_BYTES
from kg.sources.files.encodings import double_encoded, guess_utf16, is_damaged_utf8, stated_encoding
from kg.sources.files.input_file import CHUNK, WORKBOOKS, Examined, InputFile, open_raw, open_stream

__all__ = ["examine"]

_NAMES = {
    "cp1252": "Windows-1252",
    "utf-8-sig": "UTF-8",
    "utf-16-le": "UTF-16 (little endian)",
    "utf-16-be": "UTF-16 (big endian)",
}


class _Signature(NamedTuple):
    """Bytes of files that are no text, at ``place``; what such a file is, and what to do."""

    magic: bytes
    told: str
    remedy: str
    place: int = 0


_UNPACK = "Unpack it, and give the files that are in it."
_BINARY = (
    _Signature(
        b"PK\x03\x04", "It is a ZIP archive or a workbook.", "Give it the extension .zip or .xlsx."
    ),
    _Signature(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "It is an old Excel or Office file.",
        "Open it in a spreadsheet program and save it as .xlsx.",
    ),
    _Signature(b"%PDF-", "It is a PDF.", "Ask for the table as CSV, XLSX or JSON."),
    _Signature(
        b"\x1f\x8b", "It is compressed with gzip.", "Give it the extension .gz after its own."
    ),
    _Signature(b"7z\xbc\xaf\x27\x1c", "It is an archive of 7-Zip.", _UNPACK),
    _Signature(b"Rar!\x1a\x07", "It is a RAR archive.", _UNPACK),
    _Signature(b"ustar", "It is a TAR archive.", _UNPACK, 257),
)


def examine(file: InputFile, encoding: str | None = None) -> Examined:
    """Return hash, size and encoding of a file, with what is to be said about them.

    A byte order mark tells the encoding; next comes ``encoding``, that of a source profile.
    Without either, UTF-8 is expected. UTF-16 without mark is recognised, and a file that is not
    UTF-8 and has no valid multi-byte character of it is read as Windows-1252, with a warning.

    Raises:
        InputError: the file cannot be opened.
        ProfileError: there is no encoding of that name.
        Refused: the file is empty, too large, damaged, not text, or its encoding is broken.
    """
    source = _hashed(file)
    if file.suffix in WORKBOOKS:
        return Examined(file, source, "", ())
    with open_stream(file) as stream:
        head = stream.read(4096)
    if not head:
        _refuse(file, "empty-input", "The file is empty.")
    for magic, told, remedy, place in _BINARY:
        if head.startswith(magic, place):
            _refuse(file, "not-text", told, remedy=remedy)
    stated = stated_encoding(head) or _known(encoding)
    if stated is not None:
        return _examined(file, source, stated)
    guessed = guess_utf16(head)
    if guessed is not None and _scan(file, guessed).is_text:
        return _examined(file, source, guessed, is_guessed=True)
    return _examine_bare(file, source)


class _Broken(NamedTuple):
    """Where no character can be read: the line, and what stands there."""

    line: int
    what: str


class _Scan(NamedTuple):
    """What a text holds: a broken character, the line of a zero byte, a damaged word."""

    broken: _Broken | None = None
    nul: int | None = None
    double: tuple[int, str] | None = None

    @property
    def is_text(self) -> bool:
        return self.broken is None and self.nul is None


def _examine_bare(file: InputFile, source: Source) -> Examined:
    scan = _scan(file, "utf-8")
    if scan.broken is None:
        return _examined(file, source, "utf-8", scan)
    if _has_utf8(file):
        _refuse_broken(file, "utf-8", scan.broken)
    as_western = _scan(file, "cp1252")
    if as_western.broken is not None:
        told = f"{as_western.broken.what} is valid neither in UTF-8 nor in Windows-1252."
        _refuse(file, "encoding", told, as_western.broken.line)
    return _examined(file, source, "cp1252", as_western, is_guessed=True)


def _examined(
    file: InputFile,
    source: Source,
    encoding: str,
    scan: _Scan | None = None,
    *,
    is_guessed: bool = False,
) -> Examined:
    scan = scan or _scan(file, encoding)
    if scan.broken is not None:
        _refuse_broken(file, encoding, scan.broken)
    if scan.nul is not None:
        _refuse(file, "not-text", "The file holds bytes that are in no text.", scan.nul)
    problems = []
    if is_guessed:
        told = f"The file was read as {_NAMES[encoding]}."
        problems.append(Problem.of("encoding-guessed", Place(file.name), told))
    if scan.double is not None:
        line, word = scan.double
        told = "UTF-8 was read as Windows-1252 here before it came to us."
        problems.append(Problem.of("double-encoded", Place(file.name, line), told, value=word))
    return Examined(file, source, encoding, tuple(problems))


def _hashed(file: InputFile) -> Source:
    digest, size = hashlib.sha256(), 0
    with open_raw(file) as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            if size > MAX_FILE_BYTES:
                _refuse(file, "input-too-large", "The file is larger than 2 GiB.")
    if size == 0:
        _refuse(file, "empty-input", "The file is empty.")
    return Source(file.name, digest.hexdigest(), size)


def _known(encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        "".encode(encoding)
        return codecs.lookup(encoding).name
    except (LookupError, ValueError) as error:
        raise ProfileError(
            f"There is no encoding ‹{encoding}›.", remedy="Use a name such as cp1250 or utf-8."
        ) from error


def _scan(file: InputFile, encoding: str) -> _Scan:
    decoder = codecs.getincrementaldecoder(encoding)()
    line, double = 1, None
    with open_stream(file) as stream:
        while True:
            chunk = stream.read(CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeError as error:
                data, start = getattr(error, "object", b""), getattr(error, "start", 0)
                good = data[:start]
                if b"\0" in good and not encoding.startswith(("utf-16", "utf-32")):
                    return _Scan(nul=line + good[: good.index(b"\0")].count(b"\n"))
                what = f"The byte 0x{data[start]:02X}" if data[start:] else "A character"
                return _Scan(_Broken(line + good.count(b"\n"), what))
            if "\0" in text:
                return _Scan(nul=line + _lines(text[: text.index("\0")]))
            if double is None and (word := double_encoded(text)):
                double = (line + _lines(text[: word.start()]), shorten(word.group()))
            line += _lines(text)
            if not chunk:
                return _Scan(double=double)


def _lines(text: str) -> int:
    return text.count("\n") or text.count("\r")


def _has_utf8(file: InputFile) -> bool:
    with open_stream(file) as stream:
        while chunk := stream.read(CHUNK):
            if is_damaged_utf8(chunk):
                return True
    return False


def _refuse_broken(file: InputFile, encoding: str, broken: _Broken) -> NoReturn:
    name = _NAMES.get(encoding, encoding.upper())
    _refuse(file, "encoding", f"{broken.what} is not valid {name}.", broken.line)


def _refuse(
    file: InputFile, code: str, message: str, line: int | None = None, remedy: str | None = None
) -> NoReturn:
    raise Refused([Problem.of(code, Place(file.name, line), message, remedy=remedy)])
