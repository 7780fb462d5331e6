"""Projects that come twice: the same one is published once, of another both places are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.iris import organisation_slug
from kg.pipeline import BuildResult, build
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


PARTNERS = "project_id,partner_id,key,role,name,country\n"
TRIER = organisation_slug("Stadt Trier")


def with_partners(folder: Path, ids: str, rows: str) -> BuildResult:
    """Build projects with these ids and rows of partners."""
    projects = "".join(f"{each},Alps,Title of {each}\n" for each in ids.split())
    (folder / "projects.csv").write_text("project_id,programme,title\n" + projects)
    (folder / "partners.csv").write_text(PARTNERS + rows)
    return build([folder], folder / "out")


def statements(result: BuildResult) -> list[str]:
    return (result.output / "graph.nt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("ids", "rows"),
    [
        ("A A-1", "A,A-1-2,,LP,Name 1,DE\nA-1,A-1-2,,LP,Name 2,DE\n"),
        ("A-1 A", "A,A-1-2,,LP,Name 1,DE\nA-1,A-1-2,,LP,Name 2,DE\n"),
        ("A1 B1", "A1,A1-1,,LP,Name 1,DE\nB1,B1-1,A1-1,LP,Name 2,DE\n"),
        ("B1 A1", "A1,A1-1,,LP,Name 1,DE\nB1,B1-1,A1-1,LP,Name 2,DE\n"),
        ("A1 B1", "A1,A1-1,K,LP,Name 1,DE\nB1,B1-1,K,LP,Name 2,DE\n"),
        ("A A-stadt", f"A,,,LP,Stadt Trier,DE\nA-stadt,A-{TRIER},,LP,Name 2,DE\n"),
    ],
)
def test_a_partner_of_two_projects_holds_the_second_back(
    tmp_path: Path, ids: str, rows: str
) -> None:
    result = with_partners(tmp_path, ids, rows)
    first, second = ids.split()
    (found,) = [p for p in result.problems() if p.code == "partner-of-two-projects"]
    assert found.record == second
    assert f"is a partner of {first} too, at projects.csv:2" in found.message
    assert {entry["record"] for entry in rejects(result)} == {second}
    lines = statements(result)
    assert len(lines) == len(set(lines)) == result.manifest.triples


def test_projects_whose_ids_begin_alike_can_have_partners_of_their_own(tmp_path: Path) -> None:
    rows = "A,A-1,,LP,Name 1,DE\nA-1,A-1-1,,LP,Name 2,DE\nA-1-1,A-1-1-1,,LP,Name 3,DE\n"
    result = with_partners(tmp_path, "A A-1 A-1-1", rows)
    assert result.manifest.projects == 3
    assert "partner-of-two-projects" not in codes(result)


def test_partners_of_one_project_have_keys_of_their_own(tmp_path: Path) -> None:
    rows = f"A,A-{TRIER},,LP,Name 1,DE\nA,,,PP,Stadt Trier,DE\nA,A-2,K,PP,Name 2,DE\n"
    result = with_partners(tmp_path, "A", rows + "A,A-3,K,PP,Name 3,DE\n")
    assert "partner-duplicate" in codes(result)
    lines = statements(result)
    assert sum(" <http://www.w3.org/ns/org#role> " in line for line in lines) == 3
    assert len(lines) == len(set(lines)) == result.manifest.triples
