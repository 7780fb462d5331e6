"""Rows of cells → a table: which row is the header, and which columns there are.

A sheet or a CSV file often has a title, a date of export or blank rows above its header, and
columns without a name that hold nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from kg.problems import Place, Problem, Refused, shorten
from kg.sources.cell import Cell, Money, Number, header_key
from kg.sources.formats.table import MAX_COLUMNS, Row, Table

__all__ = ["Grid", "known_in", "tabulate"]

HEADER_ROWS = 30
"""The header is among so many first rows that are not blank."""

_FIGURES = re.compile(r"[\d\s.,:/%€$£+-]*")
"""Numbers, amounts, dates: what the cells of a header are not."""


class Grid(NamedTuple):
    """Rows of cells as they stand in a file, blank ones left out, and the sheet they stand in.

    ``cells`` of a row may be fewer or more than those of others.
    """

    source: str
    rows: Callable[[], Iterator[Row]]
    sheet: str | None = None

    def place(self, line: int | None, column: int | None = None) -> Place:
        """Return the place of a cell or of a row; columns count from 1."""
        return Place(self.source, line, column=column, sheet=self.sheet)


def tabulate(grid: Grid, known_headers: frozenset[str] = frozenset()) -> Table | None:
    """Return the table of a grid, or None where there is no cell that is filled.

    ``known_headers`` are names that a header can bear, as :func:`header_key` gives them.

    Raises:
        Refused: the table has too many columns.
    """
    first = list(islice(grid.rows(), HEADER_ROWS))
    if not first:
        return None
    at = _header_row(first, known_headers)
    header, above = first[at], first[:at]
    if len(header.cells) > MAX_COLUMNS:
        told = f"The table has more than {MAX_COLUMNS:,} columns."
        raise Refused([Problem.of("input-too-large", grid.place(header.line), told)])
    names = [str(cell or "").strip().strip("\ufeff") for cell in header.cells]
    columns = _columns(grid, header, names)
    groups = _groups(first[at - 1] if at else None, header)
    kept = _told_apart([names[c] for c in columns], [groups.get(c, "") for c in columns])

    def place(row: Row, position: int | None) -> Place:
        return grid.place(row.line, None if position is None else _at(columns, position) + 1)

    return Table(
        grid.source,
        kept,
        lambda: _body(grid, header, len(names), columns),
        place,
        lambda position: grid.place(header.line, _at(columns, position) + 1),
        name=grid.sheet,
        sheet=grid.sheet,
        problems=_above(grid, above),
        skipped=sum(cell is not None for row in above for cell in row.cells),
        groups=tuple(groups.get(column, "") for column in columns) if groups else (),
    )


def known_in(cells: Sequence[Cell], known_headers: frozenset[str]) -> int:
    """Return how many different known headers stand in these cells."""
    return len({header_key(cell) for cell in cells if cell} & known_headers)


def _header_row(rows: Sequence[Row], known_headers: frozenset[str]) -> int:
    """Return the position of the row with most known headers, or else of one full of words."""
    scores = [known_in(row.cells, known_headers) for row in rows]
    if max(scores) >= 2:
        return scores.index(max(scores))
    widths = [sum(cell is not None for cell in row.cells) for row in rows]
    for position, row in enumerate(rows):
        # more than half as many words as the fullest row has cells
        if 2 * sum(map(_is_word, row.cells)) > max(widths):
            return position + _heads_another(rows[position : position + 3])
    return 0


def _heads_another(rows: Sequence[Row]) -> bool:
    """Tell whether the first of some rows heads groups of columns, and the second is the header.

    Then the first has gaps, the second has a word wherever it has anything, also in the gaps, and
    what follows is not of words alone.
    """
    if len(rows) < 3 or (rows[1].line or 0) - (rows[0].line or 0) != 1:
        return False
    above, header, below = (row.cells for row in rows)
    stated = [n for n, cell in enumerate(above) if cell is not None]
    gaps = {n for n in range(stated[0], stated[-1]) if above[n] is None}
    words = {n for n, cell in enumerate(header) if _is_word(cell)}
    filled = {n for n, cell in enumerate(header) if cell is not None}
    is_body = any(cell is not None and not _is_word(cell) for cell in below)
    return bool(gaps) and gaps | set(stated) <= words == filled and is_body


def _groups(above: Row | None, header: Row) -> dict[int, str]:
    """Return for each column what the row above the header heads it with, such as *Lead partner*.

    Such a heading stands once, above the first of its columns, and there are several of them.
    """
    if above is None or header.line is None or above.line is None or header.line - above.line > 1:
        return {}
    stated = [n for n, cell in enumerate(above.cells) if cell is not None]
    if len(stated) < 2 or not all(_is_word(above.cells[n]) for n in stated):
        return {}
    found: dict[int, str] = {}
    heading = ""
    for column in range(len(header.cells)):
        cell = above.cells[column] if column < len(above.cells) else None
        heading = " ".join(cell.split()) if cell is not None else heading
        if heading:
            found[column] = heading
    return found


def _told_apart(names: Sequence[str], groups: Sequence[str]) -> list[str]:
    """Return headers that differ: what stands above them goes before names that stand twice.

    What that does not tell apart has a number behind it.
    """
    stated = Counter(header_key(name) for name in names if name)
    told: list[str] = []
    taken: Counter[str] = Counter()
    for name, group in zip(names, groups, strict=True):
        if name and group and stated[header_key(name)] > 1:
            name = f"{group} / {name}"
        key = header_key(name)
        taken[key] += 1
        told.append(f"{name} ({taken[key]})" if name and taken[key] > 1 else name)
    return told


def _is_word(cell: Cell) -> bool:
    if cell is None or isinstance(cell, Number | Money):
        return False
    return _FIGURES.fullmatch(cell) is None


def _columns(grid: Grid, header: Row, names: Sequence[str]) -> Sequence[int]:
    """Return the columns that have a name, or else a cell that is filled."""
    nameless = {column for column, name in enumerate(names) if not name}
    if nameless:
        for row in _below(grid, header):
            if len(row.cells) <= len(names):
                nameless -= {c for c in nameless if c < len(row.cells) and row.cells[c] is not None}
            if not nameless:
                break
    return [column for column in range(len(names)) if column not in nameless]


def _body(grid: Grid, header: Row, width: int, columns: Sequence[int]) -> Iterator[Row]:
    count = len(columns)
    is_whole, is_head = count == width, list(columns) == list(range(count))
    least = columns[-1] + 1 if columns else 0
    for row in _below(grid, header):
        cells = row.cells
        if is_whole and len(cells) == width:
            yield row
        elif len(cells) < least or any(cells[width:]):
            told = f"The row has {len(cells)} cells and the header {width}."
            yield row._replace(problem=("row-ragged", told))
        else:
            picked = cells[:count] if is_head else [cells[column] for column in columns]
            yield row._replace(cells=picked)


def _below(grid: Grid, header: Row) -> Iterator[Row]:
    rows = grid.rows()
    for row in rows:
        if row.number == header.number:
            break
    yield from rows


def _at(columns: Sequence[int], position: int) -> int:
    """Return the column of a position; cells beyond the last one follow it."""
    if position < len(columns):
        return columns[position]
    return (columns[-1] if columns else -1) + 1 + position - len(columns)


def _above(grid: Grid, rows: Sequence[Row]) -> tuple[Problem, ...]:
    if not rows:
        return ()
    cells = [cell for row in rows for cell in row.cells if cell]
    place = Place(grid.source, rows[0].line, rows[-1].line, sheet=grid.sheet)
    stand = "1 cell stands" if len(cells) == 1 else f"{len(cells)} cells stand"
    told = f"{stand} above the header and {'was' if len(cells) == 1 else 'were'} not read."
    return (Problem.of("rows-before-header", place, told, value=shorten(" ".join(cells))),)
