"""N-Triples terms, held against an independent reader."""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.terms import canonical_decimal, is_iri, literal, parse_literal, relative, split_line
from kg.vocabulary import XSD

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT)
def test_a_literal_is_read_by_oxigraph_as_it_was_written(value: str) -> None:
    line = f"<http://e/s> <http://e/p> {literal(value)} ."
    (quad,) = pyoxigraph.parse(line, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert quad.object == pyoxigraph.Literal(value)


@given(TEXT, st.sampled_from([None, "de", "en-GB"]))
def test_a_literal_is_parted_into_what_it_was_made_of(value: str, language: str | None) -> None:
    assert parse_literal(literal(value, language=language)) == (value, XSD.string, language)


def test_an_iri_is_no_literal() -> None:
    assert parse_literal("<http://e/s>") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org/ü?a=b#c", True),
        ("urn:test:graph", True),
        ("tag:a,2020:b", True),
        ("ftp://x/y", True),
        ("relative", False),
        ("//x/y", False),
        ("1a:b", False),
        ("http:", False),
        ("http://x/a b", False),
        ("http://x/>", False),
        ("http://x/\\u0041", False),
        ("http://x/\n", False),
        ("", False),
    ],
)
def test_an_absolute_iri_has_a_scheme_and_nothing_that_ends_a_term(
    text: str, expected: bool
) -> None:
    assert is_iri(text) is expected


def test_a_line_is_split_where_its_literal_holds_spaces() -> None:
    assert split_line('<s> <p> "a b ." .') == ("<s>", "<p>", '"a b ."')


@pytest.mark.parametrize(
    ("value", "text"),
    [("2521964.00", "2521964"), ("0.50", "0.5"), ("-0.00", "0"), ("1E+3", "1000"), ("007", "7")],
)
def test_the_canonical_form_of_a_decimal(value: str, text: str) -> None:
    assert canonical_decimal(Decimal(value)) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_the_canonical_form_is_what_a_store_keeps(value: Decimal) -> None:
    store = pyoxigraph.Store()
    text = canonical_decimal(value)
    if len(text.lstrip("-").replace(".", "")) > 17:
        return  # beyond what the store holds as a decimal
    store.load(
        f"<http://e/s> <http://e/p> {literal(text, XSD.decimal)} .",
        format=pyoxigraph.RdfFormat.N_TRIPLES,
    )
    (quad,) = store
    assert quad.object.value == text


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        ("https://b/project/A", "project/A"),
        ("https://b/source/a.txt#line=0,2", "source/a.txt#line=0,2"),
        ("https://b/../x", None),
        ("https://b/a/../x", None),
        ("https://b/a:b", None),
        ("https://b//x", None),
        ("https://b/", None),
        ("https://other/x", None),
    ],
)
def test_only_harmless_iris_are_made_relative(iri: str, expected: str | None) -> None:
    assert relative(iri, "https://b/") == expected
