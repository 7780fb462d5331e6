"""Projects that come twice: the same record is published once, a contradicting one is held back.

Which of two contradicting records is right is not for a program to say. The first one is
published, so that a bad record never takes a good one along, and the second goes to the rejects
with the place of the first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from hashlib import sha256

import msgspec

from kg import iris
from kg.problems import Place, Problem
from kg.records import Held, Origin, Outcome, Project, Reading, RowOrigin

__all__ = ["Duplicates"]


class Duplicates:
    """Remembers each project of a run by its id: what it states and where."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[bytes, Place]] = {}
        self._spellings: dict[str, str] = {}

    def check(self, reading: Reading) -> Reading:
        """Return the reading, without its project where that id was read before."""
        project, whole = reading.project, reading.whole
        if project is None or whole is None:
            return reading
        content, place = _fingerprint(project), whole.place()
        first = self._seen.setdefault(iris.encode(project.project_id), (content, place))
        if first[1] is place:
            return self._with_case_checked(reading, project)
        if first[0] == content:
            return _repeated(reading, project, place, first[1])
        return _contradicting(reading, project, whole, first[1])

    def _with_case_checked(self, reading: Reading, project: Project) -> Reading:
        folded = project.project_id.casefold()
        other = self._spellings.setdefault(folded, project.project_id)
        if other == project.project_id:
            return reading
        place = project.origin.place("project_id")
        problem = _problem("id-case", project, place, f"{other} was read before.")
        return msgspec.structs.replace(reading, problems=(*reading.problems, problem))


def _repeated(reading: Reading, project: Project, place: Place, first: Place) -> Reading:
    problem = _problem("duplicate-record", project, place, f"It stands already at {first}.")
    return _without_project(reading, Outcome.IGNORED, (problem,), ())


def _contradicting(
    reading: Reading, project: Project, whole: Origin | RowOrigin, first: Place
) -> Reading:
    message = f"It stands at {first} with other content; that one is published."
    problems = (*reading.problems, _problem("duplicate-conflict", project, whole.place(), message))
    held = (Held(whole, problems, project.project_id),)
    return _without_project(reading, Outcome.REJECTED, problems, held)


def _without_project(
    reading: Reading,
    outcome: Outcome,
    problems: tuple[Problem, ...],
    held: tuple[Held, ...],
) -> Reading:
    """Return the reading with ``outcome`` for all cells that would have been mapped."""
    cells = _with_outcome(reading.cells, outcome)
    elsewhere = {name: _with_outcome(part, outcome) for name, part in reading.elsewhere.items()}
    return Reading(reading.source, None, reading.whole, problems, held, cells, elsewhere)


Cells = Mapping[tuple[str, Outcome], int]


def _with_outcome(cells: Cells, outcome: Outcome) -> Cells:
    found: Counter[tuple[str, Outcome]] = Counter()
    for (column, before), number in cells.items():
        found[(column, outcome if before is Outcome.MAPPED else before)] += number
    return dict(found)


def _problem(code: str, project: Project, place: Place, message: str) -> Problem:
    return Problem.of(
        code,
        place,
        message,
        field="project_id",
        value=project.project_id,
        record=project.project_id,
    )


def _fingerprint(project: Project) -> bytes:
    """Return a hash of what a record states, wherever it stands."""
    partners = [msgspec.structs.asdict(partner) for partner in project.partners]
    stated = msgspec.structs.asdict(project) | {"origin": None}
    stated["partners"] = [partner | {"origin": None} for partner in partners]
    return sha256(msgspec.json.encode(stated)).digest()
