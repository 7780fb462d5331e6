"""Changes to a graph in a store: only what differs is sent, and it is checked.

A change is one record's: the statements that go and those that come. Changes are put together into
updates, and an update never splits a change. Where all fits one update the graph goes from old to
new in one step; to Oxigraph, which is slow at copying graphs and takes updates of any size, all is
sent at once. Otherwise they are applied to a copy that the store makes for itself (``COPY``), which
then takes the place of the graph.

What changed is read back and compared. Of things that only moved in the input the store is asked
how many are where they should be, as they can be nearly all that there are; with the number of all
statements that proves that nothing else is said of their places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec

from kg.changes import MOVES, count_moved, part_moves, update_text
from kg.fingerprint import canonical_line
from kg.problems import RemoteError
from kg.push.check import PUSH_WHOLE, ask_number, count_statements, told
from kg.push.store import MAX_INSERTED, Store, is_too_large
from kg.remote import Rejected, Unclear
from kg.terms import split_line

__all__ = ["RecordChange", "push_changes"]

_SUBJECTS = 200
"""Subjects whose statements are read back at once."""
_MOVES = 1_000
"""Moves that are counted at once."""
_AT_ONCE = 1_000_000
"""Statements of one update to a store that takes any; the text of it is in memory."""


class RecordChange(msgspec.Struct, frozen=True):
    """What changes of one record: N-Triples lines, without line ends, that go and that come.

    ``subjects`` are the statements that hold afterwards, by subject term (``<iri>``): with them the
    result is checked. A subject that is gone has none; one that only moved need not be there.
    """

    name: str
    removed: tuple[str, ...]
    added: tuple[str, ...]
    subjects: dict[str, tuple[str, ...]]


def push_changes(
    changes: Sequence[RecordChange],
    store: Store,
    graph: str,
    *,
    before: int,
    after: int,
    most: int | None = None,
) -> int:
    """Apply changes to a graph; return how many updates were sent.

    Sending the same changes again changes nothing, so an interrupted run is simply repeated.

    Args:
        changes: what changes, record by record.
        store: the store that holds the graph.
        graph: its IRI.
        before: the number of statements of the old graph.
        after: that of the new one.
        most: statements in one update; what the store takes if not given.

    Raises:
        RemoteError: the graph is neither the old one nor the new one, or the store failed.
    """
    count = count_statements(store, graph)
    if count not in (before, after):
        raise RemoteError(
            f"The graph has {count:,} statements, and the old build {before:,}; the changes would "
            "not fit.",
            place=graph,
            remedy=PUSH_WHOLE,
        )
    if count == after and not any(_wrong(changes, store, graph)):
        return 0
    if most is None and store.has_slow_move:
        if _has_taken_all(changes, store, graph):
            _prove(changes, store, graph, after)
            return 1
        count = count_statements(store, graph)  # the answer may have been lost, and not the update
    updates = list(_updates(changes, most or MAX_INSERTED))
    copy = f"{graph}/staging/changes"
    target = graph
    if len(updates) > 1:
        store.update(f"COPY GRAPH <{graph}> TO GRAPH <{copy}>", slow=True, once=True)
        if count_statements(store, copy) != count:
            raise RemoteError("The store has not copied the graph in full.", place=graph)
        target = copy
    for update in updates:
        store.update(_text(update, target))
    _prove(changes, store, target, after)
    if target != graph:
        try:
            store.update(f"MOVE GRAPH <{copy}> TO GRAPH <{graph}>", slow=True, once=True)
        except Unclear:
            if count_statements(store, copy):
                raise
        _prove(changes, store, graph, after)
    return len(updates)


def _has_taken_all(changes: Sequence[RecordChange], store: Store, graph: str) -> bool:
    """Send everything in one update, unless it is too much."""
    if sum(len(change.removed) + len(change.added) for change in changes) > _AT_ONCE:
        return False
    text = _text(changes, graph)
    try:
        store.update(text, slow=True)
    except (Rejected, Unclear) as error:
        if is_too_large(error, len(text)):
            return False
        raise
    return True


def _updates(changes: Iterable[RecordChange], most: int) -> Iterator[list[RecordChange]]:
    update: list[RecordChange] = []
    number = 0
    for change in changes:
        size = len(change.removed) + len(change.added)
        if update and number + size > most:
            yield update
            update, number = [], 0
        update.append(change)
        number += size
    if update:
        yield update


def _text(changes: Sequence[RecordChange], graph: str) -> str:
    removed = [line for change in changes for line in change.removed]
    added = [line for change in changes for line in change.added]
    return update_text(removed, added, graph)


def _prove(changes: Sequence[RecordChange], store: Store, graph: str, after: int) -> None:
    count = count_statements(store, graph)
    wrong = list(dict.fromkeys(_wrong(changes, store, graph)))
    if count != after or wrong:
        names = told(wrong) if wrong else "none of those that changed"
        raise RemoteError(
            f"The store holds {count:,} statements where the build has {after:,}; "
            f"records that differ: {names}.",
            place=graph,
            remedy=PUSH_WHOLE,
        )


def _wrong(changes: Sequence[RecordChange], store: Store, graph: str) -> Iterator[str]:
    """Yield the names of changes that are not in the store in full; a name may come twice."""
    yield from _differing(changes, store, graph)
    yield from _unmoved(changes, store, graph)


def _unmoved(changes: Sequence[RecordChange], store: Store, graph: str) -> Iterator[str]:
    """Yield the names of changes of which something has not moved."""
    moves = ((c.name, move) for c in changes for move in part_moves(c.removed, c.added)[0])
    while some := list(islice(moves, _MOVES)):
        found = ask_number(store, count_moved([move for _, move in some], graph), graph)
        if found != len(some):
            there = _read(store, graph, [move.subject for _, move in some], MOVES)
            for name, move in some:
                if move.new not in {split_line(line)[2] for line in there[move.subject]}:
                    yield name


def _differing(changes: Sequence[RecordChange], store: Store, graph: str) -> Iterator[str]:
    """Yield the names of changes whose subjects are not as they should be in the store."""
    subjects = [subject for change in changes for subject in change.subjects]
    there = _read(store, graph, subjects)
    for change in changes:
        expected = {s: set(map(canonical_line, lines)) for s, lines in change.subjects.items()}
        if any(there[subject] != lines for subject, lines in expected.items()):
            yield change.name


def _read(
    store: Store, graph: str, subjects: Sequence[str], predicate: str = "?p"
) -> dict[str, set[str]]:
    """Return what a graph states about subjects, or with one predicate, by subject."""
    there: dict[str, set[str]] = {subject: set() for subject in subjects}
    for start in range(0, len(subjects), _SUBJECTS):
        values = " ".join(subjects[start : start + _SUBJECTS])
        pattern = f"?s {predicate} ?o"
        query = (
            f"CONSTRUCT {{ {pattern} }} WHERE {{ GRAPH <{graph}> {{ "
            f"VALUES ?s {{ {values} }} {pattern} }} }}"
        )
        for line in store.read(query):
            statement = canonical_line(line)
            there.setdefault(split_line(statement)[0], set()).add(statement)
    return there
