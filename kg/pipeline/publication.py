"""What a run publishes, gathered record by record and written at its end.

Problems and rejects are written as they come; the graph waits on disk until its order is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Self

import msgspec

from kg import __version__
from kg.iris import PROJECT, mint
from kg.mapping import Register, json_ld_context
from kg.pipeline.batch import Settled, Tools
from kg.pipeline.dataset import dataset_lines
from kg.pipeline.folder import MANIFEST
from kg.pipeline.graph_files import GraphFiles, WrittenGraph, write_turtle
from kg.pipeline.ledger import Ledger
from kg.pipeline.rejects import field_entries, held_entry
from kg.pipeline.spool import Spool
from kg.pipeline.summary import CorrectionsCount, InputCount, Manifest
from kg.problems import Level, Problem
from kg.records import Held, Origin, Reading, RowOrigin, Source, encodable
from kg.report import ReportData, render_report
from kg.settings import Settings
from kg.sources import REJECTS, Corrections, Input, Repairs
from kg.sources.personal import mask_personal
from kg.sources.rejects import Entry
from kg.store import load_store
from kg.validation import report_head, result_lines
from kg.vocabulary import DCAT, INTERREG, PREFIXES, SH, SHAPE, VOID

__all__ = ["DATASET_PREFIXES", "MAX_REPORTED", "REPORT_PREFIXES", "Publication"]

MAX_VALUE = 10_000
"""Characters of a raw value that a problem shows; the rejects hold all of it."""
MAX_REPORTED = 2_000
"""Problems that ``report.html`` shows; all of them are in ``problems.jsonl``."""


class Publication:
    """Gathers what a run publishes in a folder. Use as a context manager."""

    def __init__(
        self, folder: Path, settings: Settings, tools: Tools, repairs: Repairs | None = None
    ) -> None:
        self._folder = folder
        self._repairs = Repairs() if repairs is None else repairs
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

    def __enter__(self) -> Self:
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
            if examined.file.name not in self._layouts:
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
            is_partner = reading.whole is None
            self._held["partners" if is_partner else "records"] += bool(reading.held)
            self._reject(reading.held, is_partner=is_partner)

    def tell(self, problems: Iterable[Problem]) -> None:
        """Take in problems that are about no record of the input."""
        for problem in problems:
            self._report(problem)

    def finish(self, passed_over: list[str], corrections: Corrections) -> Manifest:
        """Write the outputs and return the manifest; ``passed_over`` are files that none reads.

        Raises:
            Bug: the ledger does not add up.
            StoreError: the embedded store could not be written.
        """
        ledger = self._ledger.as_table()
        unused = corrections.unused()
        self.tell(unused)
        self._problems.close()
        self._rejects.close()
        files = self._write_graph()
        self._write_validation_report()
        example = self._projects.first_key
        described = dataset_lines(self._settings, files.census, self._folder, example)
        write_turtle(
            self._folder / "dataset.ttl", [described], DATASET_PREFIXES, self._settings.base
        )
        manifest = self._manifest(files, ledger, passed_over)
        if corrections.name:
            used = CorrectionsCount(
                corrections.name,
                corrections.sha256,
                corrections.applied,
                corrections.stale,
                len(unused),
            )
            manifest = msgspec.structs.replace(manifest, corrections=used)
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
            problems = (*reading.problems, *settled.problems)
            self._held["records"] += 1
            self._reject(Held(part, problems, project.project_id) for part in reading.parts)
            return
        self._held["partners"] += len(reading.held)
        self._held["fields"] += sum(p.level == Level.FIELD for p in reading.problems)
        self._reject(reading.held, is_partner=True)
        layout = self._layout(project.origin)
        for entry in field_entries(reading, project.project_id, layout, self._repairs):
            self._write_reject(entry)
        self._projects.add(key, settled.lines)
        self._register.add(project)

    def _report(self, problem: Problem) -> None:
        message = mask_personal(encodable(problem.message))
        value = problem.value
        if value is not None:
            value = mask_personal(encodable(value))
            value = value if len(value) <= MAX_VALUE else value[:MAX_VALUE] + "…"
        problem = msgspec.structs.replace(problem, message=message, value=value)
        self._codes[problem.code] += 1
        self._levels[problem.level.word] += 1
        if len(self._reported) < MAX_REPORTED:
            self._reported.append(problem)
        self._problems.write(msgspec.json.encode(problem) + b"\n")

    def _reject(self, entries: Iterable[Held], *, is_partner: bool = False) -> None:
        for held in entries:
            layout = self._layout(held.origin)
            self._write_reject(held_entry(held, layout, self._repairs, is_partner=is_partner))

    def _write_reject(self, entry: Entry) -> None:
        self._rejects.write(msgspec.json.encode(entry) + b"\n")

    def _layout(self, origin: Origin | RowOrigin) -> str:
        """Return the layout of a record, also where it is one of a rejects file."""
        layout = self._layouts[origin.source].layout
        return (self._repairs.layout_at(origin) or layout) if layout == REJECTS else layout

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
        write_turtle(self._folder / "report.ttl", blocks, REPORT_PREFIXES, self._settings.base)

    def _manifest(
        self,
        files: WrittenGraph,
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


DATASET_PREFIXES = PREFIXES | {space.prefix: space.iri for space in (DCAT, VOID)}
REPORT_PREFIXES = PREFIXES | {space.prefix: space.iri for space in (SH, SHAPE)}
