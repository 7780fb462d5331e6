"""The three dumps of a build are one graph, whoever reads them."""

from __future__ import annotations

import hashlib
import json

import pyoxigraph
import pytest
import rdflib
from pyld import jsonld
from rdflib.compare import to_canonical_graph

from kg.pipeline import BuildResult, validate_files
from kg.store import open_store

FORMATS = {
    "graph.nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "graph.ttl": pyoxigraph.RdfFormat.TURTLE,
    "graph.jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


def read_with_oxigraph(build: BuildResult, name: str) -> set[str]:
    data = (build.output / name).read_bytes()
    return {str(quad.triple) for quad in pyoxigraph.parse(data, format=FORMATS[name])}


def test_no_blank_node_and_no_statement_twice(example_build: BuildResult) -> None:
    lines = (example_build.output / "graph.nt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(set(lines)) == example_build.manifest.triples
    assert not any(line.startswith("_:") or " _:" in line.split('"')[0] for line in lines)


def test_oxigraph_reads_one_graph_from_all_dumps(example_build: BuildResult) -> None:
    ntriples = read_with_oxigraph(example_build, "graph.nt")
    assert len(ntriples) == example_build.manifest.triples
    assert read_with_oxigraph(example_build, "graph.ttl") == ntriples
    assert read_with_oxigraph(example_build, "graph.jsonld") == ntriples


def test_rdflib_reads_one_graph_from_all_dumps(example_build: BuildResult) -> None:
    # without blank nodes, isomorphic graphs are equal sets of triples
    graphs = {
        form: set(to_canonical_graph(rdflib.Graph().parse(example_build.output / name, form)))
        for name, form in (
            ("graph.nt", "nt"),
            ("graph.ttl", "turtle"),
            ("graph.jsonld", "json-ld"),
        )
    }
    assert len(graphs["nt"]) == example_build.manifest.triples
    assert graphs["turtle"] == graphs["nt"]
    assert graphs["json-ld"] == graphs["nt"]


def test_pyld_reads_the_same_graph(example_build: BuildResult) -> None:
    document = json.loads((example_build.output / "graph.jsonld").read_bytes())
    text = jsonld.to_rdf(document, {"format": "application/n-quads"})
    read = {str(q.triple) for q in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS)}
    assert read == read_with_oxigraph(example_build, "graph.nt")


def test_the_context_file_is_the_context_of_the_graph(example_build: BuildResult) -> None:
    document = json.loads((example_build.output / "graph.jsonld").read_bytes())
    context = json.loads((example_build.output / "context.jsonld").read_bytes())
    assert document["@context"] == context["@context"]


def test_projects_hold_their_participations_in_the_json(example_build: BuildResult) -> None:
    document = json.loads((example_build.output / "graph.jsonld").read_bytes())
    (project,) = (n for n in document["@graph"] if n["id"] == "project/Alpen013")
    assert len(project["participation"]) == 14
    assert project["participation"][0]["address"]["postName"] == "Fribourg"


def test_the_store_holds_the_graph(example_build: BuildResult) -> None:
    store = open_store(example_build.output / "store")
    held = {str(quad.triple) for quad in store}
    assert held == read_with_oxigraph(example_build, "graph.nt")


def test_the_manifest_has_the_hash_of_the_graph(example_build: BuildResult) -> None:
    data = (example_build.output / "graph.nt").read_bytes()
    assert hashlib.sha256(data).hexdigest() == example_build.manifest.graph


@pytest.mark.slow
def test_what_is_published_has_no_violation_for_either_engine(example_build: BuildResult) -> None:
    graph = [example_build.output / "graph.ttl"]
    rust, oracle = validate_files(graph), validate_files(graph, engine="pyshacl")
    assert rust.results == oracle.results
    assert rust.conforms
    assert rust.count("Warning") == example_build.manifest.levels["warning"]


def test_the_validation_report_says_what_the_engine_said(example_build: BuildResult) -> None:
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    report = rdflib.Graph().parse(example_build.output / "report.ttl")
    again = validate_files([example_build.output / "graph.ttl"])
    reported = {
        (str(focus), str(report.value(result, sh.sourceShape)))
        for result, focus in report.subject_objects(sh.focusNode)
    }
    assert reported == {(result.focus[1:-1], result.shape) for result in again.results}
    assert not any(isinstance(node, rdflib.BNode) for node in report.all_nodes())
    for result in report.objects(None, sh.result):
        languages = {text.language for text in report.objects(result, sh.resultMessage)}
        assert languages == {"en", "de"}


def test_oxigraph_reads_every_turtle_file(example_build: BuildResult) -> None:
    for name in ("graph.ttl", "dataset.ttl", "report.ttl"):
        data = (example_build.output / name).read_bytes()
        quads = list(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE))
        assert quads
        assert not any(isinstance(quad.subject, pyoxigraph.BlankNode) for quad in quads)


def test_the_description_counts_what_is_there(example_build: BuildResult) -> None:
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    dataset = rdflib.Graph().parse(example_build.output / "dataset.ttl")
    graph = example_build.graph()
    assert {int(n) for n in dataset.objects(None, void.triples)} >= {len(graph)}
    for part, cls in dataset.subject_objects(void["class"]):
        counted = len(set(graph.subjects(rdflib.RDF.type, cls)))
        assert int(dataset.value(part, void.entities)) == counted
    for part, prop in dataset.subject_objects(void.property):
        assert int(dataset.value(part, void.triples)) == len(
            list(graph.triples((None, prop, None)))
        )
    (licence,) = set(dataset.objects(None, rdflib.DCTERMS.license))
    assert str(licence) == "https://creativecommons.org/licenses/by/4.0/"
