"""The one path from source files to a published folder; begin with ``run.py``."""

from kg.pipeline.batch import Settled, Tools, process
from kg.pipeline.conformance import Validation, validate_files, validate_triples
from kg.pipeline.run import build, make_tools
from kg.pipeline.summary import BuildResult, Manifest
from kg.pipeline.tables import write_tables

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
