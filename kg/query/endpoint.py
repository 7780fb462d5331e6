"""A SPARQL endpoint on another machine, asked as the embedded store is.

The same text goes there, with parameters and prefixes in it, and the answer takes the same form. A
store that spells a value in its own way (Virtuoso: ``1`` for ``true``) is put right, so that the
answers are equal wherever they come from.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from kg.fingerprint import canonical_line, canonical_term
from kg.problems import KgError, RemoteError
from kg.query.results import QueryResult, Statements, Table
from kg.rdf import by_media_type, parse_rdf
from kg.settings import DEFAULT_BASE
from kg.vocabulary import INTERREG

if TYPE_CHECKING:
    from kg.remote import Client, RdfAnswer, Rows

__all__ = ["MAX_ANSWER", "TIMEOUT", "Endpoint"]

TIMEOUT = 300.0
"""Seconds that a query may take where nothing else is said."""
MAX_ANSWER = 256 * 1024**2
"""Bytes of an answer."""


class Endpoint:
    """An endpoint and the graph there that is asked.

    ``graph`` is its IRI. If none is given, it is ``own`` where the endpoint has projects there, and
    the default graph otherwise: some stores leave that empty unless told (Oxigraph). ``base`` is
    what relative IRIs of queries are relative to.

    Raises:
        RemoteError: nothing at the address answers queries.
    """

    def __init__(
        self,
        client: Client,
        url: str,
        *,
        graph: str | None = None,
        own: str | None = None,
        base: str = DEFAULT_BASE,
        limit: int = MAX_ANSWER,
    ) -> None:
        from kg.remote import find_query_endpoint

        self._client = client
        self._limit = limit
        self.url = find_query_endpoint(client, url)
        self.graph = graph
        self.base = base
        if graph is None and own is not None:
            found = self._send(f"ASK {{ ?project a <{INTERREG.Project}> }}", "ASK", own)
            self.graph = own if found is True else None

    def ask(self, text: str, form: str, timeout: float | None = None) -> QueryResult:
        """Return the answer to a query of that form (SELECT, ASK …).

        Raises:
            RemoteError: the endpoint does not answer in time, or not with a whole answer.
        """
        seconds = TIMEOUT if timeout is None else timeout
        answers: list[QueryResult | KgError] = []
        # a thread, because a server that sends a byte now and then breaks no limit of a socket
        asking = threading.Thread(target=self._ask, args=(text, form, answers), daemon=True)
        asking.start()
        asking.join(seconds)
        if not answers:
            raise RemoteError(
                f"The endpoint had not answered after {seconds:g} seconds.",
                place=self.url,
                remedy="Ask for less, or give it more time with --timeout.",
            )
        (answer,) = answers
        if isinstance(answer, KgError):
            raise answer
        return answer

    def _ask(self, text: str, form: str, answers: list[QueryResult | KgError]) -> None:
        try:
            answers.append(self._result(self._send(text, form, self.graph)))
        except KgError as error:
            answers.append(error)
        except Exception as error:
            failure = RemoteError(f"The answer cannot be read: {error}.", place=self.url)
            failure.__cause__ = error
            answers.append(failure)

    def _send(self, text: str, form: str, graph: str | None) -> Rows | RdfAnswer | bool:
        from kg.remote import ask_endpoint

        return ask_endpoint(self._client, self.url, text, form=form, graph=graph, limit=self._limit)

    def _result(self, answer: Rows | RdfAnswer | bool) -> QueryResult:
        from kg.remote import Rows

        if isinstance(answer, bool):
            return answer
        if isinstance(answer, Rows):
            rows = (
                tuple(None if term is None else canonical_term(term) for term in row)
                for row in answer.terms
            )
            return Table(answer.columns, tuple(rows))
        fmt = by_media_type(answer.media_type)
        if fmt is None:
            raise RemoteError(f"The format {answer.media_type} is not known.", place=self.url)
        lines = parse_rdf(answer.data, fmt, place=self.url, base=self.url)
        return Statements(tuple(sorted({canonical_line(line) for line in lines})))
