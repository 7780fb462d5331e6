"""Triples → records: the declaration, read the other way round.

What a statement says of which field is in the declaration; which form a value has there, in the
table ``_LINKS`` and in the datatypes. Four things need more than one statement: a title and its
translation, web pages, of which the first is the project's own, the regions of an address, and a
partner with its address.

A record is read back as far as the graph has it: a label that others spell differently is stated in
one of these spellings, so that all records together make the same graph (``shared_nodes.py``).
Where a record came from is not read back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from kg import iris
from kg.countries import all_countries
from kg.mapping.declaration import (
    CORRECTION,
    EMBEDDED,
    PROJECT_RESOURCES,
    Link,
    Property,
    Value,
    Web,
    Words,
)
from kg.mapping.shared_nodes import Entry, SharedNodes, to_text
from kg.problems import InputError
from kg.records import (
    Category,
    Correction,
    Heading,
    Location,
    Origin,
    Partner,
    Project,
    Region,
    Role,
    Text,
    Theme,
)
from kg.terms import iri, parse_literal, split_line
from kg.vocabulary import (
    COUNTRY,
    CRS84,
    CURRENCY,
    DCTERMS,
    GEO,
    INTERREG,
    LOCN,
    NUTS,
    RDF_TYPE,
    XSD,
)

__all__ = ["REFERENCES", "Block", "Lost", "project_blocks", "read_project"]

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
MANY = 1000
"""The labels that a list can hold of one resource."""
_NUMBER = r"[-+]?[0-9.]+(?:E[-+]?[0-9]+)?"
_POINT = re.compile(
    rf"\s*(?:<([^>]*)>)?\s*POINT\s*\(\s*({_NUMBER})\s+({_NUMBER})\s*\)\s*", re.IGNORECASE
)


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


# --- From the declaration -----------------------------------------------------

Read = Callable[[Sequence[str], dict[str, Any], SharedNodes], Sequence[str]]
"""Puts what the objects of one predicate say into the values of a record; returns the objects that
found no place there."""

_UNDECLARED = {INTERREG.currency: "currency"}
"""Properties that state a field of the record without coming from a cell of their own."""
_ELSEWHERE = {"partners", "corrections", "location_nuts", "nuts", "nuts1", "nuts2", "nuts3"}
"""Fields whose links are read with what is around them."""


def _values(
    template: str, said: Statements, shared: SharedNodes, subject: str, tell: Tell
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    readers, declared = _readers()[template], _declared()[template]
    for predicate, terms in said.items():
        read = readers.get(predicate)
        if read is None:
            for term in () if predicate in declared else terms:
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


@cache
def _declared() -> Mapping[str, frozenset[str]]:
    """Return for each kind of resource the predicates that a build makes anew from its record."""
    return {
        template: frozenset({_TYPE, *(iri(prop.predicate) for prop in _properties(template))})
        for template in (iris.PROJECT, iris.PARTICIPATION, iris.ADDRESS)
    }


@cache
def _readers() -> Mapping[str, Mapping[str, Read]]:
    """Return for each kind of resource what reads the objects of each predicate."""
    found: dict[str, dict[str, Read]] = {}
    for template, record in (
        (iris.PROJECT, Project), (iris.PARTICIPATION, Partner), (iris.ADDRESS, Partner)
    ):  # fmt: skip
        by_predicate: dict[str, list[tuple[str, Property]]] = {}
        for prop in _properties(template):
            field = prop.field or _UNDECLARED.get(prop.predicate)
            links = isinstance(prop.term, Link)
            if field is None or (links and (field in _ELSEWHERE or _is_skipped(prop))):
                continue
            by_predicate.setdefault(prop.predicate, []).append((field, prop))
        found[template] = {
            iri(predicate): _reader([field for field, _ in stated], stated[0][1], record)
            for predicate, stated in by_predicate.items()
        }
    return found


def _properties(template: str) -> Iterator[Property]:
    for resource in PROJECT_RESOURCES:
        if resource.subject == template:
            yield from resource.properties


def _is_skipped(prop: Property) -> bool:
    # the organisation is made of what the participation states
    return isinstance(prop.term, Link) and prop.term.template == iris.ORGANISATION


def _reader(fields: Sequence[str], prop: Property, record: type[Project | Partner]) -> Read:
    field = fields[0]
    annotation = str(record.__annotations__[field])
    if len(fields) == 2:
        return _pages(*fields) if isinstance(prop.term, Web) else _translated(*fields)
    if annotation.startswith("tuple"):
        return _many(field, prop)
    if prop.term in _NAMES:
        return _one(field, lambda term, _: Region(None, _lexical(term)))
    if isinstance(prop.term, Words) and annotation.startswith("Text"):
        return _one(field, lambda term, _: _text(term))
    return _one(field, _converter(prop))


_NAMES = {Value("nuts_name"), *(Value(f"nuts{level}_name") for level in (1, 2, 3))}
"""Names of regions that are stated without their code."""


def _one(field: str, convert: Callable[[str, SharedNodes], Any]) -> Read:
    def read(terms: Sequence[str], values: dict[str, Any], shared: SharedNodes) -> Sequence[str]:
        values[field] = convert(terms[0], shared)
        return terms[1:]

    return read


def _many(field: str, prop: Property) -> Read:
    if isinstance(prop.term, Link) and prop.term.template == iris.INTERVENTION:

        def read_entries(
            terms: Sequence[str], values: dict[str, Any], shared: SharedNodes
        ) -> Sequence[str]:
            entries = (entry for term in terms for entry in shared.entries(term, MANY))
            values[field] = tuple(Category(*entry) for entry in entries)
            return ()

        return read_entries
    convert = _converter(prop)

    def read(terms: Sequence[str], values: dict[str, Any], shared: SharedNodes) -> Sequence[str]:
        values[field] = tuple(convert(term, shared) for term in terms)
        return ()

    return read


def _translated(field: str, english: str) -> Read:
    """Read a text and its English translation, which are statements of one predicate."""

    def read(terms: Sequence[str], values: dict[str, Any], shared: SharedNodes) -> Sequence[str]:
        first, *rest = sorted(terms, key=lambda term: _text(term).language == "en")
        values[field] = _text(first)
        if rest and _text(rest[-1]).language == "en":
            values[english] = _text(rest.pop())
        return rest

    return read


def _pages(field: str, others: str) -> Read:
    """Read web pages, which are statements of one predicate: the first, and all others."""

    def read(terms: Sequence[str], values: dict[str, Any], shared: SharedNodes) -> Sequence[str]:
        first, *rest = map(_address, terms)
        values[field] = first
        values[others] = tuple(rest)
        return ()

    return read


def _converter(prop: Property) -> Callable[[str, SharedNodes], Any]:
    match prop.term:
        case Value(_, datatype):
            plain = _DATATYPES[datatype]
            return lambda term, _: plain(_lexical(term))
        case Words():
            return lambda term, _: _lexical(term)
        case Web():
            return lambda term, _: _address(term)
        case Link(template):
            state = _LINKS[template]
            return lambda term, shared: state(f"<{_address(term)}>", shared)


def _lexical(term: str) -> str:
    found = parse_literal(term)
    if found is None:
        raise ValueError("it is no literal")
    return found.value


_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def _text(term: str) -> Text:
    return Text(_lexical(term), to_text(term).language)


def _address(term: str) -> str:
    if not term.startswith("<"):
        raise ValueError("it is no IRI")
    return term[1:-1]


def _location(text: str) -> Location:
    match = _POINT.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return Location(Decimal(match[2]), Decimal(match[3]), match[1] or CRS84)


def _reading(kind: str, form: str, convert: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return what reads values of a datatype, or raises ValueError with a sentence.

    ``form`` is a pattern of its lexical forms: Python reads others besides.
    """
    fits = re.compile(form, re.ASCII).fullmatch

    def read(text: str) -> object:
        try:
            if fits(text := text.strip()):
                return convert(text)
        except (ValueError, ArithmeticError):  # the form of a day, and not in the calendar
            pass
        raise ValueError(f"it is no {kind}")

    return read


_DECIMAL = r"[-+]?(\d+(\.\d*)?|\.\d+)"

_DATATYPES: Mapping[str, Callable[[str], Any]] = {
    XSD.string: str,
    XSD.date: _reading("date such as 2016-01-31", r"\d{4}-\d\d-\d\d", date.fromisoformat),
    XSD.decimal: _reading("decimal", _DECIMAL, Decimal),
    XSD.boolean: _reading("boolean", "|".join(_BOOLEANS), _BOOLEANS.__getitem__),
    XSD.integer: _reading("integer", r"[-+]?\d+", int),
    GEO.wktLiteral: _reading("point", ".*", _location),
}


@cache
def _alpha2() -> Mapping[str, str]:
    return {country.alpha3: country.alpha2 for country in all_countries()}


def _country(term: str, _: SharedNodes) -> str:
    return _alpha2().get(_last(term), _last(term))


def _last(term: str) -> str:
    return unquote(term[1:-1].rpartition("/")[2])


def _programme(term: str, shared: SharedNodes) -> Text:
    (entry,) = shared.entries(term)
    return entry.label or Text(_last(term))


def _heading(term: str, shared: SharedNodes) -> Heading:
    (entry,) = shared.entries(term)
    return Heading(entry.label or Text(entry.code or _last(term)), entry.code)


def _category(term: str, shared: SharedNodes) -> Category:
    (entry,) = shared.entries(term)
    return Category(*entry) if entry != Entry(None, None) else Category(_last(term))


def _theme(term: str, shared: SharedNodes) -> Theme:
    (entry,) = shared.entries(term)
    return Theme(entry.code or _last(term), entry.label)


_LINKS: Mapping[str, Callable[[str, SharedNodes], Any]] = {
    iris.PROGRAMME: _programme,
    iris.PRIORITY: _heading,
    iris.OBJECTIVE: _heading,
    iris.THEMATIC_OBJECTIVE: _category,
    iris.POLICY_OBJECTIVE: _category,
    iris.INVESTMENT_PRIORITY: _category,
    iris.STRAND: _category,
    iris.INTERVENTION: _category,
    iris.THEME: _theme,
    COUNTRY + "{country_code}": _country,
    COUNTRY + "{lead_country_code}": _country,
    CURRENCY + "{currency}": lambda term, _: _last(term),
    INTERREG.iri + "{role}": lambda term, _: Role(term[1:-1].removeprefix(INTERREG.iri)),
}
"""Template of an IRI → what a link to it states."""

_SHARED = (
    iris.PROGRAMME, iris.PRIORITY, iris.OBJECTIVE, iris.THEMATIC_OBJECTIVE, iris.POLICY_OBJECTIVE,
    iris.INVESTMENT_PRIORITY, iris.STRAND, iris.INTERVENTION, iris.THEME,
)  # fmt: skip

REFERENCES = frozenset(
    iri(prop.predicate)
    for template in (iris.PROJECT, iris.ADDRESS)
    for prop in _properties(template)
    if isinstance(prop.term, Link)
    and (prop.term.template in _SHARED or prop.term.template.startswith(NUTS))
)
"""The predicates, as terms, by which projects refer to what they share and label together."""


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
