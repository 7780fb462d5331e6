"""Records read again, and the triples that the mapping makes of each, with their cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from kg import iris
from kg.explain.inputs import FoundInputs
from kg.explain.result import Statement
from kg.mapping import (
    MAPPING,
    Emitter,
    Row,
    Traced,
    TracingEmitter,
    class_rule,
    derived_rule,
    link_rule,
    project_rows,
)
from kg.mapping.declaration import Resource
from kg.problems import InputError, Refused
from kg.records import Partner, Project, Role
from kg.sources import Corrections, Input, read_input
from kg.sources.rules import ReadingRules, StatedCell
from kg.sources.tables.readings import read_tables_of
from kg.terms import split_line
from kg.vocabulary import INTERREG, PROV, RDF_TYPE

__all__ = [
    "RecordTriple",
    "Replayed",
    "explain_found",
    "find_statements",
    "read_again",
    "traced_mapping",
]

_PARTNER_KEY = "participation_key"
"""The column that tables of what belongs to a partner have."""


class Replayed(NamedTuple):
    """A project as its file states it, and how its values were read."""

    project: Project
    rules: ReadingRules


class RecordTriple(NamedTuple):
    """A traced triple of a project, and the record, the project or a partner, that it is of."""

    traced: Traced
    record: Project | Partner

    @property
    def object(self) -> str:
        """The object, as a term."""
        return split_line(self.traced.line)[2]


def read_again(
    inputs: FoundInputs, wanted: Mapping[str, Collection[str]], base: str
) -> Iterator[Replayed]:
    """Yield projects from their files; ``wanted`` gives for the IRI of each its places (terms).

    Raises:
        InputError: a project is not in the files.
        Refused: a file cannot be read.
    """
    places = Emitter(base, traced_mapping({PROV.wasDerivedFrom}, {"projects"}))
    start = base + iris.PROJECT.partition("{")[0]
    left = dict(wanted)
    read = [(item, ReadingRules(item)) for item in inputs.items]
    # an id that a profile makes of something else is not found by itself
    for only in ({unquote(one.removeprefix(start)) for one in left}, None):
        for item, rules in read:
            for project in _projects(item, only, inputs.corrections):
                one = iris.mint(base, iris.PROJECT, project_id=project.project_id)
                lines = places.emit({"projects": project_rows(project)["projects"]})
                if one in left and {split_line(line)[2] for line in lines} <= set(left[one]):
                    del left[one]
                    yield Replayed(project, rules)
                if not left:
                    return
    if left:
        raise InputError(
            f"The record of {next(iter(left))} is not in the inputs as it was.",
            remedy="Build again with this version of kg.",
        )


def _projects(
    item: Input, only: Collection[str] | None, corrections: Corrections
) -> Iterator[Project]:
    """Yield the projects of an input; ``only`` are the ids of those that are looked for first.

    Without them, all are read; a text, of which all are read at once, is not read again.
    """
    if item.tables:
        readings = read_tables_of(item.tables, only)
    else:
        readings = read_input(item) if only is not None else iter(())
    try:
        for reading in readings:
            corrected = corrections.apply(reading, item.facts).project
            if corrected is not None:
                yield corrected
    except Refused:
        if only is None or not item.tables:
            raise


def traced_mapping(
    predicates: Collection[str], tables: Collection[str] | None = None
) -> list[Resource]:
    """Return the part of the mapping that makes statements with these predicates."""
    found = []
    for resource in MAPPING:
        chosen = tuple(prop for prop in resource.properties if prop.predicate in predicates)
        if chosen and (tables is None or resource.table in tables):
            found.append(resource._replace(classes=(), properties=chosen))
    return found


def find_statements(project: Project, emitter: TracingEmitter) -> list[RecordTriple]:
    """Return the triples of a project, each with the record that it is of."""
    partners = {partner.key: partner for partner in project.partners}
    tables: dict[str, list[Row]] = project_rows(project)
    return [
        RecordTriple(traced, partners.get(traced.cell(_PARTNER_KEY) or "", project))
        for traced in emitter.trace(tables)
    ]


def explain_found(
    found: RecordTriple, replayed: Replayed, every: Iterable[RecordTriple]
) -> Statement:
    """Return a statement of a project with its cells; ``every`` are all triples of the project."""
    traced, record = found
    _, predicate, term = split_line(traced.line)
    prop = traced.prop
    if prop is None:
        cell = StatedCell(record.origin.place(), "")
        return Statement(RDF_TYPE, term, class_rule(traced.resource), (cell,))
    predicate = predicate[1:-1]
    derived = derived_rule(traced.resource, prop)
    if derived is not None:
        cells = _evidence(found, replayed, every)
        return Statement(
            predicate, term, derived, cells or (StatedCell(record.origin.place(), ""),)
        )
    told = replayed.rules.tell(prop.field or "", record, replayed.project)
    if told is None:
        whole = StatedCell(record.origin.place(), "")
        return Statement(predicate, term, "read from the row as a whole", (whole,))
    parts = [_corrected(prop.field, record), told.rule, link_rule(prop)]
    return Statement(predicate, term, "; ".join(part for part in parts if part), told.cells)


def _evidence(
    found: RecordTriple, replayed: Replayed, every: Iterable[RecordTriple]
) -> tuple[StatedCell, ...]:
    """Return the cells of what partners state with the same object: it was derived from these."""
    project, rules = replayed
    prop = found.traced.prop
    if prop is None or prop.field is not None:
        return ()
    if prop.predicate == INTERREG.currency:
        return tuple(rules.cells("currency", project, project))
    cells: list[StatedCell] = []
    for other in every:
        field = other.traced.prop.field if other.traced.prop else None
        is_same = field and other.object == found.object and isinstance(other.record, Partner)
        if is_same and (prop.predicate != INTERREG.leadPartner or _is_lead(other.record)):
            cells += rules.cells(field or "", other.record, project)
    return tuple(dict.fromkeys(cells))


def _is_lead(record: Project | Partner) -> bool:
    return isinstance(record, Partner) and record.role is Role.LEAD


def _corrected(field: str | None, record: Project | Partner) -> str | None:
    for one in record.corrections:
        if one.field == field:
            return f"corrected: ‹{one.stated}› → ‹{one.right}› ({one.reason}; {one.by})"
    return None
