"""Sources → a stream of readings, each with what became of its project.

A build, a check and the tables of the mapping read by this module, so that none tells what another
would not do. The main thread reads and maps, worker threads validate (the ``shacl`` engine releases
the interpreter lock), and batches are settled in the order of the input, so that what is made of
them is the same for any number of workers.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from kg.iris import PROJECT, mint
from kg.mapping import Emitter
from kg.pipeline.batch import Settled, Tools, map_batch, settle_apart, validate_batch
from kg.pipeline.duplicates import Duplicates
from kg.pipeline.reference import load_reference
from kg.pipeline.reuse import Previous, digest
from kg.problems import Level, Problem, Refused
from kg.records import Project, Reading
from kg.settings import Settings
from kg.sources import Corrections, Inputs, examine_inputs, load_corrections, read_input
from kg.sources.personal import publishable
from kg.validation import load_shapes, validator

__all__ = [
    "Sources",
    "batches",
    "cores",
    "load_stated_corrections",
    "make_tools",
    "open_sources",
    "read_corrected",
    "settle",
]

BATCH_SIZE = 100
"""Projects validated together; small batches keep memory flat (measured)."""


class Sources(NamedTuple):
    """What a run reads: files, each recognised, and the corrections of their values.

    ``beside`` is the file of the corrections, where there is one.
    """

    inputs: Inputs
    corrections: Corrections
    beside: list[Path]

    @property
    def paths(self) -> list[Path]:
        """All files that are read."""
        return [*(examined.file.path for examined in self.inputs.files), *self.beside]

    def left_over(self) -> list[Problem]:
        """Return, after all was read, what is to be said of repairs and corrections."""
        return [*self.inputs.repairs.problems(), *self.corrections.unused()]


def open_sources(paths: Sequence[Path], settings: Settings) -> Sources:
    """Return the files of these paths, by the profiles and with the corrections of the settings.

    Raises:
        InputError: a source or the file of corrections cannot be used.
        Refused: a file cannot be used; the problems of all such files are in it.
    """
    corrections, beside = load_stated_corrections(settings)
    return Sources(examine_inputs(paths, settings.profiles, beside), corrections, beside)


def load_stated_corrections(settings: Settings) -> tuple[Corrections, list[Path]]:
    """Return the corrections that the settings name, none if they name none, and their file.

    Raises:
        InputError: the file cannot be used.
    """
    if settings.corrections is None:
        return Corrections(), []
    path = Path(settings.corrections)
    return load_corrections(path), [path]


def make_tools(settings: Settings) -> Tools:
    """Return what batches are processed with under these settings."""
    shapes = load_shapes()
    reference = load_reference(settings.base)
    return Tools(
        base=settings.base,
        emitter=Emitter(settings.base),
        validate=validator(shapes.text, settings.engine),
        shapes=shapes,
        reference=reference.lines,
        known_themes=reference.known_themes,
        hold_from=Level.WARNING if settings.strict else Level.RECORD,
    )


def cores() -> int:
    """Return how many threads this machine runs at once."""
    return os.cpu_count() or 1


def read_corrected(
    sources: Sources, see: Callable[[Reading], None] | None = None
) -> Iterator[Reading]:
    """Yield what the sources state, corrected; ``see`` is told of each reading before that.

    Raises:
        Refused: files cannot be used; all of them are read before.
    """
    refused: list[Problem] = []
    for item in sources.inputs.items:
        try:
            for reading in read_input(item):
                if see is not None:
                    see(reading)
                yield sources.corrections.apply(reading, item.facts)
        except Refused as error:
            refused += error.problems
    if refused:
        raise Refused(list(map(publishable, refused)))


def settle(
    sources: Sources,
    tools: Tools,
    *,
    see: Callable[[Reading], None],
    workers: int,
    previous: Previous | None = None,
) -> Iterator[tuple[Reading, Settled | None]]:
    """Yield all that the sources state in their order, with what became of the project in it.

    Args:
        sources: what is read.
        tools: what projects are mapped and validated with.
        see: is told of each reading before anything becomes of it.
        workers: threads that validate.
        previous: the last build, of which what did not change is taken.

    Raises:
        Refused: files cannot be used; all of them are read before.
    """
    pool = ThreadPoolExecutor(workers)
    pending: deque[_Pending] = deque()
    with Duplicates() as duplicates:
        stream = map(duplicates.check, read_corrected(sources, see))
        try:
            for readings in batches(stream):
                kept = _kept(readings, tools, previous) if previous else {}
                todo = [r.project for r in readings if r.project is not None and id(r) not in kept]
                pending.append((readings, kept, todo, _begin(todo, tools, pool)))
                # enough for all workers to have work, and no more in memory than that
                while len(pending) > workers + 1:
                    yield from _pair(*pending.popleft(), tools)
            while pending:
                yield from _pair(*pending.popleft(), tools)
        finally:
            # an engine cannot be interrupted: what it still does is of no use to anyone
            pool.shutdown(wait=False, cancel_futures=True)


def batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """Yield readings in batches that are validated together."""
    stream = iter(readings)
    while batch := list(islice(stream, BATCH_SIZE)):
        yield batch


_Kept = dict[int, Settled]
"""By the identity of a reading: its project as the previous build settled it."""
_Pending = tuple[list[Reading], _Kept, list[Project], "Future[list[Settled]]"]


def _begin(
    projects: list[Project], tools: Tools, pool: ThreadPoolExecutor
) -> Future[list[Settled]]:
    """Map a batch, and let a thread validate it."""
    if not projects:
        nothing: Future[list[Settled]] = Future()
        nothing.set_result([])
        return nothing
    try:
        mapped = map_batch(projects, tools)
    except MemoryError:
        raise
    except Exception:
        return pool.submit(settle_apart, projects, tools)
    return pool.submit(validate_batch, mapped, tools)


def _kept(readings: list[Reading], tools: Tools, previous: Previous) -> _Kept:
    """Return the projects of a batch that did not change since the previous build."""
    kept: _Kept = {}
    for reading in readings:
        if (project := reading.project) is not None:
            key = mint(tools.base, PROJECT, project_id=project.project_id)
            found = previous.found(key, digest(project))
            if found is not None:
                kept[id(reading)] = Settled(
                    project, [], found.results, found.problems, held=False, kept=found.counts
                )
    return kept


def _pair(
    readings: list[Reading],
    kept: _Kept,
    projects: list[Project],
    future: Future[list[Settled]],
    tools: Tools,
) -> Iterator[tuple[Reading, Settled | None]]:
    try:
        done = future.result()
    except MemoryError:
        raise
    except Exception:
        done = settle_apart(projects, tools)
    settled = iter(done)
    for reading in readings:
        if reading.project is None:
            yield reading, None
        else:
            yield reading, kept.get(id(reading)) or next(settled)
