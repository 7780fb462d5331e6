"""A corrections file puts values right without touching the source."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.pipeline import BuildResult
from kg.problems import InputError
from kg.records import Correction
from kg.sources import Corrections, examine_inputs, load_corrections, read_input
from tests.pipeline.feedback import LAYOUTS, Damage, Workplace, codes, graph, rejects

HEADER = "source,record,field,stated,right,reason,by\n"


def file(folder: Path, *lines: str, header: str = HEADER) -> Path:
    path = folder / "corrections.csv"
    path.write_text(header + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def corrected(place: Workplace, source: Path, path: Path) -> BuildResult:
    return place.build(source, corrections=str(path))


def facts(result: BuildResult) -> list[str]:
    """The graph without what is said of corrections."""
    return [line for line in graph(result) if "orrection" not in line]


WRONG: list[tuple[str, Damage, str]] = [
    ("text", ("01.02.17", "02.01.17"), "input.txt,Test001,start_date,02.01.17,2017-02-01"),
    ("text", ("01.02.17", "01.13.17"), "*,Test001,start_date,01.13.17,2017-02-01"),
    ("text", ("850.000,00", "85.000,00"), ',Test001,erdf,"85.000,00",850000'),
    ("text", ("850.000,00", ""), ",Test001,erdf,,850000.00"),
    ("text", ("A record without", "A  record with"),
     ",Test001,title,A record with a fault,A record without a fault"),
    ("text", ("Eine kurze", "Eine lange"),
     ",Test001,description,Eine lange Beschreibung.,Eine kurze Beschreibung."),
    ("text", ("Donau-1 : Innovation", "Donau-1 : Altes"),
     ",Test001,priority,Donau-1 : Altes,Donau-1 : Innovation"),
    ("text", ("1010Wien", "1011Wien"), ",Test001-001,postcode,1011,1010"),
    ("csv", ("1010,Wien", "1011,Wien"), "partners.csv,Test001-001,postcode,1011,1010"),
    ("csv", ("1010,Wien", ",Wien"), "partners.csv,Test001-001,postcode,,1010"),
    ("csv", ("01.02.17", "01.13.17"), "projects.csv,Test001,start_date,01.13.17,2017-02-01"),
    ("csv", ("01.02.17", "k.A."), "projects.csv,Test001,start_date,k.A.,2017-02-01"),
    ("csv", ("Ljubljana,SI", "Ljubljana,Auenland"), ",Test001-003,country,Auenland,SI"),
    ("csv", ("D05 - Clusterbildung", "Dxy - Cluster"),
     ",Test001,themes,Dxy - Cluster | Q01 - Wirtschaftliche Entwicklung,"
     "D05 - Clusterbildung | Q01 - Wirtschaftliche Entwicklung"),
    ("json", ('"01.02.17"', '"02.01.17"'), ",Test001,start_date,02.01.17,2017-02-01"),
    ("lists", ("AT;DE", "AT;Auenland"), ",P1-2,country,Auenland,DE"),
    ("one-table", ("Uni Wien;LP;AT", "Uni Wien;LP;SK"), ",P1-1,country,SK,AT"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "damage", "line"), WRONG)
def test_a_corrected_value_is_as_if_the_source_stated_it(
    tmp_path: Path, name: str, damage: Damage, line: str
) -> None:
    place = Workplace(tmp_path, LAYOUTS[name])
    clean = place.build(place.source("clean"))
    path = file(tmp_path, f"{line},Checked,Ada")
    result = corrected(place, place.source("wrong", damage), path)
    assert facts(result) == facts(clean)
    assert codes(result) == codes(clean)
    assert result.exit_status == 0
    assert rejects(result) == []
    counts = json.loads((result.output / "manifest.json").read_text(encoding="utf-8"))
    assert counts["corrections"] == {
        "name": "corrections.csv",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "applied": 1,
        "stale": 0,
        "unused": 0,
    }
    assert all("rejected" not in column for file in counts["ledger"].values()
               for column in file.values())  # fmt: skip


def read(place: Workplace, source: Path, corrections: Corrections) -> list[object]:
    (item, *_) = examine_inputs([source], place.profiles).items
    return [corrections.apply(reading, item.facts) for reading in read_input(item)]


def test_the_record_says_what_was_corrected(tmp_path: Path) -> None:
    place = Workplace(tmp_path, LAYOUTS["csv"])
    path = file(tmp_path, ",Test001,start_date,01.02.17,2017-03-01,Typing error,Ada",
                ",Test001-001,postcode,1010,1020,Moved,Bob")  # fmt: skip
    (reading,) = read(place, place.source("clean"), load_corrections(path))
    project = reading.project  # type: ignore[attr-defined]
    assert project.corrections == (
        Correction("start_date", "01.02.17", "2017-03-01", "Typing error", "Ada"),
    )
    assert [len(p.corrections) for p in project.partners] == [1, 0, 0]
    assert project.origin.value("start_date") == "01.02.17"


def test_a_stale_correction_tells_both_values_at_the_cell(tmp_path: Path) -> None:
    place = Workplace(tmp_path, LAYOUTS["csv"])
    path = file(tmp_path, ",Test001,start_date,02.01.17,2017-02-01,Swapped,Ada")
    result = corrected(place, place.source("clean"), path)
    (stale,) = result.problems()
    assert stale.code == "correction-stale"
    assert str(stale.place) == "projects.csv:2:14"
    assert stale.value == "01.02.17"
    assert "corrections.csv:2 expects ‹02.01.17›" in stale.message
    assert "‹01.02.17›" in stale.message
    assert graph(result) == graph(place.build(place.source("again")))


@pytest.mark.parametrize(
    "line", [",Test009,start_date,x,2017-02-01", "other.csv,Test001,start_date,01.02.17,2017-02-01",
             ",Test001,town,Wien,Graz"],
)  # fmt: skip
def test_a_correction_that_meets_no_record_is_told(tmp_path: Path, line: str) -> None:
    place = Workplace(tmp_path, LAYOUTS["csv"])
    path = file(tmp_path, "", f"{line},Why,Ada")
    result = corrected(place, place.source("clean"), path)
    (unused,) = result.problems()
    assert (unused.code, str(unused.place)) == ("correction-unused", "corrections.csv:3")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (",T,start_date,x,2017-02-01,Why,", "by is empty"),
        (",T,start_date,x,2017-02-01,,Ada", "reason is empty"),
        (",T,start_date,x,,Why,Ada", "right is empty"),
        (",,start_date,x,2017-02-01,Why,Ada", "record is empty"),
        (",T,begin,x,2017-02-01,Why,Ada", "no field ‹begin›"),
        (",T,start_date,x,01.02.2017,Why,Ada", "not a date such as"),
        (",T,start_date,x,2017-02-30,Why,Ada", "no such day"),
        (',T,erdf,x,"1.234,00",Why,Ada', "not an amount such as"),
        (",T,lead_country,x,Auenland,Why,Ada", "country"),
        (",T,title_language,x,de,Why,Ada", "together with other fields"),
        (",T,location_x,x,1.5,Why,Ada", "together with other fields"),
        (",T,project_id,x,T2,Why,Ada", "records are found by it"),
        (",T,call,x,1,Why,Ada,more", "8 cells"),
        (",T,call,x,1,Why,Ada\n*,T,call,y,2,Why,Ada", "same cell"),
        (",T,call,x,1,Why,Ada\na.csv,T,call,y,2,Why,Ada", "same cell"),
        (',T,call,x,1,"Why,Ada', "not CSV"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_with_its_place(
    tmp_path: Path, line: str, told: str
) -> None:
    with pytest.raises(InputError, match=told) as error:
        load_corrections(file(tmp_path, line))
    last = line.count("\n") + 2
    assert error.value.place == f"corrections.csv:{last}"


def test_the_same_cell_of_two_sources_is_no_contradiction(tmp_path: Path) -> None:
    path = file(tmp_path, "a.csv;T;call;x;1;Why;Ada", "b.csv;T;call;y;2;Why;Ada",
                header=HEADER.replace(",", ";"))  # fmt: skip
    assert len(load_corrections(path).unused()) == 2


def test_a_missing_column_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column reason, by"):
        load_corrections(file(tmp_path, header="source,record,field,stated,right\n"))


def test_a_corrected_name_changes_the_key_that_is_made_of_it(tmp_path: Path) -> None:
    place = Workplace(tmp_path, LAYOUTS["csv"])
    source = place.source("clean", ("Test001-003,PP", ",PP"), ("Primer d.o.o.", "Primir d.o.o."))
    (before,) = read(place, source, Corrections())
    key = before.project.partners[2].key  # type: ignore[attr-defined]
    path = file(tmp_path, f",{key},name,Primir d.o.o.,Primer d.o.o.,Typing error,Ada")
    (after,) = read(place, source, load_corrections(path))
    right = place.source("right", ("Test001-003,PP", ",PP"))
    (wanted,) = read(place, right, Corrections())
    keys = [p.key for p in wanted.project.partners]  # type: ignore[attr-defined]
    assert [p.key for p in after.project.partners] == keys  # type: ignore[attr-defined]
    assert keys[2] != key


def test_a_file_named_in_the_settings_is_no_source(tmp_path: Path) -> None:
    place = Workplace(tmp_path, LAYOUTS["csv"])
    source = place.source("wrong", ("01.02.17", "01.13.17"))
    file(source, ",Test001,start_date,01.13.17,2017-02-01,Typing error,Ada")
    (source / "kg.toml").write_text('corrections = "corrections.csv"\n', encoding="utf-8")
    command = [sys.executable, "-m", "kg", "build", str(source), "--json"]
    run = subprocess.run(
        [*command, "--output", str(tmp_path / "output")], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    manifest = json.loads(run.stdout)
    assert manifest["corrections"]["applied"] == 1
    assert [i["name"] for i in manifest["inputs"]] == ["partners.csv", "projects.csv"]
    assert manifest["passed_over"] == []
    other = file(tmp_path, ",Test001,end_date,x,2017-02-01,Typing error,Ada")
    run = subprocess.run(
        [*command, "--output", str(tmp_path / "other"), "--corrections", str(other)],
        capture_output=True,
        text=True,
    )
    manifest = json.loads(run.stdout)
    assert manifest["corrections"]["stale"] == 1
    assert manifest["passed_over"] == ["corrections.csv"]
