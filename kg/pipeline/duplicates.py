"""Projects that come twice: the same record is published once, a contradicting one is held back.

Which of two contradicting records is right is not for a program to say. The first one counts, and
is published unless a rule holds it back; the second goes to the rejects with the place of the first
and the differences. So does a project with a partner under the id of a partner of another one: both
would be one resource.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing

import msgspec

from kg import iris
from kg.pipeline.differences import StatedRecord, differences, stated_record
from kg.problems import Place, Problem
from kg.records import (
    Account,
    Held,
    Outcome,
    Project,
    Reading,
    RowOrigin,
    Tally,
    held_parts,
)
from kg.scratch import open_scratch

__all__ = ["Duplicates"]

MOST = 12
"""Differences that are told one by one."""
BATCH = 200
"""Records that are handed to SQLite together."""


class Duplicates:
    """Remembers each project of a run by its id: what it states and where.

    What they state lies on disk, so that memory does not grow with their number. Use as a context
    manager.
    """

    def __init__(self) -> None:
        self._database = open_scratch(
            "records (project TEXT PRIMARY KEY, record BLOB)",
            # by an id in one case: the first spelling of it
            "spellings (folded TEXT PRIMARY KEY, spelling TEXT) WITHOUT ROWID",
            # keys of partners that do not begin with the id of their project
            "strangers (key TEXT PRIMARY KEY, project TEXT) WITHOUT ROWID",
        )
        self._has_strangers = False
        self._waiting: dict[str, bytes] = {}
        self._encode = msgspec.msgpack.Encoder(decimal_format="string").encode
        self._decode = msgspec.msgpack.Decoder(StatedRecord).decode

    def __enter__(self) -> Duplicates:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def check(self, reading: Reading) -> Reading:
        """Return the reading, without its project where that id was read before."""
        project, whole = reading.project, reading.whole
        if project is None or whole is None:
            return reading
        mine = stated_record(project, whole.place())
        key = iris.encode(project.project_id)
        first = self._find(key)
        if first is None:
            self._keep(key, mine)
            reading = self._with_case_checked(reading, project)
            taken = self._taken(project)
            return reading if taken is None else _with_taken(reading, project, mine.place, *taken)
        # what is compared has gone the same way: written and read
        mine = self._decode(self._encode(mine))
        found = list(differences(first, mine))
        if not found:
            return _repeated(reading, project, mine.place, first.place)
        return _contradicting(reading, project, mine.place, first.place, found)

    def _keep(self, key: str, record: StatedRecord) -> None:
        self._waiting[key] = self._encode(record)
        if len(self._waiting) >= BATCH:
            rows = self._waiting.items()
            self._database.executemany("INSERT INTO records VALUES (?, ?)", rows)
            self._waiting.clear()

    def _find(self, key: str) -> StatedRecord | None:
        data = self._waiting.get(key)
        if data is None:
            query = "SELECT record FROM records WHERE project = ?"
            found = self._database.execute(query, (key,)).fetchone()
            if found is None:
                return None
            (data,) = found
        return self._decode(data)

    def _taken(self, project: Project) -> tuple[str, StatedRecord] | None:
        """Return a key of a partner that another project has too, and that project."""
        keys = {partner.key for partner in project.partners}
        strangers = {key for key in keys if not key.startswith(f"{project.project_id}-")}
        for other in self._others(project.project_id, keys, strangers):
            there = self._find(iris.encode(other))
            if there is not None:
                encoded = set(map(iris.encode, there.partners))
                shared = min((key for key in keys if iris.encode(key) in encoded), default=None)
                if shared is not None:
                    return shared, there
        for key in strangers:
            put = "INSERT OR IGNORE INTO strangers VALUES (?, ?)"
            self._database.execute(put, (key, project.project_id))
            self._has_strangers = True
        return None

    def _others(self, project_id: str, keys: set[str], strangers: set[str]) -> Iterator[str]:
        """Yield ids that projects may have whose partners have one of some keys.

        A key begins with the id of its project. So of two projects with one key the id of one
        begins that of the other, which ids of one source seldom do; strangers are looked up.
        """
        yield from _beginnings(project_id)
        folded = project_id.casefold()
        query = "SELECT spelling FROM spellings WHERE folded > ? AND folded < ?"
        # the full stop follows the hyphen in Unicode
        with closing(self._database.execute(query, (f"{folded}-", f"{folded}."))) as found:
            for (spelling,) in found:
                yield spelling
        for key in strangers:
            yield from (begin for begin in _beginnings(key) if begin != project_id)
        if self._has_strangers:
            query = "SELECT project FROM strangers WHERE key = ?"
            for key in keys:
                for (other,) in self._database.execute(query, (key,)).fetchall():
                    yield other

    def _with_case_checked(self, reading: Reading, project: Project) -> Reading:
        folded = project.project_id.casefold()
        other = self._spelling(folded, project.project_id)
        if other == project.project_id:
            return reading
        place = project.origin.place("project_id")
        problem = _problem("id-case", project, place, f"{other} was read before.")
        return msgspec.structs.replace(reading, problems=(*reading.problems, problem))

    def _spelling(self, folded: str, spelling: str) -> str:
        """Return the first spelling of an id, which is this one where there is none before."""
        put = "INSERT OR IGNORE INTO spellings VALUES (?, ?)"
        if self._database.execute(put, (folded, spelling)).rowcount:
            return spelling
        query = "SELECT spelling FROM spellings WHERE folded = ?"
        found: tuple[str] = self._database.execute(query, (folded,)).fetchone()
        return found[0]


def _repeated(reading: Reading, project: Project, place: Place, first: Place) -> Reading:
    problem = _problem("duplicate-record", project, place, f"It stands already at {first}.")
    return _without_project(reading, Outcome.IGNORED, (problem,), ())


def _contradicting(
    reading: Reading, project: Project, place: Place, first: Place, differences: list[str]
) -> Reading:
    shown = differences[:MOST]
    if len(differences) > MOST:
        shown.append(f"and {len(differences) - MOST} more")
    told = f"It stands at {first} with other content (there ↔ here): {'; '.join(shown)}."
    remedy = None
    if _is_made(project):
        told += " The id is made from other fields: they may be two projects."
        remedy = (
            "If they are two projects, name more fields under [key] in the profile; otherwise "
            "delete one of the two."
        )
    return _held_back(
        reading, project, _problem("duplicate-conflict", project, place, told, remedy)
    )


def _with_taken(
    reading: Reading, project: Project, place: Place, key: str, there: StatedRecord
) -> Reading:
    told = f"{key} is a partner of {there.stated['project_id']} too, at {there.place}."
    return _held_back(reading, project, _problem("partner-of-two-projects", project, place, told))


def _held_back(reading: Reading, project: Project, problem: Problem) -> Reading:
    """Return the reading with all parts of its project held back for a problem."""
    problems = (*reading.problems, problem)
    held = tuple(held_parts(reading.parts, problems, project.project_id))
    return _without_project(reading, Outcome.REJECTED, problems, held)


def _beginnings(text: str) -> Iterator[str]:
    """Yield what stands before each hyphen of an id."""
    at = text.find("-")
    while at > 0:
        yield text[:at]
        at = text.find("-", at + 1)


def _is_made(project: Project) -> bool:
    """Tell whether no column states the id of a project."""
    origin = project.origin
    return isinstance(origin, RowOrigin) and "project_id" not in origin.positions


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


def _with_outcome(cells: Account, outcome: Outcome) -> Account:
    found: Tally = Counter()
    for (column, before), number in cells.items():
        found[(column, outcome if before is Outcome.MAPPED else before)] += number
    return dict(found)


def _problem(
    code: str, project: Project, place: Place, message: str, remedy: str | None = None
) -> Problem:
    return Problem.of(
        code,
        place,
        message,
        field="project_id",
        value=project.project_id,
        record=project.project_id,
        remedy=remedy,
    )
