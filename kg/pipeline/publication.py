"""What a run publishes, gathered record by record and written at its end.

Problems and rejects are written as they come; the graph waits on disk until its order is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import msgspec

from kg import __version__
from kg.iris import PROJECT, mint
from kg.mapping import Register, json_ld_context
from kg.pipeline.batch import Settled, Tools
from kg.pipeline.dataset import dataset_lines
from kg.pipeline.folder import MANIFEST
from kg.pipeline.graph_files import GraphFiles, write_turtle
from kg.pipeline.ledger import Ledger
from kg.pipeline.spool import Spool
from kg.pipeline.summary import InputCount, Manifest
from kg.problems import Level, Place, Problem
from kg.records import Held, Origin, Project, Reading, RowOrigin, Source, encodable
from kg.report import ReportData, render_report
from kg.settings import Settings
from kg.sources import Input
from kg.store import load_store
from kg.validation import report_head, result_lines
from kg.vocabulary import DCAT, INTERREG, PREFIXES, SH, SHAPE, VOID

__all__ = ["Publication"]

MAX_VALUE = 10_000
"""Characters of a raw value that a problem shows; the rejects hold all of it."""
MAX_REPORTED = 2_000
"""Problems that ``report.html`` shows; all of them are in ``problems.jsonl``."""


class Publication:
    """Gathers what a run publishes in a folder. Use as a context manager."""

    def __init__(self, folder: Path, settings: Settings, tools: Tools) -> None:
        self._folder = folder
        self._settings = settings
        self._tools = tools
        self._register = Register(tools.known_themes)
        self._ledger = Ledger()
        self._sources: list[Source] = []
        self._layouts: dict[str, Input] = {}
        self._records: Counter[str] = Counter()
        self._codes: Counter[str] = Counter()
        self._levels: Counter[str] = Counter()
        self._held: Counter[str] = Counter()
        self._reported: list[Problem] = []
        self.bytes_done = 0

    def __enter__(self) -> Publication:
        self._projects = Spool(self._folder / ".projects")
        self._results = Spool(self._folder / ".results")
        self._problems = (self._folder / "problems.jsonl").open("wb")
        self._rejects = (self._folder / "rejects.jsonl").open("wb")
        return self

    def __exit__(self, *_: object) -> None:
        self._projects.close()
        self._results.close()
        self._problems.close()
        self._rejects.close()

    def begin(self, item: Input) -> None:
        """Note the files of an input."""
        for examined in item.files:
            self._sources.append(examined.source)
            self._layouts[examined.file.name] = item

    def see(self, reading: Reading) -> None:
        """Count the cells of a reading before anything becomes of it."""
        for source, cells in reading.accounts.items():
            self._ledger.see(source, cells)

    def add(self, reading: Reading, settled: Settled | None) -> None:
        """Take in one reading, and what became of its project where it has one."""
        held = settled is not None and self._is_held(reading, settled)
        for source, cells in reading.accounts.items():
            self._ledger.settle(source, cells, published=not held)
        for problem in reading.problems:
            self._report(problem)
        if reading.whole is not None:
            self._records[reading.source] += 1
            self.bytes_done += len(reading.whole.raw.encode())
        if settled is not None:
            self._settle(reading, settled, held=held)
        else:
            kind = "partners" if reading.whole is None else "records"
            self._held[kind] += bool(reading.held)
            self._reject(reading.held)

    def finish(self, passed_over: list[str]) -> Manifest:
        """Write the outputs and return the manifest; ``passed_over`` are files that none reads.

        Raises:
            Bug: the ledger does not add up.
            StoreError: the embedded store could not be written.
        """
        ledger = self._ledger.as_table()
        self._problems.close()
        self._rejects.close()
        files = self._write_graph()
        self._write_validation_report()
        example = self._projects.first_key
        described = dataset_lines(self._settings, files.census, self._folder, example)
        write_turtle(
            self._folder / "dataset.ttl", [described], _DATASET_PREFIXES, self._settings.base
        )
        manifest = self._manifest(files, ledger, passed_over)
        text = msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"
        (self._folder / MANIFEST).write_bytes(text)
        page = render_report(
            ReportData(
                manifest=manifest,
                settings=self._settings,
                shapes=self._tools.shapes,
                problems=self._reported,
            )
        )
        (self._folder / "report.html").write_text(page, encoding="utf-8", newline="\n")
        load_store(self._folder / "store", self._folder / "graph.nt")
        return manifest

    def _is_held(self, reading: Reading, settled: Settled) -> bool:
        # with --strict, a warning from reading holds back as one from a shape does
        hold_from = self._tools.hold_from
        return settled.held or any(problem.level >= hold_from for problem in reading.problems)

    def _settle(self, reading: Reading, settled: Settled, *, held: bool) -> None:
        project = settled.project
        key = mint(self._settings.base, PROJECT, project_id=project.project_id)
        for problem in settled.problems:
            self._report(problem)
        if settled.results:
            messages = self._tools.shapes.messages
            lines = result_lines(settled.results, messages, self._settings.base)
            self._results.add(key, lines)
        if held:
            whole = reading.whole or project.origin
            problems = (*reading.problems, *settled.problems)
            self._held["records"] += 1
            self._reject(
                Held(part, problems, project.project_id) for part in _parts(whole, project)
            )
            return
        self._held["partners"] += len(reading.held)
        self._held["fields"] += sum(p.level == Level.FIELD for p in reading.problems)
        self._reject(reading.held)
        self._reject_fields(reading, project.project_id)
        self._projects.add(key, settled.lines)
        self._register.add(project)

    def _report(self, problem: Problem) -> None:
        if problem.value is not None:
            value = encodable(problem.value)
            shown = value if len(value) <= MAX_VALUE else value[:MAX_VALUE] + "…"
            problem = msgspec.structs.replace(problem, value=shown)
        self._codes[problem.code] += 1
        self._levels[problem.level.word] += 1
        if len(self._reported) < MAX_REPORTED:
            self._reported.append(problem)
        self._problems.write(msgspec.json.encode(problem) + b"\n")

    def _reject(self, entries: Iterable[Held]) -> None:
        for held in entries:
            origin = held.origin
            line = _reject_line(origin.place(), held.record, held.problems, origin.raw)
            self._write_reject(line)

    def _write_reject(self, line: dict[str, object]) -> None:
        self._rejects.write(msgspec.json.encode(line) + b"\n")

    def _reject_fields(self, reading: Reading, record: str) -> None:
        """Write the values to the rejects that a published record goes without."""
        for problem in reading.problems:
            if problem.level is Level.FIELD:
                raw = encodable(problem.value or "")
                self._write_reject(_reject_line(problem.place, record, (problem,), raw))

    def _write_graph(self) -> GraphFiles:
        base = self._settings.base
        emitter = self._tools.emitter
        shared = self._register.rows(self._sources)
        context = json_ld_context(base)
        with GraphFiles(self._folder, base, context) as files:
            for lines in self._projects.blocks():
                files.write(lines)
            files.write(emitter.emit(shared))
            files.write(list(self._tools.reference))
        document = msgspec.json.encode({"@context": context})
        text = msgspec.json.format(document, indent=1) + b"\n"
        (self._folder / "context.jsonld").write_bytes(text)
        return files

    def _write_validation_report(self) -> None:
        head = report_head(self._settings.base, conforms=len(self._results) == 0)
        blocks = chain([head], self._results.blocks())
        write_turtle(self._folder / "report.ttl", blocks, _REPORT_PREFIXES, self._settings.base)

    def _manifest(
        self,
        files: GraphFiles,
        ledger: dict[str, dict[str, dict[str, int]]],
        passed_over: list[str],
    ) -> Manifest:
        inputs = [
            InputCount(
                source.name,
                source.sha256,
                source.size,
                self._layouts[source.name].layout,
                self._records[source.name],
                self._layouts[source.name].profile,
            )
            for source in sorted(self._sources, key=lambda source: source.name)
        ]
        return Manifest(
            version=__version__,
            base=self._settings.base,
            engine=self._settings.engine,
            licence=self._settings.licence,
            inputs=inputs,
            passed_over=passed_over,
            records=self._records.total(),
            projects=len(self._projects),
            participations=files.census.classes[INTERREG.Participation],
            organisations=files.census.classes[INTERREG.Organisation],
            triples=files.census.triples,
            held={name: self._held[name] for name in ("records", "partners", "fields")},
            problems=dict(sorted(self._codes.items())),
            levels=dict(sorted(self._levels.items())),
            ledger=ledger,
            graph=files.sha256,
        )


def _parts(whole: Origin | RowOrigin, project: Project) -> list[Origin | RowOrigin]:
    """Return where a project stands with its partners: its block of lines, or all of its rows."""
    if isinstance(whole, Origin):
        return [whole]
    return [whole, *(partner.origin for partner in project.partners)]


def _reject_line(
    place: Place, record: str | None, problems: Iterable[Problem], raw: str
) -> dict[str, object]:
    """Return a line of ``rejects.jsonl``: the raw input and the reasons why it is held back."""
    return {
        "source": place.source,
        "place": str(place),
        "record": record,
        "reasons": [
            {"code": problem.code, "place": str(problem.place), "message": problem.message}
            for problem in problems
        ],
        "raw": raw,
    }


_DATASET_PREFIXES = PREFIXES | {space.prefix: space.iri for space in (DCAT, VOID)}
_REPORT_PREFIXES = PREFIXES | {space.prefix: space.iri for space in (SH, SHAPE)}
