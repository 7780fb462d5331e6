"""The folder of a build, as those know it who write it or read it: names, manifest, graph."""

from kg.built.build import Build, read_build
from kg.built.files import (
    CACHE,
    CONTEXT,
    DATASET,
    DUMPS,
    JSONLD,
    MANIFEST,
    NTRIPLES,
    OUTPUTS,
    PAGE,
    PARTED,
    PROBLEMS,
    REJECTS,
    REPORT,
    STORE,
    TURTLE,
    is_build,
)
from kg.built.integrity import checked_graph_files
from kg.built.manifest import CorrectionsCount, InputCount, Manifest, data_base, read_manifest
from kg.built.parts import graph_files, parts_of, refuse_parts
from kg.built.sections import Section, sections_of

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
    "Build",
    "CorrectionsCount",
    "InputCount",
    "Manifest",
    "Section",
    "checked_graph_files",
    "data_base",
    "graph_files",
    "is_build",
    "parts_of",
    "read_build",
    "read_manifest",
    "refuse_parts",
    "sections_of",
]
