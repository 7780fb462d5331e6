"""What the report is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from kg.problems import Problem
from kg.settings import Settings
from kg.validation import Shapes

__all__ = ["InputFile", "Manifest", "ReportData"]


class InputFile(Protocol):
    """An input file, as the manifest describes it."""

    @property
    def name(self) -> str:
        """The name under which the build knows the file."""

    @property
    def sha256(self) -> str:
        """The SHA-256 of its bytes, in hexadecimal."""

    @property
    def size(self) -> int:
        """Its size in bytes."""

    @property
    def layout(self) -> str:
        """The layout that it was read in, such as ``text``."""

    @property
    def records(self) -> int:
        """How many records it has."""


class Manifest(Protocol):
    """The part of a build's manifest that the report shows."""

    @property
    def version(self) -> str:
        """The version of interreg-kg that built."""

    @property
    def base(self) -> str:
        """The IRI below which the data's IRIs are."""

    @property
    def engine(self) -> str:
        """The SHACL engine that validated."""

    @property
    def licence(self) -> str | None:
        """The licence of the data set, an IRI."""

    @property
    def inputs(self) -> Sequence[InputFile]:
        """The input files."""

    @property
    def passed_over(self) -> Sequence[str]:
        """Files in source folders that no layout reads."""

    @property
    def records(self) -> int:
        """Records that were read."""

    @property
    def projects(self) -> int:
        """Projects published."""

    @property
    def participations(self) -> int:
        """Participations published."""

    @property
    def organisations(self) -> int:
        """Organisations published."""

    @property
    def triples(self) -> int:
        """Triples of the graph."""

    @property
    def graph(self) -> str:
        """The SHA-256 of ``graph.nt``, or of the list of its parts, in hexadecimal."""

    @property
    def held(self) -> Mapping[str, int]:
        """What was held back: ``records``, ``partners`` and ``fields`` → how many."""

    @property
    def problems(self) -> Mapping[str, int]:
        """Problem code → how many, over all problems of the build."""

    @property
    def levels(self) -> Mapping[str, int]:
        """Word of the level → how many, over all problems of the build."""

    @property
    def ledger(self) -> Mapping[str, Mapping[str, Mapping[str, int]]]:
        """File → column → outcome → number of cells."""


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
