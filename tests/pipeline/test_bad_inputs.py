"""The damaged files that are not part of the project, as their index wants them."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from kg.cli import run
from kg.pipeline import build
from kg.problems import Level, Problem, Refused

LEVELS = {
    "accept": Level.NOTE,
    "accept_warn": Level.WARNING,
    "quarantine_field": Level.FIELD,
    "quarantine_partner": Level.PARTNER,
    "quarantine_record": Level.RECORD,
    "hard_stop": Level.FILE,
}
KNOWN = {"day-month-swap", "erdf-lead-missing"}
"""What is wrong in the undamaged record already."""
READ = {"text", "csv", "xlsx", "json", "rdf"}
"""The formats that a build or ``kg validate`` reads; the others are for a server."""
CASES: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)


def test_the_cases_are_those_of_the_index_and_allowed_by_it(shared: Path) -> None:
    index = json.loads((shared / "bad_inputs" / "bad_inputs.json").read_bytes())
    entries = {e["file"]: e["expected"] for e in index["entries"] if e["format"] in READ}
    assert entries.keys() == CASES.keys()
    for file, expected in entries.items():
        also = expected.get("also_acceptable", "")
        assert re.search(rf"\b{CASES[file]['outcome']}\b", f"{expected['outcome']} {also}"), file


@pytest.mark.parametrize("file", [name for name in CASES if not name.startswith("rdf/")])
def test_a_damaged_file(file: str, shared: Path, tmp_path: Path) -> None:
    case, output = CASES[file], tmp_path / "output"
    folder = source_folder(shared / "bad_inputs", file, tmp_path)
    told = build_told(folder, output)
    worst = max((problem.level for problem in told), default=Level.NOTE)
    assert worst is LEVELS[case["outcome"]]
    found = {f"{problem.code} {problem.place}" for problem in told}
    assert found >= set(case.get("problems", []))
    assert build_told(folder, output) == told
    if worst is Level.FILE:
        assert not output.exists()
        return
    graph = (output / "graph.nt").read_text(encoding="utf-8")
    memberships = graph.count("<http://www.w3.org/ns/org#Membership>")
    assert memberships == case["partners"]
    assert not [text for text in case.get("holds", []) if text not in graph]
    published = graph + (output / "graph.ttl").read_text(encoding="utf-8")
    assert not [text for text in case.get("lacks", []) if text in published]
    messages = " ".join(problem.message for problem in told)
    assert not [text for text in case.get("told", []) if text not in messages]
    assert 'href="javascript:' not in (output / "report.html").read_text(encoding="utf-8")


def source_folder(damaged: Path, file: str, folder: Path) -> Path:
    """Return a folder with a damaged file; a table of partners lies beside one of projects."""
    sources = folder / "sources"
    sources.mkdir()
    if file.startswith("csv/"):
        shutil.copy(damaged / file, sources / "partners.csv")
        shutil.copy(damaged / "csv" / "projects.csv", sources)
    else:
        shutil.copy(damaged / file, sources)
    return sources


def build_told(folder: Path, output: Path) -> list[Problem]:
    """Build a folder, check the exit status, and return the problems that are new."""
    try:
        result = build([folder], output)
    except Refused as refused:
        return refused.problems
    found = [problem for problem in result.problems() if problem.code not in KNOWN]
    is_held = any(problem.level >= Level.FIELD for problem in found)
    assert result.exit_status == is_held
    return found


@pytest.mark.parametrize("file", [name for name in CASES if name.startswith("rdf/")])
def test_damaged_rdf(file: str, shared: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status = run(["validate", str(shared / "bad_inputs" / file)])
    told = capfd.readouterr().err
    assert status == (2 if CASES[file]["outcome"] == "hard_stop" else 0)
    assert "root:" not in told
    for problem in CASES[file].get("problems", []):
        code, place = problem.split(" ")
        assert f"{place}:" in told
        assert f"[{code}]" in told


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


@pytest.mark.parametrize("name", ["semicolon.csv", "cr_only.csv", "header_unknown.csv"])
def test_the_partners_of_a_table_are_the_same(shared: Path, tmp_path: Path, name: str) -> None:
    found = []
    for file in (f"csv/{name}", "csv/semicolon.csv"):
        folder = tmp_path / file.replace("/", "-")
        folder.mkdir(exist_ok=True)
        if not (folder / "sources").exists():
            source_folder(shared / "bad_inputs", file, folder)
        found.append(statements(folder / "sources", folder / "output"))
    assert found[0] == found[1]


def statements(file: Path, output: Path) -> list[str]:
    build([file], output)
    lines = (output / "graph.nt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if "#sha256>" not in line]
