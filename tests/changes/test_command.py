"""The command ``kg diff``: its exit status, forms and files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph


def kg_diff(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "diff", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True)


def test_the_exit_status_tells(earlier_folder: Path, example_build_folder: Path) -> None:
    same = kg_diff(example_build_folder, example_build_folder)
    assert (same.returncode, same.stdout, same.stderr) == (0, "No difference.\n", "")
    other = kg_diff(earlier_folder, example_build_folder)
    assert other.returncode == 1
    assert "Alpen013: end date 2019-03-31 → 2019-04-30\n" in other.stdout
    assert other.stderr == ""
    quiet = kg_diff(earlier_folder, example_build_folder, "--quiet")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (1, "", "")


def test_what_cannot_be_read_is_unusable(tmp_path: Path, example_build_folder: Path) -> None:
    result = kg_diff(tmp_path, example_build_folder)
    assert result.returncode == 2
    assert result.stdout == ""
    assert "There is no manifest.json in the folder." in result.stderr
    assert kg_diff(example_build_folder).returncode == 2
    wrong = kg_diff(example_build_folder, example_build_folder, "--graph", "https://x.org/")
    assert wrong.returncode == 2


def test_json_has_words_and_statements(earlier_folder: Path, example_build_folder: Path) -> None:
    result = kg_diff(earlier_folder, example_build_folder, "--json")
    assert result.returncode == 1
    document = json.loads(result.stdout)
    totals = document["totals"]
    assert totals["added"] == sum(len(change["added"]) for change in document["changes"])
    assert totals["removed"] == sum(len(change["removed"]) for change in document["changes"])
    first = document["changes"][0]
    assert (first["project"], first["change"]) == ("Alpen013", "changed")
    assert first["summary"][0] == "Alpen013: end date 2019-03-31 → 2019-04-30"
    assert first["entries"][0]["sentence"] == "end date 2019-03-31 → 2019-04-30"
    assert result.stdout == kg_diff(earlier_folder, example_build_folder, "-f", "json").stdout


def test_an_update_in_a_file_makes_the_new_graph(
    tmp_path: Path, earlier_folder: Path, example_build_folder: Path
) -> None:
    graph = pyoxigraph.NamedNode("https://example.org/g")
    arguments = ("-f", "update", "--graph", graph.value, "--max-statements", "20")
    file = tmp_path / "changes.ru"
    result = kg_diff(earlier_folder, example_build_folder, *arguments, "-o", file)
    told = f"52 statements removed, 214 added; written to {file}.\n"
    assert (result.returncode, result.stdout) == (1, told)
    assert [path.name for path in tmp_path.iterdir()] == ["changes.ru"]

    def load(folder: Path) -> pyoxigraph.Store:
        store = pyoxigraph.Store()
        data = (folder / "graph.nt").read_bytes()
        store.load(data, format=pyoxigraph.RdfFormat.N_TRIPLES, to_graph=graph)
        return store

    store = load(earlier_folder)
    store.update(file.read_text("utf-8"))
    assert set(store) == set(load(example_build_folder))
    assert (
        file.read_text("utf-8") == kg_diff(earlier_folder, example_build_folder, *arguments).stdout
    )


def test_a_graph_that_is_no_iri_is_told_before_anything_is_printed(
    earlier_folder: Path, example_build_folder: Path
) -> None:
    for form in ("update", "patch"):
        arguments = (earlier_folder, example_build_folder, "-f", form, "--graph", "notiri")
        result = kg_diff(*arguments)
        assert (result.returncode, result.stdout) == (2, "")
        assert result.stderr == "Error: ‹notiri› is no IRI. Name the graph as https://….\n"


def test_one_statement_is_no_statements(tmp_path: Path) -> None:
    old, new = tmp_path / "old.nt", tmp_path / "new.nt"
    old.write_text("<https://x.org/a> <https://x.org/b> <https://x.org/c> .\n")
    new.write_text("")
    result = kg_diff(old, new, "-f", "update")
    assert result.stdout.startswith("# 1 statement removed, 0 added\n")
    told = f"1 statement removed, 0 added; written to {tmp_path / 'file'}.\n"
    assert kg_diff(old, new, "-o", tmp_path / "file").stdout == told


def test_a_file_that_cannot_be_written(tmp_path: Path, example_build_folder: Path) -> None:
    (tmp_path / "no").touch()
    target = tmp_path / "no" / "file"
    result = kg_diff(example_build_folder, example_build_folder, "-o", target)
    assert result.returncode == 3
    assert "could not be written" in result.stderr
