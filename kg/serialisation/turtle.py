"""Triples → Turtle that people like to read: prefixes, one block a subject, lists of objects.

The order of subjects and predicates is that of the triples, so whoever orders them orders the
Turtle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from kg.terms import Subjects, group, relative
from kg.vocabulary import RDF_TYPE, XSD

__all__ = ["TurtleWriter"]

_LOCAL_NAME = re.compile(r"[A-Za-z_]([A-Za-z0-9_-]*[A-Za-z0-9_-])?")
"""Local names that need no escape in any Turtle reader; narrower than the grammar on purpose."""

_TYPE = f"<{RDF_TYPE}>"

_LINE = 80
"""Objects that together are longer than this stand on lines of their own."""

_BARE = re.compile(
    rf'"([+-]?[0-9]+)"\^\^<{re.escape(XSD.integer)}>'
    rf'|"(true|false)"\^\^<{re.escape(XSD.boolean)}>'
)
_DATATYPE = re.compile(r'(?<=")\^\^<([^>]*)>$')


class TurtleWriter:
    """Writes blocks of triples as Turtle, with prefixes that are stated once at the top.

    IRIs below ``base`` are written relative to it.
    """

    def __init__(self, prefixes: Mapping[str, str], base: str = "") -> None:
        self._base = base
        self._prefixes = dict(sorted(prefixes.items()))
        self._by_namespace = {iri: prefix for prefix, iri in self._prefixes.items()}
        # predicates, types and countries come again and again, and within a block its own IRIs
        self._name = lru_cache(maxsize=4096)(self._compact)
        self._typed = lru_cache(maxsize=1024)(self._compact_typed)

    def head(self) -> str:
        """Return the declarations of base and prefixes."""
        base = f"@base <{self._base}> .\n" if self._base else ""
        return base + "".join(
            f"@prefix {name}: <{iri}> .\n" for name, iri in self._prefixes.items()
        )

    def block(self, lines: Iterable[str]) -> str:
        """Return triples as Turtle, a paragraph a subject; each begins with an empty line."""
        return self.paragraphs(group(lines))

    def paragraphs(self, subjects: Subjects) -> str:
        """Return triples that are grouped as Turtle."""
        return "".join(self._paragraph(subject, rest) for subject, rest in subjects.items())

    def _paragraph(self, subject: str, predicates: Mapping[str, list[str]]) -> str:
        name = self._name
        statements = [
            ("a" if predicate == _TYPE else name(predicate)) + self._objects(terms)
            for predicate, terms in predicates.items()
        ]
        return f"\n{name(subject)}\n    " + " ;\n    ".join(statements) + " .\n"

    def _objects(self, terms: list[str]) -> str:
        if len(terms) == 1:
            return " " + self._term(terms[0])
        names = [self._term(term) for term in terms]
        if sum(map(len, names)) <= _LINE:
            return " " + ", ".join(names)
        return "\n        " + ",\n        ".join(names)

    def _term(self, term: str) -> str:
        if term[0] == "<":
            return self._name(term)
        return self._typed(term) if term[-1] == ">" else term

    def _compact_typed(self, term: str) -> str:
        """Return a literal that has a datatype, which is left out where its form tells it."""
        bare = _BARE.fullmatch(term)
        if bare:
            return bare[1] or bare[2]
        return _DATATYPE.sub(lambda match: f"^^{self._name(f'<{match[1]}>')}", term)

    def _compact(self, term: str) -> str:
        """Return an IRI as a prefixed name where a prefix fits, or relative to the base."""
        if term[0] != "<":
            return term
        iri = term[1:-1]
        # a local name has neither of these signs, so its namespace ends at the last one
        end = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self._by_namespace.get(iri[:end])
        if prefix is not None and _LOCAL_NAME.fullmatch(iri, end):
            return f"{prefix}:{iri[end:]}"
        below = relative(iri, self._base) if self._base else None
        return f"<{below}>" if below else term
