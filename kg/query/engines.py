"""Where a query is answered: the embedded store, or rdflib for a graph that is in memory already.

An engine is one function, text in and result out. The third place is an endpoint on another
machine, in ``endpoint.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.built import NTRIPLES, STORE, parts_of
from kg.problems import InputError, QueryError
from kg.query.results import QueryResult, Statements, Table
from kg.rdf import read_rdf
from kg.store import Solutions, ask_store, memory_store, open_store
from kg.terms import iri, literal, to_ntriples

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib
    from rdflib.term import Node

__all__ = ["Engine", "check_syntax", "open_engine"]

Engine = Callable[[str], QueryResult]
"""Answers a query whose text has been checked; raises QueryError where it cannot."""

_KEYWORD = re.compile(r"[A-Z_]{2,}[0-9]*")
_SENTENCE = re.compile(r"[A-Z]\w*( \w+)+")
_NOT_HERE = {"LATERAL", "SERVICE"}
"""Keywords that the engine knows and a query here cannot have, or should not."""
_EXPECTED = 12
"""Keywords that could stand at an error; a longer list says nothing."""

_POSITION = re.compile(r"error at (\d+):(\d+): (?:expected )?(.*)", re.DOTALL)


def open_engine(on: str | Path | rdflib.Graph) -> Engine:
    """Return the engine for a build's folder, an RDF file or an rdflib graph.

    Raises:
        InputError: there is nothing that can be asked.
        StoreError: the store of the build is damaged.
    """
    if not isinstance(on, (str, Path)):
        return _rdflib_engine(on)
    store = _open(Path(on))
    return lambda text: _ask_store(store, text)


def check_syntax(text: str) -> None:
    """Check that a text is SPARQL 1.1, by asking it of nothing.

    Raises:
        QueryError: it is none; the message shows where.
    """
    _ask_store(memory_store(b"", "an empty graph"), text)


def _open(path: Path) -> pyoxigraph.Store:
    if not path.is_dir():
        if not path.exists():
            raise InputError(
                "There is no such folder or file.",
                place=str(path),
                remedy="Name a build's folder or an RDF file with --on; `kg build` makes one.",
            )
        lines = read_rdf(path)
        return memory_store(to_ntriples(lines), str(path))
    if (path / STORE).is_dir():
        return open_store(path / STORE)
    # the store is not committed or copied along everywhere; the graph itself is
    dump = path / NTRIPLES
    try:
        data = b"".join(part.read_bytes() for part in parts_of(path)) or dump.read_bytes()
        return memory_store(data, str(dump))
    except OSError as error:
        raise InputError(
            f"The folder holds neither {STORE}/ nor {NTRIPLES}.",
            place=str(path),
            remedy="Name the output folder of `kg build`.",
        ) from error


def _ask_store(store: pyoxigraph.Store, text: str) -> QueryResult:
    with _engine_errors(text):
        answer = ask_store(store, text)
        if isinstance(answer, bool):
            return answer
        if isinstance(answer, Solutions):
            return Table(answer.columns, answer.rows)
        return Statements(tuple(sorted(set(answer))))


@contextmanager
def _engine_errors(text: str) -> Iterator[None]:
    try:
        yield
    except SyntaxError as error:
        raise _syntax_error(str(error.msg), text) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"The query could not be answered: {error}.") from error


def _syntax_error(message: str, text: str) -> QueryError:
    """Return what the engine says, with the spot in the text marked by ▸."""
    found = _POSITION.match(message)
    if not found:
        return QueryError(f"This is not SPARQL 1.1: {message}.")
    number, column = int(found[1]), int(found[2])
    lines = text.split("\n")
    line = lines[number - 1] if number <= len(lines) else ""
    spot = f"{line[: column - 1][-40:].lstrip()}▸{line[column - 1 :][:40].rstrip()}"
    # beside keywords the engine lists signs and ranges of characters, which nobody reads
    expected = found[3].removeprefix("one of ").split(", ")
    keywords = [word for word in expected if _KEYWORD.fullmatch(word) and word not in _NOT_HERE]
    sentence = next((word for word in expected if _SENTENCE.fullmatch(word)), "")
    if 0 < len(keywords) <= _EXPECTED and not sentence:
        sentence = f"There could stand: {', '.join(keywords)}"
    return QueryError(
        f"This is not SPARQL 1.1 at ‹{spot}›.",
        place=f"line {number}",
        remedy=f"{sentence or 'Look for a missing term, bracket or quote just before it'}.",
    )


def _rdflib_engine(graph: rdflib.Graph) -> Engine:
    import rdflib
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    if not isinstance(graph, rdflib.Graph):
        raise InputError(
            f"A {type(graph).__name__} cannot be asked.",
            remedy="Give a build's folder, an RDF file or an rdflib.Graph.",
        )

    def answer(text: str) -> QueryResult:
        try:
            result = graph.query(translateQuery(parseQuery(text)))
            if result.type == "ASK":
                return bool(result.askAnswer)
            if result.type == "SELECT":
                rows = tuple(tuple(map(_term, row)) for row in result)  # type: ignore[arg-type]
                return Table(tuple(map(str, result.vars or ())), rows)
            triples = (" ".join(str(_term(node)) for node in row) for row in result)  # type: ignore[union-attr]
            return Statements(tuple(sorted({f"{triple} ." for triple in triples})))
        except Exception as error:
            # rdflib has no error class of its own for what goes wrong in a query
            raise QueryError(f"rdflib cannot answer this: {error}.") from error

    return answer


def _term(node: Node | None) -> str | None:
    """Return a node of rdflib as N-Triples text."""
    from rdflib.term import BNode, Literal, URIRef

    match node:
        case URIRef():
            return iri(str(node))
        case BNode():
            return f"_:{node}"
        case Literal():
            return literal(str(node), *_kind(node))
        case _:
            return None


def _kind(node: rdflib.Literal) -> tuple[str, str | None]:
    from rdflib.namespace import XSD

    return str(node.datatype or XSD.string), node.language
