"""XLSX workbooks → tables, one a sheet.

calamine reads the cells. What it does not tell is found in the XML of a sheet, as it streams by:
formulas that were never computed, errors, and how far the sheet reaches. No XML is read before its
first lines are known to hold no DOCTYPE.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import IO, TYPE_CHECKING, Literal, NamedTuple, NoReturn
from xml.parsers import expat

from kg.problems import Place, Problem, Refused, column_letters
from kg.sources.archives import check_directory, open_archive
from kg.sources.files import CHUNK, InputFile, open_stream
from kg.sources.tables.grid import Grid, tabulate
from kg.sources.tables.table import Cell, Merged, Number, Row, Table, Unusable

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

__all__ = ["read_workbook"]

MAX_BYTES = 256 * 1024**2
MAX_UNPACKED = 1024**3
MAX_CELLS = 20_000_000
"""Rows times columns: calamine holds the rectangle that the filled cells of a sheet span."""
MAX_TOLD = 20
"""So many merged ranges of a sheet are told one by one, the rest as a number."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_HIDDEN = {"hidden", "veryHidden"}

Start = Callable[[str, dict[str, str]], None]


class _Book(NamedTuple):
    """What the workbook says of itself: its sheets, by name, with their parts, and its dates.

    ``is_stale`` says that its writer computed no formula and left it to the reader.
    """

    parts: Mapping[str, str]
    hidden: frozenset[str]
    date_system: Literal["1900", "1904"]
    is_stale: bool


def read_workbook(file: InputFile, known_headers: frozenset[str] = frozenset()) -> list[Table]:
    """Return the tables of a workbook, one for each sheet that is not empty.

    A hidden sheet is read as well, and told; ``hidden`` says so.

    Raises:
        Refused: it is no XLSX, is damaged or encrypted, too large, or holds a DOCTYPE.
    """
    with open_stream(file) as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        _refuse(file, "input-too-large", "The workbook is larger than 256 MiB.")
    if data.startswith(_OLE):
        told = "It is encrypted, or an old workbook (.xls)."
        _refuse(file, "workbook-format", told)
    if not data.startswith(b"PK"):
        _refuse(file, "workbook-format", "It is no workbook in the format XLSX.")
    with open_archive(io.BytesIO(data), file.name, "workbook-damaged") as archive:
        entries = check_directory(archive, file.name, len(data), MAX_UNPACKED)
        names = {entry.filename.lower(): entry.filename for entry in entries}
        if _WORKBOOK not in names:
            _refuse(file, "workbook-format", _format_told(names))
        _check_parts(file, archive, entries)
        book = _book(file, archive, names)
        with _told(file):
            tables = _tables(file, archive, book, names, data, known_headers)
    if not tables:
        raise Refused([Problem.of("no-records", Place(file.name), "The workbook is empty.")])
    return tables


def _tables(
    file: InputFile,
    archive: zipfile.ZipFile,
    book: _Book,
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
            _refuse(file, "workbook-damaged", f"The sheet ‹{sheet.name}› is not in the file.")
        scan = _scan(file, archive, part, sheet.name, is_stale=book.is_stale)
        if scan.last_line == 0:
            continue
        cells = workbook.get_sheet_by_name(sheet.name)
        grid = Grid(file.name, partial(_rows, cells, scan.unusable), sheet.name)
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


def _rows(sheet: CalamineSheet, unusable: Mapping[int, Mapping[int, Unusable]]) -> Iterator[Row]:
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


def _with_findings(table: Table, sheet: CalamineSheet, book: _Book, name: str) -> Table:
    merged = tuple(
        Merged(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    problems = [*table.problems]
    is_hidden = name in book.hidden
    if is_hidden:
        told = f"The sheet ‹{name}› is hidden."
        problems.append(Problem.of("sheet-hidden", Place(table.source, sheet=name), told))
    header = table.header_place(0).line or 0
    problems += _merged_problems(table, [cells for cells in merged if cells.last_line >= header])
    return table._replace(
        problems=tuple(problems), hidden=is_hidden, merged=merged, date_system=book.date_system
    )


def _merged_problems(table: Table, merged: Sequence[Merged]) -> Iterator[Problem]:
    for top, left, bottom, right in merged[:MAX_TOLD]:
        place = Place(table.source, top, bottom, left, sheet=table.sheet)
        cells = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
        told = f"Of the merged cells {cells}, only the first has a value."
        yield Problem.of("merged-cells", place, told)
    if len(merged) > MAX_TOLD:
        told = f"There are {len(merged) - MAX_TOLD:,} more merged ranges in the sheet."
        yield Problem.of("merged-cells", Place(table.source, sheet=table.sheet), told)


# --- XML ----------------------------------------------------------------------


def _check_parts(
    file: InputFile, archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]
) -> None:
    """Refuse a workbook with a DOCTYPE in any part, whatever it is named and in any encoding.

    Raises:
        Refused: there is one, or a part that is XML by name is none.
    """
    for entry in entries:
        is_xml = entry.filename.lower().endswith((".xml", ".rels"))
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = partial(_doctype, file, entry.filename)
        parser.StartElementHandler = _stop
        try:
            with archive.open(entry) as part:
                _feed(parser, part)
        except _Begun:
            continue
        except (expat.ExpatError, LookupError, ValueError) as error:
            if is_xml and not entry.is_dir():
                told = f"The part {entry.filename} is no XML: {error}."
                problem = Problem.of("workbook-damaged", Place(file.name), told)
                raise Refused([problem]) from error


class _Begun(Exception):
    """The first element was reached; there is no DOCTYPE."""


def _stop(name: str, attributes: dict[str, str]) -> NoReturn:
    raise _Begun


def _doctype(file: InputFile, part: str, *_: object) -> NoReturn:
    _refuse(file, "xml-dtd", f"The part {part} declares a document type.")


def _feed(parser: expat.XMLParserType, part: IO[bytes]) -> None:
    while chunk := part.read(CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _parse(file: InputFile, archive: zipfile.ZipFile, name: str, start: Start) -> None:
    """Call ``start`` for each element of a part, its name without prefix."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
    with _told(file), archive.open(name) as part:
        _feed(parser, part)


def _book(file: InputFile, archive: zipfile.ZipFile, names: Mapping[str, str]) -> _Book:
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}
    hidden: set[str] = set()
    flags: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = posixpath.normpath(
                posixpath.join("/xl", target)
            ).lstrip("/")

    def element(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            name = attributes.get("name", "")
            key = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            sheets[name] = targets.get(key, "")
            if attributes.get("state") in _HIDDEN:
                hidden.add(name)
        elif tag in {"workbookPr", "calcPr"}:
            flags.update(attributes)

    if _RELATIONS in names:
        _parse(file, archive, names[_RELATIONS], relation)
    _parse(file, archive, names[_WORKBOOK], element)
    is_1904 = flags.get("date1904") in {"1", "true"}
    is_stale = flags.get("fullCalcOnLoad") in {"1", "true"}
    return _Book(sheets, frozenset(hidden), "1904" if is_1904 else "1900", is_stale)


class _Scan:
    """What is found in the XML of a sheet: how far it reaches, and cells that hold no value.

    ``unusable`` are the latter by line, from 1, and column, from 0.
    """

    def __init__(self, *, is_stale: bool) -> None:
        self.first_line = self.last_line = self.last_column = 0
        self.unusable: dict[int, dict[int, Unusable]] = {}
        self._is_stale = is_stale
        self._columns: dict[str, int] = {}
        self._line = self._column = 0
        self._reference: str | None = None
        self._type: str | None = None
        self._texts: dict[str, list[str]] = {}
        self._inside: list[str] | None = None
        self._row = self._cell = self._formula = self._value = self._string = ""
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._root

    def _root(self, tag: str, attributes: dict[str, str]) -> None:
        prefix, colon, _ = tag.rpartition(":")
        self._row, self._cell, self._formula, self._value, self._string = (
            f"{prefix}{colon}{name}" for name in ("row", "c", "f", "v", "is")
        )
        self.parser.StartElementHandler = self._start

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self._cell:
            self._reference = attributes.get("r")
            self._type = attributes.get("t")
            if self._reference is None:
                self._column += 1
            if self._type == "e":
                self._watch()
        elif tag == self._value or tag == self._string:
            self._reached()
            if self._inside is not None:
                self._inside = self._texts.setdefault(self._value, [])
        elif tag == self._formula:
            self._watch()
            self._inside = self._texts.setdefault(tag, [])
        elif tag == self._row:
            number = attributes.get("r", "")
            self._line = int(number) if number.isdecimal() else self._line + 1
            self._column = 0

    def _reached(self) -> tuple[int, int]:
        """Return line and column of the cell, from 1, and take them into the reach."""
        line, column = self._line, self._column
        if self._reference is not None:
            letters = self._reference.rstrip("0123456789")
            line = int(self._reference[len(letters) :] or self._line)
            found = self._columns.get(letters)
            if found is None:
                found = self._columns[letters] = _column(letters)
            column = self._column = found
        if line > self.last_line:
            self.last_line = line
        if line < self.first_line or not self.first_line:
            self.first_line = line
        if column > self.last_column:
            self.last_column = column
        return line, column

    def _watch(self) -> None:
        """Read the texts of this cell: it has a formula or an error."""
        if self._inside is None:
            self._inside, self._texts = [], {}
            self.parser.EndElementHandler = self._end
            self.parser.CharacterDataHandler = self._text

    def _text(self, text: str) -> None:
        if self._inside is not None:
            self._inside.append(text)

    def _end(self, tag: str) -> None:
        if tag != self._cell:
            return
        self.parser.EndElementHandler = None
        self.parser.CharacterDataHandler = None
        self._inside = None
        line, column = self._reached()
        found = self._verdict()
        if found is not None and column:
            self.unusable.setdefault(line, {})[column - 1] = found

    def _verdict(self) -> Unusable | None:
        stated = self._value in self._texts
        value = "".join(self._texts.get(self._value, ()))
        if self._type == "e":
            text = value or "#VALUE!"
            return Unusable(text, "cell-error", f"The cell holds the error {text}.")
        is_empty = not value and not (self._type == "str" and stated)
        if is_empty or (self._is_stale and value == "0"):
            formula = "".join(self._texts.get(self._formula, ()))
            told = "The workbook has a formula here and not its value."
            return Unusable(f"={formula}", "formula-no-value", told)
        return None


def _column(letters: str) -> int:
    """Return the number of a column, from 1: ``D`` → 4, ``AB`` → 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _scan(
    file: InputFile, archive: zipfile.ZipFile, part: str, sheet: str, *, is_stale: bool
) -> _Scan:
    scan = _Scan(is_stale=is_stale)
    with archive.open(part) as stream:
        _feed(scan.parser, stream)
    lines = scan.last_line - scan.first_line + 1
    if lines * scan.last_column > MAX_CELLS:
        told = f"The sheet spans {lines:,} rows and {scan.last_column:,} columns."
        raise Refused([Problem.of("input-too-large", Place(file.name, sheet=sheet), told)])
    return scan


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


def _refuse(file: InputFile, code: str, message: str) -> NoReturn:
    raise Refused([Problem.of(code, Place(file.name), message)])
