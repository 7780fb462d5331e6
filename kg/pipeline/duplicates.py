"""Projects that come twice: the same record is published once, a contradicting one is held back.

Which of two contradicting records is right is not for a program to say. The first one counts, and
is published unless a rule holds it back; the second goes to the rejects with the place of the first
and the differences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import get_type_hints

import msgspec

from kg import iris
from kg.problems import Place, Problem, shorten
from kg.records import (
    Account,
    Held,
    Outcome,
    Partner,
    Project,
    Reading,
    RowOrigin,
    Tally,
    held_parts,
)
from kg.scratch import open_scratch

__all__ = ["Duplicates"]

WIDTH = 60
"""Characters of a value that a difference shows."""
MOST = 12
"""Differences that are told one by one."""
BATCH = 200
"""Records that are handed to SQLite together."""
NO_CONTENT = frozenset({"origin", "partners", "corrections", "has_all_partners", "key"})
"""What tells where a record stands, or what was made of it."""


def _content(record: type[Project | Partner]) -> tuple[str, ...]:
    return tuple(name for name in record.__struct_fields__ if name not in NO_CONTENT)


def _amounts(record: type[Project | Partner]) -> frozenset[str]:
    return frozenset(n for n, kind in get_type_hints(record).items() if kind == Decimal | None)


OF_PROJECT, OF_PARTNER = _content(Project), _content(Partner)
"""The fields that are compared, in the order in which their values are kept."""
AMOUNTS = _amounts(Project) | _amounts(Partner)
"""The fields that can state the same with other digits: 5 and 5.00."""
_values_of_project, _values_of_partner = attrgetter(*OF_PROJECT), attrgetter(*OF_PARTNER)


class _First(msgspec.Struct, array_like=True):
    """The first record of an id: where it stands, and the values of its fields.

    This is made of every record and looked at where its id comes again.
    """

    place: Place
    values: Sequence[object]
    partners: Mapping[str, Sequence[object]]
    is_joined: bool
    """Whether its partners stand in a table of their own, which names them once for all rows."""

    @property
    def stated(self) -> dict[str, object]:
        """What it states, by field."""
        return _stated(OF_PROJECT, self.values)

    @property
    def stated_of_partners(self) -> dict[str, dict[str, object]]:
        """What it states of each partner, by its key and field."""
        return {key: _stated(OF_PARTNER, values) for key, values in self.partners.items()}


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
        )
        self._waiting: dict[str, bytes] = {}
        self._encode = msgspec.msgpack.Encoder(decimal_format="string").encode
        self._decode = msgspec.msgpack.Decoder(_First).decode

    def __enter__(self) -> Duplicates:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def check(self, reading: Reading) -> Reading:
        """Return the reading, without its project where that id was read before."""
        project, whole = reading.project, reading.whole
        if project is None or whole is None:
            return reading
        mine = _first(project, whole.place())
        key = iris.encode(project.project_id)
        first = self._find(key)
        if first is None:
            self._keep(key, mine)
            return self._with_case_checked(reading, project)
        # what is compared has gone the same way: written and read
        mine = self._decode(self._encode(mine))
        differences = list(_differences(first, mine))
        if not differences:
            return _repeated(reading, project, mine.place, first.place)
        return _contradicting(reading, project, mine.place, first.place, differences)

    def _keep(self, key: str, record: _First) -> None:
        self._waiting[key] = self._encode(record)
        if len(self._waiting) >= BATCH:
            rows = self._waiting.items()
            self._database.executemany("INSERT INTO records VALUES (?, ?)", rows)
            self._waiting.clear()

    def _find(self, key: str) -> _First | None:
        data = self._waiting.get(key)
        if data is None:
            query = "SELECT record FROM records WHERE project = ?"
            found = self._database.execute(query, (key,)).fetchone()
            if found is None:
                return None
            (data,) = found
        return self._decode(data)

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
    problems = (*reading.problems, _problem("duplicate-conflict", project, place, told, remedy))
    held = tuple(held_parts(reading.parts, problems, project.project_id))
    return _without_project(reading, Outcome.REJECTED, problems, held)


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


def _first(project: Project, place: Place) -> _First:
    """Return what a record states, wherever it stands."""
    origins = [partner.origin for partner in project.partners]
    own = project.origin
    is_joined = isinstance(own, RowOrigin) and own.table == "projects" and own.pointer is None
    is_joined = is_joined and any(
        isinstance(origin, RowOrigin) and origin.table == "partners" for origin in origins
    )
    partners = {partner.key: _values_of_partner(partner) for partner in project.partners}
    return _First(place, _values_of_project(project), partners, is_joined)


def _stated(names: Sequence[str], values: Sequence[object]) -> dict[str, object]:
    """Return what values that were read back state, by field."""
    return {
        name: format(Decimal(str(value)).normalize(), "f") if name in AMOUNTS else value
        for name, value in zip(names, values, strict=True)
        if value is not None and value != []
    }


def _differences(first: _First, other: _First) -> Iterator[str]:
    """Yield in words what two records do not state alike: there ↔ here."""
    # the rows of a table of partners name the project, and the first of its rows has them all
    has_none = first.is_joined and not other.partners
    left_out = {"currency"} if has_none else set()
    of_first, of_other = first.stated, other.stated
    for name in dict.fromkeys([*of_first, *of_other]):
        if name not in left_out:
            yield from _difference(name, of_first.get(name), of_other.get(name))
    if has_none:
        return
    partners_of_other = other.stated_of_partners
    for key, there in first.stated_of_partners.items():
        here = partners_of_other.get(key)
        if here is None:
            yield f"partner {key} is only there"
            continue
        for name in dict.fromkeys([*there, *here]):
            yield from _difference(f"partner {key} {name}", there.get(name), here.get(name))
    for key in other.partners:
        if key not in first.partners:
            yield f"partner {key} is only here"


def _difference(name: str, there: object, here: object) -> Iterator[str]:
    if there != here:
        yield f"{name} ‹{_told(there)}› ↔ ‹{_told(here)}›"


def _told(value: object) -> str:
    """Return a value in words."""
    if isinstance(value, dict):
        parts = [value.get(name) for name in ("code", "label", "value", "name", "x", "y")]
        told = " ".join(_told(part) for part in parts if part is not None)
        return f"{told} ({value['language']})" if value.get("language") else told
    if isinstance(value, list):
        return shorten(" | ".join(_told(each) for each in value), WIDTH)
    if value is None:
        return "–"
    return shorten(str(value), WIDTH)
