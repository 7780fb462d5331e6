"""``kg validate``: any RDF against the shapes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.arguments import FilePath
from kg.cli.presentation import echo_json
from kg.settings import ENGINES

if TYPE_CHECKING:
    from kg.pipeline import Validation

__all__ = ["command"]

COLOURS = {"Violation": "red", "Warning": "yellow", "Info": "blue"}


@click.command("validate")
@click.argument("files", nargs=-1, required=True, type=FilePath())
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=ENGINES[0],
    show_default=True,
    help="SHACL engine.",
)
@click.option("--base", help="IRI below which the data's IRIs are minted; ends in a slash.")
@click.option("--strict", is_flag=True, help="Warnings count as well.")
@click.option(
    "--language",
    type=click.Choice(["en", "de"]),
    default="en",
    show_default=True,
    help="Language of the messages.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "ttl"]),
    default="text",
    show_default=True,
    help="Form of the report.",
)
@click.option("--quiet", "-q", is_flag=True, help="Print nothing; the exit status tells.")
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[Path, ...],
    engine: str,
    base: str | None,
    strict: bool,
    language: str,
    form: str,
    quiet: bool,
) -> None:
    """Check RDF files against the shapes, together as one graph.

    A folder is that of a build, and stands for the graph in it.

    Conforms (exit status 0) where there is no violation; with --strict, no warning either.
    """
    from kg.pipeline import validate_files
    from kg.settings import read_settings

    settings = read_settings([], {"base": base})
    found = validate_files(files, engine=engine, base=settings.base)
    if not quiet:
        {"text": _echo_text, "json": _echo_json, "ttl": _echo_turtle}[form](found, language)
    failed = not found.conforms or (strict and found.count("Warning") > 0)
    if not quiet:
        counts = ", ".join(f"{found.count(name):,} {name.lower()}s" for name in COLOURS)
        click.echo(f"{'Does not conform' if failed else 'Conforms'}: {counts}.", err=True)
        if not found.has_project:
            click.echo("There is no project in it; was another graph meant?", err=True)
    ctx.exit(1 if failed else 0)


def _echo_text(found: Validation, language: str) -> None:
    for result in found.results:
        severity = click.style(result.severity.lower(), fg=COLOURS[result.severity])
        value = f" ‹{result.value}›" if result.value else ""
        click.echo(
            f"{result.focus}: {severity}:{value} {found.message(result, language)} [{result.code}]"
        )


def _echo_json(found: Validation, language: str) -> None:
    echo_json(
        [
            {
                "focus": result.focus,
                "code": result.code,
                "severity": result.severity,
                "path": result.path,
                "value": result.value,
                "message": found.message(result, language),
            }
            for result in found.results
        ]
    )


def _echo_turtle(found: Validation, language: str) -> None:
    click.echo(found.report(), nl=False)
