"""Turtle and JSON-LD of any triples, read back by independent readers."""

from __future__ import annotations

import json

import pyoxigraph
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kg.mapping import json_ld_context
from kg.serialisation import JsonLdWriter, TurtleWriter
from kg.terms import literal
from kg.vocabulary import DCTERMS, INTERREG, ORG, PREFIXES, RDF_TYPE, XSD

BASE = "https://data.example.org/"
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
IRIS = st.sampled_from(
    [
        INTERREG.Project,
        RDF_TYPE,
        f"{BASE}project/A",
        f"{BASE}project/%2E",
        f"{BASE}project/a..b",
        f"{BASE}source/a.txt#line=0,2",
        "https://example.org/x?y=z#1",
        "urn:x:y",
        PREFIXES["eu-country"] + "CHE",
    ]
)
LITERALS = st.one_of(
    st.builds(literal, TEXT, language=st.sampled_from([None, "de", "en-GB"])),
    st.integers().map(lambda n: literal(str(n), XSD.integer)),
    st.booleans().map(lambda b: literal(str(b).lower(), XSD.boolean)),
    st.sampled_from(["2016-01-11", "not a date"]).map(lambda d: literal(d, XSD.date)),
    st.sampled_from(["1.5", "2521964"]).map(lambda d: literal(d, XSD.decimal)),
)
PREDICATES = st.sampled_from(
    [DCTERMS.title, DCTERMS.subject, INTERREG.startDate, INTERREG.erdf, ORG.member, RDF_TYPE]
)


@st.composite
def triples(draw: st.DrawFn) -> list[str]:
    found = {}
    for _ in range(draw(st.integers(1, 8))):
        subject, predicate = draw(IRIS), draw(PREDICATES)
        iris = IRIS.map(lambda iri: f"<{iri}>")
        term = draw(iris if predicate == RDF_TYPE else st.one_of(LITERALS, iris))
        found[f"<{subject}> <{predicate}> {term} ."] = None
    return list(found)


def quads(text: str, form: pyoxigraph.RdfFormat) -> set[str]:
    return {str(quad) for quad in pyoxigraph.parse(text, format=form)}


@given(triples())
def test_turtle_is_what_went_in(lines: list[str]) -> None:
    writer = TurtleWriter(PREFIXES, BASE)
    text = writer.head() + writer.block(lines)
    expected = quads("\n".join(lines), pyoxigraph.RdfFormat.N_TRIPLES)
    assert quads(text, pyoxigraph.RdfFormat.TURTLE) == expected


@given(triples())
def test_jsonld_is_what_went_in(lines: list[str]) -> None:
    writer = JsonLdWriter(json_ld_context(BASE))
    text = writer.head() + ",".join(writer.block(lines)) + writer.tail()
    json.loads(text)
    expected = quads("\n".join(lines), pyoxigraph.RdfFormat.N_TRIPLES)
    assert quads(text, pyoxigraph.RdfFormat.JSON_LD) == expected


@settings(max_examples=25)
@given(triples())
def test_rdflib_reads_the_turtle_as_well(lines: list[str]) -> None:
    writer = TurtleWriter(PREFIXES, BASE)
    ours = rdflib.Graph().parse(data=writer.head() + writer.block(lines), format="turtle")
    assert isomorphic(ours, rdflib.Graph().parse(data="\n".join(lines), format="nt"))


def test_turtle_is_pleasant_to_read() -> None:
    writer = TurtleWriter(PREFIXES, BASE)
    block = writer.block(
        [
            f"<{BASE}project/A> <{RDF_TYPE}> <{INTERREG.Project}> .",
            f'<{BASE}project/A> <{INTERREG.erdf}> "85"^^<{XSD.decimal}> .',
            f'<{BASE}project/A> <{INTERREG.statedPartnerCount}> "14"^^<{XSD.integer}> .',
            f"<{BASE}project/A> <{DCTERMS.subject}> <{BASE}theme/D01> .",
            f"<{BASE}project/A> <{DCTERMS.subject}> <{BASE}theme/D05> .",
        ]
    )
    assert block == (
        "\n<project/A>\n"
        "    a interreg:Project ;\n"
        '    interreg:erdf "85"^^xsd:decimal ;\n'
        "    interreg:statedPartnerCount 14 ;\n"
        "    dcterms:subject <theme/D01>, <theme/D05> .\n"
    )
