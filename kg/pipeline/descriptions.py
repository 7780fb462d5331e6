"""What is said of a graph beside it: its description, counts, context and report."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from kg.built import CONTEXT, DATASET, MANIFEST, PAGE, Manifest
from kg.mapping import json_ld_context
from kg.pipeline.census import Census
from kg.pipeline.dataset import dataset_lines
from kg.pipeline.graph_files import write_turtle
from kg.problems import Problem
from kg.report import ReportData, render_report
from kg.settings import Settings
from kg.validation import Shapes
from kg.vocabulary import DCAT, PREFIXES, VOID

__all__ = ["Described", "write_descriptions"]

PREFIXES_OF_DATASET = PREFIXES | {space.prefix: space.iri for space in (DCAT, VOID)}


class Described(NamedTuple):
    """A graph that is written: its counts, a typical resource, and the problems on its way."""

    manifest: Manifest
    census: Census
    example: str | None
    problems: list[Problem]


def write_descriptions(
    folder: Path, described: Described, settings: Settings, shapes: Shapes
) -> None:
    """Write ``context.jsonld``, ``dataset.ttl``, ``manifest.json`` and ``report.html``."""
    base = settings.base
    _write_json(folder / CONTEXT, {"@context": json_ld_context(base)})
    lines = dataset_lines(settings, described.census, folder, described.example)
    write_turtle(folder / DATASET, [lines], PREFIXES_OF_DATASET, base)
    _write_json(folder / MANIFEST, described.manifest, indent=2)
    page = render_report(
        ReportData(
            manifest=described.manifest,
            settings=settings,
            shapes=shapes,
            problems=described.problems,
            in_parts=described.manifest.parts is not msgspec.UNSET,
        )
    )
    (folder / PAGE).write_text(page, encoding="utf-8", newline="\n")


def _write_json(path: Path, value: object, *, indent: int = 1) -> None:
    path.write_bytes(msgspec.json.format(msgspec.json.encode(value), indent=indent) + b"\n")
