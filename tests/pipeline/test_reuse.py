"""A build that reuses what did not change gives the bytes of one that makes all anew."""

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.generate import generate
from kg import cli
from kg.pipeline import batch, build, store_changes, stream
from kg.pipeline.reuse import _store_files
from kg.pipeline.upkeep import reload_store, verify_store
from kg.problems import StoreError
from kg.settings import Settings

pytestmark = pytest.mark.slow

Rows = list[dict[str, str]]
PROJECTS = 30
STEPS = 8


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("records")
    generate(PROJECTS, folder, damaged=True)
    return folder


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_edits(records: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    source = tmp_path / "source"
    shutil.copytree(records, source)
    build([source], tmp_path / "reusing")
    for _ in range(STEPS):
        chance.choice(EDITS)(source, chance)
        build([source], tmp_path / "reusing")
        build([source], tmp_path / "anew", fresh=True)
        assert contents(tmp_path / "reusing") == contents(tmp_path / "anew")
        assert statements(tmp_path / "reusing") == statements(tmp_path / "anew")


def test_what_did_not_change_is_not_validated_again(
    records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, output = tmp_path / "source", tmp_path / "output"
    shutil.copytree(records, source)
    build([source], output)
    mapped: list[str] = []

    def note(projects: list[object], tools: batch.Tools) -> batch.Mapped:
        mapped.extend(project.project_id for project in projects)
        return batch.map_batch(projects, tools)

    monkeypatch.setattr(stream, "map_batch", note)
    changed = edit_title(source, random.Random(4))
    build([source], output)
    published = build([source], output, fresh=True).manifest.projects
    del mapped[len(mapped) - PROJECTS :]
    assert changed in mapped
    assert len(mapped) <= 1 + PROJECTS - published


def test_what_is_shared_counts_only_where_it_changed(
    records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, output = tmp_path / "source", tmp_path / "output"
    shutil.copytree(records, source)
    edit_title(source, random.Random(4))
    build([source], output)
    data = {path.stat().st_ino for path in (output / "store").glob("*.sst")}
    edit_title(source, random.Random(4))
    # the projects share some 800 triples, of which hardly one changes
    monkeypatch.setattr(store_changes, "MOST_CHANGED", 500)
    build([source], output)
    assert data & {path.stat().st_ino for path in (output / "store").glob("*.sst")}
    assert statements(output) == set((output / "graph.nt").read_text("utf-8").splitlines())


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("abc", "abc", ("", "")),
        ("abc", "xabc", ("", "x")),
        ("abcd", "bcd", ("a", "")),
        ("abcd", "acbe", ("d", "e")),
        ("", "ab", ("", "ab")),
        ("abcdef", "uvwxyz", None),
    ],
)
def test_differing_lines(before: str, after: str, expected: tuple[str, str] | None) -> None:
    def lines(text: str) -> list[bytes]:
        return [sign.encode() for sign in text]

    found = store_changes.differing_lines(lines(before), lines(after), 6)
    assert found == (None if expected is None else tuple(set(lines(part)) for part in expected))


@given(st.lists(st.integers(0, 50), unique=True), st.lists(st.integers(0, 50), unique=True))
def test_differing_lines_of_any_texts(before: list[int], after: list[int]) -> None:
    found = store_changes.differing_lines(map(bytes, before), map(bytes, after), 200)
    assert found is not None
    removed, added = found
    assert {len(line) for line in removed} == set(before) - set(after)
    assert {len(line) for line in added} == set(after) - set(before)


def test_the_command_reuses_nothing_where_it_is_told_to(
    records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["build", str(records), "--output", str(tmp_path / "output"), "--quiet"]
    cli.run(command)
    processed: list[int] = []

    def note(projects: list[object], tools: batch.Tools) -> batch.Mapped:
        processed.append(len(projects))
        return batch.map_batch(projects, tools)

    monkeypatch.setattr(stream, "map_batch", note)
    cli.run(command)
    again = sum(processed)
    cli.run([*command, "--fresh"])
    assert (again, sum(processed) - again) == (0, PROJECTS)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda output: (output / "graph.nt").write_bytes(b""),
        lambda output: flip(output / "graph.ttl"),
        lambda output: flip(output / ".cache" / "notes.db"),
        lambda output: (output / ".cache" / "seal.json").write_text("{}"),
        lambda output: shutil.rmtree(output / ".cache"),
        lambda output: shutil.rmtree(output / "store"),
        lambda output: [path.unlink() for path in (output / "store").glob("*.sst")],
        lambda output: [flip(path) for path in (output / "store").glob("*.sst")],
        lambda output: change_statement(output / "store"),
    ],
)
def test_a_spoiled_build_is_not_trusted(
    records: Path, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    output = tmp_path / "output"
    build([records], output)
    before, triples = contents(output), statements(output)
    spoil(output)
    build([records], output)
    assert contents(output) == before
    assert statements(output) == triples


def test_a_file_of_the_store_that_was_damaged_is_named(records: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    build([records], output)
    assert verify_store(output).same
    for path in (output / "store").glob("*.sst"):
        data = path.read_bytes()
        flip(path)
        with pytest.raises(StoreError, match=rf"{path.name} .* not as it was written"):
            verify_store(output)
        path.write_bytes(data)
    flip(next((output / "store").glob("*.sst")))
    reload_store(output)
    assert verify_store(output).same


@pytest.mark.parametrize("name", ["a#b", "a?b", "a%41b", "a b"])
def test_a_folder_of_any_name(records: Path, tmp_path: Path, name: str) -> None:
    for _ in range(2):
        build([records], tmp_path / name)
    assert {path.name for path in tmp_path.iterdir()} == {name}


def test_who_reads_a_store_does_not_change_it(records: Path, tmp_path: Path) -> None:
    build([records], tmp_path / "output")
    before = _store_files(tmp_path / "output" / "store")
    assert statements(tmp_path / "output")
    assert _store_files(tmp_path / "output" / "store") == before


def test_other_settings_reuse_nothing(records: Path, tmp_path: Path) -> None:
    build([records], tmp_path / "output")
    other = Settings(base="https://data.example.org/")
    build([records], tmp_path / "output", other)
    build([records], tmp_path / "anew", other)
    assert contents(tmp_path / "output") == contents(tmp_path / "anew")


def change_statement(path: Path) -> None:
    """Put one statement in the place of another, so that their number stays."""
    store = pyoxigraph.Store(path)
    quad = next(iter(store))
    store.remove(quad)
    store.add(pyoxigraph.Quad(quad.subject, quad.predicate, pyoxigraph.Literal("forged")))


def edit_title(source: Path, chance: random.Random) -> str:
    projects = read(source / "projects.csv")
    project = chance.choice([row for row in projects if row["title"]])
    project["title"] += "!"
    write(source / "projects.csv", projects)
    return project["project_id"]


def remove(source: Path, chance: random.Random) -> None:
    projects = read(source / "projects.csv")
    del projects[chance.randrange(len(projects))]
    write(source / "projects.csv", projects)


def add(source: Path, chance: random.Random) -> None:
    projects, partners = read(source / "projects.csv"), read(source / "partners.csv")
    model = chance.choice(projects)
    key = f"New{chance.randrange(10**6)}"
    mine = [row for row in partners if row["project_id"] == model["project_id"]]
    projects.insert(chance.randrange(len(projects)), model | {"project_id": key})
    partners += [
        row | {"project_id": key, "partner_id": f"{key}-{n}"} for n, row in enumerate(mine)
    ]
    write(source / "projects.csv", projects)
    write(source / "partners.csv", partners)


def repeat(source: Path, chance: random.Random) -> None:
    projects = read(source / "projects.csv")
    projects.append(chance.choice(projects))
    write(source / "projects.csv", projects)


def shuffle(source: Path, chance: random.Random) -> None:
    projects = read(source / "projects.csv")
    chance.shuffle(projects)
    write(source / "projects.csv", projects)


def edit_partner(source: Path, chance: random.Random) -> None:
    partners = read(source / "partners.csv")
    row = chance.choice(partners)
    column, value = chance.choice(
        [("name", "Anew"), ("name", row["name"].upper()), ("town", ""), ("role", "LP"),
         ("country", "CH"), ("postcode", "1"), ("name", "")]
    )  # fmt: skip
    row[column] = value
    write(source / "partners.csv", partners)


def edit_shared(source: Path, chance: random.Random) -> None:
    """Give a project a programme number, right or wrong, which all of its programme share."""
    projects = read(source / "projects.csv")
    for row in projects:
        row.setdefault("cci", "")
    chance.choice(projects)["cci"] = chance.choice(["2014TC16RFCB001", "wrong", ""])
    write(source / "projects.csv", projects)


def nothing(source: Path, chance: random.Random) -> None:
    pass


EDITS: tuple[Callable[[Path, random.Random], object], ...] = (
    edit_title, remove, add, repeat, shuffle, edit_partner, edit_shared, nothing,
)  # fmt: skip


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def statements(folder: Path) -> set[str]:
    store = pyoxigraph.Store.read_only(str(folder / "store"))
    return {f"{quad.triple} ." for quad in store}
