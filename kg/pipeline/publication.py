"""What a run publishes, gathered record by record and written at its end.

Problems and rejects are written as they come; the graph waits on disk until its order is known. A
build that is done in parts gathers in the same way, and writes at its end what it can.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Self

import msgspec

from kg import __version__, built
from kg.built import CorrectionsCount, InputCount, Manifest
from kg.iris import PROJECT, mint
from kg.mapping import Register, json_ld_context
from kg.memory import give_back
from kg.pipeline.batch import Settled, Tools
from kg.pipeline.census import Census, count
from kg.pipeline.counting import Counting, Verdict
from kg.pipeline.descriptions import Described, write_descriptions
from kg.pipeline.graph_files import GraphFiles, write_turtle
from kg.pipeline.rejects import field_entries, held_entry
from kg.pipeline.reuse import KeptFindings, Notes, Previous
from kg.pipeline.spool import Spool
from kg.problems import Problem
from kg.records import Held, Origin, Reading, RowOrigin, Source, held_parts
from kg.settings import FORMATS, Settings
from kg.sources import REJECTS, Corrections, Input, Repairs
from kg.sources.personal import publishable
from kg.sources.rejects import RejectsEntry
from kg.terms import to_ntriples
from kg.validation import report_head, result_lines
from kg.vocabulary import INTERREG, PREFIXES, SH, SHAPE

__all__ = ["MAX_REPORTED", "REPORT_PREFIXES", "Gathering", "Publication"]

MAX_VALUE = 10_000
"""Characters of a raw value that a problem shows; the rejects hold all of it."""
MAX_REPORTED = 2_000
"""Problems that ``report.html`` shows; all of them are in ``problems.jsonl``."""


class Gathering(Counting):
    """Gathers what becomes of records in a folder. Use as a context manager."""

    def __init__(
        self, folder: Path, settings: Settings, tools: Tools, repairs: Repairs | None = None
    ) -> None:
        super().__init__(tools)
        self._folder = folder
        self._repairs = Repairs() if repairs is None else repairs
        self._settings = settings
        self._register = Register(tools.known_themes)
        self._sources: list[Source] = []
        self._layouts: dict[str, Input] = {}
        self._reported: list[Problem] = []
        self.bytes_done = 0

    def __enter__(self) -> Self:
        self._projects = Spool(self._folder / ".projects")
        self._results = Spool(self._folder / ".results")
        self._problems = (self._folder / built.PROBLEMS).open("wb")
        self._rejects = (self._folder / built.REJECTS).open("wb")
        return self

    def __exit__(self, *_: object) -> None:
        self._projects.close()
        self._results.close()
        self._problems.close()
        self._rejects.close()
        self._register.close()

    def begin(self, item: Input) -> None:
        """Note the files of an input."""
        for examined in item.files:
            if examined.file.name not in self._layouts:
                self._sources.append(examined.source)
                self._layouts[examined.file.name] = item

    def add(self, reading: Reading, settled: Settled | None) -> Verdict:
        """Take in one reading, and what became of its project where it has one."""
        verdict = super().add(reading, settled)
        if reading.whole is not None:
            self.bytes_done += reading.whole.size
        if settled is None:
            self._reject(reading.held, is_partner=reading.whole is None)
        else:
            self._write(reading, settled, verdict)
        return verdict

    def _write(self, reading: Reading, settled: Settled, verdict: Verdict) -> None:
        project = settled.project
        key = mint(self._settings.base, PROJECT, project_id=project.project_id)
        if settled.results:
            messages = self._tools.shapes.messages
            lines = result_lines(settled.results, messages, self._settings.base)
            self._results.add(key, lines)
        if verdict.is_held:
            self._reject(held_parts(reading.parts, verdict.problems, project.project_id))
            return
        self._reject(reading.held, is_partner=True)
        layout = self._layout(project.origin)
        for entry in field_entries(reading, project.project_id, layout, self._repairs):
            self._write_reject(entry)
        self._publish(key, settled)
        self._register.add(project)

    def _publish(self, key: str, settled: Settled) -> None:
        """Keep the triples of a project until the graph is written."""
        self._projects.add(key, settled.lines)

    def _report(self, problem: Problem) -> None:
        super()._report(problem)
        problem = publishable(problem)
        value = problem.value
        if value is not None and len(value) > MAX_VALUE:
            problem = msgspec.structs.replace(problem, value=value[:MAX_VALUE] + "…")
        if len(self._reported) < MAX_REPORTED:
            self._reported.append(problem)
        self._problems.write(msgspec.json.encode(problem) + b"\n")

    def _reject(self, entries: Iterable[Held], *, is_partner: bool = False) -> None:
        for held in entries:
            layout = self._layout(held.origin)
            self._write_reject(held_entry(held, layout, self._repairs, is_partner=is_partner))

    def _write_reject(self, entry: RejectsEntry) -> None:
        self._rejects.write(msgspec.json.encode(entry) + b"\n")

    def _layout(self, origin: Origin | RowOrigin) -> str:
        """Return the layout of a record, also where it is one of a rejects file."""
        layout = self._layouts[origin.source].layout
        return (self._repairs.layout_at(origin) or layout) if layout == REJECTS else layout

    def _manifest(
        self,
        census: Census,
        graph: str,
        ledger: dict[str, dict[str, dict[str, int]]],
        passed_over: list[str],
        corrections: Corrections,
    ) -> Manifest:
        """Return the counts; ``graph`` is the hash of the graph."""
        left_out: list[str] = [n for n in FORMATS[1:] if n not in self._settings.formats]
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
            participations=census.classes[INTERREG.Participation],
            organisations=census.classes[INTERREG.Organisation],
            triples=census.triples,
            held=self.held,
            problems=dict(sorted(self._codes.items())),
            levels=dict(sorted(self._levels.items())),
            ledger=ledger,
            graph=graph,
            corrections=_count(corrections) if corrections.name else msgspec.UNSET,
            left_out=left_out or msgspec.UNSET,
        )


class Publication(Gathering):
    """Gathers what a build publishes, and writes it into one file of each kind.

    Of ``previous``, the last build, what did not change is copied; notes are taken for the next.
    """

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        tools: Tools,
        repairs: Repairs | None = None,
        previous: Previous | None = None,
    ) -> None:
        super().__init__(folder, settings, tools, repairs)
        self._previous = previous
        self._census = Census()

    def __enter__(self) -> Self:
        self._notes = Notes(self._folder, self._settings)
        return super().__enter__()

    def __exit__(self, *_: object) -> None:
        self._notes.__exit__()
        super().__exit__()

    def finish(self, passed_over: list[str], corrections: Corrections) -> Manifest:
        """Write the outputs and return the manifest; ``passed_over`` are files that none reads.

        Raises:
            Bug: the ledger does not add up.
            OSError: the outputs could not be written.
        """
        ledger = self._ledger.as_table()
        self._problems.close()
        self._rejects.close()
        give_back()
        graph = self._write_graph()
        self._write_validation_report()
        manifest = self._manifest(self._census, graph, ledger, passed_over, corrections)
        described = Described(manifest, self._census, self._projects.first_key, self._reported)
        write_descriptions(self._folder, described, self._settings, self._tools.shapes)
        return manifest

    def _publish(self, key: str, settled: Settled) -> None:
        if settled.kept is not None and self._previous is not None:
            counts = settled.kept
            self._projects.add_kept(key)
            self._notes.keep_record(self._previous.record(key))
        else:
            super()._publish(key, settled)
            # counted now, when other threads validate, and not when all wait for the files
            counts = count(settled.lines)
            told = [publishable(problem) for problem in settled.problems]
            self._notes.add_record(
                key, settled.project, KeptFindings(settled.results, told, counts)
            )
        self._census.add(counts)

    def _write_graph(self) -> str:
        """Write the graph in all its forms; return the SHA-256 of its N-Triples."""
        base = self._settings.base
        emit = self._tools.emitter.emit
        shared = (emit(rows) for rows in self._register.blocks(self._sources))
        context = json_ld_context(base)
        with GraphFiles(
            self._folder, base, context, self._settings.formats, self._previous
        ) as files:
            for key, data in self._projects.items():
                spans = files.copy(key) if data is None else files.write(data)
                self._notes.add_block(key, spans)
            position = files.begin_shared()
            for lines in chain(shared, [self._tools.reference]):
                self._census.add(count(lines))
                files.write(to_ntriples(lines))
        linked = {} if self._previous is None else self._previous.linked()
        self._notes.seal(files.sha256, position, linked)
        return files.sha256[built.NTRIPLES]

    def _write_validation_report(self) -> None:
        head = report_head(self._settings.base, conforms=len(self._results) == 0)
        blocks = chain([head], self._results.blocks())
        write_turtle(self._folder / built.REPORT, blocks, REPORT_PREFIXES, self._settings.base)


def _count(corrections: Corrections) -> CorrectionsCount:
    unused = len(corrections.unused())
    return CorrectionsCount(
        corrections.name, corrections.sha256, corrections.applied, corrections.stale, unused
    )


REPORT_PREFIXES = PREFIXES | {space.prefix: space.iri for space in (SH, SHAPE)}
