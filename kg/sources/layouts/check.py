"""What is wrong in a profile: all that its keys and their types do not tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from kg.problems import CODES, Level
from kg.sources.cell import header_key
from kg.sources.fields import FIELDS, KIND_OF, PARTNER_FIELDS, PROJECT_FIELDS, Field
from kg.sources.layouts.patterns import parse_pattern
from kg.sources.layouts.profile import NUMBER, Column, PartnerBlock, TableLayout, TableProfile
from kg.sources.layouts.toml_lines import Path as Steps
from kg.sources.values import find_crs, parse_value
from kg.sources.values.style import ValueStyle

__all__ = ["Fault", "check_profile", "fault_of_validation"]

_PATH_STEP = re.compile(r"\.([A-Za-z_]\w*)|\[(\d+)\]|\[\.\.\.\]")


class Fault(NamedTuple):
    """What is wrong in a profile, and the path to where."""

    path: Steps
    message: str


def fault_of_validation(error: msgspec.ValidationError) -> Fault:
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
    return Fault(steps, told)


def check_profile(profile: TableProfile) -> Iterator[Fault]:
    """Yield what is wrong in a profile whose keys are all known."""
    holds = Counter(table.holds for table in profile.tables)
    if not 1 <= len(profile.tables) <= 2 or max(holds.values()) > 1:
        yield Fault(("tables",), "A profile has one table, or one of projects and one of partners")
        return
    for n, table in enumerate(profile.tables):
        yield from _check_table(profile, table, ("tables", n))
    for name, value in profile.constants.items():
        yield from _check_constant(profile, name, value)
    yield from _check_key(profile)
    yield from _check_style(profile.values, {}, ("values",))


def _check_table(profile: TableProfile, table: TableLayout, path: Steps) -> Iterator[Fault]:
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
            yield Fault((*where, "header"), "{n} is for the columns of [[tables.partners]]")
    if is_joined_partner and "project_id" not in fields:
        yield Fault(path, "The table of partners needs a column project_id")
    if table.partners and table.holds == "partners":
        yield Fault((*path, "partners"), "Only a table of projects has [[tables.partners]]")
    for m, block in enumerate(table.partners):
        yield from _check_block(profile, block, headers, (*path, "partners", m))
    known = {name for c in table.all_columns() for name in map(header_key, c.header)}
    for header in table.skip:
        if header_key(header) not in known:
            yield Fault((*path, "skip", header), f"The table has no column ‹{header}›")


def _check_block(
    profile: TableProfile, block: PartnerBlock, headers: Counter[str], path: Steps
) -> Iterator[Fault]:
    fields: Counter[str] = Counter()
    numbered = [any(NUMBER in header for header in c.header) for c in block.columns]
    for n, column in enumerate(block.columns):
        where = (*path, "columns", n)
        yield from _check_column(profile, column, set(PARTNER_FIELDS) - {"project_id"}, where)
        yield from _check_overlap(column, headers, fields, where)
    if any(numbered) and not all(numbered):
        yield Fault(path, "{n} stands in the headers of all columns of a block, or of none")
    if any(numbered) and block.separator:
        yield Fault(path, "A block has {n} in its headers or a separator, not both")
    if "name" not in fields:
        yield Fault(path, "A block of partners needs a column name")
    for name, value in block.constants.items():
        where = (*path, "constants", name)
        if name in fields or name not in PARTNER_FIELDS or name == "project_id":
            told = "is stated by a column" if name in fields else "is none of a partner"
            yield Fault(where, f"The field ‹{name}› {told}")
            continue
        yield from _check_value(name, value, profile.values, where)
    yield from _check_value("role", block.role, profile.values, (*path, "role"))


def _check_column(
    profile: TableProfile, column: Column, allowed: set[str], path: Steps
) -> Iterator[Fault]:
    if not column.header or not all(header_key(name) for name in column.header):
        yield Fault(path, "A column needs a header")
    stated = [column.field is not None, bool(column.patterns), column.ignore is not None]
    if sum(stated) != 1:
        told = "A column has a field or a pattern, or ignore with the reason; one of them"
        yield Fault(path, told)
        return
    if column.patterns:
        yield from _check_patterns(profile, column, allowed, path)
        return
    if column.field is None:
        if not (column.ignore or "").strip():
            yield Fault((*path, "ignore"), "ignore needs a reason")
        return
    if column.field not in allowed:
        known = column.field in KIND_OF
        told = "cannot stand in this table" if known else "does not exist"
        yield Fault((*path, "field"), f"The field ‹{column.field}› {told}")
        return
    if column.style.get("currency", profile.values.currency) != profile.values.currency:
        told = "The amounts of a record are in one currency, that of [values]"
        yield Fault((*path, "style", "currency"), told)
    if column.style:
        yield from _check_style(profile.values, column.style, (*path, "style"))
    for word, meaning in column.words.items():
        style = profile.values
        yield from _check_value(column.field, meaning, style, (*path, "words", word))


def _check_patterns(
    profile: TableProfile, column: Column, allowed: set[str], path: Steps
) -> Iterator[Fault]:
    where = (*path, "pattern")
    for text in column.patterns:
        try:
            pattern = parse_pattern(text)
        except ValueError as error:
            yield Fault(where, str(error))
            return
        if pattern.fields[0] != parse_pattern(column.patterns[0]).fields[0]:
            yield Fault(where, "The patterns of a column begin with the same field")
            return
    is_own = {p.field in PARTNER_FIELDS and p.field != "project_id" for p in column.parts()}
    if len(is_own & ({True, False} if PROJECT_FIELDS.keys() <= allowed else set())) > 1:
        yield Fault(where, "The fields of a pattern are all of the project, or of the partner")
    for part in column.parts():
        plain = msgspec.structs.replace(part, pattern=())
        yield from _check_column(profile, plain, allowed, path)


def _check_overlap(
    column: Column, headers: Counter[str], fields: Counter[str], path: Steps
) -> Iterator[Fault]:
    for header in {header_key(name) for name in column.header}:
        headers[header] += 1
        if headers[header] > 1:
            yield Fault(path, f"The header ‹{header}› stands in two columns")
    try:
        stated = [part.field for part in column.parts() if part.field is not None]
    except ValueError:
        return  # the pattern was told
    for field in stated:
        fields[field] += 1
        if fields[field] > 1:
            yield Fault(path, f"The field ‹{field}› is stated by two columns")


def _check_style(style: ValueStyle, stated: object, path: Steps) -> Iterator[Fault]:
    try:
        style = msgspec.convert(msgspec.structs.asdict(style) | dict(stated or {}), ValueStyle)  # type: ignore[call-overload]
    except msgspec.ValidationError as error:
        yield Fault(path, fault_of_validation(error).message)
        return
    if style.decimal not in {"auto", ",", "."}:
        yield Fault((*path, "decimal"), "decimal is ‹,›, ‹.› or ‹auto›")
    if style.currency is None or re.fullmatch(r"[A-Z]{3}", style.currency) is None:
        yield Fault((*path, "currency"), "currency is a code of ISO 4217, such as EUR")
    if re.fullmatch(r"1(?:0{1,9})?", style.scale) is None:
        yield Fault((*path, "scale"), "scale is 1 or such as 1000, what amounts are counted in")
    if find_crs(style.crs) is None:
        yield Fault((*path, "crs"), f"‹{style.crs}› is no reference system that is known")
    if style.utc_offset != "auto" and not re.fullmatch(r"[+-]\d\d:\d\d", style.utc_offset):
        yield Fault((*path, "utc_offset"), "utc_offset is ‹auto› or such as ‹+02:00›")


def _check_constant(profile: TableProfile, name: str, value: str) -> Iterator[Fault]:
    path = ("constants", name)
    if name not in KIND_OF:
        yield Fault(path, f"The field ‹{name}› does not exist")
        return
    if name == "currency":
        yield Fault(path, "The currency of records that state none is that of [values]")
        return
    yield from _check_value(name, value, profile.values, path)


def _check_value(name: str, value: str, style: ValueStyle, path: Steps) -> Iterator[Fault]:
    """Check a value that a profile states itself; a word may be empty to say *not stated*."""
    if not value:
        return
    finding = parse_value(value, Field(name, KIND_OF[name]), style).finding
    if finding and CODES[finding.code].level >= Level.FIELD:
        yield Fault(path, f"‹{value}› is no value of {name}: {finding.message}")


def _check_key(profile: TableProfile) -> Iterator[Fault]:
    try:
        columns = {p.field for t in profile.tables for c in t.columns for p in c.parts() if p.field}
    except ValueError:
        return
    stated = columns | set(profile.constants)
    if profile.key is None:
        if "project_id" not in stated:
            yield Fault(("name",), "No column states project_id: name the fields that make it, "
                         "under [key]")  # fmt: skip
        return
    if profile.is_joined:
        yield Fault(("key",), "[key] is for a layout of one table")
    for field in profile.key.project_id:
        if field not in stated or field not in PROJECT_FIELDS:
            yield Fault(("key", "project_id"), f"No column states the field ‹{field}› of a project")
