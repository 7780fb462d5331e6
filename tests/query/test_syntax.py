"""Which texts may go to an engine, and which may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.problems import QueryError
from kg.query import parse_query, prepare_query, run_query
from kg.query.syntax import MAX_CHARACTERS, MAX_DEPTH, MAX_TOKENS, is_sparql, read_outline

FINE = [
    "SELECT * { ?s ?p 'service' }",
    "SELECT * { ?s ?p ?o } # customer service, from here",
    "SELECT * { ?s schema:serviceType ?from }",
    'SELECT * { ?s ?p "caf\\u00e9" }',
    "PREFIX x: <urn:a#b> SELECT * { ?s x:a ?o }",
    "BASE <http://e/> SELECT * { <#a> ?p ?o }",
    "SELECT * { ?s <http://e/#a> '''it's\n{{{ # no comment'''}",
    "SELECT (1<2 AS ?x) {}",
    "#c\nprefix : <http://e/> ask{:a\\,b :c 1}",
    "SELECT * { VALUES ?x {" + " 1" * (2 * MAX_TOKENS) + "} }",
    "SELECT * " + "{" * MAX_DEPTH + "}" * MAX_DEPTH,
    "DESCRIBE <http://e/>",
]
CALLS = [
    "SELECT * { SERVICE <http://e/> { ?s ?p ?o } }",
    "SELECT * { service silent ?x {} }",
    "PREFIX : <http://e/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE <http://e/> { ?s ?p ?o } }",
    'SELECT (?a<1#>"""\n AS ?x) { SERVICE <http://e> {} } #"""',
    "SELECT * { FILTER(?a<'x>') SERVICE <http://e> {} FILTER(?b>'') }",
    'SELECT * { ?s ?p "\\u0022 SERVICE <http://e/> {} #" }',
    "SELECT * { S\\u0045RVICE <http://e/> {} }",
    "SELECT * { ?s ex:a\\u0045 ?o }",
    "SELECT * FROM NAMED <http://e/> {}",
    "SELECT *FROM<http://e/> {}",
]
TOO_MUCH = [
    "SELECT * " + "{" * (MAX_DEPTH + 1) + "}" * (MAX_DEPTH + 1),
    "SELECT (" + "!" * MAX_TOKENS + "1 AS ?x) {}",
    "SELECT (" + "(" * 300 + "1" + ")" * 300 + " AS ?x) {}",
    "SELECT (?a<1-" + "1-" * MAX_TOKENS + "> AS ?b) {}",
    "SELECT * {}" + " " * MAX_CHARACTERS,
]
UPDATES = ["INSERT DATA {}", "load <http://e/>", "PREFIX x: <http://e/> DELETE WHERE { ?s ?p ?o }",
           "DROP ALL", "clear default", "CREATE GRAPH <http://e/>", "COPY DEFAULT TO <http://e/>",
           "MOVE <http://e/a> TO <http://e/b>", "ADD <http://e/a> TO DEFAULT",
           "WITH <http://e/> DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }"]  # fmt: skip


@pytest.mark.parametrize("text", FINE)
def test_what_may_be_asked(text: str) -> None:
    assert read_outline(text).form in {"SELECT", "ASK", "DESCRIBE"}


@pytest.mark.parametrize("text", FINE)
def test_a_text_is_no_name(text: str) -> None:
    assert is_sparql(text)


@pytest.mark.parametrize("name", ["project-card", "select.rq", "ask/me.rq", "describe", "-", ""])
def test_a_name_is_no_text(name: str) -> None:
    assert not is_sparql(name)


def test_many_signs_of_comments_are_told_at_once() -> None:
    assert not is_sparql("# " * 10_000)


@pytest.mark.parametrize("text", CALLS)
def test_what_could_reach_another_machine(text: str) -> None:
    with pytest.raises(QueryError):
        read_outline(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (<<( <http://a> <http://b> <http://c> )>> AS ?t) {}",
        "SELECT * { << ?s ?p ?o >> ?q ?r }",
        "SELECT (TRIPLE(?s, ?p, ?o) AS ?t) { ?s ?p ?o }",
    ],
)
def test_triple_terms_are_not_of_sparql_1_1(text: str) -> None:
    with pytest.raises(QueryError, match=r"SPARQL 1\.2"):
        read_outline(text)


@pytest.mark.parametrize("text", TOO_MUCH, ids=range(len(TOO_MUCH)))
def test_what_could_end_the_process(text: str) -> None:
    with pytest.raises(QueryError, match=r"more than|too deeply|too long"):
        read_outline(text)


@pytest.mark.parametrize("text", UPDATES)
def test_an_update_is_no_name(text: str) -> None:
    assert is_sparql(text)


@pytest.mark.parametrize("text", UPDATES)
def test_an_update_is_named_as_one(text: str) -> None:
    with pytest.raises(QueryError, match="update"):
        read_outline(text)


@pytest.mark.parametrize("text", ["", " # nothing", "hello world"])
def test_what_is_no_query(text: str) -> None:
    with pytest.raises(QueryError, match=r"empty|not a SPARQL query"):
        read_outline(text)


def test_an_error_says_where(example_build_folder: Path) -> None:
    with pytest.raises(QueryError, match="interreg:call ▸}") as caught:
        run_query("SELECT *\nWHERE {\n  ?s interreg:call }", on=example_build_folder)
    assert caught.value.place == "line 3"


def test_the_usual_prefixes_need_no_declaration() -> None:
    query = parse_query("ASK {\n ?s interreg:call ?o ; rdf:type ?t }")
    text = prepare_query(query, {})
    assert text.startswith("PREFIX interreg: <")
    assert text.endswith(query.text)
    assert text.count("\n") == query.text.count("\n")


def test_another_prefix_does() -> None:
    with pytest.raises(QueryError, match="‹foo:› is not declared") as caught:
        prepare_query(parse_query("ASK {\n ?s foo:call ?o }"), {})
    assert caught.value.place == "line 2"


def test_an_iri_as_tables_show_it_can_be_asked_for(example_build_folder: Path) -> None:
    short = run_query("DESCRIBE <project/Alpen013>", on=example_build_folder)
    full = "DESCRIBE <https://w3id.org/interreg-kg/project/Alpen013>"
    assert short == run_query(full, on=example_build_folder)
    assert prepare_query(parse_query(full), {}) == full


def test_the_base_is_that_of_the_build_and_no_more() -> None:
    query = parse_query("ASK { <project/A> ?p ?o }")
    assert prepare_query(query, {}, "http://e/") == f"BASE <http://e/> {query.text}"
    own = parse_query("BASE <http://mine/> ASK { <project/A> ?p ?o }")
    assert prepare_query(own, {}, "http://e/") == f"BASE <http://e/> {own.text}"  # the last holds
    hostile = "http://e/> ASK { SERVICE <http://e/> {} } #"
    assert prepare_query(query, {}, hostile) == query.text
