"""The declaration becomes loops over rows, which make lines of N-Triples."""

from __future__ import annotations

from keyword import iskeyword

import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.mapping import COLUMNS, Emitter
from kg.mapping.declaration import Link, Property, Resource, Value, Words
from kg.mapping.emit import loop_text
from kg.terms import to_ntriples

BASE = "https://example.org/o'neill/{a}/"
COUNTRY = Resource(
    "countries",
    "country/{country_code}",
    ("https://example.org/Country",),
    (
        Property("https://example.org/code", Value("alpha2")),
        Property("https://example.org/name", Words("name_en")),
        Property("https://example.org/since", Link("day/{eu_since}/{eu_until}")),
    ),
)


def row(**cells: str) -> tuple[str | None, ...]:
    return tuple(cells.get(column) for column in COLUMNS["countries"])


def test_a_statement_is_made_where_all_of_its_columns_are_filled() -> None:
    rows = [row(country_code="A/T", alpha2="AT", eu_since="1995"), row(alpha2="XX")]
    assert Emitter(BASE, [COUNTRY]).emit({"countries": rows}) == [
        "<https://example.org/o'neill/{a}/country/A%2FT> "
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://example.org/Country> .",
        '<https://example.org/o\'neill/{a}/country/A%2FT> <https://example.org/code> "AT" .',
    ]


@given(st.text(), st.text())
def test_any_text_comes_back_as_it_was(code: str, name: str) -> None:
    encodable = [text.encode("utf-8", "replace").decode() for text in (code, name)]
    stated = row(country_code="AT", alpha2=encodable[0], name_en_untagged=encodable[1])
    emitted = Emitter("https://example.org/", [COUNTRY]).emit({"countries": [stated]})
    graph = rdflib.Graph().parse(data=to_ntriples(emitted), format="nt")
    assert {str(term) for term in graph.objects()} == {"https://example.org/Country", *encodable}


def test_the_loop_that_is_compiled_can_be_read() -> None:
    text = loop_text(COUNTRY, "https://example.org/")
    assert "if country_code is None: continue" in text
    assert "if eu_since is not None and eu_until is not None: add(f'{subject} " in text


def test_no_column_has_a_name_that_the_loop_uses() -> None:
    names = {column for columns in COLUMNS.values() for column in columns}
    assert not names & {"rows", "add", "subject", "encode", "escape"}
    assert all(name.isidentifier() and not iskeyword(name) for name in names)
