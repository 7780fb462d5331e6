"""Where a source lists only some partners, rules that presume all of them only inform."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pyoxigraph

from kg.pipeline import make_tools
from kg.pipeline.batch import Settled, process
from kg.pipeline.conformance import validate_triples
from kg.problems import Level
from kg.records import Project, Role
from kg.settings import read_settings
from kg.vocabulary import INTERREG, XSD

from ..full_record import full_project

BASE_RECORD = Path(__file__).parents[1] / "shapes" / "base.ttl"
PROJECT = "<https://w3id.org/interreg-kg/project/Alpen900>"


def without_lead(*, has_all_partners: bool) -> Project:
    project = full_project()
    partners = tuple(msgspec.structs.replace(p, role=Role.PARTNER) for p in project.partners)
    return msgspec.structs.replace(project, partners=partners, has_all_partners=has_all_partners)


def settle(project: Project) -> Settled:
    (settled,) = process([project], make_tools(read_settings([], {})))
    return settled


def test_a_partial_list_without_lead_is_published_with_a_note() -> None:
    settled = settle(without_lead(has_all_partners=False))
    levels = {problem.code: problem.level for problem in settled.problems}
    assert levels["lead-count"] is Level.NOTE
    assert not settled.held
    severities = {result.code: result.severity for result in settled.results}
    assert severities["lead-count"] == "Info"


def test_a_complete_list_without_lead_is_held_back() -> None:
    settled = settle(without_lead(has_all_partners=True))
    assert settled.held
    assert {r.severity for r in settled.results if r.code == "lead-count"} == {"Violation"}


def test_a_partial_list_without_any_partner_is_published() -> None:
    project = msgspec.structs.replace(full_project(), partners=())
    settled = settle(project)
    assert not settled.held
    assert "project-participation" in {result.code for result in settled.results}


def test_other_rules_keep_their_level() -> None:
    project = msgspec.structs.replace(without_lead(has_all_partners=False), title=None)
    project = msgspec.structs.replace(project, title_english=None)
    assert settle(project).held


def test_a_graph_says_itself_which_lists_are_partial() -> None:
    quads = pyoxigraph.parse(path=BASE_RECORD, format=pyoxigraph.RdfFormat.TURTLE)
    role = f"<{INTERREG.iri}LeadPartner>"
    lines = [line for quad in quads if role not in (line := f"{quad.triple} .")]
    complete = validate_triples(lines)
    partial = validate_triples(
        [*lines, f'{PROJECT} <{INTERREG.hasAllPartners}> "false"^^<{XSD.boolean}> .']
    )
    assert severity(complete.results) == "Violation"
    assert severity(partial.results) == "Info"


def severity(results: list[object]) -> str:
    (found,) = {r.severity for r in results if r.code == "lead-count"}  # type: ignore[attr-defined]
    return str(found)


def test_a_result_names_the_field_that_holds_its_value() -> None:
    project = msgspec.structs.replace(full_project(), cci="Alpine Space")
    partner = msgspec.structs.replace(
        project.partners[0], partner_ipa=-project.partners[0].partner_eni
    )
    project = msgspec.structs.replace(project, partners=(partner, *project.partners[1:]))
    fields = {problem.code: problem.field for problem in settle(project).problems}
    assert fields["cci-form"] == "cci"
    assert fields["partner-amount-negative"] == "partner_ipa"
