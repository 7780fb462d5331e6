"""The layouts that are known: profiles shipped with the package, and those of a user's own.

A profile is checked when it is loaded, and its errors point to its line.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import msgspec

from kg.problems import CODES, Level, ProfileError
from kg.records import Source
from kg.sources.cell import header_key
from kg.sources.fields import FIELDS, KIND_OF, PARTNER_FIELDS, PROJECT_FIELDS, Field
from kg.sources.files import check_name
from kg.sources.layouts.patterns import parse_pattern
from kg.sources.layouts.profile import Column, PartnerBlock, TableLayout, TableProfile, TextProfile
from kg.sources.layouts.toml_lines import Path as Steps
from kg.sources.layouts.toml_lines import find_line
from kg.sources.values import find_crs, parse_value
from kg.sources.values.numerals import SEPARATORS
from kg.sources.values.style import ValueStyle

__all__ = [
    "NUMBER",
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
NUMBER = "{n}"
"""Stands in a header for the number of a partner."""

_PATH_STEP = re.compile(r"\.([A-Za-z_]\w*)|\[(\d+)\]|\[\.\.\.\]")


class _Error(NamedTuple):
    """What is wrong in a profile, and the path to where."""

    path: Steps
    message: str


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
        raise _profile_error(document, path.name, [_of_validation(error)]) from error


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
        raise _profile_error(document, place, [_of_validation(error)]) from error
    errors = list(_check(profile))
    if errors:
        raise _profile_error(document, place, errors)
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


def _of_validation(error: msgspec.ValidationError) -> _Error:
    """Return an error of msgspec with its path (``$.tables[0].columns[3]``) taken apart."""
    told, _, path = str(error).partition(" - at `$")
    steps: list[str | int] = [
        int(match[2]) if match[2] else match[1]
        for match in _PATH_STEP.finditer(path)
        if match[1] or match[2]
    ]
    unknown = re.search(r"unknown field `(.+)`", told)
    if unknown:
        steps.append(unknown[1])
        told = f"There is no key ‹{unknown[1]}› here"
    missing = re.fullmatch(r"Object missing required field `(.+)`", told)
    if missing:
        told = f"The key ‹{missing[1]}› is missing"
        # a key that is not there has no line; the profile begins with its name
        steps = steps or ["name"]
    return _Error(steps, told)


def _profile_error(document: str, place: str, errors: list[_Error]) -> ProfileError:
    lines = [find_line(document, error.path) for error in errors]
    told = [
        error.message.rstrip(".") + (f" (line {line})" if line and n else "")
        for n, (error, line) in enumerate(zip(errors, lines, strict=True))
    ]
    where = place if lines[0] is None else f"{place}:{lines[0]}"
    return ProfileError("; ".join(told) + ".", place=where, remedy="See docs/profiles.md.")


def _check(profile: TableProfile) -> Iterator[_Error]:
    """Yield what is wrong in a profile whose keys are all known."""
    holds = Counter(table.holds for table in profile.tables)
    if not 1 <= len(profile.tables) <= 2 or max(holds.values()) > 1:
        yield _Error(("tables",), "A profile has one table, or one of projects and one of partners")
        return
    for n, table in enumerate(profile.tables):
        yield from _check_table(profile, table, ("tables", n))
    for name, value in profile.constants.items():
        yield from _check_constant(profile, name, value)
    yield from _check_key(profile)
    yield from _check_style(profile.values, {}, ("values",))


def _check_table(profile: TableProfile, table: TableLayout, path: Steps) -> Iterator[_Error]:
    headers: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    is_joined_partner = profile.is_joined and table.holds == "partners"
    allowed = set(FIELDS[table.holds])
    if table.holds == "partners" and not profile.is_joined:
        allowed |= set(PROJECT_FIELDS)
    for n, column in enumerate(table.columns):
        where = (*path, "columns", n)
        yield from _check_column(profile, column, allowed, where)
        yield from _check_overlap(column, headers, fields, where)
        if any(NUMBER in header for header in column.header):
            yield _Error((*where, "header"), "{n} is for the columns of [[tables.partners]]")
    if is_joined_partner and "project_id" not in fields:
        yield _Error(path, "The table of partners needs a column project_id")
    if table.partners and table.holds == "partners":
        yield _Error((*path, "partners"), "Only a table of projects has [[tables.partners]]")
    for m, block in enumerate(table.partners):
        yield from _check_block(profile, block, headers, (*path, "partners", m))
    known = {name for c in table.all_columns() for name in map(header_key, c.header)}
    for header in table.skip:
        if header_key(header) not in known:
            yield _Error((*path, "skip", header), f"The table has no column ‹{header}›")


def _check_block(
    profile: TableProfile, block: PartnerBlock, headers: Counter[str], path: Steps
) -> Iterator[_Error]:
    fields: Counter[str] = Counter()
    numbered = [any(NUMBER in header for header in c.header) for c in block.columns]
    for n, column in enumerate(block.columns):
        where = (*path, "columns", n)
        yield from _check_column(profile, column, set(PARTNER_FIELDS) - {"project_id"}, where)
        yield from _check_overlap(column, headers, fields, where)
    if any(numbered) and not all(numbered):
        yield _Error(path, "{n} stands in the headers of all columns of a block, or of none")
    if any(numbered) and block.separator:
        yield _Error(path, "A block has {n} in its headers or a separator, not both")
    if "name" not in fields:
        yield _Error(path, "A block of partners needs a column name")
    for name, value in block.constants.items():
        where = (*path, "constants", name)
        if name in fields or name not in PARTNER_FIELDS or name == "project_id":
            told = "is stated by a column" if name in fields else "is none of a partner"
            yield _Error(where, f"The field ‹{name}› {told}")
            continue
        yield from _check_value(name, value, profile.values, where)
    yield from _check_value("role", block.role, profile.values, (*path, "role"))


def _check_column(
    profile: TableProfile, column: Column, allowed: set[str], path: Steps
) -> Iterator[_Error]:
    if not column.header or not all(header_key(name) for name in column.header):
        yield _Error(path, "A column needs a header")
    stated = [column.field is not None, bool(column.patterns), column.ignore is not None]
    if sum(stated) != 1:
        told = "A column has a field or a pattern, or ignore with the reason; one of them"
        yield _Error(path, told)
        return
    if column.patterns:
        yield from _check_patterns(profile, column, allowed, path)
        return
    if column.field is None:
        if not (column.ignore or "").strip():
            yield _Error((*path, "ignore"), "ignore needs a reason")
        return
    if column.field not in allowed:
        known = column.field in KIND_OF
        told = "cannot stand in this table" if known else "does not exist"
        yield _Error((*path, "field"), f"The field ‹{column.field}› {told}")
        return
    if column.style.get("currency", profile.values.currency) != profile.values.currency:
        told = "The amounts of a record are in one currency, that of [values]"
        yield _Error((*path, "style", "currency"), told)
    if column.style:
        yield from _check_style(profile.values, column.style, (*path, "style"))
    for word, meaning in column.words.items():
        style = profile.values
        yield from _check_value(column.field, meaning, style, (*path, "words", word))


def _check_patterns(
    profile: TableProfile, column: Column, allowed: set[str], path: Steps
) -> Iterator[_Error]:
    where = (*path, "pattern")
    for text in column.patterns:
        try:
            pattern = parse_pattern(text)
        except ValueError as error:
            yield _Error(where, str(error))
            return
        if pattern.fields[0] != parse_pattern(column.patterns[0]).fields[0]:
            yield _Error(where, "The patterns of a column begin with the same field")
            return
    is_own = {p.field in PARTNER_FIELDS and p.field != "project_id" for p in column.parts()}
    if len(is_own & ({True, False} if PROJECT_FIELDS.keys() <= allowed else set())) > 1:
        yield _Error(where, "The fields of a pattern are all of the project, or of the partner")
    for part in column.parts():
        plain = msgspec.structs.replace(part, pattern=())
        yield from _check_column(profile, plain, allowed, path)


def _check_overlap(
    column: Column, headers: Counter[str], fields: Counter[str], path: Steps
) -> Iterator[_Error]:
    for header in {header_key(name) for name in column.header}:
        headers[header] += 1
        if headers[header] > 1:
            yield _Error(path, f"The header ‹{header}› stands in two columns")
    try:
        stated = [part.field for part in column.parts() if part.field is not None]
    except ValueError:
        return  # the pattern was told
    for field in stated:
        fields[field] += 1
        if fields[field] > 1:
            yield _Error(path, f"The field ‹{field}› is stated by two columns")


def _check_style(style: ValueStyle, stated: object, path: Steps) -> Iterator[_Error]:
    try:
        style = msgspec.convert(msgspec.structs.asdict(style) | dict(stated or {}), ValueStyle)  # type: ignore[call-overload]
    except msgspec.ValidationError as error:
        yield _Error(path, _of_validation(error).message)
        return
    if style.decimal not in {"auto", ",", "."}:
        yield _Error((*path, "decimal"), "decimal is ‹,›, ‹.› or ‹auto›")
    if style.currency is None or re.fullmatch(r"[A-Z]{3}", style.currency) is None:
        yield _Error((*path, "currency"), "currency is a code of ISO 4217, such as EUR")
    if re.fullmatch(r"1(?:0{1,9})?", style.scale) is None:
        yield _Error((*path, "scale"), "scale is 1 or such as 1000, what amounts are counted in")
    if find_crs(style.crs) is None:
        yield _Error((*path, "crs"), f"‹{style.crs}› is no reference system that is known")
    if style.utc_offset != "auto" and not re.fullmatch(r"[+-]\d\d:\d\d", style.utc_offset):
        yield _Error((*path, "utc_offset"), "utc_offset is ‹auto› or such as ‹+02:00›")


def _check_constant(profile: TableProfile, name: str, value: str) -> Iterator[_Error]:
    path = ("constants", name)
    if name not in KIND_OF:
        yield _Error(path, f"The field ‹{name}› does not exist")
        return
    if name == "currency":
        yield _Error(path, "The currency of records that state none is that of [values]")
        return
    yield from _check_value(name, value, profile.values, path)


def _check_value(name: str, value: str, style: ValueStyle, path: Steps) -> Iterator[_Error]:
    """Check a value that a profile states itself; a word may be empty to say *not stated*."""
    if not value:
        return
    finding = parse_value(value, Field(name, KIND_OF[name]), style).finding
    if finding and CODES[finding.code].level >= Level.FIELD:
        yield _Error(path, f"‹{value}› is no value of {name}: {finding.message}")


def _check_key(profile: TableProfile) -> Iterator[_Error]:
    try:
        columns = {p.field for t in profile.tables for c in t.columns for p in c.parts() if p.field}
    except ValueError:
        return
    stated = columns | set(profile.constants)
    if profile.key is None:
        if "project_id" not in stated:
            yield _Error(("name",), "No column states project_id: name the fields that make it, "
                         "under [key]")  # fmt: skip
        return
    if profile.is_joined:
        yield _Error(("key",), "[key] is for a layout of one table")
    for field in profile.key.project_id:
        if field not in stated or field not in PROJECT_FIELDS:
            yield _Error(
                ("key", "project_id"), f"No column states the field ‹{field}› of a project"
            )
