"""Bytes → records: files are found, examined and read by the source that knows their layout.

A source is a name, the extensions of its files and one generator of readings. To add a layout,
write the generator and list it in ``SOURCES``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kg.problems import Level, Refused
from kg.records import Reading
from kg.sources.files import Examined, InputFile, examine, find_files
from kg.sources.profile import load_profile
from kg.sources.text import read_text

__all__ = ["SOURCES", "Examined", "Input", "Inputs", "SourceKind", "examine_inputs", "read_input"]


class SourceKind(NamedTuple):
    """A layout that can be read. ``read`` takes a file and its encoding."""

    name: str
    read: Callable[[InputFile, str], Iterator[Reading]]

    @property
    def extensions(self) -> frozenset[str]:
        """The extensions by which its files are found in a folder, each with its dot."""
        return frozenset(f".{extension}" for extension in load_profile(self.name).extensions)


SOURCES = (SourceKind("text", read_text),)
"""The layouts that can be read; a file's extension tells which is its own."""


class Input(NamedTuple):
    """A file that is known to be readable, and the layout to read it by."""

    file: InputFile
    kind: SourceKind
    examined: Examined


class Inputs(NamedTuple):
    """The files of a run, and the names of those in its folders that no layout reads."""

    items: list[Input]
    passed_over: list[str]


def examine_inputs(paths: Sequence[Path]) -> Inputs:
    """Return the files of these paths, each examined, before any of them is read.

    Raises:
        InputError: a path does not exist, or a folder has nothing to read.
        Refused: a file cannot be used; the problems of all such files are in it.
    """
    extensions = frozenset().union(*(kind.extensions for kind in SOURCES))
    found = find_files(paths, extensions)
    inputs, problems = [], []
    for file in found.files:
        try:
            inputs.append(Input(file, _kind_of(file), examine(file)))
        except Refused as refused:
            problems += refused.problems
    if any(problem.level == Level.FILE for problem in problems):
        raise Refused(problems)
    return Inputs(inputs, found.passed_over)


def read_input(item: Input) -> Iterator[Reading]:
    """Yield what the source makes of each record of a file.

    Raises:
        Refused: the file holds no record.
    """
    if item.examined.problems:
        yield Reading(item.file.name, problems=item.examined.problems)
    yield from item.kind.read(item.file, item.examined.encoding)


def _kind_of(file: InputFile) -> SourceKind:
    suffix = file.path.suffix.lower()
    return next((kind for kind in SOURCES if suffix in kind.extensions), SOURCES[0])
