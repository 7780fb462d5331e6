"""What the rows of a table are: projects, or partners with the project in each of their rows.

Told by what repeats: rows that have one project in common agree in what is said of the project and
differ in what is said of the partner.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.sources.inspection.candidates import SURE, Candidate
from kg.sources.inspection.facts import TableFacts
from kg.sources.values.totals import is_total

__all__ = ["Groups", "RowNature", "group_rows", "nature_of_rows", "total_rows", "varying_share"]

MIN_GROUPED = 0.3
"""The share of rows that have their project in common with another one, in a table of partners."""
MIN_VARYING = 0.3
"""The share of projects in whose rows what is said of the partner differs."""
MAX_CONTRADICTED = 0.1
"""The share of projects in whose rows what is said of the project may differ, by error."""
SLIP = 3
"""From so many projects with several rows on, one of them alone that differs is an error too."""
MAX_SHOWN = 3
"""Columns that are named."""
FILLED_DOWN = 0.9
"""Below this share of filled cells a key seems to stand in the first row of a project only."""
TRIED = ("project_id", "acronym", "title")
"""The meanings that can name a project, the best first."""
STEADY = ("title", "acronym", "start_date", "end_date", "programme", "specific_objective", "call",
          "description")  # fmt: skip
"""Meanings that are the same in all rows of a project."""

Guesses = Mapping[int, Sequence[Candidate]]


class Groups(NamedTuple):
    """Rows by key: how many keys there are, and those with several rows."""

    keys: list[int]
    sizes: Counter[int]

    @property
    def several(self) -> int:
        """How many keys have more than one row."""
        return sum(size > 1 for size in self.sizes.values())

    @property
    def grouped(self) -> float:
        """The share of rows whose key another row has too."""
        rows = sum(self.sizes.values())
        return sum(size for size in self.sizes.values() if size > 1) / rows if rows else 0.0


class RowNature(NamedTuple):
    """What rows are, and the columns of a key of projects: their positions, from 0.

    ``varying`` are the columns that differ within a project, each with the share of the projects
    where they do, of the ``several`` that have more than one row.
    """

    is_partners: bool
    key: tuple[int, ...]
    key_fields: tuple[str, ...]
    has_id: bool
    fill_down: bool
    varying: Mapping[int, float]
    reason: str
    key_reason: str = ""
    several: int = 0

    def differs(self, position: int) -> bool:
        """Tell whether a column differs within more projects than an error explains."""
        return _is_no_error(self.varying.get(position, 0.0), self.several)


def _is_no_error(share: float, several: int) -> bool:
    is_slip = several >= SLIP and round(share * several) <= 1
    return share > MAX_CONTRADICTED and not is_slip


def group_rows(
    facts: TableFacts, positions: Sequence[int], *, fill_down: bool = False, skip: int = 0
) -> Groups:
    """Return rows by the values of some columns; a row without any belongs to nothing (0).

    With ``fill_down`` it belongs to the project of the row above. The last ``skip`` rows are sums.
    """
    columns = [facts.codes(position) for position in positions]
    keys: list[int] = []
    last = 0
    for row, codes in enumerate(zip(*columns, strict=False)):
        if row >= facts.compared - skip:
            keys.append(0)
            continue
        key = hash(codes) if any(codes) else 0
        if key == 0 and fill_down:
            key = last
        last = key
        keys.append(key)
    return Groups(keys, Counter(key for key in keys if key))


def varying_share(facts: TableFacts, groups: Groups, position: int) -> float:
    """Return the share of projects with several rows in which a column has several values."""
    first: dict[int, int] = {}
    varying: set[int] = set()
    for key, code in zip(groups.keys, facts.codes(position), strict=False):
        if key and code and first.setdefault(key, code) != code:
            varying.add(key)
    return len(varying) / groups.several if groups.several else 0.0


def nature_of_rows(facts: TableFacts, guesses: Guesses) -> RowNature:
    """Return what the rows of a table are."""
    named = _named(guesses)
    skip = len(total_rows(facts))
    best: RowNature | None = None
    best_grouped = 0.0
    for meaning in TRIED:
        for position in named.get(meaning, [])[:2]:
            nature, grouped = _as_partners(facts, guesses, named, meaning, position, skip)
            if nature is not None and grouped > best_grouped + 0.02:
                best, best_grouped = nature, grouped
    if best is not None:
        return best if best.has_id else _with_made_key(facts, named, best, skip)
    return _as_projects(facts, named, skip)


def _named(guesses: Guesses) -> dict[str, list[int]]:
    """Return for each meaning the columns that seem to have it, of projects where it matters."""
    named: dict[str, list[tuple[float, int]]] = {}
    for position, candidates in guesses.items():
        if not candidates or candidates[0].score < SURE:
            continue
        top = candidates[0]
        meaning = top.meaning
        if meaning == "name" and top.scope == "project":
            meaning = "title"
        if meaning in ("project_id", "acronym") and top.scope == "partner":
            continue
        bonus = 0.01 if top.scope == "project" else 0.0
        named.setdefault(meaning, []).append((-(top.score + bonus), position))
    return {meaning: [p for _, p in sorted(found)] for meaning, found in named.items()}


def _as_partners(
    facts: TableFacts,
    guesses: Guesses,
    named: Mapping[str, Sequence[int]],
    meaning: str,
    position: int,
    skip: int,
) -> tuple[RowNature | None, float]:
    """Return the table as one of partners, if rows with one value of a column look like that."""
    column = facts.columns[position]
    fill_down = 0 < column.filled < FILLED_DOWN * (facts.row_count - skip)
    fill_down = fill_down and not _comes_again(facts.codes(position))
    groups = group_rows(facts, (position,), fill_down=fill_down, skip=skip)
    if groups.grouped < MIN_GROUPED:
        return None, 0.0
    varying = {c.position: varying_share(facts, groups, c.position) for c in facts.columns}
    steady = [p for m in STEADY for p in named.get(m, [])[:1] if p != position]
    contradicted = [p for p in steady if _is_no_error(varying[p], groups.several)]
    if contradicted and len(contradicted) * 2 >= len(steady):
        return None, 0.0
    parted = [
        p for p, found in guesses.items() if _is_of_partner(found) and varying[p] >= MIN_VARYING
    ]
    if not parted:
        return None, 0.0
    rows, projects = sum(groups.sizes.values()), len(groups.sizes)
    shown = facts.columns[parted[0]].header
    told = (
        f"‹{column.header}› has {projects:,} values in {rows:,} rows, and ‹{shown}› differs within "
        f"{varying[parted[0]]:.0%} of those that stand in several"
    )
    if fill_down:
        told += "; it stands in the first row of each project only"
    has_id = meaning == "project_id"
    fields = ("project_id",) if has_id else (meaning,)
    nature = RowNature(
        True, (position,), fields, has_id, fill_down, varying, told, several=groups.several
    )
    return nature, groups.grouped


def _comes_again(codes: Sequence[int]) -> bool:
    """Tell whether a key stands in every row of its project, and not in the first one only."""
    pairs = [(a, b) for a, b in pairwise(codes) if a and b]
    return sum(a == b for a, b in pairs) > 0.1 * max(1, sum(map(bool, codes)))


def _is_of_partner(found: Sequence[Candidate]) -> bool:
    return bool(found) and (
        found[0].scope == "partner" or found[0].meaning in ("name", "town", "role", "organisation")
    )


def _with_made_key(
    facts: TableFacts, named: Mapping[str, Sequence[int]], nature: RowNature, skip: int
) -> RowNature:
    """Choose the fewest columns that make an id of projects in a table of partners without one."""
    fields = {
        m: named[m][0] for m in ("programme", "acronym", "title", "start_date") if named.get(m)
    }
    name = nature.key_fields[0]
    tries: list[tuple[str, ...]] = [(name,)]
    tries += [("programme", name)] if "programme" in fields and name != "programme" else []
    tries += [(name, "start_date")] if "start_date" in fields else []
    tries += (
        [("programme", name, "start_date")] if {"programme", "start_date"} <= set(fields) else []
    )
    checked = [p for m in STEADY for p in named.get(m, [])[:1]]
    best: tuple[float, int, RowNature] | None = None
    for names in tries:
        positions = tuple(fields[n] for n in names)
        groups = group_rows(facts, positions, fill_down=nature.fill_down, skip=skip)
        varying = {c.position: varying_share(facts, groups, c.position) for c in facts.columns}
        worst = max((varying[p] for p in checked), default=0.0)
        made = f"{len(groups.sizes):,} projects of {facts.row_count:,} rows"
        told = f"no column of ids; these make {made}"
        if worst:
            header = facts.columns[max(checked, key=lambda p: varying[p])].header
            told += f", in {worst:.1%} of which with several rows ‹{header}› differs"
        found = nature._replace(
            key=positions,
            key_fields=names,
            varying=varying,
            key_reason=told,
            several=groups.several,
        )
        if best is None or (round(worst, 4), len(names)) < best[:2]:
            best = (round(worst, 4), len(names), found)
    return best[2] if best else nature


def _as_projects(facts: TableFacts, named: Mapping[str, Sequence[int]], skip: int) -> RowNature:
    for position in named.get("project_id", []):
        groups = group_rows(facts, (position,), skip=skip)
        rows = facts.compared - skip
        if len(groups.sizes) >= 0.9 * rows:
            header = facts.columns[position].header
            told = f"‹{header}› has {len(groups.sizes):,} values in {rows:,} rows"
            return RowNature(False, (position,), ("project_id",), True, False, {}, told)
    fields = {
        m: named[m][0] for m in ("acronym", "title", "programme", "start_date") if named.get(m)
    }
    tries: list[tuple[str, ...]] = [
        ("acronym",), ("title",), ("acronym", "title"), ("programme", "acronym"),
        ("programme", "title"), ("title", "start_date"),
    ]  # fmt: skip
    best: tuple[float, int, tuple[str, ...], int] | None = None
    for names in tries:
        if not set(names) <= set(fields):
            continue
        groups = group_rows(facts, [fields[n] for n in names], skip=skip)
        rows = facts.compared - skip
        repeated = 1 - len(groups.sizes) / rows if rows else 0.0
        if best is None or (round(repeated, 4), len(names)) < best[:2]:
            best = (round(repeated, 4), len(names), names, len(groups.sizes))
    reason = _repeating_told(facts, named, skip)
    if best is None:
        return RowNature(False, (), (), False, False, {}, reason or "nothing repeats")
    rows = facts.compared - skip
    told = f"no column of ids; these have {best[3]:,} values in {rows:,} rows"
    if best[3] < rows:
        told += ": of rows with one key and different words, only the first is published"
    key = tuple(fields[n] for n in best[2])
    return RowNature(False, key, best[2], False, False, {}, reason or "no project repeats", told)


def _repeating_told(facts: TableFacts, named: Mapping[str, Sequence[int]], skip: int) -> str:
    """Say what names projects and repeats, and which columns differ where it does.

    These are why the rows were not taken for partners of one project; empty where nothing repeats.
    """
    for position in (p for meaning in TRIED for p in named.get(meaning, [])[:1]):
        groups = group_rows(facts, (position,), skip=skip)
        if not groups.several:
            continue
        rows, header = sum(groups.sizes.values()), facts.columns[position].header
        told = f"‹{header}› has {len(groups.sizes):,} values in {rows:,} rows"
        steady = [p for m in STEADY for p in named.get(m, [])[:1] if p != position]
        if groups.grouped < MIN_GROUPED:
            return f"{told}, so few repeat"
        shares = {p: varying_share(facts, groups, p) for p in sorted(steady)}
        differing = [
            f"‹{facts.columns[p].header}› within {round(share * groups.several):,}"
            for p, share in shares.items()
            if share
        ]
        if not differing:
            return f"{told}, but no column tells that these are partners: check that"
        shown = ", ".join(differing[:MAX_SHOWN]) + (" …" if len(differing) > MAX_SHOWN else "")
        told += f", but of the {groups.several:,} that repeat these differ: {shown}"
        return f"{told}; check if they are partners"
    return ""


def total_rows(facts: TableFacts) -> list[tuple[int, str]]:
    """Return cells of the last rows that say that their row is a sum: position and text."""
    found = []
    for cells in facts.last:
        hit = next(((n, c) for n, c in enumerate(cells) if c is not None and is_total(c)), None)
        if hit is not None and hit[0] < len(facts.columns):
            found.append(hit)
    return found
