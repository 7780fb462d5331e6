"""What a query cannot do, and what a parameter cannot become."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.pipeline import BuildResult
from kg.problems import QueryError
from kg.query import Table, find_query, prepare_query, run_query

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
QUICK = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICK
@given(TEXT)
def test_any_value_of_a_parameter_is_that_value_and_nothing_else(
    example_build: BuildResult, value: str
) -> None:
    if value == "Alpen013":
        return
    result = run_query("project-partners", on=example_build.output, parameters={"id": value})
    assert isinstance(result, Table)
    assert len(result) == 0


@pytest.mark.parametrize(
    "value",
    [
        '" } ?a ?b ?c #',
        "Alpen013\" 'x",
        "Alpen013 } UNION { ?s ?p ?o",
        "\\",
        "\\u0022 }",
        "\n}\n",
        "Alpen013\x00",
    ],
)
def test_a_hostile_value_finds_nothing(example_build: BuildResult, value: str) -> None:
    result = run_query("project-partners", on=example_build.output, parameters={"id": value})
    assert isinstance(result, Table)
    assert len(result) == 0


@pytest.mark.parametrize(
    ("name", "parameters", "told"),
    [
        ("network-edges", {"minimum": "many"}, "minimum"),
        ("network-edges", {"minimum": "1 } ?s ?p ?o {"}, "minimum"),
        ("projects-of-a-country", {"country": "Atlantis"}, "country"),
        ("project-card", {"nonsense": "1"}, "nonsense"),
    ],
)
def test_a_value_of_another_type_is_refused(
    name: str, parameters: dict[str, object], told: str
) -> None:
    with pytest.raises(QueryError, match=told):
        prepare_query(find_query(name), parameters)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <http://e/s> <http://e/p> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "DROP ALL {}",
        "LOAD <http://127.0.0.1:9/> #{}",
        "SELECT * WHERE { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
        "SELECT * WHERE { SERVICE SILENT <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
        "SELECT * WHERE { \\u0053ERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
        "SELECT * FROM <http://127.0.0.1:9/data> WHERE { ?s ?p ?o }",
        "SELECT * WHERE " + "{" * 3000 + "}" * 3000,
        "SELECT * WHERE { ?s ?p ?o",
        "SELECT ?x WHERE { BIND(1/ AS ?x) }",
    ],
)
def test_what_is_refused(example_build: BuildResult, text: str) -> None:
    with pytest.raises(QueryError):
        run_query(text, on=example_build.output)


def test_the_word_service_in_a_text_is_no_service(example_build: BuildResult) -> None:
    text = 'SELECT ?s WHERE { ?s ?p "SERVICE <http://e/>" }'
    result = run_query(text, on=example_build.output)
    assert isinstance(result, Table)
    assert len(result) == 0


def test_a_query_that_takes_too_long_is_ended(example_build: BuildResult) -> None:
    cross = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with pytest.raises(QueryError, match="2"):
        run_query(cross, on=example_build.output, timeout=2)


def test_a_limit_on_memory_that_is_there_holds(example_build: BuildResult) -> None:
    command = [sys.executable, "-m", "kg", "query", "ASK {}", "--timeout", "60"]
    limited = 'ulimit -v 3000000; exec "$@"'
    done = subprocess.run(
        ["bash", "-c", limited, "bash", *command, "--on", str(example_build.output)],
        capture_output=True, text=True,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("true\n", "Answer.\n")


def test_the_hostile_queries_that_are_not_part_of_the_project(
    shared: Path, example_build: BuildResult
) -> None:
    folder = shared / "bad_inputs" / "sparql"
    for name in ("service_ssrf.rq", "update_in_query.rq"):
        with pytest.raises(QueryError):
            run_query((folder / name).read_text(encoding="utf-8"), on=example_build.output)
    blowup = (folder / "repeat_blowup.rq").read_text(encoding="utf-8")
    with pytest.raises(QueryError):
        run_query(blowup, on=example_build.output, timeout=5)


def test_a_time_limit_is_up_to_one_day(example_build: BuildResult) -> None:
    query = "ASK { ?s ?p ?o }"
    assert run_query(query, on=example_build.output, timeout=86_400) is True
    for seconds in (0, 86_401):
        with pytest.raises(QueryError, match="State up to one day"):
            run_query(query, on=example_build.output, timeout=seconds)
