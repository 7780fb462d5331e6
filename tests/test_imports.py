"""What takes long to import is imported only where it is used."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "jinja2",
    "pyoxigraph",
    "pyshacl",
    "pyspark",
    "python_calamine",
    "rdflib",
    "requests",
    "shacl",
}
BUILD = {"jinja2", "pyoxigraph", "shacl"}


@pytest.mark.parametrize(
    ("arguments", "used"),
    [
        (["--help"], set()),
        (["build", "--help"], set()),
        (["query", "--help"], set()),
        (["mapping"], set()),
        (["mapping", "--rml"], set()),
        (["query", "--list"], set()),
        (["query", "lead-partners-by-country", "--on", "output"], {"pyoxigraph"}),
        (["validate", "output/graph.ttl"], {"pyoxigraph", "shacl"}),
        (["build", "examples", "--quiet"], BUILD),
    ],
)
def test_a_command_imports_what_it_uses(
    arguments: list[str], used: set[str], root: Path, tmp_path: Path
) -> None:
    if arguments[0] == "build" and "--help" not in arguments:
        arguments = [*arguments, "--output", str(tmp_path / "output")]
    assert imported(f"from kg import cli; cli.run({arguments!r})", root) <= used


def test_the_package_alone_imports_nothing_heavy(root: Path) -> None:
    assert imported("import kg", root) == set()


def test_help_does_without_records_and_decimals(root: Path) -> None:
    loaded = imported("from kg import cli; cli.run(['--help'])", root, {"msgspec", "decimal"})
    assert loaded == set()


def imported(code: str, root: Path, names: set[str] = HEAVY) -> set[str]:
    """Return which of these modules are loaded after some code has run."""
    ending = f"import json, sys; sys.stderr.write(json.dumps(sorted({names!r} & set(sys.modules))))"
    run = subprocess.run(
        [sys.executable, "-c", f"{code}; {ending}"], cwd=root, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    return set(json.loads(run.stderr.splitlines()[-1][run.stderr.splitlines()[-1].index("[") :]))
