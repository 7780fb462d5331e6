"""Whatever a store does wrong: the old graph or the new one, exit status 4, and a remedy.

Each fault stands between `kg push` and a real Oxigraph server.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from kg.built import Build
from kg.changes import check_graph_name
from kg.problems import InputError, RemoteError
from kg.push import push, push_difference

from .conftest import connect
from .servers import Answer, Fault, Proxy, Request, Served
from .test_stores import SMALL, content, graphs

pytestmark = pytest.mark.slow

Selector = Callable[[Request], bool]


def on(
    selector: Selector, answer: Answer | Callable[[Request], bytes], *, after: int = 0,
    times: int = 10**6,
) -> Fault:  # fmt: skip
    """Return a fault: an answer to some of the requests, some of the time."""
    seen = 0

    def fault(request: Request) -> Answer | bytes | None:
        nonlocal seen
        if not selector(request):
            return None
        seen += 1
        if not after < seen <= after + times:
            return None
        return answer if isinstance(answer, Answer) else answer(request)

    return fault


def half(request: Request) -> bytes:
    lines = request.body.splitlines(keepends=True)
    return b"".join(lines[: len(lines) // 2])


def is_chunk(request: Request) -> bool:
    return request.is_chunk


def is_write(request: Request) -> bool:
    return request.is_write


def is_swap(request: Request) -> bool:
    return request.path.startswith("/update") and b"DROP" not in request.body


def is_any(_: Request) -> bool:
    return True


HTML = (("Content-Type", "text/html"),)
PAGE = Answer(200, b"<!DOCTYPE html><html><form>Log in</form></html>", HTML)
CUT = Answer(None)
CUT_AFTER = Answer(None, forward=True)
FULL = Answer(507, b"No space left on device")
FAULTS: dict[str, tuple[Fault, str]] = {
    "unauthorised": (on(is_write, Answer(401)), "KG_REMOTE_USER|credentials"),
    "forbidden": (on(is_write, Answer(403, b"not you")), "403.*not you.*Ask for the right"),
    "too-large": (on(is_chunk, Answer(413)), "413.*smaller --chunk"),
    "busy": (on(is_write, Answer(429, headers=(("Retry-After", "0"),))), "429"),
    "busy-for-days": (on(is_write, Answer(429, headers=(("Retry-After", "99999"),))), "429"),
    "failing": (on(is_chunk, Answer(500, b"Exception"), after=3), "500.*log of the server"),
    "unavailable": (on(is_any, Answer(503)), "503"),
    "redirect": (on(is_write, Answer(307, headers=(("Location", "http://127.0.0.2:9/x"),))),
                 "127.0.0.2.*neither the data nor the credentials"),
    "cut-in-a-chunk": (on(is_chunk, CUT, after=3), "cut"),
    "cut-after-a-chunk": (on(is_chunk, CUT_AFTER, after=3), "cut"),
    "cut-before-the-swap": (on(is_swap, CUT), "cut"),
    "page-for-a-chunk": (on(is_chunk, PAGE), "HTML page"),
    "page-for-a-query": (on(lambda r: r.path.startswith("/query"), PAGE), "SPARQL"),
    "page-for-the-swap": (on(is_swap, PAGE), "HTML page"),
    "empty-success": (on(is_chunk, Answer(204)), "Missing or altered: project/"),
    "keeps-a-part": (on(is_chunk, half), "Missing or altered: project/"),
    "disk-full-507": (on(is_chunk, FULL, after=5), "507.*No space left.*Make room"),
    "disk-full-500": (on(is_chunk, Answer(500, b"No space left on device"), after=5),
                      "No space left"),
    "swap-that-does-nothing": (on(is_swap, Answer(204)), "all is well, but it is not"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_that_stays(
    name: str, proxy: Proxy, oxigraph_server: Served, old: Build, new: Build
) -> None:
    fault, told = FAULTS[name]
    graph = f"urn:fault:{name}"
    store = connect(oxigraph_server.url)
    push(old, store, graph=graph)
    proxy.fault = fault
    with pytest.raises(RemoteError, match=f"(?s){told}") as caught:
        push(new, connect(proxy.url, retries=1, timeout=5), graph=graph, chunk_bytes=SMALL)
    assert caught.value.exit_status == 4
    assert caught.value.remedy
    assert content(store, graph) == old.fingerprint().digest

    proxy.fault = lambda _: None
    push(new, connect(proxy.url), graph=graph, chunk_bytes=SMALL)
    assert content(store, graph) == new.fingerprint().digest
    assert graphs(store, graph) == {graph: new.triples}, "one copy of every statement"


PASSING: dict[str, Fault] = {
    "busy-in-seconds": on(is_chunk, Answer(429, headers=(("Retry-After", "1"),)), times=1),
    "busy-until": on(is_chunk, Answer(503, headers=(
        ("Retry-After", format_datetime(datetime.now(UTC) + timedelta(seconds=1))),)), times=1),
    "failing": on(is_chunk, Answer(500), after=2, times=2),
    "timing-out": on(is_write, Answer(408), times=1),
    "cut": on(is_chunk, CUT, after=2, times=2),
    "cut-after": on(is_chunk, CUT_AFTER, after=2, times=2),
    "cut-after-the-swap": on(is_swap, CUT_AFTER, times=1),
    "cut-before-the-swap": on(is_swap, CUT, times=1),
    "cut-while-reading": on(lambda r: r.path.startswith("/query"), CUT, after=3, times=2),
    "too-large": on(lambda r: r.is_chunk and len(r.body) > 100_000, Answer(413)),
    "keeps-a-part-once": on(is_chunk, half, after=1, times=2),
    "loses-one-chunk": on(is_chunk, Answer(204), after=2, times=1),
}  # fmt: skip


@pytest.mark.parametrize("name", PASSING)
def test_a_fault_that_passes(name: str, proxy: Proxy, oxigraph_server: Served, new: Build) -> None:
    graph = f"urn:passing:{name}"
    proxy.fault = PASSING[name]
    size = 400_000 if name == "too-large" else SMALL
    push(new, connect(proxy.url, retries=4), graph=graph, chunk_bytes=size)
    store = connect(oxigraph_server.url)
    assert content(store, graph) == new.fingerprint().digest
    assert graphs(store, graph) == {graph: new.triples}


def test_a_server_that_does_not_read_what_is_too_large(proxy: Proxy, new: Build) -> None:
    proxy.longest = 300_000
    store = connect(proxy.url)
    push(new, store, graph="urn:fault:unread", chunk_bytes=4_000_000)
    assert content(store, "urn:fault:unread") == new.fingerprint().digest
    assert max(len(request.body) for request in proxy.requests) <= 300_000


def test_what_a_server_asks_for_is_waited(proxy: Proxy, new: Build) -> None:
    said: list[str] = []
    proxy.fault = on(is_chunk, Answer(429, headers=(("Retry-After", "1"),)), times=1)
    push(new, connect(proxy.url, note=said.append), graph="urn:fault:waited")
    assert any("429" in line and "1.0 s" in line for line in said)


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 422])
def test_a_no_is_not_asked_again(status: int, proxy: Proxy, new: Build) -> None:
    proxy.fault = on(is_chunk, Answer(status))
    with pytest.raises(RemoteError, match=str(status)):
        push(new, connect(proxy.url, retries=4), graph="urn:fault:no")
    assert sum(request.is_chunk for request in proxy.requests) == 1


def test_a_server_that_is_silent(proxy: Proxy, new: Build) -> None:
    proxy.delay = 3
    store = connect(proxy.url, retries=0, timeout=0.3)
    with pytest.raises(RemoteError, match=r"silent for 0.3 seconds.*--timeout"):
        push(new, store, graph="urn:fault:silent")


@pytest.mark.parametrize(
    ("answer", "after_it"), [(CUT, "old"), (CUT_AFTER, "new")], ids=["not done", "done"]
)
def test_a_move_without_an_answer_is_not_sent_again(
    answer: Answer, after_it: str, proxy: Proxy, oxigraph_server: Served, old: Build, new: Build
) -> None:
    """A second MOVE would empty the graph in Virtuoso; Oxigraph is told to be another store."""
    graph = f"urn:fault:move:{after_it}"
    plain = connect(oxigraph_server.url)
    push(old, plain, graph=graph)
    proxy.fault = on(lambda r: r.is_move, answer)
    store = connect(proxy.url)
    store.endpoints = store.endpoints._replace(kind="fuseki")
    if after_it == "old":
        with pytest.raises(RemoteError, match="as before, and all of the new ones wait"):
            push(new, store, graph=graph)
    else:
        assert push(new, store, graph=graph).way == "swapped"
    expected = {"old": old, "new": new}[after_it]
    assert content(plain, graph) == expected.fingerprint().digest
    assert sum(request.is_move for request in proxy.requests) == 1


def test_a_store_without_move_gets_the_graph_at_once(proxy: Proxy, old: Build, new: Build) -> None:
    store = connect(proxy.url)
    push(old, store, graph="urn:fault:no-move")
    proxy.fault = on(is_swap, Answer(501, b"MOVE is not supported"))
    assert push(new, store, graph="urn:fault:no-move").way == "replaced"
    assert content(store, "urn:fault:no-move") == new.fingerprint().digest


def test_the_command_says_what_to_do(proxy: Proxy, new: Build) -> None:
    proxy.fault = on(is_chunk, FULL)
    done = subprocess.run(
        [sys.executable, "-m", "kg", "push", new.graph.parent, proxy.url, "--retries", "0",
         "--graph", "urn:fault:command"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 4
    assert "No space left on device. Make room on the disk of the server" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("graph", ["ftp://x.org/y", "tag:a,2020:b"])
def test_a_graph_that_a_difference_names_can_be_pushed(
    proxy: Proxy, old: Build, new: Build, graph: str
) -> None:
    store = connect(proxy.url)
    push(old, store, graph=graph)
    assert push_difference(old, new, store, graph=graph).way == "changed"
    assert content(store, graph) == new.fingerprint().digest


def test_a_graph_that_is_no_iri_is_refused_as_by_a_difference(proxy: Proxy, new: Build) -> None:
    check_graph_name("http://[bad")  # what is a host is not looked at
    with pytest.raises(InputError, match="‹notiri› is no IRI"):
        check_graph_name("notiri")
    with pytest.raises(InputError, match="‹notiri› is no IRI"):
        push(new, connect(proxy.url), graph="notiri")


def test_nobody_there(new: Build) -> None:
    with pytest.raises(RemoteError, match=r"cannot be reached: connection refused. Start"):
        connect("http://127.0.0.1:9", retries=1)
