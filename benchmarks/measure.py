"""Runs commands and measures them: seconds of the clock and the processor, and peak memory."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]


class Spent(NamedTuple):
    """What a command took: seconds, and peak memory in bytes with that of its children."""

    wall: float
    cpu: float
    memory: float


class Spread(NamedTuple):
    """The median of repeated figures, the lowest and the highest."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{_short(self.median)} ({_short(self.low)}–{_short(self.high)})"


def spread(figures: Sequence[float]) -> Spread:
    """Return the spread of some figures."""
    return Spread(statistics.median(figures), min(figures), max(figures))


def run(command: Sequence[str | Path], cwd: Path = ROOT) -> Spent:
    """Run a command to its end and measure all of it.

    Raises:
        subprocess.CalledProcessError: it failed, with the end of what it told.
    """
    with tempfile.TemporaryFile() as told:
        begin = time.perf_counter()
        process = subprocess.Popen(list(map(str, command)), cwd=cwd, stdout=told, stderr=told)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        # kg ends with 1 where it held something back
        if process.returncode not in (0, 1):
            told.seek(0)
            text = told.read().decode(errors="replace")[-2000:]
            raise subprocess.CalledProcessError(process.returncode, list(command), text)
    unit = 1 if sys.platform == "darwin" else 1024
    return Spent(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit)


def task(name: str, *arguments: str | Path, timeout: float | None = None) -> Spent | None:
    """Run one of the tasks, and return what its work alone took; None where that is too long."""
    command = [sys.executable, "-m", "benchmarks.tasks", name, *map(str, arguments)]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=timeout, check=True)
    except subprocess.TimeoutExpired:
        return None
    except subprocess.CalledProcessError as error:
        sys.stderr.write(error.stderr.decode(errors="replace")[-2000:])
        raise
    found = json.loads(done.stdout)
    return Spent(found["wall"], found["cpu"], 0)


def side_by_side(repeats: int, *works: Callable[[], Spent]) -> list[list[Spent]]:
    """Do some works in turn, as often as asked, so that what slows the machine slows all."""
    rounds = [[work() for work in works] for _ in range(repeats)]
    return [list(column) for column in zip(*rounds, strict=True)]


def ratios(these: Sequence[Spent], those: Sequence[Spent], what: str) -> Spread:
    """Return how often ``these`` take what ``those`` take, round by round."""
    pairs = zip(these, those, strict=True)
    return spread([getattr(one, what) / getattr(other, what) for one, other in pairs])


def _short(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"
