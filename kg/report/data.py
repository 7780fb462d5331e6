"""What the report is made from."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from kg.built import Manifest
from kg.problems import Problem
from kg.settings import Settings
from kg.validation import Shapes

__all__ = ["ReportData"]


class ReportData(msgspec.Struct, frozen=True, kw_only=True):
    """What the report shows.

    ``problems`` may be fewer than the manifest counts: then the page says how many it shows and
    where the rest is. ``shapes`` explain the codes of SHACL results. ``in_parts`` says that folders
    of parts lie beside the page, as after a build on Spark.
    """

    manifest: Manifest
    settings: Settings
    shapes: Shapes
    problems: Sequence[Problem]
    in_parts: bool = False
