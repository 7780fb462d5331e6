"""Partner lines → partner records of one project, with what was wrong in each line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kg.countries import find_country
from kg.problems import Level, Place, Problem
from kg.records import Held, Origin, Outcome, Partner, Role, Tally
from kg.sources.personal import personal_finding
from kg.sources.text.lines import Line
from kg.sources.text.partner_line import LineCell, PartnerLine, UnreadableLine, split_partner_line
from kg.sources.values import (
    EDGES,
    Finding,
    clean,
    control_finding,
    foreign_id_finding,
    invisible_finding,
    is_usable_id,
    lost_finding,
    state_name,
)

__all__ = ["PartnerReader"]

CELLS = ("partner_id", "lead", "name", "postcode", "town", "country", "federal_state")
FIELDS = {"lead": "role"}
"""The record field of a cell, where it has another name."""
MAX_LINE_LENGTH = 20_000
"""Characters in a partner line; the longest names of organisations have some hundreds."""
LEFT_TO_SHAPES = {"state-unknown"}
"""Doubts that a shape reports too, for records of any source."""
UNREADABLE = "partner-unparsable"


class PartnerReader:
    """Reads the partner lines of one project; afterwards it holds what is to be said about them.

    ``problems`` and ``held`` are in the order of the lines; ``cells`` accounts for their cells. An
    unreadable line is one cell, a read one as many as it has.
    """

    def __init__(self, source: str, project_id: str) -> None:
        self._source = source
        self._project_id = project_id
        self._next_partner = re.compile(re.escape(project_id) + r"-[0-9]+\s*(ja|nein)")
        self._seen: dict[str, Line] = {}
        self.problems: list[Problem] = []
        self.held: list[Held] = []
        self.cells: Tally = Counter()

    def read(self, lines: Sequence[Line]) -> list[Partner]:
        """Return the partners that can be published."""
        read = (self._read_line(line) for line in lines if not line.is_blank)
        return [partner for partner in read if partner is not None]

    def _read_line(self, line: Line) -> Partner | None:
        found = control_finding(line.text) or _length_finding(line.text)
        if found:
            self._hold(line, *found)
            return None
        split = split_partner_line(line.text.rstrip(EDGES), self._project_id)
        if isinstance(split, UnreadableLine):
            self._pass_over(line, split)
            return None
        if self._next_partner.search(split.name.text):
            self._hold(line, UNREADABLE, "The line holds a second partner.")
            return None
        partner_id = clean(split.partner_id.text)
        found = self._id_finding(partner_id)
        if found:
            self._hold(line, *found, split)
            return None
        found = _personal_finding(split)
        if found:
            self._hold(line, *found, split)
            return None
        earlier = self._seen.setdefault(partner_id, line)
        if earlier is not line:
            return self._repeat(line, earlier, split, partner_id)
        self._report_doubts(line, split)
        self._account(split, Outcome.MAPPED)
        return _partner(split, partner_id, self._origin(line, split))

    def _pass_over(self, line: Line, split: UnreadableLine) -> None:
        """Hold an unreadable line back, or say that it is none of a partner, such as a footer."""
        ending = line.text.rstrip(EDGES)[-2:]
        is_ours = self._project_id in line.text
        if split.code == "id-missing" and not is_ours and find_country(ending) is None:
            self._add(line, "line-unexpected", "The line is none of a partner and was not read.")
            self.cells[("unexpected", Outcome.IGNORED)] += 1
        else:
            self._hold(line, UNREADABLE, split.message)

    def _id_finding(self, partner_id: str) -> Finding | None:
        invisible = invisible_finding(partner_id)
        if invisible or not is_usable_id(partner_id):
            told = (
                invisible.message if invisible else "The id holds characters that cannot be seen."
            )
            return Finding("id-invalid", told)
        return foreign_id_finding(partner_id, self._project_id)

    def _repeat(
        self, line: Line, earlier: Line, split: PartnerLine, partner_id: str
    ) -> Partner | None:
        if clean(earlier.text) != clean(line.text):
            message = f"{partner_id} stands already in line {earlier.number}, otherwise."
            self._hold(line, "partner-duplicate", message, split)
            return None
        self._account(split, Outcome.IGNORED)
        message = f"The line is that of line {earlier.number}; the partner is published once."
        self._add(line, "partner-repeated", message)
        return None

    def _hold(self, line: Line, code: str, message: str, split: PartnerLine | None = None) -> None:
        problem = Problem.of(
            code,
            Place(self._source, line.number),
            message,
            value=line.text.strip(),
            record=self._project_id,
            level=Level.PARTNER,
        )
        self.problems.append(problem)
        self.held.append(Held(self._origin(line, split), (problem,), self._project_id))
        if split is None:
            self.cells[("partner", Outcome.REJECTED)] += 1
        else:
            self._account(split, Outcome.REJECTED)

    def _report_doubts(self, line: Line, split: PartnerLine) -> None:
        invisible = invisible_finding(line.text.rstrip(EDGES))
        if invisible:
            self._add(line, *invisible)
        if lost := lost_finding(line.text):
            self._add(line, *lost)
        for doubt in split.doubts:
            if doubt.code in LEFT_TO_SHAPES:
                continue
            other = f" Other reading: {doubt.alternative}." if doubt.alternative else ""
            cell: LineCell | None = getattr(split, doubt.field)
            self._add(line, doubt.code, doubt.message + other, doubt.field, cell)

    def _add(
        self,
        line: Line,
        code: str,
        message: str,
        field: str | None = None,
        cell: LineCell | None = None,
    ) -> None:
        place = Place(self._source, line.number, column=cell.start if cell else None)
        self.problems.append(
            Problem.of(
                code,
                place,
                message,
                field=FIELDS.get(field, field) if field else None,
                value=cell.text if cell else line.text.strip(),
                record=self._project_id,
            )
        )

    def _account(self, split: PartnerLine, outcome: Outcome) -> None:
        for name in CELLS:
            if getattr(split, name) is not None:
                self.cells[(name, outcome)] += 1

    def _origin(self, line: Line, split: PartnerLine | None) -> Origin:
        fields = {
            FIELDS.get(name, name): (line.number, cell.start, cell.end)
            for name in CELLS
            if split is not None and (cell := getattr(split, name)) is not None
        }
        return Origin(self._source, line.number, line.number, line.text, fields)


def _partner(split: PartnerLine, partner_id: str, origin: Origin) -> Partner:
    country = find_country(split.country.text)
    state = _text(split.federal_state)
    return Partner(
        key=partner_id,
        partner_id=partner_id,
        role=Role.LEAD if split.is_lead else Role.PARTNER,
        name=clean(split.name.text),
        postcode=_text(split.postcode),
        town=_text(split.town),
        country=country.alpha2 if country else None,
        federal_state=state_name(state) if state else None,
        origin=origin,
    )


def _personal_finding(split: PartnerLine) -> Finding | None:
    """Return a finding where a cell holds an e-mail address or a telephone number."""
    cells = (split.partner_id, split.name, split.town, split.federal_state)
    found = (personal_finding(clean(cell.text)) for cell in cells if cell is not None)
    return next(filter(None, found), None)


def _length_finding(text: str) -> Finding | None:
    if len(text) <= MAX_LINE_LENGTH:
        return None
    return Finding("value-too-long", f"The line has {len(text):,} characters.")


def _text(cell: LineCell | None) -> str | None:
    return clean(cell.text) or None if cell else None
