"""Is in the store what is in the build? Numbers, content, and what is missing.

A 2xx is no proof (measured: Virtuoso answered 201 and stored nothing, and it gives 10,000 rows of
a graph of millions without saying so). So statements are counted by a query of their own, the graph
is read back, and what is read must be as many as were counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.built import Build
from kg.fingerprint import Fingerprint
from kg.problems import RemoteError, shorten
from kg.push.store import Store
from kg.remote import Unclear

__all__ = [
    "PUSH_WHOLE",
    "ask_number",
    "count_statements",
    "differing_names",
    "differing_records",
    "read_fingerprint",
    "told",
]

PUSH_WHOLE = "Push the whole build: kg push without --changes-from."
"""The remedy where the changes of a build do not fit what a store holds."""

_NUMBER = re.compile(r'"(\d+)"')
_TRIES = 3
_NAMED = 10
"""Records that a message names."""


def count_statements(store: Store, graph: str) -> int:
    """Return the number of statements in a graph.

    Raises:
        RemoteError: the store does not say.
    """
    return ask_number(
        store, f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", graph
    )


def ask_number(store: Store, query: str, graph: str) -> int:
    """Return the one number that a query about a graph gives.

    Raises:
        RemoteError: the store does not say.
    """
    rows = store.ask(query)
    number = _NUMBER.match(rows[0][0] or "") if len(rows) == 1 and rows[0] else None
    if number is None:
        raise RemoteError("The store does not say how many statements it holds.", place=graph)
    return int(number[1])


def read_fingerprint(store: Store, graph: str, count: int) -> Fingerprint:
    """Return the fingerprint of a graph in a store, which counts that many statements.

    Raises:
        RemoteError: the graph cannot be read in full.
    """
    for left in reversed(range(_TRIES)):
        try:
            found = Fingerprint(_pages(store, graph, count) if store.page else _all(store, graph))
        except Unclear:
            if not left:
                raise
            continue
        if found.count < count and not store.page and found.count:
            # a limit that the store does not tell
            found = Fingerprint(_pages(store, graph, count, found.count))
        return found
    raise AssertionError("the last try returns or raises")


def _all(store: Store, graph: str) -> Iterator[str]:
    return store.read(_construct(graph))


def _pages(store: Store, graph: str, count: int, size: int | None = None) -> Iterator[str]:
    size = size or store.page or count
    done = 0
    while done < count:
        number = 0
        for line in store.read(f"{_construct(graph)} OFFSET {done} LIMIT {size}"):
            number += 1
            yield line
        if not number:
            return
        done += number
        size = min(size, number) if done < count else size


def _construct(graph: str) -> str:
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"


def differing_records(build: Build, here: Fingerprint, there: Fingerprint) -> Iterator[bytes]:
    """Yield the records of a build of which the store says something else, or not all."""
    for record in build.records():
        lines = record[:-1].decode().split("\n")
        if any(here.differs_at(there, line) for line in lines):
            yield record


def differing_names(build: Build, here: Fingerprint, there: Fingerprint) -> list[str]:
    """Return how a person is told of the records that differ: ``project/Alpen013``."""
    return [_name_of(record, build.base) for record in differing_records(build, here, there)]


def _name_of(record: bytes, base: str) -> str:
    subject = record.partition(b"> ")[0][1:].decode()
    return subject.removeprefix(base)


def told(names: Sequence[str]) -> str:
    """Return the first of some names: ``project/A, project/B and 3 more``."""
    more = len(names[_NAMED:])
    return shorten(", ".join(names[:_NAMED]), 300) + (f" and {more:,} more" if more else "")
