"""``kg build``: source files → a published graph."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from kg.cli.arguments import FilePath, OutputPath
from kg.cli.presentation import echo_json, echo_summary, progress_bar, refusals_told
from kg.problems import OutputError
from kg.settings import ENGINES
from kg.signals import handled

__all__ = ["command"]

SPARK = "spark"
"""What ``--engine`` takes for a build on Spark, which validates with the engine of ``kg.toml``."""


@click.command("build")
@click.argument("sources", nargs=-1, required=True, type=FilePath())
@click.option(
    "--output",
    "-o",
    type=OutputPath(),
    default="output",
    show_default=True,
    help="Folder for the outputs; it is replaced as a whole.",
)
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="NAME|FILE",
    help="Layout of the sources: a name (see kg sources), or a profile of your own.",
)
@click.option(
    "--corrections",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="CSV file of values to put right (see docs/corrections.md).",
)
@click.option("--base", help="IRI below which the data's IRIs are minted; ends in a slash.")
@click.option(
    "--engine",
    type=click.Choice([*ENGINES, SPARK]),
    help="SHACL engine, or spark: the same build on Apache Spark (see docs/spark.md).",
)
@click.option("--strict", is_flag=True, default=None, help="Hold records back on warnings too.")
@click.option(
    "--formats",
    metavar="LIST",
    help="Forms of the graph besides N-Triples: ttl,jsonld,store (all of them if not given).",
)
@click.option("--fresh", is_flag=True, help="Reuse nothing of the last build into the folder.")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="Threads that validate; with Spark, those of this machine.",
)
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
@click.option("--json", "as_json", is_flag=True, help="Print the manifest as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    sources: tuple[Path, ...],
    output: Path,
    profiles: tuple[str, ...],
    corrections: str | None,
    base: str | None,
    engine: str | None,
    strict: bool | None,
    formats: str | None,
    fresh: bool,
    workers: int | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Turn source files into a published graph.

    SOURCES are files, folders of files, or - for standard input; a rejects file that was repaired
    is put in the place of what it repairs. Settings that are not given come from kg.toml beside the
    first source.
    """
    from kg.pipeline import build
    from kg.settings import read_settings

    if not output.name:
        raise click.UsageError("--output needs the name of a folder.")
    forms = None if formats is None else [name.strip() for name in formats.split(",")]
    if engine == SPARK and set(forms or ()) - {"nt"}:
        raise click.UsageError("A build on Spark writes N-Triples only; leave --formats out.")
    given = {
        "base": base,
        "engine": None if engine == SPARK else engine,
        "strict": strict,
        "profiles": profiles or None,
        "corrections": corrections,
        "formats": forms,
    }
    settings = read_settings(sources, given)
    # who is asked to end (by a supervisor, a time limit) does so as on Ctrl-C: otherwise what is
    # written would lie beside the folder until the next build
    ends = handled(signal.SIGTERM, signal.default_int_handler)
    with refusals_told(as_json=as_json), ends:
        if engine == SPARK:
            from kg.spark import build_with_spark

            result = build_with_spark(sources, output, settings, workers=workers)
        else:
            with progress_bar("Building", quiet=quiet or as_json) as progress:
                result = build(
                    sources, output, settings, workers=workers, fresh=fresh, progress=progress
                )
    # the outputs are in place: who interrupts now would be told that they are not
    with suppress(KeyboardInterrupt), _place_told(result.output):
        if as_json:
            echo_json(result.manifest)
        elif not quiet:
            echo_summary(result)
    ctx.exit(result.exit_status)


@contextmanager
def _place_told(output: Path) -> Iterator[None]:
    """Where the summary cannot be printed, say that the outputs are in place all the same."""
    try:
        yield
    except OutputError as error:
        raise OutputError(
            error.message, place=error.place, remedy=f"The build is in {output}, and whole."
        ) from error
