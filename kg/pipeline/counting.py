"""What becomes of readings, counted: the rules on what is held back, whoever asks for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from kg.pipeline.batch import Settled, Tools
from kg.pipeline.ledger import Ledger
from kg.pipeline.trace import beside_held
from kg.problems import Level, Problem
from kg.records import Reading

__all__ = ["HELD", "Counting", "Verdict"]

HELD = ("records", "partners", "fields")
"""What can be held back."""


class Verdict(NamedTuple):
    """Whether the project of a reading is held back, and all problems that count against it."""

    is_held: bool
    problems: tuple[Problem, ...]


class Counting:
    """Counts what becomes of readings. One that also writes it takes this as its base."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._ledger = Ledger()
        self._records: Counter[str] = Counter()
        self._codes: Counter[str] = Counter()
        self._levels: Counter[str] = Counter()
        self._held: Counter[str] = Counter()

    def see(self, reading: Reading) -> None:
        """Count the cells of a reading before anything becomes of it."""
        for source, cells in reading.accounts.items():
            self._ledger.see(source, cells)

    def add(self, reading: Reading, settled: Settled | None) -> Verdict:
        """Take in one reading, and what became of its project where it has one."""
        verdict = self._judge(reading, settled)
        for source, cells in reading.accounts.items():
            self._ledger.settle(source, cells, published=not verdict.is_held)
        self.tell(verdict.problems)
        if reading.whole is not None:
            self._records[reading.source] += 1
        if settled is None:
            self._held["partners" if reading.whole is None else "records"] += bool(reading.held)
        elif verdict.is_held:
            self._held["records"] += 1
        else:
            self._held["partners"] += len(reading.held)
            self._held["fields"] += sum(p.level == Level.FIELD for p in reading.problems)
        return verdict

    def tell(self, problems: Iterable[Problem]) -> None:
        """Take in problems, also those that are about no record of the input."""
        for problem in problems:
            self._report(problem)

    @property
    def held(self) -> dict[str, int]:
        """How much is held back of each kind."""
        return {name: self._held[name] for name in HELD}

    def _judge(self, reading: Reading, settled: Settled | None) -> Verdict:
        if settled is None:
            return Verdict(False, reading.problems)
        problems = beside_held(settled.problems, reading, self._tools.shapes)
        # with --strict, a warning from reading holds back as one from a shape does
        hold_from = self._tools.hold_from
        is_held = settled.held or any(problem.level >= hold_from for problem in reading.problems)
        return Verdict(is_held, (*reading.problems, *problems))

    def _report(self, problem: Problem) -> None:
        self._codes[problem.code] += 1
        self._levels[problem.level.word] += 1
