"""Changes give the graph that a full load gives, and only they are sent."""

from __future__ import annotations

from collections import defaultdict

import pytest

from kg.problems import RemoteError
from kg.push import Build, Change, push, push_changes, push_difference

from .conftest import connect
from .servers import Served
from .test_stores import content


def by_subject(build: Build) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in build.graph.read_text(encoding="utf-8").split("\n")[:-1]:
        found[line.split(" ", 1)[0]].add(line)
    return found


def changes_between(old: Build, new: Build) -> list[Change]:
    before, after = by_subject(old), by_subject(new)
    return [
        Change(
            subject,
            tuple(before.get(subject, set()) - after.get(subject, set())),
            tuple(after.get(subject, set()) - before.get(subject, set())),
            {subject: tuple(after.get(subject, ()))},
        )
        for subject in sorted(before.keys() | after.keys())
        if before.get(subject) != after.get(subject)
    ]


@pytest.mark.parametrize("most", [1000, 10_000_000], ids=["many updates", "one update"])
@pytest.mark.parametrize("backwards", [False, True])
def test_changes_add_up(served: Served, old: Build, new: Build, most: int, backwards: bool) -> None:
    if most > 1000 and "virtuoso" in str(served.folder):
        pytest.skip("Virtuoso takes no such update")
    first, second = (new, old) if backwards else (old, new)
    graph = "urn:test:changes"
    store = connect(served.url)
    push(first, store, graph=graph)
    changes = changes_between(first, second)
    sent = push_changes(
        changes, store, graph, before=first.triples, after=second.triples, most=most
    )
    assert sent == (1 if most > 1000 else sent) >= 1
    assert content(store, graph) == second.fingerprint().digest
    again = push_changes(changes, store, graph, before=first.triples, after=second.triples)
    assert again == 0


def test_changes_that_do_not_fit_are_refused(served: Served, old: Build, new: Build) -> None:
    store = connect(served.url)
    push(old, store, graph="urn:test:unfit")
    store.add("urn:test:unfit", [b"<urn:a> <urn:b> <urn:c> .\n"])
    with pytest.raises(RemoteError, match=r"would not fit.*without --changes-from"):
        push_changes(changes_between(old, new), store, "urn:test:unfit",
                     before=old.triples, after=new.triples)  # fmt: skip


def test_the_difference_of_two_builds_is_sent(served: Served, old: Build, new: Build) -> None:
    store = connect(served.url)
    graph = "urn:test:difference"
    push(old, store, graph=graph)
    report = push_difference(old, new, store, graph=graph)
    assert report.way == "changed"
    assert 0 < report.sent < new.triples
    assert content(store, graph) == new.fingerprint().digest
    assert push_difference(old, new, store, graph=graph).way == "unchanged"
