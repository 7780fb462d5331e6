"""Bytes → records: files are found, examined and read by the layout that they have.

A copied text is read by the lines of its layout, everything else as tables, whose layout a source
profile declares. To add a layout of tables, write its profile (docs/profiles.md); to add a format
of files, see ``kg/sources/tables/read.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kg.problems import InputError, Problem, Refused
from kg.records import Reading
from kg.sources.corrections import Corrections, Facts, facts_of, load_corrections
from kg.sources.corrections_file import is_corrections_file
from kg.sources.files import Examined, examine, find_files
from kg.sources.layouts import (
    TEXT_PROFILE,
    load_profile,
    load_text_profile,
    shipped_profiles,
)
from kg.sources.profile import TableProfile
from kg.sources.recognise import Assigned, Recognised, recognise
from kg.sources.rejected import read_rejected
from kg.sources.repairs import LAYOUT as REJECTS
from kg.sources.repairs import Repair, Repairs, is_rejects_file, read_repairs
from kg.sources.tabular import group_tables, read_tables_of
from kg.sources.text import read_text

__all__ = [
    "EXTENSIONS",
    "REJECTS",
    "Corrections",
    "Examined",
    "Input",
    "Inputs",
    "Repairs",
    "examine_inputs",
    "load_corrections",
    "read_input",
]

TEXT = frozenset({".txt"})
TABLES = frozenset({".csv", ".tsv", ".json", ".jsonl"})
EXTENSIONS = TEXT | TABLES
"""The extensions of files that can be read, each with its dot."""


class Input(NamedTuple):
    """Files that are read together, the name of their layout, and what reads them.

    ``facts`` are what the layout says of values that do not say it themselves.
    """

    files: tuple[Examined, ...]
    layout: str
    read: Callable[[], Iterator[Reading]]
    facts: Facts = Facts()


class Inputs(NamedTuple):
    """The files of a run, the names of those in its folders that no layout reads, and repairs."""

    items: list[Input]
    passed_over: list[str]
    repairs: Repairs

    @property
    def files(self) -> list[Examined]:
        """All files, in the order in which they are read."""
        files = {file.file.name: file for item in self.items for file in item.files}
        return list(files.values())


def examine_inputs(
    paths: Sequence[Path], profiles: Sequence[str] = (), leave_out: Sequence[Path] = ()
) -> Inputs:
    """Return the files of these paths, each examined and recognised, before any record is read.

    ``profiles`` are the names of the layouts that the files can have, or the paths of profiles;
    without any, all that come with the package. A file is recognised by its columns. A rejects
    file, which is recognised by its content, repairs the other files; what it holds of files that
    are not among them is read by itself. Files to ``leave_out`` are no sources wherever they lie.

    Raises:
        InputError: a path does not exist, or a folder has nothing to read.
        ProfileError: the profile cannot be used.
        Refused: a file cannot be used; the problems of all such files are in it.
    """
    layouts = tuple(load_profile(name) for name in profiles if name != TEXT_PROFILE)
    layouts = layouts or (() if profiles else shipped_profiles())
    found = find_files(paths, EXTENSIONS)
    others = {path.resolve() for path in leave_out}
    sources = [file for file in found.files if file.path.resolve() not in others]
    texts: list[Examined] = []
    tables: list[Recognised] = []
    rejects: list[Examined] = []
    entries: list[Repair] = []
    problems: list[Problem] = []
    for file in sources:
        with _gathering(problems):
            examined = examine(file)
            if is_corrections_file(examined):
                found.passed_over.append(file.name)
            elif is_rejects_file(examined):
                rejects.append(examined)
                entries += read_repairs(examined)
            elif layouts and (file.path.suffix.lower() in TABLES or profiles):
                tables.append(recognise(examined, layouts))
            else:
                texts.append(examined)
    repairs = Repairs(entries)
    repaired = []
    for recognised in tables:
        with _gathering(problems):
            repaired.append(_repaired(recognised, repairs))
    if problems:
        raise Refused(problems)
    if not (texts or tables or rejects):
        raise InputError("There is no source beside the corrections.", place=str(paths[0]))
    text_facts = facts_of(load_text_profile())
    items = [
        Input((text,), TEXT_PROFILE, partial(read_text, text, repairs), text_facts)
        for text in texts
    ]
    for group in group_tables(repaired):
        files = tuple(recognised.examined for recognised in group)
        profile = group[0].profile
        read = partial(read_tables_of, group)
        items.append(Input(files, profile.name, read, facts_of(profile)))
    names = [file.file.name for item in items for file in item.files]
    known = {profile.name: profile for profile in (*shipped_profiles(), *layouts)}
    items += _read_alone(rejects, names, repairs, known)
    return Inputs(items, sorted(found.passed_over), repairs)


@contextmanager
def _gathering(problems: list[Problem]) -> Iterator[None]:
    """Add the problems for which a file is refused to others."""
    try:
        yield
    except Refused as refused:
        problems += refused.problems


def _repaired(recognised: Recognised, repairs: Repairs) -> Recognised:
    tables = (Assigned(repairs.table(a.table, a.layout), a.layout) for a in recognised.tables)
    return recognised._replace(tables=tuple(tables))


def _read_alone(
    rejects: Sequence[Examined],
    sources: Sequence[str],
    repairs: Repairs,
    profiles: Mapping[str, TableProfile],
) -> Iterator[Input]:
    """Yield the rejects files, with what is read of each by itself."""
    left = repairs.left_by(sources)
    for examined in rejects:
        mine = [repair for repair in left if repair.place.source == examined.file.name]
        for name in dict.fromkeys(repair.entry.layout for repair in mine):
            entries = [repair for repair in mine if repair.entry.layout == name]
            read = partial(read_rejected, examined, name, entries, repairs, profiles)
            profile = load_text_profile() if name == TEXT_PROFILE else profiles.get(name)
            facts = Facts() if profile is None else facts_of(profile)
            yield Input((examined,), REJECTS, read, facts)
        if not mine:
            yield Input((examined,), REJECTS, lambda: iter(()))


def read_input(item: Input) -> Iterator[Reading]:
    """Yield what the layout makes of each record of files that are read together.

    Raises:
        Refused: a file cannot be used, or there is no record.
    """
    for examined in item.files:
        if examined.problems:
            yield Reading(examined.file.name, problems=examined.problems)
    yield from item.read()
