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
    """An input file, as the manifest describes it; ``size`` is in bytes."""

    @property
    def name(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def layout(self) -> str: ...
    @property
    def records(self) -> int: ...


class Manifest(Protocol):
    """The part of a build's manifest that the report shows."""

    @property
    def version(self) -> str: ...
    @property
    def base(self) -> str: ...
    @property
    def engine(self) -> str: ...
    @property
    def licence(self) -> str | None: ...
    @property
    def inputs(self) -> Sequence[InputFile]: ...
    @property
    def records(self) -> int: ...
    @property
    def projects(self) -> int: ...
    @property
    def participations(self) -> int: ...
    @property
    def organisations(self) -> int: ...
    @property
    def triples(self) -> int: ...
    @property
    def graph(self) -> str: ...

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
    where the rest is. ``shapes`` explain the codes of SHACL results.
    """

    manifest: Manifest
    settings: Settings
    shapes: Shapes
    problems: Sequence[Problem]
