"""The commands of docs/bulk-load.md, as they stand there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.built import Build

from .conftest import connect
from .servers import PASSWORD, Served
from .test_stores import content


def commands(root: Path, section: str) -> str:
    page = (root / "docs" / "bulk-load.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {section}\n.*?^```sh\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert found, section
    return found[1]


def run(script: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "PASSWORD": PASSWORD}
    done = subprocess.run(
        ["bash", "-ec", script], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_oxigraph(root: Path, tmp_path: Path, new: Build) -> None:
    shutil.copytree(new.graph.parent, tmp_path / "output")
    assert str(new.triples) in run(commands(root, "Oxigraph"), tmp_path)


@pytest.mark.stores
def test_virtuoso(root: Path, virtuoso_server: Served, new: Build) -> None:
    shutil.copytree(new.graph.parent, virtuoso_server.folder / "output")
    script = commands(root, "Virtuoso").replace(":1111", f":{virtuoso_server.sql_port}")
    assert str(new.triples) in run(script, virtuoso_server.folder)
    assert content(connect(virtuoso_server.url), new.dataset) == new.fingerprint().digest
