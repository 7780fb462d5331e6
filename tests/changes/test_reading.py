"""Reading graphs to compare: builds, files in any order, and what is neither."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from kg.changes import compare, update_requests, write_patch, write_text
from kg.changes.blocks import open_graph
from kg.changes.sorting import Sorter
from kg.problems import InputError

from .graphs import BASE, write_build

ABOUT = f"<{BASE}project/"


def test_a_build_and_its_files_are_one_graph(example_build_folder: Path) -> None:
    for name in ("graph.nt", "graph.ttl"):
        changes = compare(example_build_folder, example_build_folder / name)
        assert not changes
        assert changes.old.triples == changes.new.triples


def test_files_tell_the_same_as_builds(earlier_folder: Path, example_build_folder: Path) -> None:
    expected = "".join(write_text(compare(earlier_folder, example_build_folder)))
    files = compare(earlier_folder / "graph.ttl", example_build_folder / "graph.nt")
    assert "".join(write_text(files)) == expected


def test_the_state_is_that_of_the_manifest(example_build_folder: Path) -> None:
    changes = compare(example_build_folder, example_build_folder)
    manifest = (example_build_folder / "manifest.json").read_text("utf-8")
    assert f'"graph": "{changes.new.sha256}"' in manifest
    assert f'"triples": {changes.new.triples}' in manifest


def test_progress_ends_at_the_end(example_build_folder: Path) -> None:
    seen: list[tuple[int, int]] = []
    compare(
        example_build_folder,
        example_build_folder / "graph.ttl",
        lambda done, total: seen.append((done, total)),
    )
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]


def test_sorting_on_disk_is_sorting() -> None:
    entries = [str(number % 700).encode() for number in range(1000)]
    random.Random(1).shuffle(entries)
    with Sorter(run=500) as small, Sorter() as large:
        for entry in entries:
            small.add(entry)
            large.add(entry)
        assert list(small) == list(large) == sorted(set(entries))


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits")
def test_sorting_much_needs_few_open_files() -> None:
    import resource

    entries = [b"%04d" % (number * 7 % 5000) for number in range(5000)]
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
    try:
        with Sorter(run=40) as sorter:
            for entry in entries:
                sorter.add(entry)
            assert list(sorter) == sorted(entries)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nowhere", "There is no such file or folder"),
        ("empty", "There is no manifest.json in the folder"),
        ("half", "There is no graph.nt in the folder"),
        ("other", "The manifest is not that of a build"),
        ("damaged", "not the one that the manifest beside it describes"),
        ("unordered", "not in the order of a build"),
        ("scattered", "not in the order of a build"),
        ("table.csv", "Only builds and files of N-Triples or Turtle"),
        ("wrong.nt", "The syntax is not N-Triples"),
        ("blank.nt", "blank nodes"),
    ],
)
def test_what_cannot_be_compared_is_refused(tmp_path: Path, name: str, told: str) -> None:
    good = write_build(tmp_path / "good", [f"{ABOUT}A> <p:p> <p:o> ."])
    (tmp_path / "empty").mkdir()
    write_build(tmp_path / "half", [])
    (tmp_path / "half" / "graph.nt").unlink()
    write_build(tmp_path / "other", [])
    (tmp_path / "other" / "manifest.json").write_text('{"base": 1}')
    write_build(tmp_path / "damaged", [])
    (tmp_path / "damaged" / "graph.nt").write_bytes(b"no triple \xff\n")
    write_build(tmp_path / "unordered", [f"{ABOUT}{x}> <p:p> <p:o> ." for x in "BA"])
    write_build(
        tmp_path / "scattered",
        [f"{ABOUT}A> <p:p> <p:o> .", "<p:s> <p:p> <p:o> .", f"{ABOUT}B> <p:p> <p:o> ."],
    )
    (tmp_path / "table.csv").write_text("a,b")
    (tmp_path / "wrong.nt").write_text("<p:s> <p:p>\n")
    (tmp_path / "blank.nt").write_text("<p:s> <p:p> _:b .\n")
    for pair in ((good, tmp_path / name), (tmp_path / name, good)):
        with pytest.raises(InputError, match=told):
            compare(*pair)


def test_other_rdf_can_be_compared_too(tmp_path: Path) -> None:
    old, new = tmp_path / "old.ttl", tmp_path / "new.ttl"
    old.write_text('@prefix : <p:> . :s :p "a\\tb", 01 . :t :p :o .')
    new.write_text('@prefix : <p:> . :t :p :o . :s :p "a\tb", 1 .')
    changes = compare(old, new)
    (change,) = changes.blocks()
    integer = "<http://www.w3.org/2001/XMLSchema#integer>"
    assert change.removed == (f'<p:s> <p:p> "01"^^{integer} .',)
    assert change.added == (f'<p:s> <p:p> "1"^^{integer} .',)


def test_a_project_alone_too_large_for_a_request_is_spread(tmp_path: Path) -> None:
    lines = [f'{ABOUT}{x}> <p:p> "{number:03}" .' for x in "ABC" for number in (range(25))]
    changes = compare(write_build(tmp_path / "old", []), write_build(tmp_path / "new", lines))
    assert [r.is_whole for r in update_requests(changes, max_statements=50)] == [True, True]
    spread = list(update_requests(changes, max_statements=10))
    assert [request.added for request in spread] == [10, 10, 5] * 3
    assert all(len(request.resources) == 1 and not request.is_whole for request in spread)
    (large,) = update_requests(changes, max_statements=1000)
    assert large.resources == tuple(f"{BASE}project/{x}" for x in "ABC")


def test_long_texts_make_requests_smaller(tmp_path: Path) -> None:
    lines = [f'{ABOUT}{x}> <p:p> "{"x" * 400_000}" .' for x in "ABC"]
    changes = compare(write_build(tmp_path / "old", []), write_build(tmp_path / "new", lines))
    assert [request.added for request in update_requests(changes)] == [2, 1]


def test_a_graph_has_an_iri_as_its_name(tmp_path: Path) -> None:
    empty = write_build(tmp_path / "old", [])
    changes = compare(empty, write_build(tmp_path / "new", [f"{ABOUT}A> <p:p> <p:o> ."]))
    assert f"A {ABOUT}A> <p:p> <p:o> <p:g> .\n" in list(write_patch(changes, graph="p:g"))
    for name in ("g", "p:g> } ; DROP ALL #", "p:a b"):
        with pytest.raises(InputError, match="no IRI"):
            list(update_requests(changes, graph=name))


def test_open_graph_reads_nothing_yet(example_build_folder: Path) -> None:
    reader = open_graph(example_build_folder)
    assert reader.size == (example_build_folder / "graph.nt").stat().st_size
    assert reader.done == 0
