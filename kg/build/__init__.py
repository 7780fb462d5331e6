"""The one path from source files to a published folder; begin with ``pipeline.py``."""

from kg.build.batch import Settled, Tools, process
from kg.build.pipeline import build, make_tools
from kg.build.summary import BuildResult, Manifest

__all__ = ["BuildResult", "Manifest", "Settled", "Tools", "build", "make_tools", "process"]
