"""Corrections: wrong values of the source put right from a file, without touching the source.

A corrections file is a table (CSV) with the columns source, record, field, stated, right, reason
and by. A correction applies where the source states the value that it is about, and is told as
stale where it states another one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, NoReturn

import msgspec

from kg import iris
from kg.problems import CODES, InputError, Level, Place, Problem
from kg.records import (
    Category,
    Correction,
    Heading,
    Origin,
    Outcome,
    Partner,
    Project,
    Reading,
    Text,
)
from kg.sources.fields import PARTNER_FIELDS, PROJECT_FIELDS, Field, Kind, stated_currency
from kg.sources.files import Examined, open_stream
from kg.sources.profile import Profile, TableProfile, ValueStyle
from kg.sources.tables.complete import complete_project
from kg.sources.values import clean, parse_value

__all__ = [
    "Corrections",
    "Facts",
    "Listed",
    "facts_of",
    "is_corrections_file",
    "load_corrections",
]

COLUMNS = ("source", "record", "field", "stated", "right", "reason", "by")
ANY = "*"
"""Stands for every source."""
MAX_BYTES = 64 * 1024 * 1024
MAX_HEAD = 4096

PLAIN = ValueStyle(decimal=".", grouping=",", date_order="dmy", rate="percent", not_stated=())
"""How right values are written, whatever the style of the source."""
NO_ONE_CELL = {"code", "language", "coordinate", "point", "crs"}
"""Kinds of fields that make a value together with others."""
IDS = {"project_id", "partner_id"}
"""What corrections find their records by."""

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_FORMS = {
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "a date such as 2017-02-01"),
    "amount": (_NUMBER, "an amount such as 1234.50"),
    "number": (_NUMBER, "a number such as 1.2345"),
    "rate": (_NUMBER, "a rate in percent such as 85.5"),
}
"""The plain form of values that sources write in many."""
_LEDGER_NAMES = {"role": "lead"}
"""The name of a cell of a copied text in the ledger, where it is not that of its field."""


class Facts(NamedTuple):
    """What a layout says of values that do not say it: the language of texts, the currency."""

    languages: Mapping[str, str] = {}
    currency: str = "EUR"


class Listed(NamedTuple):
    """A correction as its file has it, for a record of a source (or of any), and where it stands.

    ``record`` is the id of a project, or the id or key of a partner.
    """

    source: str
    record: str
    correction: Correction
    place: Place

    @property
    def key(self) -> tuple[str, str]:
        """What it is looked up by: the record and the field."""
        return self.record, self.correction.field


class _Applied(msgspec.Struct):
    """A reading while it is corrected."""

    problems: list[Problem]
    moved: list[tuple[str, str, Outcome]]


class Corrections:
    """The corrections of a run; they count where they are applied.

    ``name`` and ``sha256`` are those of their file.
    """

    def __init__(self, listed: Sequence[Listed] = (), name: str = "", sha256: str = "") -> None:
        self._listed = listed
        self._by_record: dict[str, list[Listed]] = {}
        for each in listed:
            self._by_record.setdefault(each.record, []).append(each)
        self._met: set[Place] = set()
        self.name = name
        self.sha256 = sha256
        self.applied = 0
        self.stale = 0

    def apply(self, reading: Reading, facts: Facts) -> Reading:
        """Return a reading with the corrections of its project and partners."""
        project, applied, stale = reading.project, self.applied, self.stale
        if project is None or not self._by_record:
            return reading
        work = _Applied(list(reading.problems), [])
        partners = tuple(self._correct_partner(p, project, facts, work) for p in project.partners)
        corrected = self._correct_project(project, facts, work)
        if self.applied == applied and self.stale == stale:
            return reading
        partners = _with_own_keys(project, partners)
        corrected = msgspec.structs.replace(corrected, partners=partners)
        if corrected.currency is None:
            values = msgspec.structs.asdict(corrected)
            currency = stated_currency(values, partners, facts.currency)
            corrected = msgspec.structs.replace(corrected, currency=currency)
        accounts = {source: dict(cells) for source, cells in reading.accounts.items()}
        for source, column, before in work.moved:
            _move(accounts.get(source, {}), column, before)
        own = accounts.pop(reading.source)
        return msgspec.structs.replace(
            reading,
            project=corrected,
            problems=tuple(work.problems),
            cells=own,
            elsewhere=accounts,
        )

    def unused(self) -> list[Problem]:
        """Return a problem for each correction that met no record."""
        return [
            Problem.of(
                "correction-unused",
                each.place,
                f"No record ‹{each.record}› of {each.source or 'any source'} was read that could "
                "be corrected.",
                field=each.correction.field,
                value=each.correction.stated or None,
                record=each.record,
            )
            for each in self._listed
            if each.place not in self._met
        ]

    def _for(
        self, record: Project | Partner, names: Iterable[str], fields: Mapping[str, Kind]
    ) -> Iterator[Listed]:
        for name in dict.fromkeys(names):
            for each in self._by_record.get(name, ()):
                if each.source in ("", record.origin.source) and each.correction.field in fields:
                    yield each

    def _correct_project(self, project: Project, facts: Facts, work: _Applied) -> Project:
        for each in self._for(project, [project.project_id], PROJECT_FIELDS):
            if self._fits(each, project, project.project_id, work):
                changed = _right_project(project, each.correction, facts)
                project = msgspec.structs.replace(
                    project, **changed, corrections=(*project.corrections, each.correction)
                )
        return project

    def _correct_partner(
        self, partner: Partner, project: Project, facts: Facts, work: _Applied
    ) -> Partner:
        names = [partner.key, *([partner.partner_id] if partner.partner_id else [])]
        for each in self._for(partner, names, PARTNER_FIELDS):
            if self._fits(each, partner, project.project_id, work):
                value = _parse(each.correction, facts.languages.get(each.correction.field))
                partner = msgspec.structs.replace(
                    partner,
                    **{each.correction.field: value},
                    corrections=(*partner.corrections, each.correction),
                )
        return partner

    def _fits(
        self, listed: Listed, record: Project | Partner, project_id: str, work: _Applied
    ) -> bool:
        """Tell whether the source states what a correction is about; note what becomes of it."""
        self._met.add(listed.place)
        field, origin = listed.correction.field, record.origin
        raw = origin.value(field)
        if _plain(raw or "") == _plain(listed.correction.stated):
            self.applied += 1
            if raw is not None:
                self._settle_cell(field, record, raw, work)
            return True
        self.stale += 1
        told = f"{listed.place} expects ‹{listed.correction.stated}›, the source states " + (
            f"‹{raw}›." if raw is not None else "nothing."
        )
        if _plain(raw or "") == _plain(listed.correction.right):
            told += " That is the right value."
        place = origin.place(field)
        work.problems.append(
            Problem.of("correction-stale", place, told, field=field, value=raw, record=project_id)
        )
        return False

    def _settle_cell(self, field: str, record: Project | Partner, raw: str, work: _Applied) -> None:
        """Take the problems of a cell back, and book it as mapped."""
        origin = record.origin
        place = origin.place(field)
        is_item = not isinstance(origin, Origin) and origin.items is not None
        kept = [
            problem
            for problem in work.problems
            if problem.place != place
            or problem.field != field
            or problem.level > Level.FIELD
            or (is_item and problem.value != raw)
        ]
        if any(p.place == place and p.level is Level.FIELD for p in kept):
            work.problems = kept
            return
        before = Outcome.IGNORED
        if any(p.level is Level.FIELD for p in work.problems if p not in kept):
            before = Outcome.REJECTED
        work.problems = kept
        column = field
        if isinstance(origin, Origin) and isinstance(record, Partner):
            column = _LEDGER_NAMES.get(field, field)
        if before is Outcome.REJECTED or getattr(record, field, None) is None:
            work.moved.append((origin.source, column, before))


def is_corrections_file(examined: Examined) -> bool:
    """Tell whether a file has the columns of a corrections file."""
    if not examined.encoding.startswith("utf-8"):
        return False
    with open_stream(examined.file) as stream:
        head = stream.read(MAX_HEAD).decode("utf-8-sig", errors="replace").lstrip()
    line = head.splitlines()[0] if head else ""
    return {cell.strip().strip('"').casefold() for cell in re.split("[,;]", line)} >= {*COLUMNS}


def load_corrections(path: Path) -> Corrections:
    """Return the corrections of a file.

    Raises:
        InputError: it cannot be read, or a line of it cannot be used.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        told = f"The corrections cannot be read: {error.strerror}."
        raise InputError(told, place=str(path), remedy="Check the path.") from error
    if len(data) > MAX_BYTES:
        raise InputError("The corrections file is larger than 64 MiB.", place=str(path))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        told = "The corrections file is not UTF-8."
        raise InputError(told, place=f"{path}:{line}", remedy="Save it as UTF-8.") from error
    listed = list(_parse_file(text, path.name))
    return Corrections(listed, path.name, sha256(data).hexdigest())


def facts_of(profile: Profile | TableProfile) -> Facts:
    """Return what a layout says of values that do not say it."""
    if isinstance(profile, Profile):
        columns = list(profile.columns)
    else:
        columns = [column for table in profile.tables for column in table.all_columns()]
    languages = {c.field: c.language for c in columns if c.field and c.language}
    return Facts(languages, profile.values.currency)


def _parse_file(text: str, name: str) -> Iterator[Listed]:
    head = text.lstrip("\r\n").partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    seen: dict[tuple[str, str], list[Listed]] = {}
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            _refuse(f"The line is not CSV: {error}", name, line)
        if cells is None:
            break
        place, line = Place(name, line), reader.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        if header is None:
            header = _header(cells, place)
            continue
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            told = f"The line has {len(cells)} cells and the header {len(header)}"
            _refuse(told, name, place.line)
        found = {key: clean(cell) for key, cell in zip(header, cells, strict=False)}
        listed = _listed(found, place)
        for other in seen.setdefault(listed.key, []):
            if other.source == listed.source or not other.source or not listed.source:
                _refuse(f"Line {other.place.line} corrects the same cell", name, place.line)
        seen[listed.key].append(listed)
        yield listed
    if header is None:
        _refuse("The file has no header", name, 1)


def _header(cells: Sequence[str], place: Place) -> list[str]:
    header = [cell.strip().casefold() for cell in cells]
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        _refuse(f"The header has no column {', '.join(missing)}", place.source, place.line)
    return header


def _listed(found: Mapping[str, str], place: Place) -> Listed:
    """Return the correction of a line.

    Raises:
        InputError: the line cannot be used.
    """
    name, line = place.source, place.line
    for column in ("record", "field", "right", "reason", "by"):
        if not found.get(column):
            _refuse(f"{column} is empty", name, line)
    field = found["field"]
    kind = (PROJECT_FIELDS | PARTNER_FIELDS).get(field)
    if kind is None:
        _refuse(f"There is no field ‹{field}›", name, line)
    if field in IDS:
        _refuse(f"{field} cannot be corrected: records are found by it", name, line)
    if kind in NO_ONE_CELL:
        told = f"{field} cannot be corrected: it makes a value together with other fields"
        _refuse(told, name, line)
    correction = Correction(
        field, found.get("stated", ""), found["right"], found["reason"], found["by"]
    )
    form = _FORMS.get(kind)
    if form is not None and not form[0].fullmatch(correction.right):
        _refuse(f"The right value ‹{correction.right}› is not {form[1]}", name, line)
    finding = parse_value(correction.right, Field(field, kind), PLAIN).finding
    if finding is not None and CODES[finding.code].level >= Level.FIELD:
        told = f"‹{correction.right}› is no value of {field}: {finding.message}"
        _refuse(told, name, line)
    source = found.get("source", "")
    return Listed("" if source == ANY else source, found["record"], correction, place)


def _refuse(message: str, name: str, line: int | None) -> NoReturn:
    told = message.rstrip(".") + "."
    raise InputError(told, place=f"{name}:{line}", remedy="See docs/corrections.md.")


def _plain(text: str) -> str:
    return " ".join(clean(text).split())


def _parse(correction: Correction, language: str | None) -> object:
    field = correction.field
    kind = (PROJECT_FIELDS | PARTNER_FIELDS)[field]
    return parse_value(correction.right, Field(field, kind, language), PLAIN).value


def _right_project(project: Project, correction: Correction, facts: Facts) -> dict[str, object]:
    """Return the attributes of a project that a correction changes, and what they become."""
    field, origin = correction.field, project.origin
    before = getattr(project, field)
    target = field
    base = field.removesuffix("_english")
    if base != field and before is None and origin.value(field) and not origin.value(base):
        # a title that is stated in English alone is the title
        target, before = base, getattr(project, base)
    language = _language(before) if before is not None else facts.languages.get(field)
    value = _parse(correction, language)
    code = origin.value(f"{field}_code") if f"{field}_code" in PROJECT_FIELDS else None
    if code is not None and isinstance(before, (Heading, Category)):
        values: dict[str, object] = {field: value, f"{field}_code": before.code}
        complete_project(values, "")
        value = values[field]
    return {target: value}


def _language(value: object) -> str | None:
    """Return the language of a text, or of the label of a value."""
    if isinstance(value, Text):
        return value.language
    if isinstance(value, tuple):
        return next((found for each in value if (found := _language(each))), None)
    label = getattr(value, "label", None)
    return label.language if isinstance(label, Text) else None


def _with_own_keys(project: Project, partners: Sequence[Partner]) -> tuple[Partner, ...]:
    """Return the partners, those that are known by a name that was corrected under the new one."""
    stated = [partner.key for partner in partners]
    found = []
    for before, partner in zip(project.partners, partners, strict=True):
        if partner.partner_id is None and partner.name != before.name:
            key = f"{project.project_id}-{iris.organisation_slug(partner.name)}"
            stated.remove(before.key)
            n, free = 1, key
            while free in stated:
                n += 1
                free = f"{key}-{n}"
            stated.append(free)
            found.append(msgspec.structs.replace(partner, key=free))
        else:
            found.append(partner)
    return tuple(found)


def _move(cells: dict[tuple[str, Outcome], int], column: str, before: Outcome) -> None:
    """Book a cell as mapped that was rejected, or ignored as saying that nothing is stated."""
    number = cells.pop((column, before), 0)
    if number > 1:
        cells[(column, before)] = number - 1
    if number:
        cells[(column, Outcome.MAPPED)] = cells.get((column, Outcome.MAPPED), 0) + 1
