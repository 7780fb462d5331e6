"""The inputs of a build, found again by name and hash."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from hashlib import file_digest
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from kg.built import CorrectionsCount, InputCount
from kg.explain.result import CheckedInput
from kg.problems import InputError, ProfileError, Refused
from kg.records import Source
from kg.sources import (
    EXTENSIONS,
    REJECTS,
    Corrections,
    Input,
    InputFile,
    examine_files,
    load_corrections,
)
from kg.sources.files import open_raw, with_content
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
    items = examine_files([found[entry.name] for entry in wanted], sorted(names)).items
    checked = tuple(CheckedInput(e.name, str(found[e.name].path), e.sha256) for e in wanted)
    return FoundInputs(items, checked, Corrections())


def find_corrections(wanted: CorrectionsCount, where: Sequence[Path]) -> Corrections:
    """Return the corrections that a build was given, found by name and hash.

    Raises:
        InputError: the file is not there, or not as it was when the graph was built.
    """
    source = Source(wanted.name, wanted.sha256, -1)
    return load_corrections(_find([source], where, "corrections file")[wanted.name].path)


def _find_profile(profile: Source, where: Sequence[Path], given: Sequence[str]) -> str:
    for name in given:
        if own_profile_file(name) == profile:
            return str(Path(name))
    try:
        path = _find([profile], where, "profile")[profile.name].path
    except InputError as error:
        raise ProfileError(
            error.message, place=error.place, remedy=f"{error.remedy} Or name it with --profile."
        ) from error
    return str(path)


class _Wanted(NamedTuple):
    """A file that is looked for: the end of its path, and its name in an archive that holds it."""

    source: Source
    ending: tuple[str, ...]
    member: str | None

    def is_at(self, path: Path) -> bool:
        """Tell whether a path ends as that of the file does."""
        return path.parts[-len(self.ending) :] == self.ending


def _wanted(source: Source) -> Iterator[_Wanted]:
    """Yield where a file can be by its name: as it is, or in an archive that is part of it."""
    yield _Wanted(source, PurePosixPath(source.name).parts, None)
    # an archive that came by another way than a file of its name can have any
    for match in re.finditer("/", source.name):
        ending = PurePosixPath(source.name[: match.start()]).parts
        yield _Wanted(source, ending, source.name[match.end() :])


def _find(wanted: Sequence[Source], where: Sequence[Path], noun: str) -> dict[str, InputFile]:
    """Return each file that is wanted.

    A name can have folders in it, and an archive. Of several files that would do, those are taken
    that lie below one folder, as they did when the graph was built. A file that is named itself may
    bear another name.
    """
    alike: dict[str, list[InputFile]] = {source.name: [] for source in wanted}
    roots: dict[str, dict[Path, InputFile]] = {source.name: {} for source in wanted}
    every = [each for source in wanted for each in _wanted(source)]
    for start in where:
        is_named = start.is_file()
        for path in _files(start, {each.ending[-1] for each in every}):
            for each in every:
                source = each.source
                if not each.is_at(path) and not is_named:
                    continue
                file = InputFile(path, source.name, each.member)
                if _is_as_it_was(file, source):
                    root = path.parents[len(each.ending) - 1] if each.is_at(path) else path.parent
                    roots[source.name].setdefault(root, with_content(file, EXTENSIONS))
                elif each.is_at(path):
                    alike[source.name].append(file)
        if all(roots.values()):
            break
    shared = Counter(root for found in roots.values() for root in found)
    files = {}
    for source in wanted:
        found = roots[source.name]
        if not found:
            raise _not_found(source, alike[source.name], where, noun)
        files[source.name] = found[max(found, key=lambda root: shared[root])]
    return files


def _is_as_it_was(file: InputFile, source: Source) -> bool:
    is_as_long = (
        file.member is not None or source.size in (-1, file.path.stat().st_size)  # -1: not known
    )
    return is_as_long and _hash(file) == source.sha256


def _not_found(
    source: Source, alike: Sequence[InputFile], where: Sequence[Path], noun: str
) -> InputError:
    expected = f"SHA-256 {source.sha256}"
    if alike:
        path, found = alike[0].path, _hash(alike[0])
        told = f"{path} has SHA-256 {found}" if found else f"{path} does not hold it"
        return InputError(
            f"The {noun} is not as it was when the graph was built: {told}, expected was "
            f"{source.sha256}.",
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
    """Yield a file that is named, or the files below a folder that have one of some names."""
    if not start.exists():
        raise InputError(
            "There is no such file or folder.", place=str(start), remedy="Check the path."
        )
    if not start.is_dir():
        yield start.absolute()
        return
    for file in _walk(start):
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
                kind = _kind(entry)
                if kind == "file":
                    yield entry.path
                elif kind == "folder" and _is_entered(entry) and depth < MAX_DEPTH:
                    following.append((entry.path, depth + 1))
        waiting = following


def _kind(entry: os.DirEntry[str]) -> str | None:
    """Tell what an entry is; None for what is neither, such as a link that leads to itself."""
    try:
        return "file" if entry.is_file() else "folder" if entry.is_dir() else None
    except OSError:
        return None


def _is_entered(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(".") and entry.name not in _PASSED_BY


def _hash(file: InputFile) -> str | None:
    """Return the hash of a file as it lies, or None where it is not in its archive."""
    try:
        with open_raw(file) as stream:
            return file_digest(stream, "sha256").hexdigest()
    except Refused:
        return None
