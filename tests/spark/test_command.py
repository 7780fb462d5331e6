"""``kg build --engine spark``, with Spark and without."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.spark.rows import family
from tests.spark.generate import write

HAS_SPARK = importlib.util.find_spec("pyspark") is not None


def kg(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.mark.skipif(not HAS_SPARK, reason="needs Spark, see make test-spark")
def test_the_command_builds_on_spark(tmp_path: Path) -> None:
    source = write(tmp_path / "source", 20)
    (source / "kg.toml").write_text('base = "https://x.example/"\n')
    out = tmp_path / "output"
    result = kg("build", source, "--output", out, "--engine", "spark", "--workers", "2", "--json",
                "--fresh", "--formats", "nt")  # fmt: skip
    assert result.returncode == 0, result.stderr
    manifest = json.loads(result.stdout)
    assert (manifest["projects"], manifest["engine"]) == (20, "shacl")
    assert manifest["base"] == "https://x.example/"
    assert set(manifest["parts"]) == {f"graph/{p.name}" for p in (out / "graph").iterdir()}


@pytest.mark.skipif(HAS_SPARK, reason="Spark is installed")
def test_without_spark_the_command_says_how_to_get_it(tmp_path: Path) -> None:
    source = write(tmp_path / "source", 3)
    result = kg("build", source, "--output", tmp_path / "output", "--engine", "spark")
    assert result.returncode == 2
    assert "interreg-kg[spark]" in result.stderr
    assert not (tmp_path / "output").exists()


def test_forms_that_need_the_whole_graph_are_refused(tmp_path: Path) -> None:
    source = write(tmp_path / "source", 3)
    arguments = ("--output", tmp_path / "output", "--engine", "spark", "--formats", "nt,ttl")
    result = kg("build", source, *arguments)
    assert result.returncode == 2
    assert "writes N-Triples only" in result.stderr


@pytest.mark.parametrize("other", ["prog 1", "PROG1", " Prog1", "Prog1\u200b", "Ｐrog1", "Prog-1"])
def test_ids_that_are_compared_are_in_one_family(other: str) -> None:
    assert family(other) == family("Prog1")
    assert family("Prog12") != family("Prog1")
