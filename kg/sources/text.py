"""The text source: records as copied from a project database, one value a line.

Which line is which field is known from its position, and checked by what stands there: a block
with a line too many or too few is told by its country, counts, dates and amounts, which follow
each other in every record.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kg.problems import CODES, Level, Place, Problem, Refused
from kg.records import Held, Origin, Outcome, Partner, Project, Reading
from kg.sources.blocks import Block, Line, split_blocks
from kg.sources.files import InputFile, open_text
from kg.sources.partners import PartnerReader
from kg.sources.profile import Field, Profile, load_profile
from kg.sources.values import clean, parse_value

__all__ = ["PROFILE", "read_text"]

PROFILE = "text"

ANCHOR_KINDS = {"country", "flag", "count", "date", "amount"}
"""Kinds of value that can be told by looking at them."""
MIN_STATED_ANCHORS = 4
"""With fewer of these values, nothing tells a record from any other text."""
MAX_WRONG_ANCHORS = 3
"""With more values than this unreadable, the lines are not where the layout has them."""

_WEB = re.compile(r"(?i)(https?://|www\.)\S+")
_THEME_LIST = re.compile(r"[A-Z][0-9]{1,3} - ")


def read_text(file: InputFile, encoding: str) -> Iterator[Reading]:
    """Yield what the source makes of each record of a file.

    Raises:
        Refused: the file has no record.
    """
    profile = load_profile(PROFILE)
    found = False
    for block in split_blocks(open_text(file, encoding), profile):
        if block.is_empty:
            yield Reading(file.name, cells=_skipped(block))
            continue
        reading = _RecordReader(file.name, profile, block).read()
        if block.heading is None and reading.project is None and not found:
            break
        found = True
        yield reading
    if not found:
        raise Refused(
            [Problem.of("no-records", Place(file.name), "The file holds no project record.")]
        )


def _skipped(block: Block) -> dict[tuple[str, Outcome], int]:
    return {(kind, Outcome.IGNORED): count for kind, count in block.skipped.items()}


class _RecordReader:
    """Reads one block; gathers its problems and accounts for its cells on the way."""

    def __init__(self, source: str, profile: Profile, block: Block) -> None:
        self._source = source
        self._profile = profile
        self._block = block
        self._problems: list[Problem] = []
        self._cells: Counter[tuple[str, Outcome]] = Counter(_skipped(block))
        self._record: str | None = None

    def read(self) -> Reading:
        block = self._block
        self._find_missing_headings()
        lines = self._align(block.project)
        if lines is None:
            return self._hold()
        values, fields = self._parse(lines)
        if "project_id" not in values:
            if not any(problem.level == Level.RECORD for problem in self._problems):
                self._add("required", "The project id is missing.", lines["project_id"].number)
            return self._hold()
        self._record = str(values["project_id"])
        reader = PartnerReader(self._source, self._record)
        partners = reader.read(block.partners)
        self._problems += reader.problems
        self._cells.update(reader.cells)
        stated = [line.number for line in block.partners if not line.is_blank]
        if stated:
            fields["partners"] = (stated[0], None, None)
        project = self._project(values, fields, partners)
        whole = _origin(self._source, block.lines, {})
        problems, held = tuple(self._problems), tuple(reader.held)
        return Reading(self._source, project, whole, problems, held, dict(self._cells))

    def _project(
        self,
        values: dict[str, object],
        fields: dict[str, tuple[int, int | None, int | None]],
        partners: Sequence[Partner],
    ) -> Project:
        has_amount = any(values.get(name) is not None for name in _AMOUNTS)
        currency = self._profile.values.currency if has_amount else None
        return Project(
            **values,  # type: ignore[arg-type]  # the profile's kinds give the record's types
            currency=currency,
            partners=tuple(partners),
            origin=_origin(self._source, self._block.project, fields),
        )

    def _find_missing_headings(self) -> None:
        """Part the partners from the project where their heading is missing, by their ids."""
        block = self._block
        if block.heading is None:
            self._add("heading-missing", f"‹{self._profile.project_heading}› is missing.",
                      block.project[0].number)  # fmt: skip
        if block.partner_heading is not None:
            return
        stated = next((clean(line.text) for line in block.project if not line.is_blank), "")
        partner_id = re.compile(re.escape(stated) + r"-[0-9]+\s*[;\t]?\s*(?:ja|nein)")
        for index, line in enumerate(block.project):
            if stated and partner_id.match(clean(line.text)):
                self._add(
                    "heading-missing", f"‹{self._profile.partner_heading}› is missing.", line.number
                )
                block.project, block.partners = block.project[:index], block.project[index:]
                return

    def _align(self, lines: Sequence[Line]) -> dict[str, Line] | None:
        """Return the line of each field, or None where the block has not the layout's lines."""
        names = [field.name for field in self._profile.fields]
        trimmed = _trim(lines)
        stated = [line for line in trimmed if not line.is_blank]
        # as the layout has it; between blank lines; with the first field, the id, left empty
        for candidate in (trimmed, stated, lines[1:]):
            padded = _pad(candidate, len(names))
            if len(padded) == len(names) and self._fits(padded):
                return dict(zip(names, padded, strict=True))
        for candidate in (trimmed, stated):
            aligned = self._align_by_anchors(candidate, names)
            if aligned is not None:
                return aligned
        first = trimmed[0].number if trimmed else lines[0].number if lines else None
        self._problems.append(
            Problem.of(
                "record-shape",
                Place(self._source, first, trimmed[-1].number if trimmed else None),
                f"The project block has {len(stated)} lines with a value and the layout "
                f"{len(names)}; countries, counts, dates and amounts are not where it has them.",
                record=clean(stated[0].text) if stated else None,
            )
        )
        return None

    def _fits(self, lines: Sequence[Line]) -> bool:
        """Tell whether the values that can be told by looking at them are where they belong."""
        anchors = [
            (line, field)
            for line, field in zip(lines, self._profile.fields, strict=True)
            if field.kind in ANCHOR_KINDS
        ]
        stated = sum(not line.is_blank for line, _ in anchors)
        wrong = sum(not self._is_of_kind(line, field) for line, field in anchors)
        return stated >= MIN_STATED_ANCHORS and wrong <= MAX_WRONG_ANCHORS

    def _is_of_kind(self, line: Line, field: Field) -> bool:
        if line.is_blank:
            return True
        finding = parse_value(line.text, field, self._profile.values).finding
        return finding is None or CODES[finding.code].level < Level.FIELD

    def _align_by_anchors(self, lines: Sequence[Line], names: list[str]) -> dict[str, Line] | None:
        """Align a block whose tail has other than four lines, if its head and middle fit."""
        kinds = [field.kind for field in self._profile.fields]
        middle_end = max(i for i, kind in enumerate(kinds) if kind in ANCHOR_KINDS) + 1
        head, tail = list(lines[:middle_end]), list(lines[middle_end:])
        blank = Line(lines[-1].number, "") if lines else Line(1, "")
        if len(head) < middle_end or not self._fits([*head, *[blank] * (len(names) - len(head))]):
            return None
        aligned = dict(zip(names, head, strict=False))
        themes = tail.pop() if tail and _THEME_LIST.match(clean(tail[-1].text)) else blank
        while tail and tail[-1].is_blank and themes is blank:
            tail.pop()
        url = tail.pop() if tail and _WEB.fullmatch(clean(tail[-1].text)) else blank
        if len(tail) not in (0, 2):
            self._reject_texts(tail)
            tail = []
        description, results = tail or (blank, blank)
        return aligned | {
            "description": description, "results": results, "url": url, "themes": themes,
        }  # fmt: skip

    def _reject_texts(self, lines: Sequence[Line]) -> None:
        stated = [line for line in lines if not line.is_blank]
        if stated:
            self._cells[("description", Outcome.REJECTED)] += len(stated)
            self._problems.append(
                Problem.of(
                    "text-boundary",
                    Place(self._source, stated[0].number, stated[-1].number),
                    f"{len(stated)} lines stand where description and results have two; "
                    "neither is published.",
                    field="description",
                    value="\n".join(line.text for line in stated),
                    record=self._record,
                )
            )

    def _parse(
        self, lines: dict[str, Line]
    ) -> tuple[dict[str, object], dict[str, tuple[int, int | None, int | None]]]:
        values: dict[str, object] = {}
        places: dict[str, tuple[int, int | None, int | None]] = {}
        for field in self._profile.fields:
            line = lines[field.name]
            places[field.name] = (line.number, None, None)
            if line.is_blank:
                continue
            parsed = parse_value(line.text, field, self._profile.values)
            self._cells[(field.name, parsed.outcome)] += 1
            if field.name == "project_id" and parsed.value is not None:
                self._record = str(parsed.value)
            if parsed.value is not None:
                values[field.name] = parsed.value
            if parsed.finding:
                code, message = parsed.finding
                level = Level.RECORD if field.kind == "id" else None
                self._add(code, message, line.number, field.name, line.text.strip(), level)
        return values, places

    def _add(
        self,
        code: str,
        message: str,
        line: int,
        field: str | None = None,
        value: str | None = None,
        level: Level | None = None,
    ) -> None:
        place = Place(self._source, line)
        self._problems.append(
            Problem.of(
                code, place, message, field=field, value=value, record=self._record, level=level
            )
        )

    def _hold(self) -> Reading:
        """Hold the whole record back: none of its lines is published."""
        lines = self._block.lines
        rejected: Counter[tuple[str, Outcome]] = Counter(_skipped(self._block))
        stated = sum(not line.is_blank for line in (*self._block.project, *self._block.partners))
        rejected[("line", Outcome.REJECTED)] += stated
        held = Held(_origin(self._source, lines, {}), tuple(self._problems), self._record)
        problems = held.problems
        return Reading(self._source, None, held.origin, problems, (held,), dict(rejected))


_AMOUNTS = ("total_budget", "erdf", "co_financing")


def _trim(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines from the first to the last that are not blank."""
    stated = [index for index, line in enumerate(lines) if not line.is_blank]
    return lines[stated[0] : stated[-1] + 1] if stated else []


def _pad(lines: Sequence[Line], length: int) -> Sequence[Line]:
    """Return the lines without blank ones beyond a length, or with blank ones up to it."""
    stated = len(lines) - next(
        (i for i, line in enumerate(reversed(lines)) if not line.is_blank), 0
    )
    last = lines[-1].number if lines else 1
    blanks = [Line(last, "")] * (length - len(lines))
    return [*lines[: max(stated, length)], *blanks]


def _origin(
    source: str,
    lines: Sequence[Line],
    fields: dict[str, tuple[int, int | None, int | None]],
) -> Origin:
    kept = _trim(lines) or lines
    raw = "\n".join(line.text for line in kept)
    return Origin(source, kept[0].number, kept[-1].number, raw, fields)
