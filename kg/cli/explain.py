"""``kg explain``: where the statements about a resource come from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.arguments import FilePath
from kg.cli.presentation import counted, echo_json
from kg.problems import printable, shorten

if TYPE_CHECKING:
    from kg.explain import Explanation, Statement
    from kg.sources.rules import StatedCell

__all__ = ["command"]

SHOWN_CELLS = 3
"""Cells, or records, that are shown for a statement; --json has all of them."""
WIDTH = 76
"""Characters of a value that are shown."""


@click.command("explain")
@click.argument("resource")
@click.argument("sources", nargs=-1, type=FilePath())
@click.option(
    "--on",
    type=FilePath(),
    default="output",
    show_default=True,
    help="Folder of a build.",
)
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="FILE",
    help="A profile of your own that the build had, where it is not found.",
)
@click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON.")
def command(
    resource: str, sources: tuple[Path, ...], on: Path, profiles: tuple[str, ...], as_json: bool
) -> None:
    """Show where the statements about a resource come from.

    RESOURCE is an IRI, one with a prefix (eu-country:CHE), one relative to the base of the build
    (project/Alpen013), or the id of a project or partner. Each statement is shown with the cell
    it came from, the raw value, and the rule that turned one into the other.

    The inputs of the build are read again, and must be as they were. They are looked for by name
    and hash below the current folder and beside the build, or in SOURCES.
    """
    from kg.explain import explain

    found = explain(resource, on, sources, profiles)
    if as_json:
        echo_json(found)
    else:
        _echo(found)


def _echo(found: Explanation) -> None:
    click.echo(click.style(printable(found.iri), bold=True))
    for file in found.inputs:
        path = printable(_from_here(file.path))
        click.echo(f"{printable(file.name)} is as it was when the graph was built: {path}")
    if found.mentions is not None:
        click.echo(
            f"It belongs to no single project; mentioned by {counted(found.mentions, 'record')}."
        )
    for _, statements in groupby(found.statements, key=_grouping):
        group = list(statements)
        click.echo()
        predicate = click.style(_shown_iri(group[0].predicate, found.base), bold=True)
        for statement in group:
            click.echo(f"{predicate}  {_shown_term(statement.object, found.base)}")
        for line in _origin(group[0], found.base):
            click.echo(f"    {line}")


def _from_here(path: str) -> str:
    here = Path.cwd()
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path


def _grouping(statement: Statement) -> tuple[str, str, object, object]:
    """Statements of one predicate that come from the same cells by the same rule."""
    return statement.predicate, statement.rule, statement.cells, statement.stated_by


def _origin(statement: Statement, base: str) -> Iterator[str]:
    """Yield the lines that say where a statement comes from: its cells, and the rule below them."""
    if statement.stated_by:
        mentions = statement.stated_by
        for mention in mentions[:SHOWN_CELLS]:
            cells = "  ".join(_shown_cell(cell) for cell in mention.cells)
            yield f"{cells or _shown_iri(mention.record, base)}"
        more = len(mentions) - SHOWN_CELLS
        if more > 0:
            yield f"and {counted(more, 'record')} more"
        yield f"{printable(statement.rule)} ({counted(len(mentions), 'record')})"
        return
    for cell in statement.cells[:SHOWN_CELLS]:
        yield _shown_cell(cell)
    more = len(statement.cells) - SHOWN_CELLS
    if more > 0:
        yield f"and {counted(more, 'cell')} more"
    yield printable(statement.rule)


def _shown_cell(cell: StatedCell) -> str:
    entry = f" (entry {cell.entry})" if cell.entry else ""
    raw = f"  ‹{shorten(printable(cell.raw), WIDTH)}›" if cell.raw else ""
    return f"{printable(str(cell.place))}{entry}{raw}"


def _shown_term(term: str, base: str) -> str:
    from kg.terms import parse_literal
    from kg.vocabulary import XSD, compact

    literal = parse_literal(term)
    if literal is None:
        return _shown_iri(term[1:-1], base)
    text = f'"{shorten(printable(literal.value), WIDTH)}"'
    if literal.language:
        return f"{text}@{literal.language}"
    return text if literal.datatype == XSD.string else f"{text}^^{compact(literal.datatype)}"


def _shown_iri(iri: str, base: str) -> str:
    from kg.vocabulary import compact

    return printable(compact(iri) if compact(iri) != iri else iri.removeprefix(base))
