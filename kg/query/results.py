"""What a query gives: a table, statements, or true or false; and the formats it is written in.

A term travels as its N-Triples text, which every engine can give, and becomes a Python value only
when somebody asks for one. Source of the formats: SPARQL 1.1 Query Results CSV and TSV Formats;
SPARQL 1.1 Query Results JSON Format.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kg.problems import QueryError, printable, shorten
from kg.serialisation import JsonLdWriter, TurtleWriter
from kg.terms import parse_literal, split_line
from kg.vocabulary import PREFIXES, RDF_TYPE, XSD

if TYPE_CHECKING:
    import rdflib

__all__ = [
    "FORMATS",
    "QueryResult",
    "ResultFormat",
    "Statements",
    "Table",
    "Value",
    "to_value",
    "write_result",
]

Value = str | int | Decimal | bool | date | None
"""A value in Python: IRIs and texts are ``str``, amounts ``Decimal``; ``None`` is not there."""

_SHOWN = 80
"""Characters of a cell that a table on the screen shows."""


class Table(msgspec.Struct, frozen=True, tag="table"):
    """The answer to a SELECT: columns, and rows of terms as N-Triples text (None: no value)."""

    columns: tuple[str, ...]
    terms: tuple[tuple[str | None, ...], ...]

    @property
    def rows(self) -> list[tuple[Value, ...]]:
        """The rows as Python values."""
        return [tuple(map(to_value, row)) for row in self.terms]

    @property
    def records(self) -> list[dict[str, Value]]:
        """The rows as dictionaries by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def __len__(self) -> int:
        return len(self.terms)

    def to_csv(self) -> str:
        """Return the table as CSV: values as they are, lines end in CR LF."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows([map(_lexical, row) for row in self.terms])
        return text.getvalue()

    def to_json(self) -> str:
        """Return the table as SPARQL results JSON, which keeps types and languages."""
        bindings = [
            {
                name: _json_term(term)
                for name, term in zip(self.columns, row, strict=True)
                if term is not None
            }
            for row in self.terms
        ]
        return _json({"head": {"vars": self.columns}, "results": {"bindings": bindings}})

    def shown(self, base: str = "") -> list[list[str]]:
        """Return the rows as a person reads them.

        IRIs are relative to ``base`` or have a prefix, amounts have thousands separators, long
        texts are cut, and no character can steer a terminal.
        """
        return [[_shown(term, base) for term in row] for row in self.terms]


class Statements(msgspec.Struct, frozen=True, tag="statements"):
    """The answer to a CONSTRUCT or DESCRIBE: N-Triples lines, sorted and without repetition.

    ``prefixes`` are those of the query, for the formats that have any.
    """

    lines: tuple[str, ...]
    prefixes: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self.lines)

    def graph(self) -> rdflib.Graph:
        """Return the statements as an rdflib graph."""
        import rdflib

        return rdflib.Graph().parse(data=self.to_ntriples(), format="nt")

    def to_ntriples(self) -> str:
        """Return the statements as N-Triples."""
        return "".join(f"{line}\n" for line in self.lines)

    def to_turtle(self) -> str:
        """Return the statements as Turtle."""
        writer = TurtleWriter(self._used_prefixes())
        return writer.head() + writer.block(sorted(self.lines, key=_turtle_order))

    def to_jsonld(self) -> str:
        """Return the statements as JSON-LD."""
        # a blank node is put in brackets like an IRI, for that is how its name reads in JSON-LD
        triples = [tuple(map(_bracketed, split_line(line))) for line in self.lines]
        predicates = dict.fromkeys(predicate[1:-1] for _, predicate, _ in triples)
        prefixes = self._used_prefixes()
        context: dict[str, object] = {"id": "@id", "type": "@type", **prefixes}
        for iri in predicates.keys() - {RDF_TYPE}:
            context[_compact(iri, prefixes)] = {"@id": iri}
        writer = JsonLdWriter(dict(sorted(context.items())))
        nodes = writer.block(" ".join((*triple, ".")) for triple in triples)
        return writer.head() + ",".join(f"\n{node}" for node in nodes) + writer.tail()

    def _used_prefixes(self) -> dict[str, str]:
        text = "".join(self.lines)
        known = PREFIXES | self.prefixes
        return {name: iri for name, iri in known.items() if name and f"<{iri}" in text}


QueryResult = Table | Statements | bool
"""What a query gives: SELECT a table, CONSTRUCT and DESCRIBE statements, ASK true or false."""


def to_value(term: str | None) -> Value:
    """Return a term as a Python value; a literal that breaks its datatype stays text."""
    if term is None:
        return None
    literal = parse_literal(term)
    if literal is None:
        return _lexical(term)
    convert = _CONVERSIONS.get(literal.datatype)
    try:
        return convert(literal.value) if convert else literal.value
    except (ValueError, InvalidOperation):
        return literal.value


_CONVERSIONS: dict[str, Callable[[str], Value]] = {
    XSD.integer: int,
    XSD.decimal: Decimal,
    XSD.date: date.fromisoformat,
    XSD.boolean: lambda text: text in ("true", "1"),
}


def _lexical(term: str | None) -> str:
    if term is None:
        return ""
    literal = parse_literal(term)
    if literal:
        return literal.value
    return term[1:-1] if term[0] == "<" else term


def _json_term(term: str) -> dict[str, str]:
    literal = parse_literal(term)
    if literal is None:
        iri = term[0] == "<"
        return {"type": "uri", "value": term[1:-1]} if iri else {"type": "bnode", "value": term[2:]}
    entry = {"type": "literal", "value": literal.value}
    if literal.language:
        entry["xml:lang"] = literal.language
    elif literal.datatype != XSD.string:
        entry["datatype"] = literal.datatype
    return entry


def _shown(term: str | None, base: str) -> str:
    text = _lexical(term)
    if term and term[0] == "<":
        text = _compact(text)
        text = text[len(base) :] if base and text.startswith(base) else text
    elif isinstance(value := to_value(term), Decimal):
        text = f"{value:,f}"
    return shorten(printable(text), _SHOWN)


def _compact(iri: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace) and iri[len(namespace) :].replace("-", "").isalnum():
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _bracketed(term: str) -> str:
    return f"<{term}>" if term.startswith("_:") else term


def _turtle_order(line: str) -> tuple[str, bool, str]:
    """Sort by subject, and put its types first."""
    subject, predicate, _ = split_line(line)
    return subject, predicate != f"<{RDF_TYPE}>", line


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"


class ResultFormat(NamedTuple):
    """A format of results: its name, media type, and a writer for each kind that it can hold."""

    name: str
    media_type: str
    table: Callable[[Table], str] | None = None
    statements: Callable[[Statements], str] | None = None
    truth: Callable[[bool], str] | None = None


def _truth(value: bool) -> str:
    return "true\n" if value else "false\n"


FORMATS: Mapping[str, ResultFormat] = {
    entry.name: entry
    for entry in (
        ResultFormat("csv", "text/csv", table=Table.to_csv, truth=_truth),
        ResultFormat(
            "json",
            "application/sparql-results+json",
            table=Table.to_json,
            truth=lambda value: _json({"head": {}, "boolean": value}),
        ),
        ResultFormat("ttl", "text/turtle", statements=Statements.to_turtle),
        ResultFormat("nt", "application/n-triples", statements=Statements.to_ntriples),
        ResultFormat("jsonld", "application/ld+json", statements=Statements.to_jsonld),
    )
}
"""The formats of results by name; the table on a screen is the command line's own."""


def write_result(result: QueryResult, name: str) -> str:
    """Return a result in a format.

    Raises:
        QueryError: that kind of result cannot be written in it.
    """
    entry = FORMATS[name]
    text = None
    if isinstance(result, Table):
        kind, text = "rows", entry.table and entry.table(result)
    elif isinstance(result, Statements):
        kind, text = "statements", entry.statements and entry.statements(result)
    else:
        kind, text = "true or false", entry.truth and entry.truth(result)
    if text is None:
        raise QueryError(
            f"The query gives {kind}, which {name} cannot hold.", remedy=_other_formats(result)
        )
    return text


def _other_formats(result: QueryResult) -> str:
    kind = "table" if isinstance(result, Table) else "statements"
    kind = "truth" if isinstance(result, bool) else kind
    names = [name for name, entry in FORMATS.items() if getattr(entry, kind)]
    return f"Formats for it: {', '.join(names)}."
