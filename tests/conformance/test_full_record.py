"""A project with every field filled is one graph in every form, whoever reads it."""

from __future__ import annotations

import csv
import json
import subprocess
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from pyld import jsonld

from kg.mapping import COLUMNS, Emitter, Register, Row, json_ld_context, project_rows, rml_mapping
from kg.pipeline.graph_files import GraphFiles
from kg.settings import DEFAULT_BASE, FORMATS
from kg.terms import to_ntriples
from kg.vocabulary import GEO, INTERREG, NUTS, XSD

from ..full_record import SOURCE, full_project

PROJECT = f"<{DEFAULT_BASE}project/Full001>"
PARTNER = f"<{DEFAULT_BASE}participation/Full001-001>"
ADDRESS = f"<{DEFAULT_BASE}participation/Full001-001/address>"
SECOND = f"<{DEFAULT_BASE}participation/Full001-b/address>"


def tables() -> dict[str, list[Row]]:
    register = Register({"D05"})
    register.add(full_project())
    return project_rows(full_project()) | register.rows([SOURCE])


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return Emitter(DEFAULT_BASE).emit(tables())


@pytest.fixture(scope="module")
def folder(lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph as N-Triples, Turtle and JSON-LD."""
    made = tmp_path_factory.mktemp("full")
    with GraphFiles(made, DEFAULT_BASE, json_ld_context(DEFAULT_BASE), FORMATS) as files:
        files.write(to_ntriples(lines))
    return made


def read(text: str | bytes, form: pyoxigraph.RdfFormat) -> set[str]:
    return {str(quad.triple) for quad in pyoxigraph.parse(text, format=form)}


def test_no_statement_stands_twice(lines: list[str]) -> None:
    assert len(set(lines)) == len(lines)
    assert len(read("\n".join(lines), pyoxigraph.RdfFormat.N_TRIPLES)) == len(lines)


def test_every_table_has_a_row() -> None:
    empty = {table for table, rows in tables().items() if not rows}
    assert empty == {
        "programme_translations",
        "priority_translations",
        "objective_translations",
        "theme_translations",
        "category_translations",
        "programme_spellings",
        "priority_spellings",
        "objective_spellings",
        "category_spellings",
    }


def test_all_forms_are_one_graph_to_oxigraph_and_pyld(folder: Path) -> None:
    triples = read((folder / "graph.nt").read_bytes(), pyoxigraph.RdfFormat.N_TRIPLES)
    assert read((folder / "graph.ttl").read_bytes(), pyoxigraph.RdfFormat.TURTLE) == triples
    document = (folder / "graph.jsonld").read_bytes()
    assert read(document, pyoxigraph.RdfFormat.JSON_LD) == triples
    nquads = jsonld.to_rdf(json.loads(document), {"format": "application/n-quads"})
    assert read(nquads, pyoxigraph.RdfFormat.N_QUADS) == triples


def test_all_forms_are_one_graph_to_rdflib(folder: Path) -> None:
    names = {"graph.nt": "nt", "graph.ttl": "turtle", "graph.jsonld": "json-ld"}
    graphs = [set(rdflib.Graph().parse(folder / name, format=f)) for name, f in names.items()]
    assert graphs[0] == graphs[1] == graphs[2]


@pytest.mark.slow
def test_morph_kgc_makes_the_same_graph(root: Path, folder: Path, tmp_path: Path) -> None:
    python = root / ".venv-morph/bin/python"
    if not python.exists():
        pytest.skip("needs Morph-KGC in its own environment, which `make test` makes")
    for table, rows in tables().items():
        with (tmp_path / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS[table])
            writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    (tmp_path / "mapping.ttl").write_text(rml_mapping(DEFAULT_BASE), encoding="utf-8")
    (tmp_path / "morph.ini").write_text(
        "[CONFIGURATION]\noutput_file = made.nt\nnumber_of_processes = 1\n"
        "[Interreg]\nmappings = mapping.ttl\n"
    )
    run = subprocess.run(
        [python, "-m", "morph_kgc", "morph.ini"], cwd=tmp_path, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    made = read((tmp_path / "made.nt").read_bytes(), pyoxigraph.RdfFormat.N_TRIPLES)
    assert made == read((folder / "graph.nt").read_bytes(), pyoxigraph.RdfFormat.N_TRIPLES)


def objects(lines: list[str], subject: str, predicate: str) -> set[str]:
    start = f"{subject} <{predicate}> "
    return {line.removeprefix(start)[:-2] for line in lines if line.startswith(start)}


def test_a_point_is_one_literal_with_its_reference_system(lines: list[str]) -> None:
    crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    utm = "http://www.opengis.net/def/crs/EPSG/0/25832"
    assert objects(lines, ADDRESS, INTERREG.coordinates) == {
        f'"<{crs84}> POINT(11.4 47.26)"^^<{GEO.wktLiteral}>'
    }
    assert objects(lines, PROJECT, INTERREG.coordinates) == {
        f'"<{utm}> POINT(681000.5 5237000)"^^<{GEO.wktLiteral}>'
    }


def test_a_region_is_its_code_or_its_name(lines: list[str]) -> None:
    assert objects(lines, ADDRESS, INTERREG.nuts) == {f"<{NUTS}AT33>", f"<{NUTS}AT332>"}
    assert objects(lines, ADDRESS, INTERREG.nuts1Name) == {'"Westösterreich"'}
    named = [objects(lines, SECOND, INTERREG[f"nuts{n}Name"]) for n in ("", 1, 2, 3)]
    assert named == [{'"Allgäu"'}, {'"Bayern"'}, {'"Schwaben"'}, {'"Kempten"'}]


def test_a_list_of_partners_is_only_said_to_be_partial(lines: list[str]) -> None:
    false = f'"false"^^<{XSD.boolean}>'
    assert objects(lines, PROJECT, INTERREG.hasAllPartners) == {false}


def test_a_row_of_a_sheet_names_it(lines: list[str]) -> None:
    derived = objects(lines, PARTNER, "http://www.w3.org/ns/prov#wasDerivedFrom")
    sheet = "source/Liste%202021.xlsx/Partner%20%2F%20Partenaires"
    assert derived == {f"<{DEFAULT_BASE}{sheet}#row=2>"}


def test_corrections_are_resources_of_their_record(lines: list[str]) -> None:
    assert objects(lines, PARTNER, INTERREG.correction) == {f"{PARTNER[:-1]}/correction/town>"}
    start = f"{PROJECT[:-1]}/correction/start_date>"
    assert objects(lines, start, INTERREG.statedValue) == {'"2016-01-11"'}
    assert objects(lines, start, INTERREG.correctedValue) == {'"2016-11-01"'}
    # what the source did not state is absent
    assert not objects(lines, f"{PROJECT[:-1]}/correction/end_date>", INTERREG.statedValue)
