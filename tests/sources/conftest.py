"""Files of a few bytes, read as tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.problems import Problem, Refused
from kg.sources.files import InputFile
from kg.sources.files.examination import examine
from kg.sources.formats.read import read_tables
from kg.sources.formats.table import Table

ReadBytes = Callable[..., list[Table]]


@pytest.fixture
def read(tmp_path: Path) -> ReadBytes:
    """Write a file and return its tables."""

    def read(
        name: str, content: bytes | str, *known: str, encoding: str | None = None
    ) -> list[Table]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_tables(examine(InputFile(path, name), encoding), frozenset(known))

    return read


@pytest.fixture
def refused(read: ReadBytes) -> Callable[..., Problem]:
    """Write a file that cannot be used and return the problem."""

    def refused(name: str, content: bytes | str, *known: str) -> Problem:
        with pytest.raises(Refused) as caught:
            [list(table.rows()) for table in read(name, content, *known)]
        (problem,) = caught.value.problems
        return problem

    return refused


@pytest.fixture
def cells(read: ReadBytes) -> Callable[..., list[list[str | None]]]:
    """Write a file of one table and return its header and the cells of its rows."""

    def cells(name: str, content: bytes | str, *known: str, **options: str):
        (table,) = read(name, content, *known, **options)
        return [list(table.header), *(list(row.cells) for row in table.rows())]

    return cells
