"""Every rule in shapes/ breaks where it should, and nowhere else, in both SHACL engines.

The cases are the folders in ``cases/``; see the README there. A new case needs no Python.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH
from rdflib.term import Node

from kg.validation import Result, Validate, validator

HERE = Path(__file__).parent
SHAPES_FOLDER = HERE.parents[1] / "shapes"
BASE_IRI = "https://w3id.org/interreg-kg/"
SHAPES_GRAPH = rdflib.URIRef("https://w3id.org/interreg-kg/shapes")
CC_BY = rdflib.URIRef("https://creativecommons.org/licenses/by/4.0/")
NTRIPLES = pyoxigraph.RdfFormat.N_TRIPLES

CASES = sorted(HERE.glob("cases/*/*.ru"))
CASE_IDS = [f"{case.parent.name}/{case.stem}" for case in CASES]


@cache
def shapes_text() -> str:
    """All files of the shapes graph, one after the other, as Turtle."""
    return "\n".join(path.read_text("utf-8") for path in sorted(SHAPES_FOLDER.glob("*.ttl")))


@cache
def shapes_graph() -> rdflib.Graph:
    """The shapes graph, for the tests on the shapes themselves."""
    return rdflib.Graph().parse(data=shapes_text(), format="turtle")


# Cases


@cache
def engine(name: str) -> Validate:
    """A SHACL engine with the shapes loaded."""
    return validator(shapes_text(), name)


@cache
def base_record() -> tuple[bytes, str]:
    """The valid record as N-Triples, and its prefixes as the head of a SPARQL Update."""
    parser = pyoxigraph.parse(path=HERE / "base.ttl", format=pyoxigraph.RdfFormat.TURTLE)
    triples = pyoxigraph.serialize(parser, format=NTRIPLES)
    assert triples is not None
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in parser.prefixes.items())
    return triples, f"BASE <{BASE_IRI}>\n{prefixes}"


def changed_record(update: str) -> list[str]:
    """The valid record after an update, as lines of N-Triples."""
    triples, head = base_record()
    store = pyoxigraph.Store()
    store.load(triples, format=NTRIPLES)
    store.update(head + update)
    changed = store.dump(format=NTRIPLES, from_graph=pyoxigraph.DefaultGraph())
    assert changed is not None
    return changed.decode().splitlines()


def results(name: str, record: list[str]) -> list[Result]:
    """What an engine reports on a record, in an order that does not depend on the engine."""
    return sorted(engine(name)(record), key=lambda result: result.key)


def expected_codes(case: Path) -> set[str]:
    """The codes that a case says it breaks; none for one that passes."""
    if case.stem.startswith("pass"):
        return set()
    label, _, codes = case.read_text("utf-8").partition("\n")[0].partition(":")
    assert label == "# Breaks", f"{case} must begin with '# Breaks: code'"
    return {code.strip() for code in codes.split(",")}


@pytest.mark.parametrize("name", ["shacl", "pyshacl"])
def test_base_record_breaks_nothing(name: str) -> None:
    assert results(name, base_record()[0].decode().splitlines()) == []


@pytest.mark.parametrize("case", CASES, ids=CASE_IDS)
def test_case(case: Path) -> None:
    record = changed_record(case.read_text("utf-8"))
    assert {result.code for result in results("shacl", record)} == expected_codes(case)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=CASE_IDS)
def test_engines_agree(case: Path) -> None:
    record = changed_record(case.read_text("utf-8"))
    assert results("pyshacl", record) == results("shacl", record)


@pytest.mark.parametrize("case", CASES, ids=CASE_IDS)
def test_case_is_about_its_rule(case: Path) -> None:
    triples, _ = base_record()
    changed = changed_record(case.read_text("utf-8"))
    assert set(changed) != set(triples.decode().splitlines()), "the update changes nothing"
    if case.stem.startswith("fail"):
        assert case.parent.name in expected_codes(case)


def test_the_worked_example_speaks_in_the_cases_that_it_names() -> None:
    """What docs/add-a-shape.md has a reader write down does what it says there."""
    page = (HERE.parents[1] / "docs" / "add-a-shape.md").read_text("utf-8")
    parts = re.findall(r"^ +```(\w+)\n(.*?)^ +```", page, re.DOTALL | re.MULTILINE)
    (rule,) = [text for language, text in parts if language == "turtle"]
    failing, *passing = [text for language, text in parts if language == "sparql"]
    header = (SHAPES_FOLDER / "shapes.ttl").read_text("utf-8")
    target = "shape:project a sh:NodeShape ; sh:targetClass interreg:Project ; sh:property"
    prefixes = "@prefix interreg: <https://w3id.org/interreg-kg/ontology#> ."
    validate = validator(f"{header}\n{prefixes}\n{target} shape:long-running .\n{rule}", "shacl")

    def speaks(update: str) -> bool:
        return {r.code for r in validate(changed_record(update))} == {"long-running"}

    assert speaks(failing)
    assert not any(map(speaks, passing))
    named = set(re.findall(r"`([\w-]+/[\w-]+)\.ru`", page))
    assert named <= set(CASE_IDS)
    others = [case for case in CASES if case.parent.name != "long-running"]  # if it is followed
    spoken = {f"{c.parent.name}/{c.stem}" for c in others if speaks(c.read_text("utf-8"))}
    assert spoken <= named


# The shapes themselves


def rules() -> list[rdflib.URIRef]:
    """Every shape that can be the source of a result."""
    subjects = shapes_graph().subjects(SH.severity, None, unique=True)
    return sorted(subject for subject in subjects if isinstance(subject, rdflib.URIRef))


def shapes() -> list[Node]:
    """Every node that is declared a shape."""
    graph = shapes_graph()
    kinds = (SH.NodeShape, SH.PropertyShape)
    return sorted({s for kind in kinds for s in graph.subjects(RDF.type, kind)}, key=str)


def code_of(shape: Node) -> str:
    """The problem code of a rule: the fragment of its IRI."""
    return str(shape).rpartition("#")[2]


def languages(subject: Node, predicate: rdflib.URIRef) -> list[str | None]:
    """The languages of the texts that a subject has under a predicate, sorted."""
    texts = shapes_graph().objects(subject, predicate)
    return sorted((text.language for text in texts if isinstance(text, rdflib.Literal)), key=str)


@pytest.mark.parametrize("rule", rules(), ids=code_of)
def test_rule_is_described(rule: rdflib.URIRef) -> None:
    graph = shapes_graph()
    assert list(graph.objects(rule, SH.severity)) in ([SH.Violation], [SH.Warning])
    assert languages(rule, SH.message) == ["de", "en"]
    assert str(graph.value(rule, RDFS.comment)).startswith("Origin: ")


@pytest.mark.parametrize("rule", rules(), ids=code_of)
def test_rule_has_cases(rule: rdflib.URIRef) -> None:
    cases = (HERE / "cases" / code_of(rule)).glob("*.ru")
    assert {case.stem.partition("-")[0] for case in cases} == {"pass", "fail"}


def test_cases_have_rules() -> None:
    assert {case.parent.name for case in CASES} == {code_of(rule) for rule in rules()}


@pytest.mark.parametrize("shape", shapes(), ids=code_of)
def test_shape_is_named_and_used(shape: Node) -> None:
    """A shape has an IRI of ours and a name in both languages, and takes part in validation."""
    graph = shapes_graph()
    assert str(shape).startswith(f"{SHAPES_GRAPH}#")
    assert languages(shape, SH.name) == ["de", "en"]
    uses = {SH.property, SH.node, SH.qualifiedValueShape, RDF.first}  # the last of lists of sh:or
    used = uses & set(graph.predicates(None, shape))
    targets = {SH.targetClass, SH.targetSubjectsOf} & set(graph.predicates(shape))
    assert used or targets


def test_every_query_returns_a_value() -> None:
    """Without ?value the engines differ in what they report as sh:value."""
    for query in shapes_graph().objects(None, SH.select):
        assert "?value" in str(query).partition("WHERE")[0], query


def test_shapes_are_valid_shacl() -> None:
    """The shapes keep the W3C's own shapes for SHACL."""
    conforms, _, text = pyshacl.validate(
        rdflib.Graph(), shacl_graph=shapes_graph(), meta_shacl=True
    )
    assert conforms, text


def test_shapes_graph_states_licence_and_version() -> None:
    graph = shapes_graph()
    assert list(graph.objects(SHAPES_GRAPH, DCTERMS.license)) == [CC_BY]
    assert graph.value(SHAPES_GRAPH, OWL.versionInfo)


@pytest.mark.parametrize("path", sorted(SHAPES_FOLDER.glob("*.ttl")), ids=lambda path: path.name)
def test_file_parses_in_both_libraries(path: Path) -> None:
    triples = sum(1 for _ in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE))
    assert triples == len(rdflib.Graph().parse(path, format="turtle")) > 0
