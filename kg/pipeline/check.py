"""What a build would make of some files: read, mapped and checked, with nothing written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from kg.memory import rare_collections
from kg.pipeline.batch import Settled, Tools
from kg.pipeline.counting import Counting, Verdict
from kg.pipeline.stream import make_tools, open_sources, settle
from kg.problems import CODES, Level, Problem
from kg.records import Reading
from kg.scratch import scratch_errors
from kg.settings import Settings
from kg.sources.inspection.columns import ColumnUse, read_column_uses
from kg.sources.personal import publishable

__all__ = ["CheckedColumn", "CheckedProblem", "SourceCheck", "check_sources"]

EXAMPLES = 5
"""Places that are kept of each problem."""


class CheckedColumn(msgspec.Struct, frozen=True):
    """A column of a file, what the profile makes of it, and what becomes of its cells.

    ``use`` is ``field``, ``ignored``, ``unknown`` or ``personal``; ``other`` are cells of no column
    of a table, such as those of a copied text. ``reason`` says why it states no field. Columns that
    state one field of several partners are told together.
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


class _Findings(Counting):
    """Counts what becomes of readings, and keeps the first problems of each kind."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.projects = self.partners = 0
        self._kinds: Counter[tuple[str, str]] = Counter()
        self._examples: dict[tuple[str, str], list[Problem]] = {}

    @property
    def records(self) -> int:
        return self._records.total()

    def add(self, reading: Reading, settled: Settled | None) -> Verdict:
        verdict = super().add(reading, settled)
        if settled is not None and not verdict.is_held:
            self.projects += 1
            self.partners += len(settled.project.partners)
        return verdict

    def _report(self, problem: Problem) -> None:
        super()._report(problem)
        kind = (problem.code, problem.level.word)
        self._kinds[kind] += 1
        kept = self._examples.setdefault(kind, [])
        if len(kept) < EXAMPLES:
            kept.append(publishable(problem))

    def problems(self) -> tuple[CheckedProblem, ...]:
        ranks = [level.word for level in Level][::-1]
        ordered = sorted(self._kinds.items(), key=lambda i: (ranks.index(i[0][1]), -i[1], i[0][0]))
        return tuple(
            CheckedProblem(
                code,
                level,
                number,
                CODES[code].remedy if code in CODES else self._examples[code, level][0].remedy,
                tuple(self._examples[code, level]),
            )
            for (code, level), number in ordered
        )

    def columns(self, uses: Sequence[ColumnUse]) -> tuple[CheckedColumn, ...]:
        return tuple(_columns(uses, self._ledger.as_table()))


def check_sources(
    sources: Sequence[Path], settings: Settings, profile: str | None = None
) -> SourceCheck:
    """Return what a build would make of some files under a profile, without writing anything.

    Args:
        sources: files, or folders of files.
        settings: those of the build, but for its profiles.
        profile: the name or the path of a profile; without it, files are recognised.

    Raises:
        InputError: a source cannot be used.
        ProfileError: the profile cannot be used; the error points to its line.
        Refused: a file cannot be used at all.
        OutputError: there is no room for temporary files.
    """
    profiles = () if profile is None else (profile,)
    settings = msgspec.structs.replace(settings, profiles=profiles)
    opened = open_sources(sources, settings)
    uses = read_column_uses(opened.inputs)
    tools = make_tools(settings)
    found = _Findings(tools)
    with scratch_errors(), rare_collections():
        for reading, settled in settle(opened, tools, see=found.see, workers=1):
            found.add(reading, settled)
        found.tell(opened.left_over())
    return SourceCheck(
        files=tuple(examined.file.name for examined in opened.inputs.files),
        layouts=tuple(dict.fromkeys(item.layout for item in opened.inputs.items)),
        records=found.records,
        projects=found.projects,
        partners=found.partners,
        held=found.held,
        columns=found.columns(uses),
        problems=found.problems(),
        passed_over=tuple(opened.inputs.passed_over),
    )


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
