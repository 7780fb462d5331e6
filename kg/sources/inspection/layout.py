"""A table → a drafted layout: what its rows are, and which field each column seems to state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.sources.fields import PROJECT_FIELDS
from kg.sources.inspection.assignment import Scene, Target, assign
from kg.sources.inspection.candidates import SURE, Candidate, candidates_of
from kg.sources.inspection.draft import DraftBlock, DraftColumn, DraftTable
from kg.sources.inspection.facts import ColumnFacts, TableFacts
from kg.sources.inspection.partner_columns import contained_share, find_lists, find_numbered
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
    scene = Scene(nature, lists, numbered, lead is not None, contained, joined)
    chosen = assign(guesses, scene, taken, listed)
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


def _table(
    facts: TableFacts,
    guesses: Mapping[int, Sequence[Candidate]],
    scene: Scene,
    chosen: Mapping[int | str, Target],
) -> DraftTable:
    nature = scene.nature
    columns: list[DraftColumn] = []
    lead: list[DraftColumn] = []
    listed: list[DraftColumn] = []
    list_positions = {c.position for c in scene.lists.columns} if scene.lists else set()
    remarks: list[str] = []
    for column in _nameable(facts, scene, remarks):
        target = chosen.get(column.position)
        made = _column(column, guesses, chosen, facts, nature)
        if target is not None and target.place == "lead":
            lead.append(made)
        elif column.position in list_positions and made.field is not None:
            listed.append(made)
        else:
            columns.append(made)
        _note_contradiction(made, column, target, nature)
    of_lead, of_lists = _lead_block(lead, chosen), _list_block(listed, scene)
    for block, mine in ((of_lead, lead), (of_lists, listed)):
        if block is None:
            columns += map(_dropped, mine)
    columns.sort(key=lambda c: c.positions)
    is_partners = nature.is_partners if scene.is_joined is None else scene.is_joined == "partners"
    table = DraftTable(
        facts,
        "partners" if is_partners else "projects",
        columns,
        nature.reason,
        list(filter(None, (of_lead, of_lists, _numbered(facts, scene, chosen)))),
        fill_down=nature.fill_down,
        remarks=remarks,
    )
    for position, text in total_rows(facts):
        header = facts.columns[position].header
        if any(c.header == header for c in table.all_columns()):
            table.skip.setdefault(header, []).append(" ".join(text.split()))
    return table


def _nameable(facts: TableFacts, scene: Scene, remarks: list[str]) -> Iterator[ColumnFacts]:
    """Yield the columns that a profile can name one by one; add a remark for each that none can."""
    groups = scene.numbered.groups.values() if scene.numbered else ()
    in_groups = {c.position for group in groups for c in group}
    seen: set[str] = set()
    for column in facts.columns:
        if column.position in in_groups:
            continue
        name = " ".join(column.header.split()).casefold()
        if name in seen:
            remarks.append(f"‹{column.header}› heads two columns; only the first one can be named.")
        elif name:
            seen.add(name)
            yield column
        elif column.filled:
            told = f"Column {column.position + 1} has no header and {column.filled:,} filled cells"
            remarks.append(f"{told}; a profile cannot name it.")


def _list_block(listed: list[DraftColumn], scene: Scene) -> DraftBlock | None:
    """Return the block of lists of partners, or None where no column names these."""
    if scene.lists is None or not any(c.field == "name" for c in listed):
        return None
    return DraftBlock(listed, scene.lists.reason, scene.lists.separator, "partner")


def _lead_block(lead: list[DraftColumn], chosen: Mapping[int | str, Target]) -> DraftBlock | None:
    """Return the block of the one partner of a row, or None where no column names it."""
    named = next((c for c in lead if c.field == "name"), None)
    if named is None:
        return None
    told = f"one partner a row, in ‹{named.header}›"
    if not chosen[named.positions[0]].candidate.is_lead:
        told += "; taken for the lead partner: a list of operations names no other"
    return DraftBlock(lead, told, None, "lead")


def _dropped(column: DraftColumn) -> DraftColumn:
    column.remarks.append(f"perhaps {column.field}, but no column names the partner")
    column.field, column.ignore = None, UNKNOWN
    return column


def _column(
    column: ColumnFacts,
    guesses: Mapping[int, Sequence[Candidate]],
    chosen: Mapping[int | str, Target],
    facts: TableFacts,
    nature: RowNature,
) -> DraftColumn:
    made = DraftColumn(column.header, (column.position,))
    target = chosen.get(column.position)
    found = guesses.get(column.position, [])
    if column.personal is not None:
        made.is_personal = True
        made.ignore = PERSONAL
        made.reason = column.personal
    elif target is not None:
        made.field, made.reason = target.field, target.candidate.reason
        made.remarks += _doubts(target, found)
    elif _counts_rows(column):
        made.ignore = "a number that counts the rows"
    else:
        made.ignore = UNKNOWN if column.filled else "no cell is filled"
        if found:
            made.remarks.append(_perhaps(column, found[0], chosen, facts, nature))
    is_key = nature.is_partners and nature.has_id and column.position in nature.key
    if is_key and made.field is None:
        made.field, made.ignore = "project_id", None
    return made


def _doubts(target: Target, found: Sequence[Candidate]) -> Iterator[str]:
    """Yield what speaks against the field that a column is given."""
    others = [c for c in found[:3] if c.meaning != target.candidate.meaning]
    near = [c for c in others if c.score > target.score - 0.1 and c.meaning not in GENERAL]
    names = {c.project or c.partner for c in near} - {target.field, None}
    if names:
        yield f"could be {' or '.join(sorted(map(str, names)))} as well"
    if target.score < 0.7:
        yield "a weak guess: check it"


def _perhaps(
    column: ColumnFacts,
    best: Candidate,
    chosen: Mapping[int | str, Target],
    facts: TableFacts,
    nature: RowNature,
) -> str:
    """Say which field a column could state that is given none, and why it is not given it."""
    is_partners = best.scope == "partner" and best.partner
    field = str(best.partner if is_partners else best.project or best.partner)
    told = f"perhaps {field} ({best.reason})"
    varies = nature.varying.get(column.position, 0.0)
    if nature.is_partners and field in PROJECT_FIELDS and nature.differs(column.position):
        told += f", but it differs within {varies:.0%} of the projects"
    if field == "project_id" and nature.key:
        told = _no_id(facts, column, nature) or told
    holder = next((h for h, target in chosen.items() if target.field == field), None)
    if isinstance(holder, int):
        told += f", which ‹{facts.columns[holder].header}› states"
    return told


def _counts_rows(column: ColumnFacts) -> bool:
    """Tell whether a column counts the rows: 1, 2, 3 …, but for a word in a row of sums."""
    counted = sum(text.strip().rstrip(".") == str(seen.row + 1) for text, seen in column.sample())
    return column.filled > 2 and counted >= 0.95 * len(column.sample())


def _note_contradiction(
    made: DraftColumn, column: ColumnFacts, target: Target | None, nature: RowNature
) -> None:
    varies = nature.varying.get(column.position, 0.0)
    if target is None or not nature.is_partners or varies == 0 or made.field not in PROJECT_FIELDS:
        return
    if made.field != "project_id" and made.field not in nature.key_fields:
        made.remarks.append(
            f"differs within {varies:.1%} of the projects with several rows: those are held back"
        )


def _numbered(
    facts: TableFacts, scene: Scene, chosen: Mapping[int | str, Target]
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
