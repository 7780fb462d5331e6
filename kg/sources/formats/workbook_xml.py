"""The XML of a workbook, beside what calamine reads of it.

Which part is which sheet and how days are counted; how far a sheet reaches; the number formats of
cells; and the cells that hold no value: formulas that were never computed, and errors. No XML is
read before its first lines are known to hold no DOCTYPE.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import IO, Literal, NamedTuple, NoReturn
from xml.parsers import expat

from kg.problems import Place, Problem, Refused
from kg.sources.cell import Unusable
from kg.sources.files import CHUNK, InputFile
from kg.sources.formats.number_formats import (
    BUILT_IN,
    LOCAL,
    PLAIN,
    ColumnFormats,
    NumberFormat,
    parse_number_format,
)

__all__ = ["WORKBOOK", "Book", "Scan", "check_parts", "read_book", "refuse", "scan_sheet"]

MAX_CELLS = 10_000_000
"""Rows times columns: calamine holds the rectangle that the filled cells of a sheet span."""

WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_HIDDEN = {"hidden", "veryHidden"}

Start = Callable[[str, dict[str, str]], None]


class Book(NamedTuple):
    """What a workbook says of itself: the part of each sheet, which are hidden, how days count.

    ``is_stale`` says that its writer computed no formula and left it to the reader. ``formats`` are
    the number formats that show more than a number, by the style of a cell.
    """

    parts: Mapping[str, str]
    hidden: frozenset[str]
    date_system: Literal["1900", "1904"]
    is_stale: bool
    formats: Mapping[str, NumberFormat]


def check_parts(
    file: InputFile, archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]
) -> None:
    """Refuse a workbook with a DOCTYPE in any part, whatever it is named and in any encoding.

    Raises:
        Refused: there is one, or a part that is XML by name is none.
    """
    for entry in entries:
        is_xml = entry.filename.lower().endswith((".xml", ".rels"))
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = partial(_doctype, file, entry.filename)
        parser.StartElementHandler = _stop
        try:
            with archive.open(entry) as part:
                _feed(parser, part)
        except _Begun:
            continue
        except (expat.ExpatError, LookupError, ValueError) as error:
            if is_xml and not entry.is_dir():
                told = f"The part {entry.filename} is no XML: {error}."
                problem = Problem.of("workbook-damaged", Place(file.name), told)
                raise Refused([problem]) from error


class _Begun(Exception):
    """The first element was reached; there is no DOCTYPE."""


def _stop(name: str, attributes: dict[str, str]) -> NoReturn:
    raise _Begun


def _doctype(file: InputFile, part: str, *_: object) -> NoReturn:
    refuse(file, "xml-dtd", f"The part {part} declares a document type.")


def _feed(parser: expat.XMLParserType, part: IO[bytes]) -> None:
    while chunk := part.read(CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _parse(archive: zipfile.ZipFile, name: str, start: Start) -> None:
    """Call ``start`` for each element of a part, its name without prefix."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
    with archive.open(name) as part:
        _feed(parser, part)


def read_book(archive: zipfile.ZipFile, names: Mapping[str, str]) -> Book:
    """Return what a workbook says of itself; ``names`` are those of its parts, by lower case."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}
    hidden: set[str] = set()
    flags: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = posixpath.normpath(
                posixpath.join("/xl", target)
            ).lstrip("/")

    def element(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            name = attributes.get("name", "")
            key = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            sheets[name] = targets.get(key, "")
            if attributes.get("state") in _HIDDEN:
                hidden.add(name)
        elif tag in {"workbookPr", "calcPr"}:
            flags.update(attributes)

    if _RELATIONS in names:
        _parse(archive, names[_RELATIONS], relation)
    _parse(archive, names[WORKBOOK], element)
    is_1904 = flags.get("date1904") in {"1", "true"}
    is_stale = flags.get("fullCalcOnLoad") in {"1", "true"}
    formats = _read_formats(archive, names[_STYLES]) if _STYLES in names else {}
    date_system: Literal["1900", "1904"] = "1904" if is_1904 else "1900"
    return Book(sheets, frozenset(hidden), date_system, is_stale, formats)


def _read_formats(archive: zipfile.ZipFile, part: str) -> dict[str, NumberFormat]:
    """Return the number formats that show more than a number, by the style of a cell."""
    codes = dict(BUILT_IN)
    parsed: dict[str, NumberFormat] = {}
    formats: dict[str, NumberFormat] = {}
    inside = ""
    number = 0

    def element(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside, number
        if tag in {"numFmts", "cellStyleXfs", "cellXfs", "dxfs"}:
            inside = tag
        elif tag == "numFmt" and inside == "numFmts":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "xf" and inside == "cellXfs":
            key = attributes.get("numFmtId", "")
            if key not in parsed:
                parsed[key] = PLAIN if key in LOCAL else parse_number_format(codes.get(key, ""))
            if parsed[key] != PLAIN:
                formats[str(number)] = parsed[key]
            number += 1

    _parse(archive, part, element)
    return formats


class Scan:
    """What is found in the XML of a sheet: its reach, formats, and cells that hold no value.

    ``unusable`` are the latter by line, from 1, and column, from 0. ``formats`` are those of the
    columns, from 0, in which a number has one that shows more than a number.
    """

    def __init__(self, book: Book) -> None:
        self.first_line = self.last_line = self.last_column = 0
        self.unusable: dict[int, dict[int, Unusable]] = {}
        self.formats: dict[int, ColumnFormats] = {}
        self._is_stale = book.is_stale
        self._by_style = book.formats
        self._format: NumberFormat | None = None
        self._columns: dict[str, int] = {}
        self._line = self._column = 0
        self._reference: str | None = None
        self._type: str | None = None
        self._texts: dict[str, list[str]] = {}
        self._inside: list[str] | None = None
        self._row = self._cell = self._formula = self._value = self._string = ""
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._root

    def _root(self, tag: str, attributes: dict[str, str]) -> None:
        prefix, colon, _ = tag.rpartition(":")
        self._row, self._cell, self._formula, self._value, self._string = (
            f"{prefix}{colon}{name}" for name in ("row", "c", "f", "v", "is")
        )
        self.parser.StartElementHandler = self._start

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self._cell:
            self._reference = attributes.get("r")
            self._type = attributes.get("t")
            if self._by_style:
                is_number = self._type in {None, "n"}
                style = attributes.get("s", "0")
                self._format = self._by_style.get(style, PLAIN) if is_number else None
            if self._reference is None:
                self._column += 1
            if self._type == "e":
                self._watch()
        elif tag == self._value or tag == self._string:
            line, column = self._reached()
            if self._format is not None and column:
                self._note_format(line, column - 1, self._format)
            if self._inside is not None:
                self._inside = self._texts.setdefault(self._value, [])
        elif tag == self._formula:
            self._watch()
            self._inside = self._texts.setdefault(tag, [])
        elif tag == self._row:
            number = attributes.get("r", "")
            self._line = int(number) if number.isdecimal() else self._line + 1
            self._column = 0

    def _reached(self) -> tuple[int, int]:
        """Return line and column of the cell, from 1, and take them into the reach."""
        line, column = self._line, self._column
        if self._reference is not None:
            letters = self._reference.rstrip("0123456789")
            line = int(self._reference[len(letters) :] or self._line)
            found = self._columns.get(letters)
            if found is None:
                found = self._columns[letters] = _column(letters)
            column = self._column = found
        if line > self.last_line:
            self.last_line = line
        if line < self.first_line or not self.first_line:
            self.first_line = line
        if column > self.last_column:
            self.last_column = column
        return line, column

    def _note_format(self, line: int, column: int, found: NumberFormat) -> None:
        if column not in self.formats:
            if found is PLAIN:  # most columns have no other
                return
            self.formats[column] = ColumnFormats()
        self.formats[column].note(line, found)

    def _watch(self) -> None:
        """Read the texts of this cell: it has a formula or an error."""
        if self._inside is None:
            self._inside, self._texts = [], {}
            self.parser.EndElementHandler = self._end
            self.parser.CharacterDataHandler = self._text

    def _text(self, text: str) -> None:
        if self._inside is not None:
            self._inside.append(text)

    def _end(self, tag: str) -> None:
        if tag != self._cell:
            return
        self.parser.EndElementHandler = None
        self.parser.CharacterDataHandler = None
        self._inside = None
        line, column = self._reached()
        found = self._verdict()
        if found is not None and column:
            self.unusable.setdefault(line, {})[column - 1] = found

    def _verdict(self) -> Unusable | None:
        stated = self._value in self._texts
        value = "".join(self._texts.get(self._value, ()))
        if self._type == "e":
            text = value or "#VALUE!"
            return Unusable(text, "cell-error", f"The cell holds the error {text}.")
        is_empty = not value and not (self._type == "str" and stated)
        if is_empty or (self._is_stale and value == "0"):
            formula = "".join(self._texts.get(self._formula, ()))
            told = "The workbook has a formula here and not its value."
            return Unusable(f"={formula}", "formula-no-value", told)
        return None


def _column(letters: str) -> int:
    """Return the number of a column, from 1: ``D`` → 4, ``AB`` → 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def scan_sheet(
    file: InputFile, archive: zipfile.ZipFile, part: str, sheet: str, book: Book
) -> Scan:
    """Return what is found in the XML of a sheet.

    Raises:
        Refused: it spans more cells than can be held.
    """
    scan = Scan(book)
    with archive.open(part) as stream:
        _feed(scan.parser, stream)
    lines = scan.last_line - scan.first_line + 1
    if lines * scan.last_column > MAX_CELLS:
        told = f"The sheet spans {lines:,} rows and {scan.last_column:,} columns."
        raise Refused([Problem.of("input-too-large", Place(file.name, sheet=sheet), told)])
    return scan


def refuse(file: InputFile, code: str, message: str) -> NoReturn:
    """Refuse a workbook.

    Raises:
        Refused: always.
    """
    raise Refused([Problem.of(code, Place(file.name), message)])
