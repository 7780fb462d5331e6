"""Statements that moved: the same thing, found at another place of the input.

A row that is deleted from a table, or put into it, moves all rows after it, and with them what
``prov:wasDerivedFrom`` says of everything that was read from them. These are most of the statements
that a year changes (measured: nine in ten), and all alike, so they are sent and checked in a form
of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kg.terms import iri, split_line
from kg.vocabulary import PROV

__all__ = ["MOVES", "Move", "part_moves"]

MOVES = iri(PROV.wasDerivedFrom)
"""The predicate of statements that move."""


class Move(NamedTuple):
    """A thing, the place that it had in the input and the one that it has now; all are terms."""

    subject: str
    old: str
    new: str


def part_moves(
    removed: Iterable[str], added: Iterable[str]
) -> tuple[list[Move], list[str], list[str]]:
    """Return the moves among statements that go and come, and the statements that are left.

    A subject moves where it has as many places as before and nothing else of it changes.
    """
    gone, come = _by_subject(removed), _by_subject(added)
    moves: list[Move] = []
    for subject in gone.keys() & come.keys():
        old, new = _places(gone[subject]), _places(come[subject])
        if old and new and len(old) == len(new):
            moves += [Move(subject, *pair) for pair in zip(old, new, strict=True)]
            del gone[subject], come[subject]
    return sorted(moves), _lines(gone), _lines(come)


def _by_subject(lines: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(line.partition(" ")[0], []).append(line)
    return found


def _places(lines: Iterable[str]) -> list[str]:
    """Return the places that the statements of a subject name; none where they say more."""
    places = []
    for line in lines:
        _, predicate, place = split_line(line)
        if predicate != MOVES:
            return []
        places.append(place)
    return sorted(places)


def _lines(by_subject: dict[str, list[str]]) -> list[str]:
    return [line for lines in by_subject.values() for line in lines]
