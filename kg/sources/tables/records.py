"""Rows of projects and partners → records, with an account of every cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from kg.problems import CODES, Level, Place, Problem
from kg.records import Held, Outcome, Partner, Project, Reading, Role, RowOrigin
from kg.sources.fields import stated_currency
from kg.sources.tables.columns import Columns
from kg.sources.tables.partner_rows import PartnerRows
from kg.sources.tables.table import Row
from kg.sources.values import clean, parse_value

__all__ = ["RowTable", "read_records"]


class RowTable(NamedTuple):
    """A table that is read: the file that it stands in, and its columns."""

    source: str
    columns: Columns

    def origin(self, row: Row) -> RowOrigin:
        """Return where the record of a row comes from."""
        cells = tuple(row.cells)
        return RowOrigin(
            self.source,
            self.columns.header,
            self.columns.positions,
            cells,
            row.number,
            row.line,
            row.pointer,
        )


class _Values(NamedTuple):
    """What a row states, what is wrong in it, and what became of its cells."""

    values: dict[str, object]
    problems: list[Problem]
    cells: Counter[tuple[str, Outcome]]


def read_records(
    projects: RowTable, partners: RowTable, rows: Iterator[Row], partner_rows: PartnerRows
) -> Iterator[Reading]:
    """Yield what is made of each row of projects, with the partners that name it."""
    for row in rows:
        yield _read_project(projects, partners, row, partner_rows)
    for row in partner_rows.left():
        yield _orphan(partners, row)


def _read_project(
    table: RowTable, partners: RowTable, row: Row, partner_rows: PartnerRows
) -> Reading:
    origin = table.origin(row)
    found = _read_values(table, row, origin)
    key = row.pointer or clean(origin.value("project_id") or "")
    mine = partner_rows.take(key)
    required = [f for f in table.columns.fields.values() if f.required]
    for field in required:
        if origin.value(field.name) is None and field.kind == "id":
            told = f"The {field.name} is missing."
            found.problems.append(Problem.of("required", origin.place(field.name), told))
    if any(problem.level >= Level.RECORD for problem in found.problems):
        return _hold(table, partners, row, mine, found)
    project_id = str(found.values["project_id"])
    read = _PartnerTable(partners, project_id)
    listed = tuple(p for p in map(read.read, mine) if p is not None)
    currency = stated_currency(found.values, table.columns.styles["project_id"].currency)
    project = Project(
        **found.values,  # type: ignore[arg-type]  # the kinds of the fields give the record's types
        currency=currency,
        partners=listed,
        origin=origin,
    )
    problems = (*_of_record(found.problems, project_id), *read.problems)
    held = tuple(read.held)
    cells, elsewhere = _accounts(table, partners, found.cells, read.cells)
    return Reading(table.source, project, origin, problems, held, cells, elsewhere)


Cells = Counter[tuple[str, Outcome]]


def _accounts(
    table: RowTable, partners: RowTable, own: Cells, others: Cells
) -> tuple[Cells, dict[str, Cells]]:
    """Return the cells of the table's own file, and those of the partners' where it is another."""
    if partners.source == table.source:
        return own + others, {}
    return own, {partners.source: others}


def _hold(
    table: RowTable, partners: RowTable, row: Row, mine: list[Row], found: _Values
) -> Reading:
    """Hold a project back with the rows of its partners."""
    origin = table.origin(row)
    record = clean(origin.value("project_id") or "") or None
    problems = tuple(_of_record(found.problems, record))
    held = [Held(origin, problems, record)]
    others: Cells = Counter()
    for partner_row in mine:
        held.append(Held(partners.origin(partner_row), problems, record))
        others += _rejected(partners.columns, partner_row)
    cells, elsewhere = _accounts(table, partners, _rejected(table.columns, row), others)
    return Reading(table.source, None, origin, problems, tuple(held), cells, elsewhere)


def _orphan(table: RowTable, row: Row) -> Reading:
    """Hold a partner back whose project is not in the input."""
    origin = table.origin(row)
    project_id = clean(origin.value("project_id") or "")
    told = f"There is no project ‹{project_id}› in the input."
    problem = Problem.of(
        "partner-orphan", origin.place("project_id"), told, field="project_id", value=project_id
    )
    cells = dict(_rejected(table.columns, row))
    return Reading(table.source, None, None, (problem,), (Held(origin, (problem,)),), cells)


class _PartnerTable:
    """Reads the partners of one project; afterwards it holds what is to be said about them."""

    def __init__(self, table: RowTable, project_id: str) -> None:
        self._table = table
        self._project_id = project_id
        self._seen: dict[str, Row] = {}
        self.problems: list[Problem] = []
        self.held: list[Held] = []
        self.cells: Counter[tuple[str, Outcome]] = Counter()

    def read(self, row: Row) -> Partner | None:
        """Return the partner of a row, or None where it is held back."""
        origin = self._table.origin(row)
        found = _read_values(self._table, row, origin)
        values = found.values
        for name in ("partner_id", "name") if row.problem is None else ():
            if name not in values and not any(p.field == name for p in found.problems):
                told = f"The partner has no {name}."
                found.problems.append(_partner_problem("required", origin.place(name), told))
        partner_id = str(values.get("partner_id", ""))
        earlier = self._seen.setdefault(partner_id, row) if partner_id else row
        if earlier is not row:
            if earlier.cells == row.cells:
                self._repeat(origin, row, partner_id)
                return None
            told = f"{partner_id} stands already in another row, otherwise."
            place = origin.place("partner_id")
            found.problems.append(_partner_problem("partner-duplicate", place, told))
        if any(problem.level >= Level.PARTNER for problem in found.problems):
            self._hold(origin, row, found.problems)
            return None
        self.problems += _of_record(found.problems, self._project_id)
        self.cells += found.cells
        values.setdefault("role", Role.PARTNER)
        values.pop("project_id", None)
        return Partner(key=partner_id, **values, origin=origin)  # type: ignore[arg-type]

    def _repeat(self, origin: RowOrigin, row: Row, partner_id: str) -> None:
        told = f"{partner_id} stands in another row in the same words; it is published once."
        problem = Problem.of("partner-repeated", origin.place(), told, record=self._project_id)
        self.problems.append(problem)
        self.cells += _outcome(self._table.columns, row, Outcome.IGNORED)

    def _hold(self, origin: RowOrigin, row: Row, problems: list[Problem]) -> None:
        told = tuple(_of_record(problems, self._project_id))
        self.problems += told
        self.held.append(Held(origin, told, self._project_id))
        self.cells += _rejected(self._table.columns, row)


def _read_values(table: RowTable, row: Row, origin: RowOrigin) -> _Values:
    columns = table.columns
    is_partner = "partner_id" in columns.fields
    found = _Values({}, [], Counter())
    if row.problem is not None:
        level = Level.PARTNER if is_partner else Level.RECORD
        code, told = row.problem
        found.problems.append(Problem.of(code, origin.place(), told, level=level))
        return found
    for name, field in columns.fields.items():
        raw = origin.value(name)
        if raw is None:
            continue
        parsed = parse_value(raw, field, columns.styles[name])
        found.cells[(name, parsed.outcome)] += 1
        if parsed.value is not None:
            found.values[name] = parsed.value
        if parsed.finding is None:
            continue
        code, told = parsed.finding
        level = CODES[code].level
        if level >= Level.FIELD and (field.required or level >= Level.PARTNER):
            level = Level.PARTNER if is_partner else Level.RECORD
        place = origin.place(name)
        found.problems.append(Problem.of(code, place, told, field=name, value=raw, level=level))
    for position in columns.unknown:
        if position < len(row.cells) and row.cells[position] is not None:
            found.cells[(columns.header[position], Outcome.IGNORED)] += 1
    return found


def _partner_problem(code: str, place: Place, told: str) -> Problem:
    return Problem.of(code, place, told, level=Level.PARTNER)


def _of_record(problems: list[Problem], record: str | None) -> list[Problem]:
    return [msgspec.structs.replace(problem, record=record) for problem in problems]


def _rejected(columns: Columns, row: Row) -> Counter[tuple[str, Outcome]]:
    return _outcome(columns, row, Outcome.REJECTED)


def _outcome(columns: Columns, row: Row, outcome: Outcome) -> Counter[tuple[str, Outcome]]:
    names: Mapping[int, str] = {position: name for name, position in columns.positions.items()}
    cells: Counter[tuple[str, Outcome]] = Counter()
    for position, cell in enumerate(row.cells):
        if cell is not None:
            header = columns.header[position] if position < len(columns.header) else "extra"
            cells[(names.get(position, header), outcome)] += 1
    return cells
