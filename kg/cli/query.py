"""``kg query``: ask the graph a named query, a file, or a text."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.arguments import FilePath, given_names, refuse_beside
from kg.cli.presentation import echo_table
from kg.cli.remote import make_client, remote_options
from kg.problems import QueryError, printable
from kg.signals import handled

if TYPE_CHECKING:
    from kg.query import Endpoint, NamedQuery, QueryResult

__all__ = ["command"]

SILENCE = 300.0
"""Seconds that an endpoint may be silent where no time limit is given."""

FORMATS = ("table", "csv", "json", "ttl", "nt", "jsonld")

OF_ENDPOINTS = ("graph", "allow_service", "max_size", "ca", "insecure_http", "retries")
"""Parameters that say how an endpoint is asked."""

EPILOG = """\b
Examples:
  kg query lead-partners-by-country
  kg query project-partners -p id=Alpen013 --format csv
  kg query my-question.rq --on graph.ttl
  kg query 'SELECT ?p { ?p a interreg:Project }'
  kg query budget-by-theme --endpoint http://localhost:7878"""


@click.command("query", epilog=EPILOG)
@click.argument("query", required=False)
@click.option(
    "--on",
    type=FilePath(),
    default="output",
    show_default=True,
    help="Folder of a build, or an RDF file.",
)
@click.option(
    "--parameter",
    "-p",
    "pairs",
    multiple=True,
    metavar="NAME=VALUE",
    help="Value of a parameter; can be given several times.",
)
@click.option(
    "--format",
    "-f",
    "format_name",
    type=click.Choice(FORMATS),
    help="Default: table for rows, ttl for statements.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="End the query after this time.",
)
@click.option("--endpoint", metavar="URL", help="Ask a store on another machine.")
@click.option("--graph", metavar="IRI", help="Graph to ask there; default: that of the data set.")
@click.option("--allow-service", is_flag=True, help="Let the endpoint call others (SERVICE).")
@click.option(
    "--max-size",
    type=click.FloatRange(min=0.001, max=4096),
    metavar="MB",
    default=256,
    show_default=True,
    help="Largest answer of an endpoint.",
)
@remote_options
@click.option("--list", "listing", is_flag=True, help="List the named queries.")
@click.option("--show", metavar="NAME", help="Print the text of a named query.")
@click.option("--quiet", "-q", is_flag=True, help="Print the result and nothing else.")
@click.pass_context
def command(
    ctx: click.Context,
    query: str | None,
    on: Path,
    pairs: tuple[str, ...],
    format_name: str | None,
    timeout: float | None,
    endpoint: str | None,
    graph: str | None,
    allow_service: bool,
    max_size: float,
    ca: Path | None,
    insecure_http: bool,
    retries: int,
    listing: bool,
    show: str | None,
    quiet: bool,
) -> None:
    """Ask the graph.

    QUERY is the name of a query in the library (--list), a file with SPARQL, SPARQL text, or - for
    standard input. The usual prefixes need no declaration.
    """  # fmt: skip
    from kg import iris
    from kg.built import data_base
    from kg.query import Endpoint, find_query, run_query

    if listing:
        refuse_beside(ctx, "--list", "quiet")
        _echo_list()
    elif show is not None:
        refuse_beside(ctx, "--show", "quiet")
        click.echo(find_query(show).text, nl=False)
    elif query is None:
        raise click.UsageError("Name a query, or see --list.")
    else:
        lonely = given_names(ctx, OF_ENDPOINTS) if endpoint is None else []
        if lonely:
            raise click.UsageError(f"{lonely[0]} goes with --endpoint.")
        found = _find(query, allow_service=allow_service)
        asked: Path | Endpoint = on
        # the engine would not hear of Ctrl-C otherwise
        with handled(signal.SIGINT, signal.SIG_DFL):
            if endpoint is not None:
                client = make_client(
                    endpoint,
                    ca=ca,
                    insecure_http=insecure_http,
                    retries=retries,
                    timeout=timeout or SILENCE,
                    quiet=quiet,
                )
                base = data_base(on)
                asked = Endpoint(
                    client,
                    endpoint,
                    graph=graph,
                    own=iris.mint(base, iris.DATASET),
                    base=base,
                    limit=int(max_size * 1024**2),
                )
            result = run_query(found, asked, _parse_pairs(pairs), timeout=timeout)
        _echo_result(result, format_name, on)
        if not quiet:
            click.echo(_note(result, found, pairs), err=True)


def _find(query: str, *, allow_service: bool = False) -> NamedQuery:
    """Return the query that an argument means: standard input, text, a name or a file."""
    from kg.query import find_query, is_sparql, parse_query

    if query == "-":
        text = _decode(sys.stdin.buffer.read(), "standard input")
        return parse_query(text, allow_service=allow_service)
    if is_sparql(query):
        return parse_query(query, allow_service=allow_service)
    path = Path(query)
    if not path.suffix and not path.parent.name:
        try:
            return find_query(query)
        except QueryError:
            if not path.exists():
                raise
    return parse_query(_read(path), place=query, allow_service=allow_service)


def _read(path: Path) -> str:
    try:
        return _decode(path.read_bytes(), str(path))
    except IsADirectoryError as error:
        raise QueryError(
            "This is a folder.",
            place=str(path),
            remedy="Name a query of `kg query --list`, and the folder of a build with --on.",
        ) from error
    except OSError as error:
        raise QueryError(
            f"The file cannot be read: {error.strerror}.",
            place=str(path),
            remedy="Name a file with a SPARQL query, or a query of `kg query --list`.",
        ) from error


def _decode(data: bytes, place: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError("The query is not UTF-8.", place=place) from error


def _parse_pairs(pairs: tuple[str, ...]) -> dict[str, str]:
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise QueryError(f"‹{pair}› is no parameter.", remedy="Write it as -p name=value.")
        if name in values:
            raise QueryError(f"The parameter {name} is given twice.")
        values[name] = value
    return values


def _echo_result(result: QueryResult, format_name: str | None, on: Path) -> None:
    from kg.built import data_base
    from kg.query import Statements, Table, write_result

    if format_name in (None, "table"):
        if isinstance(result, Table):
            echo_table(result.columns, result.shown(data_base(on)))
            return
        format_name = "ttl" if isinstance(result, Statements) else "csv"
    text = write_result(result, format_name)
    # a file gets what the graph has; bytes, because CSV has line ends of its own
    click.echo((printable(text) if sys.stdout.isatty() else text).encode(), nl=False)


def _note(result: QueryResult, query: NamedQuery, pairs: tuple[str, ...]) -> str:
    """Return how much was found, and which defaults had a part in it."""
    from kg.query import Statements, Table

    given = {pair.partition("=")[0] for pair in pairs}
    defaults = ", ".join(
        f"{parameter.name}={parameter.shown_default}"
        for parameter in query.parameters
        if parameter.name not in given and parameter.shown_default
    )
    note = query.title or "Answer"
    if isinstance(result, Table | Statements):
        unit = "row" if isinstance(result, Table) else "statement"
        note += f": {len(result):,} {unit}{'' if len(result) == 1 else 's'}"
    note += f" (by default {defaults})" if defaults else ""
    return note if note.endswith("?") else f"{note}."


def _echo_list() -> None:
    from kg.query import all_queries

    rows = [
        (
            query.name,
            query.title,
            ", ".join(f"{p.name}={p.shown_default}".rstrip("=") for p in query.parameters),
        )
        for query in all_queries()
    ]
    echo_table(("name", "what it answers", "parameters with defaults"), rows)
