"""What stands in the columns of a table: how many cells are filled, with what, and in what form.

One pass over all rows. Nothing is decided here.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from kg.records import encodable
from kg.sources.cell import Items, header_key
from kg.sources.formats.table import Row, Table
from kg.sources.inspection.forms import FORMS, forms_of, holds_address
from kg.sources.personal import looks_personal, mask_personal
from kg.sources.tables.lists import split_list
from kg.sources.values import clean
from kg.sources.values.style import ValueStyle

__all__ = ["SEPARATORS", "ColumnFacts", "TableFacts", "collect_facts", "fill_of", "one_layout"]

MAX_TEXTS = 100_000
"""Different values that are kept of a column; what comes after is counted only."""
MAX_CHARACTERS = 8_000_000
"""Characters that are kept of a column."""
MAX_ROWS = 200_000
"""Rows that are compared with each other."""
SAMPLE = 400
"""Different values of a column whose forms are looked at."""
SEPARATORS = (";", "|", "\n")
"""What parts the entries of a list."""
NOT_STATED = frozenset(ValueStyle().not_stated)
PERSONAL_SHARE = 0.2
"""A column where this share of values is an address or a number of a person is personal."""


class Seen:
    """A value of a column: how often it stands there, and in which row first (from 0)."""

    __slots__ = ("count", "row")

    def __init__(self, row: int) -> None:
        self.count = 1
        self.row = row


class ColumnFacts:
    """What stands in a column."""

    def __init__(self, position: int, header: str, group: str = "") -> None:
        self.position = position
        self.header = mask_personal(" ".join(header.split()))
        self.group = group
        self.texts: dict[str, Seen] = {}
        self.codes = array("q")
        self.filled = 0
        self.rows = 0
        self.is_cut = False
        self._characters = 0

    def add(self, cell: str | None, row: int) -> None:
        """Take in a cell."""
        self.rows += 1
        if cell is None:
            if row < MAX_ROWS:
                self.codes.append(0)
            return
        self.filled += 1
        if isinstance(cell, Items):  # entries of an array are parted as those of a text are
            cell = ";".join(item or "" for item in cell.items)
        if row < MAX_ROWS:
            self.codes.append(hash(cell) or 1)
        seen = self.texts.get(cell)
        if seen is not None:
            seen.count += 1
        elif len(self.texts) < MAX_TEXTS and self._characters < MAX_CHARACTERS:
            self.texts[cell] = Seen(row)
            self._characters += len(cell)
        else:
            self.is_cut = True

    @property
    def fill(self) -> float:
        """The share of rows where the column states something."""
        return self.filled / self.rows if self.rows else 0.0

    @property
    def distinct(self) -> int:
        """How many different values there are; a lower bound where not all were kept."""
        return len(self.texts)

    @property
    def is_unique(self) -> bool:
        """Whether no value stands twice, and none is missing."""
        return self.filled == self.rows == self.distinct and self.rows > 0

    def sample(self, limit: int = SAMPLE) -> list[tuple[str, Seen]]:
        """Return different values from all over the column."""
        entries = list(self.texts.items())
        step = max(1, len(entries) // limit)
        return entries[::step][:limit]

    @cached_property
    def forms(self) -> dict[str, float]:
        """For each form, the share of the cells that have it, but for those that state nothing."""
        return _shares(self.sample())

    def item_forms(self, separator: str) -> dict[str, float]:
        """For each form, the share of the entries of lists that have it."""
        entries = (
            (entry, seen)
            for text, seen in self.sample(150)
            for entry in split_list(text, separator)
        )
        return _shares([(entry, seen) for entry, seen in entries if entry is not None][:SAMPLE])

    @cached_property
    def longest(self) -> int:
        """The length of the longest value, in characters."""
        return max(map(len, self.texts), default=0)

    @cached_property
    def typical_length(self) -> int:
        """The length of the value in the middle of all lengths."""
        lengths = sorted(len(text) for text, _ in self.sample())
        return lengths[len(lengths) // 2] if lengths else 0

    @cached_property
    def list_share(self) -> dict[str, float]:
        """For each separator, the share of values that it parts."""
        texts = [text for text, _ in self.sample()]
        return {
            mark: sum(mark in clean(text) for text in texts) / len(texts) if texts else 0.0
            for mark in SEPARATORS
        }

    @cached_property
    def addresses(self) -> tuple[int, int]:
        """How many cells hold an e-mail address, and the first row that has one (from 0)."""
        found = [seen for text, seen in self.texts.items() if "@" in text and holds_address(text)]
        return sum(seen.count for seen in found), min((seen.row for seen in found), default=0)

    def examples(self, number: int = 3) -> list[str]:
        """Return some different values; none of a personal column, and none with an address."""
        if self.personal is not None:
            return []
        shown = (encodable(clean(text)) for text, _ in self.sample(number * 4))
        return [text for text in shown if not holds_address(text)][:number]

    @cached_property
    def personal(self) -> str | None:
        """Why the column seems to hold personal data; None where it does not."""
        if looks_personal(self.header):
            if self.filled and self.forms["url"] > 0.8:
                return None
            return "its header names people, or how to reach them"
        if self.forms["email"] >= PERSONAL_SHARE:
            return f"{self.forms['email']:.0%} of its values are e-mail addresses"
        if self.forms["phone"] >= PERSONAL_SHARE:
            return f"{self.forms['phone']:.0%} of its values are telephone numbers"
        return None


class _Part(NamedTuple):
    """A table of several that are one: its first row, and where in it each column stands."""

    first: int
    table: Table
    positions: Sequence[int]


class TableFacts:
    """The columns of a table, and its rows as far as they are compared.

    ``tables`` are those that have these columns, such as a sheet for each period; the first of them
    is ``table``.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.tables: list[Table] = []
        groups = table.groups or ("",) * len(table.header)
        named = enumerate(zip(table.header, groups, strict=True))
        self.columns = [ColumnFacts(n, name, group) for n, (name, group) in named]
        self._parts: list[_Part] = []
        self._rows: list[tuple[int | None, int | None, str | None]] = []
        self.ragged: list[int] = []
        self.last: list[Sequence[str | None]] = []
        self.row_count = 0

    @property
    def compared(self) -> int:
        """How many rows are compared with each other."""
        return min(self.row_count, MAX_ROWS)

    def add_table(self, table: Table) -> None:
        """Take in the rows of a table with these columns, in whatever order.

        Raises:
            Refused: the file cannot be read.
        """
        places = {name: n for n, name in enumerate(map(header_key, table.header))}
        is_same = list(table.header) == list(self.table.header)
        order = range(len(table.header))
        positions = order if is_same else [places[header_key(h)] for h in self.table.header]
        self.tables.append(table)
        self._parts.append(_Part(self.row_count, table, positions))
        last: list[Sequence[str | None]] = []
        for row in table.rows():
            cells = [row.cells[p] if p < len(row.cells) else None for p in positions]
            self._add(row, cells)
            last = [*last[-2:], cells]
        self.last += last

    def _add(self, row: Row, cells: Sequence[str | None]) -> None:
        number = self.row_count
        self.row_count += 1
        if number < MAX_ROWS:
            self._rows.append((row.number, row.line, row.pointer))
        if row.problem is not None:
            self.ragged.append(number)
        for column, cell in zip(self.columns, cells, strict=True):
            column.add(cell, number)

    def place(self, row: int, position: int) -> str:
        """Return where a cell is, ``row`` counted from 0."""
        if row >= len(self._rows):
            return f"record {row + 1}"
        number, line, pointer = self._rows[row]
        part = self._parts[bisect_right(self._parts, row, key=lambda part: part.first) - 1]
        at = part.positions[position]
        return str(part.table.place(Row(number, line, (), pointer), at))

    def codes(self, position: int) -> array[int]:
        """Return a number for each cell of a column: equal for equal cells, 0 for empty ones."""
        return self.columns[position].codes

    @property
    def sheets(self) -> list[str]:
        """The names of the sheets that the tables are."""
        return list(dict.fromkeys(t.sheet for t in self.tables if t.sheet is not None))

    def column(self, name: str) -> ColumnFacts | None:
        """Return the column with this header."""
        return next((c for c in self.columns if c.header == name), None)


def collect_facts(tables: Sequence[Table]) -> TableFacts:
    """Return what stands in tables of one layout together; see :func:`one_layout`.

    Raises:
        Refused: a file cannot be read.
    """
    facts = TableFacts(tables[0])
    for table in tables:
        facts.add_table(table)
    return facts


def fill_of(columns: Sequence[ColumnFacts]) -> float:
    """Return the share of the cells of some columns that are filled, from 0 to 1."""
    return sum(c.filled for c in columns) / max(1, sum(c.rows for c in columns))


def one_layout(tables: Iterable[Table]) -> list[list[Table]]:
    """Return tables by their columns: those with the same are of one layout.

    A sheet that is hidden is kept apart: it may be what another one was made from.
    """
    found: dict[tuple[object, ...], list[Table]] = {}
    for table in tables:
        keys = list(map(header_key, table.header))
        # where columns share a name, their order tells them apart
        named = tuple(sorted(keys) if len(set(keys)) == len(keys) else keys)
        found.setdefault((table.is_hidden, table.is_nested, named), []).append(table)
    return list(found.values())


def _shares(texts: Sequence[tuple[str, Seen]]) -> dict[str, float]:
    found = dict.fromkeys(FORMS, 0)
    total = 0
    for text, seen in texts:
        plain = clean(text)
        if plain in NOT_STATED:
            continue
        total += seen.count
        for form in forms_of(plain):
            found[form] += seen.count
    return {form: number / total if total else 0.0 for form, number in found.items()}
