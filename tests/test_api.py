"""The Python interface: what it refuses, as the command does."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.problems import InputError


def test_without_files_there_is_nothing_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is nothing to build"):
        kg.build_graph([], tmp_path / "output")
    with pytest.raises(InputError, match="There is nothing to validate"):
        kg.validate_graph([])
    assert not list(tmp_path.iterdir())


def test_an_empty_path_is_not_the_current_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="The path is empty"):
        kg.build_graph("", tmp_path / "output")
    with pytest.raises(InputError, match="The path is empty"):
        kg.validate_graph(["output", ""])
