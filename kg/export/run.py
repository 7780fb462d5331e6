"""The way back: graph → records → cells → files, in two passes over the graph.

The first pass gathers what projects share, the second reads project by project. What was corrected
is written as it is right; where a record came from is not written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path

import msgspec

from kg import iris
from kg.export.cells import EXCHANGE, STYLE, can_be_listed, partner_cells, project_cells
from kg.export.files import (
    CSV_FILES,
    ColumnOut,
    ExportFormat,
    Record,
    Tables,
    format_of,
)
from kg.export.graph import GraphLines, open_graph
from kg.export.spool import RecordSpool
from kg.mapping import REFERENCES, Lost, SharedNodes, project_blocks, read_project
from kg.pipeline.file import check_new_file, new_file, refuse_existing
from kg.pipeline.folder import new_folder
from kg.problems import InputError
from kg.records import Project
from kg.settings import DEFAULT_BASE
from kg.sources.fields import FIELDS, Holds
from kg.sources.layouts import load_profile
from kg.sources.values import control_finding
from kg.terms import iri
from kg.vocabulary import compact

__all__ = ["ExportResult", "LostStatement", "Unreadable", "export_graph"]

Progress = Callable[[int, int], None]
"""Is told how many bytes of the graph are done, and how many there are."""

MAX_TOLD = 100
"""Values that a reader would not read, and statements without a column, told one by one."""


class Unreadable(msgspec.Struct, frozen=True):
    """A value that was written, and that a reader of the layout will leave out."""

    record: str
    field: str
    value: str


class LostStatement(msgspec.Struct, frozen=True):
    """A statement of the graph that the tables cannot hold; all as in the graph, shortened."""

    resource: str
    property: str
    value: str


class ExportResult(msgspec.Struct, frozen=True, kw_only=True):
    """What was exported: where to, how much, and with which columns.

    ``base`` is the IRI below which the graph has its IRIs; a build of the files needs the same.
    ``unreadable`` are values that a build of the files will leave out, the first hundred of
    ``unreadable_count``. ``unstated`` counts labels that no record could state. ``lost`` are
    statements of projects and partners that have no column, or a second value where a column holds
    one, the first hundred of ``lost_count``. ``untyped`` counts what has partners or a programme,
    but not the class of a project, and was passed over.
    """

    output: str
    format: str
    files: tuple[str, ...]
    projects: int
    partners: int
    columns: Mapping[Holds, Sequence[str]]
    base: str
    unreadable: tuple[Unreadable, ...] = ()
    unreadable_count: int = 0
    unstated: int = 0
    lost: tuple[LostStatement, ...] = ()
    lost_count: int = 0
    untyped: int = 0


def export_graph(
    on: Path,
    output: Path,
    *,
    form: str | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> ExportResult:
    """Write a graph as tables of the exchange layout.

    Args:
        on: a build's folder, or an RDF file.
        output: the folder for CSV files; otherwise the file. Its ending tells the format.
        form: the format, where the ending does not tell it: csv, xlsx, json or jsonl; an ending
            of another one is refused.
        force: replace an earlier export.
        progress: is told how much of the graph is done.

    Raises:
        InputError: there is no such graph, it is not in the vocabulary, or the ending of the output
            is that of no format.
        OutputError: the output exists, cannot be written, or cannot hold the graph.
    """
    chosen = format_of(output, form)
    _check_output(output, chosen, on, force=force)
    graph = open_graph(on)
    told = _telling(graph, progress)
    shared = SharedNodes(graph.lines(told), REFERENCES)
    if not shared.counts.projects:
        raise InputError("The graph has no project of the vocabulary.", place=str(graph.path))
    with _new_output(output, chosen, graph.path, force=force) as path:
        folder = path if chosen.suffix is None else path.parent
        with RecordSpool(folder) as spool:
            read = _fill(spool, graph, shared, chosen.check(), told)
            tables = Tables(_columns(spool), spool.records, bool(spool.partner_fields))
            chosen.write(path, tables)
    if progress:
        progress(1, 1)
    return ExportResult(
        output=str(output),
        format=chosen.name,
        files=tuple(CSV_FILES.values()) if chosen.suffix is None else (output.name,),
        projects=shared.counts.projects,
        partners=read.partners,
        columns={holds: [c.header for c in found] for holds, found in tables.columns.items()},
        base=read.base,
        unreadable=tuple(read.unreadable),
        unreadable_count=read.unreadable_count,
        unstated=shared.unstated,
        lost=tuple(read.lost),
        lost_count=read.lost_count,
        untyped=len(shared.counts.untyped),
    )


class _Read:
    """What was read of a graph: its base, and what does not come back from the tables."""

    def __init__(self) -> None:
        self.base = DEFAULT_BASE
        self.partners = 0
        self.unreadable: list[Unreadable] = []
        self.unreadable_count = 0
        self.lost: list[LostStatement] = []
        self.lost_count = 0

    def note_unreadable(self, values: Iterable[Unreadable]) -> None:
        """Take in values that a reader of the layout will leave out."""
        for value in values:
            self.unreadable_count += 1
            if len(self.unreadable) < MAX_TOLD:
                self.unreadable.append(value)

    def note_lost(self, lost: Lost) -> None:
        """Take in a statement that has no place in the tables."""
        self.lost_count += 1
        if len(self.lost) < MAX_TOLD:
            resource, predicate = lost.subject.strip("<>"), compact(lost.predicate[1:-1])
            self.lost.append(LostStatement(resource, predicate, lost.value))


def _fill(
    spool: RecordSpool,
    graph: GraphLines,
    shared: SharedNodes,
    check: Callable[[Record], None],
    told: Callable[[int], None] | None,
) -> _Read:
    """Read the projects of a graph as records."""
    coded = _has_coded_themes(shared)
    read = _Read()
    blocks = islice(project_blocks(graph.lines(told)), shared.counts.projects)
    for n, block in enumerate(blocks):
        project = read_project(block, shared, graph.path.name, read.note_lost)
        record = _record(project, coded_themes=coded)
        check(record)
        read.partners += len(project.partners)
        read.note_unreadable(_unreadable(record))
        spool.add(record)
        if n == 0:
            read.base = _base_of(block.subject, project.project_id)
    return read


def _has_coded_themes(shared: SharedNodes) -> bool:
    """Tell whether a theme has a label that could not stand in a list without its code."""
    return not all(
        can_be_listed(entry.code or "", entry.label)
        for term, entry in shared.labels()
        if entry.label and f"/{iris.prefix(iris.THEME)}" in term
    )


def _record(project: Project, *, coded_themes: bool) -> Record:
    return Record(
        project_cells(project, coded_themes=coded_themes),
        [partner_cells(partner, project) for partner in project.partners],
    )


_NOT_STATED = frozenset(STYLE.not_stated)


def _unreadable(record: Record) -> Iterator[Unreadable]:
    """Yield the cells that mean *not stated* in the layout, or hold control characters."""
    for cells in (record.project, *record.partners):
        for field, cell in cells.items():
            if cell in _NOT_STATED or (not cell.isprintable() and control_finding(cell)):
                name = cells.get("partner_id") or record.project["project_id"]
                yield Unreadable(name, field, cell)


def _columns(spool: RecordSpool) -> dict[Holds, list[ColumnOut]]:
    """Return the columns of the layout: those always there, and others that records have."""
    used: dict[Holds, set[str]] = {
        "projects": spool.project_fields,
        "partners": spool.partner_fields,
    }
    found: dict[Holds, list[ColumnOut]] = {}
    for table in load_profile(EXCHANGE).tables:
        kinds = FIELDS[table.holds]
        found[table.holds] = [
            ColumnOut(column.header[0], column.field, kinds[column.field], column.required)
            for column in table.columns
            if column.field is not None and (column.always or column.field in used[table.holds])
        ]
    return found


def _base_of(subject: str, project_id: str) -> str:
    ending = iri(iris.mint("", iris.PROJECT, project_id=project_id))[1:]
    return subject[1:].removesuffix(ending)


def _telling(graph: GraphLines, progress: Progress | None) -> Callable[[int], None] | None:
    if progress is None:
        return None
    done = 0
    next_told = 0

    def told(size: int) -> None:
        nonlocal done, next_told
        done += size
        if done >= next_told:
            next_told = done + graph.size // 100
            progress(min(done, 2 * graph.size), 2 * graph.size)

    return told


# --- The output ---------------------------------------------------------------


def _check_output(output: Path, chosen: ExportFormat, on: Path, *, force: bool) -> None:
    if chosen.suffix is None:
        refuse_existing(output, force=force)
    else:
        check_new_file(output, [on], force=force, parents=True)


def _new_output(
    output: Path, chosen: ExportFormat, graph: Path, *, force: bool
) -> AbstractContextManager[Path]:
    """Give a path to write to; what is written there takes the place of the output at the end."""
    if chosen.suffix is None:
        return new_folder(output, [graph], CSV_FILES.values(), "export", CSV_FILES.values())
    return new_file(output, [graph], force=force, parents=True)
