"""Rows → the partners of one project: from a table of their own, or from columns of the project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import count

import msgspec

from kg import iris
from kg.problems import Level, Place, Problem
from kg.records import Held, Outcome, Partner, RowOrigin, content_hash
from kg.sources.cell import Cell
from kg.sources.fields import MOST_PARTNERS
from kg.sources.formats.table import Row
from kg.sources.tables.cells import Marks, TableRows, finding_problem, read_values
from kg.sources.tables.complete import complete_partner
from kg.sources.tables.lists import split_list
from kg.sources.tables.plans import BlockPlan
from kg.sources.values import foreign_id_finding
from kg.sources.values.totals import is_total

__all__ = ["PartnerList"]


class _Candidate(msgspec.Struct):
    """A partner that can be published, unless another one of the project contradicts it."""

    values: dict[str, object]
    origin: RowOrigin
    marks: Marks
    block: BlockPlan


class PartnerList:
    """Reads the partners of one project; afterwards it holds what is to be said about them.

    ``constants`` are values for partners that do not state them; with ``local_ids`` their ids
    begin anew in each project.
    """

    def __init__(
        self, project_id: str, constants: dict[str, object], *, local_ids: bool = False
    ) -> None:
        self._project_id = project_id
        self._local_ids = local_ids
        self._constants = constants
        self._candidates: list[_Candidate] = []
        self.problems: list[Problem] = []
        self.held: list[Held] = []

    def read_own_row(self, rows: TableRows, row: Row, marks: Marks) -> bool:
        """Read a row of a table of partners, or say that all of it is held back."""
        if row.problem is not None:
            origin = rows.origin(row)
            self._hold(origin, [_problem(row.problem[0], origin.place(), row.problem[1])])
            return False
        block = rows.columns.blocks[0]
        return self._read(block, rows.origin(row, block), marks)

    def read_blocks(self, rows: TableRows, row: Row, marks: Marks) -> Problem | None:
        """Read the partners that a row of a project states.

        Returns a problem where lists of one block have not the same number of entries: then it
        cannot be told which entries belong together.
        """
        for block in rows.columns.blocks:
            lists = {
                plan.field.name: entries
                for plan in block.columns
                if (entries := _entries(row, plan.position, block)) is not None
            }
            if not lists:
                continue
            length = _common_length(lists)
            if length is None:
                place = rows.origin(row, block).place("name")
                told = ", ".join(f"{name} {len(entries)}" for name, entries in lists.items())
                return Problem.of("lists-unequal", place, f"Numbers of entries: {told}.")
            origin = rows.origin(row, block)
            if length > MOST_PARTNERS:
                told = f"The lists have {length:,} entries."
                return Problem.of("partners-too-many", origin.place("name"), told)
            is_list = length > 1 or block.separator is not None
            for n in range(length):
                items = {name: entries[n] for name, entries in lists.items() if n < len(entries)}
                if not any(items.values()):
                    continue
                if is_list:
                    origin = msgspec.structs.replace(origin, item=n, items=items)
                self._read(block, origin, marks)
        return None

    def finish(self) -> Iterator[Partner]:
        """Yield the partners, each under a key of its own: that which is stated, or one made of it.

        Ids are unique: of two partners with one id the later is held back, and where both state the
        same it is left out. A partner without an id is known by its organisation; two of one
        organisation in one project are told apart by what they state, not by their order.
        """
        by_id: dict[str, _Candidate] = {}
        by_key: dict[str, _Candidate] = {}
        unnamed: dict[str, list[_Candidate]] = {}
        chosen: dict[int, str] = {}
        for candidate in self._candidates:
            key = candidate.values.pop("key", None)
            partner_id = candidate.values.get("partner_id") or key
            if partner_id is None:
                name = str(candidate.values["name"])
                made = f"{self._project_id}-{iris.organisation_slug(name)}"
                unnamed.setdefault(made, []).append(candidate)
                continue
            earlier = by_id.setdefault(str(partner_id), candidate)
            if earlier is candidate:
                earlier = by_key.setdefault(str(key or partner_id), candidate)
            if earlier is candidate:
                chosen[id(candidate)] = str(key or partner_id)
            elif earlier.values == candidate.values:
                self._repeat(candidate, str(partner_id))
            else:
                self._contradict(candidate, str(partner_id), earlier)
        for made in sorted(unnamed):
            chosen |= self._told_apart(made, unnamed[made], set(chosen.values()))
        for candidate in self._candidates:
            if id(candidate) in chosen:
                yield Partner(
                    key=chosen[id(candidate)],
                    origin=candidate.origin,
                    **candidate.values,  # type: ignore[arg-type]
                )

    def _told_apart(
        self, key: str, candidates: Sequence[_Candidate], taken: Collection[str]
    ) -> dict[int, str]:
        """Return keys of their own for partners of one organisation, by their identity."""
        numbered = (key if n == 1 else f"{key}-{n}" for n in count(1))
        free = (each for each in numbered if each not in taken)
        if len(candidates) == 1:
            return {id(candidates[0]): next(free)}
        first: dict[bytes, _Candidate] = {}
        for candidate in candidates:
            if first.setdefault(content_hash(candidate.values), candidate) is not candidate:
                self._repeat(candidate, str(candidate.values["name"]))
        return {id(first[content]): next(free) for content in sorted(first)}

    def _read(self, block: BlockPlan, origin: RowOrigin, marks: Marks) -> bool:
        values, problems = read_values(block.columns, origin, marks, Level.PARTNER)
        if "name" not in values:
            # without a name there is no partner, whatever is wrong with it
            problems = [_of_partner(p) if p.field == "name" else p for p in problems]
            if not any(p.field == "name" for p in problems):
                place = origin.place("name")
                problems.append(_problem("required", place, "The partner has no name.", "name"))
        elif is_total(str(values["name"])):
            told = "A name that is the word for a sum."
            problems.append(_problem("row-total", origin.place("name"), told, "name"))
        partner_id = values.get("partner_id")
        if not (self._local_ids or partner_id is None):
            problems += self._id_problems(str(partner_id), origin)
        if any(problem.level >= Level.PARTNER for problem in problems):
            self._hold(origin, problems)
            for plan in block.columns:
                marks.mark(plan.position, Outcome.REJECTED)
            return False
        found = complete_partner(values, block.crs)
        if found is not None:
            problems.append(finding_problem(found, origin))
            marks.mark(block.positions[found.field], found.outcome)
        if self._local_ids and "partner_id" in values:
            values["partner_id"] = f"{self._project_id}-{values['partner_id']}"
        if block.constants or self._constants:
            values = {**self._constants, **block.constants, **values}
        values.setdefault("role", block.role)
        if problems:
            self.problems += self._of_project(problems)
        self._candidates.append(_Candidate(values, origin, marks, block))
        return True

    def _id_problems(self, partner_id: str, origin: RowOrigin) -> Iterator[Problem]:
        """Yield what is wrong with the id of a partner: it begins with that of its project."""
        foreign = foreign_id_finding(partner_id, self._project_id)
        if foreign is None:
            return
        code, told = foreign
        if is_total(partner_id):
            code, told = "row-total", "An id that is the word for a sum."
        yield _problem(code, origin.place("partner_id"), told, "partner_id")

    def _repeat(self, candidate: _Candidate, name: str) -> None:
        told = f"{name} stands in another place in the same words; it is published once."
        place = candidate.origin.place()
        if candidate.origin.items is None:
            positions = (plan.position for plan in candidate.block.columns)
            candidate.marks.set(positions, Outcome.IGNORED)
        self.problems.append(Problem.of("partner-repeated", place, told, record=self._project_id))

    def _contradict(self, candidate: _Candidate, partner_id: str, earlier: _Candidate) -> None:
        differing = [
            name
            for name in dict.fromkeys([*earlier.values, *candidate.values])
            if earlier.values.get(name) != candidate.values.get(name)
        ]
        told = (
            f"{partner_id} stands already at {earlier.origin.place()}, with another "
            f"{', '.join(differing)}."
        )
        place = candidate.origin.place("partner_id")
        self._hold(candidate.origin, [_problem("partner-duplicate", place, told)])
        for plan in candidate.block.columns:
            candidate.marks.mark(plan.position, Outcome.REJECTED)

    def _hold(self, origin: RowOrigin, problems: Iterable[Problem]) -> None:
        told = tuple(self._of_project(problems))
        self.problems += told
        self.held.append(Held(origin, told, self._project_id))

    def _of_project(self, problems: Iterable[Problem]) -> list[Problem]:
        return [msgspec.structs.replace(p, record=self._project_id) for p in problems]


def _entries(row: Row, position: int, block: BlockPlan) -> Sequence[Cell] | None:
    cell = row.cells[position] if position < len(row.cells) else None
    if cell is None:
        return None
    return split_list(cell, block.separator)


def _common_length(lists: dict[str, Sequence[Cell]]) -> int | None:
    """Return the number of entries of all lists, or None where they have not the same.

    A separator after the last entry makes an empty one more, which does not count.
    """
    lengths = Counter(len(entries) for entries in lists.values())
    if len(lengths) == 1:
        return next(iter(lengths))
    trimmed = {
        len(entries) - (len(entries) > min(lengths) and entries[-1] is None)
        for entries in lists.values()
    }
    return trimmed.pop() if len(trimmed) == 1 else None


def _problem(code: str, place: Place, told: str, field: str | None = None) -> Problem:
    return Problem.of(code, place, told, field=field, level=Level.PARTNER)


def _of_partner(problem: Problem) -> Problem:
    """Return the problem of a value without which a partner cannot be."""
    return msgspec.structs.replace(problem, level=max(problem.level, Level.PARTNER))
