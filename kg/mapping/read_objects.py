"""Objects of triples → values of a record: the terms of the declaration, read the other way round.

Which form a value has is in the table ``_LINKS`` and in the datatypes. Two things need all the
objects of a predicate: a title and its translation, and web pages, of which the first is the
project's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import unquote

from kg import iris
from kg.countries import all_countries
from kg.mapping.declaration import PROJECT_RESOURCES, Link, Property, Value, Web, Words
from kg.mapping.shared_nodes import CodeAndLabel, SharedNodes, to_text
from kg.records import Category, Heading, Location, Partner, Project, Region, Role, Text, Theme
from kg.terms import iri, parse_literal
from kg.vocabulary import COUNTRY, CRS84, CURRENCY, GEO, INTERREG, NUTS, RDF_TYPE, XSD

__all__ = ["REFERENCES", "Read", "declared", "readers"]

Read = Callable[[Sequence[str], dict[str, Any], SharedNodes], Sequence[str]]
"""Puts what the objects of one predicate say into the values of a record; returns the objects that
found no place there."""

_UNDECLARED = {INTERREG.currency: "currency"}
"""Properties that state a field of the record without coming from a cell of their own."""
_ELSEWHERE = {"partners", "corrections", "location_nuts", "nuts", "nuts1", "nuts2", "nuts3"}
"""Fields whose links are read with what is around them."""
MANY = 1000
"""The labels that a list can hold of one resource."""
_NUMBER = r"[-+]?[0-9.]+(?:E[-+]?[0-9]+)?"
_POINT = re.compile(
    rf"\s*(?:<([^>]*)>)?\s*POINT\s*\(\s*({_NUMBER})\s+({_NUMBER})\s*\)\s*", re.IGNORECASE
)


@cache
def declared() -> Mapping[str, frozenset[str]]:
    """Return for each kind of resource the predicates that a build makes anew from its record."""
    return {
        template: frozenset(
            {iri(RDF_TYPE), *(iri(prop.predicate) for prop in _properties(template))}
        )
        for template in (iris.PROJECT, iris.PARTICIPATION, iris.ADDRESS)
    }


@cache
def readers() -> Mapping[str, Mapping[str, Read]]:
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
    return Category(*entry) if entry != CodeAndLabel(None, None) else Category(_last(term))


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
