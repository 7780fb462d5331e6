"""A store on another machine, as a push needs it: add, update, ask and read.

A fake for a test is as small as that; ``replace`` is for stores that cannot swap graphs.
``RemoteStore`` speaks the SPARQL 1.1 protocols: statements
go by the Graph Store Protocol where there is an endpoint for it, else as ``INSERT DATA``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol
from urllib.parse import urlencode

from kg.problems import RemoteError
from kg.remote import Client, Endpoints, Rejected, Rows, Unclear, ask_endpoint

__all__ = ["MAX_INSERTED", "RemoteStore", "Store", "is_too_large", "open_remote"]

MAX_INSERTED = 1_000
"""Statements in one ``INSERT DATA``; Virtuoso refuses 4,900 (measured)."""
_SMALL = 256 * 1024
"""Bytes that any server takes at once."""
SWAP_SECONDS = 4 * 3600.0
"""The least time that an update may take; stores need minutes to move millions of statements."""

_NTRIPLES = "application/n-triples"


class Store(Protocol):
    """What a push needs of a store. Each method raises RemoteError where it fails."""

    @property
    def page(self) -> int | None:
        """The most statements that the store gives at once; None where it gives all."""

    @property
    def has_slow_move(self) -> bool:
        """Whether adding what is new is faster than ``MOVE``, and one transaction as well."""

    def add(self, graph: str, records: Sequence[bytes]) -> None:
        """Add the statements of records to a graph; those that are there stay as they are."""

    def update(self, text: str, *, slow: bool = False, once: bool = False) -> None:
        """Run a SPARQL update, or nothing of it.

        ``slow`` where all of a graph is moved, ``once`` where a second time would do harm.
        """

    def ask(self, query: str) -> list[tuple[str | None, ...]]:
        """Return the rows of a SELECT."""

    def read(self, query: str) -> Iterator[str]:
        """Yield the statements of a CONSTRUCT as they come."""

    def replace(self, graph: str, path: Path) -> None:
        """Put the statements of a file in the place of a graph."""


class RemoteStore:
    """A store behind the endpoints of the SPARQL 1.1 protocols."""

    def __init__(self, client: Client, endpoints: Endpoints) -> None:
        self.endpoints = endpoints
        self._client = client

    @property
    def page(self) -> int | None:
        """The most statements that the store gives at once."""
        return self.endpoints.page

    @property
    def has_slow_move(self) -> bool:
        """Whether this is Oxigraph: a MOVE of 200 thousand statements 15 s, ADD and DROP 8 s."""
        return self.endpoints.kind == "oxigraph"

    def add(self, graph: str, records: Sequence[bytes]) -> None:
        """Add the statements of records to a graph."""
        if self.endpoints.graphs is None:
            for statements in _grouped(records, MAX_INSERTED):
                data = b"".join(statements).decode()
                self.update(f"INSERT DATA {{ GRAPH <{graph}> {{\n{data}}} }}")
            return
        params = {"graph": graph}
        if self.endpoints.kind == "oxigraph":
            # its bulk loader, twice as fast; that a chunk may be stored in part is dealt with here
            params["no_transaction"] = "true"
        reply = self._client.send(
            "POST",
            self.endpoints.graphs,
            params=params,
            headers={"Content-Type": _NTRIPLES, "Accept": "*/*"},
            body=b"".join(records),
        )
        _check_not_a_page(reply.media_type, reply.body, self.endpoints.graphs)

    def replace(self, graph: str, path: Path) -> None:
        """Put the statements of a file in the place of a graph, in one request."""
        if self.endpoints.graphs is None:
            raise RemoteError(
                "The store has no endpoint of the Graph Store Protocol.",
                place=self.endpoints.query,
                remedy="Name it with --gsp-endpoint.",
            )
        self._client.send(
            "PUT",
            self.endpoints.graphs,
            params={"graph": graph},
            headers={"Content-Type": _NTRIPLES, "Accept": "*/*"},
            body=path,
            timeout=max(self._client.timeout, SWAP_SECONDS),
        )

    def update(self, text: str, *, slow: bool = False, once: bool = False) -> None:
        """Run a SPARQL update."""
        if self.endpoints.update is None:
            raise RemoteError(
                "The store has no endpoint for updates.",
                place=self.endpoints.query,
                remedy="Name it with --update-endpoint, or replace the graph at once with --put.",
            )
        reply = self._client.send(
            "POST",
            self.endpoints.update,
            headers={"Content-Type": "application/sparql-update", "Accept": "*/*"},
            body=text.encode(),
            timeout=max(self._client.timeout, SWAP_SECONDS) if slow else None,
            retry=not once,
        )
        _check_not_a_page(reply.media_type, reply.body, self.endpoints.update)

    def ask(self, query: str) -> list[tuple[str | None, ...]]:
        """Return the rows of a SELECT."""
        answer = ask_endpoint(self._client, self.endpoints.query, query)
        return list(answer.terms) if isinstance(answer, Rows) else []

    def read(self, query: str) -> Iterator[str]:
        """Yield the statements of a CONSTRUCT as they come."""
        with self._client.stream(
            "POST",
            self.endpoints.query,
            headers={
                "Accept": "application/n-triples",
                "Content-Type": "application/x-www-form-urlencoded",
            },
            body=urlencode({"query": query}).encode(),
        ) as (headers, lines):
            media_type = headers.get("Content-Type", "").partition(";")[0].strip().lower()
            if media_type not in _LINES:
                raise RemoteError(
                    f"The server answers with {media_type or 'no media type'} and not with "
                    "N-Triples, so the graph cannot be checked.",
                    place=self.endpoints.query,
                    remedy="Check the address; --verify count compares numbers only.",
                )
            for line in lines:
                if line.strip() and not line.startswith(b"#"):
                    yield line.decode()


_LINES = frozenset({"application/n-triples", "text/ntriples", "text/plain"})


def open_remote(client: Client, endpoints: Endpoints) -> RemoteStore:
    """Return the store behind some endpoints."""
    return RemoteStore(client, endpoints)


def is_too_large(error: Rejected | Unclear, size: int) -> bool:
    """Tell whether a store may take a part of what it has not taken."""
    if isinstance(error, Rejected):
        return error.status == 413
    # some servers close the connection before they have read a large body, and no answer arrives
    return error.cut and size > _SMALL


def _grouped(records: Sequence[bytes], most: int) -> list[list[bytes]]:
    """Return records in groups of at most ``most`` statements; a larger record stays whole."""
    groups: list[list[bytes]] = []
    number = most
    for record in records:
        size = record.count(b"\n")
        if number + size > most:
            groups.append([])
            number = 0
        groups[-1].append(record)
        number += size
    return groups


def _check_not_a_page(media_type: str, body: bytes, url: str) -> None:
    """Refuse a success that comes as a web page: that of a log-in, as a rule."""
    if "html" in media_type and b"<form" in body.lower():
        raise RemoteError(
            "The server answers with an HTML page and not as a store does.",
            place=url,
            remedy="Check the address; perhaps one has to log in first.",
        )
