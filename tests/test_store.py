"""``kg store``: the embedded store verified, damaged, in use, and made anew."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest

from kg.built import read_build
from kg.fingerprint import Fingerprint

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(example_build_folder: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "output"
    shutil.copytree(example_build_folder, copy)
    return copy


def kg(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "store", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True)


def test_a_store_is_verified_and_optimised(folder: Path) -> None:
    for action in ("verify", "optimise", "verify"):
        done = kg(action, folder)
        assert done.returncode == 0, done.stderr
    assert "the same as in graph.nt" in done.stdout


@pytest.mark.parametrize("format_name", ["nt", "ttl"])
def test_a_dump_is_the_graph(folder: Path, tmp_path: Path, format_name: str) -> None:
    dump = kg("dump", folder, "--format", format_name)
    assert dump.returncode == 0
    written = tmp_path / "dump"
    assert kg("dump", folder, "--format", format_name, "-o", written).stdout == ""
    assert sorted(written.read_text(encoding="utf-8")) == sorted(dump.stdout)
    kind = pyoxigraph.RdfFormat.from_extension(format_name)
    lines = (f"{quad.triple} ." for quad in pyoxigraph.parse(dump.stdout, format=kind))
    assert Fingerprint(lines).same(read_build(folder).fingerprint())


def test_a_statement_too_few_is_found_and_put_right(folder: Path) -> None:
    store = pyoxigraph.Store(folder / "store")
    store.remove(next(iter(store)))
    store.add(pyoxigraph.Quad(*(pyoxigraph.NamedNode(f"urn:{n}") for n in "abc")))
    store.flush()
    del store
    done = kg("verify", folder)
    assert done.returncode == 3
    assert "not the same" in done.stderr
    assert f"kg store load {folder}" in done.stderr
    assert kg("load", folder).returncode == 0
    assert kg("verify", folder).returncode == 0
    assert [path.name for path in folder.parent.iterdir()] == ["output"], "nothing is left beside"


@pytest.mark.parametrize("damage", ["emptied", "cut", "flipped", "gone"])
def test_a_damaged_store_has_one_remedy(folder: Path, damage: str) -> None:
    store = folder / "store"
    if damage == "gone":
        shutil.rmtree(store)
    for path in store.glob("*") if damage != "gone" else ():
        if path.is_file() and path.name != "LOCK":
            data = path.read_bytes()
            flipped = bytes(byte ^ 255 for byte in data)
            damaged = {"emptied": b"", "cut": data[: len(data) // 2], "flipped": flipped}
            path.write_bytes(damaged[damage])
    for action in ("verify", "dump", "optimise"):
        done = kg(action, folder)
        assert done.returncode == 3, done.stdout
        assert f"`kg store load {folder}` makes it anew" in done.stderr
        assert "Traceback" not in done.stderr
    assert kg("load", folder).returncode == 0
    assert kg("verify", folder).returncode == 0


@pytest.mark.parametrize("action", ["load", "optimise"])
def test_a_store_in_use_is_left_alone(folder: Path, action: str) -> None:
    held = pyoxigraph.Store(folder / "store")
    done = kg(action, folder)
    assert done.returncode == 3
    assert "Another process is using the store" in done.stderr
    assert len(held) == read_build(folder).triples


def test_what_is_no_build(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name, told in (
        ("nowhere", "There is no such folder"),
        ("far/nowhere", "There is no such folder"),
        ("empty", "There is no manifest.json in the folder"),
    ):
        for action in ("verify", "load", "dump", "optimise"):
            done = kg(action, tmp_path / name)
            assert (done.returncode, done.stdout) == (2, "")
            assert told in done.stderr
            assert "dumps" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "output"]
    whole = (folder / "graph.nt").read_bytes()
    for more in (b"<urn:a> <urn:b> <urn:c> .\n", b"\xff\xfe"):
        (folder / "graph.nt").write_bytes(whole + more)
        for action in ("verify", "load"):
            done = kg(action, folder)
            assert done.returncode == 2
            assert "not the one that the manifest describes" in done.stderr


def test_a_folder_that_cannot_be_locked_is_told(folder: Path) -> None:
    folder.with_name(f".{folder.name}.lock").mkdir()  # stops the superuser too
    for action in ("load", "optimise"):
        done = kg(action, folder)
        assert done.returncode == 3
        assert "Is a directory" in done.stderr
        assert "bug" not in done.stderr


KEEP_FEW_OPEN = """
import resource, sys
from pathlib import Path
from kg.store import StoreWriter

path, limit, held = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_NOFILE, (limit, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
files = [open("/dev/null") for _ in range(held)]
with StoreWriter(path) as writer:
    writer.add(b"<urn:a> <urn:b> <urn:c> .\\n")
    while_loading = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
print(while_loading, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""


@pytest.mark.parametrize(
    ("limit", "held", "kept"),
    [(1024, 0, {48}), (256, 0, {48}), (100, 0, {48}), (1024, 200, set(range(200, 250)))],
)
def test_a_store_keeps_few_files_open_whatever_the_limit(
    tmp_path: Path, limit: int, held: int, kept: set[int]
) -> None:
    """It would keep all but 48 for the files of its data, their indexes in memory.

    A process that has many files open already can make a store all the same.
    """
    resource = pytest.importorskip("resource")
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    arguments = [str(tmp_path / "store"), str(limit), str(held)]
    done = subprocess.run(
        [sys.executable, "-c", KEEP_FEW_OPEN, *arguments], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    (options,) = (tmp_path / "store").glob("OPTIONS-*[0-9]")
    (found,) = re.findall(r"max_open_files=(\d+)\n", options.read_text())
    assert int(found) in kept
    assert done.stdout.split() == [str(min(1024, most)), str(limit)]


INTERRUPT = """
import os, signal, sys, threading, time
from pathlib import Path
from kg.store import StoreWriter

class Slow(StoreWriter):
    def _finish(self):
        threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
        time.sleep(600)

try:
    with Slow(Path(sys.argv[1])) as writer:
        writer.add(b"<urn:a> <urn:b> <urn:c> .\\n")
except KeyboardInterrupt:
    print("heard", flush=True)
    os._exit(0)
"""


def test_who_interrupts_while_files_are_put_in_order_is_heard(tmp_path: Path) -> None:
    command = [sys.executable, "-c", INTERRUPT, str(tmp_path / "store")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.stdout == "heard\n", done.stderr
