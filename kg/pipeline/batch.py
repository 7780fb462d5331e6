"""The heart: a batch of records in, triples and validation results out.

Pure. The local build calls its two halves from different threads; a build on Spark calls
:func:`settle_apart`, and a test :func:`process`. Nothing here knows where records came from or
where triples go.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from kg.iris import PROJECT, mint
from kg.mapping import Emitter, Register, project_rows
from kg.pipeline.census import TermCounts
from kg.pipeline.trace import Tracer
from kg.problems import Level, Problem, shorten
from kg.records import Project
from kg.terms import iri
from kg.validation import Result, Shapes, Validate

__all__ = ["Mapped", "Settled", "Tools", "map_batch", "process", "settle_apart", "validate_batch"]


class Tools(msgspec.Struct, frozen=True):
    """What a batch is processed with, made once for a run.

    ``reference`` are the triples that shapes look up besides those of the batch: the schemes of
    roles and themes. ``hold_from`` is the level from which a result holds a record back.
    """

    base: str
    emitter: Emitter
    validate: Validate
    shapes: Shapes
    reference: tuple[str, ...]
    known_themes: frozenset[str]
    hold_from: Level = Level.RECORD


class Mapped(msgspec.Struct, frozen=True):
    """A batch as triples: the lines of each project, and those of what they share."""

    projects: Sequence[Project]
    lines: list[list[str]]
    shared: list[str]


class Settled(msgspec.Struct, frozen=True):
    """One project after validation: its triples, results and problems, and whether it is held.

    ``kept`` are the counts of its triples where it is as in the previous build, which has these.
    """

    project: Project
    lines: list[str]
    results: list[Result]
    problems: list[Problem]
    held: bool
    kept: TermCounts | None = None


def process(projects: Sequence[Project], tools: Tools) -> list[Settled]:
    """Map and validate whole projects; the order is kept."""
    return validate_batch(map_batch(projects, tools), tools)


def settle_apart(projects: Sequence[Project], tools: Tools) -> list[Settled]:
    """Process a batch that failed in smaller ones, so that what is at fault takes nothing along.

    A project that cannot be processed by itself is held back, with what went wrong as the reason.
    """
    try:
        return process(projects, tools)
    except MemoryError:
        raise
    except Exception as error:
        if len(projects) > 1:
            half = len(projects) // 2
            parts = (projects[:half], projects[half:])
            return [settled for part in parts for settled in settle_apart(part, tools)]
        (project,) = projects
        told = f"The program failed: {type(error).__name__}: {shorten(str(error), 300)}"
        problem = Problem.of(
            "processing-failed", project.origin.place(), told, record=project.project_id
        )
        return [Settled(project, [], [], [problem], held=True)]


def map_batch(projects: Sequence[Project], tools: Tools) -> Mapped:
    """Return the triples of a batch. This half is bound to Python."""
    register = Register(tools.known_themes)
    lines = []
    for project in projects:
        register.add(project)
        lines.append(tools.emitter.emit(project_rows(project)))
    return Mapped(projects, lines, tools.emitter.emit(register.rows()))


def validate_batch(mapped: Mapped, tools: Tools) -> list[Settled]:
    """Return what becomes of each project. This half is the SHACL engine's work.

    It does not depend on which other projects are in the batch: what could mix with another one
    there is judged alone.
    """
    projects = mapped.projects
    alone = _clashing(projects)
    triples = [*tools.reference, *mapped.shared]
    for index, lines in enumerate(mapped.lines):
        if index not in alone:
            triples += lines
    partial = {
        iri(mint(tools.base, PROJECT, project_id=project.project_id))
        for project in projects
        if not project.has_all_partners
    }
    results = tools.shapes.judge(tools.validate(triples), partial)
    by_project: Findings = {}
    if results:
        by_project, doubtful = _by_project(results, mapped, tools)
        alone |= doubtful
    return [
        process([project], tools)[0]
        if index in alone
        else _settle(project, lines, *by_project.get(index, ([], [])), tools)
        for index, (project, lines) in enumerate(zip(projects, mapped.lines, strict=True))
    ]


Findings = dict[int, tuple[list[Result], list[Problem]]]


def _clashing(projects: Sequence[Project]) -> set[int]:
    """Return the projects that name a partner by a key of another one, by their positions."""
    owner: dict[str, int] = {}
    found: set[int] = set()
    for index, project in enumerate(projects):
        for partner in project.partners:
            first = owner.setdefault(partner.key, index)
            if first != index:
                found |= {first, index}
    return found


def _by_project(
    results: Sequence[Result], mapped: Mapped, tools: Tools
) -> tuple[Findings, set[int]]:
    """Return for each project that has results, by its position, these and their problems.

    A result on a shared node can come from any project of the batch that refers to it: the second
    value are those to be judged alone, where there are several.
    """
    tracers = [Tracer(project, tools.base) for project in mapped.projects]
    owner = {term: i for i, tracer in enumerate(tracers) for term in tracer.subjects}
    found: Findings = {}
    doubtful: set[int] = set()
    for result in results:
        index = owner.get(result.focus)
        owners = [index] if index is not None else _referring(result.focus, mapped)
        if index is None and len(tracers) > 1:
            doubtful.update(owners)
            continue
        for i in owners:
            its_results, its_problems = found.setdefault(i, ([], []))
            its_results.append(result)
            its_problems.append(tracers[i].problem(result, tools.shapes))
    return found, doubtful


def _referring(term: str, mapped: Mapped) -> list[int]:
    ending = f" {term} ."
    return [
        index
        for index, lines in enumerate(mapped.lines)
        if any(line.endswith(ending) for line in lines)
    ]


def _settle(
    project: Project,
    lines: list[str],
    results: list[Result],
    problems: list[Problem],
    tools: Tools,
) -> Settled:
    problems.sort(key=lambda problem: (problem.place.line or 0, problem.code, problem.value or ""))
    held = any(problem.level >= tools.hold_from for problem in problems)
    return Settled(project, lines, results, problems, held)
