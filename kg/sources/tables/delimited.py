"""CSV files → tables, with any delimiter, quoting, line end and encoding that is met.

Python's ``csv`` module reads; ours is what it leaves open: which delimiter it is, where a quote was
opened that never closes, and rows that are longer or shorter than the header.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from kg.problems import Place, Problem, Refused
from kg.sources.files import InputFile, open_stream
from kg.sources.tables.table import Row, Table

__all__ = ["read_delimited"]

DELIMITERS = (",", ";", "\t", "|")
MAX_CELL = 1 << 20
"""Characters in a cell; a longer one is an unclosed quote or no table."""
SAMPLE_LINES = 20


class _Form(NamedTuple):
    encoding: str
    delimiter: str


def read_delimited(file: InputFile, encoding: str) -> Table:
    """Return the table of a CSV file; its first row that is not blank is the header.

    Raises:
        Refused: there is no header, or a quote is never closed.
    """
    form = _Form(encoding, _delimiter(file, encoding))
    header = next((row for row in _rows(file, form, width=None) if any(row.cells)), None)
    if header is None:
        raise Refused([Problem.of("no-records", Place(file.name), "The file has no header row.")])
    names = [str(cell or "").strip().strip("\ufeff") for cell in header.cells]

    def rows() -> Iterator[Row]:
        for row in _rows(file, form, width=len(names)):
            if (row.number or 0) > (header.number or 0) and any(row.cells):
                yield row

    def place(row: Row, position: int | None) -> Place:
        return Place(file.name, row.line, column=None if position is None else position + 1)

    return Table(
        file.name,
        names,
        rows,
        place,
        lambda position: Place(file.name, header.line, column=position + 1),
    )


def _rows(file: InputFile, form: _Form, width: int | None) -> Iterator[Row]:
    csv.field_size_limit(MAX_CELL)
    with open_stream(file) as stream, io.TextIOWrapper(stream, form.encoding, newline="") as text:
        reader = csv.reader(text, delimiter=form.delimiter, strict=True)
        number, line = 0, 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise Refused([_syntax(file, line, error)]) from error
            number += 1
            yield _row(number, line, cells, width)
            line = reader.line_num + 1


def _row(number: int, line: int, cells: list[str], width: int | None) -> Row:
    filled = [cell if cell.strip() else None for cell in cells]
    if width is None or len(filled) == width or not any(filled):
        return Row(number, line, filled)
    if len(filled) > width and not any(filled[width:]):
        return Row(number, line, filled[:width])
    told = f"The row has {len(filled)} cells and the header {width}."
    return Row(number, line, filled, problem=("row-ragged", told))


def _syntax(file: InputFile, line: int, error: csv.Error) -> Problem:
    message = f"The row that begins here cannot be read: {error}."
    if "unexpected end of data" in str(error) or "field larger" in str(error):
        message = "A quote is opened in this row and never closed."
    return Problem.of("csv-syntax", Place(file.name, line), message)


def _delimiter(file: InputFile, encoding: str) -> str:
    """Return the delimiter that parts the first lines into the most columns of equal number."""
    with open_stream(file) as stream, io.TextIOWrapper(stream, encoding, newline="") as text:
        sample = [line for _, line in zip(range(SAMPLE_LINES), text, strict=False)]
    scores = {}
    for rank, delimiter in enumerate(DELIMITERS):
        try:
            widths = [len(row) for row in csv.reader(sample, delimiter=delimiter) if row]
        except csv.Error:
            continue
        if widths:
            scores[delimiter] = (widths[0] > 1, widths.count(widths[0]) * widths[0], -rank)
    return max(scores, key=lambda delimiter: scores[delimiter], default=",")
