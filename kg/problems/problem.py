"""A problem: one thing that is wrong in the data."""

from __future__ import annotations

import re

import msgspec

from kg.problems.catalogue import CODES
from kg.problems.level import Level
from kg.problems.place import Place

__all__ = ["Problem", "as_utf8", "printable", "shorten"]


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that is wrong in the data, told to the reader.

    ``value`` is the raw value as it stands in the source, ``field`` the record field, ``record``
    the project id where it is known.
    """

    code: str
    level: Level
    place: Place
    message: str
    remedy: str
    field: str | None = None
    value: str | None = None
    record: str | None = None

    @classmethod
    def of(
        cls,
        code: str,
        place: Place,
        message: str,
        *,
        field: str | None = None,
        value: str | None = None,
        record: str | None = None,
        level: Level | None = None,
        remedy: str | None = None,
    ) -> Problem:
        """Return a problem with the level and remedy that the catalogue gives for ``code``.

        Raises:
            KeyError: the code is not in the catalogue (a programming error).
        """
        entry = CODES[code]
        return cls(
            code=code,
            level=entry.level if level is None else level,
            place=place,
            message=message,
            remedy=remedy or entry.remedy,
            field=field,
            # a cell can be of a class of its own, which no encoder knows
            value=None if value is None else str(value),
            record=record,
        )

    def __str__(self) -> str:
        subject = [self.field or "", f"‹{shorten(self.value)}›" if self.value else ""]
        told = " ".join(part for part in subject if part)
        return (
            f"{self.place}: {self.level.word}: {told}{': ' if told else ''}{self.message} "
            f"[{self.code}] {self.remedy}"
        ).rstrip()


def shorten(value: str, width: int = 80) -> str:
    """Return ``value`` on one line of at most ``width`` characters."""
    line = " ".join(value.split())
    return line if len(line) <= width else line[: width - 1] + "…"


def printable(text: str) -> str:
    """Return a text of which no character can steer a terminal; those that could are escaped."""
    if text.isprintable():
        return text
    text = as_utf8(text)
    return "".join(c if c.isprintable() or c.isspace() else f"\\x{ord(c):02x}" for c in text)


def as_utf8(name: str) -> str:
    """Return a name that the system gave, with what is not UTF-8 in it as an escape.

    Python reads a byte that is not UTF-8 as half of a pair, which no output can hold.
    """
    return _HALVES.sub(_escaped, name)


def _escaped(half: re.Match[str]) -> str:
    number = ord(half[0])
    return f"\\x{number - 0xDC00:02x}" if 0xDC80 <= number <= 0xDCFF else f"\\u{number:04x}"


_HALVES = re.compile(r"[\ud800-\udfff]")
