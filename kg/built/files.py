"""What the files in the folder of a build are called."""

from __future__ import annotations

from pathlib import Path

__all__ = [
    "CACHE",
    "CONTEXT",
    "DATASET",
    "DUMPS",
    "JSONLD",
    "MANIFEST",
    "NTRIPLES",
    "OUTPUTS",
    "PAGE",
    "PARTED",
    "PROBLEMS",
    "REJECTS",
    "REPORT",
    "STORE",
    "TURTLE",
    "is_build",
]

NTRIPLES, TURTLE, JSONLD = "graph.nt", "graph.ttl", "graph.jsonld"
DUMPS = (TURTLE, JSONLD, NTRIPLES)
"""The files that each hold the whole graph."""
STORE = "store"
"""The folder of the embedded store."""
CONTEXT = "context.jsonld"
DATASET = "dataset.ttl"
"""The description of the data set (DCAT and VoID)."""
REPORT = "report.ttl"
"""The SHACL report."""
PAGE = "report.html"
"""The page for the data steward."""
PROBLEMS = "problems.jsonl"
REJECTS = "rejects.jsonl"
MANIFEST = "manifest.json"
"""What the build did, in numbers, and the hashes of inputs and graph."""
CACHE = ".cache"
"""The folder of notes for the next build; it is no part of what is published."""

PARTED = {NTRIPLES: "graph", PROBLEMS: "problems", REJECTS: "rejects", REPORT: "report"}
"""The folders of parts that a build on Spark writes in the place of files."""

OUTPUTS = frozenset(
    {*DUMPS, STORE, CONTEXT, DATASET, REPORT, PAGE, PROBLEMS, REJECTS, MANIFEST, CACHE}
) | frozenset(PARTED.values())
"""All that a build writes."""


def is_build(folder: Path) -> bool:
    """Return whether a folder holds the outputs of a build."""
    return all((folder / name).is_file() for name in (MANIFEST, DATASET))
