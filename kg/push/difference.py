"""Two builds → what has to be sent to a store that holds the first of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from time import monotonic

from kg.built import Build
from kg.changes import Change, check_graph_name, compare, part_moves
from kg.problems import InputError, RemoteError
from kg.push.changes import RecordChange, push_changes
from kg.push.check import PUSH_WHOLE, count_statements, differing_names, read_fingerprint, told
from kg.push.run import Report
from kg.push.store import Store
from kg.terms import split_line

__all__ = ["changes_between", "push_difference"]


def push_difference(
    old: Build,
    new: Build,
    store: Store,
    *,
    graph: str | None = None,
    content: bool | None = None,
) -> Report:
    """Make a graph of a store that holds one build the graph of another; only changes are sent.

    What changed is read back and compared in any case.

    Args:
        old: the build that the store holds.
        new: the build that it is to hold.
        store: where it goes.
        graph: its IRI; that of the data set if not given.
        content: read the whole graph back and compare it. If it is not said, that is done where
            nothing is sent, for there the rest of the graph is all that could be told of.

    Raises:
        InputError: a build cannot be used, or the two have different base IRIs.
        RemoteError: the store failed, or does not hold the one build or the other, as far as that
            is compared.
    """
    target = graph or new.dataset
    check_graph_name(target)
    if old.base != new.base:
        raise InputError(
            f"The builds have different base IRIs: {old.base} and {new.base}.",
            remedy=PUSH_WHOLE,
        )
    begin = monotonic()
    changes = changes_between(old, new)
    updates = push_changes(changes, store, target, before=old.triples, after=new.triples)
    is_compared = not updates if content is None else content
    digest = _prove_content(new, store, target) if is_compared else ""
    sent = sum(len(change.removed) + len(change.added) for change in changes)
    return Report(
        graph=target,
        triples=new.triples,
        sent=sent if updates else 0,
        found=0,
        way="changed" if updates else "unchanged",
        digest=digest,
        seconds=monotonic() - begin,
    )


def _prove_content(build: Build, store: Store, graph: str) -> str:
    """Return the digest of a graph in a store, which is that of the build.

    Raises:
        RemoteError: it is another one.
    """
    here = build.fingerprint()
    there = read_fingerprint(store, graph, count_statements(store, graph))
    if not there.same(here):
        names = differing_names(build, here, there)
        raise RemoteError(
            f"The store holds {there.count:,} statements where the build has {here.count:,}, "
            "and they are not the same; records that differ: "
            f"{told(names) if names else 'only ones of others'}.",
            place=graph,
            remedy=PUSH_WHOLE,
        )
    return there.digest


def changes_between(old: Build, new: Build) -> list[RecordChange]:
    """Return what is different in each project, and in each thing that projects share.

    Raises:
        InputError: a graph is not the one that its manifest describes.
    """
    differences = compare(old.graph.parent, new.graph.parent)
    found = [(difference, _subjects(difference)) for difference in differences.blocks()]
    afterwards = dict(_statements(new, {subject for _, subjects in found for subject in subjects}))
    return [
        RecordChange(
            difference.iri,
            difference.removed,
            difference.added,
            {subject: tuple(afterwards.get(subject, ())) for subject in sorted(subjects)},
        )
        for difference, subjects in found
    ]


def _subjects(difference: Change) -> set[str]:
    """Return what changes otherwise than by a move."""
    _, removed, added = part_moves(difference.removed, difference.added)
    return {split_line(line)[0] for line in (*removed, *added)}


def _statements(build: Build, subjects: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the statements about some subjects, each of which stands in one place of the graph."""
    found: dict[str, list[str]] = {}
    with build.graph.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            subject = line.partition(" ")[0]
            if subject in subjects:
                found.setdefault(subject, []).append(line.rstrip("\n"))
    yield from found.items()
