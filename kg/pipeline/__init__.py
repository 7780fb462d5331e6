"""The one path from source files to a published folder; begin with ``run.py`` and ``stream.py``."""

from kg.pipeline.batch import Settled, Tools, process
from kg.pipeline.conformance import Validation, validate_files, validate_triples
from kg.pipeline.file import check_new_file, new_file
from kg.pipeline.run import build
from kg.pipeline.stream import make_tools
from kg.pipeline.summary import BuildResult
from kg.pipeline.tables import write_tables
from kg.pipeline.upkeep import (
    Comparison,
    dump_store,
    optimise_store,
    reload_store,
    verify_store,
)

__all__ = [
    "BuildResult",
    "Comparison",
    "Settled",
    "Tools",
    "Validation",
    "build",
    "check_new_file",
    "dump_store",
    "make_tools",
    "new_file",
    "optimise_store",
    "process",
    "reload_store",
    "validate_files",
    "validate_triples",
    "verify_store",
    "write_tables",
]
