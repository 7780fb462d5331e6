"""The data set is described with what its graph has, and with nothing else."""

from __future__ import annotations

from pathlib import Path

from kg.pipeline.census import Census, count
from kg.pipeline.dataset import dataset_lines
from kg.settings import Settings
from kg.terms import iri, split_line
from kg.vocabulary import DCTERMS, INTERREG, ORG, RDF, RDF_TYPE, SKOS, VOID

GRAPH = [
    f"<http://e.eu/project/1> <{RDF_TYPE}> <{INTERREG.Project}> .",
    f"<http://e.eu/project/1> <{RDF_TYPE}> <{ORG.OrganizationalCollaboration}> .",
    f'<http://e.eu/theme/D05> <{SKOS.notation}> "D05" .',
]


def described(predicate: str, folder: Path) -> set[str]:
    census = Census()
    census.add(count(GRAPH))
    lines = map(split_line, dataset_lines(Settings(), census, folder, None))
    return {term for _, found, term in lines if found == iri(predicate)}


def test_its_vocabularies_are_those_whose_terms_it_uses(tmp_path: Path) -> None:
    used = {RDF.iri, INTERREG.iri, ORG.iri, SKOS.iri}
    assert described(VOID.vocabulary, tmp_path) == set(map(iri, used))


def test_it_conforms_to_the_ontology_by_its_iri(tmp_path: Path) -> None:
    assert described(DCTERMS.conformsTo, tmp_path) == {"<https://w3id.org/interreg-kg/ontology>"}
