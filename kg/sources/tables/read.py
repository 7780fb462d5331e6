"""Stub, replaced on merge."""

from __future__ import annotations

from kg.sources.files import Examined
from kg.sources.tables.delimited import read_delimited
from kg.sources.tables.documents import document_tables
from kg.sources.tables.table import Table


def read_tables(examined: Examined, known: frozenset[str] = frozenset()) -> list[Table]:
    """Return the tables of a file."""
    if examined.file.path.suffix.lower() in {".json", ".jsonl"}:
        return [t for t in document_tables(examined.file, examined.encoding) if t is not None]
    return [read_delimited(examined.file, examined.encoding)]
