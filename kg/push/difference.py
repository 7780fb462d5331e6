"""Two builds → what has to be sent to a store that holds the first of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from time import monotonic

from kg.built import Build
from kg.changes import Change as Difference
from kg.changes import check_graph_name, compare, part_moves
from kg.problems import InputError
from kg.push.changes import Change, push_changes
from kg.push.run import Report
from kg.push.store import Store
from kg.terms import split_line

__all__ = ["changes_between", "push_difference"]


def push_difference(old: Build, new: Build, store: Store, *, graph: str | None = None) -> Report:
    """Make a graph of a store that holds one build the graph of another; only changes are sent.

    Raises:
        InputError: a build cannot be used, or the two have different base IRIs.
        RemoteError: the store failed, or holds neither of the two builds.
    """
    target = graph or new.dataset
    check_graph_name(target)
    if old.base != new.base:
        raise InputError(
            f"The builds have different base IRIs: {old.base} and {new.base}.",
            remedy="Push the whole build: kg push without --changes-from.",
        )
    begin = monotonic()
    changes = changes_between(old, new)
    updates = push_changes(changes, store, target, before=old.triples, after=new.triples)
    sent = sum(len(change.removed) + len(change.added) for change in changes)
    return Report(
        graph=target,
        triples=new.triples,
        sent=sent if updates else 0,
        found=0,
        way="changed" if updates else "unchanged",
        digest="",
        seconds=monotonic() - begin,
    )


def changes_between(old: Build, new: Build) -> list[Change]:
    """Return what is different in each project, and in each thing that projects share.

    Raises:
        InputError: a graph is not the one that its manifest describes.
    """
    differences = compare(old.graph.parent, new.graph.parent)
    found = [(difference, _subjects(difference)) for difference in differences.blocks()]
    afterwards = dict(_statements(new, {subject for _, subjects in found for subject in subjects}))
    return [
        Change(
            difference.iri,
            difference.removed,
            difference.added,
            {subject: tuple(afterwards.get(subject, ())) for subject in sorted(subjects)},
        )
        for difference, subjects in found
    ]


def _subjects(difference: Difference) -> set[str]:
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
