"""``kg export``: what it prints, and its exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.pipeline import BuildResult, build
from kg.settings import Settings

ROOT = Path(__file__).parent.parent.parent


def kg(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "export", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_it_says_what_it_wrote(example_build: BuildResult, tmp_path: Path) -> None:
    result = kg(example_build.output, "-o", tmp_path / "out")
    assert result.returncode == 0
    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        "16 projects in 32 columns, 120 partners in 8 columns.",
        f"Written to {tmp_path}/out/projects.csv and {tmp_path}/out/partners.csv.",
    ]


def test_it_says_so_as_json(example_build: BuildResult, tmp_path: Path) -> None:
    result = kg(example_build.output, "-o", tmp_path / "data", "--format", "xlsx", "--json")
    told = json.loads(result.stdout)
    assert (told["format"], told["files"], told["projects"]) == ("xlsx", ["data"], 16)
    assert told["columns"]["partners"][:2] == ["project_id", "partner_id"]
    assert told["base"] == "https://w3id.org/interreg-kg/"


def test_it_replaces_nothing_unasked(example_build: BuildResult, tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    output.write_text("mine")
    refused = kg(example_build.output, "-o", output)
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "--force" in refused.stderr
    assert output.read_text() == "mine"
    assert kg(example_build.output, "-o", output, "--force", "-q").stdout == ""
    assert output.read_text() != "mine"


def test_an_ending_of_no_format_makes_no_folder(example_build: BuildResult, tmp_path: Path) -> None:
    output = tmp_path / "out.ods"
    refused = kg(example_build.output, "-o", output)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert ".xlsx, .json, .jsonl" in refused.stderr
    assert not output.exists()
    assert kg(example_build.output, "-o", output, "--format", "csv").returncode == 0
    assert (output / "projects.csv").is_file()


@pytest.mark.parametrize(("name", "form"), [("x.json", "csv"), ("x.csv", "json")])
def test_a_name_with_the_ending_of_another_format_is_refused(
    example_build: BuildResult, tmp_path: Path, name: str, form: str
) -> None:
    refused = kg(example_build.output, "-o", tmp_path / name, "--format", form)
    assert (refused.returncode, refused.stdout) == (2, "")
    told = f"The name has the ending of {name[2:]}, and the format asked for is {form}."
    assert told in refused.stderr
    assert not (tmp_path / name).exists()


def test_another_base_is_named(examples: Path, tmp_path: Path) -> None:
    build([examples / "alpen013.txt"], tmp_path / "g", Settings(base="https://x.example.org/"))
    result = kg(tmp_path / "g", "-o", tmp_path / "out")
    assert "--base https://x.example.org/" in result.stderr


def test_no_graph_is_an_unusable_input(tmp_path: Path) -> None:
    result = kg(tmp_path, "-o", tmp_path / "out")
    assert result.returncode == 2
    assert "graph.nt" in result.stderr


def test_all_that_a_build_will_not_read_is_counted(tmp_path: Path) -> None:
    graph = tmp_path / "graph.ttl"
    graph.write_text(
        "@prefix i: <https://w3id.org/interreg-kg/ontology#> . "
        "@prefix dcterms: <http://purl.org/dc/terms/> . "
        + "".join(
            f'<https://x.org/project/{n}> a i:Project ; dcterms:identifier "{n}" ; i:acronym "-" . '
            for n in range(250)
        )
    )
    told = kg(graph, "-o", tmp_path / "out").stderr.splitlines()
    assert told[:1] == ["0: a build will not read acronym ‹-›."]
    assert told[5] == "… and 245 more such values."
    as_json = json.loads(kg(graph, "-o", tmp_path / "out.json", "--json").stdout)
    assert (as_json["unreadable_count"], len(as_json["unreadable"])) == (250, 100)
