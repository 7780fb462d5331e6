"""Queries about what only some sources state, and about lists that are partial."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import rdflib

from kg.mapping import Emitter, Register, project_rows
from kg.query import Table, find_query, run_query
from kg.records import Origin, Project, RowOrigin, Text
from kg.settings import DEFAULT_BASE

from ..full_record import SOURCE, full_project


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    register = Register()
    register.add(full_project())
    tables = project_rows(full_project()) | register.rows([SOURCE])
    path = tmp_path_factory.mktemp("full") / "graph.nt"
    path.write_text("\n".join(Emitter(DEFAULT_BASE).emit(tables)) + "\n", encoding="utf-8")
    return path


def ask(graph: Path, name: str, **parameters: object) -> list[dict[str, object]]:
    result = run_query(name, on=graph, parameters=parameters)
    assert isinstance(result, Table)
    return [dict(record) for record in result.records]


def test_funds_by_programme(graph: Path) -> None:
    (row,) = ask(graph, "funds-by-programme")
    assert (row["programme"], row["currency"]) == ("Alpenraum", "EUR")
    assert (row["erdf"], row["ipa"], row["eni"]) == (800, Decimal("50.1"), 0)
    assert row["eu_funding"] == Decimal("850.1")


def test_projects_by_category(graph: Path) -> None:
    rows = ask(graph, "projects-by-category")
    assert len(rows) == 6
    assert {
        "classification": "strand",
        "code": "B",
        "label": "transnational",
        "projects": 1,
    } in rows


def test_partners_of_a_region(graph: Path) -> None:
    rows = ask(graph, "partners-of-a-region", nuts="AT33")
    assert [row["region"] for row in rows] == ["AT33", "AT332"]
    assert ask(graph, "partners-of-a-region", nuts="DE") == []


@pytest.mark.parametrize(
    "name", ["funds-by-programme", "projects-by-category", "partners-of-a-region"]
)
def test_rdflib_gives_as_many_rows(graph: Path, name: str) -> None:
    rows = list(rdflib.Graph().parse(graph, format="nt").query(find_query(name).text))
    assert len(rows) == len(ask(graph, name)) > 0


def test_partners_without_an_id_are_listed(graph: Path) -> None:
    partners = ask(graph, "project-partners", id="Full001")
    assert sorted(str(row["partner"]) for row in partners) == ["Full001-001", "None", "None"]
    about = {row["about"] for row in ask(graph, "statements-with-source", id="Full001")}
    assert about == {"Full001", "Full001-001", "Full001-b", "Full001-c"}


def test_a_sheet_belongs_to_its_file(graph: Path) -> None:
    files = {row["file"] for row in ask(graph, "statements-with-source", id="Full001")}
    assert files == {SOURCE.name, None}


def test_a_project_with_two_titles_is_found_once(graph: Path) -> None:
    rows = ask(graph, "search-projects", words="workshops")
    assert [row["title"] for row in rows] == ["Gemeinsame Werkstätten"]


def test_partial_lists_are_not_counted(graph: Path) -> None:
    assert ask(graph, "stated-and-counted") == []


@pytest.mark.parametrize(
    ("origin", "place"),
    [
        (Origin("a.txt", 1, 43, "", {}), "line=0,43"),
        (RowOrigin("a.csv", (), {}, (), row=2, line=2), "row=2"),
        (
            RowOrigin("a.xlsx", (), {}, (), row=2, line=2, sheet="Projekte 21"),
            "Projekte%2021#row=2",
        ),
        (RowOrigin("a.json", (), {}, (), pointer="/0/partners/1"), "/0/partners/1"),
    ],
)
def test_a_place_is_told_in_each_kind_of_file(
    tmp_path: Path, origin: Origin | RowOrigin, place: str
) -> None:
    project = Project(project_id="P1", title=Text("One"), origin=origin)
    graph = tmp_path / "graph.nt"
    graph.write_text("\n".join(Emitter(DEFAULT_BASE).emit(project_rows(project))), "utf-8")
    assert {row["place"] for row in ask(graph, "statements-with-source", id="P1")} == {place}
