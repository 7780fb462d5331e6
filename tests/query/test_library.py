"""Every query of the library: documented, and with the same answer from two engines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib

from kg.pipeline import BuildResult
from kg.problems import QueryError
from kg.query import NamedQuery, Statements, Table, all_queries, find_query, run_query

QUERIES = all_queries()
# what the examples state nothing of; test_full_record.py asks it of a record that does
EMPTY_ON_PURPOSE = {"partners-of-a-region", "projects-by-category"}


@pytest.fixture(scope="module")
def graph(example_build: BuildResult) -> rdflib.Graph:
    return example_build.graph()


def test_there_are_many_and_each_has_a_name_of_its_own() -> None:
    names = [query.name for query in QUERIES]
    assert len(names) == len(set(names)) >= 15


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_a_query_is_documented(query: NamedQuery, root: Path) -> None:
    assert query.title
    assert query.description.endswith(".")
    assert all(parameter.description for parameter in query.parameters)
    page = (root / "docs" / "queries.md").read_text(encoding="utf-8")
    parameters = ", ".join(f"`{parameter.name}`" for parameter in query.parameters)
    assert f"| `{query.name}` | {query.title} | {parameters} |" in page


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_oxigraph_and_rdflib_give_the_same_answer(
    query: NamedQuery, example_build: BuildResult, graph: rdflib.Graph
) -> None:
    ours, theirs = run_query(query, on=example_build.output), run_query(query, on=graph)
    if isinstance(ours, Table) and isinstance(theirs, Table):
        assert ours.columns == theirs.columns
        assert ours.rows == theirs.rows
        assert len(ours) > 0 or query.name in EMPTY_ON_PURPOSE
    elif isinstance(ours, Statements) and isinstance(theirs, Statements):
        assert set(ours.graph()) == set(theirs.graph())
        assert len(ours) > 0 or query.name in EMPTY_ON_PURPOSE
    else:
        assert ours == theirs


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_a_query_names_its_order(query: NamedQuery) -> None:
    if query.form == "SELECT":
        assert re.search(r"\bORDER BY\b", query.text), "rows without an order come in any"


def test_the_store_of_a_build_and_its_dump_give_the_same_answer(
    example_build: BuildResult, tmp_path: Path
) -> None:
    dump = tmp_path / "graph.ttl"
    dump.write_bytes((example_build.output / "graph.ttl").read_bytes())
    name = "partners-in-several-projects"
    assert run_query(name, on=dump) == run_query(name, on=example_build.output)


def table(build: BuildResult, name: str, **parameters: object) -> list[dict[str, object]]:
    result = run_query(name, on=build.output, parameters=parameters)
    assert isinstance(result, Table)
    return [dict(record) for record in result.records]


def test_the_partners_of_the_reference_project(example_build: BuildResult) -> None:
    partners = table(example_build, "project-partners", id="Alpen013")
    assert len(partners) == 14
    assert len({partner["country"] for partner in partners}) == 6


def test_lead_partners_by_country(example_build: BuildResult) -> None:
    rows = table(example_build, "lead-partners-by-country")
    assert sum(int(str(row["projects"])) for row in rows) == 16
    assert {"country": "CH", "name": "Switzerland"}.items() <= rows[2].items()


def test_partners_from_outside_the_union(example_build: BuildResult) -> None:
    countries = {row["country"] for row in table(example_build, "non-eu-partners")}
    assert "CH" in countries
    assert not countries & {"AT", "DE", "FR", "IT", "SI"}


def test_a_federal_state_by_its_parameter(example_build: BuildResult) -> None:
    bavarian = table(example_build, "projects-of-a-federal-state", state="Bayern")
    assert "Alpen013" in {row["project"] for row in bavarian}
    assert table(example_build, "projects-of-a-federal-state", state="Preußen") == []


def test_sums_do_not_grow_with_the_number_of_partners(
    example_build: BuildResult, graph: rdflib.Graph
) -> None:
    budgets = graph.objects(
        None, rdflib.URIRef("https://w3id.org/interreg-kg/ontology#totalBudget")
    )
    expected = sum(budget.toPython() for budget in budgets)  # type: ignore[attr-defined]
    rows = table(example_build, "budget-by-programme")
    assert sum(row["total_budget"] for row in rows) == expected  # type: ignore[misc]


def test_a_name_that_is_not_there_is_met_with_near_ones() -> None:
    with pytest.raises(QueryError, match="lead-partners-by-country"):
        find_query("lead-partner-by-country")
