"""``kg sources``: what it prints where, its exit status, and that it writes nothing unasked."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import run

ROOT = Path(__file__).parent.parent
HEADER = "Projektnummer;Projekttitel;Programm;Projektbeginn;Projektende;Kosten;Partner;E-Mail"
ROWS = [
    "B1;Eins;Alpenraum;01.03.2023;28.02.2026;1.250.000,00;Stadt Wien;a@example.org",
    "B2;Zwei;Alpenraum;31.02.2023;28.02.2026;850.000,50;Stadt Graz;b@example.org",
]


def kg(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "list.csv").write_text("\n".join([HEADER, *ROWS]) + "\n", encoding="utf-8")
    return tmp_path


def test_the_profiles_are_listed(tmp_path: Path) -> None:
    result = kg("sources", cwd=tmp_path)
    assert result.returncode == 0
    assert re.search(r"exchange +projects \+ partners", result.stdout)
    assert "text " in result.stdout
    listed = json.loads(kg("sources", "--json", cwd=tmp_path).stdout)
    assert {"exchange", "text"} <= {entry["name"] for entry in listed}


def test_an_unknown_file_gives_a_profile_on_standard_output(folder: Path) -> None:
    result = kg("sources", "inspect", "list.csv", cwd=folder)
    assert result.returncode == 0
    (folder / "my.toml").write_text(result.stdout, encoding="utf-8")
    assert "Next: kg sources inspect list.csv -o list.toml" in result.stderr
    assert "Personal data, which is not read: ‹E-Mail›." in result.stderr
    assert "@" not in result.stdout + result.stderr
    checked = kg("sources", "check", "my.toml", "list.csv", cwd=folder)
    assert checked.returncode == 1
    assert "list.csv:3:4 ‹31.02.2023›" in checked.stdout
    assert "Personal data, not read: ‹E-Mail›." in checked.stdout
    assert "@" not in checked.stdout + checked.stderr
    assert sorted(p.name for p in folder.iterdir()) == ["list.csv", "my.toml"]


@pytest.mark.parametrize("command", [["inspect"], ["check", "auto"]])
def test_nothing_would_have_been_published_anyway(folder: Path, command: list[str]) -> None:
    (folder / "picture.bin").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\xff")
    result = kg("sources", *command, "picture.bin", cwd=folder)
    assert result.returncode == 2
    assert result.stderr.endswith("Error: picture.bin: The file cannot be used.\n")
    assert "published" not in result.stderr


def test_a_draft_never_replaces_a_file(folder: Path) -> None:
    first = kg("sources", "inspect", "list.csv", "-o", "my.toml", cwd=folder)
    assert first.returncode == 0
    assert "Projekttitel" in first.stdout
    text = (folder / "my.toml").read_text(encoding="utf-8")
    assert 'field = "title"' in text
    assert "#   kg sources check my.toml list.csv\n" in text
    assert "#   kg build list.csv --profile my.toml\n" in text
    again = kg("sources", "inspect", "list.csv", "-o", "my.toml", cwd=folder)
    assert again.returncode == 2
    assert "never replaces" in again.stderr


def test_a_known_layout_is_told(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("project_id,programme,title,x\nA1,P,One,1\n", encoding="utf-8")
    result = kg("sources", "inspect", "p.csv", cwd=tmp_path)
    assert "the layout ‹exchange›, a table of projects; 3 of 4 columns known." in result.stdout
    assert "Next: kg build p.csv" in result.stderr
    assert kg("sources", "inspect", "p.csv", "--draft", cwd=tmp_path).stdout.startswith(
        "# A source"
    )


def test_partners_without_their_projects_are_not_to_be_built(tmp_path: Path) -> None:
    rows = "project_id,partner_id,role,name,country\nP1,P1-1,LP,Stadt Wien,AT\n"
    (tmp_path / "partners.csv").write_text(rows, encoding="utf-8")
    result = kg("sources", "inspect", "partners.csv", cwd=tmp_path)
    assert "There is no table of projects of the layout ‹exchange›" in result.stderr
    assert "Next: kg build" not in result.stderr


def test_findings_are_data_too(folder: Path) -> None:
    found = json.loads(kg("sources", "inspect", "list.csv", "--json", cwd=folder).stdout)
    columns = {c["header"]: c for c in found["tables"][0]["columns"]}
    assert columns["Projekttitel"]["field"] == "title"
    assert columns["E-Mail"]["personal"]
    text = kg("sources", "inspect", "list.csv", cwd=folder).stdout
    (folder / "my.toml").write_text(text, encoding="utf-8")
    result = kg("sources", "check", "my.toml", "list.csv", "--json", cwd=folder)
    checked = json.loads(result.stdout)
    cells = {c["headers"][0]: c for c in checked["columns"]}
    assert (cells["E-Mail"]["use"], cells["E-Mail"]["ignored"]) == ("personal", 2)
    assert {p["code"] for p in checked["problems"]} >= {"date-invalid"}
    assert "@" not in result.stdout


def test_a_profile_with_an_error_is_told_by_its_line(folder: Path) -> None:
    (folder / "my.toml").write_text('name = "m"\ntitle = "M"\ntabels = []\n', encoding="utf-8")
    result = kg("sources", "check", "my.toml", "list.csv", cwd=folder)
    assert result.returncode == 2
    assert "my.toml:3: There is no key ‹tabels› here" in result.stderr


@pytest.mark.parametrize(
    ("profile", "told"),
    [
        ('# a list\nname = "m"\ntables = []\n', "my.toml:2: The key ‹title› is missing."),
        ('name = "m"\ntitle = "M"\n[[tables]]\nholds = "projects"\n',
         "my.toml:3: The key ‹columns› is missing."),
    ],
)  # fmt: skip
def test_a_key_that_a_profile_lacks_is_told(folder: Path, profile: str, told: str) -> None:
    (folder / "my.toml").write_text(profile, encoding="utf-8")
    result = kg("sources", "check", "my.toml", "list.csv", cwd=folder)
    assert result.returncode == 2
    assert told in result.stderr


def test_a_file_is_checked_by_the_layout_that_it_has(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("project_id,programme,title\nA1,P,One\n", encoding="utf-8")
    assert "by the layout exchange" in kg("sources", "check", "auto", "p.csv", cwd=tmp_path).stdout


@pytest.mark.parametrize("arguments", [[], ["inspect"], ["check"]])
def test_help_reads_well(arguments: list[str], tmp_path: Path) -> None:
    result = kg("sources", *arguments, "--help", cwd=tmp_path)
    assert result.returncode == 0
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


@pytest.mark.parametrize(
    "command", [["build"], ["sources", "check", "auto"], ["sources", "inspect"]]
)
def test_a_refusal_is_told_as_json_too(
    command: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "a.json"
    source.write_text("{", encoding="utf-8")
    assert run([*command, str(source), "--json"]) == 2
    (problem,) = json.loads(capfd.readouterr().out)["refused"]
    assert problem["code"] == "json-syntax"
