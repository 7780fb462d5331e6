"""Files of tables → readings: those that belong together are read together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from kg.problems import Level, Place, Problem, Refused
from kg.records import Outcome, Reading, Tally
from kg.sources.cell import header_key
from kg.sources.formats.table import Row
from kg.sources.layouts.profile import TableLayout, TableProfile
from kg.sources.tables.cells import TableRows
from kg.sources.tables.columns import Columns, column_problems, match_columns
from kg.sources.tables.recognition import Assigned, Recognised
from kg.sources.tables.records import RecordReader
from kg.sources.tables.row_groups import RowsByProject
from kg.sources.tables.styles import read_styles

__all__ = [
    "check_tables",
    "group_tables",
    "match_rows",
    "no_rows",
    "read_beside",
    "read_head",
    "read_rows",
    "read_tables_of",
]


def group_tables(files: Iterable[Recognised]) -> list[tuple[Recognised, ...]]:
    """Return the files that are read together.

    Where a layout has a table of projects and one of partners, these are the files of a folder that
    have one of the two.
    """
    groups: dict[tuple[str, Path], list[Recognised]] = {}
    for file in files:
        found = file.examined.file
        where = found.folder / found.name if file.is_whole else found.folder
        groups.setdefault((file.profile.name, where), []).append(file)
    return [tuple(group) for group in groups.values()]


def read_tables_of(
    files: Sequence[Recognised], only: Collection[str] | None = None
) -> Iterator[Reading]:
    """Yield what the layout of some files makes of each project, with its partners.

    ``only`` are ids of projects: rows that are of others are passed by, which is faster. How
    columns write their values is decided from all rows all the same.

    Raises:
        Refused: a file cannot be read, or there is no table of projects, or no row in it.
    """
    profile = files[0].profile
    check_tables(files)
    for file in files:
        yield from read_beside(file)
    reader = RecordReader(profile)
    tables = []
    for a in (table for file in files for table in file.tables):
        styles = read_styles(a.table, a.layout, profile)
        rows = match_rows(a, match_columns(a.table, a.layout, profile, styles))
        yield from read_head(rows)
        if only is not None and not a.layout.fill_down:
            rows = _of_projects(rows, reader, only)
        tables.append((a.layout, rows))
    if not (yield from read_rows(profile, tables)):
        raise Refused([no_rows(files)])


def check_tables(files: Sequence[Recognised]) -> None:
    """Check that files which are read together have a table of projects.

    Raises:
        Refused: they have none beside that of partners.
    """
    profile = files[0].profile
    assigned = [table for file in files for table in file.tables]
    if profile.is_joined and all(a.layout.holds == "partners" for a in assigned):
        raise Refused([_no_projects(assigned[0], profile.name)])


def match_rows(assigned: Assigned, columns: Columns) -> TableRows:
    """Return the rows of a table with its columns."""
    return TableRows(assigned.table, columns, _skipped(columns, assigned.layout))


def read_head(rows: TableRows) -> Iterator[Reading]:
    """Yield what is to be said of a table before any of its rows."""
    table = rows.table
    problems = (*table.problems, *column_problems(rows.columns, table))
    above: Tally = Counter()
    if table.skipped:
        above[("above the header", Outcome.IGNORED)] = table.skipped
    if problems or above:
        yield Reading(table.source, problems=problems, cells=above)


def read_rows(
    profile: TableProfile, tables: Sequence[tuple[TableLayout, TableRows]]
) -> Generator[Reading, None, bool]:
    """Yield what is made of the rows of tables that are read together.

    The rows of each table are gone through once, those of partners before those of projects.
    Returns whether there were any.
    """
    reader = RecordReader(profile)
    projects = [rows for layout, rows in tables if layout.holds == "projects"]
    partners = [(layout, rows) for layout, rows in tables if layout.holds == "partners"]
    has_rows = False
    with RowsByProject() as kept:
        mine = [rows for _, rows in partners]
        for number, (layout, rows) in enumerate(partners):
            for reading in _keep(reader, layout, rows, number, kept, is_joined=profile.is_joined):
                has_rows = has_rows or bool(reading.held)
                yield reading
        kept.ready()
        readings = (
            reader.read_joined(projects, mine, kept)
            if projects
            else reader.read_grouped(mine, kept)
        )
        # whoever stops early leaves it open, and it reads from a database that closes before
        with closing(readings):
            for reading in readings:
                has_rows = True
                yield reading
    return has_rows


def no_rows(files: Sequence[Recognised]) -> Problem:
    """Return the problem of files that have no row."""
    told = "The table has a header and no rows."
    return Problem.of("no-records", files[0].tables[0].table.header_place(0), told)


def _of_projects(rows: TableRows, reader: RecordReader, only: Collection[str]) -> TableRows:
    """Return a table without the rows that name another project than these."""

    def chosen() -> Iterator[Row]:
        for row in rows.table.rows():
            key = reader.key(rows, row) if row.parent is None else None
            if key is None or key in only:
                yield row

    return rows._replace(table=rows.table._replace(rows=chosen))


def _keep(
    reader: RecordReader,
    layout: TableLayout,
    rows: TableRows,
    number: int,
    kept: RowsByProject,
    *,
    is_joined: bool,
) -> Iterator[Reading]:
    """Keep the rows of a table of partners by their project; yield those that have none."""
    last: str | None = None
    for row in rows.table.rows():
        if rows.passes_over(row):
            yield reader.leave_out(rows, row)
            continue
        if row.problem is not None and not is_joined:
            code, told = row.problem
            place = rows.origin(row).place()
            yield reader.hold_row(rows, row, Problem.of(code, place, told, level=Level.PARTNER))
            continue
        key = reader.key(rows, row) if row.parent is None else row.parent
        # a row that states anything of a project but its key is damaged, and no continuation
        if key is None and layout.fill_down and not _states_project(rows, row):
            key = last
        last = key
        if key is None and not is_joined:
            yield reader.hold_row(rows, row, reader.without_project(rows, row))
            continue
        kept.add(key or "", number, row)


def _states_project(rows: TableRows, row: Row) -> bool:
    plans = rows.columns.project
    return any(p.position < len(row.cells) and row.cells[p.position] is not None for p in plans)


def _skipped(columns: Columns, layout: TableLayout) -> tuple[tuple[int, frozenset[str]], ...]:
    header = [header_key(name) for name in columns.header]
    return tuple(
        (header.index(header_key(name)), frozenset(words))
        for name, words in layout.skip.items()
        if header_key(name) in header
    )


def read_beside(file: Recognised) -> Iterator[Reading]:
    """Account for the tables of a file that are not of its layout, such as a sheet of notes."""
    headers = [set(map(header_key, a.table.header)) for a in file.tables]
    for table in file.others:
        level = remedy = None
        told = f"‹{table.name or table.source}› is no table of the layout ‹{file.profile.name}›."
        if table.is_hidden:
            told = f"‹{table.name}› is hidden, and either a sheet that is shown holds the same "
            told += f"table, or none of the layout ‹{file.profile.name}› has its columns."
        elif any(header <= set(map(header_key, table.header)) for header in headers):
            told = f"‹{table.name or table.source}› has the columns of the layout "
            told += f"‹{file.profile.name}›, which names other sheets; none of its rows was read."
            level, remedy = Level.WARNING, "Name the sheet in the profile, if its rows count."
        place = table.header_place(0)
        problem = Problem.of("table-unread", place, told, level=level, remedy=remedy)
        cells = sum(cell is not None for row in table.rows() for cell in row.cells)
        cells += sum(bool(name) for name in table.header) + table.skipped
        account = {(table.name or "other table", Outcome.IGNORED): cells}
        # of the rest that is to be said of a table nothing matters where it is not read
        hidden = [found for found in table.problems if found.code == "sheet-hidden"]
        yield Reading(table.source, problems=(*hidden, problem), cells=account)


def _no_projects(partners: Assigned, name: str) -> Problem:
    told = f"There is no table of projects of the layout ‹{name}› beside this table of partners."
    return Problem.of("no-records", Place(partners.table.source), told)
