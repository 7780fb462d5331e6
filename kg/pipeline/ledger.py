"""The ledger: what became of every cell of the input.

Cells in = mapped + ignored + rejected, in every run, or the build says that it has a bug. What is
held back later takes its mapped cells with it.
"""

from __future__ import annotations

from collections import Counter

from kg.problems import Bug
from kg.records import Account, Outcome, Tally

__all__ = ["Ledger"]


class Ledger:
    """Counts of cells by file, column and outcome."""

    def __init__(self) -> None:
        self._counts: dict[str, Tally] = {}
        self._seen: Counter[str] = Counter()

    def see(self, source: str, cells: Account) -> None:
        """Count the cells of one record, before anything becomes of it."""
        self._seen[source] += sum(cells.values())
        self._counts.setdefault(source, Counter())

    def settle(self, source: str, cells: Account, *, published: bool) -> None:
        """Book the cells of one record; those of a record that is held back are rejected."""
        counts = self._counts.setdefault(source, Counter())
        for (column, outcome), number in cells.items():
            lost = outcome is Outcome.MAPPED and not published
            counts[(column, Outcome.REJECTED if lost else outcome)] += number

    def add(self, other: Ledger) -> None:
        """Take in the counts of another part of the input."""
        self._seen.update(other._seen)
        for source, counts in other._counts.items():
            self._counts.setdefault(source, Counter()).update(counts)

    def as_table(self) -> dict[str, dict[str, dict[str, int]]]:
        """Return file → column → outcome → number of cells, sorted.

        Raises:
            Bug: the three outcomes of a file do not add up to its cells.
        """
        table: dict[str, dict[str, dict[str, int]]] = {}
        for source in sorted(self._counts):
            counts = self._counts[source]
            if counts.total() != self._seen[source]:
                raise Bug(
                    f"{self._seen[source]} cells were read and {counts.total()} accounted for.",
                    place=source,
                    remedy="Please report this together with the file.",
                )
            columns: dict[str, dict[str, int]] = {}
            for (column, outcome), number in sorted(
                counts.items(), key=lambda item: (item[0][0], item[0][1].value)
            ):
                columns.setdefault(column, {})[outcome.value] = number
            table[source] = columns
        return table
