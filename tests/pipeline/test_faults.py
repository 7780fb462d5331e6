"""Whatever goes wrong, there are the old outputs or the new ones, and the next build succeeds."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from kg import store
from kg.pipeline import BuildResult, build, folder, make_tools, run
from kg.pipeline.folder import new_folder
from kg.pipeline.upkeep import reload_store
from kg.problems import InputError, OutputError
from kg.settings import Settings
from kg.validation import Result
from kg.validation.engines import _engine_errors

ATTEMPTS = 30
"""Kills, and other faults, that one test tries."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs signals and limits")


def test_two_builds_cannot_write_into_one_folder(tmp_path: Path) -> None:
    with (
        new_folder(tmp_path / "output"),
        pytest.raises(OutputError, match=r"output: Another build is writing .* choose another"),
        new_folder(tmp_path / "output"),
    ):
        pass
    with new_folder(tmp_path / "output"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_what_a_killed_build_left_behind_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".output-new-abcd1234" / "store").mkdir(parents=True)
    (tmp_path / ".output.lock").touch()
    (tmp_path / ".output-newer").mkdir()
    with new_folder(tmp_path / "output") as folder:
        (folder / "graph.nt").touch()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".output-newer", "output"]


def test_a_folder_that_was_set_aside_is_given_back(tmp_path: Path) -> None:
    aside = tmp_path / ".output-new-abcd1234-old"
    aside.mkdir()
    (aside / "graph.nt").touch()
    with pytest.raises(ZeroDivisionError), new_folder(tmp_path / "output"):
        raise ZeroDivisionError
    assert (tmp_path / "output" / "graph.nt").exists()


def test_a_folder_of_a_longer_name_is_left_alone(tmp_path: Path) -> None:
    with new_folder(tmp_path / "data-new-2024") as longer, new_folder(tmp_path / "data"):
        assert longer.is_dir()
    assert (tmp_path / "data-new-2024").is_dir()


def test_a_store_is_not_renewed_while_a_build_writes(examples: Path, tmp_path: Path) -> None:
    build([examples], tmp_path / "output")
    with new_folder(tmp_path / "output"), pytest.raises(OutputError, match="Another build"):
        reload_store(tmp_path / "output")


def test_a_folder_that_is_read_only_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_into(tmp_path / "output", "old")
    # permissions do not bind the superuser, who may run this
    monkeypatch.setattr(os, "access", lambda path, _: path != tmp_path / "output")
    with pytest.raises(OutputError, match=r"output: .* Check the permissions of the folder"):
        write_into(tmp_path / "output", "new")
    assert (tmp_path / "output" / "graph.nt").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_who_interrupts_once_all_is_in_place_comes_too_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(path: Path) -> None:
        if path == tmp_path:  # the last step: the names of both folders reach the disk
            raise KeyboardInterrupt

    write_into(tmp_path / "output", "old")
    monkeypatch.setattr(folder, "_flush_folder", interrupt)
    write_into(tmp_path / "output", "new")
    assert (tmp_path / "output" / "graph.nt").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_who_interrupts_when_a_folder_has_just_been_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make_and_interrupt(target: Path, kind: str) -> Path:
        folder_beside(target, kind)
        raise KeyboardInterrupt

    folder_beside = folder.folder_beside
    write_into(tmp_path / "output", "old")
    monkeypatch.setattr(folder, "folder_beside", make_and_interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_into(tmp_path / "output", "new")
    assert (tmp_path / "output" / "graph.nt").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_who_insists_on_an_interruption_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def insist(path: Path, *, ignore_errors: bool) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        shutil.rmtree(path, ignore_errors=ignore_errors)

    write_into(tmp_path / "output", "old")
    monkeypatch.setattr(folder, "shutil", SimpleNamespace(rmtree=insist))
    with pytest.raises(KeyboardInterrupt), new_folder(tmp_path / "output"):
        raise KeyboardInterrupt
    assert (tmp_path / "output" / "graph.nt").read_text() == "old"
    write_into(tmp_path / "output", "new")
    assert (tmp_path / "output" / "graph.nt").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


@pytest.mark.slow
@pytest.mark.parametrize("most", [20, 40, 80])
def test_too_few_files_may_be_open(examples: Path, tmp_path: Path, most: int) -> None:
    def set_limit() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

    status, told = finish(start(examples, tmp_path / "output", set_limit))
    assert status == 3
    assert "Allow more open files (ulimit -n). Earlier outputs are as they were." in told
    assert not (tmp_path / "output").exists()


def write_into(output: Path, text: str = "") -> None:
    with new_folder(output) as fresh:
        (fresh / "graph.nt").write_text(text)
        (fresh / "manifest.json").touch()


def test_somebodys_file_with_the_name_of_an_output_is_not_replaced(
    examples: Path, tmp_path: Path
) -> None:
    (tmp_path / "graph.ttl").write_text("# mine\n")
    with pytest.raises(OutputError, match=r"holds files and no manifest\.json, is no build, and"):
        build([examples], tmp_path)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["# mine\n"]


def test_notes_that_cannot_be_written_are_told_as_outputs(examples: Path, tmp_path: Path) -> None:
    def no_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    status, told = finish(start(examples, tmp_path / "output", no_files))
    assert status == 3
    assert f"{tmp_path / 'output'}: The outputs could not be written" in told
    assert "Check the disk and its limits" in told


def test_a_store_that_cannot_be_changed_is_closed_before_it_is_removed(
    example_build: BuildResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> Iterator[bytes]:
        raise OSError("full")
        yield b""

    def remove(path: Path, *, ignore_errors: bool) -> None:
        store.check_unlocked(path)
        shutil.rmtree(path, ignore_errors=ignore_errors)

    old, new = example_build.output / "store", tmp_path / "store"
    monkeypatch.setattr(store, "shutil", SimpleNamespace(copy2=shutil.copy2, rmtree=remove))
    assert not store.update_store(old, new, [], fail(), 0)
    assert not new.exists()


class PanicException(BaseException):
    """What an engine in Rust raises where it gives up has this name, and is no Exception."""


@pytest.mark.parametrize("trouble", [InputError, PanicException])
def test_a_record_that_fails_takes_no_other_along(
    trouble: type[BaseException],
    examples: Path,
    example_build: BuildResult,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tools = make_tools(Settings())

    def validate(lines: Iterable[str]) -> list[Result]:
        lines = list(lines)
        with _engine_errors("The triples cannot be validated"):
            if any(line.startswith(f"<{tools.base}project/Alpen013>") for line in lines):
                raise trouble("engine trouble")
        return tools.validate(lines)

    broken = msgspec.structs.replace(tools, validate=validate)
    monkeypatch.setattr(run, "make_tools", lambda _: broken)
    result = build([examples], tmp_path / "output")
    failed = [problem for problem in result.problems() if problem.code == "processing-failed"]
    assert [problem.record for problem in failed] == ["Alpen013"]
    assert "engine trouble" in failed[0].message
    assert result.manifest.projects == example_build.manifest.projects - 1
    assert '"Alpen013"' in (tmp_path / "output" / "rejects.jsonl").read_text(encoding="utf-8")


def test_output_that_cannot_be_written_names_path_and_remedy(examples: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("needs a folder that nobody can write into")
    status, told = finish(start(examples, Path("/proc/output")))
    assert status == 3
    assert "/proc/output: The outputs could not be written" in told
    assert "Choose another output." in told


@pytest.mark.slow
def test_killed_at_any_moment(examples: Path, tmp_path: Path) -> None:
    before, after, seconds = two_states(examples, tmp_path)
    chance = random.Random(5)
    for _ in range(ATTEMPTS):
        process = start(tmp_path / "changed", tmp_path / "output")
        time.sleep(chance.uniform(0, 1.1 * seconds))
        process.kill()
        process.communicate()
        assert state(tmp_path / "output") in (before, after)
    status, told = finish(start(tmp_path / "changed", tmp_path / "output"))
    assert status in (0, 1), told
    assert state(tmp_path / "output") == after
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".output")]


@pytest.mark.slow
def test_interrupted_at_any_moment(examples: Path, tmp_path: Path) -> None:
    before, after, seconds = two_states(examples, tmp_path)
    chance = random.Random(6)
    for _ in range(ATTEMPTS):
        process = start(tmp_path / "changed", tmp_path / "output")
        # an interpreter that is not yet in kg dies of the signal itself
        time.sleep(chance.uniform(0, 1.1 * seconds))
        process.send_signal(signal.SIGINT)
        asked = time.monotonic()
        process.communicate()
        # two seconds, and room for a busy machine
        assert time.monotonic() - asked < 6
        assert state(tmp_path / "output") in (before, after)
        if process.returncode == 130:
            assert state(tmp_path / "output") == before
            break_even = [p for p in tmp_path.iterdir() if p.name == ".output.lock"]
            assert not break_even
        restore(tmp_path)
    status, _ = finish(start(tmp_path / "changed", tmp_path / "output"))
    assert status in (0, 1)
    assert state(tmp_path / "output") == after


@pytest.mark.slow
def test_asked_to_end(examples: Path, tmp_path: Path) -> None:
    process = start(examples, tmp_path / "output")
    while not (list(tmp_path.glob(".output-new-*")) or process.poll() is not None):
        time.sleep(0.001)
    process.terminate()
    status, told = finish(process)
    assert status in (0, 130), told
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".output")]


@pytest.mark.slow
@pytest.mark.parametrize("limit", ["RLIMIT_FSIZE", "RLIMIT_AS"])
def test_room_or_memory_that_is_too_small(examples: Path, tmp_path: Path, limit: str) -> None:
    before, after, _ = two_states(examples, tmp_path)
    chance = random.Random(7)
    highest = 2_000_000 if limit == "RLIMIT_FSIZE" else 2_500_000_000
    failed = 0
    for _ in range(ATTEMPTS):
        number = getattr(resource, limit)
        size = chance.randrange(1000, highest)

        def set_limit(number: int = number, size: int = size) -> None:
            resource.setrlimit(number, (size, size))

        status, told = finish(start(tmp_path / "changed", tmp_path / "output", set_limit))
        assert state(tmp_path / "output") in (before, after)
        failed += status not in (0, 1)
        if status in (0, 1):
            assert state(tmp_path / "output") == after
            restore(tmp_path)
        elif limit == "RLIMIT_FSIZE":
            assert status == 3
            place = f"{tmp_path / 'output'}: The outputs could not be written"
            assert place in told or "Temporary" in told
            assert "Earlier outputs are as they were" in told
        elif size > 400_000_000:  # with less Python itself does not begin
            assert status == 3
            assert f"{tmp_path / 'output'}: A process may have" in told
    assert failed
    status, told = finish(start(tmp_path / "changed", tmp_path / "output"))
    assert status in (0, 1), told
    assert state(tmp_path / "output") == after


def two_states(examples: Path, folder: Path) -> tuple[str, str, float]:
    """Build one example and then more of them; return both states of the output, and the time.

    The folder ``output`` is in the first state.
    """
    shutil.copytree(examples, folder / "changed")
    begin = time.monotonic()
    build([folder / "changed"], folder / "output")
    after = state(folder / "output")
    shutil.rmtree(folder / "output")
    status, _ = finish(start(folder / "changed", folder / "output"))
    assert status in (0, 1)
    seconds = time.monotonic() - begin
    shutil.rmtree(folder / "output")
    build([examples / "alpen013.txt"], folder / "output")
    shutil.copytree(folder / "output", folder / "kept")
    return state(folder / "output"), after, seconds / 2


def restore(folder: Path) -> None:
    shutil.rmtree(folder / "output")
    shutil.copytree(folder / "kept", folder / "output")


def state(folder: Path) -> str:
    """Return a hash of the files of an output; its store is only looked for."""
    sums = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        sums.update(path.name.encode())
        if path.is_file():
            sums.update(path.read_bytes())
    return sums.hexdigest()


def start(
    source: Path, output: Path, limit: Callable[[], None] | None = None
) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "kg", "build", str(source), "--output", str(output), "-q"]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=limit,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, told = process.communicate()
    return process.returncode, told
