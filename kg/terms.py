"""N-Triples terms and lines as text: the form in which triples travel through the build.

A *triple* is one line of canonical N-Triples, without its line end: ``<s> <p> "o" .``. Strings are
by far the cheapest form in Python (measured: a string loop maps 7 million triples in 5 s, the same
through rdflib objects takes minutes), every store reads them, and every serialiser can be written
against them.

Source of the rules: RDF 1.1 N-Triples, section 4 (canonical form); XML Schema 1.1 part 2 for the
canonical decimal; SPARQL 1.1 Query, sections 19.2 and 19.8 (``IRIREF``) for SPARQL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from kg.vocabulary import XSD

__all__ = [
    "Literal",
    "Subjects",
    "as_sparql",
    "canonical_decimal",
    "canonical_escapes",
    "escape",
    "from_ntriples",
    "group",
    "iri",
    "is_iri",
    "language_tag",
    "literal",
    "parse_literal",
    "relative",
    "split_line",
    "to_ntriples",
    "unescape",
]

_NEEDS_ESCAPE = re.compile(r'["\\\n\r]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_OTHERWISE_IN_SPARQL = re.compile(r"\\\\([uU])|\\.|[\t\b\f]")
_CONTROLS = {"\t": "\\t", "\b": "\\b", "\f": "\\f"}
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]+")
_RELATIVE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~%/#=,-]*")
_LANGUAGE = re.compile(
    r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?"
    r"((?:[-_](?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*)"
)
"""Language, script, region and variants of RFC 5646; extensions tell nothing of a text."""
_UNESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}

Subjects = dict[str, dict[str, list[str]]]
"""Triples by subject and predicate: the objects, all of them as terms."""


def escape(value: str) -> str:
    """Return the inside of a quoted N-Triples literal that stands for ``value``."""
    # four looks for one character each take half of one for a class of them in a name, and a
    # thirtieth in a text of 1,500 characters (measured)
    if not ('"' in value or "\\" in value or "\n" in value or "\r" in value):
        return value
    return _NEEDS_ESCAPE.sub(lambda match: _ESCAPES[match.group()], value)


def unescape(text: str) -> str:
    """Return the value of the inside of a quoted N-Triples literal."""
    if "\\" not in text:
        return text

    def replace(match: re.Match[str]) -> str:
        short, long, letter = match.groups()
        if letter is None:
            return chr(int(short or long, 16))
        return _UNESCAPES.get(letter, letter)

    return _ESCAPED.sub(replace, text)


def iri(value: str) -> str:
    """Return an absolute IRI as a term: ``<https://…>``."""
    return f"<{value}>"


def is_iri(text: str) -> bool:
    """Tell whether a text is an absolute IRI: a scheme, and no character that ends a term."""
    return _IRI.fullmatch(text) is not None


def relative(value: str, base: str) -> str | None:
    """Return an IRI relative to a base that ends in a slash, or None where it has no such form.

    Only forms that every reader resolves to the same IRI are given: no scheme, no dot segments.
    """
    if not (base.endswith("/") and value.startswith(base)):
        return None
    rest = value[len(base) :]
    return rest if _RELATIVE.fullmatch(rest) and "/." not in rest else None


def language_tag(text: str) -> str | None:
    """Return a language tag of BCP 47, its parts in their usual case; None for what is none."""
    match = _LANGUAGE.fullmatch(text)
    if match is None:
        return None
    language, script, region, variants = match.groups()
    tag = [language.lower(), script and script.title(), region and region.upper()]
    return "-".join(filter(None, tag)) + variants.lower().replace("_", "-")


def literal(value: str, datatype: str = XSD.string, language: str | None = None) -> str:
    """Return a literal as a term; ``xsd:string`` is left out, as the canonical form wants it."""
    quoted = f'"{escape(value)}"'
    if language:
        return f"{quoted}@{language}"
    return quoted if datatype == XSD.string else f"{quoted}^^<{datatype}>"


def as_sparql(term: str) -> str:
    r"""Return a term of N-Triples as SPARQL text that every reader takes for the same term.

    SPARQL may read ``\u0041`` as a letter before it looks at anything else, so that in ``\\u0041``
    (a backslash and five letters) it would find one too, as rdflib does. There the ``u`` is an
    escape itself, and in eight digits, because rdflib reads on after four. Controls are escaped as
    well: of a tab, rdflib makes spaces (measured).
    """

    def replace(match: re.Match[str]) -> str:
        found = match.group()
        if match[1]:
            return f"\\\\\\U{ord(match[1]):08X}"
        return _CONTROLS.get(found, found)

    return _OTHERWISE_IN_SPARQL.sub(replace, term)


def canonical_decimal(value: Decimal) -> str:
    """Return the XML Schema 1.1 canonical form: ``2521964``, ``0.5``, never ``2521964.00``."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def split_line(line: str) -> tuple[str, str, str]:
    """Return subject, predicate and object of a triple as terms."""
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest[:-2]


def to_ntriples(lines: Iterable[str]) -> bytes:
    """Return triples as they stand in a file of N-Triples: each on a line of its own."""
    text = "\n".join(lines)
    return f"{text}\n".encode() if text else b""


def from_ntriples(data: bytes) -> list[str]:
    """Return the triples of a text that :func:`to_ntriples` made."""
    return data.decode().split("\n")[:-1]


def group(lines: Iterable[str]) -> Subjects:
    """Return triples by subject and predicate, each in the order in which it first stands."""
    subjects: Subjects = {}
    for line in lines:
        # as split_line, without its call: this is done for every triple of a graph
        subject, predicate, rest = line.split(" ", 2)
        predicates = subjects.get(subject)
        if predicates is None:
            predicates = subjects[subject] = {}
        terms = predicates.get(predicate)
        if terms is None:
            predicates[predicate] = [rest[:-2]]
        else:
            terms.append(rest[:-2])
    return subjects


class Literal(NamedTuple):
    """The parts of a literal: its value, datatype IRI and language tag."""

    value: str
    datatype: str
    language: str | None


def parse_literal(term: str) -> Literal | None:
    """Return the parts of a literal term, or None where ``term`` is an IRI."""
    if term[:1] != '"':
        return None
    # what follows the value holds no quotation mark
    end = term.rindex('"')
    value, rest = unescape(term[1:end]), term[end + 1 :]
    if not rest:
        return Literal(value, XSD.string, None)
    if rest[0] == "@":
        return Literal(value, XSD.string, rest[1:])
    return Literal(value, rest[3:-1], None)


def canonical_escapes(term: str) -> str:
    """Return a term with the escapes that the canonical form has, and no more."""
    parts = parse_literal(term)
    return literal(*parts) if parts else term
