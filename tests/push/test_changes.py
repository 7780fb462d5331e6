"""Changes give the graph that a full load gives, and only they are sent."""

from __future__ import annotations

from collections import defaultdict

import pytest

from kg.built import Build, read_build
from kg.pipeline import build
from kg.problems import RemoteError
from kg.push import RecordChange, RemoteStore, push, push_changes, push_difference

from .conftest import connect
from .servers import Proxy, Request, Served
from .test_stores import content


def by_subject(build: Build) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in build.graph.read_text(encoding="utf-8").split("\n")[:-1]:
        found[line.split(" ", 1)[0]].add(line)
    return found


def changes_between(old: Build, new: Build) -> list[RecordChange]:
    before, after = by_subject(old), by_subject(new)
    return [
        RecordChange(
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


def alter(store: RemoteStore, graph: str, old: Build) -> None:
    """Have somebody else write another title into the store; the count stays."""
    line = next(x for x in old.graph.read_text("utf-8").splitlines() if "/title> " in x)
    subject, predicate, _ = line.split(" ", 2)
    pattern = f"{subject} {predicate}"
    store.update(
        f"WITH <{graph}> DELETE {{ {pattern} ?t }} INSERT {{ {pattern} 'altered' }} "
        f"WHERE {{ {pattern} ?t }}"
    )


def test_a_graph_that_somebody_altered_is_not_taken_for_the_build(
    served: Served, old: Build, new: Build
) -> None:
    store, graph = connect(served.url), "urn:test:altered"
    push(old, store, graph=graph)
    report = push_difference(old, old, store, graph=graph)
    assert (report.way, report.digest) == ("unchanged", old.fingerprint().digest)
    alter(store, graph, old)
    with pytest.raises(RemoteError, match=r"not the same; records that differ: project/\w+"):
        push_difference(old, old, store, graph=graph)
    report = push_difference(old, old, store, graph=graph, content=False)
    assert (report.way, report.digest) == ("unchanged", "")  # it was not compared, and not claimed
    with pytest.raises(RemoteError, match="without --changes-from"):
        push_difference(old, new, store, graph=graph, content=True)
    push(new, store, graph=graph)
    assert push_difference(old, new, store, graph=graph).digest == new.fingerprint().digest


PROJECTS = [
    "project_id,programme,title",
    *(f"P{number:03},Alpine Space,Project {number}" for number in range(300)),
]
PARTNERS = [
    "project_id,partner_id,role,name,country",
    *(
        f"P{n // 2:03},P{n // 2:03}-{n % 2},{'PP' if n % 2 else 'LP'},Partner {n},AT"
        for n in range(600)
    ),
]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> tuple[Build, Build]:
    """Two builds of the same tables; the first project has left the second."""
    folder = tmp_path_factory.mktemp("tables")
    builds = []
    for name in ("before", "after"):
        source = folder / name
        source.mkdir()
        for table, rows in (("projects", PROJECTS), ("partners", PARTNERS)):
            left = [row for row in rows if name == "before" or not row.startswith("P000")]
            (source / f"{table}.csv").write_text("\n".join(left) + "\n", encoding="utf-8")
        builds.append(read_build(build([source], folder / f"{name}-output").output))
    return builds[0], builds[1]


def test_rows_that_move_are_sent_in_short(
    proxy: Proxy, oxigraph_server: Served, tables: tuple[Build, Build]
) -> None:
    before, after = tables
    sizes: list[int] = []

    def weigh(request: Request) -> None:
        if request.is_write:
            sizes.append(len(request.body))

    proxy.fault = weigh
    store, graph = connect(proxy.url), "urn:test:rows"
    push(before, store, graph=graph)
    full = sum(sizes)
    sizes.clear()
    push_difference(before, after, store, graph=graph)
    assert sum(sizes) * 10 < full
    assert content(connect(oxigraph_server.url), graph) == after.fingerprint().digest


def test_rows_that_move_are_checked(
    proxy: Proxy, oxigraph_server: Served, tables: tuple[Build, Build]
) -> None:
    before, after = tables
    graph = "urn:test:unmoved"

    def forget(request: Request) -> bytes | None:
        """Let a store forget that the rows of one project have moved."""
        lines = request.body.split(b"\n")
        is_move = request.is_write and any(line.startswith(b"WHERE { VALUES") for line in lines)
        return b"\n".join(x for x in lines if b":P200 " not in x) if is_move else None

    push(before, connect(oxigraph_server.url), graph=graph)
    proxy.fault = forget
    with pytest.raises(RemoteError, match=r"records that differ: .*project/P200"):
        push_difference(before, after, connect(proxy.url), graph=graph)
    push(after, connect(oxigraph_server.url), graph=graph)
    assert content(connect(oxigraph_server.url), graph) == after.fingerprint().digest


def test_a_table_of_which_rows_are_gone(served: Served, tables: tuple[Build, Build]) -> None:
    before, after = tables
    store, graph = connect(served.url), "urn:test:gone"
    push(before, store, graph=graph)
    assert push_difference(before, after, store, graph=graph).way == "changed"
    assert content(store, graph) == after.fingerprint().digest
    assert push_difference(before, after, store, graph=graph).way == "unchanged"
