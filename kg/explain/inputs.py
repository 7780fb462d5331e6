"""The inputs of a build, found again by name and hash."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from hashlib import file_digest
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from kg.explain.result import CheckedInput
from kg.pipeline.summary import CorrectionsCount, InputCount
from kg.problems import InputError, ProfileError
from kg.records import Source
from kg.sources import (
    REJECTS,
    Corrections,
    Input,
    InputFile,
    examine_files,
    load_corrections,
)
from kg.sources.layouts import own_profile_file

__all__ = ["FoundInputs", "find_corrections", "find_inputs"]

MAX_DEPTH = 8
MAX_ENTRIES = 50_000
"""How far folders are searched for an input."""

_PASSED_BY = {"__pycache__", "node_modules"}


class FoundInputs(NamedTuple):
    """The inputs that are to be read again, recognised, and where they were found."""

    items: list[Input]
    files: tuple[CheckedInput, ...]
    corrections: Corrections


def find_inputs(
    wanted: Sequence[InputCount], where: Sequence[Path], profiles: Sequence[str]
) -> FoundInputs:
    """Return inputs of a build, found by name and hash in files and folders.

    ``profiles`` are paths of the user's own profiles, which are otherwise searched for as well.

    Raises:
        InputError: one is not there, or not as it was when the graph was built.
    """
    found = _find([Source(e.name, e.sha256, e.size) for e in wanted], where, "input")
    names = {
        entry.layout if entry.profile is None else _find_profile(entry.profile, where, profiles)
        for entry in wanted
        if entry.layout != REJECTS
    }
    files = [InputFile(found[entry.name], entry.name) for entry in wanted]
    items = examine_files(files, sorted(names)).items
    checked = tuple(CheckedInput(e.name, str(found[e.name]), e.sha256) for e in wanted)
    return FoundInputs(items, checked, Corrections())


def find_corrections(wanted: CorrectionsCount, where: Sequence[Path]) -> Corrections:
    """Return the corrections that a build was given, found by name and hash.

    Raises:
        InputError: the file is not there, or not as it was when the graph was built.
    """
    source = Source(wanted.name, wanted.sha256, -1)
    return load_corrections(_find([source], where, "corrections file")[wanted.name])


def _find_profile(profile: Source, where: Sequence[Path], given: Sequence[str]) -> str:
    for name in given:
        if own_profile_file(name) == profile:
            return str(Path(name))
    try:
        path = _find([profile], where, "profile")[profile.name]
    except InputError as error:
        raise ProfileError(
            error.message, place=error.place, remedy=f"{error.remedy} Or name it with --profile."
        ) from error
    return str(path)


def _find(wanted: Sequence[Source], where: Sequence[Path], noun: str) -> dict[str, Path]:
    """Return the path of each file that is wanted.

    A name can have folders in it. Of several files that would do, those are taken that lie below
    one folder, as they did when the graph was built.
    """
    alike: dict[str, list[Path]] = {source.name: [] for source in wanted}
    roots: dict[str, dict[Path, Path]] = {source.name: {} for source in wanted}
    for start in where:
        for path in _files(start, {PurePosixPath(source.name).name for source in wanted}):
            for source in wanted:
                ending = PurePosixPath(source.name).parts
                if path.parts[-len(ending) :] != ending:
                    continue
                is_as_long = source.size in (-1, path.stat().st_size)  # -1: it is not known
                if is_as_long and _hash(path) == source.sha256:
                    roots[source.name].setdefault(path.parents[len(ending) - 1], path)
                else:
                    alike[source.name].append(path)
        if all(roots.values()):
            break
    shared = Counter(root for found in roots.values() for root in found)
    paths = {}
    for source in wanted:
        found = roots[source.name]
        if not found:
            raise _not_found(source, alike[source.name], where, noun)
        paths[source.name] = found[max(found, key=lambda root: shared[root])]
    return paths


def _not_found(
    source: Source, alike: Sequence[Path], where: Sequence[Path], noun: str
) -> InputError:
    expected = f"SHA-256 {source.sha256}"
    if alike:
        return InputError(
            f"The {noun} is not as it was when the graph was built: {alike[0]} has SHA-256 "
            f"{_hash(alike[0])}, expected was {source.sha256}.",
            place=source.name,
            remedy="Build again, or name the file or folder of the old one as SOURCE.",
        )
    searched = ", ".join(map(str, where))
    return InputError(
        f"The {noun} was not found: no file of this name ({expected}) in {searched}.",
        place=source.name,
        remedy="Name the file, or its folder, as SOURCE.",
    )


def _files(start: Path, names: Collection[str]) -> Iterator[Path]:
    """Yield a file, or the files below a folder, that have one of some names."""
    if not start.exists():
        raise InputError(
            "There is no such file or folder.", place=str(start), remedy="Check the path."
        )
    files = _walk(start) if start.is_dir() else (str(start),)
    for file in files:
        if file.rpartition(os.sep)[2] in names:
            yield Path(file).absolute()


def _walk(start: Path) -> Iterator[str]:
    """Yield the files below a folder, near ones first where there are many."""
    waiting, entries = [(str(start), 0)], 0
    while waiting:
        following: list[tuple[str, int]] = []
        for folder, depth in waiting:
            try:
                found = sorted(os.scandir(folder), key=lambda entry: entry.name)
            except OSError:
                continue
            for entry in found:
                entries += 1
                if entries > MAX_ENTRIES:
                    return
                if entry.is_file():
                    yield entry.path
                elif _is_entered(entry) and depth < MAX_DEPTH:
                    following.append((entry.path, depth + 1))
        waiting = following


def _is_entered(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir() and not entry.name.startswith(".") and entry.name not in _PASSED_BY


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
