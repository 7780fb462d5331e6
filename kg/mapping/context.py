"""The JSON-LD context, derived from the mapping.

A predicate's term is its local name (``interreg:startDate`` → ``startDate``); a term whose objects
are IRIs or typed literals is coerced, so that documents read like plain JSON.
"""

from __future__ import annotations

from kg.mapping.declaration import (
    MAPPING,
    Link,
    Property,
    Term,
    Value,
    Web,
    Words,
)
from kg.problems import Bug
from kg.vocabulary import DCTERMS, OWL, PREFIXES, SKOS, XSD, compact

__all__ = ["SCHEME_PROPERTIES", "json_ld_context"]

NATIVE = {XSD.string, XSD.boolean, XSD.integer}
"""Datatypes that JSON has of its own."""

SCHEME_PROPERTIES = (
    Property(SKOS.inScheme, Web("")),
    Property(SKOS.hasTopConcept, Web("")),
    Property(SKOS.definition, Words("")),
    Property(SKOS.scopeNote, Words("")),
    Property(DCTERMS.license, Web("")),
    Property(OWL.versionInfo, Value("")),
)
"""Properties that only the bundled concept schemes use; they are published with the data."""


def json_ld_context(base: str) -> dict[str, object]:
    """Return the context (the value of ``@context``) for data below ``base``.

    Raises:
        Bug: two predicates of the mapping have the same local name.
    """
    context: dict[str, object] = {"@version": 1.1, "@base": base, "id": "@id", "type": "@type"}
    context |= dict(sorted(PREFIXES.items()))
    properties = [prop for resource in MAPPING for prop in resource.properties]
    terms: dict[str, object] = {}
    for prop in (*properties, *SCHEME_PROPERTIES):
        name = _local_name(prop.predicate)
        definition = _definition(prop.predicate, prop.term)
        if terms.setdefault(name, definition) != definition:
            raise Bug(f"Two properties share the JSON-LD term {name}.")
    return context | dict(sorted(terms.items()))


def _definition(predicate: str, term: Term) -> object:
    name = compact(predicate)
    match term:
        case Link() | Web():
            return {"@id": name, "@type": "@id"}
        case Value(_, datatype) if datatype not in NATIVE:
            return {"@id": name, "@type": compact(datatype)}
        case Value() | Words():
            return name


def _local_name(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]
