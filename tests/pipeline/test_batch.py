"""What becomes of a project does not depend on which others are validated with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.pipeline import build, make_tools, process
from kg.pipeline.batch import Settled
from kg.records import Project
from kg.settings import Settings, read_settings
from kg.sources import examine_inputs, read_input

PROJECTS = """project_id,programme,title,cci,location_nuts
P1,Alpenraum,One,2014TC16RFTN001,
P2,Alpenraum,Two,wrong,
P3,Donauraum,Three,,SI032 Podravska
P4,Alpenraum,Four,,??9 Nowhere
"""
PARTNERS = """project_id,partner_id,role,name,country
P1,P1-1,LP,First,DE
P1,P1-2,PP,Second,AT
P2,P1-1,LP,First,DE
P2,P2-2,PP,Third,IT
P3,P3-1,LP,first,DE
P3,P1-2,PP,Second,AT
P4,P4-1,LP,Fourth,SI
P4,P4-2,PP,SECOND,AT
"""


@pytest.fixture
def projects(tmp_path: Path) -> list[Project]:
    (tmp_path / "projects.csv").write_text(PROJECTS)
    (tmp_path / "partners.csv").write_text(PARTNERS)
    inputs = examine_inputs([tmp_path])
    readings = [reading for item in inputs.items for reading in read_input(item)]
    return [reading.project for reading in readings if reading.project is not None]


def told(settled: Settled) -> tuple[object, ...]:
    problems = [(p.code, p.place, p.field, p.value) for p in settled.problems]
    return settled.project.project_id, settled.lines, settled.results, problems, settled.held


def test_a_project_is_judged_alike_alone_and_with_others(projects: list[Project]) -> None:
    tools = make_tools(read_settings([], {}))
    alone = [told(process([project], tools)[0]) for project in projects]
    assert [told(each) for each in process(projects, tools)] == alone
    backwards = process(projects[::-1], tools)[::-1]
    assert [told(each) for each in backwards] == alone


def test_a_wrong_code_is_told_of_the_project_that_states_it(projects: list[Project]) -> None:
    settled = process(projects, make_tools(read_settings([], {})))
    codes = {s.project.project_id: {p.code for p in s.problems} for s in settled}
    assert [name for name, found in codes.items() if "cci-form" in found] == ["P2"]


def test_a_partner_with_the_id_of_another_project_is_held_back_alone(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "projects.csv").write_text(PROJECTS)
    (source / "partners.csv").write_text(PARTNERS)
    result = build([source], tmp_path / "output", Settings())
    held = {p.record: p.code for p in result.problems() if p.level.word == "record"}
    assert held == {"P2": "lead-count"}
    foreign = [p.value or p.message for p in result.problems() if p.code == "partner-foreign"]
    assert foreign == ["P1-1 is no partner of P2.", "P1-2 is no partner of P3."]
