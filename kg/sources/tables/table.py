"""A table of the input: named columns and rows of cells, whatever file it stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from kg.problems import Place, Problem

__all__ = ["Cell", "Number", "Row", "Table"]


class Number(str):
    """A cell that is a number in the file, as a number of JSON or of a workbook is: its digits.

    The decimal separator is a point, whatever the style of the column, and nothing parts thousands.
    """

    __slots__ = ()


Cell = str | None
"""What a cell holds. ``None`` is an empty cell."""


class Row(NamedTuple):
    """A row: its number in the file (from 1, as its reader counts), its line, its cells.

    ``pointer`` is that of a JSON object, and ``parent`` that of the object which it stands in.
    ``problem`` is set where the row cannot be read as a row of its table, such as one with more
    cells than columns; ``cells`` are then all that stand in it.
    """

    number: int | None
    line: int | None
    cells: Sequence[Cell]
    pointer: str | None = None
    parent: str | None = None
    problem: tuple[str, str] | None = None


class Table(NamedTuple):
    """A table: the file it stands in, column headers, rows, and where a cell of it is.

    ``rows`` starts a new pass over the file each time it is called. ``place`` takes a row and the
    position of a column, from 0, or None for the whole row. The rows of a nested table stand inside
    those of another one, and need no column that names it.

    ``name`` is that of a sheet or of a key of a JSON document, ``sheet`` that of a sheet alone, and
    ``is_hidden`` says that a workbook does not show it. ``problems`` are what is to be said of the
    table, ``skipped`` is the number of filled cells above its header, and ``date_system`` the year
    from which numbers count days.
    """

    source: str
    header: Sequence[str]
    rows: Callable[[], Iterator[Row]]
    place: Callable[[Row, int | None], Place]
    header_place: Callable[[int], Place]
    is_nested: bool = False
    name: str | None = None
    sheet: str | None = None
    is_hidden: bool = False
    problems: tuple[Problem, ...] = ()
    skipped: int = 0
    date_system: Literal["1900", "1904"] = "1900"
