"""The exchange layout: two CSV files in a folder, or JSON with the partners inside the projects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg.problems import Place, Problem, Refused
from kg.records import Reading
from kg.sources.files import Examined
from kg.sources.profile import TableProfile, load_table_profile
from kg.sources.tables.columns import Columns, match_columns, unread
from kg.sources.tables.delimited import read_delimited
from kg.sources.tables.documents import document_tables
from kg.sources.tables.partner_rows import PartnerRows
from kg.sources.tables.records import RowTable, read_records
from kg.sources.tables.table import Row, Table
from kg.sources.values import clean

__all__ = ["PROFILE", "group_exchange", "read_exchange"]

PROFILE = "exchange"
JSON = {".json", ".jsonl"}


def group_exchange(files: Iterable[Examined]) -> list[tuple[Examined, ...]]:
    """Return the files that are read together: the tables of a folder, each JSON file alone."""
    groups: dict[Path, list[Examined]] = {}
    for examined in files:
        path = examined.file.path
        is_alone = path.suffix.lower() in JSON
        groups.setdefault(path if is_alone else path.parent, []).append(examined)
    return [tuple(group) for group in groups.values()]


def read_exchange(files: Sequence[Examined]) -> Iterator[Reading]:
    """Yield what the source makes of each project, with its partners.

    Raises:
        Refused: a file cannot be read, or is no table of the layout.
    """
    profile = load_table_profile(PROFILE)
    if files[0].file.path.suffix.lower() in JSON:
        projects, partners = document_tables(files[0].file, files[0].encoding)
    else:
        projects, partners = _csv_tables(files, profile)
    yield from _read(projects, partners, profile)


def _read(projects: Table, partners: Table | None, profile: TableProfile) -> Iterator[Reading]:
    project_columns = match_columns(projects, profile.table("projects"), profile.values)
    problems = unread(project_columns, projects)
    if problems:
        yield Reading(projects.source, problems=tuple(problems))
    project_table = RowTable(projects.source, project_columns)
    with PartnerRows() as rows:
        partner_table = project_table
        if partners is not None:
            columns = match_columns(partners, profile.table("partners"), profile.values)
            partner_table = RowTable(partners.source, columns)
            problems = unread(columns, partners)
            if problems:
                yield Reading(partners.source, problems=tuple(problems))
            for row in partners.rows():
                rows.add(row.parent or _project_of(row, columns), row)
        rows.ready()
        is_empty = True
        for reading in read_records(project_table, partner_table, projects.rows(), rows):
            is_empty = False
            yield reading
    if is_empty:
        told = "The table has a header and no rows."
        raise Refused([Problem.of("no-records", projects.header_place(0), told)])


def _project_of(row: Row, columns: Columns) -> str:
    position = columns.positions["project_id"]
    return clean((row.cells[position] if position < len(row.cells) else None) or "")


def _csv_tables(files: Sequence[Examined], profile: TableProfile) -> tuple[Table, Table | None]:
    found: dict[str, Table] = {}
    for examined in files:
        table = read_delimited(examined.file, examined.encoding)
        holds = _holds(table, profile)
        if holds is None:
            place = table.header_place(0)
            told = f"The columns are {', '.join(table.header[:12])}."
            raise Refused([Problem.of("layout-unknown", place, told)])
        if holds in found:
            told = f"{found[holds].source} is a table of {holds} as well."
            raise Refused([Problem.of("layout-unknown", Place(table.source), told)])
        found[holds] = table
    if "projects" not in found:
        told = "There are partners and no projects; the two tables belong into one folder."
        raise Refused([Problem.of("no-records", Place(files[0].file.name), told)])
    return found["projects"], found.get("partners")


def _holds(table: Table, profile: TableProfile) -> str | None:
    """Return what a table's rows are: the layout that has most of its required columns."""
    for holds in ("partners", "projects"):
        required = [column for column in profile.table(holds).columns if column.required]
        if all(set(column.header) & set(table.header) for column in required):
            return holds
    return None
