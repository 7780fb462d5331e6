"""Outputs beside the build: what is no earlier output of the same kind is never replaced."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.pipeline import new_file, write_tables
from kg.problems import OutputError


def kg(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True)


def test_what_fails_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "changes.ru"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), new_file(target, force=True) as path:
        assert path.write_text("half") / 0
    assert target.read_text() == "old"
    with new_file(target, force=True) as path:
        path.write_text("new")
    assert target.read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["changes.ru"]


def test_a_file_is_replaced_where_that_is_said(example_build_folder: Path, tmp_path: Path) -> None:
    mine = tmp_path / "README.md"
    mine.write_text("mine")
    (tmp_path / "a.nt").write_text("<urn:a> <urn:b> <urn:c> .\n")
    for arguments in (
        ("store", "dump", example_build_folder, "-o", mine),
        ("diff", tmp_path / "a.nt", tmp_path / "a.nt", "-f", "update", "-o", mine),
        ("export", example_build_folder, "--format", "json", "-o", mine),
    ):
        result = kg(*arguments)
        assert (result.returncode, result.stdout) == (3, ""), arguments
        assert "There is something already." in result.stderr
        assert mine.read_text() == "mine"
        assert kg(*arguments, "--force").returncode == 0
        assert mine.read_text() != "mine"
        mine.write_text("mine")


def test_no_folder_is_made_for_a_file(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError, match="there is no such folder"),
        new_file(tmp_path / "typo" / "x.nt"),
    ):
        pytest.fail("nothing may be written")
    assert not (tmp_path / "typo").exists()


def test_an_input_is_not_replaced(tmp_path: Path) -> None:
    source = tmp_path / "old.nt"
    source.write_text("old")
    for inputs in ([source], [tmp_path]):
        with pytest.raises(OutputError, match="is the input"), new_file(source, inputs):
            pytest.fail("nothing may be written")
    with pytest.raises(OutputError, match="This is a folder"), new_file(tmp_path):
        pytest.fail("nothing may be written")


def test_a_device_is_written_as_it_is() -> None:
    with new_file(Path("/dev/null")) as path:
        assert path == Path("/dev/null")
    assert path.is_char_device()


@pytest.mark.parametrize("name", ["graph.nt", "store/new", "notes.txt"])
def test_nothing_is_written_into_a_build(
    examples: Path, example_build_folder: Path, tmp_path: Path, name: str
) -> None:
    kg("build", examples, "-o", tmp_path / "b", "--formats", "store", "-q")
    before = sorted(path.name for path in (tmp_path / "b").iterdir())
    target = tmp_path / "b" / name
    for arguments in (
        ("diff", example_build_folder, tmp_path / "b", "-o", target),
        ("store", "dump", example_build_folder, "-o", target),
        ("store", "dump", tmp_path / "b", "-o", target),
    ):
        result = kg(*arguments)
        assert result.returncode == 3, arguments
        assert "would be" in result.stderr, arguments
    assert sorted(path.name for path in (tmp_path / "b").iterdir()) == before
    assert kg("store", "verify", tmp_path / "b").returncode == 0


def test_tables_replace_nothing_but_tables(examples: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    counts = write_tables([examples], folder)
    assert {path.stem for path in folder.iterdir()} == set(counts)
    assert write_tables([examples], folder) == counts  # an earlier set is replaced

    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "projects.csv").write_text("project_id;title\n")
    with pytest.raises(OutputError, match=r"holds files and no \w+\.csv, is no set of tables"):
        write_tables([examples], mine)
    assert (mine / "projects.csv").read_text() == "project_id;title\n"


def test_tables_are_not_put_into_a_build(
    examples: Path, example_build_folder: Path, tmp_path: Path
) -> None:
    result = kg("mapping", examples, "--tables", example_build_folder)
    assert (result.returncode, result.stdout) == (3, "")
    assert "Choose an empty or a new folder." in result.stderr


def test_no_folder_is_made_in_a_build(
    examples: Path, example_build_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "output"
    shutil.copytree(example_build_folder, folder, ignore=shutil.ignore_patterns("store"))
    before = sorted(path.name for path in folder.iterdir())
    for arguments in (
        ("export", example_build_folder, "-o", folder / "tables"),
        ("export", folder, "-o", folder / "far" / "tables"),
        ("mapping", examples, "--tables", folder / "tables"),
        ("build", examples, "-q", "-o", folder / "again"),
    ):
        result = kg(*arguments)
        assert (result.returncode, result.stdout) == (3, ""), arguments
        assert "The folder would be part of a build" in result.stderr, arguments
    assert sorted(path.name for path in folder.iterdir()) == before


def test_an_export_replaces_nothing_but_an_export(
    example_build_folder: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "projects.csv"
    mine.write_text("project_id;title\n")
    result = kg("export", example_build_folder, "-o", tmp_path, "--force")
    assert result.returncode == 3
    assert "The folder holds files and no partners.csv, is no export" in result.stderr
    assert mine.read_text() == "project_id;title\n"


def test_a_draft_is_a_file_beside_its_source(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("project_id,programme,title\nP1,Alps,One\n")
    result = kg("sources", "inspect", source, "-o", source / "x.toml")
    assert result.returncode == 3
    assert "a.csv/x.toml: This is the input a.csv, or part of it" in result.stderr
    assert kg("sources", "inspect", source, "-o", tmp_path / "x.toml").returncode == 0
    assert (tmp_path / "x.toml").is_file()
