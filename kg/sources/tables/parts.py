"""Columns whose cells state several fields by a pattern: one plan for each, and what a part reads.

The patterns of a column are tried in their order. The first one counts all of whose parts can be
read; where there is none, the first that the cell is written by, and what cannot be read of it is
told. A cell that is written by none of them is told as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from kg.problems import CODES, Level
from kg.sources.cell import Items, Unusable
from kg.sources.layouts.patterns import MAX_TEXT, Pattern
from kg.sources.values import Finding, Parsed, clean

__all__ = ["PartReader", "part_of"]

CACHE_SIZE = 20_000
NOTHING = Parsed(None)


class _Read(NamedTuple):
    """What was read from a cell: the pattern that it is written by, and its fields."""

    pattern: Pattern | None
    parsed: Mapping[str, Parsed]


class _Doubt(NamedTuple):
    """A pattern that a cell is written by, and of whose parts not all can be read."""

    pattern: Pattern
    parts: Mapping[str, str]
    parsed: Mapping[str, Parsed]


def part_of(cell: str, patterns: Sequence[Pattern], field: str) -> str | None:
    """Return what a cell has for a field, by the first pattern that it is written by."""
    if len(cell) > MAX_TEXT:
        return None
    for pattern in patterns:
        found = pattern.split(clean(cell))
        if found is not None:
            return found.get(field)
    return None


class PartReader:
    """Reads the fields of a column from its cells; ``parsers`` read the parts."""

    def __init__(
        self, patterns: Sequence[Pattern], parsers: Mapping[str, Callable[[str], Parsed]]
    ) -> None:
        self._patterns = patterns
        self._parsers = parsers
        self._first = patterns[0].fields[0]
        self._known: dict[str, _Read] = {}

    def parser(self, field: str) -> Callable[[str], Parsed]:
        """Return what reads a field from a cell."""

        def read(raw: str) -> Parsed:
            return self._read(raw).parsed.get(field, NOTHING)

        return read

    def part(self, raw: str, field: str) -> tuple[str, str] | None:
        """Return what a cell has for a field, and the pattern that it was read by."""
        pattern = self._read(raw).pattern
        parts = None if pattern is None else pattern.split(clean(raw))
        return None if pattern is None or parts is None else (parts[field], pattern.text)

    def _read(self, raw: str) -> _Read:
        if isinstance(raw, Unusable | Items):
            return _Read(None, {self._first: self._parsers[self._first](raw)})
        found = self._known.get(raw)
        if found is None:
            found = self._parts(raw)
            if len(self._known) < CACHE_SIZE:
                self._known[str(raw)] = found
        return found

    def _parts(self, raw: str) -> _Read:
        text = clean(raw)
        if len(text) > MAX_TEXT:
            told = f"The value has {len(text):,} characters; no pattern is for so many."
            return _Read(None, {self._first: Parsed(None, Finding("pattern-mismatch", told))})
        doubtful: _Doubt | None = None
        for pattern in self._patterns:
            parts = pattern.split(text)
            if parts is None:
                continue
            parsed: Mapping[str, Parsed] = {
                name: self._parsers[name](part) for name, part in parts.items()
            }
            if not any(map(_is_lost, parsed.values())):
                if doubtful is not None:
                    parsed = _doubted(parsed, pattern, doubtful)
                return _Read(pattern, parsed)
            doubtful = doubtful or _Doubt(pattern, parts, parsed)
        if doubtful is not None:
            return _Read(doubtful.pattern, _lost_told(doubtful))
        alone = self._parsers[self._first](text)
        if alone.value is None and not _is_lost(alone):
            return _Read(None, {self._first: alone})  # a word for *not stated*
        told = "The value is not written as " + " or ".join(f"‹{p.text}›" for p in self._patterns)
        return _Read(None, {self._first: Parsed(None, Finding("pattern-mismatch", f"{told}."))})


def _is_lost(parsed: Parsed) -> bool:
    return parsed.finding is not None and CODES[parsed.finding.code].level >= Level.FIELD


def _lost_told(read: _Doubt) -> Mapping[str, Parsed]:
    """Say of what cannot be read which part of the cell it is, and what the others were read as."""
    others = ", ".join(
        f"‹{part}› as {name}"
        for name, part in read.parts.items()
        if not _is_lost(read.parsed[name])
    )
    behind = f" Read were {others}." if others else ""
    return {
        name: Parsed(None, Finding(finding.code, f"‹{read.parts[name]}› as {name}: "
                                   f"{finding.message}{behind}"))
        if (finding := each.finding) is not None and _is_lost(each)
        else each
        for name, each in read.parsed.items()
    }  # fmt: skip


def _doubted(parsed: Mapping[str, Parsed], pattern: Pattern, doubt: _Doubt) -> Mapping[str, Parsed]:
    """Say that an earlier pattern would read a part as something that it is not."""
    lost = [name for name, each in doubt.parsed.items() if _is_lost(each)]
    wrong = ", ".join(f"‹{doubt.parts[name]}› is no {name}" for name in lost)
    told = f"Read as ‹{pattern.text}› and not as ‹{doubt.pattern.text}›, for {wrong}."
    first = pattern.fields[0]
    value, finding = parsed[first]
    if finding is not None:
        told += f" {finding.message}"
    return {**parsed, first: Parsed(value, Finding("pattern-doubtful", told))}
