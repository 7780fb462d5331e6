"""One call from a query and its parameters to a result."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kg.built import data_base
from kg.problems import QueryError
from kg.query.endpoint import Endpoint
from kg.query.engines import check_syntax, open_engine
from kg.query.library import NamedQuery, find_query, parse_query
from kg.query.parameters import bind
from kg.query.results import QueryResult, Statements
from kg.query.syntax import add_prologue, is_sparql
from kg.settings import DEFAULT_BASE

if TYPE_CHECKING:
    import rdflib

__all__ = ["prepare_query", "run_query"]

MAX_SECONDS = 86_400
"""The longest time limit of a query: a day."""


def run_query(
    query: str | NamedQuery,
    on: str | Path | rdflib.Graph | Endpoint = "output",
    parameters: Mapping[str, object] | None = None,
    *,
    timeout: float | None = None,
) -> QueryResult:
    """Return the answer to a query.

    Args:
        query: the name of a query in the library, SPARQL text, or a query from
            :func:`~kg.query.find_query` or :func:`~kg.query.parse_query`.
        on: a build's folder, an RDF file, an rdflib graph, or an endpoint on another machine.
        parameters: values by name, as text or as Python values.
        timeout: seconds after which the query is ended; it then runs in a process of its own.

    Raises:
        QueryError: the query or a parameter cannot be used, or it took too long.
        InputError: there is nothing that can be asked.
        StoreError: the store of the build is damaged.
        RemoteError: the endpoint does not answer, or not in full.
    """
    if isinstance(query, str):
        query = parse_query(query) if is_sparql(query) else find_query(query)
    base = on.base if isinstance(on, Endpoint) else data_base(on)
    text = prepare_query(query, parameters or {}, base)
    result = _ask(text, query, on, timeout)
    if isinstance(result, Statements):
        return msgspec.structs.replace(result, prefixes=query.outline.declared)
    return result


def _ask(
    text: str, query: NamedQuery, on: str | Path | rdflib.Graph | Endpoint, timeout: float | None
) -> QueryResult:
    if isinstance(on, Endpoint):
        return _ask_endpoint(text, query, on, timeout)
    if timeout is None:
        return open_engine(on)(text)
    if not 0 < timeout <= MAX_SECONDS:
        raise QueryError(f"The time limit is {timeout} seconds.", remedy="State up to one day.")
    if not isinstance(on, (str, Path)):
        raise QueryError("A time limit needs a folder or a file to ask, not a graph in memory.")
    from kg.query.child import ask_in_child

    return ask_in_child(text, Path(on), timeout)


def _ask_endpoint(text: str, query: NamedQuery, on: Endpoint, timeout: float | None) -> QueryResult:
    """Return the answer of an endpoint; what it refuses is judged here as well.

    It is asked first, for stores know more than SPARQL 1.1 (functions of their own, shorter forms).
    Where it answers 400 and the engine here cannot read the query either, the query is at fault.
    One that calls other machines is not judged, as the engine would call them.

    Raises:
        QueryError: the query is no SPARQL.
        RemoteError: the endpoint does not answer, or not in full.
    """
    from kg.remote import Rejected

    try:
        return on.ask(text, query.form, timeout)
    except Rejected as error:
        if error.status == HTTPStatus.BAD_REQUEST and not query.outline.calls:
            check_syntax(text)
        raise


def prepare_query(
    query: NamedQuery, parameters: Mapping[str, object], base: str = DEFAULT_BASE
) -> str:
    """Return the text that goes to an engine: checked, with its parameters, prefixes and base.

    Raises:
        QueryError: a parameter or a prefix cannot be used.
    """
    text, outline, place = query.text, query.outline, query.name
    if parameters:
        text = bind(text, outline, query.parameters, parameters, place=place)
    return add_prologue(text, outline, base, place=place)
