"""``kg push``: a build → a graph in a triple store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.arguments import FilePath
from kg.cli.presentation import counted, echo_json, progress_bar
from kg.cli.remote import make_client, note, remote_options

if TYPE_CHECKING:
    from kg.push import Report

__all__ = ["command"]

KINDS = ("oxigraph", "virtuoso", "fuseki", "rdf4j", "qlever", "generic")

EPILOG = """\b
Credentials: KG_REMOTE_USER and KG_REMOTE_PASSWORD, or KG_REMOTE_TOKEN,
in the environment; else ~/.netrc; else a prompt. Never an argument.

\b
Examples:
  kg push output http://localhost:7878
  kg push output https://data.example.org/sparql --kind virtuoso
  kg push output http://localhost:7878 --changes-from last-year"""


@click.command("push", epilog=EPILOG)
@click.argument("folder", metavar="DIR", type=FilePath())
@click.argument("url")
@click.option("--graph", metavar="IRI", help="Graph in the store; default: that of the data set.")
@click.option("--kind", type=click.Choice(KINDS), help="Kind of store; found out if not given.")
@click.option("--gsp-endpoint", metavar="URL", help="Where graphs are written.")
@click.option("--update-endpoint", metavar="URL", help="Where updates are sent.")
@click.option("--query-endpoint", metavar="URL", help="Where queries are sent.")
@click.option(
    "--changes-from",
    "old",
    metavar="DIR",
    type=FilePath(),
    help="Folder of the build that the store holds; only what changed is sent.",
)
@click.option("--put", is_flag=True, help="Replace the graph at once, without a staging graph.")
@click.option(
    "--chunk",
    type=click.FloatRange(min=0.01, max=1024),
    metavar="MB",
    help="Size of a request; default 4, or 0.1 without a GSP endpoint.",
)
@click.option(
    "--verify",
    type=click.Choice(["content", "count"]),
    help="What is compared afterwards; default: content, or of changes what changed.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True, max=86_400),
    metavar="SECONDS",
    default=300,
    show_default=True,
    help="How long the store may be silent.",
)
@remote_options
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def command(
    folder: Path,
    url: str,
    graph: str | None,
    kind: str | None,
    gsp_endpoint: str | None,
    update_endpoint: str | None,
    query_endpoint: str | None,
    old: Path | None,
    put: bool,
    chunk: float | None,
    verify: str | None,
    timeout: float,
    ca: Path | None,
    insecure_http: bool,
    retries: int,
    quiet: bool,
    as_json: bool,
) -> None:
    """Load a build into a triple store and check that it is there.

    DIR is the folder of a build, URL the address of the store. Readers of the store see the old
    graph until the new one is complete. After an interruption, the same command goes on where it
    stopped.
    """
    from kg.built import read_build
    from kg.changes import check_graph_name
    from kg.push import open_remote, push, push_difference
    from kg.remote import find_endpoints

    build = read_build(folder)
    check_graph_name(graph)
    client = make_client(
        url,
        ca=ca,
        insecure_http=insecure_http,
        retries=retries,
        timeout=timeout,
        quiet=quiet,
        again="Run the command again; it goes on where it stopped.",
    )
    endpoints = find_endpoints(
        client, url, kind=kind, query=query_endpoint, update=update_endpoint, graphs=gsp_endpoint
    )
    store = open_remote(client, endpoints)
    if old is not None:
        content = None if verify is None else verify == "content"
        report = push_difference(read_build(old), build, store, graph=graph, content=content)
        _tell(report, quiet=quiet, as_json=as_json)
        return
    megabytes = chunk or (4 if endpoints.graphs else 0.1)
    with progress_bar("Loading", quiet=quiet or as_json, unit="triples") as progress:
        report = push(
            build,
            store,
            graph=graph,
            chunk_bytes=int(megabytes * 1024**2),
            content=verify != "count",
            put=put or endpoints.update is None,
            progress=progress,
            note=(lambda _: None) if quiet or progress else note,
        )
    _tell(report, quiet=quiet, as_json=as_json)


def _tell(report: Report, *, quiet: bool, as_json: bool) -> None:
    if as_json:
        echo_json(report)
    elif not quiet:
        _echo(report)


def _echo(report: Report) -> None:
    if report.way == "unchanged":
        those = "these " if report.digest else ""  # which they are is known by their content alone
        number = counted(report.triples, "triple")
        click.echo(f"{report.graph} holds {those}{number} already; nothing was sent.")
    else:
        seconds = max(report.seconds, 0.001)
        click.echo(
            f"{report.graph} holds {counted(report.triples, 'triple')} now; "
            f"{report.sent:,} sent in {seconds:,.1f} s ({report.sent / seconds:,.0f} a second)."
        )
    click.echo(_compared(report))


def _compared(report: Report) -> str:
    """Return what is known to be the same in the store and in the build, and what is not."""
    if report.digest:
        return "Number and content in the store and in the build are the same."
    if report.way == "changed":
        return (
            "The number of statements, and all that changed, in the store and in the build are the "
            "same; the rest was not compared."
        )
    return "The number in the store and in the build is the same; the content was not compared."
