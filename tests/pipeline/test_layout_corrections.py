"""A correction puts a value right in a layout of any kind, and an explanation says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.explain import explain
from kg.pipeline import BuildResult, build
from kg.settings import Settings
from tests.pipeline.feedback import codes, graph
from tests.pipeline.test_layout_properties import CLEAN, LAYOUTS, Record

RIGHT = Record(
    "X9", "Prog", "Nine", "2021-04-01", [["Town of C", "AT", "7.25"], ["Town of D", "IT", "8.25"]]
)
WRONG = RIGHT._replace(
    start="2021-04-02", partners=[RIGHT.partners[0], ["Town of D", "Auenland", "9.25"]]
)


def make(folder: Path, layout: str, name: str, *records: Record, **given: str) -> BuildResult:
    """Build records; the result is in a folder beside them."""
    write, profile = LAYOUTS[layout]
    path = folder / "profile.toml"
    path.write_text(profile, encoding="utf-8")
    source = folder / name / "in"
    source.mkdir(parents=True)
    for file, content in write(records).items():
        (source / file).write_bytes(content)
    settings = Settings(profiles=(str(path),), **given)  # type: ignore[arg-type]
    return build([source], folder / f"{name}-output", settings, workers=1)


def find(pattern: str, lines: list[str]) -> str:
    return next(match[1] for line in lines if (match := re.search(pattern, line)))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_corrections_of_a_layout(
    layout: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    right = graph(make(tmp_path, layout, "right", *CLEAN, RIGHT))
    project = find(r"/project/((?:X9|prog-nine-\w+))>", right)
    partner = find(rf"/participation/({project}-town-of-d-\w+)>", right)
    corrections = tmp_path / "corrections.csv"
    corrections.write_text(
        "source,record,field,stated,right,reason,by\n"
        f"*,{project},start_date,2021-04-02,2021-04-01,one day late,Me\n"
        f"*,{partner},country,Auenland,IT,no country,Me\n"
        f"*,{partner},partner_budget,9.25,8.25,misread,Me\n"
        f"*,{project},title,Ten,Nine,stale,Me\n"
        "*,X10,title,Ten,Nine,unused,Me\n",
        encoding="utf-8",
    )
    result = make(tmp_path, layout, "wrong", *CLEAN, WRONG, corrections=str(corrections))
    found = graph(result)
    assert set(right) <= set(found)
    assert sum(line.endswith("#Correction> .") for line in found) == 3
    assert [code for code in codes(result) if code.startswith("correction")] == [
        "correction-stale",
        "correction-unused",
    ]
    assert "country-unknown" not in codes(result)
    rules = {}
    for resource in (f"project/{project}", f"participation/{partner}"):
        for statement in explain(resource, result.output, [tmp_path]).statements:
            rules[statement.predicate.rpartition("#")[2]] = statement
    assert rules["startDate"].rule.startswith("corrected: ‹2021-04-02› → ‹2021-04-01›")
    assert [cell.raw for cell in rules["partnerBudget"].cells] == ["9.25"]
    # who stops reading early leaves nothing behind that fails later
    assert capfd.readouterr().err == ""
