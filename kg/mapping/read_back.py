"""Triples → records: the declaration, read the other way round.

What a statement says of which field is in the declaration, and how objects are read in
``read_objects.py``. Two things need more than the statements of one predicate: the regions of an
address, and a partner with its address.

A record is read back as far as the graph has it: a label that others spell differently is stated in
one of these spellings, so that all records together make the same graph (``shared_nodes.py``).
Where a record came from is not read back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote

from kg import iris
from kg.mapping.declaration import CORRECTION, EMBEDDED, Value
from kg.mapping.read_objects import declared, readers
from kg.mapping.shared_nodes import SharedNodes, to_text
from kg.problems import InputError
from kg.records import Correction, Origin, Partner, Project, Region, Role
from kg.terms import iri, split_line
from kg.vocabulary import DCTERMS, INTERREG, LOCN, NUTS, RDF_TYPE

__all__ = ["Block", "Lost", "project_blocks", "read_project"]

Statements = Mapping[str, list[str]]
"""What is said of a resource: objects by predicate, all as terms."""


class Block(NamedTuple):
    """A project as a term, and what is said of it and of all that it embeds, by subject."""

    subject: str
    statements: Mapping[str, Statements]


class Lost(NamedTuple):
    """A statement of a project, or of what it embeds, that no field of a record can hold.

    All are terms; ``subject`` is the project or the participation.
    """

    subject: str
    predicate: str
    value: str


Tell = Callable[[Lost], None]


def _tell_nobody(lost: Lost) -> None:
    """Take no notice."""


_TYPE, _PROJECT = iri(RDF_TYPE), iri(INTERREG.Project)
_EMBEDS = frozenset(map(iri, EMBEDDED))
_PARTICIPATION, _ADDRESS = iri(INTERREG.participation), iri(LOCN.address)
_CORRECTION = iri(INTERREG.correction)
_NUTS = iri(INTERREG.nuts)


def project_blocks(lines: Iterable[str]) -> Iterator[Block]:
    """Yield the projects of a graph whose lines stand as a build writes them.

    What belongs to a project follows it, each resource after the statement that embeds it. The
    IRIs tell nothing (``kg.built`` cuts by them): a graph of others has its own.
    """
    subject = ""
    members: set[str] = set()
    statements: dict[str, dict[str, list[str]]] = {}
    for line in lines:
        who, predicate, term = split_line(line)
        if who not in members:
            if subject:
                yield Block(subject, statements)
            is_project = predicate == _TYPE and term == _PROJECT
            subject, members, statements = (who, {who}, {}) if is_project else ("", set(), {})
            if not is_project:
                continue
        statements.setdefault(who, {}).setdefault(predicate, []).append(term)
        if predicate in _EMBEDS:
            members.add(term)
    if subject:
        yield Block(subject, statements)


def read_project(
    block: Block, shared: SharedNodes, graph: str, tell: Tell = _tell_nobody
) -> Project:
    """Return the record of a project; ``graph`` names where it was read.

    ``tell`` is told of each statement that the record does not hold.

    Raises:
        InputError: a value is not of its datatype, or the project has no identifier.
    """
    said = block.statements[block.subject]
    values = _values(iris.PROJECT, said, shared, block.subject, tell)
    if "project_id" not in values:
        raise InputError(f"The project has no {DCTERMS.identifier}.", place=block.subject)
    programme = said.get(iri(INTERREG.programme))
    if programme:
        values["cci"] = shared.next_code(programme[0])
    for term in _place_regions(values, said.get(_NUTS, ()), (), shared, "location_nuts"):
        tell(Lost(block.subject, _NUTS, term))
    origin = Origin(graph, 1, 1, "", {})
    partners = []
    for term in said.get(_PARTICIPATION, ()):
        partner = _read_partner(term, block, shared, origin, tell)
        if partner is None:
            tell(Lost(block.subject, _PARTICIPATION, term))
        else:
            partners.append(partner)
    return Project(
        partners=tuple(partners),
        corrections=_corrections(block, said),
        origin=origin,
        **values,
    )


def _read_partner(
    subject: str, block: Block, shared: SharedNodes, origin: Origin, tell: Tell
) -> Partner | None:
    """Return a partner; None for a participation that the graph only mentions."""
    said = block.statements.get(subject)
    if said is None:
        return None
    values: dict[str, Any] = {"role": Role.PARTNER}
    values |= _values(iris.PARTICIPATION, said, shared, subject, tell)
    if "name" not in values:
        raise InputError(f"The participation has no {INTERREG.statedName}.", place=subject)
    for n, address in enumerate(said.get(_ADDRESS, ())):
        about = block.statements.get(address)
        if n or about is None:
            tell(Lost(subject, _ADDRESS, address))
            continue
        values |= _values(iris.ADDRESS, about, shared, subject, tell)
        levels = ("nuts1", "nuts2", "nuts3")
        for term in _place_regions(values, about.get(_NUTS, ()), levels, shared, "nuts"):
            tell(Lost(subject, _NUTS, term))
    corrections = _corrections(block, said)
    key = unquote(subject[1:-1].rpartition("/")[2])
    return Partner(key=key, corrections=corrections, origin=origin, **values)


def _corrections(block: Block, said: Statements) -> tuple[Correction, ...]:
    found = []
    for term in said.get(_CORRECTION, ()):
        about = block.statements.get(term, {})
        values = {
            prop.term.column: to_text(about[iri(prop.predicate)][0]).value
            for prop in CORRECTION
            if isinstance(prop.term, Value) and iri(prop.predicate) in about
        }
        empty = {"field": "", "stated": "", "right": "", "reason": "", "by": ""}
        found.append(Correction(**(empty | values)))
    return tuple(found)


def _values(
    template: str, said: Statements, shared: SharedNodes, subject: str, tell: Tell
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    read_by, known = readers()[template], declared()[template]
    for predicate, terms in said.items():
        read = read_by.get(predicate)
        if read is None:
            for term in () if predicate in known else terms:
                tell(Lost(subject, predicate, term))
            continue
        try:
            lost = read(terms, values, shared)
        except ValueError as error:
            told = f"{predicate} {terms[0]} cannot be read: {error}."
            raise InputError(told, place=subject) from error
        for term in lost:
            tell(Lost(subject, predicate, term))
    return values


def _place_regions(
    values: dict[str, Any],
    terms: Sequence[str],
    levels: Sequence[str],
    shared: SharedNodes,
    any_level: str,
) -> list[str]:
    """Put regions into the fields of their levels, else into that of any level.

    Return those that found no place; no record has so many.

    A field that holds a name without a code is taken. Where a code has more labels than references,
    and the field of any level is free, it is stated there too, with another label.
    """
    places: dict[str, list[str]] = {}
    lost = []
    for term in terms:
        code = term[1:-1].removeprefix(NUTS)
        level = f"nuts{len(code) - 2}"
        field = level if level in levels and level not in values else any_level
        if field in values:
            lost.append(term)
            continue
        values[field] = None
        places[term] = [field]
    if levels and places and any_level not in values:
        most = max(places, key=shared.wanting)
        if shared.wanting(most):
            places[most].append(any_level)
    for term, fields in places.items():
        entries = shared.entries(term, len(fields), repeats=True)
        for field, entry in zip(fields, entries, strict=False):
            name = entry.label.value if entry.label else None
            values[field] = Region(term[1:-1].removeprefix(NUTS), name)
    return lost
