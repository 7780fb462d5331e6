"""The damaged text records that are not part of the project, as their index wants them."""

from __future__ import annotations

import json
import shutil
import unicodedata
from pathlib import Path

import pytest

from kg.pipeline import build
from kg.problems import Level, Refused

OUTCOMES = {
    "accept": Level.NOTE,
    "accept_warn": Level.WARNING,
    "quarantine_field": Level.FIELD,
    "quarantine_partner": Level.PARTNER,
    "quarantine_record": Level.RECORD,
    "hard_stop": Level.FILE,
}
KNOWN = {"day-month-swap", "erdf-lead-missing"}
"""What is wrong in the undamaged record already."""


def test_each_damaged_text(shared: Path, tmp_path: Path) -> None:
    index = json.loads((shared / "bad_inputs" / "bad_inputs.json").read_bytes())
    entries = [entry for entry in index["entries"] if entry["format"] == "text"]
    assert len(entries) == 18
    for entry in entries:
        expected = entry["expected"]
        allowed = {expected["outcome"], *expected.get("also_acceptable", "").split(", ")}
        wanted = {OUTCOMES[outcome] for outcome in allowed if outcome in OUTCOMES}
        assert worst_level(shared / "bad_inputs" / entry["file"], tmp_path) in wanted, entry


def worst_level(file: Path, folder: Path) -> Level:
    """Build a file and return the level of the worst new problem; check the exit status."""
    output = folder / "output"
    shutil.rmtree(output, ignore_errors=True)
    try:
        result = build([file], output)
    except Refused as refused:
        return max(problem.level for problem in refused.problems)
    problems = [problem for problem in result.problems() if problem.code not in KNOWN]
    worst = max((problem.level for problem in problems), default=Level.NOTE)
    assert result.exit_status == (1 if worst >= Level.FIELD else 0)
    assert all(str(problem.place).startswith(file.name) for problem in problems)
    return worst


@pytest.mark.parametrize("name", ["bom_utf8.txt", "sep_tab.txt"])
def test_what_does_not_count_changes_no_statement(
    shared: Path, reference: Path, tmp_path: Path, name: str
) -> None:
    control = tmp_path / name
    shutil.copy(reference, control)
    expected = statements(control, tmp_path / "control")
    assert statements(shared / "bad_inputs" / "text" / name, tmp_path / "damaged") == expected


def test_composed_and_decomposed_accents_are_the_same(shared: Path, tmp_path: Path) -> None:
    decomposed = shared / "bad_inputs" / "text" / "id_nfd.txt"
    composed = tmp_path / "id_nfd.txt"
    text = decomposed.read_text(encoding="utf-8")
    assert text != unicodedata.normalize("NFC", text)
    composed.write_text(unicodedata.normalize("NFC", text), encoding="utf-8")
    assert statements(decomposed, tmp_path / "one") == statements(composed, tmp_path / "other")


def statements(file: Path, output: Path) -> list[str]:
    build([file], output)
    lines = (output / "graph.nt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if "#sha256>" not in line]


@pytest.mark.parametrize("kind", ["xlsx"])
def test_each_damaged_workbook_and_document(shared: Path, tmp_path: Path, kind: str) -> None:
    index = json.loads((shared / "bad_inputs" / "bad_inputs.json").read_bytes())
    for entry in (entry for entry in index["entries"] if entry["format"] == kind):
        expected = entry["expected"]
        allowed = f"{expected['outcome']}, {expected.get('also_acceptable', '')}"
        wanted = {level for outcome, level in OUTCOMES.items() if outcome in allowed}
        assert worst_level(shared / "bad_inputs" / entry["file"], tmp_path) in wanted, entry
