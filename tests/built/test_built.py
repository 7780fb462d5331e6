"""The folder of a build, as its readers know it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.built import (
    DUMPS,
    OUTPUTS,
    Build,
    Manifest,
    data_base,
    is_build,
    read_build,
    read_manifest,
    sections_of,
)
from kg.pipeline import BuildResult
from kg.problems import InputError
from kg.settings import DEFAULT_BASE

BASE = "https://data.example.org/"


def test_the_manifest_is_read_as_it_was_written(example_build: BuildResult) -> None:
    assert read_manifest(example_build.output) == example_build.manifest


def test_all_that_a_build_writes_is_known(example_build: BuildResult) -> None:
    written = {path.name for path in example_build.output.iterdir()}
    assert set(DUMPS) < written <= OUTPUTS
    assert is_build(example_build.output)
    assert not is_build(example_build.output.parent)


def test_a_build_is_its_graph_and_what_the_manifest_says_of_it(example_build: BuildResult) -> None:
    build = read_build(example_build.output)
    manifest: Manifest = example_build.manifest
    assert build == Build(
        example_build.output / "graph.nt", DEFAULT_BASE, manifest.triples, manifest.graph
    )
    assert build.dataset == f"{DEFAULT_BASE}dataset"
    assert build.fingerprint().count == manifest.triples
    assert b"".join(build.records()) == build.graph.read_bytes()


def test_the_manifest_of_another_version_still_tells_the_graph(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(
        f'{{"base": "{BASE}", "triples": 0, "graph": "00", "of another version": 1}}'
    )
    (tmp_path / "graph.nt").touch()
    assert read_build(tmp_path) == Build(tmp_path / "graph.nt", BASE, 0, "00")
    assert data_base(tmp_path) == BASE


def test_without_a_build_the_base_is_the_usual_one(tmp_path: Path) -> None:
    assert data_base(tmp_path) == data_base("nowhere") == data_base(None) == DEFAULT_BASE


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({}, "There is no manifest.json in the folder"),
        ({"manifest.json": b"no JSON"}, "The manifest is not that of a build"),
        ({"manifest.json": b'{"base": "\xff"}'}, "The manifest is not that of a build"),
        ({"manifest.json": b"{}"}, "The manifest is not that of a build"),
        (
            {"manifest.json": b'{"base": "b:", "triples": 1, "graph": ""}'},
            "There is no graph.nt in the folder",
        ),
    ],
    ids=["empty", "no JSON", "no UTF-8", "says nothing", "no graph"],
)
def test_what_is_no_build_is_told(files: dict[str, bytes], told: str, tmp_path: Path) -> None:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=told):
        read_build(tmp_path)
    with pytest.raises(InputError, match="There is no such folder"):
        read_build(tmp_path / "nowhere")


def test_a_graph_is_cut_into_projects_and_what_they_share() -> None:
    lines = [
        f"<{BASE}{rest} .".encode()
        for rest in (
            "project/A> <p:a> <p:o>",
            "project/A/correction/title> <p:a> <p:o>",
            "participation/A-1> <p:a> <p:o>",
            "participation/A-1/address> <p:a> <p:o>",
            "project/AB> <p:a> <p:o>",
            "project/AB> <p:b> <p:o>",
            "organisation/x> <p:a> <p:o>",
            "organisation/x> <p:b> <p:o>",
            "organisation/x-1> <p:a> <p:o>",
        )
    ]
    sections = list(sections_of(lines, BASE))
    assert [section.iri.decode().removeprefix(BASE) for section in sections] == [
        "project/A",
        "project/AB",
        "organisation/x",
        "organisation/x-1",
    ]
    assert [len(section.lines) for section in sections] == [4, 2, 2, 1]
    assert [section.is_project for section in sections] == [True, True, False, False]
