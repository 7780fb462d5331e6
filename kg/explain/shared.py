"""What several projects share: which records state what of it, and what the run or the bundle does.

The statements of a shared resource are a vote of the records that mention it. The vote is held
again: all together give the statements, and each alone tells what it voted for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from kg import iris
from kg.built import MANIFEST, Manifest
from kg.countries import all_countries
from kg.explain.replay import RecordTriple, Replayed, find_statements, traced_mapping
from kg.explain.result import Mention, Statement
from kg.mapping import (
    Emitter,
    Register,
    Traced,
    TracingEmitter,
    class_rule,
    country_rows,
    derived_rule,
    stating_field,
)
from kg.pipeline.reference import SCHEMES, load_scheme
from kg.problems import Place
from kg.records import Partner, Project, Source
from kg.sources.rules import StatedCell
from kg.terms import iri, split_line
from kg.vocabulary import RDF_TYPE

__all__ = ["Poll", "explain_bundled"]


def explain_bundled(resource: str, manifest: Manifest) -> list[Statement]:
    """Return the statements about a resource that come from bundled facts, or from the manifest."""
    found = []
    subject = f"{iri(resource)} "
    for name in SCHEMES:
        place = Place(f"ontology/{name}")
        for line in sorted(load_scheme(name, manifest.base), key=_types_first):
            if line.startswith(subject):
                _, predicate, term = split_line(line)
                rule = "a bundled scheme, published with the data"
                found.append(Statement(predicate[1:-1], term, rule, (StatedCell(place, ""),)))
    inputs = [Source(entry.name, entry.sha256, entry.size) for entry in manifest.inputs]
    tables = Register().rows(inputs)
    tables["countries"] = list(country_rows(country.alpha2 for country in all_countries()))
    places = {"countries": Place("kg/countries.toml"), "sources": Place(MANIFEST)}
    for traced in TracingEmitter(manifest.base).trace(tables):
        if traced.line.startswith(subject):
            cell = StatedCell(places[traced.resource.table], "")
            found.append(_statement(traced, (cell,)))
    return found


class Poll:
    """Gathers what records state of a resource that belongs to no single project.

    ``predicates`` are those by which records mention it.
    """

    def __init__(
        self, resource: str, base: str, predicates: Iterable[str], known_themes: frozenset[str]
    ) -> None:
        self._subject = f"{iri(resource)} "
        self._object = iri(resource)
        self._base = base
        self._known_themes = known_themes
        self._mentions_of = TracingEmitter(base, traced_mapping(set(predicates)))
        self._emitter = Emitter(base)
        self._all = Register(known_themes)
        self._voted: dict[str, list[Mention]] = {}
        self.mentions = 0

    def add(self, replayed: Replayed) -> None:
        """Take in a project that mentions the resource."""
        self._all.add(replayed.project)
        for found in self._mentions(replayed.project):
            self.mentions += 1
            record = self._iri(found.record)
            for line in self._alone(replayed.project, found.record):
                cells = self._cells(found, line, replayed)
                self._voted.setdefault(_content(line), []).append(Mention(record, cells))

    def statements(self) -> list[Statement]:
        """Return the statements that all records make together."""
        found = []
        for traced in TracingEmitter(self._base).trace(self._all.rows()):
            if traced.line.startswith(self._subject):
                voted = self._voted.get(_content(traced.line), [])
                statement = _statement(traced, ())
                found.append(msgspec.structs.replace(statement, stated_by=tuple(voted)))
        return found

    def _mentions(self, project: Project) -> Iterator[RecordTriple]:
        """Yield one statement of each record that points to the resource."""
        seen: set[int] = set()
        for found in find_statements(project, self._mentions_of):
            prop = found.traced.prop
            is_mention = prop and prop.field and found.object == self._object
            if is_mention and id(found.record) not in seen:
                seen.add(id(found.record))
                yield found

    def _cells(self, found: RecordTriple, line: str, replayed: Replayed) -> tuple[StatedCell, ...]:
        """Return the cells of a record that state a line, or by which it mentions the resource."""
        prop = found.traced.prop
        mentioned_by = prop.field if prop and prop.field else ""
        field = stating_field(mentioned_by, split_line(line)[1][1:-1])
        cells = replayed.rules.cells(field, found.record, replayed.project)
        cells = cells or replayed.rules.cells(mentioned_by, found.record, replayed.project)
        return tuple(cells)

    def _alone(self, project: Project, record: Project | Partner) -> Iterator[str]:
        """Yield what would be stated of the resource if this record alone mentioned it."""
        partners = (record,) if isinstance(record, Partner) else ()
        register = Register(self._known_themes)
        register.add(msgspec.structs.replace(project, partners=partners))
        for line in self._emitter.emit(register.rows()):
            if line.startswith(self._subject):
                yield line

    def _iri(self, record: Project | Partner) -> str:
        if isinstance(record, Partner):
            return iris.mint(self._base, iris.PARTICIPATION, participation_key=record.key)
        return iris.mint(self._base, iris.PROJECT, project_id=record.project_id)


def _statement(traced: Traced, cells: tuple[StatedCell, ...]) -> Statement:
    _, predicate, term = split_line(traced.line)
    if traced.prop is None:
        return Statement(RDF_TYPE, term, class_rule(traced.resource), cells)
    rule = derived_rule(traced.resource, traced.prop) or "stated by these records"
    return Statement(predicate[1:-1], term, rule, cells)


def _types_first(line: str) -> tuple[bool, str]:
    return split_line(line)[1] != f"<{RDF_TYPE}>", line


def _content(line: str) -> str:
    """Return what a line says, whichever of the spellings is the label."""
    _, predicate, term = split_line(line)
    return term if predicate.endswith("Label>") else f"{predicate} {term}"
