"""What is held back of a layout of any kind can be repaired by hand, in one round or in two."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter

from kg.pipeline import BuildResult, build
from kg.settings import Settings
from tests.pipeline.feedback import codes, graph, rejects
from tests.pipeline.test_layout_properties import CLEAN, HEAD, LAYOUTS, PROJECTS, Record

RIGHT = Record(
    "X9", "Prog", "Nine", "2021-04-01", [["Town of C", "AT", "7.25"], ["Town of D", "IT", "8.25"]]
)
Cells = dict[str, str | None]
Repair = Callable[[Cells], Cells]


def in_cells(wrong: str, right: str) -> Repair:
    return lambda raw: {key: cell and cell.replace(wrong, right) for key, cell in raw.items()}


def filled_in(key: str, right: str) -> Repair:
    return lambda raw: raw | {k: right for k, cell in raw.items() if k == key and cell is None}


COUNTRY = [RIGHT.partners[0], ["Town of D", "Auenland", "8.25"]]
DAMAGES: dict[str, tuple[Record, Repair]] = {
    "date": (RIGHT._replace(start="31.02.2021"), in_cells("31.02.2021", "2021-04-01")),
    "title": (RIGHT._replace(title=""), filled_in("title", "Nine")),
    "programme": (RIGHT._replace(programme=""), filled_in("programme", "Prog")),
    "country": (RIGHT._replace(partners=COUNTRY), in_cells("Auenland", "IT")),
}


class Place:
    """A folder where builds of one layout are made."""

    def __init__(self, folder: Path, layout: str) -> None:
        self._folder = folder
        self._write, profile = LAYOUTS[layout]
        self._count = 0
        path = folder / "profile.toml"
        path.write_text(profile, encoding="utf-8")
        self._settings = Settings(profiles=(str(path),))

    def source(self, *records: Record) -> Path:
        self._count += 1
        folder = self._folder / f"source-{self._count}" / "in"
        folder.mkdir(parents=True)
        for name, content in self._write(records).items():
            (folder / name).write_bytes(content)
        return folder

    def build(self, *sources: Path) -> BuildResult:
        self._count += 1
        return build(list(sources), self._folder / f"o{self._count}", self._settings, workers=1)

    def repaired(self, result: BuildResult, *repairs: Repair) -> Path:
        self._count += 1
        entries = rejects(result)
        for entry in entries:
            for repair in repairs:
                entry["raw"] = repair(entry["raw"])  # type: ignore[arg-type]
        path = self._folder / f"repaired-{self._count}.jsonl"
        path.write_text("\n".join(map(json.dumps, entries)), encoding="utf-8")
        return path


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_repair_gives_what_the_right_source_gives(
    layout: str, damage: str, tmp_path: Path
) -> None:
    place = Place(tmp_path, layout)
    bad, repair = DAMAGES[damage]
    source = place.source(*CLEAN, bad)
    held = place.build(source)
    repaired = place.build(source, place.repaired(held, repair))
    assert graph(repaired) == graph(place.build(place.source(*CLEAN, RIGHT)))
    assert rejects(repaired) == []
    assert "row-repaired" in codes(repaired)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_the_first_round_missed_is_repaired_in_a_second(layout: str, tmp_path: Path) -> None:
    place = Place(tmp_path, layout)
    bad = RIGHT._replace(start="31.02.2021", partners=COUNTRY)
    source = place.source(*CLEAN, bad)
    first = place.repaired(place.build(source), DAMAGES["date"][1])
    again = place.build(source, first)
    second = place.repaired(again, DAMAGES["country"][1])
    assert graph(place.build(source, first, second)) == graph(
        place.build(place.source(*CLEAN, RIGHT))
    )


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name != "keyed"])
def test_a_whole_record_is_read_from_its_rejects(layout: str, tmp_path: Path) -> None:
    place = Place(tmp_path, layout)
    held = place.build(place.source(*CLEAN, RIGHT._replace(programme="")))
    alone = place.build(place.repaired(held, filled_in("programme", "Prog")))
    assert (alone.manifest.projects, alone.manifest.participations) == (1, 2)


def test_rows_that_all_lack_their_project_are_held_back(tmp_path: Path) -> None:
    place = Place(tmp_path, "keyed")
    result = place.build(place.source(*(record._replace(title="") for record in CLEAN)))
    assert result.exit_status == 1
    assert codes(result) == ["required"] * 3
    assert [entry["raw"]["title"] for entry in rejects(result)] == [None] * 3  # type: ignore[index]


def test_a_value_inside_an_object_is_repaired(tmp_path: Path) -> None:
    names: Sequence[tuple[str, str]] = [
        ("id", "project_id"), ("programme", "programme"), ("title", "title"),
        ("dates.start", "start_date"),
    ]  # fmt: skip
    columns = ", ".join(f'{{ header = ["{h}"], field = "{f}" }}' for h, f in names)
    profile, source = tmp_path / "p.toml", tmp_path / "a.json"
    profile.write_text(f"{HEAD}{PROJECTS}columns = [{columns}]\n", encoding="utf-8")
    record = {"id": "X1", "programme": "P", "title": "T", "dates": {"start": "31.02.2021"}}
    source.write_text(json.dumps([record]), encoding="utf-8")
    settings = Settings(profiles=(str(profile),))
    (entry,) = rejects(build([source], tmp_path / "o", settings))
    entry["raw"] = {"dates.start": "01.02.2021"}
    (tmp_path / "r.jsonl").write_text(json.dumps(entry), encoding="utf-8")
    result = build([source, tmp_path / "r.jsonl"], tmp_path / "again", settings)
    assert any('"2021-02-01"' in line for line in graph(result))


def test_a_number_with_a_currency_in_its_format_is_repaired(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(source) as book:
        francs = book.add_format({"num_format": "#,##0.00 [$CHF-807]"})
        euros = book.add_format({"num_format": "#,##0.00 [$€-407]"})
        projects, partners = book.add_worksheet("projects"), book.add_worksheet("partners")
        projects.write_row("A1", ["project_id", "programme", "title", "total_budget", "erdf"])
        projects.write_row("A2", ["X1", "P", "T"])
        projects.write_number("D2", 1234.567, francs)
        projects.write_number("E2", 1234.567, euros)
        partners.write_row("A1", ["project_id", "name", "country", "role"])
        partners.write_row("A2", ["X1", "Uni Wien", "AT", "ja"])
    (entry,) = rejects(build([source], tmp_path / "o", Settings()))
    assert entry["raw"] == {"total_budget": "1234.567 CHF"}
    entry["raw"] = {"total_budget": "1300 EUR"}
    (tmp_path / "r.jsonl").write_text(json.dumps(entry), encoding="utf-8")
    result = build([source, tmp_path / "r.jsonl"], tmp_path / "again", Settings())
    assert rejects(result) == []
    text = "\n".join(graph(result))
    assert '#totalBudget> "1300"' in text
    assert '#erdf> "1234.57"' in text
