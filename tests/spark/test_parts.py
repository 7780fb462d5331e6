"""What other commands make of a build on Spark, whose graph is in parts."""

from __future__ import annotations

import csv
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.built import read_build
from kg.changes import compare
from kg.explain import explain
from kg.export import export_graph
from kg.pipeline import build, dump_store, optimise_store, reload_store, verify_store
from kg.problems import InputError
from kg.query import run_query
from kg.settings import Settings
from kg.spark import build_with_spark
from tests.spark.generate import write

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import SparkSession


@pytest.fixture
def folders(spark: SparkSession, tmp_path: Path) -> tuple[Path, Path]:
    """A local build and one on Spark of the same records."""
    source = write(tmp_path / "source", 12, damaged=0.1)
    build([source], tmp_path / "local", Settings(formats=("nt",)))
    build_with_spark([source], tmp_path / "spark", Settings(), spark, partitions=3)
    return tmp_path / "local", tmp_path / "spark"


def rows(folder: Path, name: str) -> list[str]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return sorted(row["project_id"] for row in csv.DictReader(file))


def test_parts_are_asked_explained_and_exported(folders: tuple[Path, Path], tmp_path: Path) -> None:
    local, parted = folders
    query = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"
    assert run_query(query, parted) == run_query(query, local)
    for folder in folders:
        export_graph(folder, tmp_path / f"{folder.name}-tables")
    for name in ("projects", "partners"):
        found = rows(tmp_path / "spark-tables", name)
        assert found == rows(tmp_path / "local-tables", name)
    project = found[0]
    assert explain(project, parted) == explain(project, local)


@pytest.mark.parametrize(
    "use",
    [
        lambda local, parted: compare(local, parted),
        lambda local, parted: compare(parted, local),
        lambda local, parted: read_build(parted),
        lambda local, parted: reload_store(parted),
        lambda local, parted: verify_store(parted),
        lambda local, parted: dump_store(parted, BytesIO(), "text/turtle"),
        lambda local, parted: optimise_store(parted),
    ],
    ids=["diff new", "diff old", "push", "load", "verify", "dump", "optimise"],
)
def test_what_needs_one_file_says_what_to_do(
    folders: tuple[Path, Path], use: Callable[[Path, Path], object]
) -> None:
    with pytest.raises(InputError, match="its graph is in parts") as told:
        use(*folders)
    assert "graph/*.nt" in str(told.value) or "docs/spark.md" in str(told.value)


def test_the_report_names_the_folders_beside_it(folders: tuple[Path, Path]) -> None:
    page = (folders[1] / "report.html").read_text(encoding="utf-8")
    assert all(f'<a href="{name}/">' in page for name in ("graph", "problems", "rejects"))
    assert '<a href="graph.nt">' not in page
