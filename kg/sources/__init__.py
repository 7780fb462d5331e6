"""Bytes → records: files are found, examined and read by the layout that they have.

A copied text is read by the lines of its layout, everything else as tables, whose layout a source
profile declares. To add a layout of tables, write its profile (docs/profiles.md); to add a format
of files, see ``kg/sources/tables/read.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kg.problems import Problem, Refused
from kg.records import Reading, Source
from kg.sources.examination import examine
from kg.sources.files import Examined, InputFile, find_files
from kg.sources.layouts import TEXT_PROFILE, load_profile, own_profile_file, shipped_profiles
from kg.sources.recognise import Recognised, recognise
from kg.sources.tables.read import TABLE_EXTENSIONS
from kg.sources.tabular import group_tables, read_tables_of
from kg.sources.text import read_text

__all__ = [
    "EXTENSIONS",
    "Examined",
    "Input",
    "InputFile",
    "Inputs",
    "examine_files",
    "examine_inputs",
    "read_input",
]

TEXT = frozenset({".txt"})
EXTENSIONS = TEXT | TABLE_EXTENSIONS
"""The extensions of files that can be read, each with its dot; see ``InputFile.suffix``."""


class Input(NamedTuple):
    """Files that are read together, the name of their layout, and what reads them.

    ``tables`` are those of the files where a profile of tables reads them, ``profile`` is its file
    where it is the user's own.
    """

    files: tuple[Examined, ...]
    layout: str
    read: Callable[[], Iterator[Reading]]
    tables: tuple[Recognised, ...] = ()
    profile: Source | None = None


class Inputs(NamedTuple):
    """The files of a run, and the names of those in its folders that no layout reads."""

    items: list[Input]
    passed_over: list[str]

    @property
    def files(self) -> list[Examined]:
        """All files, in the order in which they are read."""
        return [file for item in self.items for file in item.files]


def examine_inputs(paths: Sequence[Path], profiles: Sequence[str] = ()) -> Inputs:
    """Return the files of these paths, each examined and recognised, before any record is read.

    ``profiles`` are the names of the layouts that the files can have, or the paths of profiles;
    without any, all that come with the package. A file is recognised by its columns.

    Raises:
        InputError: a path does not exist, or a folder has nothing to read.
        ProfileError: the profile cannot be used.
        Refused: a file cannot be used; the problems of all such files are in it.
    """
    found = find_files(paths, EXTENSIONS)
    return Inputs(examine_files(found.files, profiles, found.problems), found.passed_over)


def examine_files(
    found: Sequence[InputFile], profiles: Sequence[str] = (), before: Sequence[Problem] = ()
) -> list[Input]:
    """Return files that were found, each examined and recognised; see :func:`examine_inputs`.

    ``before`` are problems that were met on the way to them; with any, nothing is read.

    Raises:
        ProfileError: a profile cannot be used.
        Refused: a file cannot be used; the problems of all such files are in it.
    """
    named = [(load_profile(name), name) for name in profiles if name != TEXT_PROFILE]
    layouts = tuple(profile for profile, _ in named) or (() if profiles else shipped_profiles())
    texts: list[Examined] = []
    tables: list[Recognised] = []
    problems = list(before)
    for file in found:
        try:
            examined = examine(file)
            if layouts and (file.suffix in TABLE_EXTENSIONS or profiles):
                tables.append(recognise(examined, layouts))
            else:
                texts.append(examined)
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    items = [Input((text,), TEXT_PROFILE, partial(read_text, text)) for text in texts]
    for group in group_tables(tables):
        files = tuple(recognised.examined for recognised in group)
        profile = group[0].profile
        own = next((own_profile_file(name) for known, name in named if known is profile), None)
        items.append(Input(files, profile.name, partial(read_tables_of, group), group, own))
    return items


def read_input(item: Input) -> Iterator[Reading]:
    """Yield what the layout makes of each record of files that are read together.

    Raises:
        Refused: a file cannot be used, or there is no record.
    """
    for examined in item.files:
        if examined.problems:
            yield Reading(examined.file.name, problems=examined.problems)
    yield from item.read()
