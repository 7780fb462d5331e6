"""Questions whose answers are known from the records."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.pipeline import BuildResult
from kg.query import Statements, Table, run_query


def ask(build: BuildResult, query: str, /, **parameters: object) -> list[dict[str, object]]:
    result = run_query(query, on=build.output, parameters=parameters)
    assert isinstance(result, Table)
    return [dict(record) for record in result.records]


def test_the_card_of_the_reference_project(example_build: BuildResult) -> None:
    card = ask(example_build, "project-card")
    by_name = {str(row["property"]).rpartition("#")[2]: row["value"] for row in card}
    assert by_name["totalBudget"] == Decimal(2521964)
    assert by_name["erdf"] == Decimal(1929500)
    assert by_name["coFinancing"] == Decimal(340500)
    assert by_name["statedPartnerCount"] == 14
    assert by_name["statedCountryCount"] == 6
    assert by_name["leadPartner"] == "HES-SO//FR HEIA-FR - INNOSQUARE CLUSTERS"
    assert sum(str(row["property"]).endswith("/subject") for row in card) == 5


def test_its_partners(example_build: BuildResult) -> None:
    partners = ask(example_build, "project-partners")
    assert [row["partner"] for row in partners] == [f"Alpen013-{n:03}" for n in range(1, 15)]
    lead = [row for row in partners if row["role"] == "lead partner"]
    assert [(row["country"], row["town"]) for row in lead] == [("CH", "Fribourg")]
    assert {row["state"] for row in partners} == {None, "Berlin", "Bayern"}


def test_its_rate_of_funding(example_build: BuildResult) -> None:
    (row,) = [r for r in ask(example_build, "co-financing-rates") if r["project"] == "Alpen013"]
    assert row["erdf_rate"] == 85
    assert row["other"] == Decimal(251964)


def test_its_source(example_build: BuildResult) -> None:
    rows = ask(example_build, "statements-with-source")
    assert {row["file"] for row in rows} == {"alpen013.txt"}
    assert len({row["about"] for row in rows}) == 15


def test_what_the_examples_have_wrong_on_purpose(example_build: BuildResult) -> None:
    found = {row["check"]: row for row in ask(example_build, "data-quality-overview")}
    positive = {check: row["found"] for check, row in found.items() if row["found"]}
    assert positive == {
        "day and month of the start look swapped": 2,
        "lead from outside the EU, no ERDF lead partner": 2,
        "start after end": 1,
        "stated number of partners differs": 1,
        "no federal state in Germany": 1,
    }
    assert found["start after end"]["example"] == "Nordsee903"
    assert ask(example_build, "stated-and-counted") == [
        {"project": "Donau902", "what": "partners", "stated": 10, "counted": 9}
    ]
    swapped = ask(example_build, "swapped-dates")
    assert [(row["project"], str(row["swapped"])) for row in swapped] == [
        ("Alpen013", "2016-11-01"),
        ("Alpen903", "2017-05-01"),
    ]


def test_every_check_of_the_overview_is_listed_once(example_build: BuildResult) -> None:
    rows = ask(example_build, "data-quality-overview")
    assert len(rows) == len({row["check"] for row in rows}) >= 18


def test_pairs_are_counted_once(example_build: BuildResult) -> None:
    countries = ask(example_build, "country-cooperation")
    pairs = {frozenset((row["country"], row["other_country"])) for row in countries}
    assert len(pairs) == len(countries)
    alpine = ask(example_build, "country-cooperation", programme="ALPEN", minimum=3)
    assert all(int(str(row["projects"])) >= 3 for row in alpine)
    edges = ask(example_build, "network-edges")
    assert list(edges[0]) == ["Source", "Target", "Type", "Weight"]
    nodes = {row["Id"] for row in ask(example_build, "network-nodes")}
    assert {row["Source"] for row in edges} | {row["Target"] for row in edges} <= nodes


def test_an_organisation_is_found_in_any_spelling(example_build: BuildResult) -> None:
    rows = ask(example_build, "projects-of-an-organisation", name="STICHTING wadden")
    assert {row["organisation"] for row in rows} == {"Stichting Waddenwerk"}
    assert {row["stated_name"] for row in rows} == {"Stichting Waddenwerk", "STICHTING WADDENWERK"}


def test_membership_of_the_union_is_that_of_the_start(example_build: BuildResult) -> None:
    rows = ask(example_build, "non-eu-partners")
    assert "GB" not in {row["country"] for row in rows}, "members when these projects began"
    assert {row["country"] for row in ask(example_build, "non-eu-partners", country="NO")} == {"NO"}


@pytest.mark.parametrize("name", ["one-lead-partner", "funding-within-total"])
def test_the_checks_hold(example_build: BuildResult, name: str) -> None:
    assert run_query(name, on=example_build.output) is True


def test_a_project_in_other_vocabularies(example_build: BuildResult) -> None:
    eurio = run_query("project-as-eurio", on=example_build.output)
    assert isinstance(eurio, Statements)
    turtle = eurio.to_turtle()
    assert turtle.count("eurio:hasInvolvedParty") == 1, "one list of all partners"
    assert turtle.count('eurio:roleLabel "coordinator"') == 1
    assert turtle.count('eurio:roleLabel "participant"') == 13
    schema = run_query("project-as-schema-org", on=example_build.output)
    assert isinstance(schema, Statements)
    assert '"@id"' not in schema.to_jsonld().partition('"@graph"')[2], "ids have their short name"
    assert sum("<https://schema.org/member>" in line for line in schema.lines) == 14


def test_a_table_shows_no_control_characters(example_build: BuildResult) -> None:
    text = 'SELECT ?a ?b { VALUES (?a ?b) { ("\x1b[31mred\x07" <javascript:alert> ) } }'
    result = run_query(text, on=example_build.output)
    assert isinstance(result, Table)
    assert result.shown() == [["\\x1b[31mred\\x07", "javascript:alert"]]
    assert "\x1b[31mred\x07" in result.to_csv(), "CSV is exact"
