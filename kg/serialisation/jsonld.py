"""Triples → compact JSON-LD, nested: a project holds its participations, they their addresses.

The writer carries out a context and knows nothing else of the vocabulary. What is embedded must
stand in the same block of triples as what refers to it, and be referred to by that alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from kg.terms import Subjects, group, parse_literal, relative
from kg.vocabulary import RDF_TYPE, XSD

__all__ = ["JsonLdWriter"]

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
"""What a JSON number gives back letter by letter; larger ones may come back as doubles."""
_BOOLEANS = {"true": True, "false": False}

Node = dict[str, object]


class JsonLdWriter:
    """Writes blocks of triples as JSON-LD nodes under one context.

    ``context`` is the value of ``@context``; a predicate without a term in it is written with its
    prefix. ``embedded``
    are the predicates whose objects are written inside the resource that has them.
    """

    def __init__(self, context: Mapping[str, object], embedded: Iterable[str] = ()) -> None:
        self._context = context
        self._embedded = frozenset(f"<{predicate}>" for predicate in embedded)
        self._base = str(context.get("@base", ""))
        self._prefixes = {
            str(value): name
            for name, value in context.items()
            if isinstance(value, str) and value.endswith(("/", "#")) and not name.startswith("@")
        }
        self._terms = {f"<{RDF_TYPE}>": ("type", "@vocab")}
        for name, value in context.items():
            definition = value if isinstance(value, dict) else {"@id": value}
            if name.startswith("@") or not _is_term(definition):
                continue
            coercion = self._expand(str(definition.get("@type", "")))
            self._terms[f"<{self._expand(str(definition['@id']))}>"] = (name, coercion)
        # predicates, types and countries come again and again, and within a block its own IRIs
        self._name = lru_cache(maxsize=4096)(self._compact)
        self._reference = lru_cache(maxsize=4096)(self._compact_reference)

    def head(self) -> str:
        """Return the beginning of the document, up to its first node."""
        return '{\n"@context": ' + _json(self._context) + ',\n"@graph": ['

    def tail(self) -> str:
        """Return the end of the document."""
        return "\n]\n}\n"

    def block(self, lines: Iterable[str]) -> list[str]:
        """Return the nodes of a block of triples, each as JSON text."""
        return self.nodes(group(lines))

    def nodes(self, subjects: Subjects) -> list[str]:
        """Return the nodes of triples that are grouped, each as JSON text."""
        inner = {
            term
            for predicates in subjects.values()
            for predicate in self._embedded & predicates.keys()
            for term in predicates[predicate]
        }
        return [_json(self._node(s, subjects)) for s in subjects if s not in inner]

    def _node(self, subject: str, subjects: Subjects) -> Node:
        node: Node = {"id": self._reference(subject)}
        for predicate, terms in subjects[subject].items():
            name, coercion = self._terms.get(predicate) or (self._name(predicate[1:-1]), "")
            if predicate in self._embedded:
                values: list[object] = [self._node(t, subjects) for t in terms if t in subjects]
            else:
                values = [self._value(term, coercion) for term in terms]
            node[name] = values if len(values) > 1 else values[0]
        return node

    def _value(self, term: str, coercion: str) -> object:
        if term[0] == "<":
            if coercion == "@vocab":
                return self._name(term[1:-1])
            reference = self._reference(term)
            return reference if coercion == "@id" else {"id": reference}
        literal = parse_literal(term)
        if literal is None:
            return {"id": term}
        value, datatype, language = literal
        if language:
            return {"@value": value, "@language": language}
        if coercion == datatype or (datatype == XSD.string and not coercion):
            return value
        if datatype == XSD.integer and not coercion and _INTEGER.fullmatch(value):
            return int(value)
        if datatype == XSD.boolean and not coercion and value in _BOOLEANS:
            return _BOOLEANS[value]
        return {"@value": value, "@type": self._name(datatype)}

    def _compact_reference(self, term: str) -> str:
        """Return an IRI with its prefix, else relative to the base where it lies below it."""
        iri = term[1:-1]
        name = self._name(iri)
        return name if name != iri else relative(iri, self._base) or iri

    def _compact(self, iri: str) -> str:
        for namespace, prefix in self._prefixes.items():
            if iri.startswith(namespace):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri

    def _expand(self, name: str) -> str:
        prefix, colon, local = name.partition(":")
        namespace = self._context.get(prefix) if colon else None
        return f"{namespace}{local}" if isinstance(namespace, str) else name


def _is_term(definition: Mapping[str, object]) -> bool:
    """Tell a term from a prefix or a keyword's alias, by what it stands for."""
    target = str(definition["@id"])
    return not target.startswith("@") and not target.endswith(("/", "#"))


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode()
