"""Codes, labels and languages in columns of their own, put together entry by entry."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.problems import Problem
from kg.records import Category, Heading, Project, Text, Theme
from kg.sources import examine_inputs, read_input
from kg.sources.values import clean, join_entries
from kg.sources.values.entries import split_entries


def read(tmp_path: Path, partner: dict[str, str] | None = None, **cells: str) -> Project:
    project, problems = read_with_problems(tmp_path, partner, **cells)
    assert problems == []
    return project


def read_with_problems(
    tmp_path: Path, partner: dict[str, str] | None = None, **cells: str
) -> tuple[Project, list[Problem]]:
    rows = {
        "projects": {"project_id": "X1", "programme": "Alps", "title": "T", **cells},
        "partners": {"project_id": "X1", "name": "A", **(partner or {})},
    }
    for name, row in rows.items():
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([list(row), list(row.values())])
    readings = [r for item in examine_inputs([tmp_path]).items for r in read_input(item)]
    (project,) = (r.project for r in readings if r.project)
    return project, [problem for reading in readings for problem in reading.problems]


def test_a_label_beside_its_code_is_taken_as_it_stands(tmp_path: Path) -> None:
    project = read(tmp_path, priority="A : B", priority_code="1", strand="118 Improving",
                   strand_code="", specific_objective="1 : C")  # fmt: skip
    assert project.priority == Heading(Text("A : B"), "1")
    assert project.strand == Category(None, Text("118 Improving"))
    # without a column of codes, the code is before the label
    assert project.specific_objective == Heading(Text("C"), "1")


def test_lists_are_put_together_entry_by_entry(tmp_path: Path) -> None:
    project = read(
        tmp_path, interventions="A, b || c | | D", interventions_code="1 | 2 |",
        interventions_language="de | und | en", themes="Raum | | ", themes_code="Z1 | D05 | Q01",
        themes_language="de",
    )  # fmt: skip
    assert project.interventions == (
        Category("1", Text("A, b | c", "de")), Category("2"), Category(None, Text("D", "en")),
    )  # fmt: skip
    assert project.themes == (Theme("Z1", Text("Raum", "de")), Theme("D05"), Theme("Q01"))


@pytest.mark.parametrize(
    ("cells", "code", "field"),
    [
        ({"interventions": "A | B", "interventions_code": "1 | 2 | 3"}, "entries-unequal",
         "interventions"),
        ({"interventions": "A | B", "interventions_code": "1 | 2", "interventions_language":
          "de | en | fr"}, "entries-unequal", "interventions_language"),
        ({"themes": "A | B", "themes_code": "Z1 | "}, "theme-invalid", "themes_code"),
    ],
)  # fmt: skip
def test_what_cannot_be_put_together_is_left_out_and_told(
    tmp_path: Path, cells: dict[str, str], code: str, field: str
) -> None:
    project, problems = read_with_problems(tmp_path, **cells)
    assert [(problem.code, problem.field) for problem in problems] == [(code, field)]
    assert project.interventions or project.themes


def test_a_theme_list_has_one_language_or_one_for_each(tmp_path: Path) -> None:
    project = read(tmp_path, themes="Z1 - A | Z2 - B", themes_language="de | en")
    assert project.themes == (Theme("Z1", Text("A", "de")), Theme("Z2", Text("B", "en")))


def test_a_category_that_stands_twice_is_stated_once(tmp_path: Path) -> None:
    project = read(tmp_path, interventions="118 Hubs; 118: Hubs")
    assert project.interventions == (Category("118", Text("Hubs")),)


def test_a_partner_can_state_its_key(tmp_path: Path) -> None:
    (partner,) = read(tmp_path, {"key": "X1-b"}).partners
    assert (partner.key, partner.partner_id) == ("X1-b", None)
    (partner,) = read(tmp_path, {"key": "X1-b", "partner_id": "X1-1"}).partners
    assert (partner.key, partner.partner_id) == ("X1-b", "X1-1")


entry = st.none() | st.text("a| ", max_size=6).map(clean).filter(bool)


@given(st.lists(entry, min_size=1, max_size=4))
def test_any_entries_are_read_from_their_list(entries: list[str | None]) -> None:
    assert list(split_entries(join_entries(entries))) == entries
