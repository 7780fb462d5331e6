"""Records of every layout, good and damaged: each folder of ``tests/cases/LAYOUT`` is one case.

``input.*`` is the file, or ``input`` the folder, ``profile.toml`` the source profile where the
layout is none that comes with the package; ``expected.toml`` says what it is about and what
must come of it. A problem is written as its code and its line, in a table with the column, in JSON
with the pointer.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kg.pipeline import build
from kg.problems import Problem, Refused
from kg.settings import Settings

CASES = sorted(
    path.parent for path in (Path(__file__).parents[1] / "cases").glob("*/*/expected.toml")
)


def short(problem: Problem, layout: str) -> str:
    place = problem.place
    where = place.pointer if place.pointer is not None else place.line
    if place.column is not None and layout != "text":
        where = f"{where}:{place.column}"
    return problem.code if where is None else f"{problem.code} {where}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_case(case: Path, tmp_path: Path) -> None:
    expected = tomllib.loads((case / "expected.toml").read_text(encoding="utf-8"))
    settings = Settings(profiles=tuple(map(str, case.glob("profile.toml"))))
    if expected["status"] == 2:
        with pytest.raises(Refused) as refused:
            build(list(case.glob("input*")), tmp_path / "output", settings, workers=1)
        assert [short(p, case.parent.name) for p in refused.value.problems] == expected["problems"]
        assert not (tmp_path / "output").exists()
        return
    result = build(list(case.glob("input*")), tmp_path / "output", settings, workers=1)
    assert [short(p, case.parent.name) for p in result.problems()] == expected["problems"]
    assert result.exit_status == expected["status"]
    assert result.manifest.projects == expected["projects"]
    assert result.manifest.participations == expected["participations"]
