"""A value of a parameter is one term, the same term to every engine, and never query text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.pipeline import BuildResult
from kg.problems import QueryError
from kg.query import NamedQuery, Table, parse_query, prepare_query, run_query
from kg.query.parameters import TYPES
from kg.query.syntax import read_outline

ECHO = parse_query(
    """
#+ title: Echo
#+ description: Gives a value back.
#+ parameter: value | string | any text
SELECT ?value WHERE { VALUES ?value { "" } }
"""
)
SEARCH = parse_query(
    """
#+ title: Search
#+ description: Names that hold a text.
#+ parameter: part | string | any text
SELECT DISTINCT ?name
WHERE {
  VALUES ?part { "" }
  ?organisation skos:prefLabel ?name .
  FILTER(ISLITERAL(?name) && CONTAINS(STR(?name), ?part))
}
"""
)
NASTY = st.text(
    st.one_of(
        st.sampled_from(list("\"'\\{}<>#?$@^.;,()[]|&*/\n\r\t\b\f\0 uU0041")),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)


def rows(query: NamedQuery, on: object, **parameters: object) -> list[tuple[object, ...]]:
    result = run_query(query, on=on, parameters=parameters)  # type: ignore[arg-type]
    assert isinstance(result, Table)
    return list(result.rows)


@settings(max_examples=400)
@given(NASTY)
def test_both_engines_give_back_any_text(example_build: BuildResult, value: str) -> None:
    nothing = rdflib.Graph()
    assert rows(ECHO, example_build.output, value=value) == [(value,)]
    assert rows(ECHO, nothing, value=value) == [(value,)]


@settings(max_examples=200)
@given(NASTY)
def test_any_text_leaves_the_query_as_it_is(value: str) -> None:
    bound = read_outline(prepare_query(ECHO, {"value": value}))
    template = ECHO.outline
    assert [t.kind for t in bound.tokens] == [t.kind for t in template.tokens]
    assert len(bound.blocks["value"]) == 1


@settings(max_examples=60)
@given(st.one_of(NASTY, st.sampled_from(["Region", "ö", "//", "e", " – ", "Technik GmbH"])))
def test_a_search_finds_what_python_finds(example_build: BuildResult, value: str) -> None:
    found = {row[0] for row in rows(SEARCH, example_build.output, part=value)}
    names = {row[0] for row in rows(SEARCH, example_build.output)}
    assert len(names) > 60
    assert found == {name for name in names if value in str(name)}


@pytest.mark.parametrize(
    "value",
    [r"\u0041", r"\\u0022", r"\U00000022 }", r"a\\\u0027b", "\\", '\\"', "'''", '"""', "\u2028"],
)
def test_what_looks_like_an_escape_is_text(example_build: BuildResult, value: str) -> None:
    assert rows(ECHO, example_build.output, value=value) == [(value,)]
    assert rows(ECHO, rdflib.Graph(), value=value) == [(value,)]


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("integer", "007", '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("integer", -3, '"-3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("decimal", "2521964.00", '"2521964"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("decimal", Decimal("0.50"), '"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("date", date(2016, 1, 31), '"2016-01-31"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("boolean", True, '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        ("country", "at", '"AT"'),
        ("country", "EL", '"GR"'),
        ("country", "UK", '"GB"'),
        ("iri", "https://example.org/ü?a=b#c", "<https://example.org/ü?a=b#c>"),
    ],
)
def test_a_value_becomes_a_term_of_its_type(kind: str, value: object, term: str) -> None:
    assert TYPES[kind](value) == term


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "1.5"),
        ("integer", "٣"),
        ("integer", True),
        ("integer", "9" * 30),
        ("decimal", "NaN"),
        ("decimal", "1e400"),
        ("decimal", "1.929.500,00"),
        ("date", "2016-02-31"),
        ("date", "11.01.16"),
        ("boolean", "ja"),
        ("country", "ZZ"),
        ("iri", "no scheme"),
        ("iri", "http://e/> } #"),
        ("iri", "relative"),
        ("string", "\ud800"),
    ],
)
def test_a_value_that_is_not_of_its_type_is_refused(kind: str, value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - what it takes is the message
        TYPES[kind](value)


def test_an_empty_value_takes_a_restriction_away(example_build: BuildResult) -> None:
    from kg.query import find_query

    query = find_query("partner-towns")
    everywhere = rows(query, example_build.output)
    assert rows(query, example_build.output, country="") == everywhere
    assert rows(query, example_build.output, country=None) == everywhere
    assert 0 < len(rows(query, example_build.output, country="SI")) < len(everywhere)


def test_a_parameter_in_two_places_is_bound_in_both(example_build: BuildResult) -> None:
    from kg.query import find_query

    leads = rows(find_query("projects-of-a-country"), example_build.output, country="CH")
    assert [(row[0], row[4]) for row in leads if row[0] == "Alpen013"] == [("Alpen013", True)]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("#+ parameter: a | string | text", "no VALUES clause"),
        ("#+ parameter: b | text | text", "type ‹text›"),
        ("#+ parameter: b | string", "not understood"),
        ("#+ tittle: b", "not understood"),
    ],
)
def test_a_header_that_does_not_fit_is_refused(header: str, told: str) -> None:
    with pytest.raises(QueryError, match=told) as caught:
        parse_query(f'{header}\nSELECT ?b {{ VALUES ?b {{ "x" }} }}', "mine")
    assert caught.value.place == "mine:1"
