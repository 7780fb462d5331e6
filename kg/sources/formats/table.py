"""A table of the input: named columns and rows of cells, whatever file it stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from kg.problems import Place, Problem
from kg.sources.cell import Cell

__all__ = ["MAX_COLUMNS", "Row", "Table"]

MAX_COLUMNS = 16_384
"""Columns of a table; a sheet of a workbook cannot have more."""


class Row(NamedTuple):
    """A row: its number in the file (from 1, as its reader counts), its line, its cells.

    ``line`` is where the row begins, in a workbook its number in the sheet. ``pointer`` is that of
    a JSON object, and ``parent`` that of the object which it stands in. ``problem`` is set where
    the row cannot be read as a row of its table, such as one with more cells than columns;
    ``cells`` are then all that stand in it.
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

    ``name`` is that of a sheet or of a JSON key (``projects``, ``projects.partners``), ``sheet``
    that of a sheet of a workbook, ``is_hidden`` says that the workbook does not show it.
    ``problems`` say what is wrong in the table as such. ``skipped`` counts the filled cells above
    the header. ``date_system`` is the year from which the workbook counts days. ``pointers`` lead
    to the columns of a JSON document, from the object of a row, or from the root where each column
    is an array. ``groups`` are the headings above the headers, one for each column, where there is
    a row of such.
    """

    source: str
    header: Sequence[str]
    rows: Callable[[], Iterator[Row]]
    place: Callable[[Row, int | None], Place]
    header_place: Callable[[int], Place]
    is_nested: bool = False
    name: str | None = None
    sheet: str | None = None
    problems: tuple[Problem, ...] = ()
    is_hidden: bool = False
    skipped: int = 0
    date_system: Literal["1900", "1904"] = "1900"
    pointers: tuple[str, ...] | None = None
    groups: tuple[str, ...] = ()
