"""The files of a run: which are read together, by which layout, with which repairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kg.problems import InputError, Problem, Refused
from kg.records import Reading, Source
from kg.sources.corrections import Facts, facts_of, is_corrections_file
from kg.sources.files import Examined, InputFile, examine, find_files
from kg.sources.formats.read import TABLE_EXTENSIONS
from kg.sources.layouts import (
    TEXT_PROFILE,
    load_profile,
    load_text_profile,
    own_profile_file,
    shipped_profiles,
)
from kg.sources.layouts.profile import TableProfile
from kg.sources.personal import publishable
from kg.sources.rejects import LAYOUT as REJECTS
from kg.sources.rejects import Repair, Repairs, is_rejects_file, read_rejected, read_repairs
from kg.sources.tables.readings import group_tables, read_tables_of
from kg.sources.tables.recognition import Assigned, Recognised, recognise
from kg.sources.text import open_lines, read_lines

__all__ = [
    "EXTENSIONS",
    "REJECTS",
    "TEXT_EXTENSIONS",
    "Input",
    "Inputs",
    "examine_files",
    "examine_inputs",
    "read_input",
]

TEXT_EXTENSIONS = frozenset({".txt"})
"""Those of copied records, which are read by the layout of lines."""
EXTENSIONS = TEXT_EXTENSIONS | TABLE_EXTENSIONS
"""The extensions of files that can be read, each with its dot; see ``InputFile.suffix``."""


class Input(NamedTuple):
    """Files that are read together, the name of their layout, and what reads them.

    ``facts`` are what the layout says of values that do not say it themselves. ``tables`` are those
    of the files where a profile of tables reads them, ``profile`` is its file where it is the
    user's own.
    """

    files: tuple[Examined, ...]
    layout: str
    read: Callable[[], Iterator[Reading]]
    facts: Facts = Facts()
    tables: tuple[Recognised, ...] = ()
    profile: Source | None = None


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
    found = find_files(paths, EXTENSIONS)
    others = {path.resolve() for path in leave_out}
    files = [file for file in found.files if file.path.resolve() not in others]
    inputs = examine_files(files, profiles, found.problems)
    if not inputs.items:
        raise InputError("There is no source beside the corrections.", place=str(paths[0]))
    return inputs._replace(passed_over=sorted([*found.passed_over, *inputs.passed_over]))


def examine_files(
    files: Sequence[InputFile], profiles: Sequence[str] = (), before: Sequence[Problem] = ()
) -> Inputs:
    """Return files that were found, each examined and recognised; see :func:`examine_inputs`.

    ``before`` are problems that were met on the way to them; with any, nothing is read.

    Raises:
        ProfileError: a profile cannot be used.
        Refused: a file cannot be used; the problems of all such files are in it.
    """
    named = [(load_profile(name), name) for name in profiles if name != TEXT_PROFILE]
    layouts = tuple(profile for profile, _ in named) or (() if profiles else shipped_profiles())
    sorted_out = _sort_out(files, layouts, profiles)
    sorted_out.problems.extend(before)
    repairs = Repairs(sorted_out.entries)
    tables = []
    for recognised in sorted_out.tables:
        with _gathering(sorted_out.problems):
            tables.append(_repaired(recognised, repairs))
    if sorted_out.problems:
        raise Refused(list(map(publishable, sorted_out.problems)))
    text_facts = facts_of(load_text_profile())
    items = [
        Input((text,), TEXT_PROFILE, partial(_read_text, text, repairs), text_facts)
        for text in sorted_out.texts
    ]
    for group in group_tables(tables):
        profile = group[0].profile
        own = next((own_profile_file(name) for known, name in named if known is profile), None)
        read = partial(read_tables_of, group)
        examined = tuple(recognised.examined for recognised in group)
        items.append(Input(examined, profile.name, read, facts_of(profile), group, own))
    names = [file.file.name for item in items for file in item.files]
    known = {profile.name: profile for profile in (*shipped_profiles(), *layouts)}
    items += _read_alone(sorted_out.rejects, names, repairs, known)
    return Inputs(items, sorted_out.passed_over, repairs)


class _SortedOut(NamedTuple):
    """Files by what they are, the repairs that rejects files hold, and what is wrong with files."""

    texts: list[Examined]
    tables: list[Recognised]
    rejects: list[Examined]
    entries: list[Repair]
    passed_over: list[str]
    problems: list[Problem]


def _sort_out(
    files: Sequence[InputFile], layouts: Sequence[TableProfile], profiles: Sequence[str]
) -> _SortedOut:
    texts = TEXT_EXTENSIONS if not profiles or TEXT_PROFILE in profiles else frozenset[str]()
    found = _SortedOut([], [], [], [], [], [])
    encodings = {layout.encoding for layout in layouts}
    encoding = encodings.pop() if len(encodings) == 1 else None
    for file in files:
        with _gathering(found.problems):
            examined = examine(file, encoding)
            if is_corrections_file(examined):
                found.passed_over.append(file.name)
            elif is_rejects_file(examined):
                found.rejects.append(examined)
                found.entries.extend(read_repairs(examined))
            elif not layouts or file.suffix in texts:
                found.texts.append(examined)
            else:
                found.tables.append(_recognise(examined, layouts))
    return found


def _recognise(examined: Examined, layouts: Sequence[TableProfile]) -> Recognised:
    recognised = recognise(examined, layouts)
    encoding = recognised.profile.encoding
    if encoding is None or len(layouts) == 1:
        return recognised
    # the bytes did not tell; the layout that was recognised does
    return recognise(examine(examined.file, encoding), [recognised.profile])


@contextmanager
def _gathering(problems: list[Problem]) -> Iterator[None]:
    """Add the problems for which a file is refused to others."""
    try:
        yield
    except Refused as refused:
        problems += refused.problems


def _read_text(examined: Examined, repairs: Repairs) -> Iterator[Reading]:
    name = examined.file.name
    return read_lines(name, repairs.lines(name, open_lines(examined)))


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
