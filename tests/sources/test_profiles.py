"""Profiles: what is wrong in one is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.problems import ProfileError
from kg.sources.layouts import load_profile, parse_profile, shipped_profiles

GOOD = """\
name = "mine"
title = "Mine"

[values]
decimal = ","
grouping = "."

[constants]
programme = "Alpenraum"

[[tables]]
holds = "projects"
columns = [
    { header = ["Nr"], field = "project_id", required = true },
    { header = ["Titel"], field = "title", language = "de" },
    { header = ["Beginn"], field = "start_date" },
    { header = ["Notiz"], ignore = "remarks for internal use" },
]

[[tables.partners]]
separator = ";"
columns = [
    { header = ["Partner"], field = "name" },
    { header = ["Rolle"], field = "role", words = { "Federführung" = "LP" } },
]
"""

WRONG = {
    "a key that does not exist": (
        'decimal = ","',
        'decimals = ","',
        5,
        "There is no key ‹decimals› here",
    ),
    "a key of a column that does not exist": (
        'field = "start_date"',
        'feld = "start_date"',
        16,
        "There is no key ‹feld› here",
    ),
    "a field that does not exist": (
        'field = "start_date"',
        'field = "begin"',
        16,
        "The field ‹begin› does not exist",
    ),
    "a field of partners in a table of projects": (
        'field = "start_date"',
        'field = "town"',
        16,
        "The field ‹town› cannot stand in this table",
    ),
    "a field of two columns": (
        'field = "start_date"',
        'field = "title"',
        16,
        "The field ‹title› is stated by two columns",
    ),
    "a header of two columns": (
        '"Beginn"',
        '"titel"',
        16,
        "The header ‹titel› stands in two columns",
    ),
    "neither field nor reason": (
        ', ignore = "remarks for internal use"',
        "",
        17,
        "A column has a field or a pattern, or ignore",
    ),
    "field and reason": (
        'field = "start_date"',
        'field = "start_date", ignore = "no"',
        16,
        "A column has a field",
    ),
    "a field and a pattern": (
        'field = "start_date"',
        'field = "start_date", pattern = "{end_date}"',
        16,
        "A column has a field or a pattern",
    ),
    "a pattern that is none": (
        'field = "start_date"',
        'pattern = "{start_date}{end_date}"',
        16,
        "Something has to stand between two fields",
    ),
    "a pattern with a field that does not exist": (
        'field = "start_date"',
        'pattern = "{start_date} - {end}"',
        16,
        "The field ‹end› does not exist",
    ),
    "a pattern with a field of another column": (
        'field = "start_date"',
        'pattern = "{start_date} - {title}"',
        16,
        "The field ‹title› is stated by two columns",
    ),
    "patterns that begin with other fields": (
        'field = "start_date"',
        'pattern = ["{start_date} - {end_date}", "{end_date}"]',
        16,
        "begin with the same field",
    ),
    "a constant of partners that a column states": (
        'separator = ";"',
        'separator = ";"\nconstants = { name = "A" }',
        22,
        "The field ‹name› is stated by a column",
    ),
    "a constant of partners that is none of theirs": (
        'separator = ";"',
        'separator = ";"\nconstants = { title = "A" }',
        22,
        "The field ‹title› is none of a partner",
    ),
    "no reason": ('"remarks for internal use"', '" "', 17, "ignore needs a reason"),
    "no header": ('header = ["Beginn"]', "header = []", 16, "A column needs a header"),
    "a separator that does not exist": ('decimal = ","', 'decimal = ";"', 5, "decimal is"),
    "an order that does not exist": (
        'decimal = ","',
        'decimal = ","\ndate_order = "ymd"',
        6,
        "Invalid enum value 'ymd'",
    ),
    "a style that does not exist": (
        'field = "start_date"',
        'field = "start_date", style = { order = "dmy" }',
        16,
        "There is no key ‹order› here",
    ),
    "a constant that does not exist": (
        'programme = "Alpenraum"',
        'program = "Alpenraum"',
        9,
        "The field ‹program› does not exist",
    ),
    "a constant that is no value": (
        'programme = "Alpenraum"',
        'programme = "Alpenraum"\nstart_date = "soon"',
        10,
        "‹soon› is no value of start_date",
    ),
    "a word that means nothing": ('"LP"', '"Chief"', 24, "‹Chief› is no value of role"),
    "a role that does not exist": (
        'separator = ";"',
        'separator = ";"\nrole = "chief"',
        22,
        "‹chief› is no value of role",
    ),
    "a number and a list": ('"Partner"]', '"Partner {n}"]', 20, "{n} stands in the headers"),
    "a number in a column of projects": ('"Beginn"', '"Beginn {n}"', 16, "{n} is for the columns"),
    "no name of partners": (
        '{ header = ["Partner"], field = "name" }',
        '{ header = ["Partner"], field = "town" }',
        20,
        "A block of partners needs a column name",
    ),
    "no id": (
        'field = "project_id", required = true',
        'field = "call"',
        1,
        "No column states project_id: name the fields that make it",
    ),
    "rows to skip in a column that is not there": (
        'holds = "projects"',
        'holds = "projects"\nskip = { "Summe" = ["x"] }',
        13,
        "The table has no column ‹Summe›",
    ),
    "an array that is not closed": ('header = ["Beginn"]', 'header = ["Beginn"', 16, "is no TOML"),
    "a wrong kind of value": ("required = true", 'required = "ja"', 14, "Expected `bool`"),
    "a wrong kind of table": ('holds = "projects"', 'holds = "project"', 12, "Invalid enum value"),
}


def test_a_good_profile_loads() -> None:
    profile = parse_profile(GOOD, "mine.toml")
    assert profile.name == "mine"
    assert [c.field for c in profile.tables[0].all_columns()][-1] == "role"


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case)
def test_an_error_points_to_its_line(case: str) -> None:
    old, new, line, message = WRONG[case]
    assert old in GOOD
    with pytest.raises(ProfileError) as raised:
        parse_profile(GOOD.replace(old, new, 1), "mine.toml")
    assert message in str(raised.value)
    assert raised.value.place.startswith(f"mine.toml:{line}")


def test_several_errors_are_told_together() -> None:
    text = GOOD.replace('"start_date"', '"begin"').replace('"title"', '"titel"')
    with pytest.raises(ProfileError, match=r"‹titel› does not exist; .*‹begin›.*\(line 16\)"):
        parse_profile(text, "mine.toml")


def test_a_profile_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(ProfileError, match=r"There is no source profile ‹nowhere›.*exchange"):
        load_profile("nowhere")


def test_a_profile_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes('name = "mine"\ntitle = "Förderung"\n'.encode("latin-1"))
    with pytest.raises(ProfileError, match="not UTF-8") as raised:
        load_profile(str(path))
    assert raised.value.place.endswith(":2")


def test_the_shipped_profiles_load() -> None:
    assert "exchange" in [profile.name for profile in shipped_profiles()]
