"""What the last build into a folder made of records that did not change since.

Beside its outputs a build keeps a folder ``.cache``: for each published project a digest of its
record, what the shapes found in it, and where its text stands in the files of the graph. The next
build reads all sources as ever; a record with the same digest is neither mapped nor validated nor
written anew, its text is copied.

Nothing is reused where anything else differs: the program, the shapes, the ontology, a library, a
setting, a byte of the old files, or the old store, all of which a seal names.
"""

from __future__ import annotations

import errno
import hashlib
import platform
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

import msgspec

import kg
from kg.built import CACHE, STORE
from kg.bundled import ONTOLOGY, SHAPES
from kg.pipeline.census import TermCounts
from kg.problems import Problem
from kg.records import Project
from kg.settings import Settings
from kg.store import data_files
from kg.validation import Result

__all__ = ["KeptFindings", "Notes", "Previous", "Span", "Spans", "damaged_in_store", "digest"]

BATCH = 1_000
"""Entries that are handed to SQLite together."""
PIECE = 4 * 1024**2
"""Bytes of a file that are hashed at once."""
_LIBRARIES = ("anyascii", "msgspec", "pyoxigraph", "pyshacl", "rdflib", "shacl")

Note = tuple[str, bytes, bytes]
"""The key of a record, its digest, and what was found in it."""
Span = tuple[int, int]
"""Where a text begins in a file, and its length, in bytes."""
Spans = dict[str, Span]
"""Where the text of a project stands in each file."""


class KeptFindings(msgspec.Struct, frozen=True, array_like=True):
    """What validation found in a record that is published, and what is counted in its triples."""

    results: list[Result]
    problems: list[Problem]
    counts: TermCounts


class _Seal(msgspec.Struct, frozen=True):
    """What must be as it was: program and settings, the notes, the files and those of the store.

    ``shared`` is the position in ``graph.nt`` where the projects end.
    """

    program: str
    notes: str
    files: dict[str, str]
    stored: dict[str, str]
    shared: int


def digest(project: Project) -> bytes | None:
    """Return a digest of all that a record states and of where it stands; None if it has none."""
    try:
        data = _encode(project)
    except (TypeError, ValueError):  # a value of a kind that cannot be written
        return None
    return hashlib.blake2b(data, digest_size=16).digest()


_encode: Callable[[Project], bytes] = msgspec.msgpack.Encoder(order="deterministic").encode


@cache
def _program() -> str:
    """Return a digest of all that the outputs depend on besides sources and settings."""
    package = Path(kg.__file__).parent
    found = hashlib.sha256(platform.python_version().encode())
    for name in _LIBRARIES:
        found.update(f"{name} {version(name)}\n".encode())
    paths = [p for p in package.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    for path in sorted({*paths, *ONTOLOGY.glob("*.ttl"), *SHAPES.glob("*.ttl")}):
        found.update(f"{path.name} {path.stat().st_size}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def _key(settings: Settings) -> str:
    return f"{_program()} {hashlib.sha256(msgspec.json.encode(settings)).hexdigest()}"


def _file_digest(path: Path, is_wanted: Callable[[], bool] = lambda: True) -> str:
    """Return the SHA-256 of a file, or of its beginning once that is of no use to anyone."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while is_wanted() and (piece := file.read(PIECE)):
            found.update(piece)
    return found.hexdigest()


def _has_digest(
    path: Path, known: str | None, is_wanted: Callable[[], bool] = lambda: True
) -> bool:
    """Tell whether a file is as it was; one that cannot be read is not."""
    try:
        return _file_digest(path, is_wanted) == known
    except OSError:
        return False


def _store_files(
    store: Path,
    linked: Mapping[int, str] = MappingProxyType({}),
    is_wanted: Callable[[], bool] = lambda: True,
) -> dict[str, str]:
    """Return the digests of the files of a store; those of ``linked`` are known, by inode."""
    return {
        path.name: linked.get(path.stat().st_ino) or _file_digest(path, is_wanted)
        for path, _ in data_files(store)
    }


def damaged_in_store(folder: Path) -> str | None:
    """Return the first file of the store of a build that is not as it was written, if there is one.

    Only files are judged that are final, and that the seal of the build knows.
    """
    store = folder / STORE
    try:
        known = _read_seal(folder).stored
    except (OSError, msgspec.DecodeError):
        return None
    if not _has_digest(store / "IDENTITY", known.get("IDENTITY")):
        return None  # another store, made since
    final = [path for path, is_final in data_files(store) if is_final and path.name in known]
    return next((path.name for path in final if not _has_digest(path, known[path.name])), None)


def _read_seal(folder: Path) -> _Seal:
    return msgspec.json.decode((folder / CACHE / "seal.json").read_bytes(), type=_Seal)


class Previous:
    """The last build into a folder, as far as it can be reused. Use as a context manager."""

    def __init__(self, folder: Path, seal: _Seal) -> None:
        self.folder = folder
        self.shared = seal.shared
        self._seal = seal
        uri = f"{(folder / CACHE / 'notes.db').as_uri()}?mode=ro&immutable=1"
        self._notes = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._files: dict[str, BinaryIO] = {}
        self._is_closed = False
        self._thread = ThreadPoolExecutor(1)
        # files are hashed while the sources are read
        self._is_whole = self._thread.submit(self._has_files)
        self._is_store_whole = self._thread.submit(self._has_store_files)

    @classmethod
    def open(cls, folder: Path, settings: Settings) -> Previous | None:
        """Return what a folder holds, or None where it is no build, or not one to reuse.

        Whether its files are as they were is known later: see :attr:`is_whole`.
        """
        try:
            seal = _read_seal(folder)
            if seal.program != _key(settings):
                return None
            if _file_digest(folder / CACHE / "notes.db") != seal.notes:
                return None
            return cls(folder, seal)
        except (OSError, msgspec.DecodeError, sqlite3.Error):
            return None

    def __enter__(self) -> Previous:
        return self

    def __exit__(self, *_: object) -> None:
        self._is_closed = True
        self._thread.shutdown()
        self._notes.close()
        for file in self._files.values():
            file.close()

    @property
    def is_whole(self) -> bool:
        """Whether the files of the graph are as they were; the first to ask waits for it."""
        return self._is_whole.result()

    @property
    def has_store(self) -> bool:
        """Whether there is a store, and it is as it was, as are the files."""
        return self.is_whole and self._is_store_whole.result()

    def linked(self) -> Mapping[int, str]:
        """Return the digests of the files of the store by inode, where it is as it was.

        A file of another store that is the same one by a hard link need not be hashed again.
        """
        if not self.has_store:
            return {}
        store = self.folder / STORE
        return {(store / name).stat().st_ino: known for name, known in self._seal.stored.items()}

    def _has_files(self) -> bool:
        return all(
            _has_digest(self.folder / name, known, self._is_open)
            for name, known in self._seal.files.items()
        )

    def _has_store_files(self) -> bool:
        known = self._seal.stored
        try:
            return bool(known) and known == _store_files(
                self.folder / STORE, is_wanted=self._is_open
            )
        except OSError:
            return False

    def _is_open(self) -> bool:
        # whoever interrupts a build does not wait for the rest of a large file
        return not self._is_closed

    def found(self, key: str, known: bytes | None) -> KeptFindings | None:
        """Return what was found in a record, where its digest is the same."""
        if not self.is_whole:
            return None
        query = "SELECT found FROM records WHERE key = ? AND digest = ?"
        row = self._notes.execute(query, (key, known)).fetchone()
        return None if row is None else _read_found(row[0])

    def record(self, key: str) -> Note:
        """Return the note on a record that was found, as it is noted again."""
        query = "SELECT key, digest, found FROM records WHERE key = ?"
        note: Note = self._notes.execute(query, (key,)).fetchone()
        return note

    def spans(self, key: str) -> Spans:
        """Return where the text of a project stands that was found."""
        query = "SELECT spans FROM blocks WHERE key = ?"
        (data,) = self._notes.execute(query, (key,)).fetchone()
        return _read_spans(data)

    def blocks(self) -> Iterator[tuple[str, Spans]]:
        """Yield where the texts of all projects stand."""
        with closing(self._notes.execute("SELECT key, spans FROM blocks")) as rows:
            for key, data in rows:
                yield key, _read_spans(data)

    def read(self, name: str, span: Span) -> bytes:
        """Return a text of one of the files."""
        file = self._files.get(name)
        if file is None:
            file = self._files[name] = (self.folder / name).open("rb")
        file.seek(span[0])
        return file.read(span[1])


_read_found = msgspec.msgpack.Decoder(KeptFindings).decode
_read_spans = msgspec.msgpack.Decoder(Spans).decode


class Notes:
    """Notes for the next build, written as this one goes on. Use as a context manager."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._folder = folder
        # now, as the program could be renewed while it runs
        self._program = _key(settings)
        (folder / CACHE).mkdir()
        self._path = folder / CACHE / "notes.db"
        with _disk_errors(self._path):
            self._database = sqlite3.connect(self._path, isolation_level=None)
            self._database.execute("PRAGMA journal_mode = OFF")
            self._database.execute("PRAGMA synchronous = OFF")
            for table in ("records (key TEXT PRIMARY KEY, digest BLOB, found BLOB)",
                          "blocks (key TEXT PRIMARY KEY, spans BLOB)"):  # fmt: skip
                self._database.execute(f"CREATE TABLE {table} WITHOUT ROWID")
            self._database.execute("BEGIN")
        self._records: list[Note] = []
        self._blocks: list[tuple[str, bytes]] = []
        self._encode = msgspec.msgpack.Encoder().encode

    def __enter__(self) -> Notes:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def add_record(self, key: str, project: Project, found: KeptFindings) -> None:
        """Note what was found in a record that is published."""
        known = digest(project)
        if known is not None:
            self.keep_record((key, known, self._encode(found)))

    def keep_record(self, note: Note) -> None:
        """Note on a record what the previous build noted."""
        self._records.append(note)
        if len(self._records) >= BATCH:
            self._flush()

    def add_block(self, key: str, spans: Spans) -> None:
        """Note where the text of a project stands."""
        self._blocks.append((key, self._encode(spans)))
        if len(self._blocks) >= BATCH:
            self._flush()

    def seal(self, files: Mapping[str, str], shared: int, linked: Mapping[int, str]) -> None:
        """Finish the notes; ``files`` are the files of the graph and their digests.

        ``linked`` are digests of files of the previous store; see :meth:`Previous.linked`.
        """
        self._flush()
        with _disk_errors(self._path):
            self._database.execute("COMMIT")
        self._database.close()
        store = _store_files(self._folder / STORE, linked)
        seal = _Seal(self._program, _file_digest(self._path), dict(files), store, shared)
        (self._folder / CACHE / "seal.json").write_bytes(msgspec.json.encode(seal))

    def _flush(self) -> None:
        with _disk_errors(self._path):
            self._database.executemany("INSERT INTO records VALUES (?, ?, ?)", self._records)
            self._database.executemany("INSERT INTO blocks VALUES (?, ?)", self._blocks)
        self._records.clear()
        self._blocks.clear()


@contextmanager
def _disk_errors(path: Path) -> Iterator[None]:
    """Tell of a disk with no room as one that holds the outputs, and not temporary files."""
    try:
        yield
    except sqlite3.OperationalError as error:
        # SQLite has a word of its own for a full disk; a limit or a quota is any other fault to it
        code = errno.ENOSPC if error.sqlite_errorcode == sqlite3.SQLITE_FULL else errno.EIO
        raise OSError(code, f"{error}", str(path)) from error
