"""The standard streams: full, closed, of another encoding, and read only in part."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
KG = shlex.join([sys.executable, "-m", "kg"])

needs_full = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="needs /dev/full, a device that is always full"
)


def shell(line: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in which `kg` is that of this checkout."""
    return subprocess.run(
        ["bash", "-c", f'kg() {{ {KG} "$@"; }}\n{line}'],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        encoding="utf-8",
    )


PRINTING = [
    "--help",
    "build --help",
    'build "$EXAMPLES" -o output',
    'build "$EXAMPLES" -o output --json',
    "query --list",
    'query lead-partners-by-country --on "$BUILD"',
    "problems",
    "sources",
    'explain Alpen013 "$EXAMPLES" --on "$BUILD"',
    'validate "$BUILD"',
    'diff "$BUILD" "$BUILD"',
    "mapping --rml",
    'store dump "$BUILD"',
]
"""Commands that print something. The dump is not: what is small waits until the program ends."""


@pytest.mark.slow
@needs_full
@pytest.mark.parametrize("command", PRINTING)
def test_an_output_that_is_full(
    command: str, tmp_path: Path, examples: Path, example_build_folder: Path
) -> None:
    places = {"EXAMPLES": str(examples), "BUILD": str(example_build_folder)}
    result = shell(f"kg {command} >/dev/full", tmp_path, **places)
    assert result.returncode == 3
    told = "Error: standard output: The output could not be written: No space left on device."
    assert result.stderr.startswith(told)
    assert result.stderr.count("\n") == 1
    assert "Earlier outputs" not in result.stderr


@needs_full
def test_a_build_is_there_though_its_summary_could_not_be_printed(
    tmp_path: Path, examples: Path
) -> None:
    result = shell(f"kg build '{examples}/alpen013.txt' >/dev/full", tmp_path)
    assert result.returncode == 3
    assert "The build is in output, and whole." in result.stderr
    assert json.loads((tmp_path / "output" / "manifest.json").read_bytes())["projects"] == 1


@needs_full
def test_a_full_disk_is_no_fault_of_the_store(tmp_path: Path, example_build_folder: Path) -> None:
    result = shell(f"kg store dump '{example_build_folder}' -o /dev/full", tmp_path)
    assert result.returncode == 3
    told = "Error: /dev/full: The file could not be written: No space left on device."
    assert result.stderr.startswith(told)


@pytest.mark.parametrize("command", ["--help", "problems", 'store dump "$BUILD"'])
def test_an_output_that_is_closed(command: str, tmp_path: Path, example_build_folder: Path) -> None:
    result = shell(f"kg {command} >&-", tmp_path, BUILD=str(example_build_folder))
    assert result.returncode == 3
    assert "standard output: The output could not be written: it is closed." in result.stderr


def test_nothing_to_print_needs_no_output(tmp_path: Path, example_build_folder: Path) -> None:
    result = shell(f"kg validate '{example_build_folder}' --quiet >&-", tmp_path)
    assert (result.returncode, result.stderr) == (0, "")


def test_the_streams_may_all_be_closed(tmp_path: Path) -> None:
    """No file that is opened takes their place, and what cannot be told is lost."""
    assert shell("kg problems <&- >&- 2>&-", tmp_path).returncode == 3
    assert shell("kg build - <&- >&- 2>&-", tmp_path).returncode == 2
    closed = shell("kg build - <&-", tmp_path)
    assert "stdin: file: The file is empty. [empty-input]" in closed.stderr


@needs_full
def test_the_exit_status_tells_where_messages_cannot(tmp_path: Path) -> None:
    for command in ("kg build nowhere", "kg build nowhere 2>/dev/full", "kg build nowhere 2>&-"):
        assert shell(command, tmp_path).returncode == 2


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1"])
def test_results_are_utf_8_in_any_locale(tmp_path: Path, encoding: str) -> None:
    result = shell("kg sources", tmp_path, PYTHONIOENCODING=encoding)
    assert (result.returncode, result.stderr) == (0, "")
    assert "────" in result.stdout
    assert result.stdout == shell("kg sources", tmp_path, PYTHONIOENCODING="utf-8").stdout


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_who_reads_a_part_has_had_enough(
    tmp_path: Path, example_build_folder: Path, unbuffered: str
) -> None:
    """Exit status 1 would say that the graph does not conform."""
    problem = " ".join(f"<https://example.org/{n}> a interreg:Project ." for n in range(2000))
    prefix = "@prefix interreg: <https://w3id.org/interreg-kg/ontology#> ."
    (tmp_path / "bad.ttl").write_text(f"{prefix}\n{problem}", encoding="utf-8")
    build = example_build_folder
    for command in (f"store dump '{build}'", "validate bad.ttl", f"validate '{build}' 2>&1"):
        line = f'kg {command} | head -1; echo "${{PIPESTATUS[0]}}"'
        result = shell(line, tmp_path, PYTHONUNBUFFERED=unbuffered)
        first, status = result.stdout.splitlines()
        assert first
        assert status == "0"
        assert "Error" not in result.stderr
