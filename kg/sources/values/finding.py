"""What a parser gives, and how raw text is made fit for one."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from kg.problems import CODES, Level
from kg.records import Outcome

__all__ = [
    "EDGES",
    "NOT_STATED",
    "Finding",
    "Parsed",
    "clean",
    "control_finding",
    "invisible_finding",
    "is_usable_id",
    "lost_finding",
]

NOT_STATED = {"date": "date-missing", "amount": "amount-missing"}
"""The codes of a value that is said not to be known; it is missed only where it counts."""

MAX_ID_LENGTH = 200

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_LOST = re.compile("\ufffd|ï¿½")
"""What a program writes for a byte that it cannot read, and what another one reads of that."""
EDGES = " \t\r\n\u00a0\u200b\u200e\u200f\u2060\ufeff"
"""Space, and marks that mean nothing at the end of a text."""


class Finding(NamedTuple):
    """Something a reader should know about a value: the problem code, and what was met."""

    code: str
    message: str


class Parsed(NamedTuple):
    """A parsed value, or None, and what is to be said about it."""

    value: object
    finding: Finding | None = None

    @property
    def outcome(self) -> Outcome:
        """What became of the cell: a word that says *not stated* is read and left out."""
        if self.finding is not None and CODES[self.finding.code].level >= Level.FIELD:
            return Outcome.REJECTED
        if self.value is not None:
            return Outcome.MAPPED
        if self.finding is None or self.finding.code in NOT_STATED.values():
            return Outcome.IGNORED
        return Outcome.REJECTED


def clean(raw: str) -> str:
    """Return raw text without space and invisible marks at its ends, in Unicode normal form C."""
    if raw.isascii():  # most values; it needs neither (measured: a third of the time of reading)
        return raw.strip()
    return unicodedata.normalize("NFC", raw).strip().strip(EDGES).strip()


def control_finding(text: str) -> Finding | None:
    """Return a finding where a text holds control characters other than tab and line ends."""
    match = None if text.isprintable() else _CONTROL.search(text)
    if match is None:
        return None
    message = f"Character {match.start() + 1} is the control character U+{ord(match[0]):04X}."
    return Finding("control-character", message)


def invisible_finding(text: str) -> Finding | None:
    """Return a finding where a text holds characters that cannot be seen and change its reading."""
    match = None if text.isascii() or text.isprintable() else _INVISIBLE.search(text)
    if match is None:
        return None
    name = unicodedata.name(match[0], f"U+{ord(match[0]):04X}")
    message = f"Character {match.start() + 1} is U+{ord(match[0]):04X} ({name.lower()})."
    return Finding("invisible-character", message)


def lost_finding(text: str) -> Finding | None:
    """Return a finding where characters of a text were lost when it was read or saved before."""
    if "\ufffd" not in text and "ï¿½" not in text:
        return None
    first, *others = (match.start() + 1 for match in _LOST.finditer(text))
    also = f" and {len(others)} more of the value were" if others else " was"
    told = f"Character {first}{also} lost before; U+FFFD stands in its place."
    return Finding("character-lost", told)


def is_usable_id(text: str) -> bool:
    """Tell whether every character of an identifier can be seen, and it is not too long."""
    return 0 < len(text) <= MAX_ID_LENGTH and text.isprintable()
