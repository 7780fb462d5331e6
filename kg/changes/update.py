"""Changes → SPARQL Update, in requests that a store takes.

A request deletes and inserts whole projects. No statement is in two requests and none is both
deleted and inserted, so requests may be sent in any order, and sent again after an interruption.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from kg.changes.compare import Change, Changes
from kg.changes.prefixes import Prefixes
from kg.changes.request import update_text
from kg.problems import InputError
from kg.terms import is_iri

__all__ = ["MAX_STATEMENTS", "UpdateRequest", "check_graph_name", "update_requests", "write_update"]

MAX_STATEMENTS = 1000
"""Statements in a request: Virtuoso 7 takes 1,000 and fails at 4,900 (measured)."""
MAX_CHARACTERS = 1_000_000
"""Characters in a request, where texts are long."""


class UpdateRequest(msgspec.Struct, frozen=True):
    """A SPARQL Update: its text, how much it deletes and inserts, and of which resources.

    ``resources`` are IRIs of projects and shared things. Only where the changes of one project
    alone are more than a store takes is it spread over several requests; ``is_whole`` is then
    false.
    """

    text: str
    removed: int
    added: int
    resources: tuple[str, ...]
    is_whole: bool = True


def update_requests(
    changes: Changes,
    *,
    graph: str | None = None,
    max_statements: int = MAX_STATEMENTS,
    prefixes: Prefixes | None = None,
) -> Iterator[UpdateRequest]:
    """Yield the requests that turn the old graph into the new one.

    Args:
        changes: what is different.
        graph: the named graph that the statements are in; the default graph if not given.
        max_statements: how many statements a request may have.
        prefixes: short names that are declared already; each request declares its own if not
            given.

    Raises:
        InputError: ``graph`` is no IRI.
    """
    check_graph_name(graph)
    gathered = _Request(graph, prefixes)
    for change in changes.blocks():
        removed, added = change.removed, change.added
        if not (removed or added):
            continue
        size = len(removed) + len(added)
        length = sum(map(len, removed)) + sum(map(len, added))
        if gathered.size and gathered.exceeds(size, length, max_statements):
            yield gathered.request()
            gathered = gathered.another()
        if size > max_statements or length > MAX_CHARACTERS:
            yield from _spread(change, _Request(graph, prefixes, is_whole=False), max_statements)
        else:
            gathered.add(change.iri, removed, added)
    if gathered.size:
        yield gathered.request()


def write_update(
    changes: Changes, *, graph: str | None = None, max_statements: int = MAX_STATEMENTS
) -> Iterator[str]:
    """Yield the text of all requests as one SPARQL Update, with a comment before each.

    Raises:
        InputError: ``graph`` is no IRI.
    """
    check_graph_name(graph)
    totals = changes.totals
    prefixes = Prefixes()
    noun = "statement" if totals.removed == 1 else "statements"
    yield f"# {totals.removed:,} {noun} removed, {totals.added:,} added\n{prefixes.prologue}"
    requests = update_requests(
        changes, graph=graph, max_statements=max_statements, prefixes=prefixes
    )
    for number, request in enumerate(requests, 1):
        yield f"\n# request {number}\n{request.text} ;\n"


def check_graph_name(graph: str | None) -> None:
    """Refuse a name of a graph that is no absolute IRI.

    Raises:
        InputError: it is none.
    """
    if graph is not None and not is_iri(graph):
        raise InputError(f"‹{graph}› is no IRI.", remedy="Name the graph as https://….")


class _Request:
    """A request in the making."""

    def __init__(
        self, graph: str | None, prefixes: Prefixes | None, *, is_whole: bool = True
    ) -> None:
        self._graph = graph
        self._prefixes = prefixes
        self._is_whole = is_whole
        self._removed: list[str] = []
        self._added: list[str] = []
        self._resources: list[str] = []
        self._length = 0

    def another(self) -> _Request:
        """Return an empty one of the same kind."""
        return _Request(self._graph, self._prefixes, is_whole=self._is_whole)

    @property
    def size(self) -> int:
        return len(self._removed) + len(self._added)

    def exceeds(self, size: int, length: int, max_statements: int) -> bool:
        """Tell whether so much more would be too much."""
        return self.size + size > max_statements or self._length + length > MAX_CHARACTERS

    def add(self, resource: str, removed: Sequence[str], added: Sequence[str]) -> None:
        self._removed.extend(removed)
        self._added.extend(added)
        self._resources.append(resource)
        self._length += sum(map(len, removed)) + sum(map(len, added))

    def request(self) -> UpdateRequest:
        return UpdateRequest(
            update_text(self._removed, self._added, self._graph, self._prefixes),
            len(self._removed),
            len(self._added),
            tuple(dict.fromkeys(self._resources)),
            self._is_whole,
        )


def _spread(change: Change, part: _Request, max_statements: int) -> Iterator[UpdateRequest]:
    """Yield requests for one project that is too large for one, statement by statement."""
    statements = [(line, True) for line in change.removed]
    statements += [(line, False) for line in change.added]
    for line, is_removed in statements:
        if part.size and part.exceeds(1, len(line), max_statements):
            yield part.request()
            part = part.another()
        part.add(change.iri, [line] if is_removed else [], [] if is_removed else [line])
    yield part.request()
