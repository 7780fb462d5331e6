"""Answers in every form, read back by independent readers; and the command that prints them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib

from kg.pipeline import BuildResult
from kg.query import Statements, Table, run_query, write_result

ODD = """
SELECT * WHERE {
  VALUES (?a ?b) {
    ("a,b" "say \\"hi\\"") ("line\\nbreak" UNDEF) ("ü"@de 5) (<http://e/x> true)
  }
}
"""


def kg(*arguments: str | Path, given: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "query", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, text=True)


def test_csv_is_read_by_the_csv_module(example_build: BuildResult) -> None:
    result = run_query(ODD, on=example_build.output)
    rows = list(csv.reader(io.StringIO(write_result(result, "csv"))))
    assert rows == [
        ["a", "b"],
        ["a,b", 'say "hi"'],
        ["line\nbreak", ""],
        ["ü", "5"],
        ["http://e/x", "true"],
    ]


def test_json_is_that_of_the_standard(example_build: BuildResult) -> None:
    result = run_query(ODD, on=example_build.output)
    document = json.loads(write_result(result, "json"))
    assert document["head"]["vars"] == ["a", "b"]
    bindings = document["results"]["bindings"]
    assert bindings[1] == {"a": {"type": "literal", "value": "line\nbreak"}}
    assert bindings[2]["a"] == {"type": "literal", "value": "ü", "xml:lang": "de"}
    assert bindings[3]["a"] == {"type": "uri", "value": "http://e/x"}


@pytest.mark.parametrize(("name", "form"), [("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld")])
def test_statements_are_read_by_rdflib(example_build: BuildResult, name: str, form: str) -> None:
    result = run_query("cooperation-graph", on=example_build.output)
    assert isinstance(result, Statements)
    read = rdflib.Graph().parse(data=write_result(result, name), format=form)
    assert set(read) == set(result.graph())


def test_values_are_python_values(example_build: BuildResult) -> None:
    result = run_query("budget-by-programme", on=example_build.output)
    assert isinstance(result, Table)
    assert {type(cell).__name__ for row in result.rows for cell in row} >= {"str", "Decimal"}


def test_the_command_prints_the_answer_and_keeps_its_notes_apart(
    example_build_folder: Path,
) -> None:
    result = kg("projects-by-year", "--on", example_build_folder, "--format", "csv")
    assert result.returncode == 0
    assert result.stdout.startswith("year,")
    assert "rows" in result.stderr
    assert kg("projects-by-year", "--on", example_build_folder, "--quiet").stderr == ""


def test_the_command_takes_text_a_file_and_standard_input(
    example_build_folder: Path, tmp_path: Path
) -> None:
    text = "SELECT (COUNT(?p) AS ?projects) WHERE { ?p a interreg:Project }"
    (tmp_path / "count.rq").write_text(text)
    options = ("--on", example_build_folder, "--format", "csv", "--quiet")
    answers = {
        kg(text, *options).stdout,
        kg(tmp_path / "count.rq", *options).stdout,
        kg("-", *options, given=text).stdout,
    }
    assert {answer.split() == ["projects", "16"] for answer in answers} == {True}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["no-such-query"], "no-such-query"),
        (["project-card", "-p", "id"], "id"),
        (["project-card", "-p", "colour=red"], "colour"),
        (["SELECT * WHERE {"], ""),
        (["project-card", "--on", "nowhere"], "nowhere"),
    ],
)
def test_what_cannot_be_asked_is_told(arguments: list[str], told: str) -> None:
    result = kg(*arguments)
    assert result.returncode == 2
    assert result.stdout == ""
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_listing_and_showing() -> None:
    assert "lead-partners-by-country" in kg("--list").stdout
    assert "SELECT" in kg("--show", "lead-partners-by-country").stdout


def test_the_embedded_store_is_asked_without_rdflib(example_build_folder: Path) -> None:
    code = (
        "import sys; from kg.cli import run;"
        f"run(['query', 'lead-partners-by-country', '--on', {str(example_build_folder)!r}]);"
        "heavy = {'rdflib', 'pyshacl', 'shacl', 'jinja2'} & set(sys.modules);"
        "print(sorted(heavy), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.stderr.strip().endswith("[]")
