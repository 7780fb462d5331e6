"""Where a store hears queries, updates and graphs: derived from one address, or found by asking.

Source of the paths: the documentation of each store (Oxigraph 0.5, Virtuoso 7.2, Fuseki 5,
GraphDB 10, RDF4J 5, QLever), as of 2026.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from kg.problems import RemoteError
from kg.remote.addresses import check_address
from kg.remote.client import Client
from kg.remote.failures import Rejected
from kg.remote.sparql import RESULTS, gives_truth

__all__ = ["KINDS", "Endpoints", "find_endpoints", "find_query_endpoint"]


class Kind(NamedTuple):
    """A kind of store, and the paths of its endpoints below the address of a data set.

    ``page`` is the most rows that it gives at once, where it cuts answers without an error.
    """

    name: str
    label: str
    query: str
    update: str
    graphs: str
    page: int | None = None


KINDS = {
    kind.name: kind
    for kind in (
        Kind("oxigraph", "Oxigraph server", "query", "update", "store"),
        Kind("virtuoso", "Virtuoso", "sparql", "sparql-auth", "sparql-graph-crud-auth", 10_000),
        Kind("fuseki", "Fuseki", "query", "update", "data"),
        Kind("rdf4j", "RDF4J, GraphDB", "", "statements", "rdf-graphs/service"),
        Kind("qlever", "QLever", "", "", ""),
        Kind("generic", "any other", "", "", ""),
    )
}
"""The kinds of stores by name. Only where they differ from the standard is the name used."""


class Endpoints(NamedTuple):
    """The addresses of a store; ``None`` where it has no such endpoint."""

    kind: str
    query: str
    update: str | None
    graphs: str | None

    @property
    def page(self) -> int | None:
        """The most rows that the store gives at once, where that is known."""
        return KINDS[self.kind].page


def find_endpoints(
    client: Client,
    url: str,
    *,
    kind: str | None = None,
    query: str | None = None,
    update: str | None = None,
    graphs: str | None = None,
) -> Endpoints:
    """Return the endpoints of a store: those that are given, and the others found by asking.

    Raises:
        InputError: an address is none.
        RemoteError: the store does not answer, or nothing there answers a query.
    """
    for given in (url, query, update, graphs):
        if given is not None:
            check_address(given)
    if kind is None and query is None:
        found = _ask_around(client, url)
    else:
        known = KINDS[kind or "generic"]
        found = _derive(known, _base_of(url, known))
        if query is None and known.name == "generic" and _answers(client, url) is None:
            raise _nothing_there(url)
    if query is not None and kind is None and (update or graphs):
        # who names endpoints names all that may be written to
        found = found._replace(update=update, graphs=graphs)
    return found._replace(
        query=query or found.query,
        update=update or found.update,
        graphs=graphs or found.graphs,
    )


def find_query_endpoint(client: Client, url: str) -> str:
    """Return the address of a store that answers queries: the one given, or one below it.

    Raises:
        InputError: the address is none.
        RemoteError: the store does not answer, or nothing there answers a query.
    """
    check_address(url)
    return url if _answers(client, url) is not None else _ask_around(client, url).query


def _derive(kind: Kind, base: str) -> Endpoints:
    return Endpoints(
        kind.name,
        _join(base, kind.query),
        _join(base, kind.update),
        None if kind.name == "generic" else _join(base, kind.graphs),
    )


def _join(base: str, path: str) -> str:
    return f"{base.rstrip('/')}/{path}" if path else base


def _base_of(url: str, kind: Kind) -> str:
    """Return the address of the data set, where that of one of its endpoints was given."""
    for path in (kind.graphs, kind.update, kind.query):
        if path and urlsplit(url).path.endswith(f"/{path}"):
            return url[: -len(path)]
    return url


def _ask_around(client: Client, url: str) -> Endpoints:
    kinds = list(KINDS.values())
    if "/repositories/" in urlsplit(url).path:
        kinds = [KINDS["rdf4j"]]
    tried: dict[str, str | None] = {}
    for kind in kinds:
        found = _derive(kind, _base_of(url, kind))
        if found.query not in tried:
            tried[found.query] = _answers(client, found.query)
        server = tried[found.query]
        if server is None:
            continue
        told = _tell(client, kind, found, server)
        return _derive(told, _base_of(url, told))
    raise _nothing_there(url)


def _answers(client: Client, url: str) -> str | None:
    """Return how the server at an address calls itself if it answers a query, or None."""
    try:
        reply = client.send("GET", url, params={"query": "ASK {}"}, headers={"Accept": RESULTS})
    except Rejected as error:
        if error.status in _NOT_HERE:
            return None
        raise
    return reply.headers.get("Server", "").lower() if gives_truth(reply) else None


_NOT_HERE = frozenset({400, 404, 405, 406, 410, 415})
"""What a server answers where no endpoint is."""


def _tell(client: Client, kind: Kind, found: Endpoints, server: str) -> Kind:
    """Return the kind of a store that answers queries where stores of this kind do."""
    for name in ("oxigraph", "virtuoso"):
        if name in server:
            return KINDS[name]
    if kind.name == "oxigraph" and not _is_there(client, f"{found.graphs}?default"):
        return KINDS["fuseki"]
    return kind


def _is_there(client: Client, url: str) -> bool:
    try:
        client.send("HEAD", url)
    except Rejected as error:
        return error.status in (401, 403)
    return True


def _nothing_there(url: str) -> RemoteError:
    return RemoteError(
        "Nothing there answers a SPARQL query.",
        place=url,
        remedy="Check the address, or name the endpoints: --query-endpoint, --update-endpoint, "
        "--gsp-endpoint.",
    )
