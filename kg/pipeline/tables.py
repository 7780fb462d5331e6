"""Records as the tables that the exported RML runs on: one CSV file a table of the mapping."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from kg.mapping import COLUMNS, Register, Row, project_rows
from kg.pipeline.folder import new_folder
from kg.pipeline.reference import load_reference
from kg.pipeline.stream import open_sources, read_corrected
from kg.settings import Settings, read_settings

__all__ = ["write_tables"]


def write_tables(
    sources: Sequence[Path], folder: Path, settings: Settings | None = None
) -> dict[str, int]:
    """Write the rows of source files to a folder; return the number of rows of each table.

    Records are written as they are read and corrected: neither compared with each other nor
    validated. The folder is new or empty, or holds the tables of an earlier call, which are
    replaced. The settings are read from ``kg.toml`` beside the sources if not given.

    Raises:
        InputError: a source or a setting cannot be used.
        OutputError: the folder holds something else, or a source; or it, or a temporary file,
            cannot be written.
    """
    opened = open_sources(sources, settings or read_settings(sources))
    names = {table: f"{table}.csv" for table in COLUMNS}
    every = names.values()
    with (
        new_folder(folder, opened.paths, every, "set of tables", every) as fresh,
        ExitStack() as stack,
    ):
        register = stack.enter_context(closing(Register(load_reference().known_themes)))
        writers = {}
        for table, columns in COLUMNS.items():
            path = fresh / names[table]
            file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
            writers[table] = csv.writer(file, lineterminator="\n")
            writers[table].writerow(columns)
        counts = dict.fromkeys(COLUMNS, 0)

        def write(tables: dict[str, list[Row]]) -> None:
            for table, rows in tables.items():
                writers[table].writerows(_cells(rows))
                counts[table] += len(rows)

        for reading in read_corrected(opened):
            if reading.project is not None:
                write(project_rows(reading.project))
                register.add(reading.project)
        write(register.rows(examined.source for examined in opened.inputs.files))
    return counts


def _cells(rows: Iterable[Row]) -> Iterable[list[str]]:
    return (["" if cell is None else cell for cell in row] for row in rows)
