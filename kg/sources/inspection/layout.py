"""A table → a drafted layout: what its rows are, and which field each column seems to state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.sources.fields import PARTNER_FIELDS, PROJECT_FIELDS
from kg.sources.inspection.candidates import SURE, WEAK, Candidate, candidates_of
from kg.sources.inspection.draft import DraftBlock, DraftColumn, DraftTable
from kg.sources.inspection.facts import ColumnFacts, TableFacts
from kg.sources.inspection.partner_columns import (
    Lists,
    Numbered,
    contained_share,
    find_lists,
    find_numbered,
)
from kg.sources.inspection.rows import (
    RowNature,
    group_rows,
    nature_of_rows,
    total_rows,
    varying_share,
)
from kg.sources.inspection.words import GENERAL

__all__ = ["UNKNOWN", "draft_layout"]

UNKNOWN = "not recognised; say why, or give it a field"
PERSONAL = "personal data"
CONTAINED = 0.5
"""The share of rows where the lead partner is in the list too, which then states it."""
MAX_CONTRADICTED = 0.1
"""Above this share a column is not drafted as the project's: all these projects would be held."""
VARIES = 0.02
"""The share of projects in whose rows a column differs that is not the project's."""
WEAKER = 0.92
"""What a column loses that is only taken for the lead partner's as it stands beside its name."""

PARTNERS_OWN = {"countries", "town", "postcode", "street", "address", "region", "nuts", "nuts1",
                "nuts2", "nuts3", "role", "organisation_type", "ownership", "department",
                "organisation_id",
                "federal_state", "latitude", "longitude", "point"}  # fmt: skip
"""Meanings that are a partner's where nothing says whose they are, and there is a partner."""


class _Target(NamedTuple):
    """Where a column may go: which set of columns (``project`` or a block), and the field."""

    place: str
    field: str
    score: float
    candidate: Candidate


class _Scene(NamedTuple):
    """What is known of a table when fields are given to its columns."""

    nature: RowNature
    lists: Lists | None
    numbered: Numbered | None
    has_lead: bool
    lead_is_listed: bool
    is_joined: str | None


def draft_layout(facts: TableFacts, joined: str | None = None) -> tuple[DraftTable, RowNature]:
    """Return the drafted layout of a table, and what its rows are and which columns name a project.

    ``joined`` says what its rows are, where it is one of two tables.
    """
    guesses = {c.position: candidates_of(c) for c in facts.columns if c.personal is None}
    numbered = (
        None
        if joined == "partners"
        else find_numbered([c for c in facts.columns if c.personal is None])
    )
    taken = {c.position for g in numbered.groups.values() for c in g} if numbered else set()
    open_guesses = {p: found for p, found in guesses.items() if p not in taken}
    lists = None
    if joined != "partners":
        lists = find_lists(facts, taken)
    if numbered and lists and len(lists.columns) < 3:
        lists = None
    nature = nature_of_rows(facts, open_guesses)
    if joined is None and numbered is None:
        lists = None if nature.is_partners else lists
    elif joined == "partners":
        nature = nature._replace(is_partners=True, fill_down=False)
    else:
        nature = nature._replace(is_partners=False, fill_down=False, varying={})
    listed = {c.position for c in lists.columns} if lists else set()
    if lists:
        for c in lists.columns:
            guesses[c.position] = candidates_of(c, lists.separator)
    lead = _lead_name(facts, guesses, taken | listed)
    contained = False
    if lead is not None and lists is not None:
        named = [facts.columns[lists.name_position]]
        contained = contained_share(facts, lead, named, lists.separator) >= CONTAINED
    elif lead is not None and numbered is not None:
        named = [c for g in numbered.groups.values() for c in g]
        contained = contained_share(facts, lead, named, None) >= CONTAINED
    scene = _Scene(nature, lists, numbered, lead is not None, contained, joined)
    chosen = _assign(facts, guesses, scene, taken, listed)
    return _table(facts, guesses, scene, chosen), nature


def _lead_name(
    facts: TableFacts, guesses: Mapping[int, Sequence[Candidate]], taken: set[int]
) -> ColumnFacts | None:
    """Return the column with the name of the lead partner, or of the only partner of a row."""
    found = []
    for position, candidates in guesses.items():
        if position in taken or not candidates or candidates[0].score < SURE:
            continue
        top = candidates[0]
        if top.meaning in ("name", "organisation") and top.scope == "partner":
            found.append((top.is_lead, top.score, -position))
    return facts.columns[-max(found)[2]] if found else None


def _assign(
    facts: TableFacts,
    guesses: Mapping[int, Sequence[Candidate]],
    scene: _Scene,
    taken: set[int],
    listed: set[int],
) -> dict[int | str, _Target]:
    """Give each column the field that it most likely states, and each field one column."""
    offers: list[tuple[float, int, int | str, _Target]] = []
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
                    target = _Target("numbered", field, candidate.score, candidate)
                    offers.append((-round(candidate.score, 4), columns[0].position, header, target))
    chosen: dict[int | str, _Target] = {}
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
    candidate: Candidate, position: int, scene: _Scene, *, is_listed: bool
) -> Iterator[_Target]:
    """Yield where a column with a meaning can go."""
    project, partner, score = candidate.project, candidate.partner, candidate.score
    if is_listed:
        if partner in PARTNER_FIELDS and partner != "project_id":
            yield _Target("list", str(partner), score, candidate)
        return
    if scene.nature.is_partners:
        yield from _targets_of_partner_rows(candidate, position, scene)
        return
    if candidate.scope == "partner":
        if not scene.has_lead:
            if project and candidate.meaning in ("countries",):
                yield _Target("project", project, score * WEAKER, candidate)
            return
        own = scene.lists is None and scene.numbered is None and scene.is_joined is None
        if own or (candidate.is_lead and not scene.lead_is_listed and scene.is_joined is None):
            if partner:
                yield _Target("lead", partner, score, candidate)
        elif candidate.meaning in ("name", "organisation"):
            yield _Target("project", "lead_partner", score, candidate)
        elif candidate.meaning == "countries":
            yield _Target("project", "lead_country", score, candidate)
        elif partner and scene.is_joined is None and not scene.lead_is_listed:
            yield _Target("lead", partner, score, candidate)
        return
    has_block = scene.has_lead and not scene.lead_is_listed and scene.is_joined is None
    is_beside = candidate.meaning in PARTNERS_OWN and candidate.scope == "open"
    if has_block and is_beside and partner and not (project and _is_list_of_countries(candidate)):
        yield _Target("lead", partner, score * WEAKER, candidate)
    if candidate.scope == "open" and candidate.meaning == "url" and project:
        yield _Target("project", project, score, candidate)
    elif project:
        lessen = WEAKER * WEAKER if has_block and is_beside else 1.0
        yield _Target("project", project, score * lessen, candidate)
    elif has_block and partner:
        yield _Target("lead", partner, score * WEAKER * WEAKER, candidate)


def _is_list_of_countries(candidate: Candidate) -> bool:
    return candidate.meaning == "countries" and candidate.reason.endswith("lists of countries")


def _targets_of_partner_rows(
    candidate: Candidate, position: int, scene: _Scene
) -> Iterator[_Target]:
    nature, score = scene.nature, candidate.score
    project, partner = candidate.project, candidate.partner
    varies = nature.varying.get(position, 0.0)
    is_key = position in nature.key
    if scene.is_joined == "partners":
        if is_key or (candidate.meaning == "project_id" and candidate.scope == "project"):
            yield _Target("own", "project_id", score, candidate)
        elif partner:
            yield _Target(
                "own", partner, score if candidate.scope != "project" else score * 0.5, candidate
            )
        return
    if candidate.meaning == "project_id":
        if is_key and nature.has_id:
            yield _Target("own", "project_id", score, candidate)
        elif candidate.scope != "project" and varies > VARIES and candidate.scope == "partner":
            yield _Target("own", "partner_id", score, candidate)
        return
    if candidate.meaning == "name" and candidate.scope == "open" and varies <= VARIES:
        yield _Target("own", "title", score * WEAKER, candidate)
        return
    if candidate.scope == "partner" and candidate.is_lead and varies <= VARIES:
        if candidate.meaning in ("name", "organisation"):
            yield _Target("own", "lead_partner", score, candidate)
        elif candidate.meaning == "countries":
            yield _Target("own", "lead_country", score, candidate)
        return
    if candidate.scope == "partner" and partner:
        yield _Target("own", partner, score, candidate)
        return
    if candidate.scope == "open" and partner and (varies > VARIES or not project):
        yield _Target("own", partner, score, candidate)
    if candidate.scope == "open" and partner and candidate.meaning in PARTNERS_OWN:
        yield _Target("own", partner, score * WEAKER, candidate)
    if project and (varies <= MAX_CONTRADICTED or is_key):
        yield _Target("own", project, score, candidate)


def _table(
    facts: TableFacts,
    guesses: Mapping[int, Sequence[Candidate]],
    scene: _Scene,
    chosen: Mapping[int | str, _Target],
) -> DraftTable:
    nature = scene.nature
    by_field = {(t.place, t.field): column for column, t in chosen.items()}
    columns: list[DraftColumn] = []
    lead: list[DraftColumn] = []
    listed: list[DraftColumn] = []
    in_groups = (
        {c.position for g in scene.numbered.groups.values() for c in g} if scene.numbered else set()
    )
    list_positions = {c.position for c in scene.lists.columns} if scene.lists else set()
    seen: set[str] = set()
    remarks: list[str] = []
    for column in facts.columns:
        if column.position in in_groups:
            continue
        name = " ".join(column.header.split()).casefold()
        if not name:
            if column.filled:
                told = (
                    f"Column {column.position + 1} has no header and {column.filled:,} filled cells"
                )
                remarks.append(f"{told}; a profile cannot name it.")
            continue
        if name in seen:
            remarks.append(f"‹{column.header}› heads two columns; only the first one can be named.")
            continue
        seen.add(name)
        made = _column(column, chosen.get(column.position), guesses, by_field, facts, nature)
        if (
            column.position in nature.key
            and nature.is_partners
            and made.field is None
            and nature.has_id
        ):
            made.field, made.ignore = "project_id", None
        target = chosen.get(column.position)
        if target is not None and target.place == "lead":
            lead.append(made)
        elif column.position in list_positions and made.field is not None:
            listed.append(made)
        else:
            columns.append(made)
        _note_contradiction(made, column, target, nature)
    blocks = []
    if listed and scene.lists is not None and any(c.field == "name" for c in listed):
        separator = scene.lists.separator
        blocks.append(DraftBlock(listed, scene.lists.reason, separator, "partner"))
    else:
        columns += [_dropped(c) for c in listed]
    numbered = _numbered(facts, scene, chosen)
    if numbered is not None:
        blocks.append(numbered)
    if lead and any(c.field == "name" for c in lead):
        named = next(c for c in lead if c.field == "name")
        is_lead = chosen[named.positions[0]].candidate.is_lead
        told = f"one partner a row, in ‹{named.header}›"
        told += (
            "" if is_lead else "; taken for the lead partner: a list of operations names no other"
        )
        blocks.insert(0, DraftBlock(lead, told, None, "lead"))
    else:
        columns += [_dropped(c) for c in lead]
    columns.sort(key=lambda c: c.positions)
    is_partners = nature.is_partners if scene.is_joined is None else scene.is_joined == "partners"
    table = DraftTable(
        facts, "partners" if is_partners else "projects", columns, nature.reason, blocks,
        fill_down=nature.fill_down, remarks=remarks,
    )  # fmt: skip
    for position, text in total_rows(facts):
        header = facts.columns[position].header
        if any(c.header == header for c in table.all_columns()):
            table.skip.setdefault(header, []).append(" ".join(text.split()))
    return table


def _dropped(column: DraftColumn) -> DraftColumn:
    column.remarks.append(f"perhaps {column.field}, but no column names the partner")
    column.field, column.ignore = None, UNKNOWN
    return column


def _column(
    column: ColumnFacts,
    target: _Target | None,
    guesses: Mapping[int, Sequence[Candidate]],
    by_field: Mapping[tuple[str, str], int | str],
    facts: TableFacts,
    nature: RowNature,
) -> DraftColumn:
    made = DraftColumn(column.header, (column.position,))
    if column.personal is not None:
        made.is_personal = True
        made.ignore = PERSONAL
        made.reason = column.personal
        return made
    if target is not None:
        made.field, made.reason = target.field, target.candidate.reason
        others = [c for c in guesses[column.position][:3] if c.meaning != target.candidate.meaning]
        near = [c for c in others if c.score > target.score - 0.1 and c.meaning not in GENERAL]
        names = {c.project or c.partner for c in near} - {target.field, None}
        if names:
            made.remarks.append(f"could be {' or '.join(sorted(map(str, names)))} as well")
        if target.score < 0.7:
            made.remarks.append("a weak guess: check it")
        return made
    made.ignore = UNKNOWN
    if _counts_rows(column):
        made.ignore = "a number that counts the rows"
        return made
    if column.filled == 0:
        made.ignore = "no cell is filled"
    found = guesses.get(column.position, [])
    if found:
        best = found[0]
        field = str(best.project or best.partner)
        if best.scope == "partner" and best.partner:
            field = best.partner
        holder = next((h for (_, f), h in by_field.items() if f == field), None)
        told = f"perhaps {field} ({best.reason})"
        varies = nature.varying.get(column.position, 0.0)
        if nature.is_partners and field in PROJECT_FIELDS and varies > MAX_CONTRADICTED:
            told += f", but it differs within {varies:.0%} of the projects"
        if field == "project_id" and nature.key:
            told = _no_id(facts, column, nature) or told
        if isinstance(holder, int):
            told += f", which ‹{facts.columns[holder].header}› states"
        made.remarks.append(told)
    return made


def _counts_rows(column: ColumnFacts) -> bool:
    """Tell whether a column counts the rows: 1, 2, 3 …, but for a word in a row of sums."""
    counted = sum(text.strip().rstrip(".") == str(seen.row + 1) for text, seen in column.sample())
    return column.filled > 2 and counted >= 0.95 * len(column.sample())


def _note_contradiction(
    made: DraftColumn, column: ColumnFacts, target: _Target | None, nature: RowNature
) -> None:
    varies = nature.varying.get(column.position, 0.0)
    if target is None or not nature.is_partners or varies == 0 or made.field not in PROJECT_FIELDS:
        return
    if made.field != "project_id" and made.field not in nature.key_fields:
        made.remarks.append(
            f"differs within {varies:.1%} of the projects with several rows: those are held back"
        )


def _numbered(
    facts: TableFacts, scene: _Scene, chosen: Mapping[int | str, _Target]
) -> DraftBlock | None:
    if scene.numbered is None:
        return None
    made = []
    for header, columns in scene.numbered.groups.items():
        target = chosen.get(header)
        draft = DraftColumn(header, tuple(c.position for c in columns))
        if target is None:
            draft.ignore = UNKNOWN
        else:
            draft.field, draft.reason = target.field, target.candidate.reason
        made.append(draft)
    if not any(c.field == "name" for c in made):
        return None
    told = f"there are such columns for {scene.numbered.numbers} partners"
    return DraftBlock(sorted(made, key=lambda c: c.positions), told)


def _no_id(facts: TableFacts, column: ColumnFacts, nature: RowNature) -> str | None:
    """Say why a column of ids is not one of projects, where something else names them better."""
    groups = group_rows(facts, (column.position,))
    share = varying_share(facts, groups, nature.key[-1])
    if nature.has_id or share == 0:
        return None
    header = facts.columns[nature.key[-1]].header
    return f"no id of projects: ‹{header}› differs within {share:.0%} of its values in several rows"
