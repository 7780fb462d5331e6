"""``kg mapping``: the mapping in standard forms."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.arguments import FilePath, OutputPath
from kg.cli.presentation import echo_json, echo_table

__all__ = ["command"]


@click.command("mapping")
@click.argument("sources", nargs=-1, type=FilePath())
@click.option("--rml", is_flag=True, help="Print the mapping as RML (Turtle).")
@click.option("--context", is_flag=True, help="Print the JSON-LD context.")
@click.option(
    "--tables",
    type=OutputPath(file_okay=False),
    help="Write the tables of SOURCES that the RML runs on to this folder.",
)
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="NAME|FILE",
    help="Layout of SOURCES: a name (see kg sources), or a profile of your own.",
)
@click.option("--base", help="IRI below which the data's IRIs are minted; ends in a slash.")
@click.pass_context
def command(
    ctx: click.Context,
    sources: tuple[Path, ...],
    rml: bool,
    context: bool,
    tables: Path | None,
    profiles: tuple[str, ...],
    base: str | None,
) -> None:
    """Show the mapping in standard forms.

    Without an option, print it as a table: which column of which table becomes which property.
    With --rml and --context, the base is that of the kg.toml beside SOURCES, if there are any.
    """
    from kg.mapping import json_ld_context, rml_mapping
    from kg.settings import read_settings

    _check(ctx, sources)
    settings = read_settings(sources, {"base": base, "profiles": profiles or None})
    if tables is not None:
        from kg.pipeline import write_tables

        counts = write_tables(sources, tables, settings)
        click.echo(f"{sum(counts.values()):,} rows in {len(counts)} tables in {tables}.", err=True)
    if rml:
        click.echo(rml_mapping(settings.base), nl=False)
    if context:
        echo_json({"@context": json_ld_context(settings.base)})
    if not (rml or context or tables):
        echo_table(("table", "subject", "property", "object"), _mapping_rows())


def _check(ctx: click.Context, sources: tuple[Path, ...]) -> None:
    """Refuse arguments that would change nothing, and two documents at once."""
    rml, context, tables = (ctx.params[name] for name in ("rml", "context", "tables"))
    if rml and context:
        raise click.UsageError("--rml and --context print two documents; ask for one of them.")
    if tables is not None and not sources:
        raise click.UsageError("--tables needs SOURCES: files, or folders of files.")
    if sources and not (tables or rml or context):
        raise click.UsageError("SOURCES go with --tables; the mapping is the same for all.")
    if tables is None and ctx.params["profiles"]:
        raise click.UsageError("--profile goes with --tables.")
    if ctx.params["base"] is not None and not (rml or context):
        raise click.UsageError("--base goes with --rml or --context.")


def _mapping_rows() -> list[tuple[str, str, str, str]]:
    from kg.mapping import MAPPING
    from kg.vocabulary import compact

    rows = []
    for resource in MAPPING:
        subject = compact(resource.subject)
        rows += [(resource.table, subject, "a", compact(iri)) for iri in resource.classes]
        for prop in resource.properties:
            kind = type(prop.term).__name__.lower()
            parts = " ".join(compact(part) for part in prop.term)
            rows.append((resource.table, subject, compact(prop.predicate), f"{kind} {parts}"))
    return rows
