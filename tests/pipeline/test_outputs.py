"""The output folder: the same bytes whatever the machine, and never a mixture of old and new."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.pipeline import BuildResult, build
from kg.problems import OutputError, Refused

COMMITTED = sorted(
    path.name
    for path in (Path(__file__).parents[2] / "output").iterdir()
    if path.is_file() and not path.name.startswith(".")
)


def test_the_committed_outputs_are_complete() -> None:
    assert COMMITTED == [
        "context.jsonld",
        "dataset.ttl",
        "graph.jsonld",
        "graph.nt",
        "graph.ttl",
        "manifest.json",
        "problems.jsonl",
        "rejects.jsonl",
        "report.html",
        "report.ttl",
    ]


@pytest.mark.parametrize(
    ("locale", "zone", "seed", "workers"),
    [("C", "UTC", "0", "1"), ("de_DE.UTF-8", "Asia/Tokyo", "12345", "4")],
)
def test_rebuilding_the_example_changes_no_byte(
    root: Path, tmp_path: Path, locale: str, zone: str, seed: str, workers: str
) -> None:
    environment = os.environ | {"LC_ALL": locale, "TZ": zone, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-m", "kg", "build", "examples", "--workers", workers]
    run = subprocess.run(
        [*command, "--output", str(tmp_path / "output"), "--quiet"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    for name in COMMITTED:
        new = (tmp_path / "output" / name).read_bytes()
        assert new == (root / "output" / name).read_bytes(), f"{name} is not what is committed"


def test_no_output_tells_the_machine(example_build: BuildResult, root: Path) -> None:
    for name in COMMITTED:
        text = (example_build.output / name).read_text(encoding="utf-8")
        assert str(root) not in text
        assert str(Path.home()) not in text


def test_a_refused_file_leaves_the_old_outputs(tmp_path: Path, examples: Path) -> None:
    output = tmp_path / "output"
    build([examples / "alpen013.txt"], output)
    before = {path.name: path.read_bytes() for path in output.iterdir() if path.is_file()}
    (tmp_path / "empty.txt").touch()
    with pytest.raises(Refused):
        build([examples / "alpen013.txt", tmp_path / "empty.txt"], output)
    after = {path.name: path.read_bytes() for path in output.iterdir() if path.is_file()}
    assert after == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_folder_that_is_no_build_is_not_replaced(tmp_path: Path, examples: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(OutputError, match="no build"):
        build([examples], tmp_path)
    assert (tmp_path / "thesis.docx").read_text() == "years of work"


def test_what_is_held_back_is_in_the_rejects_with_its_reasons(tmp_path: Path) -> None:
    case = Path(__file__).parents[1] / "cases" / "text" / "lead-twice" / "input.txt"
    result = build([case], tmp_path / "output")
    (line,) = (result.output / "rejects.jsonl").read_text(encoding="utf-8").splitlines()
    reject = json.loads(line)
    assert reject["record"] == "Test001"
    assert "lead-count" in [reason["code"] for reason in reject["reasons"]]
    text = case.read_text(encoding="utf-8")
    assert reject["place"] == "input.txt:1-30"
    assert reject["raw"] == text.rstrip("\n").split("\n")


def test_strict_holds_back_on_warnings(tmp_path: Path, examples: Path) -> None:
    from kg.settings import Settings

    result = build([examples / "alpen013.txt"], tmp_path / "output", Settings(strict=True))
    assert result.manifest.projects == 0
    assert result.exit_status == 1


def test_cells_add_up_to_lines_that_hold_something(tmp_path: Path, examples: Path) -> None:
    source = examples / "alpen013.txt"
    ledger = build([source], tmp_path / "output").manifest.ledger["alpen013.txt"]
    stated = sum(bool(line.strip()) for line in source.read_text(encoding="utf-8").splitlines())
    partner_cells = ("partner_id", "lead", "name", "postcode", "town", "country", "federal_state")
    lines = sum(
        sum(outcomes.values()) for column, outcomes in ledger.items() if column not in partner_cells
    )
    assert lines + ledger["partner_id"]["mapped"] == stated
    assert ledger["federal_state"] == {"mapped": 2}
    assert ledger["heading"] == {"ignored": 2}


@pytest.mark.parametrize("case", ["csv", "csv-ragged", "csv-lead-twice", "csv-orphan"])
def test_every_filled_cell_of_a_table_is_in_the_ledger_of_its_file(
    tmp_path: Path, case: str
) -> None:
    folder = Path(__file__).parents[1] / "cases" / "exchange" / case / "input"
    ledger = build([folder], tmp_path / "output").manifest.ledger
    for file in folder.iterdir():
        rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))[1:]
        filled = sum(bool(cell) for row in rows for cell in row)
        booked = sum(sum(outcomes.values()) for outcomes in ledger[file.name].values())
        assert booked == filled, file.name


def test_a_rejected_value_has_the_place_that_its_problem_has(tmp_path: Path) -> None:
    folder = Path(__file__).parents[1] / "cases" / "exchange" / "json-surrogate" / "input"
    result = build([folder], tmp_path / "output")
    (line,) = (result.output / "rejects.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["place"] == "projects.json:/0/acronym"
