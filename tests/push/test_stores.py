"""Builds in real stores: what is there afterwards, what is sent, and what readers see."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from kg.built import Build
from kg.push import RemoteStore, push
from kg.push.check import count_statements, read_fingerprint
from kg.push.chunks import chunks_of

from .conftest import connect
from .servers import Proxy, Served

SMALL = 20_000
"""Bytes of a chunk, so that the example build has many."""


def content(store: RemoteStore, graph: str) -> str:
    count = count_statements(store, graph)
    found = read_fingerprint(store, graph, count)
    assert found.count == count
    return found.digest


def graphs(store: RemoteStore, prefix: str) -> dict[str, int]:
    rows = store.ask(
        "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } "
        f'FILTER(STRSTARTS(STR(?g), "{prefix}")) }} GROUP BY ?g'
    )
    return {str(row[0])[1:-1]: int(str(row[1]).split('"')[1]) for row in rows}


def test_a_build_is_in_the_store(served: Served, old: Build, new: Build) -> None:
    store = connect(served.url)
    report = push(old, store, graph="urn:test:in")
    assert (report.way, report.sent) == ("swapped", old.triples)
    report = push(new, store, graph="urn:test:in", chunk_bytes=SMALL)
    assert report.digest == content(store, "urn:test:in") == new.fingerprint().digest
    assert graphs(store, "urn:test:in") == {"urn:test:in": new.triples}
    report = push(new, store, graph="urn:test:in")
    assert (report.way, report.sent) == ("unchanged", 0)


def test_a_store_is_recognised_by_each_of_its_addresses(served: Served) -> None:
    base = connect(served.url).endpoints
    for url in (f"{served.url}/", base.query, base.update, base.graphs):
        assert connect(str(url)).endpoints == base


def test_without_a_staging_graph(served: Served, old: Build, new: Build) -> None:
    store = connect(served.url)
    push(old, store, graph="urn:test:put")
    report = push(new, store, graph="urn:test:put", put=True)
    assert report.way == "replaced"
    assert content(store, "urn:test:put") == new.fingerprint().digest


def test_by_updates_alone(served: Served, new: Build) -> None:
    store = connect(served.url)
    store.endpoints = store.endpoints._replace(graphs=None)
    push(new, store, graph="urn:test:update", chunk_bytes=100_000)
    assert content(store, "urn:test:update") == new.fingerprint().digest


def test_what_an_older_run_left_goes(served: Served, old: Build, new: Build) -> None:
    store = connect(served.url)
    left = [next(old.records())]
    store.add("urn:test:left/staging/0123456789abcdef-4000000", left)
    store.add("urn:test:left-alone", left)
    push(new, store, graph="urn:test:left")
    assert set(graphs(store, "urn:test:left")) == {"urn:test:left", "urn:test:left-alone"}


def test_an_interrupted_run_goes_on(served: Served, old: Build, new: Build) -> None:
    graph = "urn:test:resumed"
    store = connect(served.url)
    push(old, store, graph=graph)

    class Stop(Exception):
        pass

    def stop_half_way(done: int, total: int) -> None:
        if done > total // 2:
            raise Stop

    with pytest.raises(Stop):
        push(new, store, graph=graph, chunk_bytes=SMALL, progress=stop_half_way)
    assert content(store, graph) == old.fingerprint().digest
    report = push(new, store, graph=graph, chunk_bytes=SMALL)
    assert report.found + report.sent == new.triples
    assert report.found > new.triples // 2
    assert graphs(store, graph) == {graph: new.triples}
    assert content(store, graph) == new.fingerprint().digest


def test_statements_that_others_put_there_go(served: Served, new: Build) -> None:
    store = connect(served.url)
    push(new, store, graph="urn:test:foreign")
    store.add("urn:test:foreign", [b"<urn:a> <urn:b> <urn:c> .\n"])
    assert push(new, store, graph="urn:test:foreign").way == "swapped"
    assert count_statements(store, "urn:test:foreign") == new.triples


def test_a_process_that_is_killed(
    proxy: Proxy, oxigraph_server: Served, old: Build, new: Build
) -> None:
    graph = "urn:test:killed"
    store = connect(oxigraph_server.url)
    push(old, store, graph=graph)
    proxy.delay = 0.2
    command = [sys.executable, "-m", "kg", "push", new.graph.parent, proxy.url,
               "--graph", graph, "--chunk", "0.02"]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while sum(request.is_chunk for request in proxy.requests) < 6:
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    assert content(store, graph) == old.fingerprint().digest
    first = sum(request.is_chunk for request in proxy.requests)
    proxy.delay = 0
    proxy.requests.clear()
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "were there from an earlier run" in done.stderr
    again = sum(request.is_chunk for request in proxy.requests)
    whole = len(list(chunks_of(new.records(), int(0.02 * 1024**2))))
    assert whole <= first + again <= whole + 2, "nothing but what was on its way is sent again"
    assert content(store, graph) == new.fingerprint().digest
    assert graphs(store, graph) == {graph: new.triples}


@pytest.mark.stores
def test_virtuoso_refuses_a_wrong_password(virtuoso_server: Served, new: Build) -> None:
    environment = os.environ | {"KG_REMOTE_USER": "dba", "KG_REMOTE_PASSWORD": "wr0ng-one"}
    done = subprocess.run(
        [sys.executable, "-m", "kg", "push", new.graph.parent, virtuoso_server.url,
         "--graph", "urn:test:refused"],
        capture_output=True, text=True, env=environment,
    )  # fmt: skip
    assert done.returncode == 4
    assert "not accepted" in done.stderr
    assert "wr0ng-one" not in done.stdout + done.stderr
