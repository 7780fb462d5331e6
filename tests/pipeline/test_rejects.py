"""A rejects file that was repaired by hand gives what a clean source gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.pipeline import build
from kg.problems import Refused
from tests.pipeline.feedback import (
    LAYOUTS,
    Damage,
    Entry,
    Layout,
    Workplace,
    codes,
    graph,
    rejects,
    undo,
)

DATE = ("01.02.17", "01.13.17")
ROLE = ("PP", "??")
NAME = ("Beispiel AG", None)
Fix = tuple[str, str | None]
"""What is right in a cell or line, and what stands there; None where nothing does."""

CASES: list[tuple[str, list[Damage], list[Fix]]] = [
    ("text", [DATE], [DATE]),
    ("text", [("850.000,00", "850.00,000")], [("850.000,00", "850.00,000")]),
    ("text", [("002nein", "002?")], [("002nein", "002?")]),
    ("text", [("Projektebene\n\nTest001", "Projektebene\n\n")], [("Test001", "")]),
    ("text", [DATE, ("003nein", "003?")], [DATE, ("003nein", "003?")]),
    ("csv", [DATE], [DATE]),
    ("csv", [("850.000,00", "viel")], [("850.000,00", "viel")]),
    ("csv", [("Test001-002,PP,", "Test001-002,??,")], [ROLE]),
    ("csv", [("Test001-001,LP", "Test001-001,?")], [("LP", "?")]),
    ("csv", [("Test001,1,Donauraum", "Test001,1,")], [("Donauraum", None)]),
    ("csv", [("PP,Beispiel AG,", "PP,,")], [NAME]),
    ("json", [DATE], [DATE]),
    ("json", [('"role": "LP"', '"role": "?"')], [("LP", "?")]),
    ("json", [('"name": "Beispiel AG"', '"name": ""')], [NAME]),
    ("one-table", [("01.02.2017;1.000,00;P1-1", "45.02.2017;1.000,00;P1-1"),
                   ("01.02.2017;1.000,00;P1-2", "45.02.2017;1.000,00;P1-2")],
     [("01.", "45.")]),
    ("one-table", [("Beispiel AG;PP", "Beispiel AG;??")], [ROLE]),
    ("one-table", [("Uni Wien;LP;AT", "Uni Wien;LP;Auenland")], [("AT", "Auenland")]),
    ("one-table", [("Second;15.03.2018;2.000,00;P2-2", "Zwei;15.03.2018;2.000,00;P2-2")],
     [("Second", "Zwei")]),
    ("lists", [("01.02.2017", "45.02.2017")], [("01.", "45.")]),
    ("lists", [("AT;DE", "AT;Auenland")], [("DE", "Auenland")]),
    ("lists", [("SI;AT", "Auenland;AT")], [("SI", "Auenland")]),
    ("lists", [("Beispiel AG,LP;PP", "Beispiel AG,LP;??")], [ROLE]),
    ("lists", [("Beispiel AG,LP;PP,AT;DE", ",LP;PP,AT;DE")], [NAME]),
    ("lists", [("P2,Danube", "P2,")], [("Danube", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "damages", "fixes"), CASES)
def test_repaired_rejects_give_what_a_clean_source_gives(
    tmp_path: Path, name: str, damages: list[Damage], fixes: list[Fix]
) -> None:
    place = Workplace(tmp_path, LAYOUTS[name])
    clean = place.build(place.source("clean"))
    source = place.source("damaged", *damages)
    damaged = place.build(source)
    assert damaged.exit_status == 1
    assert graph(damaged) != graph(clean)
    repaired = place.build(source, place.repair(damaged, undo(*fixes)))
    assert graph(repaired) == graph(clean)
    assert repaired.exit_status == 0
    assert "row-repaired" in codes(repaired)
    assert "repair-stale" not in codes(repaired)
    again = [code for code in codes(repaired) if code != "row-repaired"]
    assert sorted(again) == sorted(codes(clean))


@pytest.mark.parametrize(("name", "damages", "fixes"), CASES)
def test_rejects_that_nobody_repaired_change_nothing(
    tmp_path: Path, name: str, damages: list[Damage], fixes: list[Fix]
) -> None:
    place = Workplace(tmp_path, LAYOUTS[name])
    source = place.source("damaged", *damages)
    damaged = place.build(source)
    again = place.build(source, place.repair(damaged, lambda _: None))
    assert graph(again) == graph(damaged)
    assert codes(again) == codes(damaged)
    assert rejects(again) == rejects(damaged)


def plain(*damages: Damage) -> list[tuple[Damage, Fix]]:
    return [(damage, damage) for damage in damages]


DAMAGES: dict[str, list[tuple[Damage, Fix]]] = {
    "text": plain(DATE, ("31.01.20", "nie"), ("850.000,00", "viel"), ("002nein", "002?"),
                  ("003nein", "003?"), ("https://example.org", "ftp://x")),
    "csv": [*plain(DATE, ("850.000,00", "viel"), ("https://example.org", "ftp://x")),
            (("002,PP,", "002,??,"), ("PP", "??")), (("001,LP", "001,Chef"), ("LP", "Chef")),
            (("Ljubljana,SI", "Ljubljana,Auenland"), ("SI", "Auenland"))],
    "lists": [*plain(("01.02.2017", "45.02.2017"), ("15.03.2018", "irgendwann")),
              (("AT;DE", "AT;Auenland"), ("DE", "Auenland")),
              (("SI;AT", "Gondor;AT"), ("SI", "Gondor")),
              (("AG,LP;PP", "AG,LP;??"), ("PP", "??"))],
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", DAMAGES)
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_damaged_cells_are_repaired(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    chosen = data.draw(st.lists(st.sampled_from(DAMAGES[name]), unique=True, min_size=1))
    place = Workplace(tmp_path_factory.mktemp("any"), LAYOUTS[name])
    source = place.source("damaged", *(damage for damage, _ in chosen))
    repaired = place.repair(place.build(source), undo(*(fix for _, fix in chosen)))
    assert graph(place.build(source, repaired)) == graph(place.build(place.source("clean")))


def test_a_line_that_is_missing_is_put_in(tmp_path: Path) -> None:
    place = Workplace(tmp_path, LAYOUTS["text"])
    source = place.source("damaged", ("\n3\n3\n1\n", "\n3\n1\n"))
    damaged = place.build(source)
    (entry,) = rejects(damaged)
    assert entry["lines"] == [1, 29]

    def put_in(entry: Entry) -> None:
        entry["raw"].insert(12, "3")  # type: ignore[attr-defined]

    repaired = place.build(source, place.repair(damaged, put_in))
    assert graph(repaired) == graph(place.build(place.source("clean")))


def test_lines_that_are_too_many_are_taken_out(tmp_path: Path) -> None:
    place = Workplace(tmp_path, LAYOUTS["text"])
    source = place.source("damaged", ("Eine kurze Beschreibung.\n", "Eine kurze\nBeschreibung.\n"))
    damaged = place.build(source)
    (entry,) = rejects(damaged)
    assert (entry["field"], entry["lines"]) == ("description", [21, 23])

    def join(entry: Entry) -> None:
        entry["raw"] = ["Eine kurze Beschreibung.", "Ein kurzes Ergebnis."]

    repaired = place.build(source, place.repair(damaged, join))
    assert graph(repaired) == graph(place.build(place.source("clean")))


def test_a_row_with_other_cells_than_the_header(tmp_path: Path) -> None:
    place = Workplace(tmp_path, LAYOUTS["csv"])
    wrong = [("PP,Beispiel AG,", "PP,Beispiel, AG,"), ("1000,Ljubljana,SI,", "1000,Ljubljana,SI")]
    source = place.source("damaged", *wrong)
    damaged = place.build(source)
    long, short = rejects(damaged)
    assert long["raw"]["(extra cell 1)"] == "Berlin"  # type: ignore[index]
    assert short["raw"]["(missing cells)"] == "1"  # type: ignore[index]

    def put_right(entry: Entry) -> None:
        raw = entry["raw"]
        assert isinstance(raw, dict)
        if raw.pop("(missing cells)", None) is None:
            del raw["(extra cell 1)"]
            raw |= {"name": "Beispiel AG", "postcode": "10115", "town": "Berlin", "country": "DE",
                    "federal_state": "Berlin"}  # fmt: skip

    repaired = place.build(source, place.repair(damaged, put_right))
    assert graph(repaired) == graph(place.build(place.source("clean")))


def test_a_row_is_deleted_by_emptying_it(tmp_path: Path) -> None:
    place = Workplace(tmp_path, LAYOUTS["csv"])
    row = "Test001,Test001-003,PP,Primer d.o.o.,1000,Ljubljana,SI,\n"
    source = place.source("damaged", (row, row + row.replace("1000", "2000")))
    damaged = place.build(source)
    repaired = place.build(source, place.repair(damaged, lambda entry: entry.update(raw={})))
    assert graph(repaired) == graph(place.build(place.source("clean")))
    assert repaired.exit_status == 0


def test_a_wrong_repair_is_held_back_and_can_be_repaired_again(tmp_path: Path) -> None:
    place = Workplace(tmp_path, LAYOUTS["csv"])
    source = place.source("damaged", ("01.02.17", "01.13.17"), ("850.000,00", "viel"))
    damaged = place.build(source)
    first = place.repair(damaged, undo(("850.000,00", "viel"), ("01.14.17", "01.13.17")))
    half = place.build(source, first)
    (entry,) = rejects(half)
    assert entry["raw"] == {"start_date": "01.14.17"}
    second = place.repair(half, undo(("01.02.17", "01.14.17")))
    repaired = place.build(source, first, second)
    assert graph(repaired) == graph(place.build(place.source("clean")))


def test_a_repair_of_what_the_source_no_longer_states_is_stale(tmp_path: Path) -> None:
    place = Workplace(tmp_path, LAYOUTS["csv"])
    damage = ("01.02.17", "01.13.17")
    repaired = place.repair(place.build(place.source("damaged", damage)), undo(damage))
    other = place.source("other", ("01.02.17", "nie"))
    result = place.build(other, repaired)
    (stale,) = [p for p in result.problems() if p.code == "repair-stale"]
    assert stale.place.source == repaired.name
    assert stale.place.line == 1
    short = place.source("short", ("Test001,1,", ",,"))
    for file in short.iterdir():
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("Test001,1", "Test001,2"), encoding="utf-8")
    assert "repair-stale" in codes(place.build(short, repaired))


@pytest.mark.parametrize("line", ['{"source": "a", "layout": "b", "hash": 1, "raw": {}}', "{"])
def test_a_line_that_is_no_entry_is_refused_with_its_place(tmp_path: Path, line: str) -> None:
    place = Workplace(tmp_path, LAYOUTS["csv"])
    damage = ("01.02.17", "01.13.17")
    source = place.source("damaged", damage)
    path = place.repair(place.build(source), undo(damage))
    with path.open("a", encoding="utf-8") as file:
        file.write(line)
    with pytest.raises(Refused) as refused:
        place.build(source, path)
    assert [(p.code, p.place.line) for p in refused.value.problems] == [("repair-invalid", 2)]


def test_a_column_that_the_table_has_not_is_refused(tmp_path: Path) -> None:
    place = Workplace(tmp_path, LAYOUTS["csv"])
    source = place.source("damaged", ("Test001-002,PP,", "Test001-002,??,"))
    path = place.repair(place.build(source), lambda e: e["raw"].update(rolle="PP"))  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="cannot be used") as refused:
        place.build(source, path)
    assert "‹rolle›" in refused.value.problems[0].message


ALONE = [
    case for case in CASES if case[0] != "lists" and case[2][0][0] in {"Test001", "LP", "Second"}
]


@pytest.mark.parametrize(("name", "damages", "fixes"), ALONE)
def test_records_are_read_from_the_rejects_alone(
    tmp_path: Path, name: str, damages: list[Damage], fixes: list[Fix]
) -> None:
    place = Workplace(tmp_path, LAYOUTS[name])
    damaged = place.build(place.source("damaged", *damages))
    held = {entry.get("record") for entry in rejects(damaged)}
    path = place.repair(damaged, undo(*fixes))
    alone = place.build(path)
    assert alone.manifest.projects == 1
    assert alone.exit_status == 0
    clean = place.build(place.source("clean"))
    project = "Test001" if held == {None} else held.pop()
    mine = [line for line in graph(alone) if f"/{project}" in line.split(" ")[0]]
    assert mine == [line for line in graph(clean) if f"/{project}" in line.split(" ")[0]]
    text = (alone.output / "graph.nt").read_text(encoding="utf-8")
    assert f"/source/{path.name}#" in text
    assert [i.layout for i in alone.manifest.inputs] == ["rejects"]


def test_a_value_alone_is_no_record(tmp_path: Path) -> None:
    place = Workplace(tmp_path, LAYOUTS["csv"])
    damage = ("01.02.17", "01.13.17")
    path = place.repair(place.build(place.source("damaged", damage)), undo(damage))
    result = place.build(path)
    assert codes(result) == ["repair-stale"]
    assert result.manifest.projects == 0


def test_personal_columns_are_in_no_reject(tmp_path: Path) -> None:
    place = Workplace(tmp_path, LAYOUTS["one-table"])
    source = place.source("damaged", ("Uni Wien;LP", "Uni Wien;??"))
    damaged = place.build(source)
    assert "eva@example.org" not in (damaged.output / "rejects.jsonl").read_text(encoding="utf-8")
    (entry, *_) = rejects(damaged)
    assert "E-mail" not in entry["raw"]  # type: ignore[operator]


def test_an_entry_tells_what_a_person_and_a_machine_need(tmp_path: Path) -> None:
    place = Workplace(tmp_path, LAYOUTS["csv"])
    damaged = place.build(place.source("damaged", ("01.02.17", "01.13.17")))
    (entry,) = rejects(damaged)
    assert {k: v for k, v in entry.items() if k not in {"hash", "reasons"}} == {
        "source": "projects.csv", "place": "projects.csv:2:14", "record": "Test001",
        "layout": "exchange", "table": "projects", "row": 2, "field": "start_date",
        "raw": {"start_date": "01.13.17"},
    }  # fmt: skip
    (reason,) = entry["reasons"]  # type: ignore[misc]
    assert reason["code"] == "date-invalid"
    assert reason["remedy"]


def test_the_held_partners_of_a_held_project_are_rejects_too(tmp_path: Path) -> None:
    place = Workplace(tmp_path, LAYOUTS["csv"])
    damages = [("Test001-001,LP", "Test001-001,?"), ("Test001-003,PP", "Test001-003,??")]
    damaged = place.build(place.source("damaged", *damages))
    rows = [(e["source"], e["row"]) for e in rejects(damaged)]
    assert sorted(rows) == [("partners.csv", 2), ("partners.csv", 3), ("partners.csv", 4),
                            ("projects.csv", 2)]  # fmt: skip
    assert json.loads((damaged.output / "manifest.json").read_text())["held"]["records"] == 1


@pytest.mark.parametrize("name", ["text", "csv"])
def test_addresses_are_shown_nowhere(tmp_path: Path, name: str) -> None:
    files = {
        file: text.replace("Ein kurzes Ergebnis.", "Ask eva@example.org for it.")
        for file, text in LAYOUTS[name].files.items()
    }
    place = Workplace(tmp_path, Layout(files))
    damage = ("1,Donauraum", "1,") if name == "csv" else ("\n3\n3\n1\n", "\n3\n1\n")
    source = place.source("damaged", damage)
    damaged = place.build(source)
    for output in ("rejects.jsonl", "problems.jsonl"):
        assert "eva@" not in (damaged.output / output).read_text(encoding="utf-8")

    def put_right(entry: Entry) -> None:
        if name == "csv":
            undo(("Donauraum", None))(entry)
        else:
            entry["raw"].insert(12, "3")  # type: ignore[attr-defined]

    repaired = place.build(source, place.repair(damaged, put_right))
    clean = place.build(place.source("clean"))
    assert graph(repaired) == graph(clean)
    published = (repaired.output / "graph.nt").read_text(encoding="utf-8")
    assert '"Ask […] for it."' in published
    assert "eva@" not in published


def test_a_rule_on_the_list_of_partners_says_that_some_of_them_are_held_back(
    tmp_path: Path,
) -> None:
    (tmp_path / "projects.csv").write_text("project_id,programme,title\nA1,Alps,One\n")
    (tmp_path / "partners.csv").write_text(
        "project_id,partner_id,role,name,country\nA1,A1-1,LP,,AT\nA1,A1-2,PP,Uni Bozen,IT\n"
    )
    problems = build([tmp_path], tmp_path / "out").problems()
    told = {problem.code: problem.remedy for problem in problems}
    assert told["lead-count"].startswith("First repair the partners that are held back")
    assert told["lead-count"].endswith("Mark one partner, and only one, as the lead.")
    assert not told["required"].startswith("First")


def test_a_rule_on_countries_says_that_one_could_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "projects.csv").write_text("project_id,programme,title\nA1,Alps,One\n")
    (tmp_path / "partners.csv").write_text(
        "project_id,partner_id,role,name,country\n"
        "A1,A1-1,PP,Uni Graz,AT\nA1,A1-2,PP,Uni Bozen,Absurdistan\n"
    )
    problems = build([tmp_path], tmp_path / "out").problems()
    told = {problem.code: problem.remedy for problem in problems}
    assert told["few-countries"].startswith("First repair the countries that are left out")
    assert not told["lead-count"].startswith("First")
