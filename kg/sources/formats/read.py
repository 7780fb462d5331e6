"""Examined files → tables: each format is listed here, and an extension tells which it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kg.sources.files import WORKBOOKS, Examined
from kg.sources.formats.delimited import read_delimited
from kg.sources.formats.documents import read_documents
from kg.sources.formats.table import Table
from kg.sources.formats.workbook import read_workbook

__all__ = ["DOCUMENTS", "FORMATS", "TABLE_EXTENSIONS", "TableFormat", "read_tables"]


class ReadOptions(NamedTuple):
    """How a file is to be read: names that its headers can bear, and the delimiter of CSV."""

    known_headers: frozenset[str] = frozenset()
    delimiter: str | None = None


class TableFormat(NamedTuple):
    """A format of tables: its name, the extensions of its files, and what reads one."""

    name: str
    extensions: frozenset[str]
    read: Callable[[Examined, ReadOptions], list[Table]]


DOCUMENTS = frozenset({".json", ".jsonl", ".ndjson", ".geojson"})
"""Extensions of files whose records are objects and no rows."""

FORMATS = (
    TableFormat(
        "CSV",
        frozenset({".csv", ".tsv", ".tab"}),
        lambda examined, how: [
            read_delimited(examined.file, examined.encoding, how.known_headers, how.delimiter)
        ],
    ),
    TableFormat(
        "JSON",
        DOCUMENTS,
        lambda examined, how: read_documents(examined.file, examined.encoding, how.known_headers),
    ),
    TableFormat(
        "XLSX",
        WORKBOOKS,
        lambda examined, how: read_workbook(examined.file, how.known_headers),
    ),
)
"""The formats that can be read."""

TABLE_EXTENSIONS = frozenset().union(*(entry.extensions for entry in FORMATS))


def read_tables(
    examined: Examined,
    known_headers: frozenset[str] = frozenset(),
    delimiter: str | None = None,
) -> list[Table]:
    """Return the tables of a file; a file of no other format is read as CSV.

    ``known_headers`` are all names that the columns of a profile can bear, each as
    :func:`~kg.sources.cell.header_key` gives it; ``delimiter`` is that of a profile.

    Raises:
        Refused: the file cannot be read as what it is, or holds no table.
    """
    suffix = examined.file.suffix
    found = next((entry for entry in FORMATS if suffix in entry.extensions), FORMATS[0])
    return found.read(examined, ReadOptions(known_headers, delimiter))
