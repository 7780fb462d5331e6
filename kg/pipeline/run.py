"""The one path: read → map → validate → write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from kg.memory import check_address_space, rare_collections
from kg.pipeline.folder import new_folder
from kg.pipeline.publication import Publication
from kg.pipeline.reuse import Previous
from kg.pipeline.stream import cores, make_tools, open_sources, settle
from kg.pipeline.summary import BuildResult
from kg.settings import Settings, read_settings

__all__ = ["Progress", "build"]

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
    workers = workers or cores()
    check_address_space(output, workers)
    settings = settings or read_settings(sources)
    tools = make_tools(settings)
    opened = open_sources(sources, settings)
    inputs = opened.inputs
    total = sum(examined.source.size for examined in inputs.files)

    with (
        rare_collections(),
        new_folder(output, opened.paths) as folder,
        _last_build(output, settings, fresh=fresh) as previous,
        Publication(folder, settings, tools, inputs.repairs, previous) as publication,
    ):
        for item in inputs.items:
            publication.begin(item)
        stream = settle(opened, tools, see=publication.see, workers=workers, previous=previous)
        for reading, settled in stream:
            publication.add(reading, settled)
            if progress:
                progress(min(publication.bytes_done, total), total)
        publication.tell(opened.left_over())
        manifest = publication.finish(inputs.passed_over, opened.corrections)
        if progress:
            progress(total, total)
    return BuildResult(output, manifest)


def _last_build(
    output: Path, settings: Settings, *, fresh: bool
) -> AbstractContextManager[Previous | None]:
    """Return the build in a folder, or nothing where nothing of it is to be reused."""
    previous = None if fresh else Previous.open(output.resolve(), settings)
    return nullcontext() if previous is None else previous
