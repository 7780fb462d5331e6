"""The content of a graph as a number, so that a graph in a store can be compared with a file.

A store gives statements back in an order and a spelling of its own. So each statement is brought
into one form and hashed, and the hashes are added up: the sum does not depend on the order, a
missing statement changes it, and so does one that stands twice. Beside the sum of all there are
sums of parts, by subject, which tell where two graphs differ without keeping either in memory.

What counts as the same (measured in Oxigraph 0.5 and Virtuoso 7.2): other escapes, tabs between
terms, ``1`` for ``true``, ``12.50`` for ``12.5``, ``DE-ch`` for ``de-CH``, a stated ``xsd:string``.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from kg.terms import canonical_decimal, iri, literal, parse_literal, unescape
from kg.vocabulary import XSD

__all__ = ["Fingerprint", "canonical_line", "canonical_term"]

_LINE = re.compile(r"\s*(<[^>]*>|_:\S+)\s*(<[^>]*>)\s*(.*?)\s*\.\s*", re.DOTALL)
_PARTS = 1 << 18
_WHOLE = (1 << 128) - 1
_PART = (1 << 64) - 1


class Fingerprint:
    """The number of statements, their sum, and the sums of parts of the subjects."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self.count = 0
        self._sum = 0
        self._subject = ""
        self._here = 0
        self._parts = array("Q", bytes(8 * _PARTS))
        for line in lines:
            self.add(line)

    def add(self, line: str) -> None:
        """Count in a statement, an N-Triples line in any spelling."""
        line = canonical_line(line)
        value = int.from_bytes(hashlib.blake2b(line.encode(), digest_size=16).digest(), "big")
        self.count += 1
        self._sum = (self._sum + value) & _WHOLE
        subject = line.partition(" ")[0]
        if subject != self._subject:
            self._subject, self._here = subject, _part(line)
        self._parts[self._here] = (self._parts[self._here] + value) & _PART

    @property
    def digest(self) -> str:
        """The sum as text."""
        return f"{self._sum:032x}"

    def same(self, other: Fingerprint) -> bool:
        """Tell whether two graphs hold the same statements."""
        return self.count == other.count and self._sum == other._sum

    def differs_at(self, other: Fingerprint, line: str) -> bool:
        """Tell whether two graphs may say different things of the subject of a line."""
        part = _part(line)
        return self._parts[part] != other._parts[part]


def canonical_line(line: str) -> str:
    """Return a statement in the one form that is compared."""
    if _is_canonical(line):
        return line
    match = _LINE.fullmatch(line)
    if match is None:
        return line
    subject, predicate, term = match.groups()
    return f"{_plain(subject)} {_plain(predicate)} {canonical_term(term)} ."


def _is_canonical(line: str) -> bool:
    """Tell, quickly, of most lines that are in that form already that they are."""
    if "\\" in line or "\t" in line:
        return False
    subject, predicate, rest = [*line.split(" ", 2), "", ""][:3]
    return (
        subject[-1:] == predicate[-1:] == ">"
        and (rest[:1] + rest[-3:] in ("<> .", '"" .'))
        and rest != '" .'
    )


def canonical_term(term: str) -> str:
    """Return a term in N-Triples in the one form that is compared."""
    parts = parse_literal(term) if term[:1] == '"' else None
    if parts is None:
        return _plain(term)
    value, datatype, language = parts
    if language:
        return literal(value, language=language.lower())
    return literal(_canonical_value(value, datatype), datatype)


def _canonical_value(value: str, datatype: str) -> str:
    if datatype == XSD.boolean:
        return {"1": "true", "0": "false"}.get(value, value)
    if datatype in (XSD.decimal, XSD.integer):
        try:
            return canonical_decimal(Decimal(value))
        except InvalidOperation:
            return value
    return value


def _plain(term: str) -> str:
    return iri(unescape(term[1:-1])) if "\\" in term else term


def _part(line: str) -> int:
    subject = line.split(" ", 1)[0]
    return int.from_bytes(hashlib.blake2b(subject.encode(), digest_size=4).digest(), "big") % _PARTS
