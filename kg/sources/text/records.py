"""The text source: records as copied from a project database, one value a line.

Which line is which field is known from its position, and checked by what stands there: a block
with a line too many or too few is told by its country, counts, dates and amounts, which follow
each other in every record.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.problems import CODES, Level, Place, Problem, Refused, shorten
from kg.records import Account, Held, Origin, Outcome, Partner, Project, Reading, Tally
from kg.sources.fields import MOST_PARTNERS, Field, stated_currency
from kg.sources.layouts import fields_of, load_text_profile
from kg.sources.layouts.profile import TextProfile
from kg.sources.personal import impersonal
from kg.sources.text.blocks import RecordBlock, split_blocks
from kg.sources.text.lines import Line
from kg.sources.text.partners import PartnerReader
from kg.sources.values import Parsed, clean, parse_value, value_parser

__all__ = ["read_lines"]

ANCHOR_KINDS = {"country", "flag", "count", "date", "amount"}
"""Kinds of value that can be told by looking at them."""
MIN_STATED_ANCHORS = 4
"""With fewer of these values, nothing tells a record from any other text."""
MAX_WRONG_ANCHORS = 3
"""With more values than this unreadable, the lines are not where the layout has them."""

TAIL_FORMS = {
    "url": re.compile(r"(?i)(https?://|www\.)\S+$"),
    "themes": re.compile(r"[A-Z][0-9]{1,3} - "),
}
"""How the kinds of value at the end of a block begin, where they can be told by their form."""


def read_lines(name: str, lines: Iterable[Line], *, is_record: bool = False) -> Iterator[Reading]:
    """Yield what the source makes of each record of some lines; ``name`` is that of their file.

    ``is_record`` says that they are one, whatever they look like.

    Raises:
        Refused: the file has no record.
    """
    layout = _Layout.of(load_text_profile())
    stray: RecordBlock | None = None
    found = is_record
    for block in split_blocks(lines, layout.profile):
        if block.is_empty:
            yield Reading(name, cells=_skipped(block))
            continue
        reading = _RecordReader(name, layout, block).read()
        begins = block.heading or block.partner_heading
        if begins is None and reading.project is None and not found:
            stray = block
            continue
        if stray is not None:
            yield _stray_lines(name, stray)
            stray = None
        found = True
        yield reading
    if not found:
        told = "The file holds no project record; one begins with the line Projektebene."
        raise Refused([Problem.of("no-records", Place(name), told)])


def _stray_lines(source: str, block: RecordBlock) -> Reading:
    """Return what is to be said of lines before the first record of a file."""
    lines = [line for line in (*block.project, *block.partners) if not line.is_blank]
    place = Place(source, lines[0].number, lines[-1].number)
    value = "\n".join(line.text for line in lines)
    told = f"{len(lines)} lines stand before the first record." if len(lines) > 1 else (
        "A line stands before the first record.")  # fmt: skip
    problem = Problem.of("line-unexpected", place, told, value=value)
    cells = Counter(_skipped(block))
    cells[("unexpected", Outcome.IGNORED)] += len(lines)
    return Reading(source, problems=(problem,), cells=cells)


def _skipped(block: RecordBlock) -> Account:
    return {(kind, Outcome.IGNORED): count for kind, count in block.skipped.items()}


class _Layout(NamedTuple):
    """A profile and what follows from it, for all records of a file.

    ``parsers`` read the values of each field; ``anchors`` has a field of each kind that can be told
    by looking at its values; ``tail`` are the
    fields after the last one of such a kind.
    """

    profile: TextProfile
    fields: tuple[Field, ...]
    anchors: tuple[Field, ...]
    tail: tuple[Field, ...]
    parsers: Mapping[str, Callable[[str], Parsed]]

    @classmethod
    def of(cls, profile: TextProfile) -> _Layout:
        fields = fields_of(profile)
        told = [index for index, field in enumerate(fields) if field.kind in ANCHOR_KINDS]
        anchors = {fields[index].kind: fields[index] for index in told}
        parsers = {
            field.name: impersonal(value_parser(field, profile.values), field.kind)
            for field in fields
        }
        return cls(profile, fields, tuple(anchors.values()), fields[told[-1] + 1 :], parsers)


class _RecordReader:
    """Reads one block; gathers its problems and accounts for its cells on the way."""

    def __init__(self, source: str, layout: _Layout, block: RecordBlock) -> None:
        self._source = source
        self._layout = layout
        self._block = block
        self._problems: list[Problem] = []
        self._cells: Tally = Counter(_skipped(block))
        self._record: str | None = None

    def read(self) -> Reading:
        block = self._block
        self._find_missing_headings()
        lines = self._align(block.project)
        if lines is None:
            return self._hold()
        stated = [line.number for line in block.partners if not line.is_blank]
        if len(stated) > MOST_PARTNERS:
            told = f"{len(stated):,} lines state partners of it."
            self._add("partners-too-many", told, stated[0], "partners")
            return self._hold()
        values, fields = self._parse(lines)
        if lines["project_id"].is_blank:
            self._add("required", "The project id is missing.", lines["project_id"].number)
        if any(problem.level == Level.RECORD for problem in self._problems):
            return self._hold()
        self._record = str(values["project_id"])
        reader = PartnerReader(self._source, self._record)
        partners = reader.read(block.partners)
        self._problems += reader.problems
        self._cells.update(reader.cells)
        if stated:
            fields["partners"] = (stated[0], None, None)
        project = self._project(values, fields, partners, lines)
        whole = _origin(self._source, block.lines, {})
        problems, held = tuple(self._problems), tuple(reader.held)
        return Reading(self._source, project, whole, problems, held, dict(self._cells))

    def _project(
        self,
        values: dict[str, object],
        fields: dict[str, tuple[int, int | None, int | None]],
        partners: Sequence[Partner],
        lines: dict[str, Line],
    ) -> Project:
        currency = stated_currency(values, partners, self._layout.profile.values.currency)
        return Project(
            **values,  # type: ignore[arg-type]  # the profile's kinds give the record's types
            currency=currency,
            partners=tuple(partners),
            origin=_origin(self._source, self._block.project, fields, lines),
        )

    def _find_missing_headings(self) -> None:
        """Part the partners from the project where their heading is missing, by their ids."""
        block = self._block
        if block.heading is None:
            self._add("heading-missing", f"‹{self._layout.profile.project_heading}› is missing.",
                      block.every[0].number)  # fmt: skip
        if block.partner_heading is not None:
            return
        stated = next((clean(line.text) for line in block.project if not line.is_blank), "")
        partner_id = re.compile(re.escape(stated) + r"-[0-9]+\s*[;\t]?\s*(?:ja|nein)")
        for index, line in enumerate(block.project):
            if stated and partner_id.match(clean(line.text)):
                self._add(
                    "heading-missing",
                    f"‹{self._layout.profile.partner_heading}› is missing.",
                    line.number,
                )
                block.project, block.partners = block.project[:index], block.project[index:]
                return

    def _align(self, lines: Sequence[Line]) -> dict[str, Line] | None:
        """Return the line of each field, or None where the block has not the layout's lines."""
        names = [field.name for field in self._layout.fields]
        trimmed = _trim(lines)
        stated = [line for line in trimmed if not line.is_blank]
        if len(trimmed) == len(names) and self._fits(trimmed, MAX_WRONG_ANCHORS):
            return dict(zip(names, trimmed, strict=True))
        # between blank lines; with its last lines missing; with the first field, the id, left empty
        for candidate in (stated, trimmed, lines[1:]):
            padded = _pad(candidate, len(names))
            if len(padded) == len(names) and self._fits(padded, 0):
                return dict(zip(names, padded, strict=True))
        for candidate in (trimmed, stated):
            aligned = self._align_by_anchors(candidate, names)
            if aligned is not None:
                return aligned
        self._report_shape(trimmed or self._block.lines, stated)
        return None

    def _report_shape(self, lines: Sequence[Line], stated: Sequence[Line]) -> None:
        """Say that the block has not the layout's lines, and where it goes out of step."""
        fields = self._layout.fields
        told = (
            f"The project block has {len(stated)} lines with a value and the layout {len(fields)}"
        )
        place = Place(self._source, lines[0].number, lines[-1].number)
        for line, field in zip(lines, fields, strict=False):
            if not self._is_of_kind(line, field):
                told += (
                    f"; from line {line.number} on they are out of step: ‹{shorten(line.text)}› "
                )
                told += f"stands where {field.name} is expected"
                break
        record = clean(stated[0].text) if stated else None
        self._problems.append(Problem.of("record-shape", place, f"{told}.", record=record))

    def _fits(self, lines: Sequence[Line], tolerated: int) -> bool:
        """Tell whether the values that can be told by looking at them are where they belong.

        ``tolerated`` of them may be unreadable, but none may be a value of its neighbour's kind:
        that is what a line too many or too few looks like.
        """
        stated = wrong = 0
        for line, field in zip(lines, self._layout.fields, strict=True):
            if self._is_misplaced(line, field):
                return False
            if field.kind in ANCHOR_KINDS and not line.is_blank:
                stated += 1
                wrong += not self._is_of_kind(line, field)
        return stated >= MIN_STATED_ANCHORS and wrong <= tolerated

    def _is_misplaced(self, line: Line, field: Field) -> bool:
        """Tell whether a value has the form of another kind than its field's."""
        text = clean(line.text)
        for kind, form in TAIL_FORMS.items():
            if field.kind in {"text", *TAIL_FORMS} and field.kind != kind and form.match(text):
                return True
        if field.kind in ANCHOR_KINDS:
            return not self._is_of_kind(line, field) and self._has_anchor_form(line)
        return field in self._layout.tail and self._has_anchor_form(line)

    def _has_anchor_form(self, line: Line) -> bool:
        if line.is_blank or clean(line.text) in self._layout.profile.values.not_stated:
            return False
        return any(self._is_of_kind(line, field) for field in self._layout.anchors)

    def _is_of_kind(self, line: Line, field: Field) -> bool:
        if line.is_blank:
            return True
        finding = parse_value(line.text, field, self._layout.profile.values).finding
        return finding is None or CODES[finding.code].level < Level.FIELD

    def _align_by_anchors(self, lines: Sequence[Line], names: list[str]) -> dict[str, Line] | None:
        """Align a block whose tail has too many or too few lines, if its head and middle fit.

        What stands at the end and can be told by its form, the web page and the themes, is taken
        from there; what is left must be one line for each field that is left.
        """
        left = list(self._layout.tail)
        middle_end = len(names) - len(left)
        head, tail = list(lines[:middle_end]), list(lines[middle_end:])
        blank = Line(lines[-1].number, "") if lines else Line(1, "")
        padded = [*head, *[blank] * (len(names) - len(head))]
        if len(head) < middle_end or not self._fits(padded, 0):
            return None
        aligned = dict(zip(names, head, strict=False))
        while left and left[-1].kind in TAIL_FORMS:
            field = left.pop()
            is_it = tail and TAIL_FORMS[field.kind].match(clean(tail[-1].text))
            aligned[field.name] = tail.pop() if is_it else blank
            while tail and tail[-1].is_blank and not is_it:
                tail.pop()
        if any(self._has_anchor_form(line) for line in tail):
            return None
        if len(tail) not in (0, len(left)):
            self._reject_texts(tail, left[0].name)
        texts = tail if len(tail) == len(left) else [blank] * len(left)
        return aligned | dict(zip((field.name for field in left), texts, strict=True))

    def _reject_texts(self, lines: Sequence[Line], field: str) -> None:
        stated = [line for line in lines if not line.is_blank]
        if stated:
            self._cells[(field, Outcome.REJECTED)] += len(stated)
            self._problems.append(
                Problem.of(
                    "text-boundary",
                    Place(self._source, stated[0].number, stated[-1].number),
                    f"{len(stated)} lines stand where description and results have two; "
                    "neither is published.",
                    field=field,
                    value="\n".join(line.text for line in stated),
                    record=self._record,
                )
            )

    def _parse(
        self, lines: dict[str, Line]
    ) -> tuple[dict[str, object], dict[str, tuple[int, int | None, int | None]]]:
        values: dict[str, object] = {}
        places: dict[str, tuple[int, int | None, int | None]] = {}
        for field in self._layout.fields:
            line = lines[field.name]
            places[field.name] = (line.number, None, 0 if line.is_blank else None)
            if line.is_blank:
                continue
            parsed = self._layout.parsers[field.name](line.text)
            self._cells[(field.name, parsed.outcome)] += 1
            if field.name == "project_id" and parsed.value is not None:
                self._record = str(parsed.value)
            if parsed.value is not None:
                values[field.name] = parsed.value
            if parsed.finding:
                code, message = parsed.finding
                level = CODES[code].level
                if field.required and level >= Level.FIELD:
                    level = Level.RECORD
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
        rejected: Tally = Counter(_skipped(self._block))
        stated = sum(not line.is_blank for line in (*self._block.project, *self._block.partners))
        rejected[("line", Outcome.REJECTED)] += stated
        held = Held(_origin(self._source, lines, {}), tuple(self._problems), self._record)
        problems = held.problems
        return Reading(self._source, None, held.origin, problems, (held,), dict(rejected))


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
    stated: dict[str, Line] | None = None,
) -> Origin:
    kept = _trim(lines) or lines
    raw = "\n".join(line.text for line in kept)
    first, last = kept[0].number, kept[-1].number
    numbers = tuple(line.number for line in kept)
    if numbers == tuple(range(first, last + 1)):
        return Origin(source, first, last, raw, fields)
    positions = {id(line): position for position, line in enumerate(kept)}
    at = {n: positions[id(line)] for n, line in (stated or {}).items() if id(line) in positions}
    return Origin(source, first, last, raw, fields, numbers, at)
