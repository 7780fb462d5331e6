"""The one path from source files to a published folder; begin with ``pipeline.py``."""

from kg.build.batch import Settled, Tools, process
from kg.build.conformance import Validation, validate_files, validate_triples
from kg.build.pipeline import build, make_tools
from kg.build.summary import BuildResult, Manifest
from kg.build.tables import write_tables

__all__ = [
    "BuildResult",
    "Manifest",
    "Settled",
    "Tools",
    "Validation",
    "build",
    "make_tools",
    "process",
    "validate_files",
    "validate_triples",
    "write_tables",
]
