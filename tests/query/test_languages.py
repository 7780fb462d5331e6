"""What has a name in several languages counts once, and is told by one, in English if it can be."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kg.mapping import Emitter, Register, project_rows
from kg.query import Table, run_query
from kg.records import Category, Heading, Origin, Partner, Project, Role, Text, Theme
from kg.settings import DEFAULT_BASE

NAMES = {"de": ("Wissen", "Breitband", "Raumfahrt"), "en": ("Knowledge", "Broadband", "Space")}


def a_project(number: int, language: str) -> Project:
    priority, category, theme = (Text(name, language) for name in NAMES[language])
    origin = Origin("a.txt", 1, 2, "", {})
    partners = (
        Partner(key=f"P{number}-1", role=Role.LEAD, name="Werk", country="AT", origin=origin),
        Partner(key=f"P{number}-2", role=Role.PARTNER, name="Amt", country="DE", origin=origin,
                town="Ulm", federal_state="Bayern"),
    )  # fmt: skip
    return Project(
        project_id=f"P{number}", programme=Text("Interreg Europe", language), partners=partners,
        priority=Heading(priority, "1"), specific_objective=Heading(priority, "1.1"),
        strand=Category("B", category), themes=(Theme("Z99", theme),), currency="EUR",
        total_budget=Decimal(100), origin=origin,
    )  # fmt: skip


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    register = Register()
    lines: list[str] = []
    for number, language in enumerate(("de", "en", "de")):
        project = a_project(number, language)
        register.add(project)
        lines += Emitter(DEFAULT_BASE).emit(project_rows(project))
    lines += Emitter(DEFAULT_BASE).emit(register.rows())
    path = tmp_path_factory.mktemp("languages") / "graph.nt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def ask(graph: Path, name: str, **parameters: object) -> list[dict[str, object]]:
    result = run_query(name, on=graph, parameters=parameters)
    assert isinstance(result, Table)
    return [dict(record) for record in result.records]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("budget-by-programme", {"projects": 3, "total_budget": 300}),
        ("funds-by-programme", {"projects": 3}),
        ("budget-by-theme", {"projects": 3, "label": "Space"}),
        ("themes-by-programme", {"projects": 3, "label": "Space"}),
        ("projects-by-category", {"projects": 3, "label": "Broadband"}),
        ("programme-hierarchy", {"projects": 3, "priority_name": "Knowledge"}),
        ("lead-partners-by-country", {"projects": 3}),
        ("country-cooperation", {"projects": 3}),
        ("network-edges", {"Weight": 3}),
    ],
)
def test_a_query_gives_one_row(graph: Path, query: str, count: dict[str, object]) -> None:
    (row,) = ask(graph, query)
    assert count.items() <= row.items()


def test_a_project_is_listed_once(graph: Path) -> None:
    assert len(ask(graph, "projects-of-a-country", country="AT")) == 3
    assert len(ask(graph, "projects-of-a-federal-state", state="Bayern")) == 3


@pytest.mark.parametrize("word", ["europe", "INTERREG"])
def test_a_programme_is_found_by_its_name(graph: Path, word: str) -> None:
    (row,) = ask(graph, "budget-by-theme", programme=word)
    assert row["projects"] == 3
