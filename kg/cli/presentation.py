"""How results look on a terminal: summaries, tables, JSON, progress.

Colour only on a terminal (``click.echo`` sees to it), progress only on a terminal's standard
error.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from kg.problems import Refused, printable, shorten

if TYPE_CHECKING:
    from kg.pipeline import BuildResult

__all__ = [
    "counted",
    "echo_json",
    "echo_summary",
    "echo_table",
    "progress_bar",
    "refusals_told",
]


def echo_json(value: object) -> None:
    """Print a value as JSON."""
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2))


def echo_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their column names, aligned; numbers stand to the right."""
    rows = [[printable(cell) for cell in row] for row in rows]
    widths = [max([len(name), *(len(row[i]) for row in rows)]) for i, name in enumerate(columns)]
    right = [bool(rows) and all(_is_number(row[i]) for row in rows) for i in range(len(columns))]
    header = _line(columns, widths, right)
    click.echo(click.style(header.rstrip(), bold=True))
    click.echo("  ".join("─" * width for width in widths))
    for row in rows:
        click.echo(_line(row, widths, right).rstrip())


def echo_summary(result: BuildResult) -> None:
    """Print what a build did."""
    manifest = result.manifest
    click.echo(
        f"{counted(manifest.records, 'record')} read, "
        f"{counted(manifest.projects, 'project')} published: "
        f"{counted(manifest.participations, 'participation')}, "
        f"{counted(manifest.organisations, 'organisation')}, "
        f"{counted(manifest.triples, 'triple')}."
    )
    warnings = manifest.levels.get("warning", 0)
    held = ", ".join(
        counted(number, kind.removesuffix("s")) for kind, number in manifest.held.items() if number
    )
    told = click.style(counted(warnings, "warning"), fg="yellow" if warnings else None)
    click.echo(f"{told}; held back: {held or 'nothing'}.")
    for code, number in manifest.problems.items():
        click.echo(f"  {number:>6,}  {code}")
    if manifest.passed_over:
        click.echo(
            f"No layout reads {shorten(', '.join(manifest.passed_over))}; passed over.", err=True
        )
    if manifest.licence is None:
        click.echo("The data states no licence; set licence in kg.toml beside it.", err=True)
    click.echo(f"Outputs in {result.output}; begin with {result.output / 'report.html'}.")


@contextmanager
def progress_bar(
    label: str, *, quiet: bool, unit: str | None = None
) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function that takes how much is done and how much there is, or None if none is shown.

    With a ``unit`` the bar shows how many of it are done in a second, beside the time left.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    began: list[tuple[float, int]] = []

    def rate(done: int | None) -> str | None:
        if done is None or not began:
            return None
        seconds, first = time.monotonic() - began[0][0], began[0][1]
        return f"{(done - first) / max(seconds, 0.001):,.0f} {unit}/s"

    with click.progressbar(
        length=1000, label=label, file=sys.stderr, item_show_func=rate if unit else None
    ) as bar:

        def advance(done: int, total: int) -> None:
            if not began:
                began.append((time.monotonic(), done))
            bar.update(1000 * done // max(total, 1) - bar.pos, done)

        yield advance


@contextmanager
def refusals_told(*, as_json: bool, is_build: bool = True) -> Iterator[None]:
    """Print as JSON why files are refused, where the results would be printed so.

    What is no build would publish nothing anyway, and does not say that nothing was.
    """
    try:
        yield
    except Refused as refused:
        if as_json:
            echo_json({"refused": refused.problems})
        if is_build:
            raise
        raise Refused(refused.problems, is_build=False) from refused


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 record``, ``16 records``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "", 1).removeprefix("-").isdigit() or not text


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    return "  ".join(
        cell.rjust(width) if is_right else cell.ljust(width)
        for cell, width, is_right in zip(cells, widths, right, strict=True)
    )
