"""``kg sources``: the layouts that are known, and the way to a profile for one that is not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.arguments import FilePath, OutputPath
from kg.cli.presentation import counted, echo_json, echo_table, refusals_told
from kg.problems import printable, shorten

if TYPE_CHECKING:
    from kg.pipeline.check import SourceCheck
    from kg.sources.inspection import Inspection, TableFacts

__all__ = ["command"]

SHOWN = 3
"""Places that are shown of each problem."""
WIDTH = 40


@click.group("sources", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """List the layouts that are known, inspect a file, check a profile.

    Without a command, list the source profiles that come with kg.
    """
    if ctx.invoked_subcommand is None:
        _list(as_json=as_json)


def _list(*, as_json: bool) -> None:
    from kg.sources.layouts import load_text_profile, shipped_profiles

    text = load_text_profile()
    entries = [
        {
            "name": profile.name,
            "title": profile.title,
            "tables": [table.holds for table in profile.tables],
            "columns": sum(1 for table in profile.tables for _ in table.all_columns()),
        }
        for profile in shipped_profiles()
    ]
    entries.append(
        {"name": text.name, "title": text.title, "tables": [], "columns": len(text.columns)}
    )
    if as_json:
        echo_json(entries)
        return
    rows = [
        (str(e["name"]), " + ".join(e["tables"]) or "lines", str(e["columns"]), str(e["title"]))  # type: ignore[arg-type]
        for e in entries
    ]
    echo_table(("name", "tables", "columns", "title"), rows)


@command.command("inspect")
@click.argument("files", nargs=-1, required=True, type=FilePath())
@click.option("--draft", is_flag=True, help="Draft a profile even for a known layout.")
@click.option(
    "--output",
    "-o",
    type=OutputPath(dir_okay=False),
    help="Write the draft to this file and print an overview instead.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.pass_context
def inspect(
    ctx: click.Context, files: tuple[Path, ...], draft: bool, output: Path | None, as_json: bool
) -> None:
    """Say which layout FILES have, or draft a profile for them.

    For a known layout, print its columns. For an unknown one, print a drafted profile, which loads
    as it is: for each column how much of it is filled, examples, the field that it seems to state
    and the reason. Columns with personal data are named, and their values never shown.
    """
    from kg.sources.inspection import inspect_files, render_draft

    if output is not None and output.exists():
        raise click.UsageError(f"{output} exists; a draft never replaces a profile.")
    with refusals_told(as_json=as_json, is_build=False):
        found = inspect_files(files)
    names = [str(file) for file in files]
    profile = str(output) if output is not None else None
    text = render_draft(found.draft, names, profile) if found.draft is not None else ""
    if output is not None:
        from kg.pipeline import new_file

        with new_file(output, files) as path:
            path.write_text(text, encoding="utf-8")
    if as_json:
        echo_json(_as_data(found))
    elif output is not None or (found.is_known and not draft):
        _echo_overview(found)
    else:
        click.echo(text, nl=False)
    _echo_next(found, names, output, draft=draft)


def _as_data(found: Inspection) -> dict[str, object]:
    from kg.sources.inspection import column_summary
    from kg.sources.layouts import TEXT_PROFILE

    tables = found.draft.tables if found.draft else []
    return {
        "files": found.files,
        "layouts": [r.profile.name for r in found.recognised] + [TEXT_PROFILE] * len(found.texts),
        "is_known": found.is_known,
        "reason": found.reason,
        "lack": found.lack,
        "key": found.draft.key if found.draft else [],
        "tables": [
            {
                "source": table.facts.table.source,
                "sheet": table.facts.table.sheet,
                "sheets": table.facts.sheets,
                "rows": table.facts.row_count,
                "holds": table.holds,
                "reason": table.reason,
                "columns": [
                    {
                        "header": column.header,
                        "field": column.field,
                        "patterns": column.patterns,
                        "ignore": column.ignore,
                        "personal": column.is_personal,
                        "summary": column_summary(column, table.facts),
                        "reason": column.reason,
                        "remarks": column.remarks,
                    }
                    for column in table.all_columns()
                ],
            }
            for table in tables
        ],
    }


def _echo_overview(found: Inspection) -> None:
    from kg.sources.inspection import fill_of
    from kg.sources.layouts import TEXT_PROFILE
    from kg.sources.tables.matching import known_columns

    for name in found.texts:
        click.echo(f"{name}: the layout ‹{TEXT_PROFILE}›, copied records.")
    for recognised in found.recognised:
        name = recognised.examined.file.name
        for table, layout in recognised.tables:
            known = known_columns(table.header, layout)
            click.echo(
                f"{name}: the layout ‹{recognised.profile.name}›, a table of {layout.holds}; "
                f"{known} of {counted(len(table.header), 'column')} known."
            )
    if found.draft is None:
        return
    for drafted in found.draft.tables:
        facts = drafted.facts
        click.echo(f"\n{_named(facts)}: {counted(facts.row_count, 'row')}; "
                   f"they look like {drafted.holds} ({drafted.reason}).")  # fmt: skip
        rows = []
        for column in sorted(drafted.all_columns(), key=lambda c: c.positions):
            stated = [facts.columns[p] for p in column.positions]
            if not stated:
                continue
            shown = "(personal, not shown)" if column.is_personal else ", ".join(
                shorten(text, 18) for text in stated[0].examples(2)
            )  # fmt: skip
            field = ", ".join(column.fields) or (
                "–" if not column.is_personal else "– personal data"
            )
            rows.append((shorten(column.header, WIDTH), f"{fill_of(stated):.0%}",
                         f"{sum(c.distinct for c in stated):,}", field, shown))  # fmt: skip
        echo_table(("column", "filled", "different", "guessed field", "examples"), rows)
    for remark in found.draft.remarks:
        click.echo(printable(f"Note: {remark}"))


def _named(facts: TableFacts) -> str:
    """Return the files of a table, and its sheets."""
    sources = ", ".join(dict.fromkeys(table.source for table in facts.tables))
    sheets = ", ".join(f"‹{name}›" for name in facts.sheets)
    return f"{sources}, sheet{'s' * (len(facts.sheets) > 1)} {sheets}" if sheets else sources


def _echo_next(found: Inspection, names: list[str], output: Path | None, *, draft: bool) -> None:
    """Say on standard error what was found in short, and what to do next."""
    if found.draft is None:
        return
    columns = [c for table in found.draft.tables for c in table.all_columns()]
    personal = [c.header for c in columns if c.is_personal]
    if not found.is_known:
        told = f"No layout that is known has these columns. {found.reason}".rstrip()
        click.echo(printable(told), err=True)
    guessed = sum(bool(c.fields) for c in columns)
    click.echo(f"A field was guessed for {guessed} of {counted(len(columns), 'column')}.", err=True)
    if personal:
        told = ", ".join(f"‹{header}›" for header in personal)
        click.echo(printable(f"Personal data, which is not read: {told}."), err=True)
    files = " ".join(names)
    if found.is_known and not draft and output is None and found.lack:
        click.echo(printable(found.lack), err=True)
        click.echo("Give the table of projects too, or draft a profile with --draft.", err=True)
        return
    if found.is_known and not draft and output is None:
        click.echo(f"Next: kg build {files}", err=True)
        return
    profile = output or Path(f"{found.draft.name}.toml")
    if output is None:
        click.echo(f"Next: kg sources inspect {files} -o {profile}, then", err=True)
    else:
        click.echo(f"The draft is in {profile}. Next: edit it, then", err=True)
    click.echo(f"  kg sources check {profile} {files}", err=True)
    click.echo(f"  kg build {files} --profile {profile}", err=True)


@command.command("check")
@click.argument("profile")
@click.argument("files", nargs=-1, required=True, type=FilePath())
@click.option("--strict", is_flag=True, default=None, help="Hold records back on warnings too.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_context
def check(
    ctx: click.Context, profile: str, files: tuple[Path, ...], strict: bool | None, as_json: bool
) -> None:
    """Show what PROFILE would make of FILES, without writing anything.

    PROFILE is a name from `kg sources`, the path of a .toml file, or `auto` to recognise the files.
    The files are read, mapped and checked against the shapes as in a build. The exit status is 0
    where all would be published, 1 where something would be held back, 2 where the profile or a
    file cannot be used.
    """
    from kg.pipeline.check import check_sources
    from kg.settings import read_settings

    settings = read_settings(files, {"strict": strict})
    with refusals_told(as_json=as_json, is_build=False):
        found = check_sources(files, settings, None if profile == "auto" else profile)
    if as_json:
        echo_json(found)
    else:
        _echo_check(found)
    ctx.exit(found.exit_status)


def _echo_check(found: SourceCheck) -> None:
    click.echo(f"{', '.join(found.files)} by the layout {', '.join(found.layouts)}\n")
    rows = []
    for column in found.columns:
        headers = column.headers[0] if len(column.headers) == 1 else (
            f"{column.headers[0]} and {len(column.headers) - 1} more"
        )  # fmt: skip
        told = column.field or column.use
        reason = column.reason or column.style
        rows.append((shorten(headers, WIDTH), told, f"{column.mapped:,}", f"{column.ignored:,}",
                     f"{column.rejected:,}", shorten(reason, 60)))  # fmt: skip
    if rows:
        echo_table(("column", "field", "mapped", "ignored", "rejected", "how, or why not"), rows)
        click.echo("")
    personal = [h for c in found.columns if c.use == "personal" for h in c.headers]
    if personal:
        told = ", ".join(f"‹{header}›" for header in personal)
        click.echo(printable(f"Personal data, not read: {told}."))
    for problem in found.problems:
        click.echo(
            f"{problem.count:,} × {problem.code} ({problem.level}). {problem.remedy}".rstrip()
        )
        for example in problem.examples[:SHOWN]:
            value = f" ‹{shorten(example.value, 60)}›" if example.value else ""
            click.echo(printable(f"    {example.place}{value}: {example.message}"))
        if problem.count > SHOWN:
            click.echo(f"    … and {problem.count - SHOWN:,} more")
    held = ", ".join(
        counted(number, kind.removesuffix("s")) for kind, number in found.held.items() if number
    )
    click.echo(
        f"{counted(found.records, 'record')} read; would publish "
        f"{counted(found.projects, 'project')} with {counted(found.partners, 'partner')}, "
        f"and hold back {held or 'nothing'}. Nothing was written."
    )
