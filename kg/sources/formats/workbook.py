"""XLSX workbooks → tables, one a sheet.

calamine reads the cells; what it does not tell is found in the XML (``workbook_xml.py``).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, NoReturn
from xml.parsers import expat

from kg.problems import Place, Problem, Refused, column_letters
from kg.sources.cell import Cell, Number, Unusable
from kg.sources.files import InputFile, open_stream
from kg.sources.files.archives import check_directory, open_archive
from kg.sources.formats.grid import Grid, tabulate
from kg.sources.formats.number_formats import ColumnFormats
from kg.sources.formats.table import Row, Table
from kg.sources.formats.workbook_xml import (
    WORKBOOK,
    Book,
    check_parts,
    read_book,
    refuse,
    scan_sheet,
)

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

__all__ = ["read_workbook"]

MAX_BYTES = 256 * 1024**2
MAX_UNPACKED = 1024**3
MAX_TOLD = 20
"""So many merged ranges of a sheet are told one by one, the rest as a number."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_workbook(file: InputFile, known_headers: frozenset[str] = frozenset()) -> list[Table]:
    """Return the tables of a workbook, one for each sheet that is not empty.

    A hidden sheet is read as well, and told; ``is_hidden`` says so.

    Raises:
        Refused: it is no XLSX, is damaged or encrypted, too large, or holds a DOCTYPE.
    """
    with open_stream(file) as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        refuse(file, "input-too-large", "The workbook is larger than 256 MiB.")
    if data.startswith(_OLE):
        told = "It is encrypted, or an old workbook (.xls)."
        refuse(file, "workbook-format", told)
    if not data.startswith(b"PK"):
        refuse(file, "workbook-format", "It is no workbook in the format XLSX.")
    with open_archive(io.BytesIO(data), file.name, "workbook-damaged") as archive:
        entries = check_directory(archive, file.name, len(data), MAX_UNPACKED)
        names = {entry.filename.lower(): entry.filename for entry in entries}
        if WORKBOOK not in names:
            refuse(file, "workbook-format", _format_told(names))
        check_parts(file, archive, entries)
        with _told(file):
            book = read_book(archive, names)
            tables = _tables(file, archive, book, names, data, known_headers)
    if not tables:
        raise Refused([Problem.of("no-records", Place(file.name), "The workbook is empty.")])
    return tables


def _tables(
    file: InputFile,
    archive: zipfile.ZipFile,
    book: Book,
    names: Mapping[str, str],
    data: bytes,
    known_headers: frozenset[str],
) -> list[Table]:
    from python_calamine import SheetTypeEnum

    workbook = _open(data)
    found = []
    for sheet in workbook.sheets_metadata:
        part = names.get(book.parts.get(sheet.name, "").lower())
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        if part is None:
            refuse(file, "workbook-damaged", f"The sheet ‹{sheet.name}› is not in the file.")
        scan = scan_sheet(file, archive, part, sheet.name, book)
        if scan.last_line == 0:
            continue
        cells = workbook.get_sheet_by_name(sheet.name)
        grid = Grid(file.name, partial(_rows, cells, scan.unusable, scan.formats), sheet.name)
        table = tabulate(grid, known_headers)
        if table is not None:
            found.append(_with_findings(table, cells, book, sheet.name))
    return found


def _open(data: bytes) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(io.BytesIO(data))


def _format_told(names: Mapping[str, str]) -> str:
    if "mimetype" in names and "content.xml" in names:
        return "It is an OpenDocument spreadsheet (.ods)."
    if "xl/workbook.bin" in names:
        return "It is a binary workbook (.xlsb)."
    return "It is no workbook in the format XLSX."


# --- Rows and cells -----------------------------------------------------------


def _rows(
    sheet: CalamineSheet,
    unusable: Mapping[int, Mapping[int, Unusable]],
    formats: Mapping[int, ColumnFormats],
) -> Iterator[Row]:
    """Yield the rows of a sheet that are not blank, each with the number that it has there."""
    # calamine counts rows from the first of the sheet, and columns from the first that is filled
    start, end = sheet.start or (0, 0), sheet.end or (-1, -1)
    left: list[Cell] = [None] * start[1]
    width = max([end[1] + 1, *(max(row) + 1 for row in unusable.values())])
    waiting = sorted(unusable, reverse=True)
    for line, values in enumerate(sheet.iter_rows(), start=1):
        while waiting and waiting[-1] < line:
            yield _bare(waiting.pop(), width, unusable)
        cells = left + [_cell(value) for value in values]
        cells += [None] * (width - len(cells))
        for column, found in formats.items():
            cell = cells[column] if column < len(cells) else None
            if isinstance(cell, Number):
                cells[column] = found.at(line).shown(cell)
        if waiting and waiting[-1] == line:
            for column, cell in unusable[waiting.pop()].items():
                cells[column] = cell
        if any(cells):
            yield Row(line, line, cells)
    while waiting:
        yield _bare(waiting.pop(), width, unusable)


def _bare(line: int, width: int, unusable: Mapping[int, Mapping[int, Unusable]]) -> Row:
    """Return a row that has nothing but unusable cells."""
    found = unusable[line]
    return Row(line, line, [found.get(column) for column in range(width)])


def _cell(value: object) -> Cell:
    if type(value) is str:
        return value if value and not value.isspace() else None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | int):
        return _number(value)
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date | time | timedelta):
        return str(value)
    return None


def _number(value: float) -> Number:
    text = repr(value)
    if text.endswith(".0"):
        return Number(text[:-2])
    return Number(format(Decimal(text), "f") if "e" in text else text)


def _moment(value: datetime) -> str:
    """Return a date, with its time where that is not midnight, to the second."""
    if value.microsecond:
        whole = value.replace(microsecond=0)
        value = whole + timedelta(seconds=1) if value.microsecond >= 500_000 else whole
    return value.date().isoformat() if value.time() == time.min else value.isoformat()


# --- What is told of a sheet --------------------------------------------------


class _Merged(NamedTuple):
    """Cells of a sheet that were merged into one: its first and last line and column, from 1."""

    first_line: int
    first_column: int
    last_line: int
    last_column: int


def _with_findings(table: Table, sheet: CalamineSheet, book: Book, name: str) -> Table:
    problems = [*table.problems]
    is_hidden = name in book.hidden
    if is_hidden:
        told = f"The sheet ‹{name}› is hidden."
        problems.append(Problem.of("sheet-hidden", Place(table.source, sheet=name), told))
    header = table.header_place(0).line or 0
    ranges = sheet.merged_cell_ranges or ()
    merged = [_Merged(*(n + 1 for n in (*first, *last))) for first, last in ranges]
    problems += _merged_problems(table, [cells for cells in merged if cells.last_line >= header])
    return table._replace(
        problems=tuple(problems), is_hidden=is_hidden, date_system=book.date_system
    )


def _merged_problems(table: Table, merged: Sequence[_Merged]) -> Iterator[Problem]:
    for top, left, bottom, right in merged[:MAX_TOLD]:
        place = Place(table.source, top, bottom, left, sheet=table.sheet)
        cells = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
        told = f"Of the merged cells {cells}, only the first has a value."
        yield Problem.of("merged-cells", place, told)
    if len(merged) > MAX_TOLD:
        told = f"There are {len(merged) - MAX_TOLD:,} more merged ranges in the sheet."
        yield Problem.of("merged-cells", Place(table.source, sheet=table.sheet), told)


@contextmanager
def _told(file: InputFile) -> Iterator[None]:
    """Translate what calamine and the XML parser raise; the first fails in Rust at times."""
    from python_calamine import CalamineError

    try:
        yield
    except (CalamineError, expat.ExpatError, LookupError, ValueError, OSError) as error:
        _damaged(file, error)
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        _damaged(file, error)


def _damaged(file: InputFile, error: BaseException) -> NoReturn:
    told = f"The workbook cannot be read: {error}."
    raise Refused([Problem.of("workbook-damaged", Place(file.name), told)]) from error
