"""Tables → a drafted profile: one table, or two that belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from kg.sources.inspection.candidates import candidates_of
from kg.sources.inspection.draft import Draft, DraftColumn, DraftTable
from kg.sources.inspection.facts import ColumnFacts, TableFacts
from kg.sources.inspection.identifiers import local_ids_told, may_name
from kg.sources.inspection.layout import UNKNOWN, draft_layout
from kg.sources.inspection.patterns import draft_patterns
from kg.sources.inspection.rows import RowNature, group_rows
from kg.sources.inspection.values import decide_values, is_lead_role
from kg.sources.inspection.words import fold

__all__ = ["draft_profile"]

UNIQUE = 0.95
"""The share of different values from which on a column tells the rows of a table apart."""
OVERLAP = 0.8
"""The share of values of a table of partners that must stand in that of projects."""

MOSTLY_LED = 0.5
"""Below this share of projects with a lead partner, not all partners are listed."""
MAX_LISTED = 5
"""Columns that a remark names."""

_CCI = re.compile(r"(20[0-9]{2}(?:TC|CB|IPA)[0-9A-Z]{8,10})")


NO_LEAD = "no column says who leads, and a complete list has a lead partner"


class _Join(NamedTuple):
    """Two tables, and the columns by which they belong together."""

    score: float
    projects: TableFacts
    partners: TableFacts
    key: ColumnFacts
    reference: ColumnFacts | None


def draft_profile(tables: Sequence[TableFacts]) -> Draft:
    """Return what can be guessed of the layout that some tables have; at least one has rows."""
    filled = [t for t in tables if t.row_count and len(t.columns) > 1 and not t.table.is_hidden]
    filled = filled or list(tables)[:1]
    join = _find_join(filled) if len(filled) > 1 else None
    if join is not None:
        draft = _joined(join)
        used = [join.projects, join.partners]
    else:
        best = max(filled, key=lambda t: (t.row_count * len(t.columns), -filled.index(t)))
        draft = _single(best)
        used = [best]
    _name_sheets(draft, tables)
    draft.remarks += [told for t in tables if t not in used for told in _left_out(draft, t)]
    _add_constants(draft, used[0].table.source)
    for drafted in draft.tables:
        draft_patterns(drafted)
    draft.local_ids_reason = local_ids_told(draft)
    decide_values(draft)
    return draft


def _single(facts: TableFacts) -> Draft:
    table, nature = draft_layout(facts)
    draft = _draft(facts, [table])
    _choose_key(draft, table, nature)
    has_list = any(b.separator or "{n}" in b.columns[0].header for b in table.blocks)
    draft.is_complete = table.holds == "partners" or has_list
    if table.holds == "partners":
        draft.partial_reason = _without_lead(table, nature)
    elif draft.is_complete and not any(
        block.role == "lead" or any(c.field == "role" for c in block.columns)
        for block in table.blocks
    ):
        draft.partial_reason = NO_LEAD
    return draft


def _without_lead(table: DraftTable, nature: RowNature) -> str:
    """Say that most projects have no lead partner, where that is so: then partners are left out."""
    column = next((c for c in table.columns if c.field == "role"), None)
    if column is None:
        return NO_LEAD
    stated = table.facts.columns[column.positions[0]]
    leads = {hash(text) or 1 for text in stated.texts if is_lead_role(text)}
    groups = group_rows(table.facts, nature.key, fill_down=nature.fill_down)
    led = {key for key, code in zip(groups.keys, stated.codes, strict=False) if code in leads}
    share = len(led) / len(groups.sizes) if groups.sizes else 1.0
    if share >= MOSTLY_LED:
        return ""
    return f"only {share:.0%} of the projects have a lead partner in the table"


def _joined(join: _Join) -> Draft:
    projects, _ = draft_layout(join.projects, "projects")
    partners, _ = draft_layout(join.partners, "partners")
    _make_key(projects, join.key)
    if join.reference is not None:
        _make_key(partners, join.reference)
        partners.reason = (
            f"its ‹{join.reference.header}› names a row of the other table by ‹{join.key.header}›"
        )
    else:
        partners.reason = "these objects stand inside their project; as a table, a column names it"
        nested = DraftColumn("project_id", (), field="project_id")
        partners.columns.insert(0, nested)
    projects.reason = f"‹{join.key.header}› tells its rows apart"
    partners.holds, projects.holds = "partners", "projects"
    partners.fill_down = False
    return _draft(join.projects, [projects, partners])


def _draft(facts: TableFacts, tables: list[DraftTable]) -> Draft:
    stem = PurePath(facts.table.source).stem
    name = re.sub(r"[^a-z0-9]+", "-", fold(stem)).strip("-") or "layout"
    draft = Draft(name, f"The layout of {PurePath(facts.table.source).name}", tables)
    for table in tables:
        if table.facts.ragged:
            place = table.facts.place(table.facts.ragged[0], 0)
            number = len(table.facts.ragged)
            draft.remarks.append(
                f"{number:,} rows have other cells than columns, first at {place}."
            )
        if table.facts.row_count > table.facts.compared:
            draft.remarks.append(
                f"What rows are was judged from the first {table.facts.compared:,} of them."
            )
        draft.remarks += table.remarks
    return draft


def _make_key(table: DraftTable, key: ColumnFacts) -> None:
    """Let a column, and no other one, state the id of projects."""
    for column in table.all_columns():
        if key.position in column.positions:
            column.field, column.ignore, column.is_required = "project_id", None, True
        elif column.field == "project_id":
            column.field, column.ignore = None, UNKNOWN
            column.remarks.append("perhaps project_id as well")


def _choose_key(draft: Draft, table: DraftTable, nature: RowNature) -> None:
    """Say what names a project: a column of ids, fields that do so together, or a last resort."""
    column = next((c for c in table.columns if c.field == "project_id"), None)
    if column is not None and nature.has_id:
        column.is_required = True
        return
    fields = [f for f in nature.key_fields if f in draft.fields and f != "project_id"]
    if fields:
        if column is not None:
            column.field, column.ignore = None, UNKNOWN
            column.remarks.append(
                f"perhaps project_id, but it has not one value a project ({column.reason})"
            )
        draft.key, draft.key_reason = fields, nature.key_reason
        return
    if column is None:
        column = _last_resort(table)
        column.field, column.ignore = "project_id", None
        column.reason = "nothing in the table names a project; this column differs most: check it"
    column.is_required = True


def _last_resort(table: DraftTable) -> DraftColumn:
    """Return the column that differs most, of those that can name anything at all."""
    usable = [c for c in table.columns if c.positions and not c.is_personal] or table.columns
    facts = table.facts.columns
    usable = [c for c in usable if c.positions and may_name(facts[c.positions[0]])] or usable
    return max(
        usable,
        key=lambda c: (
            facts[c.positions[0]].distinct, -c.positions[0]
        ) if c.positions else (0, 0),
    )  # fmt: skip


def _find_join(tables: Sequence[TableFacts]) -> _Join | None:
    """Return two tables of which one holds partners of the other one's projects."""
    best: _Join | None = None
    for projects in tables:
        for partners in tables:
            if projects is partners:
                continue
            if partners.table.is_nested and not projects.table.is_nested:
                return _Join(1.0, projects, partners, _own_key(projects), None)
            for found in _joins(projects, partners):
                if best is None or found.score > best.score:
                    best = found
    return best


def _joins(projects: TableFacts, partners: TableFacts) -> list[_Join]:
    if not any(_is_named(c) for c in partners.columns):
        return []
    found = []
    for key in filter(may_name, projects.columns):
        if key.filled < UNIQUE * projects.row_count or key.distinct < UNIQUE * key.filled:
            continue
        if key.typical_length > 120:
            continue
        for other in filter(may_name, partners.columns):
            if not other.texts or other.filled < OVERLAP * partners.row_count:
                continue
            is_same = fold(other.header) == fold(key.header)
            is_id = any(c.meaning == "project_id" for c in candidates_of(other)[:2])
            is_title = any(c.meaning in ("title", "acronym") for c in candidates_of(other)[:1])
            if not (is_same or is_id or is_title):
                continue
            shared = sum(text in key.texts for text in other.texts) / len(other.texts)
            if shared >= OVERLAP:
                score = (
                    shared + 0.5 * is_same + 0.4 * is_id + 0.001 * (other.distinct < other.filled)
                )
                found.append(_Join(score, projects, partners, key, other))
    return found


def _is_named(column: ColumnFacts) -> bool:
    return any(
        c.meaning in ("name", "organisation") and c.scope in ("partner", "open")
        for c in candidates_of(column)[:1]
    )


def _own_key(facts: TableFacts) -> ColumnFacts:
    """Return the column that names the rows of a table best."""
    ids = [c for c in facts.columns if any(k.meaning == "project_id" for k in candidates_of(c)[:1])]
    unique = [c for c in ids if c.is_unique]
    usable = list(filter(may_name, facts.columns)) or facts.columns
    return (unique or ids or sorted(usable, key=lambda c: -c.distinct))[0]


def _name_sheets(draft: Draft, tables: Sequence[TableFacts]) -> None:
    """Name the sheets of a workbook that has several."""
    if sum(len(table.sheets) for table in tables) > 1:
        for table in draft.tables:
            table.sheets = table.facts.sheets


def _left_out(draft: Draft, facts: TableFacts) -> Iterator[str]:
    """Say of tables that have other columns than the draft what becomes of them."""
    names = [f"‹{table.name or table.source}›" for table in facts.tables]
    drafted = [column for table in draft.tables for column in table.all_columns()]
    headers = {column.header for column in drafted}
    needed = {c.header for c in drafted if c.is_required or set(c.fields) & set(draft.key)}
    own = {column.header for column in facts.columns}
    is_named = any(table.sheets for table in draft.tables)
    is_like = needed <= own and 2 * len(own & headers) >= len(own)
    if is_named or facts.table.is_hidden or not is_like:
        yield from (f"The table {name} is not in this draft." for name in names)
        return
    others = [f"‹{c.header}›" for c in facts.columns if c.header not in headers]
    told = ", ".join(others[:MAX_LISTED]) + (" …" if len(others) > MAX_LISTED else "")
    but = f", but for its columns {told}" if others else ""
    yield from (f"The table {name} is read by this draft too{but}." for name in names)


def _add_constants(draft: Draft, source: str) -> None:
    if not draft.fields & {"cci"}:
        found = _CCI.search(source)
        if found:
            draft.constants["cci"] = (found[1], "the name of the file")
    if "programme" not in draft.fields:
        draft.constants["programme"] = (
            "",
            "no column names the programme, without which projects are held back",
        )
