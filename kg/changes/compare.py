"""Two graphs → what is different, block by block.

Both are read once, side by side. What differs waits in a temporary file, so that counts are known
before anything is written; in memory there is one entry for each resource that changed.
"""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from kg.changes.blocks import SHARED, GraphState, Reader, open_graph
from kg.changes.entries import (
    SOURCE_DOCUMENT,
    ChangeEntry,
    Portrait,
    Sign,
    list_entries,
    portray,
)
from kg.problems import OutputError
from kg.terms import Subjects, group, iri
from kg.vocabulary import INTERREG, RDF_TYPE

__all__ = ["Change", "Changes", "Totals", "compare"]

Progress = Callable[[int, int], None]
"""Is told how many bytes are done, and how many there are."""

MEMORY = 16 * 1024 * 1024
"""Bytes of changes that are kept in memory before they go to disk."""
_STEP = 64
"""Blocks between two reports of progress."""
_ORGANISATION = f"{iri(RDF_TYPE)} {iri(INTERREG.Organisation)} .".encode()
_SOURCE = f"{iri(RDF_TYPE)} {SOURCE_DOCUMENT} .".encode()


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What is different in one project, or in one thing that projects share.

    ``removed`` and ``added`` are statements of the graph, ``entries`` what they mean (none where
    the whole came or went). Statements that only moved to another project are in neither.
    """

    iri: str
    is_project: bool
    sign: Sign
    old: Portrait
    new: Portrait
    entries: tuple[ChangeEntry, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]
    is_provenance: bool
    """Whether only the places in the input changed that statements come from."""

    @property
    def portrait(self) -> Portrait:
        """How a person knows it, as it is now or as it was last."""
        return self.old if self.sign == "removed" else self.new


class Totals(msgspec.Struct):
    """How much is different: statements, projects, and shared things."""

    removed: int = 0
    added: int = 0
    projects_removed: int = 0
    projects_added: int = 0
    projects_changed: int = 0
    shared_changed: int = 0
    """Shared things that came, went or changed."""
    provenance_only: int = 0
    """Projects of which only the places changed that they come from."""
    sources_changed: int = 0
    """Source files that came, went or changed."""


class _Names(NamedTuple):
    """The portraits of shared things that entries refer to."""

    portraits: dict[str, Portrait]
    wanted: set[str]


class Changes:
    """What is different between two graphs; ``blocks`` can be read any number of times.

    ``old`` and ``new`` say what was compared, ``totals`` how much is different. ``name`` looks up
    how people know a resource that statements refer to. Changes wait in a temporary file that is
    removed with the object.
    """

    def __init__(self, old: GraphState, new: GraphState, totals: Totals, spool: _Spool) -> None:
        self.old = old
        self.new = new
        self.totals = totals
        self._spool = spool

    def __bool__(self) -> bool:
        return bool(self.totals.removed or self.totals.added)

    def __repr__(self) -> str:
        return f"Changes(removed={self.totals.removed}, added={self.totals.added})"

    def blocks(self) -> Iterator[Change]:
        """Yield what is different: projects in the order of their IRIs, then shared things."""
        return self._spool.read()

    def name(self, resource: str) -> Portrait | None:
        """Return how people know a resource by its IRI, where that is known."""
        return self._spool.portraits.get(resource)


class _Spool:
    """Keeps changes on disk, and finds statements that moved from one project to another."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=MEMORY)  # noqa: SIM115
        weakref.finalize(self, self._file.close)
        self._origins: tuple[dict[int, int], dict[int, int]] = ({}, {})
        self._suspects: set[int] = set()
        self._staying: frozenset[str] = frozenset()
        self._length = 0
        self.portraits: dict[str, Portrait] = {}

    def add(self, change: Change) -> None:
        """Keep a change."""
        data = msgspec.msgpack.encode(change)
        self._file.write(len(data).to_bytes(8, "big"))
        self._file.write(data)
        self._length += 8 + len(data)
        block = hash(change.iri)
        for side, lines in enumerate((change.removed, change.added)):
            mine, other = self._origins[side], self._origins[1 - side]
            for subject in {line.partition(" ")[0] for line in lines}:
                key = hash(subject)
                mine[key] = block
                if other.get(key, block) != block:
                    self._suspects.add(key)

    def settle(self, totals: Totals) -> None:
        """Find what one project lost and another won: it is in both graphs and no change."""
        if self._suspects:
            lost, won = set(), set()
            for change in self.read():
                lost |= self._suspicious(change.removed)
                won |= self._suspicious(change.added)
            self._staying = frozenset(lost & won)
            totals.removed -= len(self._staying)
            totals.added -= len(self._staying)
        self._origins = ({}, {})

    def read(self) -> Iterator[Change]:
        """Yield the changes."""
        decoder = msgspec.msgpack.Decoder(Change)
        at = 0
        while at < self._length:
            self._file.seek(at)  # several readers may take turns
            size = int.from_bytes(self._file.read(8), "big")
            change = decoder.decode(self._file.read(size))
            at += 8 + size
            yield self._without_moved(change) if self._staying else change

    def _suspicious(self, lines: tuple[str, ...]) -> set[str]:
        return {line for line in lines if hash(line.partition(" ")[0]) in self._suspects}

    def _without_moved(self, change: Change) -> Change:
        return msgspec.structs.replace(
            change,
            removed=tuple(line for line in change.removed if line not in self._staying),
            added=tuple(line for line in change.added if line not in self._staying),
        )


def compare(old: Path, new: Path, progress: Progress | None = None) -> Changes:
    """Return what is different between two graphs: folders of builds, or files.

    Raises:
        InputError: a graph cannot be read, or is not what its manifest says.
        OutputError: there is no room for temporary files.
    """
    try:
        return _compare(old, new, progress)
    except OSError as error:
        raise OutputError(
            f"The graphs could not be compared: {error.strerror or error}.",
            place=str(error.filename or tempfile.gettempdir()),
            remedy="Make room for temporary files; TMPDIR names another folder for them.",
        ) from error


def _compare(old: Path, new: Path, progress: Progress | None) -> Changes:
    readers = open_graph(old), open_graph(new)
    total = sum(reader.size for reader in readers)
    totals, spool = Totals(), _Spool()
    names = _Names(spool.portraits, set())
    for number, (key, before, after) in enumerate(_side_by_side(*readers)):
        if before != after:
            change = _change(key, before, after)
            if change is not None:
                _count(totals, change)
                spool.add(change)
                _want(names, change)
        if key[:1] == SHARED:
            _name(names, key, before, after)
        if progress and number % _STEP == 0:
            progress(sum(reader.done for reader in readers), total)
    spool.settle(totals)
    if progress:
        progress(total, total)
    return Changes(readers[0].state, readers[1].state, totals, spool)


def _side_by_side(old: Reader, new: Reader) -> Iterator[tuple[bytes, list[bytes], list[bytes]]]:
    """Yield each key with the lines that both graphs have for it."""
    olds, news = old.blocks(), new.blocks()
    before, after = next(olds, None), next(news, None)
    while before or after:
        if after is None or (before is not None and before.key < after.key):
            assert before is not None  # noqa: S101
            yield before.key, before.lines, []
            before = next(olds, None)
        elif before is None or after.key < before.key:
            yield after.key, [], after.lines
            after = next(news, None)
        else:
            yield before.key, before.lines, after.lines
            before, after = next(olds, None), next(news, None)


def _change(key: bytes, before: list[bytes], after: list[bytes]) -> Change | None:
    present, past = set(after), set(before)
    removed = [line for line in before if line not in present]
    added = [line for line in after if line not in past]
    if not (removed or added):
        return None
    subject = iri(key[1:].decode())
    is_project = key[:1] != SHARED
    old, new = _statements(before), _statements(after)
    sign: Sign = "changed" if old and new else "added" if new else "removed"
    entries = tuple(list_entries(subject, old, new)) if sign == "changed" else ()
    is_source = not is_project and any(line.endswith(_SOURCE) for line in (*before, *after))
    only = bool(entries) and all(entry.is_provenance for entry in entries)
    return Change(
        iri=subject[1:-1],
        is_project=is_project,
        sign=sign,
        old=portray(subject, old),
        new=portray(subject, new),
        entries=entries,
        removed=tuple(line.decode() for line in removed),
        added=tuple(line.decode() for line in added),
        is_provenance=only or is_source,
    )


def _count(totals: Totals, change: Change) -> None:
    totals.removed += len(change.removed)
    totals.added += len(change.added)
    if not change.is_project:
        totals.sources_changed += change.is_provenance
        totals.shared_changed += not change.is_provenance
    elif change.is_provenance:
        totals.provenance_only += 1
    elif change.sign == "added":
        totals.projects_added += 1
    elif change.sign == "removed":
        totals.projects_removed += 1
    else:
        totals.projects_changed += 1


def _want(names: _Names, change: Change) -> None:
    for entry in change.entries:
        for term in (*entry.old, *entry.new):
            if term[0] == "<":
                names.wanted.add(term[1:-1])


def _name(names: _Names, key: bytes, before: list[bytes], after: list[bytes]) -> None:
    """Keep how people know a shared thing; of organisations, the many, only those referred to."""
    lines = after or before
    resource = key[1:].decode()
    if resource not in names.wanted and any(line.endswith(_ORGANISATION) for line in lines):
        return
    names.portraits[resource] = portray(iri(resource), _statements(lines))


def _statements(lines: Iterable[bytes]) -> Subjects:
    return group(map(bytes.decode, lines))
