"""A check tells what a build of the same sources under the same settings would do."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from kg.cli import run
from kg.mapping import Row
from kg.mapping import project_rows as real_rows
from kg.pipeline import BuildResult, build, write_tables
from kg.pipeline.check import SourceCheck, check_sources
from kg.records import Project
from kg.settings import Settings, read_settings
from tests.pipeline.feedback import LAYOUTS, Entry, Workplace

CORRECTIONS = """\
source,record,field,stated,right,reason,by
*,Test001,start_date,31.02.16,2016-02-29,Checked,Ada
"""
WRONG_DATE = ("01.02.17", "31.02.16")


def checked(sources: list[Path], settings: Settings) -> SourceCheck:
    profile = settings.profiles[0] if settings.profiles else None
    return check_sources(sources, settings, profile)


def assert_alike(check: SourceCheck, result: BuildResult) -> None:
    manifest = result.manifest
    assert check.exit_status == result.exit_status
    assert check.held == manifest.held
    assert (check.records, check.projects) == (manifest.records, manifest.projects)
    assert check.partners == manifest.participations
    codes = Counter[str]()
    for problem in check.problems:
        codes[problem.code] += problem.count
    assert codes == manifest.problems
    cells = Counter[str]()
    for column in check.columns:
        cells.update(mapped=column.mapped, ignored=column.ignored, rejected=column.rejected)
    booked = Counter[str]()
    for columns in manifest.ledger.values():
        for outcomes in columns.values():
            booked.update(outcomes)
    assert +cells == +booked


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(
    ("name", "damages"),
    [
        ("text", []),
        ("text", [("01.02.17", "01.13.17"), ("002nein", "002?")]),
        ("csv", [("850.000,00", "viel"), ("Test001-002,PP,", "Test001-002,??,")]),
        ("one-table", [("Uni Wien;LP;AT", "Uni Wien;LP;Auenland")]),
        ("lists", [("Beispiel AG,LP;PP,AT;DE", ",LP;PP,AT;DE"), ("P2,Danube", "P1,Danube")]),
    ],
)
def test_a_check_holds_back_and_tells_what_a_build_does(
    tmp_path: Path, name: str, damages: list[tuple[str, str]], strict: bool
) -> None:
    place = Workplace(tmp_path, LAYOUTS[name])
    source = place.source("source", *damages)
    settings = Settings(profiles=place.profiles, strict=strict)
    assert_alike(checked([source], settings), place.build(source, strict=strict))


def test_a_check_puts_right_what_the_corrections_of_the_settings_do(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source = Workplace(tmp_path, LAYOUTS["csv"]).source("source", WRONG_DATE)
    unused = "*,Nobody,title,Old,New,Checked,Ada\n"
    (source / "corrections.csv").write_text(CORRECTIONS + unused, encoding="utf-8")
    (source / "kg.toml").write_text('corrections = "corrections.csv"\n', encoding="utf-8")
    settings = read_settings([source])
    check = checked([source], settings)
    assert_alike(check, build([source], tmp_path / "built", settings))
    assert check.exit_status == 0
    assert "correction-unused" in {problem.code for problem in check.problems}
    assert run(["sources", "check", "auto", str(source)]) == 0
    assert "hold back nothing" in capfd.readouterr().out


def test_a_check_tells_of_repairs_that_fit_nowhere(tmp_path: Path) -> None:
    place = Workplace(tmp_path, LAYOUTS["csv"])
    source = place.source("source", ("Test001-002,PP,", "Test001-002,??,"))
    damaged = place.build(source)

    def put_right(entry: Entry) -> None:
        assert isinstance(entry["raw"], dict)
        entry["raw"]["role"] = "PP"

    repaired = place.repair(damaged, put_right)
    partners = source / "partners.csv"
    kept = [
        line for line in partners.read_text("utf-8").splitlines(keepends=True) if "??" not in line
    ]
    partners.write_text("".join(kept), encoding="utf-8")
    check = check_sources([source, repaired], Settings())
    assert "repair-stale" in {problem.code for problem in check.problems}
    assert_alike(check, place.build(source, repaired))


def test_a_record_that_makes_the_program_fail_is_held_back_by_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(project: Project) -> dict[str, list[Row]]:
        if project.project_id == "Test002":
            raise RuntimeError("no such luck")
        return real_rows(project)

    monkeypatch.setattr("kg.pipeline.batch.project_rows", fail)
    place = Workplace(tmp_path, LAYOUTS["text"])
    source = place.source("source")
    check = checked([source], Settings())
    assert_alike(check, place.build(source))
    assert (check.held["records"], check.projects) == (1, 1)
    (problem,) = (found for found in check.problems if found.code == "processing-failed")
    assert "RuntimeError: no such luck" in problem.examples[0].message


def test_cells_of_no_column_are_told_as_others(tmp_path: Path) -> None:
    source = Workplace(tmp_path, LAYOUTS["text"]).source("source")
    assert {column.use for column in checked([source], Settings()).columns} == {"other"}


def test_the_tables_of_the_mapping_are_corrected_as_in_a_build(tmp_path: Path) -> None:
    source = Workplace(tmp_path, LAYOUTS["csv"]).source("source", WRONG_DATE)
    path = tmp_path / "corrections.csv"
    path.write_text(CORRECTIONS, encoding="utf-8")
    write_tables([source], tmp_path / "tables", Settings(corrections=str(path)))
    (project,) = rows(tmp_path / "tables" / "projects.csv")
    assert project["start_date"] == "2016-02-29"
    (correction,) = rows(tmp_path / "tables" / "project_corrections.csv")
    assert (correction["field"], correction["stated"]) == ("start_date", "31.02.16")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
