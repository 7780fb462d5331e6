"""Columns → fields: which field each column of a table is given, and each field one column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.sources.fields import PARTNER_FIELDS
from kg.sources.inspection.candidates import SURE, WEAK, Candidate, candidates_of
from kg.sources.inspection.facts import ColumnFacts
from kg.sources.inspection.partner_columns import Lists, Numbered
from kg.sources.inspection.rows import RowNature

__all__ = ["Scene", "Target", "assign"]

VARIES = 0.02
"""The share of projects in whose rows a column differs that is not the project's."""
WEAKER = 0.92
"""What a column loses that is only taken for the lead partner's as it stands beside its name."""

PARTNERS_OWN = {"countries", "town", "postcode", "street", "address", "region", "nuts", "nuts1",
                "nuts2", "nuts3", "role", "organisation_type", "ownership", "department",
                "organisation_id",
                "federal_state", "latitude", "longitude", "point"}  # fmt: skip
"""Meanings that are a partner's where nothing says whose they are, and there is a partner."""


class Target(NamedTuple):
    """Where a column may go: which set of columns (``project`` or a block), and the field."""

    place: str
    field: str
    score: float
    candidate: Candidate


class Scene(NamedTuple):
    """What is known of a table when fields are given to its columns."""

    nature: RowNature
    lists: Lists | None
    numbered: Numbered | None
    has_lead: bool
    lead_is_listed: bool
    is_joined: str | None


def assign(
    guesses: Mapping[int, Sequence[Candidate]],
    scene: Scene,
    taken: set[int],
    listed: set[int],
) -> dict[int | str, Target]:
    """Give each column the field that it most likely states, and each field one column."""
    offers: list[tuple[float, int, int | str, Target]] = []
    for position, candidates in guesses.items():
        if position in taken:
            continue
        for rank, candidate in enumerate(candidates):
            targets = _targets(candidate, position, scene, is_listed=position in listed)
            for target in targets:
                if target.score >= WEAK:
                    offers.append(
                        (-round(target.score - rank * 0.001, 4), position, position, target)
                    )
    if scene.numbered:
        for header, columns in scene.numbered.groups.items():
            for candidate in _numbered_candidates(columns):
                field = candidate.partner or (
                    candidate.project if candidate.meaning == "title" else None
                )
                if candidate.meaning in ("title", "project_id") and field is None:
                    continue
                if field and field in PARTNER_FIELDS:
                    target = Target("numbered", field, candidate.score, candidate)
                    offers.append((-round(candidate.score, 4), columns[0].position, header, target))
    chosen: dict[int | str, Target] = {}
    used: set[tuple[str, str]] = set()
    for negative, _, column, target in sorted(offers, key=lambda o: (o[0], o[1])):
        slot = (target.place, target.field)
        if -negative < SURE or column in chosen or slot in used:
            continue
        if any(o[2] == column and o[3].score > target.score + 0.3 for o in offers):
            continue  # its own meaning is taken; what is left is not worth a guess
        chosen[column] = target
        used.add(slot)
    return chosen


def _numbered_candidates(columns: Sequence[ColumnFacts]) -> list[Candidate]:
    fullest = max(columns, key=lambda c: c.filled)
    return candidates_of(fullest)


def _targets(
    candidate: Candidate, position: int, scene: Scene, *, is_listed: bool
) -> Iterator[Target]:
    """Yield where a column with a meaning can go."""
    project, partner, score = candidate.project, candidate.partner, candidate.score
    if is_listed:
        if partner in PARTNER_FIELDS and partner != "project_id":
            yield Target("list", str(partner), score, candidate)
        return
    if scene.nature.is_partners:
        yield from _targets_of_partner_rows(candidate, position, scene)
        return
    if candidate.scope == "partner":
        if not scene.has_lead:
            if project and candidate.meaning in ("countries",):
                yield Target("project", project, score * WEAKER, candidate)
            return
        own = scene.lists is None and scene.numbered is None and scene.is_joined is None
        if own or (candidate.is_lead and not scene.lead_is_listed and scene.is_joined is None):
            if partner:
                yield Target("lead", partner, score, candidate)
        elif candidate.meaning in ("name", "organisation"):
            yield Target("project", "lead_partner", score, candidate)
        elif candidate.meaning == "countries":
            yield Target("project", "lead_country", score, candidate)
        elif partner and scene.is_joined is None and not scene.lead_is_listed:
            yield Target("lead", partner, score, candidate)
        return
    has_block = scene.has_lead and not scene.lead_is_listed and scene.is_joined is None
    is_beside = candidate.meaning in PARTNERS_OWN and candidate.scope == "open"
    if has_block and is_beside and partner and not (project and _is_list_of_countries(candidate)):
        yield Target("lead", partner, score * WEAKER, candidate)
    if candidate.scope == "open" and candidate.meaning == "url" and project:
        yield Target("project", project, score, candidate)
    elif project:
        lessen = WEAKER * WEAKER if has_block and is_beside else 1.0
        yield Target("project", project, score * lessen, candidate)
    elif has_block and partner:
        yield Target("lead", partner, score * WEAKER * WEAKER, candidate)


def _is_list_of_countries(candidate: Candidate) -> bool:
    return candidate.meaning == "countries" and candidate.reason.endswith("lists of countries")


def _targets_of_partner_rows(candidate: Candidate, position: int, scene: Scene) -> Iterator[Target]:
    nature, score = scene.nature, candidate.score
    project, partner = candidate.project, candidate.partner
    varies = nature.varying.get(position, 0.0)
    is_key = position in nature.key
    if scene.is_joined == "partners":
        if is_key or (candidate.meaning == "project_id" and candidate.scope == "project"):
            yield Target("own", "project_id", score, candidate)
        elif partner:
            yield Target(
                "own", partner, score if candidate.scope != "project" else score * 0.5, candidate
            )
        return
    if candidate.meaning == "project_id":
        if is_key and nature.has_id:
            yield Target("own", "project_id", score, candidate)
        elif candidate.scope != "project" and varies > VARIES and candidate.scope == "partner":
            yield Target("own", "partner_id", score, candidate)
        return
    if candidate.meaning == "name" and candidate.scope == "open" and varies <= VARIES:
        yield Target("own", "title", score * WEAKER, candidate)
        return
    if candidate.scope == "partner" and candidate.is_lead and varies <= VARIES:
        if candidate.meaning in ("name", "organisation"):
            yield Target("own", "lead_partner", score, candidate)
        elif candidate.meaning == "countries":
            yield Target("own", "lead_country", score, candidate)
        return
    if candidate.scope == "partner" and partner:
        yield Target("own", partner, score, candidate)
        return
    if candidate.scope == "open" and partner and (varies > VARIES or not project):
        yield Target("own", partner, score, candidate)
    if candidate.scope == "open" and partner and candidate.meaning in PARTNERS_OWN:
        yield Target("own", partner, score * WEAKER, candidate)
    if project and (is_key or not nature.differs(position)):
        yield Target("own", project, score, candidate)
