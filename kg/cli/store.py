"""``kg store``: the embedded store of a build."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.arguments import FilePath, OutputPath, given_names
from kg.cli.presentation import counted

__all__ = ["command"]

ACTIONS = ("load", "verify", "dump", "optimise")
FORMATS = ("nt", "ttl")
"""The formats of dumps, by the extensions of their files."""

EPILOG = """\b
  load      make the store anew from graph.nt, beside the old one
  verify    compare number and content with graph.nt and the manifest
  dump      write the statements of the store
  optimise  put its files in order, for fast reading"""


@click.command("store", epilog=EPILOG)
@click.argument("action", type=click.Choice(ACTIONS))
@click.argument("folder", metavar="[DIR]", required=False, type=FilePath(), default="output")
@click.option(
    "--format", "-f", "format_name", type=click.Choice(FORMATS), default="nt",
    show_default=True, help="Format of a dump.",
)  # fmt: skip
@click.option("--output", "-o", type=OutputPath(), help="File for a dump; default: the screen.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.pass_context
def command(
    ctx: click.Context,
    action: str,
    folder: Path,
    format_name: str,
    output: Path | None,
    force: bool,
) -> None:
    """Load, verify, dump or optimise the embedded store of a build.

    DIR is the folder of the build (default: output). A store that is damaged is made anew by
    `kg store load`.
    """
    from kg import pipeline
    from kg.built import STORE

    of_dumps = given_names(ctx, ["format_name", "output", "force"])
    if of_dumps and action != "dump":
        raise click.UsageError(f"{of_dumps[0]} is for `kg store dump`.")
    if force and output is None:
        raise click.UsageError("--force goes with --output.")
    if action == "load":
        count = pipeline.reload_store(folder)
        click.echo(f"The store in {folder / STORE} holds {counted(count, 'triple')}.")
    elif action == "verify":
        _verify(ctx, folder)
    elif action == "optimise":
        pipeline.optimise_store(folder)
        click.echo(f"The store in {folder / STORE} is in order.")
    elif output is None:
        pipeline.dump_store(folder, sys.stdout.buffer, _media_type(format_name))
    else:
        _dump(folder, output, _media_type(format_name), force=force)


def _media_type(extension: str) -> str:
    from kg.rdf import FORMATS as SYNTAXES

    return next(form.media_type for form in SYNTAXES if form.extension == extension)


def _verify(ctx: click.Context, folder: Path) -> None:
    from kg.built import STORE
    from kg.pipeline import verify_store
    from kg.problems import StoreError

    result = verify_store(folder)
    if not result.same:
        raise StoreError(
            f"The store holds {counted(result.triples, 'triple')} and the build "
            f"{counted(result.expected, 'triple')}; they are not the same.",
            place=str(folder / STORE),
            remedy=f"`kg store load {folder}` makes it anew.",
        )
    click.echo(
        f"{counted(result.triples, 'triple')} in the store, the same as in graph.nt and in the "
        "manifest."
    )


def _dump(folder: Path, output: Path, media_type: str, *, force: bool) -> None:
    from kg.pipeline import dump_store, new_file

    with new_file(output, [folder], force=force) as path, path.open("wb") as target:
        dump_store(folder, target, media_type)
