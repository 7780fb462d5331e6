"""What a build would make of some files: read, mapped and checked, with nothing written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from kg.pipeline.batch import Settled, Tools, process
from kg.pipeline.duplicates import Duplicates
from kg.pipeline.ledger import Ledger
from kg.pipeline.memory import rare_collections
from kg.pipeline.run import BATCH_SIZE, make_tools
from kg.pipeline.trace import beside_held
from kg.problems import CODES, Level, Problem, Refused
from kg.records import Reading
from kg.scratch import scratch_errors
from kg.settings import Settings
from kg.sources import examine_inputs, read_input
from kg.sources.inspection.columns import ColumnUse, read_column_uses
from kg.sources.personal import publishable

__all__ = ["CheckedColumn", "CheckedProblem", "SourceCheck", "check_sources"]

EXAMPLES = 5
"""Places that are kept of each problem."""


class CheckedColumn(msgspec.Struct, frozen=True):
    """A column of a file, what the profile makes of it, and what becomes of its cells.

    ``use`` is ``field``, ``ignored``, ``unknown`` or ``personal``; ``reason`` says why it states no
    field. Columns that state one field of several partners are told together.
    """

    source: str
    headers: tuple[str, ...]
    field: str | None
    use: str
    reason: str
    style: str
    mapped: int
    ignored: int
    rejected: int


class CheckedProblem(msgspec.Struct, frozen=True):
    """All problems with one code and level: how many, and the first of them."""

    code: str
    level: str
    count: int
    remedy: str
    examples: tuple[Problem, ...]


class SourceCheck(msgspec.Struct, frozen=True):
    """What a build would make of some files. ``held`` counts what it would hold back."""

    files: tuple[str, ...]
    layouts: tuple[str, ...]
    records: int
    projects: int
    partners: int
    held: dict[str, int]
    columns: tuple[CheckedColumn, ...]
    problems: tuple[CheckedProblem, ...]
    passed_over: tuple[str, ...]

    @property
    def exit_status(self) -> int:
        """0 where all would be published, 1 where something would be held back."""
        return 1 if any(self.held.values()) else 0


class _Counts:
    """Adds up what becomes of readings."""

    def __init__(self, tools: Tools) -> None:
        self.tools = tools
        self.ledger = Ledger()
        self.records = self.projects = self.partners = 0
        self.held: Counter[str] = Counter()
        self.codes: Counter[tuple[str, str]] = Counter()
        self.examples: dict[tuple[str, str], list[Problem]] = {}

    def add(self, reading: Reading, settled: Settled | None) -> None:
        problems = settled.problems if settled else []
        if reading.held:
            problems = beside_held(problems, self.tools.shapes)
        found = (*reading.problems, *problems)
        hold_from = self.tools.hold_from
        is_held = settled is not None and (
            settled.held or any(p.level >= hold_from for p in reading.problems)
        )
        for source, cells in reading.accounts.items():
            self.ledger.see(source, cells)
            self.ledger.settle(source, cells, published=not is_held)
        for problem in found:
            key = (problem.code, problem.level.word)
            self.codes[key] += 1
            kept = self.examples.setdefault(key, [])
            if len(kept) < EXAMPLES:
                kept.append(publishable(problem))
        self.records += reading.whole is not None
        if settled is None:
            kind = "partners" if reading.whole is None else "records"
            self.held[kind] += bool(reading.held)
        elif is_held:
            self.held["records"] += 1
        else:
            self.projects += 1
            self.partners += len(settled.project.partners)
            self.held["partners"] += len(reading.held)
            self.held["fields"] += sum(p.level == Level.FIELD for p in reading.problems)

    def problems(self) -> tuple[CheckedProblem, ...]:
        ranks = [level.word for level in Level][::-1]
        ordered = sorted(self.codes.items(), key=lambda i: (ranks.index(i[0][1]), -i[1], i[0][0]))
        return tuple(
            CheckedProblem(
                code,
                level,
                number,
                CODES[code].remedy if code in CODES else self.examples[code, level][0].remedy,
                tuple(self.examples[code, level]),
            )
            for (code, level), number in ordered
        )


def check_sources(
    sources: Sequence[Path], settings: Settings, profile: str | None = None
) -> SourceCheck:
    """Return what a build would make of some files under a profile, without writing anything.

    Args:
        sources: files, or folders of files.
        settings: those of the build; they say from which level on a record is held back.
        profile: the name or the path of a profile; without it, files are recognised.

    Raises:
        InputError: a source cannot be used.
        ProfileError: the profile cannot be used; the error points to its line.
        Refused: a file cannot be used at all.
        OutputError: there is no room for temporary files.
    """
    inputs = examine_inputs(sources, () if profile is None else (profile,))
    uses = read_column_uses(inputs)
    tools = make_tools(settings)
    counts = _Counts(tools)
    refused: list[Problem] = []
    with scratch_errors(), rare_collections(), Duplicates() as duplicates:
        for item in inputs.items:
            try:
                for batch in _batches(read_input(item), duplicates):
                    _add(batch, counts)
            except Refused as error:
                refused += error.problems
    if refused:
        raise Refused(list(map(publishable, refused)))
    return SourceCheck(
        files=tuple(examined.file.name for examined in inputs.files),
        layouts=tuple(dict.fromkeys(item.layout for item in inputs.items)),
        records=counts.records,
        projects=counts.projects,
        partners=counts.partners,
        held={name: counts.held[name] for name in ("records", "partners", "fields")},
        columns=tuple(_columns(uses, counts.ledger.as_table())),
        problems=counts.problems(),
        passed_over=tuple(inputs.passed_over),
    )


def _batches(readings: Iterator[Reading], duplicates: Duplicates) -> Iterator[list[Reading]]:
    batch: list[Reading] = []
    for reading in readings:
        batch.append(duplicates.check(reading))
        if len(batch) >= BATCH_SIZE:
            yield batch
            batch = []
    yield batch


def _add(batch: Sequence[Reading], counts: _Counts) -> None:
    settled = iter(process([r.project for r in batch if r.project is not None], counts.tools))
    for reading in batch:
        counts.add(reading, next(settled) if reading.project is not None else None)


def _columns(
    uses: Sequence[ColumnUse], ledger: dict[str, dict[str, dict[str, int]]]
) -> Iterator[CheckedColumn]:
    """Yield the columns of files with what became of their cells; those of one name together."""
    together: dict[tuple[str, str], list[ColumnUse]] = {}
    for use in uses:
        together.setdefault((use.source, use.name), []).append(use)
    for (source, name), found in together.items():
        cells = ledger.get(source, {}).pop(name, {})
        first = found[0]
        yield CheckedColumn(
            source,
            tuple(use.header for use in found),
            first.field,
            first.use,
            first.reason,
            first.style,
            cells.get("mapped", 0),
            cells.get("ignored", 0),
            cells.get("rejected", 0),
        )
    for source, columns in ledger.items():
        for name, cells in columns.items():
            counted = [cells.get(outcome, 0) for outcome in ("mapped", "ignored", "rejected")]
            if any(counted):
                yield CheckedColumn(source, (name,), None, "other", "", "", *counted)
