"""``kg diff``: what is different between two builds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.arguments import FilePath, OutputPath, given_names
from kg.cli.presentation import counted, progress_bar

if TYPE_CHECKING:
    from kg.changes import Changes

__all__ = ["command"]

EPILOG = """\b
Examples:
  kg diff last-year output
  kg diff last-year output --format update --graph https://example.org/g
  kg diff last-year/graph.nt output/graph.ttl --format patch -o changes.rdfp

Exit status: 0 no difference, 1 there is one, 2 unusable input."""


@click.command("diff", epilog=EPILOG)
@click.argument("old", type=FilePath())
@click.argument("new", type=FilePath())
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(["text", "json", "update", "patch"]),
    default="text",
    show_default=True,
    help="Form of the answer.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--output", "-o", type=OutputPath(dir_okay=False), help="File to write it to.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.option("--graph", metavar="IRI", help="Named graph of an update or a patch.")
@click.option(
    "--max-statements",
    type=click.IntRange(min=1),
    metavar="NUMBER",
    help="Statements in a request of an update.  [default: 1000]",
)
@click.option(
    "--provenance", is_flag=True, help="Tell also where only the place in the input changed."
)
@click.option(
    "--language",
    type=click.Choice(["en", "de"]),
    default="en",
    show_default=True,
    help="Language of text and of sentences in JSON.",
)
@click.option("--quiet", "-q", is_flag=True, help="Print nothing; the exit status tells.")
@click.pass_context
def command(
    ctx: click.Context,
    old: Path,
    new: Path,
    form: str,
    as_json: bool,
    output: Path | None,
    force: bool,
    graph: str | None,
    max_statements: int | None,
    provenance: bool,
    language: str,
    quiet: bool,
) -> None:
    """Tell what is different between two builds.

    OLD and NEW are folders of builds, or files of N-Triples or Turtle. The answer is text for
    people, JSON, a SPARQL Update that turns OLD into NEW, or an RDF Patch that does.
    """
    from kg.changes import (
        check_graph_name,
        compare,
        write_json,
        write_patch,
        write_text,
        write_update,
    )

    form = _form(ctx)
    check_graph_name(graph)
    if output is not None:
        from kg.pipeline import check_new_file, new_file

        check_new_file(output, (old, new), force=force)
    with progress_bar("Comparing", quiet=quiet) as progress:
        changes = compare(old, new, progress)
    size = {} if max_statements is None else {"max_statements": max_statements}
    write: dict[str, Callable[[Changes], Iterator[str]]] = {
        "text": lambda found: write_text(found, language=language, provenance=provenance),
        "json": lambda found: write_json(found, language=language, provenance=provenance),
        "update": lambda found: write_update(found, graph=graph, **size),
        "patch": lambda found: write_patch(found, graph=graph),
    }
    if output is not None:
        with (
            new_file(output, (old, new), force=force) as path,
            path.open("w", encoding="utf-8", newline="\n") as file,
        ):
            file.writelines(write[form](changes))
        if not quiet:
            totals = changes.totals
            removed = counted(totals.removed, "statement")
            click.echo(f"{removed} removed, {totals.added:,} added; written to {output}.")
    elif not quiet:
        for piece in write[form](changes):
            click.echo(piece.encode(), nl=False)  # the bytes are the same on every system
    ctx.exit(1 if changes else 0)


def _form(ctx: click.Context) -> str:
    """Return the form of the answer; refuse options that it does not have."""
    form: str = ctx.params["form"]
    if ctx.params["as_json"]:
        if form != "json" and given_names(ctx, ["form"]):
            raise click.UsageError(f"--json and --format {form} are two forms; ask for one.")
        form = "json"
    forms = {
        "graph": ("update", "patch"),
        "max_statements": ("update",),
        "provenance": ("text", "json"),
        "language": ("text", "json"),
    }
    if ctx.params["force"] and ctx.params["output"] is None:
        raise click.UsageError("--force goes with --output.")
    for name, allowed in forms.items():
        given = given_names(ctx, [name])
        if given and form not in allowed:
            raise click.UsageError(f"{given[0]} is for --format {' or '.join(allowed)}.")
    return form
