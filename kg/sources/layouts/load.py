"""The layouts that are known: profiles shipped with the package, and those of a user's own.

A profile is checked when it is loaded, and its errors point to its line.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec

from kg.problems import ProfileError
from kg.records import Source
from kg.sources.fields import PROJECT_FIELDS, Field
from kg.sources.files import check_name
from kg.sources.layouts.check import Fault, check_profile, fault_of_validation
from kg.sources.layouts.profile import Column, TableProfile, TextProfile
from kg.sources.layouts.toml_lines import find_line
from kg.sources.values.numerals import SEPARATORS
from kg.sources.values.style import ValueStyle

__all__ = [
    "PROFILES",
    "TEXT_PROFILE",
    "column_style",
    "fields_of",
    "load_profile",
    "load_text_profile",
    "own_profile_file",
    "parse_profile",
    "shipped_profiles",
]

PROFILES = Path(__file__).parent / "profiles"
TEXT_PROFILE = "text"
"""The layout of lines; all others are layouts of tables."""

MAX_PROFILE_BYTES = 1 << 20


@cache
def load_text_profile() -> TextProfile:
    """Return the profile of the text record.

    Raises:
        ProfileError: it contradicts itself.
    """
    path = PROFILES / f"{TEXT_PROFILE}.toml"
    document = path.read_text(encoding="utf-8")
    try:
        return msgspec.convert(_parse(document, path.name), TextProfile)
    except msgspec.ValidationError as error:
        raise _profile_error(document, path.name, [fault_of_validation(error)]) from error


@cache
def shipped_profiles() -> tuple[TableProfile, ...]:
    """Return the profiles of tables that come with the package, in the order of their names.

    Raises:
        ProfileError: one of them contradicts itself.
    """
    names = sorted(path.stem for path in PROFILES.glob("*.toml") if path.stem != TEXT_PROFILE)
    return tuple(load_profile(name) for name in names)


@cache
def load_profile(name: str) -> TableProfile:
    """Return the profile of tables that has this name, or lies in this file.

    Raises:
        ProfileError: there is none, or it contradicts itself; the error points to its line.
        InputError: its name is not UTF-8.
    """
    path = Path(name) if _is_path(name) else PROFILES / f"{name}.toml"
    check_name(path.name)
    try:
        data = path.read_bytes()
    except OSError as error:
        known = sorted(entry.stem for entry in PROFILES.glob("*.toml"))
        raise ProfileError(
            f"There is no source profile ‹{name}›.",
            remedy=f"Use the path of a .toml file, or one of {', '.join(known)}.",
        ) from error
    if len(data) > MAX_PROFILE_BYTES:
        raise ProfileError("The profile is larger than 1 MiB.", place=name)
    try:
        document = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ProfileError("The profile is not UTF-8.", place=f"{name}:{line}") from error
    return parse_profile(document, path.name)


def own_profile_file(name: str) -> Source | None:
    """Return the file of a user's own profile; None for one that comes with the package."""
    if not _is_path(name):
        return None
    data = Path(name).read_bytes()
    return Source(Path(name).name, sha256(data).hexdigest(), len(data))


def _is_path(name: str) -> bool:
    return name.endswith(".toml") or "/" in name


def parse_profile(document: str, place: str) -> TableProfile:
    """Return the profile that a TOML document states; ``place`` names it in errors.

    Raises:
        ProfileError: it is no TOML, has keys or fields that do not exist, or contradicts itself.
    """
    try:
        profile = msgspec.convert(_parse(document, place), TableProfile)
    except msgspec.ValidationError as error:
        raise _profile_error(document, place, [fault_of_validation(error)]) from error
    faults = list(check_profile(profile))
    if faults:
        raise _profile_error(document, place, faults)
    values = profile.values
    if values.grouping == "auto" and values.decimal in SEPARATORS:
        values = msgspec.structs.replace(values, grouping=SEPARATORS[values.decimal])
    return msgspec.structs.replace(profile, values=values)


def fields_of(profile: TextProfile) -> tuple[Field, ...]:
    """Return the fields that the lines of a layout state, with what their values are."""
    return tuple(
        Field(c.field, PROJECT_FIELDS[c.field], c.language, c.required)
        for c in profile.columns
        if c.field is not None
    )


def column_style(style: ValueStyle, column: Column) -> ValueStyle:
    """Return how a column writes its values, where it differs from the others."""
    if not column.style:
        return style
    stated = dict(column.style)
    if "decimal" in stated:
        stated.setdefault("grouping", SEPARATORS.get(stated["decimal"], "auto"))
    return msgspec.convert(msgspec.structs.asdict(style) | stated, ValueStyle)


def _parse(document: str, place: str) -> object:
    try:
        return tomllib.loads(document)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        where = f"{place}:{found[1]}:{found[2]}" if found else place
        told = re.sub(r" \(at line [^)]*\)$", "", str(error))
        raise ProfileError(f"The profile is no TOML: {told}.", place=where) from error


def _profile_error(document: str, place: str, faults: list[Fault]) -> ProfileError:
    lines = [find_line(document, fault.path) for fault in faults]
    told = [
        fault.message.rstrip(".") + (f" (line {line})" if line and n else "")
        for n, (fault, line) in enumerate(zip(faults, lines, strict=True))
    ]
    where = place if lines[0] is None else f"{place}:{lines[0]}"
    return ProfileError("; ".join(told) + ".", place=where, remedy="See docs/profiles.md.")
