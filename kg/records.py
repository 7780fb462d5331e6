"""What Interreg programmes record, in the domain's words: typed, immutable, with its origin.

Sources make records and the mapping reads them; they know nothing else of each other. A value that
the source does not state is ``None`` (or empty, where there can be several), never a blank string.
All text is in Unicode normal form C.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from hashlib import sha256

import msgspec

from kg.problems import Place, Problem

__all__ = [
    "MAX_REASONS",
    "Account",
    "Category",
    "Correction",
    "Heading",
    "Held",
    "Location",
    "Origin",
    "Outcome",
    "Partner",
    "Project",
    "Reading",
    "Region",
    "Role",
    "RowOrigin",
    "Source",
    "Tally",
    "Text",
    "Theme",
    "content_hash",
    "encodable",
    "held_parts",
]


def encodable(text: str) -> str:
    """Return a text with half surrogate pairs, which no encoding has, written as escapes."""
    return text.encode("utf-8", "backslashreplace").decode()


def content_hash(stated: Mapping[str, object]) -> bytes:
    """Return a hash of what is stated, whatever the order of the fields and however many zeros."""
    plain = {
        name: value.normalize() if isinstance(value, Decimal) else value
        for name, value in stated.items()
    }
    return sha256(msgspec.json.encode(plain, order="sorted")).digest()


class Role(Enum):
    """The part that a partner takes; the value is the name of its concept in ``roles.ttl``."""

    LEAD = "LeadPartner"
    ERDF_LEAD = "ErdfLeadPartner"
    PARTNER = "ProjectPartner"
    ASSOCIATED = "AssociatedPartner"


class Outcome(Enum):
    """What became of a cell of the input; the ledger adds them up."""

    MAPPED = "mapped"
    IGNORED = "ignored"
    REJECTED = "rejected"

    # members are singletons; Enum's own hash is that of the name, in Python, and too slow for
    # counting cells (measured: a tenth of the time of reading)
    __hash__ = object.__hash__


Account = Mapping[tuple[str, Outcome], int]
"""How many cells of each column became what."""

Tally = Counter[tuple[str, Outcome]]
"""An account that cells are still added to."""


class Source(msgspec.Struct, frozen=True):
    """An input file: the name that the graph knows it by, and the SHA-256 of its bytes."""

    name: str
    sha256: str
    size: int


class Origin(msgspec.Struct, frozen=True):
    """Where a record came from: its lines, and where each field stands in them.

    ``raw`` is the text of these lines as they were read. ``fields`` gives for a record field its
    line and, where several share a line, the columns from and to (from 1; the end is exclusive);
    where the end is 0, nothing of the line is the field's.

    Lines that were repaired may be more or fewer than those of the file: ``numbers`` are then the
    numbers of the lines of ``raw``, and ``at`` gives for a field the position of its line there.
    """

    source: str
    first_line: int
    last_line: int
    raw: str
    fields: Mapping[str, tuple[int, int | None, int | None]]
    numbers: tuple[int, ...] | None = None
    at: Mapping[str, int] | None = None

    @property
    def size(self) -> int:
        """How much of its file it is, in characters; for the progress of reading."""
        return len(self.raw)

    def place(self, field: str | None = None) -> Place:
        """Return the place of a field, or of the whole record."""
        if field is None or field not in self.fields:
            last = self.last_line if self.last_line != self.first_line else None
            return Place(self.source, self.first_line, last)
        line, start, _ = self.fields[field]
        return Place(self.source, line, column=start)

    def value(self, field: str | None) -> str | None:
        """Return the raw value of a field, or None where it has none in these lines."""
        if field is None or field not in self.fields:
            return None
        line, start, end = self.fields[field]
        position = line - self.first_line if self.at is None else self.at.get(field)
        lines = self.raw.split("\n")
        if end == 0 or position is None or not 0 <= position < len(lines):
            return None
        text = lines[position]
        if start is not None:
            text = text[start - 1 : None if end is None else end - 1]
        return text.strip() or None

    def lines(self, first: int | None = None, last: int | None = None) -> list[tuple[int, str]]:
        """Return the lines from ``first`` to ``last``, or all of them, with their numbers."""
        texts = self.raw.split("\n")
        numbers = self.numbers or range(self.first_line, self.first_line + len(texts))
        first, last = self.first_line if first is None else first, last or self.last_line
        return [(n, text) for n, text in zip(numbers, texts, strict=False) if first <= n <= last]


class RowOrigin(msgspec.Struct, frozen=True):
    """Where a record came from: a row of a table, or an object of a JSON document.

    ``row`` counts rows from 1, the header included, and ``line`` is where the row begins; a JSON
    object has a ``pointer`` (RFC 6901) instead; ``sheet`` is that of a workbook. ``positions``
    gives for a record field the position of its column, from 0, and is shared by all rows of a
    table, as is ``header``. Where cells hold lists, ``item`` is the place in them, from 0, and
    ``items`` are the values by field. Cells at ``withheld`` positions are shown to nobody.
    ``table`` says what the rows of the table are, ``projects`` or ``partners``. In a JSON document,
    ``pointers`` lead from the object to each column, or to the array of the column from the root.
    """

    source: str
    header: tuple[str, ...]
    positions: Mapping[str, int]
    cells: tuple[str | None, ...]
    row: int | None = None
    line: int | None = None
    pointer: str | None = None
    sheet: str | None = None
    item: int | None = None
    items: Mapping[str, str | None] | None = None
    withheld: frozenset[int] = frozenset()
    table: str | None = None
    pointers: tuple[str, ...] | None = None

    @property
    def steps(self) -> tuple[int, ...]:
        """What orders the rows of a file: its number, or the numbers in its pointer."""
        if self.pointer is not None:
            return tuple(int(step) for step in self.pointer.split("/") if step.isdecimal())
        return (self.row or 0,)

    @property
    def size(self) -> int:
        """How much of its file it is, in characters; for the progress of reading."""
        return sum(map(len, filter(None, self.cells)))

    @property
    def raw(self) -> str:
        """The row as JSON: header → cell."""
        stated = enumerate(zip(self.header, self.cells, strict=False))
        shown = {name: cell for n, (name, cell) in stated if cell and n not in self.withheld}
        return encodable(json.dumps(shown, ensure_ascii=False))

    def place(self, field: str | None = None) -> Place:
        """Return the place of a field, or of the whole row."""
        return self.column_place(self.positions.get(field) if field else None)

    def column_place(self, position: int | None) -> Place:
        """Return the place of the cell at the position of a column, or of the whole row."""
        if self.pointer is not None:
            inside = "" if position is None or self.pointers is None else self.pointers[position]
            return Place(self.source, self.line, pointer=self.pointer + inside)
        if self.pointers is not None and self.row is not None:
            array = self.pointers[position or 0]
            return Place(self.source, pointer=f"{array}/{self.row - 1}")
        column = None if position is None else position + 1
        return Place(self.source, self.line, column=column, sheet=self.sheet)

    def value(self, field: str | None) -> str | None:
        """Return the raw value of a field, or None where it has none in this row."""
        if self.items is not None:
            return self.items.get(field) if field else None
        position = self.positions.get(field) if field else None
        if position is None or position >= len(self.cells):
            return None
        return self.cells[position]


class Text(msgspec.Struct, frozen=True):
    """A text and the BCP 47 tag of its language, where the source profile knows it."""

    value: str
    language: str | None = None


class Heading(msgspec.Struct, frozen=True):
    """An entry of a programme's hierarchy: ``Alpen-1`` and ``Innovativer Alpenraum``."""

    label: Text
    code: str | None = None


class Theme(msgspec.Struct, frozen=True):
    """A theme as stated: its code and, where stated, its label."""

    code: str
    label: Text | None = None


class Category(msgspec.Struct, frozen=True):
    """An entry of a classification: its code, its label, or both (``118 Improving the …``)."""

    code: str | None = None
    label: Text | None = None


class Region(msgspec.Struct, frozen=True):
    """A statistical region: its NUTS code, its name, or both (``SI032 Podravska``)."""

    code: str | None = None
    name: str | None = None


class Location(msgspec.Struct, frozen=True):
    """A point: its coordinates as stated, in the order of ``crs``, the IRI of a reference system.

    Under ``http://www.opengis.net/def/crs/OGC/1.3/CRS84`` these are longitude and latitude in
    degrees, under an EPSG code of UTM easting and northing in metres.
    """

    x: Decimal
    y: Decimal
    crs: str


class Correction(msgspec.Struct, frozen=True):
    """A value that the source states wrongly, put right: ``field`` is that of the record.

    ``by`` is who says so, a person or an institution.
    """

    field: str
    stated: str
    right: str
    reason: str
    by: str


class Partner(msgspec.Struct, frozen=True, kw_only=True):
    """One organisation's part in one project, as stated there.

    ``key`` names the participation in its IRI: the partner's id where one is stated, and otherwise
    what tells it from the other partners of the project. ``country`` is an ISO 3166-1 alpha-2 code,
    ``federal_state`` a German federal state. ``nuts`` is a region of any level, ``nuts1`` to
    ``nuts3`` one of that level. Amounts are in the currency of the project, rates in percent.
    """

    key: str
    partner_id: str | None = None
    role: Role
    name: str
    name_english: str | None = None
    department: str | None = None
    organisation_id: str | None = None
    organisation_type: str | None = None
    ownership: str | None = None
    street: str | None = None
    full_address: str | None = None
    postcode: str | None = None
    town: str | None = None
    country: str | None = None
    federal_state: str | None = None
    region: str | None = None
    nuts: Region | None = None
    nuts1: Region | None = None
    nuts2: Region | None = None
    nuts3: Region | None = None
    partner_location: Location | None = None
    website: str | None = None
    partner_budget: Decimal | None = None
    partner_eu_funding: Decimal | None = None
    partner_erdf: Decimal | None = None
    partner_ipa: Decimal | None = None
    partner_eni: Decimal | None = None
    partner_co_financing: Decimal | None = None
    partner_private_funding: Decimal | None = None
    partner_co_financing_rate: Decimal | None = None
    corrections: tuple[Correction, ...] = ()
    origin: Origin | RowOrigin


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """A project (operation) as one source record states it, with its partners.

    Amounts are in ``currency`` (ISO 4217), to the cent as stated; rates are in percent. ``erdf``,
    ``ipa`` and ``eni`` are grants from these funds; ``eu_funding`` is the money of the Union where
    the source does not part it by fund, ``fund`` names the fund. ``co_financing`` is the national
    co-financing, which does not include the share of partners outside the EU. Counts and the lead
    are what the record claims; what the partner list says is derived, and compared with it by the
    shapes. ``national_id`` is an id that a country gives it besides.
    ``has_all_partners`` is false where the source lists only some, such as those of one
    country.
    """

    project_id: str
    national_id: str | None = None
    call: str | None = None
    programme: Text | None = None
    cci: str | None = None
    subprogramme: str | None = None
    programming_period: str | None = None
    acronym: str | None = None
    title: Text | None = None
    title_english: Text | None = None
    status: str | None = None
    project_type: str | None = None
    priority: Heading | None = None
    specific_objective: Heading | None = None
    thematic_objective: Category | None = None
    policy_objective: Category | None = None
    investment_priority: Category | None = None
    strand: Category | None = None
    interventions: tuple[Category, ...] = ()
    lead_partner: str | None = None
    lead_country: str | None = None
    german_participation: bool | None = None
    country_count: int | None = None
    partner_count: int | None = None
    german_partner_count: int | None = None
    countries: tuple[str, ...] = ()
    start_date: date | None = None
    end_date: date | None = None
    expected_end_date: date | None = None
    last_update: date | None = None
    fund: str | None = None
    total_budget: Decimal | None = None
    eu_funding: Decimal | None = None
    erdf: Decimal | None = None
    ipa: Decimal | None = None
    eni: Decimal | None = None
    co_financing: Decimal | None = None
    private_funding: Decimal | None = None
    other_funding: Decimal | None = None
    co_financing_rate: Decimal | None = None
    currency: str | None = None
    exchange_rate: Decimal | None = None
    description: Text | None = None
    description_english: Text | None = None
    results: Text | None = None
    url: str | None = None
    links: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    location_region: str | None = None
    location_postcode: str | None = None
    location_nuts: Region | None = None
    location: Location | None = None
    partners: tuple[Partner, ...] = ()
    has_all_partners: bool = True
    corrections: tuple[Correction, ...] = ()
    origin: Origin | RowOrigin


class Held(msgspec.Struct, frozen=True):
    """Input that is held back: its raw text and the problems that are the reason."""

    origin: Origin | RowOrigin
    problems: tuple[Problem, ...]
    record: str | None = None


MAX_REASONS = 50
"""Reasons that each part of a held record bears, besides those of its own line."""


def held_parts(
    parts: Sequence[Origin | RowOrigin], problems: Sequence[Problem], record: str | None
) -> Iterator[Held]:
    """Yield each part of a record that is held back, with the reasons.

    The first part bears all of them. Of very many the others bear the costliest, and those of their
    own line: otherwise the rejects would grow with the square of the rows of a project (measured:
    180 MB of 57 kB).
    """
    by_line: dict[tuple[str, str | None, int | None], list[Problem]] = {}
    if len(problems) > MAX_REASONS:
        problems = sorted(problems, key=lambda problem: problem.level, reverse=True)
    for problem in problems[MAX_REASONS:]:
        place = problem.place
        by_line.setdefault((place.source, place.sheet, place.line), []).append(problem)
    for number, part in enumerate(parts):
        place = part.place()
        own = by_line.get((place.source, place.sheet, place.line), [])
        reasons = problems if number == 0 else (*problems[:MAX_REASONS], *own)
        yield Held(part, tuple(reasons), record)


class Reading(msgspec.Struct, frozen=True):
    """What a source makes of one record of the input, or says of a file beside its records.

    ``cells`` accounts for every cell read: the column, what became of it, and how many.
    ``project`` is None where the record is held back or where there was none; ``whole`` is the raw
    input of all of it, which goes to the rejects if the record is held back later. ``elsewhere``
    accounts for cells of other files that belong to the record, such as rows of its partners.
    """

    source: str
    project: Project | None = None
    whole: Origin | RowOrigin | None = None
    problems: tuple[Problem, ...] = ()
    held: tuple[Held, ...] = ()
    cells: Account = msgspec.field(default_factory=dict)
    elsewhere: Mapping[str, Account] = msgspec.field(default_factory=dict)

    @property
    def accounts(self) -> Mapping[str, Account]:
        """The cells of the record by file."""
        return {self.source: self.cells, **self.elsewhere}

    @property
    def parts(self) -> Sequence[Origin | RowOrigin]:
        """Where the record stands with its partners: its block of lines, or each of its rows."""
        if self.whole is None:
            return ()
        if isinstance(self.whole, Origin):
            return (self.whole,)
        partners = self.project.partners if self.project is not None else ()
        origins = [self.whole, *(p.origin for p in partners), *(held.origin for held in self.held)]
        rows: dict[object, RowOrigin] = {}
        for origin in origins:
            if isinstance(origin, RowOrigin):
                key = (origin.source, origin.sheet, origin.row, origin.pointer)
                rows.setdefault(key, msgspec.structs.replace(origin, item=None, items=None))
        sources = list(dict.fromkeys(row.source for row in rows.values()))
        return sorted(rows.values(), key=lambda row: (sources.index(row.source), row.steps))
