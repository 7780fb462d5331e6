"""The vocabulary is complete, described in both languages, closed, and free of blank nodes."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic
from rdflib.namespace import DC, DCTERMS, ORG, OWL, RDF, RDFS, SKOS
from rdflib.term import Node

from kg.vocabulary import INTERREG

ROOT = Path(__file__).parents[2]
ONTOLOGY_FOLDER = ROOT / "ontology"
FILES = sorted(ONTOLOGY_FOLDER.glob("*.ttl"))
QUERIES = sorted((ROOT / "kg").rglob("*.rq"))

ONTOLOGY = rdflib.URIRef("https://w3id.org/interreg-kg/ontology")
ALIGNMENTS = rdflib.URIRef("https://w3id.org/interreg-kg/ontology/alignments")
SHAPES = rdflib.URIRef("https://w3id.org/interreg-kg/shapes")
ROLES = rdflib.URIRef(f"{INTERREG.iri}roles")
THEMES = rdflib.URIRef("https://w3id.org/interreg-kg/theme")
CURRENCIES = "http://publications.europa.eu/resource/authority/currency/"
CC_BY = rdflib.URIRef("https://creativecommons.org/licenses/by/4.0/")
TERM_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.NamedIndividual)


@cache
def read(name: str) -> rdflib.Graph:
    """One file of the ontology."""
    return rdflib.Graph().parse(ONTOLOGY_FOLDER / name, format="turtle")


def declared() -> list[Node]:
    """Every term that the vocabulary declares."""
    graph = read("interreg.ttl")
    return sorted({s for kind in TERM_KINDS for s in graph.subjects(RDF.type, kind)}, key=str)


def terms_in(graph: rdflib.Graph) -> set[str]:
    """The names of all terms of our namespace that a graph uses, in any position."""
    nodes = {str(node) for triple in graph for node in triple if isinstance(node, rdflib.URIRef)}
    return {iri.removeprefix(INTERREG.iri) for iri in nodes if iri.startswith(INTERREG.iri)}


def languages(graph: rdflib.Graph, subject: Node, predicate: rdflib.URIRef) -> list[str | None]:
    """The languages of the texts that a subject has under a predicate, sorted."""
    texts = graph.objects(subject, predicate)
    return sorted((text.language for text in texts if isinstance(text, rdflib.Literal)), key=str)


def local_name(term: Node) -> str:
    return str(term).rpartition("#")[2] or str(term)


# All files


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_file_is_the_same_graph_in_both_libraries(path: Path) -> None:
    parsed = pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE)
    ntriples = pyoxigraph.serialize(parsed, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert ntriples
    assert isomorphic(rdflib.Graph().parse(data=ntriples, format="nt"), read(path.name))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_file_has_no_blank_node(path: Path) -> None:
    assert not [t for t in read(path.name) if any(isinstance(n, rdflib.BNode) for n in t)]


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("interreg.ttl", ONTOLOGY),
        ("alignments.ttl", ALIGNMENTS),
        ("roles.ttl", ROLES),
        ("themes.ttl", THEMES),
    ],
)
def test_file_states_title_and_licence(name: str, subject: rdflib.URIRef) -> None:
    graph = read(name)
    assert languages(graph, subject, DCTERMS.title) == ["de", "en"]
    assert languages(graph, subject, DCTERMS.description) == ["de", "en"]
    assert list(graph.objects(subject, DCTERMS.license)) == [CC_BY]


@pytest.mark.parametrize(
    ("name", "subject"), [("interreg.ttl", ONTOLOGY), ("alignments.ttl", ALIGNMENTS)]
)
def test_ontology_states_its_version(name: str, subject: rdflib.URIRef) -> None:
    graph = read(name)
    version = graph.value(subject, OWL.versionInfo)
    assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", str(version))
    assert graph.value(subject, OWL.versionIRI) == rdflib.URIRef(f"{subject}/{version}")


@pytest.mark.parametrize(("name", "subject"), [("roles.ttl", ROLES), ("themes.ttl", THEMES)])
def test_scheme_states_its_version(name: str, subject: rdflib.URIRef) -> None:
    version = read(name).value(subject, OWL.versionInfo)
    assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", str(version))


@pytest.mark.parametrize(
    ("name", "subject"),
    [("interreg.ttl", ONTOLOGY), ("alignments.ttl", ALIGNMENTS), ("shapes.ttl", SHAPES)],
)
def test_a_creator_that_is_a_name_stands_where_a_name_may_stand(
    name: str, subject: rdflib.URIRef
) -> None:
    """The range of dcterms:creator is an agent; dc:creator also has texts."""
    graph = rdflib.Graph().parse(next(ROOT.glob(f"*/{name}")), format="turtle")
    assert [str(who) for who in graph.objects(subject, DC.creator)] == ["interreg-kg contributors"]
    assert not set(graph.objects(subject, DCTERMS.creator))


@pytest.mark.parametrize(("name", "subject"), [("roles.ttl", ROLES), ("themes.ttl", THEMES)])
def test_scheme_has_a_label(name: str, subject: rdflib.URIRef) -> None:
    assert languages(read(name), subject, SKOS.prefLabel) == ["de", "en"]


def test_the_dates_of_a_project_are_those_by_which_the_library_tells_schema_org() -> None:
    query = (ROOT / "kg/query/library/project-as-schema-org.rq").read_text("utf-8")
    for ours, variable in (("startDate", "?start"), ("endDate", "?end")):
        (theirs,) = read("alignments.ttl").objects(
            rdflib.URIRef(INTERREG.iri + ours), RDFS.subPropertyOf
        )
        assert f"schema:{local_name(theirs).rpartition('/')[2]} {variable} " in query


# Terms


@pytest.mark.parametrize("term", declared(), ids=local_name)
def test_term_is_described(term: Node) -> None:
    graph = read("interreg.ttl")
    assert languages(graph, term, RDFS.label) == ["de", "en"]
    assert languages(graph, term, RDFS.comment) == ["de", "en"]
    assert graph.value(term, RDFS.isDefinedBy) == ONTOLOGY


def test_declared_terms_are_those_that_the_code_knows() -> None:
    assert {local_name(term) for term in declared()} == INTERREG.terms - {"roles"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_ontology_uses_declared_terms_only(path: Path) -> None:
    assert terms_in(read(path.name)) <= INTERREG.terms | {"roles"}


@pytest.mark.parametrize("path", sorted((ROOT / "shapes").glob("*.ttl")), ids=lambda p: p.name)
def test_shapes_use_declared_terms_only(path: Path) -> None:
    graph = rdflib.Graph().parse(path, format="turtle")
    in_queries = set(re.findall(r"\binterreg:(\w+)", path.read_text("utf-8")))
    assert terms_in(graph) | in_queries <= INTERREG.terms


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_queries_use_declared_terms_only(path: Path) -> None:
    used = set(re.findall(r"\binterreg:(\w+)", path.read_text("utf-8")))
    assert used <= INTERREG.terms | {"roles"}


def test_alignments_are_about_declared_terms() -> None:
    subjects = set(read("alignments.ttl").subjects()) - {ALIGNMENTS}
    assert subjects <= set(declared())


def test_alignments_lead_to_other_vocabularies() -> None:
    graph = read("alignments.ttl")
    for subject, predicate, other in graph:
        if subject != ALIGNMENTS:
            assert predicate in {
                RDFS.subClassOf,
                RDFS.subPropertyOf,
                SKOS.closeMatch,
                SKOS.relatedMatch,
            }
            assert not str(other).startswith(INTERREG.iri)


# Concept schemes


def test_roles_are_concepts_of_their_scheme() -> None:
    graph = read("roles.ttl")
    roles = set(graph.subjects(SKOS.inScheme, ROLES))
    assert roles == set(read("interreg.ttl").subjects(RDF.type, OWL.NamedIndividual))
    for role in roles:
        kinds = {SKOS.Concept, ORG.Role, rdflib.URIRef(INTERREG.Role)}
        assert kinds <= set(graph.objects(role, RDF.type))
        assert languages(graph, role, SKOS.prefLabel) == ["de", "en"]
        assert languages(graph, role, SKOS.definition) == ["de", "en"]


def test_themes_are_below_a_group_that_their_code_names() -> None:
    graph = read("themes.ttl")
    themes = set(graph.subjects(RDF.type, rdflib.URIRef(INTERREG.Theme)))
    assert {str(graph.value(t, SKOS.notation)) for t in themes} == {
        "D01",
        "D05",
        "D15",
        "D18",
        "Q01",
    }
    for theme in themes:
        group = graph.value(theme, SKOS.broader)
        assert group is not None
        assert str(graph.value(theme, SKOS.notation)).startswith(
            str(graph.value(group, SKOS.notation))
        )
        assert (THEMES, SKOS.hasTopConcept, group) in graph


@pytest.mark.parametrize(
    "concept", sorted(read("themes.ttl").subjects(RDF.type, SKOS.Concept), key=str), ids=str
)
def test_theme_is_described(concept: Node) -> None:
    graph = read("themes.ttl")
    assert languages(graph, concept, SKOS.prefLabel) == ["de", "en"]
    assert list(graph.objects(concept, SKOS.inScheme)) == [THEMES]


def test_currencies_are_described() -> None:
    graph = read("currencies.ttl")
    currencies = set(graph.subjects(RDF.type, SKOS.Concept))
    assert currencies
    for currency in currencies:
        assert str(currency) == f"{CURRENCIES}{graph.value(currency, SKOS.notation)}"
        assert languages(graph, currency, SKOS.prefLabel) == ["de", "en"]


def test_themes_move_with_the_base() -> None:
    """A publisher reads the themes below a base of their own by replacing one line."""
    text = (ONTOLOGY_FOLDER / "themes.ttl").read_text("utf-8")
    own = "https://data.example.org/"
    rebased = re.sub(r"@base <[^>]*>", f"@base <{own}>", text)

    graph = rdflib.Graph().parse(data=rebased, format="turtle")

    data = {str(node) for triple in graph for node in triple if "/theme" in str(node)}
    assert data
    assert all(iri.startswith(own) for iri in data)
