"""Projects that come twice: the same one is published once, of another both places are told."""

from __future__ import annotations

from pathlib import Path

from kg.pipeline import build
from kg.problems import Problem
from kg.records import MAX_REASONS
from tests.pipeline.feedback import KEYED, LAYOUTS, TEXT, Layout, Workplace, codes, graph, rejects

TWICE = Layout({"input.txt": TEXT + "\n" + TEXT})


def duplicate(place: Workplace, source: Path) -> Problem:
    (found,) = [p for p in place.build(source).problems() if p.code.startswith("duplicate")]
    return found


def test_the_same_record_twice_is_one_record(tmp_path: Path) -> None:
    place = Workplace(tmp_path, TWICE)
    result = place.build(place.source("twice"))
    assert codes(result) == ["duplicate-record"]
    assert (result.manifest.projects, result.exit_status) == (1, 0)


def test_the_differences_are_told_with_both_places(tmp_path: Path) -> None:
    other = TEXT.replace("31.01.20", "28.02.20").replace("1000Ljubljana", "2000Maribor")
    other = other.replace("Test001-002neinBeispiel AG10115BerlinDEBerlin\n", "")
    place = Workplace(tmp_path, Layout({"input.txt": TEXT + "\n" + other}))
    found = duplicate(place, place.source("conflict"))
    assert found.code == "duplicate-conflict"
    assert found.place.line == 32
    assert "It stands at input.txt:1-30" in found.message
    assert "end_date ‹2020-01-31› ↔ ‹2020-02-28›" in found.message
    assert "partner Test001-003 postcode ‹1000› ↔ ‹2000›" in found.message
    assert "partner Test001-002 is only there" in found.message
    assert "title" not in found.message


def test_a_row_that_stands_twice_is_one_record_although_the_first_took_the_partners(
    tmp_path: Path,
) -> None:
    place = Workplace(tmp_path, LAYOUTS["csv"])
    row = LAYOUTS["csv"].files["projects.csv"].splitlines(keepends=True)[1]
    result = place.build(place.source("twice", (row, row + row)))
    assert codes(result) == ["duplicate-record"]
    assert graph(result) == graph(place.build(place.source("clean")))
    other = place.source("other", (row, row + row.replace("CLEANCASE", "OTHER")))
    message = duplicate(place, other).message
    assert "acronym ‹CLEANCASE› ↔ ‹OTHER›" in message
    assert "partner" not in message
    again = place.build(other)
    assert {entry["source"] for entry in rejects(again)} == {"projects.csv"}
    assert again.manifest.ledger["partners.csv"] == result.manifest.ledger["partners.csv"]


def test_the_rejects_of_a_record_do_not_grow_with_the_square_of_its_rows(tmp_path: Path) -> None:
    (tmp_path / "projects.csv").write_text("project_id,programme,title\nA1,Alps,One\n")
    rows = "".join(f"A1,A1-{n},PP,Name {n},DE\n" for n in range(100))
    (tmp_path / "partners.csv").write_text("project_id,partner_id,role,name,country\n" + rows)
    result = build([tmp_path], tmp_path / "out")
    first, *others = [[r["code"] for r in entry["reasons"]] for entry in rejects(result)]
    assert len(others) == 100
    assert len(first) == sum(result.manifest.problems.values()) > 100
    for reasons in others:
        assert "lead-count" in reasons
        assert "state-missing" in reasons
        assert len(reasons) <= MAX_REASONS + 1


def test_zeros_after_the_decimals_are_no_difference(tmp_path: Path) -> None:
    place = Workplace(tmp_path, LAYOUTS["csv"])
    row = LAYOUTS["csv"].files["projects.csv"].splitlines(keepends=True)[1]
    twice = place.source("twice", (row, row + row.replace("1.000.000,00", "1.000.000")))
    assert duplicate(place, twice).code == "duplicate-record"


def test_projects_of_one_made_id_may_be_two_projects(tmp_path: Path) -> None:
    rows = "Programme,Title,Start\nDanube,Same,01.02.2017\nDanube,Same,01.03.2019\n"
    place = Workplace(tmp_path, Layout({"rows.csv": rows}, KEYED))
    found = duplicate(place, place.source("keyed"))
    assert "It stands at rows.csv:2 " in found.message
    assert "may be two projects" in found.message
    assert "[key]" in found.remedy


def test_all_rows_of_a_contradicting_record_are_rejects(tmp_path: Path) -> None:
    place = Workplace(tmp_path, LAYOUTS["lists"])
    row = LAYOUTS["lists"].files["rows.csv"].splitlines(keepends=True)[1]
    result = place.build(place.source("conflict", (row, row + row.replace("First", "Other"))))
    assert [(e["row"], e["record"]) for e in rejects(result)] == [(3, "P1")]
    assert result.manifest.projects == 2


def test_many_records_are_compared(tmp_path: Path) -> None:
    records = [TEXT.replace("Test001", f"Test{n:03}") for n in range(1, 320)]
    text = "\n".join([*records, records[0], records[-1].replace("CLEANCASE", "OTHER")])
    place = Workplace(tmp_path, Layout({"input.txt": text}))
    assert codes(place.build(place.source("many"))) == ["duplicate-record", "duplicate-conflict"]
