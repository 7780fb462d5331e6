"""The exported RML, run by Morph-KGC over the exported tables, gives the same graph."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pyoxigraph
import pytest

from kg.mapping import COLUMNS, rml_mapping
from kg.pipeline import BuildResult, write_tables
from kg.pipeline.reference import load_reference
from kg.settings import DEFAULT_BASE

MORPH = Path(".venv-morph/bin/python")


@pytest.mark.slow
def test_morph_kgc_makes_the_same_graph(
    example_build: BuildResult, examples: Path, root: Path, tmp_path: Path
) -> None:
    python = root / MORPH
    if not python.exists():
        pytest.skip("needs Morph-KGC in its own environment, which `make test` makes")
    counts = write_tables([examples], tmp_path)
    assert counts["projects"] == example_build.manifest.projects
    (tmp_path / "mapping.ttl").write_text(rml_mapping(DEFAULT_BASE), encoding="utf-8")
    (tmp_path / "morph.ini").write_text(
        "[CONFIGURATION]\noutput_file = made.nt\nnumber_of_processes = 1\n"
        "[Interreg]\nmappings = mapping.ttl\n"
    )
    run = subprocess.run(
        [python, "-m", "morph_kgc", "morph.ini"], cwd=tmp_path, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    made = read(tmp_path / "made.nt")
    # the concept schemes are part of the ontology and not of any record
    schemes = read_text("\n".join(load_reference().lines))
    ours = read(example_build.output / "graph.nt")
    assert made - ours == set()
    assert ours - made <= schemes


def test_each_table_is_a_file_with_its_columns(examples: Path, tmp_path: Path) -> None:
    write_tables([examples], tmp_path)
    for table, columns in COLUMNS.items():
        head = (tmp_path / f"{table}.csv").read_text(encoding="utf-8").split("\n", 1)[0]
        assert head == ",".join(columns)


def test_the_mapping_names_only_columns_that_exist() -> None:
    rml = rml_mapping("https://data.example.org/")
    reference = pyoxigraph.NamedNode("http://w3id.org/rml/reference")
    known = {column for columns in COLUMNS.values() for column in columns}
    quads = list(pyoxigraph.parse(rml, format=pyoxigraph.RdfFormat.TURTLE))
    named = {quad.object.value for quad in quads if quad.predicate == reference}
    assert named <= known
    assert "project_id" in named


def read(path: Path) -> set[str]:
    return read_text(path.read_text(encoding="utf-8"))


def read_text(text: str) -> set[str]:
    return {str(q.triple) for q in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_TRIPLES)}
