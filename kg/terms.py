"""N-Triples terms and lines as text: the form in which triples travel through the build.

A *triple* is one line of canonical N-Triples, without its line end: ``<s> <p> "o" .``. Strings are
by far the cheapest form in Python (measured: a string loop maps 7 million triples in 5 s, the same
through rdflib objects takes minutes), every store reads them, and every serialiser can be written
against them.

Source of the rules: RDF 1.1 N-Triples, section 4 (canonical form); XML Schema 1.1 part 2 for the
canonical decimal.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from kg.vocabulary import XSD

__all__ = [
    "Literal",
    "canonical_decimal",
    "escape",
    "iri",
    "literal",
    "parse_literal",
    "relative",
    "split_line",
    "unescape",
]

_NEEDS_ESCAPE = re.compile(r'["\\\n\r]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_RELATIVE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~%/#=,-]*")
_UNESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)


def escape(value: str) -> str:
    """Return the inside of a quoted N-Triples literal that stands for ``value``."""
    if _NEEDS_ESCAPE.search(value) is None:
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


def relative(value: str, base: str) -> str | None:
    """Return an IRI relative to a base that ends in a slash, or None where it has no such form.

    Only forms that every reader resolves to the same IRI are given: no scheme, no dot segments.
    """
    if not (base.endswith("/") and value.startswith(base)):
        return None
    rest = value[len(base) :]
    return rest if _RELATIVE.fullmatch(rest) and "/." not in rest else None


def literal(value: str, datatype: str = XSD.string, language: str | None = None) -> str:
    """Return a literal as a term; ``xsd:string`` is left out, as the canonical form wants it."""
    quoted = f'"{escape(value)}"'
    if language:
        return f"{quoted}@{language}"
    return quoted if datatype == XSD.string else f"{quoted}^^<{datatype}>"


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


class Literal(NamedTuple):
    """The parts of a literal: its value, datatype IRI and language tag."""

    value: str
    datatype: str
    language: str | None


def parse_literal(term: str) -> Literal | None:
    """Return the parts of a literal term, or None where ``term`` is not a literal."""
    match = _LITERAL.fullmatch(term)
    if match is None:
        return None
    value, language, datatype = match.groups()
    return Literal(unescape(value), datatype or XSD.string, language)
