"""What a partner line is split into: cells as written, with their columns, and doubts."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["EDGE", "Doubt", "LineCell", "PartnerLine", "UnreadableLine", "cut"]

EDGE = " \t;,"
"""What is left of separators between cells; it belongs to no cell's beginning or end."""


@dataclass(frozen=True, slots=True)
class LineCell:
    """A part of the line as written, and where it stands.

    ``start`` counts characters from 1; ``end`` is the column after the last character, so that
    ``line[start - 1 : end - 1] == text``.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason why a reading may be wrong, though the line is read.

    ``message`` is a sentence for the reader of a report, ``field`` the cell in doubt, and
    ``alternative`` the other reading in words, where there is one.
    """

    code: str
    message: str
    field: str
    alternative: str | None = None


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """A partner line, read. Without doubts, this is the only reading.

    Cells hold what was written: ``lead`` also ``Ja``, ``country`` also ``EL``, ``postcode`` also
    ``D-10623``. A cell that is empty or missing is None.
    """

    partner_id: LineCell
    lead: LineCell
    name: LineCell
    postcode: LineCell | None
    town: LineCell | None
    country: LineCell
    federal_state: LineCell | None
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_lead(self) -> bool:
        """Whether the line says that this is the lead partner."""
        return self.lead.text.lower() == "ja"


@dataclass(frozen=True, slots=True)
class UnreadableLine:
    """A partner line that has no reading to rely on.

    ``message`` says why in a sentence, ``missing`` names the field that could not be found, and
    ``cells`` are the fields that were read before that.
    """

    code: str
    message: str
    missing: str
    cells: tuple[tuple[str, LineCell], ...] = ()


def cut(line: str, start: int, stop: int) -> LineCell | None:
    """Return the cell between two offsets of the line without its edges, or None if it is empty."""
    while start < stop and (line[start] in EDGE or line[start].isspace()):
        start += 1
    while stop > start and (line[stop - 1] in EDGE or line[stop - 1].isspace()):
        stop -= 1
    return LineCell(line[start:stop], start + 1, stop + 1) if start < stop else None
