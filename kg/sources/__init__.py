"""Bytes → records: files are found, examined and read by the source that knows their layout.

A source is a name, the extensions of its files and one generator of readings. To add a layout,
write the generator and list it in ``SOURCES``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kg.problems import Refused
from kg.records import Reading
from kg.sources.examination import examine
from kg.sources.exchange import group_exchange, read_exchange
from kg.sources.files import Examined, InputFile, find_files
from kg.sources.tables.read import TABLE_EXTENSIONS
from kg.sources.text import read_text

__all__ = ["SOURCES", "Examined", "Input", "Inputs", "SourceKind", "examine_inputs", "read_input"]


class SourceKind(NamedTuple):
    """A layout that can be read.

    ``extensions`` are those of its files, each with its dot; ``group`` says which files are read
    together, and ``read`` reads such a group.
    """

    name: str
    extensions: frozenset[str]
    group: Callable[[Iterable[Examined]], list[tuple[Examined, ...]]]
    read: Callable[[Sequence[Examined]], Iterator[Reading]]


def _alone(files: Iterable[Examined]) -> list[tuple[Examined, ...]]:
    return [(file,) for file in files]


SOURCES = (
    SourceKind("text", frozenset({".txt"}), _alone, read_text),
    SourceKind("exchange", TABLE_EXTENSIONS, group_exchange, read_exchange),
)
"""The layouts that can be read; a file's extension tells which is its own."""


class Input(NamedTuple):
    """Files that are read together, and the layout to read them by."""

    files: tuple[Examined, ...]
    kind: SourceKind


class Inputs(NamedTuple):
    """The files of a run, and the names of those in its folders that no layout reads."""

    items: list[Input]
    passed_over: list[str]

    @property
    def files(self) -> list[Examined]:
        """All files, in the order in which they are read."""
        return [file for item in self.items for file in item.files]


def examine_inputs(paths: Sequence[Path]) -> Inputs:
    """Return the files of these paths, each examined, before any of them is read.

    Raises:
        InputError: a path does not exist, or a folder has nothing to read.
        Refused: a file cannot be used; the problems of all such files are in it.
    """
    extensions = frozenset().union(*(kind.extensions for kind in SOURCES))
    found = find_files(paths, extensions)
    examined: dict[SourceKind, list[Examined]] = {kind: [] for kind in SOURCES}
    problems = list(found.problems)
    for file in found.files:
        try:
            examined[_kind_of(file)].append(examine(file))
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    items = [Input(group, kind) for kind, files in examined.items() for group in kind.group(files)]
    return Inputs(items, found.passed_over)


def read_input(item: Input) -> Iterator[Reading]:
    """Yield what the source makes of each record of files that are read together.

    Raises:
        Refused: a file cannot be used, or there is no record.
    """
    for file in item.files:
        if file.problems:
            yield Reading(file.file.name, problems=file.problems)
    yield from item.kind.read(item.files)


def _kind_of(file: InputFile) -> SourceKind:
    return next((kind for kind in SOURCES if file.suffix in kind.extensions), SOURCES[0])
