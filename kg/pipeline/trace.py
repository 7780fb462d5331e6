"""A SHACL result → the place in the input that it is about."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property

import msgspec

from kg import iris
from kg.mapping import MAPPING
from kg.problems import Level, Problem
from kg.records import Partner, Project, Reading
from kg.terms import canonical_decimal, iri, parse_literal
from kg.validation import Result, Shapes
from kg.vocabulary import XSD

__all__ = ["SEVERITY_LEVELS", "Tracer", "beside_held"]

SEVERITY_LEVELS = {
    "Violation": Level.RECORD,
    "Warning": Level.WARNING,
    "Info": Level.NOTE,
}
"""What a SHACL severity costs."""

_FIELDS: dict[tuple[str, str], list[str]] = {}
"""By the template of a resource and a property: the fields that it may have been stated in."""
for _resource in MAPPING:
    for _property in _resource.properties:
        if _property.field:
            _key = (_resource.subject, _property.predicate)
            _FIELDS.setdefault(_key, []).append(_property.field)

_PARTNERS_FIRST = "First repair the partners that are held back: they do not count here."
_COUNTRIES_FIRST = "First repair the countries that are left out: they do not count here."

Subject = tuple[Project | Partner, str]
"""The record that a resource came from, and the template of its IRI."""


class Tracer:
    """Knows the resources of one project and the records that they came from."""

    def __init__(self, project: Project, base: str) -> None:
        self._project = project
        self._base = base
        subject = iri(iris.mint(base, iris.PROJECT, project_id=project.project_id))
        self._subjects: dict[str, Subject] = {subject: (project, iris.PROJECT)}
        slug = iris.slug(project.programme.value) if project.programme else ""
        self._programme = iri(iris.mint(base, iris.PROGRAMME, programme_slug=slug))
        for partner in project.partners:
            for template in (iris.PARTICIPATION, iris.ADDRESS):
                subject = iri(iris.mint(base, template, participation_key=partner.key))
                self._subjects[subject] = (partner, template)
            self._add_corrections(base, partner, participation_key=partner.key)
        self._add_corrections(base, project, project_id=project.project_id)

    def _add_corrections(self, base: str, record: Project | Partner, **key: str) -> None:
        is_project = isinstance(record, Project)
        template = iris.PROJECT_CORRECTION if is_project else iris.PARTICIPATION_CORRECTION
        for correction in record.corrections:
            subject = iri(iris.mint(base, template, field=correction.field, **key))
            self._subjects[subject] = (record, template)

    @property
    def subjects(self) -> Iterable[str]:
        """The terms of the project's own resources."""
        return self._subjects

    def problem(self, result: Result, shapes: Shapes) -> Problem:
        """Return a result as a problem, with the place, field and raw value it is about."""
        shared = iris.PROGRAMME if result.focus == self._programme else iris.PROJECT
        record, template = self._subjects.get(result.focus, (self._project, shared))
        if result.value in self._subjects:
            record, template = self._subjects[result.value]
        field = _field(record, template, result)
        # a shape's message says what is wrong in its first sentence, and then what to do
        message, stop, remedy = shapes.message(result.shape).partition(". ")
        return Problem(
            code=result.code,
            level=SEVERITY_LEVELS[result.severity],
            place=record.origin.place(field),
            message=message + stop.strip(),
            remedy=remedy,
            field=field,
            # of a list of themes, which may be hundreds, the one that it is about
            value=self._themes.get(result.value or "") or _stated(record, field),
            record=self._project.project_id,
        )

    @cached_property
    def _themes(self) -> dict[str, str]:
        """The themes of the project as stated, by their terms."""
        return {
            iri(iris.mint(self._base, iris.THEME, theme_code=theme.code)): (
                f"{theme.code} - {theme.label.value}" if theme.label else theme.code
            )
            for theme in self._project.themes
        }


def beside_held(problems: Iterable[Problem], reading: Reading, shapes: Shapes) -> list[Problem]:
    """Return the problems of a project beside what its reading holds back.

    A partner, or the country of one, that is missing in what a rule counts may be all that is
    wrong.
    """
    if reading.held:
        codes, first = shapes.of_whole_list, _PARTNERS_FIRST
    elif any(p.field == "country" and p.level == Level.FIELD for p in reading.problems):
        codes, first = shapes.of_countries, _COUNTRIES_FIRST
    else:
        return list(problems)
    return [
        msgspec.structs.replace(problem, remedy=f"{first} {problem.remedy}")
        if problem.code in codes
        else problem
        for problem in problems
    ]


def _field(record: Project | Partner, template: str, result: Result) -> str | None:
    """Return the field that a result is about.

    Of several fields, it is one that the source states; where a result has no simple path, the one
    that holds its number.
    """
    fields = _FIELDS.get((template, result.path), []) if result.path else _holding(record, result)
    stated = [field for field in fields if record.origin.value(field) is not None]
    return next(iter(stated or fields), None)


def _holding(record: Project | Partner, result: Result) -> list[str]:
    literal = parse_literal(result.value) if result.value else None
    if literal is None or literal.datatype != XSD.decimal:
        return []
    values = ((name, getattr(record, name)) for name in record.__struct_fields__)
    return [
        name
        for name, value in values
        if isinstance(value, Decimal) and canonical_decimal(value) == literal.value
    ]


def _stated(record: Project | Partner, field: str | None) -> str | None:
    """Return the raw value of a field; of a partner as a whole, its line."""
    if field is None and isinstance(record, Partner):
        return record.origin.raw.strip()
    return record.origin.value(field)
