"""A build's graph into a store, so that its readers see the old graph or the new one.

1. What the graph holds is compared with the build; where it is the same, nothing is sent.
2. The statements go in chunks to a *staging graph*, whose name holds the hash of the build and the
   size of the chunks. So a second run knows what an interrupted one has left behind: as many
   statements as are counted there, rounded down to a whole chunk, are not sent again. A chunk sent
   twice changes nothing, for a graph is a set and the build has no blank nodes.
3. The staging graph is counted, read back and compared with the build. Records that differ are sent
   once more; if that does not help, the staging graph is dropped and the old graph stays.
4. One update brings it to the place of the graph. As a rule that is ``MOVE`` (in Virtuoso 7.2,
   readers saw the old or the new graph), which is never sent twice without looking: the second
   would put an emptied staging graph in the graph's place (measured in Virtuoso). Oxigraph, whose
   updates are transactions, takes what is not in the staging graph away and adds what is new,
   which is faster there, above all when little has changed.
5. The graph is counted, read back and compared.

Nothing is kept on this machine: the state is what the store holds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import msgspec

from kg.built import Build
from kg.changes import check_graph_name
from kg.fingerprint import Fingerprint
from kg.problems import RemoteError
from kg.push.check import (
    count_statements,
    differing_names,
    differing_records,
    read_fingerprint,
    told,
)
from kg.push.chunks import chunks_of
from kg.push.store import Store, is_too_large
from kg.remote import Rejected, Unclear
from kg.vocabulary import INTERREG

__all__ = ["CHUNK_BYTES", "Progress", "Report", "push"]

CHUNK_BYTES = 4 * 1024**2
"""Bytes of a chunk; about 25 thousand statements."""
_DROPPED = 50_000
"""Statements of a staging graph that are dropped at once."""
_NO_SUCH_UPDATE = frozenset({400, 405, 415, 501})
_POLLS = 6
"""How often it is asked whether a MOVE without answer has been done."""

Progress = Callable[[int, int], None]
"""Is told how many statements are in the store, and how many there will be."""


class Report(msgspec.Struct, frozen=True):
    """What a push did.

    ``sent`` counts statements sent in this run, ``found`` those that an interrupted one had left.
    ``digest`` is the hash of the content as it was read back, empty where only numbers were
    compared. ``way`` is ``swapped``, ``replaced``, ``changed`` or ``unchanged``.
    """

    graph: str
    triples: int
    sent: int
    found: int
    way: str
    digest: str
    seconds: float


class _Gone(RemoteError):
    """The statements that a store holds are not those of the build."""


def push(
    build: Build,
    store: Store,
    *,
    graph: str | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    content: bool = True,
    put: bool = False,
    progress: Progress | None = None,
    note: Callable[[str], None] = lambda _: None,
) -> Report:
    """Make a graph of a store the graph of a build.

    Args:
        build: what is sent.
        store: where it goes.
        graph: its IRI; that of the data set if not given.
        chunk_bytes: the size of a chunk.
        content: read the graph back and compare it; else only numbers are compared.
        put: replace the graph in one request, without a staging graph.
        progress: is told how far it is.
        note: is told what goes on, for a person to read.

    Raises:
        InputError: the build cannot be used, or ``graph`` is no IRI.
        RemoteError: the store failed, or does not hold what was sent.
    """
    target = graph or build.dataset
    check_graph_name(target)
    return _Push(build, store, target, chunk_bytes, content, progress, note).run(put=put)


def _difference(source: str, target: str, before: int) -> str:
    """Return the update that makes one graph like another, in one transaction."""
    if before == 0:
        return f"ADD GRAPH <{source}> TO GRAPH <{target}>"
    here, there = (f"{{ GRAPH <{graph}> {{ ?s ?p ?o }} }}" for graph in (source, target))
    return (
        f"DELETE {there} WHERE {{ {there} FILTER NOT EXISTS {here} }} ;\n"
        f"INSERT {there} WHERE {{ {here} FILTER NOT EXISTS {there} }}"
    )


class _Push:
    def __init__(
        self,
        build: Build,
        store: Store,
        graph: str,
        chunk_bytes: int,
        content: bool,
        progress: Progress | None,
        note: Callable[[str], None],
    ) -> None:
        self._build = build
        self._store = store
        self._graph = graph
        self._prefix = f"{graph}/staging/"
        self._staging = f"{self._prefix}{build.sha256[:16]}-{chunk_bytes}"
        self._chunk_bytes = chunk_bytes
        self._content = content
        self._progress = progress
        self._note = note
        self._here = build.fingerprint()
        self._sent = 0
        self._found = 0
        self._digest = ""

    def run(self, *, put: bool) -> Report:
        began = time.monotonic()
        if self._is_there():
            way = "unchanged"
        elif put:
            self._replace()
            way = "replaced"
        else:
            self._drop(keep=self._staging)
            self._load()
            way = self._swap()
        self._drop()
        seconds = time.monotonic() - began
        return Report(
            self._graph, self._here.count, self._sent, self._found, way, self._digest, seconds
        )

    # --- what is there -------------------------------------------------------

    def _is_there(self) -> bool:
        try:
            self._verify(self._graph)
        except _Gone:
            return False
        return True

    def _verify(self, graph: str) -> None:
        """Compare a graph of the store with the build.

        Raises:
            _Gone: they differ; ``self._there`` is what was found, where it was read.
        """
        self._there: Fingerprint | None = None
        count = count_statements(self._store, graph)
        if self._content and (count == self._here.count or graph != self._graph):
            self._there = read_fingerprint(self._store, graph, count)
            if self._there.same(self._here) and count == self._here.count:
                self._digest = self._there.digest
                return
        elif count == self._here.count:
            return
        raise _Gone(
            f"The store holds {count:,} statements where the build has {self._here.count:,}"
            + (", or other ones." if count == self._here.count else "."),
            place=graph,
        )

    def _drop(self, keep: str = "") -> None:
        """Drop the staging graphs of this graph, those of other builds included."""
        rows = self._store.ask(
            "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?project a <"
            f'{INTERREG.Project}> }} FILTER(STRSTARTS(STR(?g), "{self._prefix}")) }}'
        )
        for row in rows:
            name = (row[0] or "")[1:-1]
            if name.startswith(self._prefix) and name != keep:
                if name != self._staging:
                    self._note(f"Dropping {name}, left by an earlier run.")
                self._drop_graph(name)

    def _drop_graph(self, name: str) -> None:
        if self._store.has_slow_move:
            # in Oxigraph the cost of a transaction grows faster than its size
            part = f"SELECT ?s ?p ?o WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }} LIMIT {_DROPPED}"
            for _ in range(count_statements(self._store, name) // _DROPPED):
                self._store.update(f"DELETE {{ GRAPH <{name}> {{ ?s ?p ?o }} }} WHERE {{ {part} }}")
        self._store.update(f"DROP SILENT GRAPH <{name}>", slow=True)

    # --- loading -------------------------------------------------------------

    def _load(self) -> None:
        there = count_statements(self._store, self._staging)
        done = 0
        size = self._chunk_bytes
        for chunk in chunks_of(self._build.records(), self._chunk_bytes):
            number = sum(record.count(b"\n") for record in chunk)
            if done + number <= there and self._found == done:
                self._found += number
            else:
                size = self._send(chunk, size)
                self._sent += number
            done += number
            self._tell(done)
        if self._found:
            self._note(f"{self._found:,} statements were there from an earlier run.")
        self._settle(self._staging)

    def _send(self, chunk: list[bytes], size: int) -> int:
        """Send records in requests of at most ``size`` bytes; return what the store can take."""
        waiting = list(chunks_of(chunk, size))
        while waiting:
            part = waiting.pop(0)
            try:
                self._store.add(self._staging, part)
            except (Rejected, Unclear) as error:
                if len(part) == 1 or not is_too_large(error, sum(map(len, part))):
                    raise
                size = sum(map(len, part)) // 2
                self._note(f"The store takes no {2 * size:,} bytes at once; trying half of it.")
                waiting[:0] = [part[: len(part) // 2], part[len(part) // 2 :]]
        return size

    def _settle(self, graph: str) -> None:
        """Verify the staging graph; send what differs once more, and drop it if that is no help."""
        try:
            self._verify(graph)
        except _Gone:
            self._note("The store has not kept all statements; sending those records again.")
            for chunk in chunks_of(self._differing(), self._chunk_bytes):
                self._send(chunk, self._chunk_bytes)
                self._sent += sum(record.count(b"\n") for record in chunk)
            try:
                self._verify(graph)
            except _Gone as gone:
                missing = self._missing()
                self._drop_graph(graph)
                raise RemoteError(
                    f"{gone.message} {missing} The graph is as it was.",
                    place=self._graph,
                    remedy="Look into the log of the store, and push again.",
                ) from gone

    def _differing(self) -> Iterable[bytes]:
        if self._there is None:
            return self._build.records()
        return differing_records(self._build, self._here, self._there)

    def _missing(self) -> str:
        if self._there is None:
            return "Something is missing."
        names = differing_names(self._build, self._here, self._there)
        return f"Missing or altered: {told(names)}." if names else "There are statements of others."

    # --- swapping ------------------------------------------------------------

    def _swap(self) -> str:
        before = count_statements(self._store, self._graph)
        try:
            if self._store.has_slow_move:
                # once more does no harm: the staging graph stays until the graph is verified
                self._store.update(_difference(self._staging, self._graph, before), slow=True)
            else:
                move = f"MOVE GRAPH <{self._staging}> TO GRAPH <{self._graph}>"
                self._store.update(move, slow=True, once=True)
        except Rejected as error:
            if error.status not in _NO_SUCH_UPDATE:
                raise
            self._note("The store cannot move graphs; sending the graph as a whole.")
            self._replace()
            return "replaced"
        except Unclear as error:
            if self._store.has_slow_move:
                raise
            self._wait_for_move(error, before)
        self._prove()
        return "swapped"

    def _wait_for_move(self, error: Unclear, before: int) -> None:
        """Find out whether a MOVE has been done whose answer is lost.

        Raises:
            RemoteError: it has not, as far as one can see.
        """
        for number in range(_POLLS):
            time.sleep(min(0.2 * 2**number, 5))
            if count_statements(self._store, self._staging) == 0:
                return
            if error.unsent:
                break
        raise RemoteError(
            f"{error.message} The graph has its {before:,} statements as before, and all of the "
            "new ones wait beside it.",
            place=self._graph,
            remedy="Push again when the store is idle: nothing is sent twice.",
        ) from error

    def _replace(self) -> None:
        self._tell(0)
        self._store.replace(self._graph, self._build.graph)
        self._sent += self._here.count
        self._tell(self._here.count)
        self._prove()

    def _prove(self) -> None:
        try:
            self._verify(self._graph)
        except _Gone as gone:
            if self._content and self._there is None:
                count = count_statements(self._store, self._graph)
                self._there = read_fingerprint(self._store, self._graph, count)
            raise RemoteError(
                f"The store has said that all is well, but it is not: {gone.message} "
                f"{self._missing()}",
                place=self._graph,
                remedy="Push again; look into the log of the store if that does not help.",
            ) from gone

    def _tell(self, done: int) -> None:
        if self._progress:
            self._progress(done, self._here.count)
