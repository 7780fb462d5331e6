"""The corrections file: a CSV table, each of whose lines puts one value right."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, NoReturn

from kg.problems import CODES, InputError, Level, Place
from kg.records import Correction
from kg.sources.fields import KIND_OF, Field
from kg.sources.files import Examined, check_name, open_stream
from kg.sources.personal import mask_personal, personal_finding
from kg.sources.values import clean, parse_value
from kg.sources.values.style import ValueStyle

__all__ = ["PLAIN", "CorrectionsFile", "Listed", "is_corrections_file", "read_corrections"]

COLUMNS = ("source", "record", "field", "stated", "right", "reason", "by")
ANY = "*"
"""Stands for every source."""
MAX_BYTES = 64 * 1024 * 1024
MAX_HEAD = 4096

PLAIN = ValueStyle(decimal=".", grouping=",", date_order="dmy", rate="percent", not_stated=())
"""How right values are written, whatever the style of the source."""
NO_ONE_CELL = {"code", "language", "coordinate", "point", "crs"}
"""Kinds of fields that make a value together with others."""
IDS = {"project_id", "partner_id"}
"""What corrections find their records by."""

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_FORMS = {
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "a date such as 2017-02-01"),
    "amount": (_NUMBER, "an amount such as 1234.50"),
    "number": (_NUMBER, "a number such as 1.2345"),
    "rate": (_NUMBER, "a rate in percent such as 85.5"),
}
"""The plain form of values that sources write in many."""


class Listed(NamedTuple):
    """A correction as its file has it, for a record of a source (or of any), and where it stands.

    ``record`` is the id of a project, or the id or key of a partner.
    """

    source: str
    record: str
    correction: Correction
    place: Place

    @property
    def key(self) -> tuple[str, str]:
        """What it is looked up by: the record and the field."""
        return self.record, self.correction.field


class CorrectionsFile(NamedTuple):
    """What a corrections file holds, and its hash."""

    listed: list[Listed]
    sha256: str


def is_corrections_file(examined: Examined) -> bool:
    """Tell whether a file has the columns of a corrections file."""
    if not examined.encoding.startswith("utf-8"):
        return False
    with open_stream(examined.file) as stream:
        head = stream.read(MAX_HEAD).decode("utf-8-sig", errors="replace").lstrip()
    line = head.splitlines()[0] if head else ""
    return {cell.strip().strip('"').casefold() for cell in re.split("[,;]", line)} >= {*COLUMNS}


def read_corrections(path: Path) -> CorrectionsFile:
    """Return the corrections of a file, in its order.

    Raises:
        InputError: it cannot be read, its name is not UTF-8, or a line of it cannot be used.
    """
    check_name(path.name)
    try:
        data = path.read_bytes()
    except OSError as error:
        told = f"The corrections cannot be read: {error.strerror}."
        raise InputError(told, place=str(path), remedy="Check the path.") from error
    if len(data) > MAX_BYTES:
        raise InputError("The corrections file is larger than 64 MiB.", place=str(path))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        told = "The corrections file is not UTF-8."
        raise InputError(told, place=f"{path}:{line}", remedy="Save it as UTF-8.") from error
    return CorrectionsFile(list(_parse_file(text, path.name)), sha256(data).hexdigest())


def _parse_file(text: str, name: str) -> Iterator[Listed]:
    head = text.lstrip("\r\n").partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    seen: dict[tuple[str, str], list[Listed]] = {}
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            _refuse(f"The line is not CSV: {error}", name, line)
        if cells is None:
            break
        place, line = Place(name, line), reader.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        if header is None:
            header = _header(cells, place)
            continue
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            told = f"The line has {len(cells)} cells and the header {len(header)}"
            _refuse(told, name, place.line)
        found = {key: clean(cell) for key, cell in zip(header, cells, strict=False)}
        listed = _listed(found, place)
        for other in seen.setdefault(listed.key, []):
            if other.source == listed.source or not other.source or not listed.source:
                _refuse(f"Line {other.place.line} corrects the same cell", name, place.line)
        seen[listed.key].append(listed)
        yield listed
    if header is None:
        _refuse("The file has no header", name, 1)


def _header(cells: Sequence[str], place: Place) -> list[str]:
    header = [cell.strip().casefold() for cell in cells]
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        _refuse(f"The header has no column {', '.join(missing)}", place.source, place.line)
    return header


def _listed(found: Mapping[str, str], place: Place) -> Listed:
    """Return the correction of a line.

    Raises:
        InputError: the line cannot be used.
    """
    name, line = place.source, place.line
    for column in ("record", "field", "right", "reason", "by"):
        if not found.get(column):
            _refuse(f"{column} is empty", name, line)
    field = found["field"]
    kind = KIND_OF.get(field)
    if kind is None:
        _refuse(f"There is no field ‹{field}›", name, line)
    if field in IDS:
        _refuse(f"{field} cannot be corrected: records are found by it", name, line)
    if kind in NO_ONE_CELL:
        told = f"{field} cannot be corrected: it makes a value together with other fields"
        _refuse(told, name, line)
    reason, by = mask_personal(found["reason"]), mask_personal(found["by"])
    correction = Correction(field, found.get("stated", ""), found["right"], reason, by)
    form = _FORMS.get(kind)
    if form is not None and not form[0].fullmatch(correction.right):
        _refuse(f"The right value ‹{correction.right}› is not {form[1]}", name, line)
    finding = parse_value(correction.right, Field(field, kind), PLAIN).finding
    if finding is not None and CODES[finding.code].level >= Level.FIELD:
        told = f"‹{correction.right}› is no value of {field}: {finding.message}"
        _refuse(told, name, line)
    if personal_finding(correction.right) is not None:
        _refuse("The right value holds an e-mail address or a telephone number", name, line)
    source = found.get("source", "")
    return Listed("" if source == ANY else source, found["record"], correction, place)


def _refuse(message: str, name: str, line: int | None) -> NoReturn:
    told = message.rstrip(".") + "."
    raise InputError(told, place=f"{name}:{line}", remedy="See docs/corrections.md.")
