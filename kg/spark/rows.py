"""Rows of the input, wherever they stand, sent to the partition of their project.

A row carries the place where it stands, and a partition gets its rows in the order of the input.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import NamedTuple
from zlib import crc32

import msgspec

from kg.problems import Problem, Refused
from kg.sources.cell import packed_cell, unpacked_cell
from kg.sources.formats.table import Row
from kg.sources.tables.cells import TableRows
from kg.sources.tables.records import RecordReader
from kg.sources.tables.styles import StyleEvidence
from kg.spark.job import Job, Planned, planned_tables

__all__ = [
    "Numbered",
    "Refusal",
    "SentRow",
    "family",
    "gather_styles",
    "read_table",
    "send_rows",
    "take_rows",
]

TableKey = tuple[int, int]
Numbered = tuple[TableKey, int, Row]
"""The table of a row, its position in the table, and the row."""
Address = tuple[int, int, int, int, int]
"""Where a row goes: its partition, and there its place by files, kind of table, table and row."""
SentRow = tuple[Address, bytes]

REFUSALS = -1
"""Stands for the files in the address of what cannot be read."""


class Refusal(NamedTuple):
    """The problems for which a file is refused, told by a task that cannot go on."""

    problems: list[Problem]


def read_table(planned: Planned) -> Iterator[Numbered | Refusal]:
    """Yield the rows of a table that one task reads as a whole."""
    try:
        for position, row in enumerate(planned.table.rows()):
            yield planned.key, position, row
    except Refused as refused:
        yield Refusal(refused.problems)


def gather_styles(
    planned: Iterable[Planned], rows: Iterable[Numbered | Refusal]
) -> Iterator[tuple[TableKey, StyleEvidence | Refusal]]:
    """Yield what some rows tell of the styles of their tables' columns."""
    found = {each.key: each.evidence() for each in planned}
    met = set()
    for entry in rows:
        if isinstance(entry, Refusal):
            yield (REFUSALS, 0), entry
        else:
            key, _, row = entry
            met.add(key)
            found[key].see((row,))
    for key in met:
        yield key, found[key]


def send_rows(job: Job, rows: Iterable[Numbered | Refusal]) -> Iterator[SentRow]:
    """Yield rows with where they go."""
    tables = job.tables()
    readers = {
        planned.group: RecordReader(planned.profile) for planned in planned_tables(job.items)
    }
    encode = msgspec.msgpack.Encoder(enc_hook=packed_cell).encode
    for entry in rows:
        if isinstance(entry, Refusal):
            yield (0, REFUSALS, 0, 0, 0), msgspec.msgpack.encode(entry.problems)
            continue
        (group, number), position, row = entry
        table = tables[(group, number)]
        key = readers[group].key(table, row) or ""
        partition = crc32(family(key).encode("utf-8", "surrogatepass")) % job.partitions
        is_project = table.columns.holds == "projects"
        yield (partition, group, is_project, number, position), encode(row)


def family(project_id: str) -> str:
    """Return what ids have in common that are compared with each other: letters and digits.

    Projects whose ids differ in case are told, so they have to be in one partition.
    """
    folded = unicodedata.normalize("NFKC", project_id).casefold()
    return "".join(c for c in unicodedata.normalize("NFKC", folded).casefold() if c.isalnum())


def take_rows(
    job: Job, rows: Iterable[SentRow]
) -> Iterator[tuple[int, dict[int, TableRows] | list[Problem]]]:
    """Yield for each group of files its tables, with those of their rows that are here.

    The tables are to be gone through once, in the order in which
    :func:`kg.sources.tables.readings.read_rows` does. What cannot be read comes first, as problems.
    """
    tables = job.tables()
    for group, mine in groupby(rows, key=lambda sent: sent[0][1]):
        if group == REFUSALS:
            decode = msgspec.msgpack.Decoder(list[Problem]).decode
            yield group, [problem for _, data in mine for problem in decode(data)]
            continue
        stream = _Stream(mine)
        yield (
            group,
            {
                number: rows._replace(table=rows.table._replace(rows=partial(stream.take, number)))
                for (its_group, number), rows in tables.items()
                if its_group == group
            },
        )


class _Stream:
    """Rows of several tables, one table after the other."""

    def __init__(self, rows: Iterable[SentRow]) -> None:
        self._parts = groupby(rows, key=lambda sent: sent[0][2:4])
        self._next = next(self._parts, None)
        self._decode = msgspec.msgpack.Decoder(ext_hook=unpacked_cell).decode

    def take(self, number: int) -> Iterator[Row]:
        """Yield the rows of a table, when it is its turn."""
        if self._next is None or self._next[0][1] != number:
            return
        for _, data in self._next[1]:
            position, line, cells, pointer, parent, problem = self._decode(data)
            yield Row(position, line, cells, pointer, parent, problem and tuple(problem))
        self._next = next(self._parts, None)
