"""One partition: its rows become records, triples and results, written as parts of the outputs.

It does for its rows what the local build does for all of them, by the same functions. What belongs
to no one partition (counts, and the votes on what projects share) is returned, to be added up.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from kg.built import NTRIPLES, PARTED, PROBLEMS, REJECTS, REPORT
from kg.mapping import Register
from kg.memory import rare_collections
from kg.pipeline import Tools
from kg.pipeline.batch import settle_apart
from kg.pipeline.census import Census, count
from kg.pipeline.duplicates import Duplicates
from kg.pipeline.graph_files import write_turtle
from kg.pipeline.ledger import Ledger
from kg.pipeline.publication import MAX_REPORTED, REPORT_PREFIXES, Gathering
from kg.pipeline.stream import batches
from kg.problems import Problem
from kg.records import Reading
from kg.settings import Settings
from kg.sources import Corrections
from kg.sources.tables.readings import read_rows
from kg.spark.job import Job, make_tools_once
from kg.spark.rows import SentRow, take_rows
from kg.terms import to_ntriples

__all__ = ["Part", "Summary", "process_part", "write_graph_part", "write_shared"]


class Summary:
    """What is known of a part of a run, to be added up over all parts."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.census = Census()
        self.records: Counter[str] = Counter()
        self.codes: Counter[str] = Counter()
        self.levels: Counter[str] = Counter()
        self.held: Counter[str] = Counter()
        self.with_rows: set[int] = set()
        """The groups of files that have rows."""
        self.reported: list[Problem] = []
        self.refused: list[Problem] = []
        self.projects = 0
        self.results = 0
        self.example: str | None = None
        self.files: dict[str, str] = {}
        """The parts of the graph with their SHA-256."""
        self.corrections = Corrections()

    def add(self, other: Summary) -> Summary:
        """Take in another part and return this one."""
        self.ledger.add(other.ledger)
        self.census.add(other.census.counts)
        self.corrections.add(other.corrections)
        for name in ("records", "codes", "levels", "held", "files", "with_rows"):
            getattr(self, name).update(getattr(other, name))
        self.reported = sorted([*self.reported, *other.reported], key=_order)[:MAX_REPORTED]
        self.refused += other.refused
        self.projects += other.projects
        self.results += other.results
        self.example = min(filter(None, (self.example, other.example)), default=None)
        return self


def _order(problem: Problem) -> tuple[str, int, int, str]:
    place = problem.place
    return place.source, place.line or 0, place.column or 0, problem.code


class Part(Gathering):
    """Gathers what a part of the input publishes, in files of its own. Use as a context manager.

    They are written on the worker's own disk, and take their places below ``folder`` when the part
    is closed: a task that fails leaves nothing, and one that is done twice does no harm.
    """

    def __init__(self, folder: Path, name: str, settings: Settings, tools: Tools) -> None:
        self._final = folder
        self._name = name
        # Spark names the disks of a worker there, with commas between them
        disk = os.environ.get("SPARK_LOCAL_DIRS", "").split(",")[0] or None
        self._own = Path(tempfile.mkdtemp(prefix=f"kg-{name}-", dir=disk))
        super().__init__(self._own, settings, tools)

    def __exit__(self, *_: object) -> None:
        super().__exit__()
        shutil.rmtree(self._own, ignore_errors=True)

    def close(self, summary: Summary) -> Register:
        """Write the part and its counts; return what its projects share with others."""
        census = summary.census
        for file in (self._problems, self._rejects):
            file.close()
        graph = f"{PARTED[NTRIPLES]}/{self._name}.nt"
        digest = write_graph_part(self._own / NTRIPLES, self._projects.blocks(), census)
        if digest is not None:
            self._place(NTRIPLES, graph)
            summary.files[graph] = digest
        if len(self._results):
            base = self._settings.base
            write_turtle(self._own / REPORT, self._results.blocks(), REPORT_PREFIXES, base)
            self._place(REPORT, f"{PARTED[REPORT]}/{self._name}.ttl")
        for name in (PROBLEMS, REJECTS):
            if (self._own / name).stat().st_size:
                self._place(name, f"{PARTED[name]}/{self._name}.jsonl")
        summary.ledger, summary.records = self._ledger, self._records
        summary.codes, summary.levels, summary.held = self._codes, self._levels, self._held
        summary.reported = sorted(self._reported, key=_order)
        summary.projects, summary.results = len(self._projects), len(self._results)
        summary.example = self._projects.first_key
        return self._register

    def _place(self, name: str, target: str) -> None:
        place = self._final / target
        beside = place.with_name(f".{place.name}-{uuid4().hex}")
        shutil.copyfile(self._own / name, beside)
        beside.replace(place)


def process_part(
    job: Job, index: int, rows: Iterable[SentRow]
) -> Iterator[tuple[int, Register | Summary]]:
    """Write what becomes of the rows of a partition.

    Yields the registers of what its projects share by their numbers, and its summary under the
    number after the last.
    """
    summary = Summary()
    summary.corrections = job.corrections.again()
    tools = make_tools_once(job.settings)
    with (
        rare_collections(),
        Part(job.folder, f"part-{index:05}", job.settings, tools) as part,
        Duplicates() as duplicates,
    ):
        for item in job.items:
            part.begin(item)
        for readings in batches(_read(job, rows, part, duplicates, summary)):
            projects = [reading.project for reading in readings if reading.project is not None]
            settled = iter(settle_apart(projects, tools))
            for reading in readings:
                part.add(reading, next(settled) if reading.project is not None else None)
        shares = part.close(summary).split(job.shares)
    yield from enumerate(shares)
    yield job.shares, summary


def _read(
    job: Job, rows: Iterable[SentRow], part: Part, duplicates: Duplicates, summary: Summary
) -> Iterator[Reading]:
    for files, found in take_rows(job, rows):
        if isinstance(found, list):
            summary.refused += found
            continue
        item = job.items[files]
        layouts = [a.layout for file in item.tables for a in file.tables]
        tables = [(layouts[number], found[number]) for number in sorted(found)]
        with closing(read_rows(item.tables[0].profile, tables)) as readings:
            while True:
                try:
                    reading = next(readings)
                except StopIteration as end:
                    if end.value:
                        summary.with_rows.add(files)
                    break
                part.see(reading)
                yield duplicates.check(summary.corrections.apply(reading, item.facts))


def write_shared(job: Job, number: int, register: Register) -> Summary:
    """Write what projects share, as far as a register holds it, and return its counts."""
    summary = Summary()
    lines = make_tools_once(job.settings).emitter.emit(register.rows())
    name = f"{PARTED[NTRIPLES]}/shared-{number:05}.nt"
    path = job.folder / PARTED[NTRIPLES] / f".shared-{number:05}-{uuid4().hex}"
    digest = write_graph_part(path, [lines], summary.census)
    if digest is None:
        path.unlink()
    else:
        path.replace(job.folder / name)
        summary.files[name] = digest
    return summary


def write_graph_part(path: Path, blocks: Iterable[list[str]], census: Census) -> str | None:
    """Write triples to a file and count them; return its SHA-256, or None where there are none."""
    digest = hashlib.sha256()
    is_empty = True
    with path.open("wb") as file:
        for lines in blocks:
            if not lines:
                continue
            is_empty = False
            census.add(count(lines))
            data = to_ntriples(lines)
            digest.update(data)
            file.write(data)
    return None if is_empty else digest.hexdigest()
