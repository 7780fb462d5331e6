"""What the driver writes at the end: what is said of the whole, beside the parts of the workers."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

import msgspec

from kg.mapping import Register, json_ld_context
from kg.pipeline import Manifest, Tools
from kg.pipeline.census import Census
from kg.pipeline.dataset import dataset_lines
from kg.pipeline.folder import MANIFEST
from kg.pipeline.graph_files import write_turtle
from kg.pipeline.publication import DATASET_PREFIXES, REPORT_PREFIXES
from kg.pipeline.summary import CorrectionsCount
from kg.records import Reading
from kg.report import ReportData, render_report
from kg.settings import Settings
from kg.spark.part import Part, Summary, write_graph_part
from kg.validation import report_head

__all__ = ["Whole"]

FOLDERS = ("graph", "problems", "rejects", "report")
"""The folders of parts."""


class _Written(NamedTuple):
    """The graph that all parts make together; its hash is that of the list of their hashes."""

    census: Census
    sha256: str


class Whole(Part):
    """What belongs to no partition: problems of files, the reference graph, counts, reports."""

    def __init__(self, folder: Path, settings: Settings, tools: Tools) -> None:
        for name in FOLDERS:
            (folder / name).mkdir()
        super().__init__(folder, "head", settings, tools)

    def take(self, reading: Reading) -> None:
        """Take in what is said of a file beside its records."""
        self.see(reading)
        self.add(reading, None)

    def write(self, total: Summary, passed_over: list[str]) -> Manifest:
        """Write what is said of the whole run, whose parts add up to ``total``."""
        corrections = total.corrections
        unused = corrections.unused()
        self.tell(unused)
        own = Summary()
        self.close(own)
        total.add(own)
        self._write_reference(total)
        base, folder = self._settings.base, self._final
        head = report_head(base, conforms=total.results == 0)
        write_turtle(folder / "report" / "head.ttl", [head], REPORT_PREFIXES, base)
        context = msgspec.json.encode({"@context": json_ld_context(base)})
        (folder / "context.jsonld").write_bytes(msgspec.json.format(context, indent=1) + b"\n")
        described = dataset_lines(self._settings, total.census, folder, total.example)
        write_turtle(folder / "dataset.ttl", [described], DATASET_PREFIXES, base)
        manifest = self._describe(total, passed_over)
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
        (folder / MANIFEST).write_bytes(text)
        page = render_report(
            ReportData(
                manifest=manifest,
                settings=self._settings,
                shapes=self._tools.shapes,
                problems=total.reported,
            )
        )
        (folder / "report.html").write_text(page, encoding="utf-8", newline="\n")
        self._tidy()
        return manifest

    def _write_reference(self, total: Summary) -> None:
        """Write the schemes, and the sources that records are derived from."""
        sources = self._tools.emitter.emit(Register().rows(self._sources))
        blocks = [sources, list(self._tools.reference)]
        name = "graph/reference.nt"
        digest = write_graph_part(self._final / name, blocks, total.census)
        if digest is not None:
            total.files[name] = digest

    def _describe(self, total: Summary, passed_over: list[str]) -> Manifest:
        self._records, self._held = total.records, total.held
        self._codes, self._levels = total.codes, total.levels
        files = dict(sorted(total.files.items()))
        listed = "".join(f"{digest}  {name}\n" for name, digest in files.items())
        written = _Written(total.census, hashlib.sha256(listed.encode()).hexdigest())
        manifest = self._manifest(written, total.ledger.as_table(), passed_over)
        return msgspec.structs.replace(manifest, projects=total.projects, parts=files)

    def _tidy(self) -> None:
        """Remove what tasks left that did not come to their end."""
        for path in self._final.glob("*/.*"):
            path.unlink()
