"""Corrections: wrong values of the source put right from a file, without touching the source.

A corrections file is a table (CSV) with the columns source, record, field, stated, right, reason
and by. A correction applies where the source states the value that it is about, and is told as
stale where it states another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from kg import iris
from kg.problems import Level, Place, Problem
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
from kg.sources.corrections.file import PLAIN, Listed, read_corrections
from kg.sources.fields import KIND_OF, PARTNER_FIELDS, PROJECT_FIELDS, Field, Kind, stated_currency
from kg.sources.layouts.profile import TableProfile, TextProfile
from kg.sources.personal import mask_personal
from kg.sources.tables.complete import complete_project
from kg.sources.values import clean, parse_value

__all__ = [
    "Corrections",
    "Facts",
    "facts_of",
    "load_corrections",
]

_LEDGER_NAMES = {"role": "lead"}
"""The name of a cell of a copied text in the ledger, where it is not that of its field."""


class Facts(NamedTuple):
    """What a layout says of values that do not say it: the language of texts, the currency."""

    languages: Mapping[str, str] = {}
    currency: str | None = "EUR"


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

    def again(self) -> Corrections:
        """Return the same corrections, none of which was applied yet."""
        return Corrections(self._listed, self.name, self.sha256)

    def add(self, other: Corrections) -> None:
        """Take in what became of the same corrections in another part of the input."""
        self.applied += other.applied
        self.stale += other.stale
        self._met |= other._met

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
                    project, **changed, corrections=(*project.corrections, _published(each))
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
                    corrections=(*partner.corrections, _published(each)),
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


def _published(listed: Listed) -> Correction:
    """Return a correction as the graph states it: the wrong value without data of persons."""
    correction = listed.correction
    return msgspec.structs.replace(correction, stated=mask_personal(correction.stated))


def load_corrections(path: Path) -> Corrections:
    """Return the corrections of a file.

    Raises:
        InputError: it cannot be read, or a line of it cannot be used.
    """
    found = read_corrections(path)
    return Corrections(found.listed, path.name, found.sha256)


def facts_of(profile: TextProfile | TableProfile) -> Facts:
    """Return what a layout says of values that do not say it."""
    if isinstance(profile, TextProfile):
        columns = list(profile.columns)
    else:
        every = (column for table in profile.tables for column in table.all_columns())
        columns = [part for column in every for part in column.parts()]
    languages = {c.field: c.language for c in columns if c.field and c.language}
    return Facts(languages, profile.values.currency)


def _plain(text: str) -> str:
    return " ".join(clean(text).split())


def _parse(correction: Correction, language: str | None) -> object:
    field = correction.field
    kind = KIND_OF[field]
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
