"""Every statement of a build is explained: by its cell, the raw value and the rule between them."""

from __future__ import annotations

import gzip
import io
import re
import shutil
import zipfile
from pathlib import Path
from typing import get_args

import pyoxigraph
import pytest

from kg.explain import Explanation, Statement, explain
from kg.mapping import MAPPING, derived_rule
from kg.pipeline import build
from kg.problems import Bug, InputError
from kg.settings import Settings
from kg.sources.fields import PARTNER_FIELDS, PROJECT_FIELDS, Kind
from kg.sources.rules import KIND_RULES
from kg.vocabulary import compact

PROFILE = """
name = "mine"
title = "A layout of my own"

[values]
date_order = "dmy"

[constants]
programme = "My programme"
partner_budget = "100"

[key]
project_id = ["programme", "title"]

[[tables]]
holds = "projects"
columns = [
    { header = ["Titel"], field = "title", language = "de", required = true },
    { header = ["Beginn"], field = "start_date" },
    { header = ["Budget"], field = "total_budget", strip_prefix = "ca. " },
    { header = ["Deutsch"], field = "german_participation", words = { X = "ja" } },
]

[[tables.partners]]
separator = ";"
columns = [
    { header = ["Partner"], field = "name" },
    { header = ["Land"], field = "country" },
    { header = ["Rolle"], field = "role" },
    { header = ["Nummer"], field = "partner_id" },
]
"""
ONE, OTHER = "my-programme-ein-projekt-f87ef4a6", "my-programme-ein-anderes-1a21fe83"
TABLE = f"""Titel,Beginn,Budget,Deutsch,Partner,Land,Rolle,Nummer
Ein Projekt,13/02/2016,"ca. 2.521,50",X,Amt A;Amt B,DE;FR,LP;PP,{ONE}-1;{ONE}-2
Ein anderes,01/03/2016,"ca. 4.000,00",X,AMT A,DE,LP,{OTHER}-1
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a table, its profile, and a build of it."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "mine.toml").write_text(PROFILE)
    (folder / "data").mkdir()
    (folder / "data" / "projects.csv").write_text(TABLE)
    settings = Settings(profiles=(str(folder / "mine.toml"),))
    result = build([folder / "data"], folder / "output", settings)
    assert result.manifest.projects == 2, result.problems()
    return folder


def said(found: Explanation, predicate: str) -> list[tuple[str, str, str]]:
    """Return place, raw value and rule of the statements of a predicate; the first cell of each."""
    return [
        (str(s.cells[0].place), s.cells[0].raw, s.rule)
        for s in found.statements
        if compact(s.predicate) == predicate
    ]


def rule_of(found: Explanation, predicate: str) -> str:
    (statement,) = [s for s in found.statements if compact(s.predicate) == predicate]
    return statement.rule


def subjects_of(folder: Path) -> dict[str, set[tuple[str, str]]]:
    """Return what Oxigraph reads in the graph: for each subject its predicates and objects."""
    found: dict[str, set[tuple[str, str]]] = {}
    for quad in pyoxigraph.parse(path=str(folder / "graph.nt")):
        subject, predicate, term = quad.triple
        found.setdefault(subject.value, set()).add((predicate.value, str(term)))
    return found


def told_of(statements: tuple[Statement, ...]) -> set[tuple[str, str]]:
    text = "".join(f"<x:> <{s.predicate}> {s.object} .\n" for s in statements)
    parsed = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_TRIPLES)
    return {(quad.predicate.value, str(quad.object)) for quad in parsed}


def check_all(folder: Path, sources: list[Path]) -> None:
    for subject, statements in subjects_of(folder).items():
        found = explain(subject, folder, sources)
        assert told_of(found.statements) == statements, subject
        for statement in found.statements:
            assert statement.rule
            assert statement.cells or statement.stated_by or "profile" in statement.rule, statement


@pytest.mark.slow
def test_every_statement_of_the_example_build_is_explained(
    example_build_folder: Path, examples: Path
) -> None:
    check_all(example_build_folder, [examples])


def test_every_statement_of_a_table_with_a_profile_of_ones_own_is_explained(own: Path) -> None:
    check_all(own / "output", [own])


@pytest.mark.parametrize("case", ["csv", "csv-semicolons", "csv-newline-in-cell", "json"])
def test_every_statement_of_the_exchange_layout_is_explained(
    tmp_path: Path, root: Path, case: str
) -> None:
    source = next((root / "tests" / "cases" / "exchange" / case).glob("input*"))
    build([source], tmp_path / "output")
    check_all(tmp_path / "output", [source])


def test_a_value_of_a_text_record(example_build_folder: Path, examples: Path) -> None:
    found = explain("project/Alpen013", example_build_folder, [examples])
    assert said(found, "interreg:totalBudget") == [
        ("alpen013.txt:30", "2.521.964,00", "amount, decimal comma")
    ]
    assert said(found, "interreg:startDate") == [("alpen013.txt:28", "11.01.16", "date, day first")]
    assert rule_of(found, "interreg:programme") == "text in ‹de›; IRI from the name"
    assert [file.name for file in found.inputs] == ["alpen013.txt"]


def test_a_partner_by_its_id(example_build_folder: Path, examples: Path) -> None:
    found = explain("Alpen013-003", example_build_folder, [examples])
    assert found.iri.endswith("/participation/Alpen013-003")
    assert said(found, "org:role") == [
        (
            "alpen013.txt:42:13",
            "nein",
            "‹nein› is no to leading: a partner; concept of the vocabulary",
        )
    ]


def test_what_is_derived_shows_what_it_was_derived_from(
    example_build_folder: Path, examples: Path
) -> None:
    found = explain("Alpen013", example_build_folder, [examples])
    (lead,) = said(found, "interreg:leadPartner")
    assert lead[0] == "alpen013.txt:40:15"
    (_, name, rule), *_ = said(found, "interreg:partner")
    assert name == lead[1]
    assert rule == "derived: the organisations of the partners"
    countries = said(found, "interreg:country")
    assert ("alpen013.txt:42:61", "DE", "derived: the countries of the partners") in countries


def test_styles_are_those_that_the_columns_had(own: Path) -> None:
    found = explain(ONE, own / "output", [own])
    assert said(found, "interreg:totalBudget") == [
        (
            "projects.csv:2:3",
            "ca. 2.521,50",
            "without ‹ca. › before it, amount, decimal comma (decided by the column)",
        )
    ]
    assert rule_of(found, "interreg:germanParticipation") == "‹X› means ‹ja› (profile), ‹ja› is yes"
    assert rule_of(found, "dcterms:identifier") == (
        "made of programme and title ([key] of the profile)"
    )
    assert said(found, "interreg:programme") == [
        ("profile mine", "My programme", "constant of the profile; IRI from the name")
    ]


def test_a_shared_resource_shows_who_states_what(own: Path) -> None:
    (subject,) = [s for s in subjects_of(own / "output") if "/organisation/DE/amt-a" in s]
    found = explain(subject, own / "output", [own])
    stated = {
        (compact(s.predicate), s.object): [str(m.cells[0].place) for m in s.stated_by]
        for s in found.statements
    }
    assert found.mentions == 2
    assert stated[("skos:prefLabel", '"AMT A"')] == ["projects.csv:3:5"]
    assert stated[("skos:altLabel", '"Amt A"')] == ["projects.csv:2:5"]
    assert rule_of(found, "skos:prefLabel") == "the most frequent spelling"
    (country,) = [s for s in found.statements if compact(s.predicate) == "interreg:country"]
    assert [m.cells[0].raw for m in country.stated_by] == ["DE", "DE"]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("eu-country:CHE", "kg/countries.toml"),
        ("theme/D05", "ontology/themes.ttl"),
        ("interreg:LeadPartner", "ontology/roles.ttl"),
        ("source/alpen013.txt", "manifest.json"),
    ],
)
def test_bundled_facts_name_their_file(example_build_folder: Path, name: str, place: str) -> None:
    found = explain(name, example_build_folder)
    assert {str(cell.place) for s in found.statements for cell in s.cells} == {place}


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("Alpen01", "Did you mean .*Alpen013"),
        ("https://example.org/x", "Name an IRI"),
        ("source/alpen013.txt#line=41,42", "explain participation/Alpen013-003"),
        ("<a> <b", "Name an IRI"),
    ],
)
def test_what_is_not_in_the_graph(example_build_folder: Path, name: str, remedy: str) -> None:
    with pytest.raises(InputError, match=remedy):
        explain(name, example_build_folder)


def test_a_file_that_has_changed(own: Path, tmp_path: Path) -> None:
    (tmp_path / "projects.csv").write_text(TABLE.replace("2016", "2017"))
    with pytest.raises(InputError, match=r"not as it was.*projects.csv has SHA-256.*expected"):
        explain("programme/my-programme", own / "output", [tmp_path, own / "mine.toml"])


def test_a_file_that_is_not_there(own: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"projects.csv: The input was not found.*SHA-256"):
        explain("programme/my-programme", own / "output", [tmp_path])


def test_a_profile_is_named_where_it_is_not_found(own: Path) -> None:
    data = own / "data"
    with pytest.raises(InputError, match=r"mine.toml: The profile was not found.*--profile"):
        explain("programme/my-programme", own / "output", [data])
    found = explain("programme/my-programme", own / "output", [data], [str(own / "mine.toml")])
    assert found.mentions == 2


def test_inputs_are_found_beside_the_build(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert explain("programme/my-programme", own / "output").inputs[0].path == str(
        own / "data" / "projects.csv"
    )


def test_a_graph_that_was_changed_is_told(own: Path, tmp_path: Path) -> None:
    folder = tmp_path / "output"
    shutil.copytree(own / "output", folder, ignore=shutil.ignore_patterns("store"))
    graph = (folder / "graph.nt").read_text()
    (folder / "graph.nt").write_text(graph.replace('"2521.5"', '"2521.6"'))
    (subject,) = re.findall(r"<(\S+)> \S+ \"2521.6\"", (folder / "graph.nt").read_text())
    with pytest.raises(Bug, match=r"in the graph and not explained: <\S+totalBudget> \"2521.6"):
        explain(subject, folder, [own])


def test_the_build_needs_a_manifest(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no manifest.json.*--on"):
        explain("x", tmp_path)


def test_every_kind_of_field_has_a_rule() -> None:
    assert set(KIND_RULES) == set(get_args(Kind))


def test_every_statement_of_the_mapping_has_a_rule() -> None:
    fields = {*PROJECT_FIELDS, *PARTNER_FIELDS}
    for resource in MAPPING:
        for prop in resource.properties:
            explained = prop.field in fields or derived_rule(resource, prop)
            assert explained, (resource.table, compact(prop.predicate))


TEXT_RECORD = Path(__file__).parents[1] / "cases" / "text" / "clean" / "input.txt"


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """A folder with a record as it lies, in an archive, and compressed."""
    shutil.copy(TEXT_RECORD, tmp_path / "record.txt")
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as archive:
        archive.write(TEXT_RECORD, "folder/record.txt")
    shutil.copy(tmp_path / "packed.zip", tmp_path / "told-by-content")
    (tmp_path / "record.txt.gz").write_bytes(gzip.compress(TEXT_RECORD.read_bytes()))
    return tmp_path


@pytest.mark.parametrize("name", ["packed.zip", "told-by-content", "record.txt.gz"])
@pytest.mark.parametrize("is_named", [True, False])
def test_a_packed_input_is_found(packed: Path, name: str, is_named: bool) -> None:
    result = build([packed / name], packed / "output")
    where = packed / name if is_named else packed
    found = explain("project/Test001", result.output, [where])
    assert [file.path for file in found.inputs] == [str(packed / name)]


def test_an_archive_that_no_longer_holds_the_input(packed: Path) -> None:
    result = build([packed / "packed.zip"], packed / "output")
    with zipfile.ZipFile(packed / "packed.zip", "w") as archive:
        archive.writestr("other.txt", "")
    with pytest.raises(InputError, match="not as it was"):
        explain("project/Test001", result.output, [packed])


def test_what_came_by_standard_input_is_found_when_it_is_named(
    packed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(TEXT_RECORD.read_bytes()))
    monkeypatch.setattr("sys.stdin", stream)
    result = build([Path("-")], packed / "output")
    with pytest.raises(InputError, match=r"stdin.*not found"):
        explain("project/Test001", result.output, [packed])
    found = explain("project/Test001", result.output, [packed / "record.txt"])
    assert [file.name for file in found.inputs] == ["stdin"]
