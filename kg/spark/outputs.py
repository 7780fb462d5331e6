"""What the driver writes at the end: what is said of the whole, beside the parts of the workers."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from kg.built import NTRIPLES, PARTED, REPORT, Manifest
from kg.mapping import Register
from kg.pipeline import Tools
from kg.pipeline.descriptions import Described, write_descriptions
from kg.pipeline.graph_files import write_turtle
from kg.pipeline.publication import REPORT_PREFIXES
from kg.records import Reading
from kg.settings import Settings
from kg.spark.part import Part, Summary, write_graph_part
from kg.validation import report_head

__all__ = ["Whole"]


class Whole(Part):
    """What belongs to no partition: problems of files, the reference graph, counts, reports."""

    def __init__(self, folder: Path, settings: Settings, tools: Tools) -> None:
        for name in PARTED.values():
            (folder / name).mkdir()
        super().__init__(folder, "head", settings, tools)

    def take(self, reading: Reading) -> None:
        """Take in what is said of a file beside its records."""
        self.see(reading)
        self.add(reading, None)

    def write(self, total: Summary, passed_over: list[str]) -> Manifest:
        """Write what is said of the whole run, whose parts add up to ``total``."""
        self.tell(total.corrections.unused())
        own = Summary()
        self.close(own)
        total.add(own)
        self._write_reference(total)
        base, folder = self._settings.base, self._final
        head = report_head(base, conforms=total.results == 0)
        write_turtle(folder / PARTED[REPORT] / "head.ttl", [head], REPORT_PREFIXES, base)
        manifest = self._describe(total, passed_over)
        described = Described(manifest, total.census, total.example, total.reported)
        write_descriptions(folder, described, self._settings, self._tools.shapes)
        self._tidy()
        return manifest

    def _write_reference(self, total: Summary) -> None:
        """Write the schemes, and the sources that records are derived from."""
        sources = self._tools.emitter.emit(Register().rows(self._sources))
        blocks = [sources, list(self._tools.reference)]
        name = f"{PARTED[NTRIPLES]}/reference.nt"
        digest = write_graph_part(self._final / name, blocks, total.census)
        if digest is not None:
            total.files[name] = digest

    def _describe(self, total: Summary, passed_over: list[str]) -> Manifest:
        """Return the counts; the hash of the graph is that of the list of its parts' hashes."""
        self._records, self._held = total.records, total.held
        self._codes, self._levels = total.codes, total.levels
        files = dict(sorted(total.files.items()))
        listed = "".join(f"{digest}  {name}\n" for name, digest in files.items())
        graph = hashlib.sha256(listed.encode()).hexdigest()
        ledger = total.ledger.as_table()
        manifest = self._manifest(total.census, graph, ledger, passed_over, total.corrections)
        return msgspec.structs.replace(manifest, projects=total.projects, parts=files)

    def _tidy(self) -> None:
        """Remove what tasks left that did not come to their end."""
        for path in self._final.glob("*/.*"):
            path.unlink()
