"""As much of Spark as a build calls, in this process: lists that are mapped, shuffled, collected.

What a shuffle moves is pickled and read again, as in Spark.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from itertools import chain
from types import SimpleNamespace


class Rows:
    """A distributed collection: its partitions, as lists."""

    def __init__(self, parts: Iterable[Iterable]) -> None:
        self.parts = [list(part) for part in parts]

    def map(self, change: Callable) -> Rows:
        return Rows(map(change, part) for part in self.parts)

    def flatMap(self, change: Callable) -> Rows:  # noqa: N802  # Spark's names
        return Rows(chain.from_iterable(map(change, part)) for part in self.parts)

    def mapPartitions(self, change: Callable) -> Rows:  # noqa: N802
        return Rows(change(iter(part)) for part in self.parts)

    def mapPartitionsWithIndex(self, change: Callable) -> Rows:  # noqa: N802
        return Rows(change(index, iter(part)) for index, part in enumerate(self.parts))

    def repartitionAndSortWithinPartitions(  # noqa: N802
        self, number: int, place: Callable
    ) -> Rows:
        return Rows(
            sorted(part, key=lambda pair: pair[0]) for part in self._shuffled(number, place)
        )

    def reduceByKey(self, merge: Callable, number: int, place: Callable) -> Rows:  # noqa: N802
        found = []
        for part in self._shuffled(number, place):
            merged = {}
            for key, value in part:
                merged[key] = merge(merged[key], value) if key in merged else value
            found.append(merged.items())
        return Rows(found)

    def collect(self) -> list:
        return pickle.loads(pickle.dumps(list(chain.from_iterable(self.parts))))

    def _shuffled(self, number: int, place: Callable) -> list[list]:
        parts = [[] for _ in range(number)]
        # the last partition may well be the first to be done
        for key, value in chain.from_iterable(reversed(self.parts)):
            parts[place(key) % number].append(pickle.loads(pickle.dumps((key, value))))
        return parts


def session(cores: int = 2) -> SimpleNamespace:
    """Return what a build calls of a Spark session on so many cores, where there is no Parquet."""
    return SimpleNamespace(
        sparkContext=SimpleNamespace(
            defaultParallelism=cores,
            parallelize=lambda entries, number: Rows([[entry] for entry in entries]),
            union=lambda rows: Rows(part for each in rows for part in each.parts),
        )
    )
