"""Partner lines whose separators were lost, kept or damaged.

The examples are in ``tests/cases/partner_lines.toml``; adding one needs no Python.
"""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.countries import Country, all_countries, all_federal_states
from kg.sources.text.partner_line import LineCell, PartnerLine, UnreadableLine, split_partner_line

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT.parent / "shared" / "data" / "seed" / "alpen013.txt"
CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (ROOT / "tests" / "cases" / "partner_lines.toml").read_text(encoding="utf-8")
)
PARTNER_ID = "Alpen013-001"
CELLS = ("lead", "name", "postcode", "town", "country", "federal_state")
WITH_POSTCODES = [country for country in all_countries() if country.postcode]


def cells_of(split: PartnerLine) -> list[str]:
    return [cell.text if (cell := getattr(split, name)) else "" for name in CELLS]


def codes_of(split: PartnerLine) -> list[str]:
    return [doubt.code for doubt in split.doubts]


def read(line: str, project_id: str | None = "Alpen013") -> PartnerLine:
    split = split_partner_line(line, project_id)
    assert isinstance(split, PartnerLine), split
    return split


# --- Examples ------------------------------------------------------------------------------------


@pytest.mark.parametrize("project_id", ["Alpen013", None])
@pytest.mark.parametrize("case", CASES["read"], ids=lambda case: case["line"])
def test_line_is_read(case: dict[str, Any], project_id: str | None) -> None:
    split = read(PARTNER_ID + case["line"], project_id)
    assert split.partner_id.text == PARTNER_ID
    assert cells_of(split) == case["cells"]
    assert codes_of(split) == case.get("doubts", [])


@pytest.mark.parametrize("case", CASES["unreadable"], ids=lambda case: case["line"])
def test_line_is_unreadable(case: dict[str, Any]) -> None:
    split = split_partner_line(PARTNER_ID + case["line"], "Alpen013")
    assert isinstance(split, UnreadableLine), split
    assert split.code == case["code"]
    assert split.message.endswith(".")
    assert ("partner_id", LineCell(PARTNER_ID, 1, 13)) in split.cells


@pytest.mark.parametrize("line", ["", " ", "Alpen013", "Projektpartner", "-001jaInstitut"])
def test_line_without_id(line: str) -> None:
    split = split_partner_line(line, "Alpen013")
    assert isinstance(split, UnreadableLine)
    assert (split.code, split.missing) == ("id-missing", "partner_id")


@pytest.mark.parametrize("country", WITH_POSTCODES, ids=lambda country: country.alpha2)
def test_ordinary_line_of_each_country(country: Country) -> None:
    for code in (country.alpha2, *country.aliases):
        for postcode in country.postcode_examples:
            split = read(f"{PARTNER_ID}neinExample Institute{postcode}New Town{code}")
            assert cells_of(split) == ["nein", "Example Institute", postcode, "New Town", code, ""]
            assert split.doubts == ()


@pytest.mark.parametrize("state", all_federal_states(), ids=lambda state: state.nuts)
def test_federal_states(state: Any) -> None:
    for spelling in state.spellings:
        for between in ("", " "):
            split = read(f"{PARTNER_ID}neinInstitut10623Neue StadtDE{between}{spelling}")
            assert cells_of(split)[2:] == ["10623", "Neue Stadt", "DE", spelling]
            assert split.doubts == ()


@pytest.mark.parametrize(
    ("line", "partner_id"),
    [
        ("Alpen013-002neinInstitut1010WienAT", "Alpen013-002"),
        ("Donau901-002neinInstitut1010WienAT", "Donau901-002"),  # of another project
        ("S3-4Alp-17-002neinInstitut1010WienAT", "S3-4Alp-17-002"),
        ("Österreich013-002neinInstitut1010WienAT", "Österreich013-002"),
        ("\ufeffAlpen013-002neinInstitut1010WienAT", "\ufeffAlpen013-002"),
    ],
)
def test_partner_ids(line: str, partner_id: str) -> None:
    assert read(line).partner_id.text == partner_id


def test_project_id_in_front_of_the_cells() -> None:
    split = read("Alpen013;Alpen013-002;nein;Institut;1010;Wien;AT;")
    assert split.partner_id.text == "Alpen013-002"
    assert cells_of(split) == ["nein", "Institut", "1010", "Wien", "AT", ""]


def test_columns_are_those_of_the_line() -> None:
    split = read("  Alpen013-003neinTechnik GmbH 10623BerlinDEBerlin ")
    assert split.partner_id == LineCell("Alpen013-003", 3, 15)
    assert split.lead == LineCell("nein", 15, 19)
    assert split.name == LineCell("Technik GmbH", 19, 31)
    assert split.postcode == LineCell("10623", 32, 37)
    assert split.federal_state == LineCell("Berlin", 45, 51)


def test_doubt_names_the_other_reading() -> None:
    (doubt,) = read(f"{PARTNER_ID}neinResearch Unit301211VeneziaIT").doubts
    assert doubt.field == "postcode"
    assert doubt.alternative == "name “Research Unit”, postcode “301211”"


# --- The reference record ------------------------------------------------------------------------


def reference_lines() -> list[str]:
    if not REFERENCE.exists():
        pytest.skip("the reference record is not beside this checkout")
    lines = REFERENCE.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if re.match("Alpen013-[0-9]", line)]


def test_reference_lines_have_one_reading() -> None:
    splits = [read(line) for line in reference_lines()]
    assert len(splits) == 14
    assert [split.doubts for split in splits] == [()] * 14
    assert [split.is_lead for split in splits] == [True, *[False] * 13]
    assert {split.country.text for split in splits} == {"AT", "CH", "DE", "FR", "IT", "SI"}
    assert [split.federal_state.text for split in splits if split.federal_state] == [
        "Berlin",
        "Bayern",
    ]
    for line, split in zip(reference_lines(), splits, strict=True):
        assert line == split.partner_id.text + "".join(cells_of(split))


def test_cut_off_name_is_never_read() -> None:
    for line in reference_lines():
        name = read(line).name.text
        for length in range(len(line)):
            split = split_partner_line(line[:length], "Alpen013")
            assert isinstance(split, UnreadableLine) or split.name.text == name


# --- Any text ------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["Alpen013-001", "ja", "nein", "Ja", "-", "1010", "D-", "SW1A 2AA", "Wien", "ROMA", "AT", "DE",
     "Bayern", "\t", ";", " ", "É", "e", "\u0301", ",", "(", "GB", "EL", "2", "\ud800"]
)  # fmt: skip


@given(st.text() | st.lists(PIECES | st.text(max_size=3), max_size=14).map("".join))
def test_any_text_gives_a_result(text: str) -> None:
    for project_id in (None, "Alpen013", text[:3]):
        split = split_partner_line(text, project_id)
        if isinstance(split, UnreadableLine):
            cells: list[LineCell | None] = [cell for _, cell in split.cells]
        else:
            cells = [split.partner_id, *(getattr(split, name) for name in CELLS)]
        for cell in cells:
            assert cell is None or text[cell.start - 1 : cell.end - 1] == cell.text != ""


WORDS = st.sampled_from(
    ["Institut", "Agency", "für", "GmbH", "&", "Co", "–", "2020", "3", "VDI/VDE", "d.o.o.", "(KIT)",
     "Ökologie", "ja", "Nein", "BIC", "L'Europe", "Web 2.0", "e.V."]
)  # fmt: skip
NAMES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join).filter(lambda name: name != "–")
TOWNS = st.sampled_from(
    ["Wien", "PARIS", "Paris 13", "St. Gallen", "'s-Hertogenbosch", "la Louvière", "Αθήνα", "Å",
     "Frankfurt (Oder)", "Lausanne VD", "Saint-Étienne", "Fraz. Rivelta - Tortona"]
)  # fmt: skip


@given(
    st.sampled_from(["ja", "nein"]), NAMES, TOWNS, st.sampled_from(WITH_POSTCODES),
    st.sampled_from(["", *(state.name for state in all_federal_states())]), st.data(),
)  # fmt: skip
def test_known_cells_are_read_back_or_flagged(
    lead: str, name: str, town: str, country: Country, state: str, data: st.DataObject
) -> None:
    postcode = data.draw(st.sampled_from(country.postcode_examples))
    state = state if country.alpha2 == "DE" else ""
    cells = [lead, name, postcode, town, country.alpha2, state]
    split = split_partner_line(PARTNER_ID + "".join(cells), "Alpen013")
    if isinstance(split, PartnerLine) and not split.doubts:
        assert cells_of(split) == cells
    for separator in "\t;":
        split = read(separator.join([PARTNER_ID, *cells]))
        assert (cells_of(split), split.doubts) == (cells, ())


@pytest.mark.parametrize("filler", ["1", "A", "1A", "a1 ", "-1", "-1ja", ";", "\t", "aA", "DE"])
@pytest.mark.parametrize("head", ["", "Alpen013-001ja", "Alpen013-001\tja\t"])
@pytest.mark.parametrize("tail", ["", "1010WienAT", "DEBayern"])
def test_long_lines_take_little_time(head: str, filler: str, tail: str) -> None:
    line = head + filler * (100_000 // len(filler)) + tail
    start = time.process_time()
    split_partner_line(line)
    # it takes hundredths; a pattern that goes back and forth would take minutes
    assert time.process_time() - start < 10
