"""Files → what is in them: the layout that they have, or a draft of a profile for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from kg.problems import InputError, Refused
from kg.sources.files import find_files
from kg.sources.files.examination import examine
from kg.sources.formats.read import read_tables
from kg.sources.formats.table import Table
from kg.sources.inputs import EXTENSIONS, TEXT_EXTENSIONS
from kg.sources.inspection.draft import Draft
from kg.sources.inspection.facts import TableFacts, collect_facts, one_layout
from kg.sources.inspection.profiles import draft_profile
from kg.sources.layouts import shipped_profiles
from kg.sources.layouts.profile import TableProfile
from kg.sources.personal import publishable
from kg.sources.tables.readings import check_tables, group_tables
from kg.sources.tables.recognition import Recognised, known_headers, recognise

__all__ = ["Inspection", "inspect_files"]

NOT_KNOWN = frozenset({"layout-unknown", "column-missing"})
"""Codes that say that a file can be read, and no layout fits."""


class Inspection(msgspec.Struct):
    """What was found in some files: their tables, the layout that they have, and a draft.

    ``recognised`` holds the files with a layout that is known, ``texts`` the names of those that
    are copied records of the layout of lines. ``reason`` says why a layout is not known, ``lack``
    what those that are known lack to be built.
    """

    files: list[str]
    tables: list[TableFacts]
    recognised: list[Recognised]
    texts: list[str]
    draft: Draft | None
    reason: str = ""
    lack: str = ""

    @property
    def is_known(self) -> bool:
        """Whether every file has a layout that is known."""
        return len(self.recognised) + len(self.texts) == len(self.files)


def inspect_files(
    paths: Sequence[Path], profiles: Sequence[TableProfile] | None = None
) -> Inspection:
    """Return what is in some files, and a draft of a profile for their tables.

    Nothing is written, and no record is made.

    Raises:
        InputError: a path does not exist, or there is nothing to read.
        Refused: a file cannot be used.
    """
    profiles = shipped_profiles() if profiles is None else profiles
    found = find_files(paths, EXTENSIONS)
    if found.problems:
        raise Refused(list(map(publishable, found.problems)))
    names: list[str] = []
    read: list[Table] = []
    recognised: list[Recognised] = []
    texts: list[str] = []
    reason = ""
    known = known_headers(profiles)
    for file in found.files:
        examined = examine(file)
        names.append(file.name)
        if file.suffix in TEXT_EXTENSIONS:
            texts.append(file.name)
            continue
        try:
            layout = recognise(examined, profiles)
            recognised.append(layout)
            found_tables = [*(assigned.table for assigned in layout.tables), *layout.others]
        except Refused as refused:
            problems = list(map(publishable, refused.problems))
            if any(problem.code not in NOT_KNOWN for problem in problems):
                raise Refused(problems) from refused
            reason = problems[0].message
            found_tables = read_tables(examined, known)
        read += found_tables
    tables = list(map(collect_facts, one_layout(read)))
    if tables and not any(table.row_count for table in tables):
        raise InputError(
            "The table has a header and no rows.",
            place=names[0],
            remedy="Inspect a file with data.",
        )
    draft = draft_profile(tables) if tables else None
    lack = _lack(recognised)
    return Inspection(names, tables, recognised, texts, draft, reason, lack)


def _lack(recognised: Sequence[Recognised]) -> str:
    """Say why a build would refuse files whose layout is known; empty where it would not."""
    for files in group_tables(recognised):
        try:
            check_tables(files)
        except Refused as refused:
            return publishable(refused.problems[0]).message
    return ""
