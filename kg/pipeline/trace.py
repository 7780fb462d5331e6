"""A SHACL result → the place in the input that it is about."""

from __future__ import annotations

from collections.abc import Iterable

from kg import iris
from kg.mapping import MAPPING
from kg.problems import Level, Problem
from kg.records import Partner, Project
from kg.terms import iri
from kg.validation import Result, Shapes

__all__ = ["SEVERITY_LEVELS", "Tracer"]

SEVERITY_LEVELS = {
    "Violation": Level.RECORD,
    "Warning": Level.WARNING,
    "Info": Level.NOTE,
}
"""What a SHACL severity costs."""

_FIELDS = {
    (resource.subject, prop.predicate): prop.field
    for resource in MAPPING
    for prop in resource.properties
    if prop.field
}


Subject = tuple[Project | Partner, str]
"""The record that a resource came from, and the template of its IRI."""


class Tracer:
    """Knows the resources of one project and the records that they came from."""

    def __init__(self, project: Project, base: str) -> None:
        self._project = project
        subject = iri(iris.mint(base, iris.PROJECT, project_id=project.project_id))
        self._subjects: dict[str, Subject] = {subject: (project, iris.PROJECT)}
        for partner in project.partners:
            for template in (iris.PARTICIPATION, iris.ADDRESS):
                subject = iri(iris.mint(base, template, participation_key=partner.key))
                self._subjects[subject] = (partner, template)

    @property
    def subjects(self) -> Iterable[str]:
        """The terms of the project's own resources."""
        return self._subjects

    def problem(self, result: Result, shapes: Shapes) -> Problem:
        """Return a result as a problem, with the place, field and raw value it is about."""
        record, template = self._subjects.get(result.focus, (self._project, iris.PROJECT))
        if result.value in self._subjects:
            record, template = self._subjects[result.value]
        field = _FIELDS.get((template, result.path)) if result.path else None
        # a shape's message says what is wrong in its first sentence, and then what to do
        message, stop, remedy = shapes.message(result.shape).partition(". ")
        return Problem(
            code=result.code,
            level=SEVERITY_LEVELS[result.severity],
            place=record.origin.place(field),
            message=message + stop.strip(),
            remedy=remedy,
            field=field,
            value=_stated(record, field),
            record=self._project.project_id,
        )


def _stated(record: Project | Partner, field: str | None) -> str | None:
    """Return the raw value of a field; of a partner as a whole, its line."""
    if field is None and isinstance(record, Partner):
        return record.origin.raw.strip()
    return record.origin.value(field)
