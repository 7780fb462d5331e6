"""Triples → Turtle that people like to read: prefixes, one block a subject, lists of objects.

The order of subjects and predicates is that of the triples, so whoever orders them orders the
Turtle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.terms import relative, split_line
from kg.vocabulary import RDF_TYPE, XSD

__all__ = ["TurtleWriter"]

_LOCAL_NAME = re.compile(r"[A-Za-z_]([A-Za-z0-9_-]*[A-Za-z0-9_-])?")
"""Local names that need no escape in any Turtle reader; narrower than the grammar on purpose."""

_TYPE = f"<{RDF_TYPE}>"

_LINE = 80
"""Objects that together are longer than this stand on lines of their own."""

_BARE = re.compile(
    rf'"([+-]?[0-9]+)"\^\^<{re.escape(XSD.integer)}>|"(true|false)"\^\^<[^>]*#boolean>'
)
_DATATYPE = re.compile(r'(?<=")\^\^<([^>]*)>$')


class TurtleWriter:
    """Writes blocks of triples as Turtle, with prefixes that are stated once at the top.

    IRIs below ``base`` are written relative to it.
    """

    def __init__(self, prefixes: Mapping[str, str], base: str = "") -> None:
        self._base = base
        self._prefixes = dict(sorted(prefixes.items()))
        # the longest namespace first, so that the closest prefix wins
        self._namespaces = sorted(
            ((iri, prefix) for prefix, iri in self._prefixes.items()),
            key=lambda item: -len(item[0]),
        )
        self._names: dict[str, str] = {}

    def head(self) -> str:
        """Return the declarations of base and prefixes."""
        base = f"@base <{self._base}> .\n" if self._base else ""
        return base + "".join(
            f"@prefix {name}: <{iri}> .\n" for name, iri in self._prefixes.items()
        )

    def block(self, lines: Iterable[str]) -> str:
        """Return triples as Turtle, a paragraph a subject; each begins with an empty line."""
        subjects: dict[str, dict[str, list[str]]] = {}
        for line in lines:
            subject, predicate, term = split_line(line)
            subjects.setdefault(subject, {}).setdefault(predicate, []).append(term)
        return "".join(self._paragraph(subject, rest) for subject, rest in subjects.items())

    def _paragraph(self, subject: str, predicates: Mapping[str, list[str]]) -> str:
        statements = [
            ("a" if predicate == _TYPE else self._name(predicate)) + self._objects(terms)
            for predicate, terms in predicates.items()
        ]
        return f"\n{self._name(subject)}\n    " + " ;\n    ".join(statements) + " .\n"

    def _objects(self, terms: list[str]) -> str:
        names = [self._term(term) for term in terms]
        if len(names) == 1 or sum(map(len, names)) <= _LINE:
            return " " + ", ".join(names)
        return "\n        " + ",\n        ".join(names)

    def _term(self, term: str) -> str:
        if term[0] == "<":
            return self._name(term)
        if term[-1] != ">":
            return term
        bare = _BARE.fullmatch(term)
        if bare:
            return bare[1] or bare[2]
        return _DATATYPE.sub(lambda match: f"^^{self._name(f'<{match[1]}>')}", term)

    def _name(self, term: str) -> str:
        """Return an IRI as a prefixed name where a prefix fits; remembered for short IRIs."""
        name = self._names.get(term)
        if name is None:
            name = self._compact(term)
            # predicates, types, countries and the like come again and again; a data IRI does not
            if len(self._names) < 4096:
                self._names[term] = name
        return name

    def _compact(self, term: str) -> str:
        if term[0] != "<":
            return term
        iri = term[1:-1]
        for namespace, prefix in self._namespaces:
            if iri.startswith(namespace):
                local = iri[len(namespace) :]
                if _LOCAL_NAME.fullmatch(local):
                    return f"{prefix}:{local}"
        below = relative(iri, self._base) if self._base else None
        return f"<{below}>" if below else term
