"""What a build on Spark is told to do: it travels to each task with the code.

Everything in it can be pickled. What cannot, the engines and parsers, each worker makes for itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.pipeline import Tools, make_tools
from kg.settings import Settings
from kg.sources import Corrections, Input
from kg.sources.formats.table import Table
from kg.sources.layouts.profile import TableLayout, TableProfile
from kg.sources.tables.cells import TableRows
from kg.sources.tables.columns import match_columns
from kg.sources.tables.readings import match_rows
from kg.sources.tables.styles import StyleEvidence

__all__ = ["Job", "Planned", "make_tools_once", "planned_tables"]


class Planned(NamedTuple):
    """A table of the input: the position of its files among the inputs, and its own there."""

    group: int
    number: int
    table: Table
    layout: TableLayout
    profile: TableProfile

    @property
    def key(self) -> tuple[int, int]:
        """What it is known by."""
        return self.group, self.number

    def evidence(self) -> StyleEvidence:
        """Return evidence of the styles of its columns that has seen no row yet."""
        return StyleEvidence(self.table, self.layout, self.profile)


class Job(NamedTuple):
    """The inputs, what their rows tell of styles, the settings, and where outputs are written.

    ``partitions`` are those of the projects, ``shares`` those of what projects share.
    """

    items: tuple[Input, ...]
    evidence: Mapping[tuple[int, int], StyleEvidence]
    settings: Settings
    corrections: Corrections
    folder: Path
    partitions: int
    shares: int

    def tables(self) -> dict[tuple[int, int], TableRows]:
        """Return the tables with their columns, as this worker reads them."""
        found = {}
        for planned in planned_tables(self.items):
            styles = self.evidence.get(planned.key, planned.evidence()).styles()
            columns = match_columns(planned.table, planned.layout, planned.profile, styles)
            assigned = [a for file in self.items[planned.group].tables for a in file.tables]
            found[planned.key] = match_rows(assigned[planned.number], columns)
        return found


def planned_tables(items: tuple[Input, ...]) -> Iterator[Planned]:
    """Yield the tables of the inputs."""
    for group, item in enumerate(items):
        profile = item.tables[0].profile
        assigned = (a for file in item.tables for a in file.tables)
        for number, a in enumerate(assigned):
            yield Planned(group, number, a.table, a.layout, profile)


@cache
def make_tools_once(settings: Settings) -> Tools:
    """Return what batches are processed with; a worker makes it once for all of its tasks."""
    return make_tools(settings)
