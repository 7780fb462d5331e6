"""The SPARQL 1.1 protocol as a reader uses it: a query goes out, rows or statements come in.

Source: SPARQL 1.1 Protocol, SPARQL 1.1 Query Results JSON Format. Terms are N-Triples text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

import msgspec

from kg.problems import RemoteError, printable, shorten
from kg.remote.client import MAX_REPLY, Client, Reply
from kg.terms import iri, literal
from kg.vocabulary import XSD

__all__ = ["RESULTS", "RdfAnswer", "Rows", "ask_endpoint", "gives_truth"]

RESULTS = "application/sparql-results+json"
STATEMENTS = "application/n-triples, text/turtle;q=0.5"
MAX_ADDRESS = 1_500
"""Longer queries go in the body of a request and not in its address."""


class Rows(NamedTuple):
    """The answer to a SELECT: columns, and rows of terms as N-Triples text."""

    columns: tuple[str, ...]
    terms: tuple[tuple[str | None, ...], ...]


class RdfAnswer(NamedTuple):
    """The answer to a CONSTRUCT or DESCRIBE: RDF of some media type, as it came."""

    media_type: str
    data: bytes


class _Term(msgspec.Struct):
    type: str
    value: str
    datatype: str | None = None
    language: str | None = msgspec.field(name="xml:lang", default=None)


class _Head(msgspec.Struct):
    vars: tuple[str, ...] = ()


class _Results(msgspec.Struct):
    bindings: list[dict[str, _Term]]


class _Answer(msgspec.Struct):
    head: _Head = msgspec.field(default_factory=_Head)
    boolean: bool | None = None
    results: _Results | None = None


def ask_endpoint(
    client: Client,
    url: str,
    query: str,
    *,
    form: str = "SELECT",
    graph: str | None = None,
    limit: int = MAX_REPLY,
) -> Rows | RdfAnswer | bool:
    """Return the answer of an endpoint. ``graph`` is the one to be asked; its default otherwise.

    Raises:
        RemoteError: the endpoint does not answer, answers something else, or not in full.
    """
    fields = {"query": query} | ({"default-graph-uri": graph} if graph else {})
    rows = form in ("SELECT", "ASK")
    headers = {"Accept": RESULTS if rows else STATEMENTS}
    short = len(urlencode(fields)) <= MAX_ADDRESS
    reply = client.send(
        "GET" if short else "POST",
        url,
        params=fields if short else None,
        body=b"" if short else urlencode(fields).encode(),
        headers=headers if short else headers | {"Content-Type": _FORM},
        limit=limit,
    )
    answer = _parse_results(reply, url) if rows else _check_statements(reply, url)
    _check_whole(answer, reply.headers, url)
    return answer


def gives_truth(reply: Reply) -> bool:
    """Tell whether an answer is that to an ASK."""
    try:
        return isinstance(_parse_results(reply, reply.url), bool)
    except RemoteError:
        return False


_FORM = "application/x-www-form-urlencoded"


def _parse_results(reply: Reply, url: str) -> Rows | bool:
    if reply.media_type not in (RESULTS, "application/json"):
        raise _not_an_answer(reply, url)
    try:
        answer = msgspec.json.decode(reply.body, type=_Answer)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _not_an_answer(reply, url) from error
    if answer.boolean is not None:
        return answer.boolean
    if answer.head.vars == (_ASKED,) and answer.results is not None:
        return any(row[_ASKED].value == "1" for row in answer.results.bindings)
    if answer.results is None:
        raise _not_an_answer(reply, url)
    columns = answer.head.vars
    try:
        terms = tuple(
            tuple(_term(row[name]) if name in row else None for name in columns)
            for row in answer.results.bindings
        )
        return Rows(tuple(_part(_NAME, name) for name in columns), terms)
    except _Malformed as error:
        shown = printable(shorten(reply.hide(str(error))))
        raise RemoteError(
            f"The server answers with what is no RDF: ‹{shown}›.",
            place=url,
            remedy="Ask those who run the endpoint; the data there is damaged.",
        ) from error


_ASKED = "__ASK_RETVAL"
"""The column in which Virtuoso 7.2 gives the answer to an ASK."""


class _Malformed(ValueError):
    """A part of an answer that cannot stand in RDF, which is its text."""


_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*')
"""An absolute IRI as RFC 3987 has it, such as ``a:``; who names one to us has to say more of it."""
_LANGUAGE = re.compile(r"[A-Za-z]+(?:-[A-Za-z0-9]+)*")
_LABEL = re.compile(r"\w(?:[\w.·-]*[\w·-])?")
_NAME = re.compile(r"[\w·‿⁀-]+")
"""A name of a column; Virtuoso has ``callret-0`` for one that the query does not name."""


def _part(form: re.Pattern[str], text: str) -> str:
    if not form.fullmatch(text):
        raise _Malformed(text)
    return text


def _term(term: _Term) -> str:
    if term.type == "uri":
        return iri(_part(_IRI, term.value))
    if term.type == "bnode":
        label = term.value.removeprefix("_:").replace(":", "-").replace("/", "-")
        return f"_:{_part(_LABEL, label)}"
    if term.type not in ("literal", "typed-literal"):
        raise _Malformed(term.type)
    datatype = _part(_IRI, term.datatype) if term.datatype else XSD.string
    language = _part(_LANGUAGE, term.language) if term.language else None
    return literal(term.value, datatype, language)


def _check_statements(reply: Reply, url: str) -> RdfAnswer:
    if reply.media_type not in _STATEMENT_TYPES:
        raise _not_an_answer(reply, url)
    return RdfAnswer(_STATEMENT_TYPES[reply.media_type], reply.body)


_STATEMENT_TYPES = {
    "application/n-triples": "application/n-triples",
    "text/ntriples": "application/n-triples",
    "text/plain": "application/n-triples",
    "text/turtle": "text/turtle",
    "application/x-turtle": "text/turtle",
}


def _check_whole(answer: Rows | RdfAnswer | bool, headers: Mapping[str, str], url: str) -> None:
    """Refuse an answer that the server has cut without saying so in its body."""
    if headers.get("X-SQL-State") == "S1TAT":
        raise RemoteError(
            "The server ran out of the time that it allows, and has given a part of the answer.",
            place=url,
            remedy="Ask for less, or let the server take more time.",
        )
    stated = headers.get("X-SPARQL-MaxRows", "")
    if not stated.isdigit() or isinstance(answer, bool):
        return
    number = len(answer.terms) if isinstance(answer, Rows) else answer.data.count(b"\n")
    if number >= int(stated):
        raise RemoteError(
            f"The server gives {int(stated):,} rows at most and has cut the answer.",
            place=url,
            remedy="Ask for less, or let the server give more (Virtuoso: ResultSetMaxRows).",
        )


def _not_an_answer(reply: Reply, url: str) -> RemoteError:
    kind = "an HTML page" if "html" in reply.media_type else reply.media_type or "no media type"
    # a server that fails half-way writes why at the end
    begun = reply.media_type == RESULTS
    data = reply.body[-200:] if begun else reply.body[:200]
    kind = "half an answer" if begun else kind
    shown = shorten(printable(reply.hide(data.decode("utf-8", "replace"))), 200)
    return RemoteError(
        f"The server answers {reply.status} with {kind} and not with SPARQL results (‹{shown}›).",
        place=url,
        remedy="Check that the address is that of a SPARQL endpoint, and not of its page or of a "
        "log-in.",
    )
