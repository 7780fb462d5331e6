"""``kg export``: a graph → the tables of the exchange layout."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.arguments import FilePath, OutputPath
from kg.cli.presentation import counted, echo_json, progress_bar

if TYPE_CHECKING:
    from kg.export import ExportResult

__all__ = ["command"]

MAX_SHOWN = 5


@click.command("export")
@click.argument("graph", type=FilePath())
@click.option(
    "--output",
    "-o",
    required=True,
    type=OutputPath(),
    help="Folder for two CSV files, or a file: .xlsx, .json or .jsonl.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "xlsx", "json", "jsonl"]),
    help="Format, where the name of the output does not tell it.",
)
@click.option("--force", is_flag=True, help="Replace an earlier export.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def command(
    graph: Path, output: Path, form: str | None, force: bool, quiet: bool, as_json: bool
) -> None:
    """Write a graph as tables that read back to the same graph.

    GRAPH is the folder of a build, or any RDF file in the vocabulary. The tables are those of the
    exchange layout; docs/exchange.md lists their columns.
    """
    from kg.export import export_graph

    if not output.name:
        raise click.UsageError("--output needs the name of a folder or a file.")
    with progress_bar("Exporting", quiet=quiet or as_json) as progress:
        result = export_graph(graph, output, form=form, force=force, progress=progress)
    if as_json:
        echo_json(result)
    elif not quiet:
        _echo_result(result)


def _echo_result(result: ExportResult) -> None:
    from kg.settings import DEFAULT_BASE

    columns = {holds: len(names) for holds, names in result.columns.items()}
    click.echo(
        f"{counted(result.projects, 'project')} in {counted(columns['projects'], 'column')}, "
        f"{counted(result.partners, 'partner')} in {counted(columns['partners'], 'column')}."
    )
    for each in result.unreadable[:MAX_SHOWN]:
        click.echo(f"{each.record}: a build will not read {each.field} ‹{each.value}›.", err=True)
    if result.unreadable_count > MAX_SHOWN:
        click.echo(f"… and {result.unreadable_count - MAX_SHOWN} more such values.", err=True)
    if result.unstated:
        click.echo(f"{counted(result.unstated, 'other spelling')} left out.", err=True)
    for lost in result.lost[:MAX_SHOWN]:
        told = f"{lost.resource}: {lost.property} {lost.value} has no place in the tables."
        click.echo(told, err=True)
    if result.lost_count > MAX_SHOWN:
        click.echo(f"… and {result.lost_count - MAX_SHOWN} more such statements.", err=True)
    if result.untyped:
        told = counted(result.untyped, "resource")
        click.echo(f"{told} with partners or a programme left out: no interreg:Project.", err=True)
    if result.base != DEFAULT_BASE:
        click.echo(f"To build the same graph, use --base {result.base}", err=True)
    is_folder = len(result.files) > 1
    where = " and ".join(str(Path(result.output, name)) for name in result.files)
    click.echo(f"Written to {where if is_folder else result.output}.")
