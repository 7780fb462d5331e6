"""There and back: records → graph → export → records → graph."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.export import ExportResult, export_graph
from kg.mapping import (
    REFERENCES,
    Emitter,
    Register,
    SharedNodes,
    project_blocks,
    project_rows,
    read_project,
)
from kg.problems import Problem
from kg.records import Project
from kg.settings import DEFAULT_BASE
from kg.sources import EXTENSIONS, examine_inputs, read_input
from kg.vocabulary import DCTERMS, INTERREG, PROV

__all__ = [
    "FORMS", "graph_of", "read_back", "read_files", "statements", "there_and_back",
]  # fmt: skip

KNOWN_THEMES = {"D05", "Q01"}
READABLE = {".csv"} | (EXTENSIONS & {".xlsx", ".json", ".jsonl"})
FORMS = {
    name: output
    for name, output in (
        ("csv", "out"), ("json", "out.json"), ("jsonl", "out.jsonl"), ("xlsx", "out.xlsx")
    )
    if name == "csv" or f".{name}" in READABLE
}  # fmt: skip
"""The formats that can be read here, and the output of each."""

ORIGINS = (f"<{PROV.wasDerivedFrom}>", f"<{DCTERMS.source}>")
CORRECTION = f"<{INTERREG.correction}>"


def graph_of(projects: Iterable[Project]) -> list[str]:
    """The triples of some projects, in the order of a build."""
    register, emitter = Register(KNOWN_THEMES), Emitter(DEFAULT_BASE)
    lines: list[str] = []
    for project in projects:
        register.add(project)
        lines += emitter.emit(project_rows(project))
    return lines + emitter.emit(register.rows())


def statements(lines: Iterable[str], *, corrections: bool = False) -> set[str]:
    """What a graph states, apart from where it comes from; corrections are not exported."""
    found = set()
    for line in lines:
        subject, predicate, _ = line.split(" ", 2)
        if predicate in ORIGINS or f"{DEFAULT_BASE}source/" in subject:
            continue
        if not corrections and (predicate == CORRECTION or "/correction/" in subject):
            continue
        found.add(line)
    return found


def read_back(lines: Sequence[str]) -> list[Project]:
    """The records of a graph, without any file."""
    shared = SharedNodes(lines, REFERENCES)
    found = [read_project(block, shared, "graph.nt") for block in project_blocks(lines)]
    assert shared.unstated == 0
    return found


def read_files(*paths: Path) -> tuple[list[Project], list[Problem]]:
    """The records of source files, and what is wrong in them."""
    projects, problems = [], []
    for item in examine_inputs(paths).items:
        assert item.layout == "exchange"
        for reading in read_input(item):
            problems += reading.problems
            projects += [reading.project] if reading.project else []
    return projects, problems


def there_and_back(
    lines: Sequence[str], form: str
) -> tuple[list[str], list[Problem], ExportResult]:
    """A graph that is exported and read again, what the reader says, and what was exported."""
    with tempfile.TemporaryDirectory() as folder:
        build, output = Path(folder, "build"), Path(folder, FORMS[form])
        build.mkdir()
        Path(build, "graph.nt").write_text("".join(f"{line}\n" for line in lines), "utf-8")
        result = export_graph(build, output)
        projects, problems = read_files(output)
    return graph_of(projects), problems, result
