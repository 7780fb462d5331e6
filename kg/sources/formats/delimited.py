"""CSV files → tables, with any delimiter, quoting, line end and encoding that is met.

Python's ``csv`` module reads; ours is what it leaves open: which delimiter it is, where a quote was
opened that never closes, and rows that are longer or shorter than the header.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from kg.problems import Place, Problem, Refused
from kg.sources.files import InputFile, open_stream
from kg.sources.formats.grid import Grid, known_in, tabulate
from kg.sources.formats.table import Row, Table

__all__ = ["read_delimited"]

DELIMITERS = (",", ";", "\t", "|", "^", "~", "\x1f")
MAX_CELL = 1 << 20
"""Characters in a cell; a longer one is an unclosed quote or no table."""
SAMPLE = 1 << 16
"""Characters that are looked at to find the delimiter."""
SAMPLE_ROWS = 100

_STATED = re.compile(r'\ufeff?"?sep=([^\r\n])"?;?(\r\n|\r|\n)', re.IGNORECASE)
"""The first line by which spreadsheet programs are told the delimiter."""


class _Form(NamedTuple):
    """How a file is written; ``skip`` is the number of characters before its first row."""

    encoding: str
    delimiter: str
    skip: int


def read_delimited(
    file: InputFile,
    encoding: str,
    known_headers: frozenset[str] = frozenset(),
    delimiter: str | None = None,
) -> Table:
    """Return the table of a CSV file.

    ``known_headers`` help to find the header row; ``delimiter`` is that of a source profile.

    Raises:
        Refused: there is no header, or a quote is never closed.
    """
    form = _form(file, encoding, known_headers, delimiter)
    table = tabulate(Grid(file.name, lambda: _rows(file, form)), known_headers)
    if table is None:
        raise Refused([Problem.of("no-records", Place(file.name), "The file has no header row.")])
    return table._replace(skipped=table.skipped + bool(form.skip))


def _rows(file: InputFile, form: _Form) -> Iterator[Row]:
    """Yield the rows that are not blank; a cell of nothing but space is empty."""
    csv.field_size_limit(MAX_CELL)
    with open_stream(file) as stream, io.TextIOWrapper(stream, form.encoding, newline="") as text:
        text.read(form.skip)
        number = skipped = 1 if form.skip else 0
        reader = csv.reader(text, delimiter=form.delimiter, strict=True)
        line = skipped + 1
        try:
            for texts in reader:
                number += 1
                start, line = line, reader.line_num + skipped + 1
                cells = [cell if cell and not cell.isspace() else None for cell in texts]
                if any(cells):
                    yield Row(number, start, cells)
        except csv.Error as error:
            raise Refused([_syntax(file, line, error)]) from error


def _syntax(file: InputFile, line: int, error: csv.Error) -> Problem:
    message = f"The row that begins here cannot be read: {error}."
    if "unexpected end of data" in str(error):
        message = "A quote is opened in this row and never closed."
    elif "field larger" in str(error):
        message = (
            f"A cell that begins in this row has more than {MAX_CELL:,} characters: most often a "
            "quote is opened in it and never closed."
        )
    return Problem.of("csv-syntax", Place(file.name, line), message)


def _form(
    file: InputFile, encoding: str, known_headers: frozenset[str], delimiter: str | None
) -> _Form:
    with open_stream(file) as stream, io.TextIOWrapper(stream, encoding, newline="") as text:
        sample = text.read(SAMPLE)
    stated = _STATED.match(sample)
    if stated is not None:
        return _Form(encoding, delimiter or stated[1], stated.end())
    return _Form(encoding, delimiter or _delimiter(sample, known_headers), 0)


def _delimiter(sample: str, known_headers: frozenset[str]) -> str:
    """Return the delimiter that parts the first rows into most known headers, or most evenly."""
    scores = {}
    for rank, delimiter in enumerate(DELIMITERS):
        if delimiter in sample:
            scores[delimiter] = (*_evenness(sample, delimiter, known_headers), -rank)
    best = max(scores, key=lambda delimiter: scores[delimiter], default=",")
    return best if scores and max(scores[best][:3]) > 0 else _absent(sample)


def _evenness(sample: str, delimiter: str, known_headers: frozenset[str]) -> tuple[int, int, int]:
    """Return how many known headers a delimiter gives, and how evenly it parts the rows.

    Rows are parted best where half of them have as many cells as the first one; next, where that is
    a title, three out of five have three cells or more.
    """
    rows = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if any(row):
                rows.append(row)
            if len(rows) > SAMPLE_ROWS:
                break
    except csv.Error:
        return 0, 0, 0
    if len(sample) == SAMPLE and 1 < len(rows) <= SAMPLE_ROWS:
        rows.pop()
    if not rows:
        return 0, 0, 0
    known = max(known_in(row, known_headers) for row in rows)
    known = known if known > 1 else 0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    first = len(rows[0])
    if widths[first] * 2 >= len(rows):
        return known, 2, widths[first] * first
    width, count = widths.most_common(1)[0] if widths else (1, 0)
    if width > 2 and count > 1 and count * 5 >= len(rows) * 3:
        return known, 1, width * count
    return known, 0, widths[first] * first


def _absent(sample: str) -> str:
    """Return a delimiter for a file of one column, in whose cells commas mean nothing."""
    return next((d for d in ("\x1f", "\x1e") if d not in sample), ",")
