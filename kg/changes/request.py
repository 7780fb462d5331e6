"""Statements that go and come → the text of one SPARQL Update.

Source: SPARQL 1.1 Update, section 3.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.changes.places import MOVES, Move, part_moves
from kg.changes.prefixes import Prefixes
from kg.terms import as_sparql, split_line

__all__ = ["count_moved", "update_text"]


def update_text(
    removed: Iterable[str],
    added: Iterable[str],
    graph: str | None,
    prefixes: Prefixes | None = None,
) -> str:
    """Return the update that deletes some statements of a graph and inserts others.

    It leaves the same graph however often it is sent. Statements that moved are one operation with
    a row for each, a tenth of what they are as statements.

    Args:
        removed: lines of N-Triples without line ends.
        added: such lines; none is among those removed.
        graph: the IRI of a named graph; the default graph if not given.
        prefixes: short names that have been declared before; if not given, the text begins with its
            own, which Oxigraph takes at the beginning of a request only (measured).
    """
    moves, gone, come = part_moves(removed, added)
    statements = [split_line(line) for line in (*gone, *come)]
    prologue = ""
    if prefixes is None:
        prefixes = Prefixes.of(term for row in (*statements, *moves) for term in row)
        prologue = prefixes.prologue
    parts = [
        _data("DELETE", statements[: len(gone)], prefixes, graph),
        _data("INSERT", statements[len(gone) :], prefixes, graph),
        _moved(moves, prefixes, graph),
    ]
    return prologue + " ;\n".join(filter(None, parts))


def count_moved(moves: Sequence[Move], graph: str) -> str:
    """Return the query that counts how many of these moves a named graph has, as ``?found``."""
    rows = [(move.subject, move.new) for move in moves]
    prefixes = Prefixes.of(term for row in rows for term in row)
    values = "\n".join(_row(row, prefixes) for row in rows)
    pattern = _within(f"?thing {MOVES} ?place", graph)
    return (
        f"{prefixes.prologue}SELECT (COUNT(*) AS ?found) WHERE {{\n"
        f"VALUES (?thing ?place) {{\n{values}\n}}\n{pattern} }}"
    )


def _data(
    verb: str, statements: Sequence[tuple[str, str, str]], prefixes: Prefixes, graph: str | None
) -> str:
    if not statements:
        return ""
    body = "".join(f"{line}\n" for line in _lines(statements, prefixes))
    return f"{verb} DATA {{\n{_within(body, graph)}}}"


def _lines(statements: Iterable[tuple[str, str, str]], prefixes: Prefixes) -> Iterator[str]:
    """Yield statements as SPARQL, those of one subject together."""
    subject = ""
    pending = ""
    for about, predicate, term in statements:
        said = f"{prefixes.short(predicate)} {as_sparql(prefixes.short(term))}"
        if about == subject:
            pending += f" ; {said}"
            continue
        if pending:
            yield f"{pending} ."
        subject, pending = about, f"{prefixes.short(about)} {said}"
    yield f"{pending} ."


def _moved(moves: Sequence[Move], prefixes: Prefixes, graph: str | None) -> str:
    if not moves:
        return ""
    rows = "\n".join(_row(move, prefixes) for move in moves)
    old, new = (_within(f"?thing {MOVES} ?{place}", graph) for place in ("old", "new"))
    return (
        f"DELETE {{ {old} }}\nINSERT {{ {new} }}\n"
        f"WHERE {{ VALUES (?thing ?old ?new) {{\n{rows}\n}} }}"
    )


def _row(terms: Iterable[str], prefixes: Prefixes) -> str:
    return f"({' '.join(map(prefixes.short, terms))})"


def _within(pattern: str, graph: str | None) -> str:
    return pattern if graph is None else f"GRAPH <{graph}> {{ {pattern} }}"
