"""The one path: read → map → validate → write.

The main thread reads and maps, worker threads validate (the ``shacl`` engine releases the
interpreter lock), and batches are settled in the order of the input, so that the outputs are the
same for any number of workers.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from pathlib import Path

from kg.iris import PROJECT, mint
from kg.mapping import Emitter
from kg.pipeline.batch import Settled, Tools, map_batch, settle_apart, validate_batch
from kg.pipeline.duplicates import Duplicates
from kg.pipeline.folder import new_folder
from kg.pipeline.memory import check_address_space, rare_collections
from kg.pipeline.publication import Publication
from kg.pipeline.reference import load_reference
from kg.pipeline.reuse import Previous, digest
from kg.pipeline.summary import BuildResult
from kg.problems import Level, Problem, Refused
from kg.records import Project, Reading
from kg.settings import Settings, read_settings
from kg.sources import Corrections, Input, examine_inputs, load_corrections, read_input
from kg.sources.personal import publishable
from kg.validation import load_shapes, validator

__all__ = ["BATCH_SIZE", "Progress", "build", "make_tools"]

BATCH_SIZE = 100
"""Projects validated together; small batches keep memory flat (measured)."""

Progress = Callable[[int, int], None]
"""Is told how many bytes of the input are done, and how many there are."""


def build(
    sources: Sequence[Path],
    output: Path,
    settings: Settings | None = None,
    *,
    workers: int | None = None,
    fresh: bool = False,
    progress: Progress | None = None,
) -> BuildResult:
    """Turn source files into a published graph in a folder.

    Args:
        sources: files, or folders of files.
        output: the folder; it is replaced as a whole, and only at the end.
        settings: the publisher's decisions; read from ``kg.toml`` beside the sources if not given.
        workers: threads that validate; one a processor if not given. The outputs do not depend
            on it.
        fresh: reuse nothing of the last build into the folder; the outputs do not depend on it.
        progress: is told how much of the input is done.

    Raises:
        InputError: a source or a setting cannot be used.
        Refused: a file cannot be used; nothing is published and the old outputs stay.
        OutputError: the outputs could not be written, or memory is limited too far; the old ones
            stay.
    """
    workers = workers or _cores()
    check_address_space(output, workers)
    settings = settings or read_settings(sources)
    tools = make_tools(settings)
    corrections, beside = Corrections(), []
    if settings.corrections is not None:
        beside = [Path(settings.corrections)]
        corrections = load_corrections(beside[0])
    inputs = examine_inputs(sources, settings.profiles, leave_out=beside)
    files = [examined.file.path for examined in inputs.files]
    total = sum(examined.source.size for examined in inputs.files)

    with (
        rare_collections(),
        new_folder(output, [*files, *beside]) as folder,
        _last_build(output, settings, fresh=fresh) as previous,
        Publication(folder, settings, tools, inputs.repairs, previous) as publication,
    ):
        readings = _read(inputs.items, corrections, publication)
        for reading, settled in _settle(readings, tools, workers, previous):
            publication.add(reading, settled)
            if progress:
                progress(min(publication.bytes_done, total), total)
        publication.tell(inputs.repairs.problems())
        manifest = publication.finish(inputs.passed_over, corrections)
        if progress:
            progress(total, total)
    return BuildResult(output, manifest)


def _last_build(
    output: Path, settings: Settings, *, fresh: bool
) -> AbstractContextManager[Previous | None]:
    """Return the build in a folder, or nothing where nothing of it is to be reused."""
    previous = None if fresh else Previous.open(output.resolve(), settings)
    return nullcontext() if previous is None else previous


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


Kept = dict[int, Settled]
"""By the identity of a reading: its project as the previous build settled it."""
Pending = tuple[list[Reading], Kept, list[Project], "Future[list[Settled]]"]


def _settle(
    stream: Iterator[Reading], tools: Tools, workers: int, previous: Previous | None = None
) -> Iterator[tuple[Reading, Settled | None]]:
    """Yield each reading with what became of its project, in the order of the input."""
    pool = ThreadPoolExecutor(workers)
    pending: deque[Pending] = deque()
    try:
        for readings in _batches(stream):
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


def _kept(readings: list[Reading], tools: Tools, previous: Previous) -> Kept:
    """Return the projects of a batch that did not change since the previous build."""
    kept: Kept = {}
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
    kept: Kept,
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


def _batches(stream: Iterator[Reading]) -> Iterator[list[Reading]]:
    while batch := list(islice(stream, BATCH_SIZE)):
        yield batch


def _read(
    inputs: Sequence[Input], corrections: Corrections, publication: Publication
) -> Iterator[Reading]:
    """Yield what the sources state, corrected, each project once.

    Raises:
        Refused: files cannot be used; all of them are read before.
    """
    refused: list[Problem] = []
    with Duplicates() as duplicates:
        for item in inputs:
            publication.begin(item)
            try:
                for reading in read_input(item):
                    publication.see(reading)
                    yield duplicates.check(corrections.apply(reading, item.facts))
            except Refused as error:
                refused += error.problems
    if refused:
        raise Refused(list(map(publishable, refused)))


def _cores() -> int:
    return os.cpu_count() or 1
