"""What waits in temporary databases, and what is told where there is no room for them."""

from __future__ import annotations

import sqlite3
from functools import partial
from pathlib import Path

import pytest

from kg.mapping import Register, names
from kg.pipeline import build, duplicates, publication
from kg.pipeline.check import check_sources
from kg.pipeline.tables import write_tables
from kg.problems import OutputError
from kg.scratch import open_scratch
from kg.settings import read_settings


def test_what_is_written_is_read_and_nothing_lies_in_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    database = open_scratch("one (key TEXT)", "two (key TEXT)")
    database.executemany("INSERT INTO two VALUES (?)", [(f"{n:01000}",) for n in range(10_000)])
    assert database.execute("SELECT COUNT(*) FROM two").fetchone() == (10_000,)
    database.close()
    assert not list(tmp_path.iterdir())


def test_a_build_is_the_same_wherever_names_wait(
    examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([examples], tmp_path / "memory")
    monkeypatch.setattr(publication, "Register", partial(Register, most=3))
    build([examples], tmp_path / "disk")
    assert contents(tmp_path / "disk") == contents(tmp_path / "memory")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_disk_without_room_is_told_and_the_old_outputs_stay(
    examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([examples / "alpen013.txt"], tmp_path / "output")
    before = contents(tmp_path / "output")
    monkeypatch.setattr(publication, "Register", partial(Register, most=3))
    monkeypatch.setattr(names, "open_scratch", open_full)
    with pytest.raises(OutputError, match="Temporary files could not be written") as error:
        build([examples], tmp_path / "output")
    assert "TMPDIR" in str(error.value)
    assert "Earlier outputs are as they were" in str(error.value)
    assert contents(tmp_path / "output") == before


def test_tables_tell_of_a_disk_without_room(
    examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.pipeline.tables.Register", partial(Register, most=3))
    monkeypatch.setattr(names, "open_scratch", open_full)
    with pytest.raises(OutputError, match="Temporary files could not be written"):
        write_tables([examples], tmp_path / "tables")


def test_a_check_of_sources_tells_of_a_disk_without_room(
    examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "open_scratch", open_full)
    monkeypatch.setattr(duplicates, "BATCH", 1)
    with pytest.raises(OutputError, match="Temporary files could not be written"):
        check_sources([examples], read_settings([examples]))


def open_full(*tables: str) -> sqlite3.Connection:
    """Open a database that has no room for anything else than its tables."""
    database = open_scratch(*tables)
    (pages,) = database.execute("PRAGMA page_count").fetchone()
    database.execute(f"PRAGMA max_page_count = {pages}")
    return database
