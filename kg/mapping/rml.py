"""The mapping as RML, derived from the declaration: any RML engine makes the same graph.

It runs on the tables that ``kg mapping --tables`` writes: CSV, one file a table, an empty cell
where a column is not filled. Source of the vocabulary: RML-Core (W3C Knowledge Graph Construction
Community Group), namespace http://w3id.org/rml/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.mapping.declaration import (
    MAPPING,
    Link,
    Property,
    Resource,
    Term,
    Value,
    Web,
    Words,
)
from kg.mapping.emit import is_absolute
from kg.vocabulary import PREFIXES, XSD, compact

__all__ = ["rml_mapping"]

_HEAD = """\
# The mapping of interreg-kg as RML, derived from kg/mapping/declaration.py.
# It reads the tables that `kg mapping --tables DIR` writes, from the working directory.
@prefix rml: <http://w3id.org/rml/> .
@prefix map: <https://w3id.org/interreg-kg/mapping#> .
"""


def rml_mapping(base: str) -> str:
    """Return the mapping as RML in Turtle, for data below ``base``."""
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(PREFIXES.items()))
    maps = (_triples_map(index, resource, base) for index, resource in enumerate(MAPPING, start=1))
    return _HEAD + prefixes + "".join(maps)


def _triples_map(index: int, resource: Resource, base: str) -> str:
    classes = "".join(f" ;\n        rml:class {_name(iri)}" for iri in resource.classes)
    objects = "".join(
        f" ;\n    rml:predicateObjectMap [\n        rml:predicate {_name(prop.predicate)} ;\n"
        f"        rml:objectMap [ {term_map} ] ]"
        for prop, term_map in _term_maps(resource.properties, base)
    )
    return (
        f"\nmap:{index:02d}-{resource.table} a rml:TriplesMap ;\n"
        f'    rml:logicalSource [\n        rml:source "{resource.table}.csv" ;\n'
        f"        rml:referenceFormulation rml:CSV ] ;\n"
        f"    rml:subjectMap [\n        rml:template {_template(resource.subject, base)}"
        f"{classes} ]{objects} .\n"
    )


def _term_maps(properties: Iterable[Property], base: str) -> Iterator[tuple[Property, str]]:
    for prop in properties:
        for term_map in _object_maps(prop.term, base):
            yield prop, term_map


def _object_maps(term: Term, base: str) -> list[str]:
    match term:
        case Value(column, XSD.string):
            return [f'rml:reference "{column}"']
        case Value(column, datatype):
            return [f'rml:reference "{column}" ; rml:datatype {_name(datatype)}']
        case Words(column):
            return [
                f'rml:reference "{column}" ; rml:languageMap [ rml:reference "{column}_language" ]',
                f'rml:reference "{column}_untagged"',
            ]
        case Link(template):
            return [f"rml:template {_template(template, base)} ; rml:termType rml:IRI"]
        case Web(column):
            return [f'rml:reference "{column}" ; rml:termType rml:IRI']


def _template(template: str, base: str) -> str:
    return f'"{template if is_absolute(template) else base + template}"'


def _name(iri: str) -> str:
    name = compact(iri)
    return name if name != iri else f"<{iri}>"
