"""Rows of a layout's tables → records, with an account of every cell.

A project is stated by a row of its own, or in each row of its partners; partners by rows of
another table, or by columns beside those of the project.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple, cast

import msgspec

from kg import iris
from kg.problems import Level, Problem
from kg.records import Held, Outcome, Project, Reading, RowOrigin, Tally, held_parts
from kg.sources.cell import Cell
from kg.sources.fields import KIND_OF, PARTNER_FIELDS, Field, stated_currency
from kg.sources.formats.table import Row
from kg.sources.layouts.patterns import parse_patterns
from kg.sources.layouts.profile import TableProfile
from kg.sources.personal import mask_personal
from kg.sources.tables.cells import (
    Marks,
    TableRows,
    finding_problem,
    read_values,
    tally_cells,
)
from kg.sources.tables.complete import complete_project
from kg.sources.tables.partners import PartnerList
from kg.sources.tables.parts import part_of
from kg.sources.tables.plans import ColumnPlan
from kg.sources.tables.row_groups import Crowd, KeptRow, RowsByProject
from kg.sources.values import clean, parse_value

__all__ = ["RecordReader"]


class _Stated(NamedTuple):
    """A row of the input, the table that it stands in, and what became of its cells."""

    rows: TableRows
    row: Row
    marks: Marks

    @property
    def origin(self) -> RowOrigin:
        return self.rows.origin(self.row)


class RecordReader:
    """Reads the records of a layout; ``profile`` says what holds for all of them."""

    def __init__(self, profile: TableProfile) -> None:
        self._profile = profile
        constants = {
            name: parse_value(value, Field(name, KIND_OF[name]), profile.values).value
            for name, value in profile.constants.items()
        }
        self._local_ids = profile.partner_ids == "local"
        self._of_partners = {n: v for n, v in constants.items() if n in PARTNER_FIELDS}
        self._of_projects = {n: v for n, v in constants.items() if n not in PARTNER_FIELDS}

    def read_joined(
        self, projects: Sequence[TableRows], partners: Sequence[TableRows], rows: RowsByProject
    ) -> Generator[Reading, None, None]:
        """Yield what is made of each row of projects, with the rows of partners that name it."""
        for table in projects:
            for row in table.table.rows():
                if table.passes_over(row):
                    yield self.leave_out(table, row)
                    continue
                found = self._rows_of_partners(table, row, rows)
                if isinstance(found, Crowd):
                    yield from self._hold_crowd([_stated(table, row)], partners, found)
                    continue
                mine = [_stated(partners[n], partner) for n, partner in found]
                yield self._read([_stated(table, row)], mine)
        for n, row in rows.left():
            yield self._orphan(partners[n], row)

    def _rows_of_partners(
        self, table: TableRows, row: Row, rows: RowsByProject
    ) -> list[KeptRow] | Crowd:
        """Take the rows of a project's partners: those inside it, and those that name it."""
        key = self.key(table, row)
        if row.pointer is None:
            return rows.take(key or "")
        inside = rows.take(row.pointer)
        if isinstance(inside, Crowd) or key is None:
            return inside
        named = rows.take(key)
        return named if isinstance(named, Crowd) else inside + named

    def read_grouped(
        self, tables: Sequence[TableRows], rows: RowsByProject
    ) -> Generator[Reading, None, None]:
        """Yield what is made of the rows that state one project and one partner each."""
        for group in rows.groups():
            if isinstance(group, Crowd):
                n, first = next(group.rows)
                yield from self._hold_crowd([_stated(tables[n], first)], tables, group)
                continue
            stated = [_stated(tables[n], row) for n, row in group]
            yield self._read(stated, stated)

    def key(self, rows: TableRows, row: Row) -> str | None:
        """Return the id of the project that a row is about; None where it states none."""
        key = self._profile.key
        if key is None:
            plan = rows.columns.by_field.get("project_id")
            text = _cell(row, plan) if plan else self._profile.constants.get("project_id")
            if text is None or plan is None:
                return text
            prefix = plan.column.strip_prefix
            return clean(text).removeprefix(prefix) if prefix else clean(text)
        parts = []
        for field in key.project_id:
            plan = rows.columns.by_field.get(field)
            text = _cell(row, plan) if plan else None
            text = text or self._profile.constants.get(field)
            if text is None:
                return None
            parts.append(mask_personal(" ".join(clean(text).split())))
        told = sha256("\n".join(map(iris.normalise_name, parts)).encode()).hexdigest()
        return f"{iris.slug(' '.join(parts))}-{told[:8]}"

    def lacking(self, rows: TableRows, row: Row) -> str:
        """Return the first field that a row lacks to say which project it is about."""
        key = self._profile.key
        for field in key.project_id if key is not None else ():
            plan = rows.columns.by_field.get(field)
            if plan is not None and _cell(row, plan) is None:
                return field
        return "project_id"

    def leave_out(self, rows: TableRows, row: Row) -> Reading:
        """Return the account of a row that is no record."""
        cells = tally_cells([Marks(rows, row)], Outcome.IGNORED)
        return Reading(rows.table.source, cells=cells)

    def hold_row(self, rows: TableRows, row: Row, problem: Problem) -> Reading:
        """Return a row that belongs to no project as one that is held back."""
        origin = rows.origin(row)
        tally = tally_cells([Marks(rows, row)], Outcome.REJECTED)
        held = (Held(origin, (problem,)),)
        return Reading(rows.table.source, None, None, (problem,), held, tally)

    def without_project(self, rows: TableRows, row: Row) -> Problem:
        """Return the problem of a partner's row that says of no project that it is its own."""
        told = "Nothing in the row says which project it belongs to."
        field = self.lacking(rows, row)
        place = rows.origin(row).place(field)
        return Problem.of("required", place, told, field=field, level=Level.PARTNER)

    def _read(self, stated: Sequence[_Stated], partner_rows: Sequence[_Stated]) -> Reading:
        is_own = partner_rows is not stated
        code = self._currency(stated)
        if code != self._profile.values.currency:
            stated = _in_currency(code, stated)
            partner_rows = _in_currency(code, partner_rows) if is_own else stated
        first = stated[0]
        values, problems = self._project_values(stated)
        record = str(values["project_id"]) if "project_id" in values else None
        listed = PartnerList(record or "", self._of_partners, local_ids=self._local_ids)
        rejected = []
        if not any(problem.level >= Level.RECORD for problem in problems):
            for each in stated:
                if each.rows.columns.blocks and is_own:
                    unequal = listed.read_blocks(each.rows, each.row, each.marks)
                    problems += [unequal] if unequal else []
            for each in partner_rows:
                if not listed.read_own_row(each.rows, each.row, each.marks):
                    rejected.append(each)
        problems = [msgspec.structs.replace(p, record=record) for p in problems]
        every = [*stated, *partner_rows] if is_own else stated
        if any(problem.level >= Level.RECORD for problem in problems):
            return self._hold(every, problems, record)
        partners = tuple(listed.finish())
        currency = cast("str | None", values.pop("currency", None))
        values.setdefault("has_all_partners", self._profile.partner_list == "complete")
        project = Project(
            **values,  # type: ignore[arg-type]  # the kinds of the fields give the record's types
            currency=currency or stated_currency(values, partners, code),
            partners=partners,
            origin=first.origin,
        )
        own, elsewhere = _accounts(every, {id(e) for e in rejected if is_own}, None)
        return Reading(
            first.rows.table.source,
            project,
            first.origin,
            (*problems, *listed.problems),
            tuple(listed.held),
            own,
            elsewhere,
        )

    def _currency(self, stated: Sequence[_Stated]) -> str | None:
        """Return the currency of the amounts of a project; None where it cannot be read."""
        for rows, row, _ in stated:
            plan = rows.columns.by_field.get("currency")
            raw = _at(row, plan.position) if plan and row.problem is None else None
            if plan is None or raw is None:
                continue
            value, finding = plan.parse(raw)
            if value is not None or finding is not None:
                return cast("str | None", value)
        return self._profile.values.currency

    def _project_values(self, stated: Sequence[_Stated]) -> tuple[dict[str, object], list[Problem]]:
        """Return what rows state of one project, which must be the same in all of them."""
        first = stated[0]
        if len(stated) == 1 and first.row.problem is not None:
            code, told = first.row.problem
            return {}, [Problem.of(code, first.origin.place(), told, level=Level.RECORD)]
        values: dict[str, object] = {}
        problems: list[Problem] = []
        raws: dict[str, tuple[str, _Stated]] = {}
        if len(stated) == 1:
            plans = first.rows.columns.project
            values, problems = read_values(plans, first.origin, first.marks, Level.RECORD)
        for each in stated if len(stated) > 1 else ():
            if each.row.problem is None:
                self._add_values(each, values, problems, raws)
        key = self._profile.key
        if key is not None:
            made = next(filter(None, (self.key(e.rows, e.row) for e in stated)), None)
            if made is not None:
                values["project_id"] = made
        if "project_id" not in values and not any(p.field == "project_id" for p in problems):
            problems.append(self._missing_id(first))
        for name, value in self._of_projects.items():
            values.setdefault(name, value)
        for finding in complete_project(values, first.rows.columns.crs):
            problems.append(finding_problem(finding, first.origin))
            first.marks.mark(first.rows.columns.positions[finding.field], finding.outcome)
        return values, problems

    def _missing_id(self, first: _Stated) -> Problem:
        """Return the problem of a project whose id is not stated, nor all that makes one."""
        key = self._profile.key
        told = "The project_id is missing"
        if key is not None:
            told += f": no {' or '.join(key.project_id)}, which make it"
        place = first.origin.place("project_id")
        return Problem.of("required", place, f"{told}.", field="project_id", level=Level.RECORD)

    def _add_values(
        self,
        each: _Stated,
        values: dict[str, object],
        problems: list[Problem],
        raws: dict[str, tuple[str, _Stated]],
    ) -> None:
        """Add what a row states; a value other than that of an earlier row is a contradiction."""
        origin = each.origin
        fresh = []
        for plan in each.rows.columns.project:
            raw = origin.value(plan.field.name)
            if raw is None:
                continue
            name, text = plan.field.name, " ".join(clean(raw).split())
            earlier = raws.setdefault(name, (text, each))
            if earlier[1] is each:
                fresh.append(plan)
                continue
            each.marks.mark(plan.position, Outcome.MAPPED)
            if earlier[0] != text and name != "project_id" and not _is_same(plan, earlier[0], raw):
                place = earlier[1].origin.place(name)
                told = f"{place} states ‹{earlier[0]}› of the same project."
                problems.append(
                    Problem.of(
                        "project-contradiction", origin.place(name), told, field=name, value=raw
                    )
                )
        found = read_values(fresh, origin, each.marks, Level.RECORD)
        values |= found.values
        problems += found.problems

    def _hold(
        self, every: Sequence[_Stated], problems: Sequence[Problem], record: str | None
    ) -> Reading:
        """Hold a project back with all the rows that state it and its partners."""
        first = every[0]
        held = tuple(held_parts([each.origin for each in every], problems, record))
        own, elsewhere = _accounts(every, set(), Outcome.REJECTED)
        source = first.rows.table.source
        return Reading(source, None, first.origin, tuple(problems), held, own, elsewhere)

    def _hold_crowd(
        self, stated: Sequence[_Stated], tables: Sequence[TableRows], crowd: Crowd
    ) -> Iterator[Reading]:
        """Hold a project back with more rows than are held in memory; they come one by one."""
        first = stated[0]
        place = first.origin.place("project_id")
        told = f"{crowd.number:,} rows name this project."
        record = self.key(first.rows, first.row)
        problem = Problem.of("partners-too-many", place, told, field="project_id", record=record)
        yield self._hold(stated, [problem], record)
        for n, row in crowd.rows:
            held = self.hold_row(tables[n], row, problem)
            yield msgspec.structs.replace(held, problems=())

    def _orphan(self, rows: TableRows, row: Row) -> Reading:
        """Hold a partner back whose project is not in the input, or that names none."""
        project_id = self.key(rows, row)
        if project_id is None:
            return self.hold_row(rows, row, self.without_project(rows, row))
        told = f"There is no project ‹{project_id}› in the input."
        place = rows.origin(row).place("project_id")
        problem = Problem.of("partner-orphan", place, told, field="project_id", value=project_id)
        return self.hold_row(rows, row, problem)


def _stated(rows: TableRows, row: Row) -> _Stated:
    return _Stated(rows, row, Marks(rows, row))


def _is_same(plan: ColumnPlan, one: str, other: str) -> bool:
    """Tell whether two cells state the same in other signs, such as 1.000,00 and 1000."""
    first, second = plan.parse(one).value, plan.parse(other).value
    return first is not None and first == second


def _in_currency(code: str | None, stated: Sequence[_Stated]) -> list[_Stated]:
    """Return rows with their amounts read in a currency, or in none that is known."""
    tables: dict[int, TableRows] = {}
    for rows, _, _ in stated:
        if id(rows) not in tables:
            tables[id(rows)] = rows._replace(columns=rows.columns.in_currency(code))
    return [_stated(tables[id(rows)], row) for rows, row, _ in stated]


def _at(row: Row, position: int) -> Cell:
    return row.cells[position] if position < len(row.cells) else None


def _cell(row: Row, plan: ColumnPlan) -> str | None:
    """Return what a row states for a field of a key, as it is written."""
    cell = _at(row, plan.position)
    if cell is None or not plan.column.patterns:
        return cell
    return part_of(cell, parse_patterns(plan.column.patterns), plan.field.name)


def _accounts(
    every: Sequence[_Stated], rejected: set[int], outcome: Outcome | None
) -> tuple[Tally, dict[str, Tally]]:
    """Return the cells in the file of the first row, and those in others by file."""
    source = every[0].rows.table.source
    tallies: dict[str, Tally] = {source: Counter()}
    for _, group in groupby(every, key=lambda each: id(each.rows)):
        mine = list(group)
        tally = tallies.setdefault(mine[0].rows.table.source, Counter())
        tally_cells([e.marks for e in mine if id(e) not in rejected], outcome, tally)
        if rejected:
            lost = [e.marks for e in mine if id(e) in rejected]
            tally_cells(lost, Outcome.REJECTED, tally)
    return tallies.pop(source), tallies
