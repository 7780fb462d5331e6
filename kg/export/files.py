"""Rows of cells → files: two CSVs, a workbook with two sheets, or JSON.

To add a format, write its function and add it to ``FORMATS``.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.export.cells import Cells
from kg.problems import InputError, OutputError
from kg.sources.fields import Holds, Kind

if TYPE_CHECKING:
    from xlsxwriter.format import Format as CellFormat
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["CSV_FILES", "FORMATS", "ColumnOut", "ExportFormat", "Record", "Tables", "format_of"]

MAX_SHEET_ROWS = 1_048_576
MAX_SHEET_CELL = 32_767
"""The limits of a worksheet: rows, and UTF-16 code units of a cell (Microsoft, Excel)."""

NUMBERS: frozenset[Kind] = frozenset({"count", "amount", "number", "coordinate"})
_DOUBTFUL = re.compile(r"-?[0-9]{3}\.[0-9]{3}0")
"""A coordinate that would be taken for thousands of metres without the zero behind it."""
EPOCH = datetime(2000, 1, 1)
"""When a workbook was made, so that the same rows give the same file."""


class ColumnOut(NamedTuple):
    """A column to write: its header, its field, what its cells hold, and if it must be there."""

    header: str
    field: str
    kind: Kind
    required: bool = False


class Record(NamedTuple):
    """The cells of a project and of its partners."""

    project: Cells
    partners: list[Cells]


class Tables(NamedTuple):
    """What is written: the columns of both tables, and the records, read anew each time.

    ``has_partners`` says whether any record has a partner.
    """

    columns: Mapping[Holds, Sequence[ColumnOut]]
    records: Callable[[], Iterator[Record]]
    has_partners: bool


class ExportFormat(NamedTuple):
    """A format: its name, the ending of its file (none for a folder), and what writes it.

    ``check`` makes what is told of each record before anything is written, and raises OutputError
    where the format cannot hold it.
    """

    name: str
    label: str
    suffix: str | None
    write: Callable[[Path, Tables], None]
    check: Callable[[], Callable[[Record], None]] = lambda: lambda record: None


# --- CSV ----------------------------------------------------------------------

CSV_FILES: Mapping[Holds, str] = {"projects": "projects.csv", "partners": "partners.csv"}


def _write_csv(folder: Path, tables: Tables) -> None:
    paths = {holds: folder / name for holds, name in CSV_FILES.items()}
    with (
        paths["projects"].open("w", encoding="utf-8", newline="") as projects,
        paths["partners"].open("w", encoding="utf-8", newline="") as partners,
    ):
        write_project, write_partner = csv.writer(projects).writerow, csv.writer(partners).writerow
        write_project([column.header for column in tables.columns["projects"]])
        write_partner([column.header for column in tables.columns["partners"]])
        of_project = [column.field for column in tables.columns["projects"]]
        of_partner = [column.field for column in tables.columns["partners"]]
        for record in tables.records():
            write_project([record.project.get(field, "") for field in of_project])
            for partner in record.partners:
                write_partner([partner.get(field, "") for field in of_partner])


# --- JSON ---------------------------------------------------------------------


def _write_json(path: Path, tables: Tables) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("[")
        for n, record in enumerate(tables.records()):
            file.write(",\n" if n else "\n")
            file.write(_object(record, tables))
        file.write("\n]\n")


def _write_json_lines(path: Path, tables: Tables) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for record in tables.records():
            file.write(f"{_object(record, tables)}\n")


def _object(record: Record, tables: Tables) -> str:
    """Return a project as a JSON object, its partners in an array of it."""
    members = _members(record.project, tables.columns["projects"])
    if not tables.has_partners:
        return f"{{{members}}}"
    columns = [column for column in tables.columns["partners"] if column.field != "project_id"]
    partners = ", ".join(f"{{{_members(cells, columns)}}}" for cells in record.partners)
    return f'{{{members}, "partners": [{partners}]}}'


def _members(cells: Cells, columns: Sequence[ColumnOut]) -> str:
    return ", ".join(
        f"{json.dumps(header)}: {_json(cells.get(field), kind)}"
        for header, field, kind, required in columns
        if required or field in cells
    )


def _json(cell: str | None, kind: Kind) -> str:
    if not cell:
        return "null"
    if kind in NUMBERS:
        return cell
    if kind == "flag":
        return "true" if cell == "yes" else "false"
    return json.dumps(cell, ensure_ascii=False)


# --- XLSX ---------------------------------------------------------------------


def _write_workbook(path: Path, tables: Tables) -> None:
    from xlsxwriter import Workbook

    # rows go to disk one by one; text is never read as a formula, a number or a link
    options = {"constant_memory": True, "tmpdir": str(path.parent)}
    with Workbook(str(path), options) as book:
        book.set_properties({"created": EPOCH, "title": "Interreg projects"})
        head, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        projects = _add_sheet(book, "projects", tables, head)
        partners = _add_sheet(book, "partners", tables, head)
        last = 0
        for n, record in enumerate(tables.records(), start=1):
            _write_row(projects, n, record.project, tables.columns["projects"], day)
            for partner in record.partners:
                last += 1
                _write_row(partners, last, partner, tables.columns["partners"], day)


def _add_sheet(book: Workbook, holds: Holds, tables: Tables, head: CellFormat) -> Worksheet:
    sheet = book.add_worksheet(holds)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(tables.columns[holds]), 18)
    for n, column in enumerate(tables.columns[holds]):
        sheet.write_string(0, n, column.header, head)
    return sheet


def _write_row(
    sheet: Worksheet, row: int, cells: Cells, columns: Sequence[ColumnOut], day: CellFormat
) -> None:
    for n, (_, field, kind, _) in enumerate(columns):
        cell = cells.get(field)
        if not cell:
            continue
        if kind in NUMBERS and _is_exact(cell, kind):
            sheet.write_number(row, n, float(cell))
        elif kind == "date":
            sheet.write_datetime(row, n, datetime.combine(date.fromisoformat(cell), EPOCH.time()),
                                 day)  # fmt: skip
        else:
            sheet.write_string(row, n, cell)


def _is_exact(cell: str, kind: Kind) -> bool:
    """Tell whether a binary number has the value of a cell, and is read as that."""
    if kind == "coordinate" and _DOUBTFUL.fullmatch(cell):
        return False
    return Decimal(repr(float(cell))) == Decimal(cell)


class _SheetCheck:
    """Refuses what a worksheet cannot hold."""

    def __init__(self) -> None:
        self._rows = {"projects": 1, "partners": 1}

    def __call__(self, record: Record) -> None:
        self._rows["projects"] += 1
        self._rows["partners"] += len(record.partners)
        for holds, number in self._rows.items():
            if number > MAX_SHEET_ROWS:
                raise _too_large(f"There are more {holds} than the {MAX_SHEET_ROWS:,} rows")
        for cells in (record.project, *record.partners):
            for field, cell in cells.items():
                if len(cell) * 2 > MAX_SHEET_CELL and _units(cell) > MAX_SHEET_CELL:
                    told = f"{field} of {cells['project_id']} has {_units(cell):,} characters, more"
                    raise _too_large(f"{told} than the {MAX_SHEET_CELL:,} of a cell")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _too_large(told: str) -> OutputError:
    return OutputError(f"{told} that a workbook has.", remedy="Export as CSV, which has no limit.")


# --- Which there are ----------------------------------------------------------

FORMATS = (
    ExportFormat("csv", "two CSV files in a folder", None, _write_csv),
    ExportFormat("xlsx", "a workbook with two sheets", ".xlsx", _write_workbook, _SheetCheck),
    ExportFormat("json", "an array of projects", ".json", _write_json),
    ExportFormat("jsonl", "one project a line", ".jsonl", _write_json_lines),
)


def format_of(path: Path, name: str | None = None) -> ExportFormat:
    """Return the format of an output: that of a name, else what the ending of the path tells.

    Raises:
        InputError: there is no such format, or the path ends like a file in another one, or in one
            that is not written.
    """
    suffix = path.suffix.lower()
    if name is not None:
        chosen = next((form for form in FORMATS if form.name == name), None)
        known = [form.name for form in FORMATS]
        if chosen is None:
            raise InputError(
                f"There is no format {name}.", remedy=f"Use one of {', '.join(known)}."
            )
        if suffix[1:] in known and suffix[1:] != name:
            raise InputError(
                f"The name has the ending of {suffix[1:]}, and the format asked for is {name}.",
                place=str(path),
                remedy="Choose another name, or leave --format out.",
            )
        return chosen
    form = next((form for form in FORMATS if form.suffix == suffix), None)
    if form is None and suffix[1:].isalpha() and not path.is_dir():
        written = ", ".join(form.suffix for form in FORMATS if form.suffix)
        raise InputError(
            f"No format that is written has the ending {path.suffix}.",
            place=str(path),
            remedy=f"Use one of {written}, or --format csv for a folder of this name.",
        )
    return form or FORMATS[0]
