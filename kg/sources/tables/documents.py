"""JSON files → tables: an array of projects, each with an array of its partners.

An object is a row whose columns are its keys, and knows its pointer. What a partner belongs to is
where it stands, whatever it says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, NoReturn

from kg.problems import Place, Problem, Refused
from kg.sources.files import InputFile, open_stream
from kg.sources.tables.table import Cell, Row, Table

__all__ = ["document_tables"]

NESTED = "partners"
MAX_BYTES = 256 * 1024 * 1024
"""Larger documents are refused: they are held in memory. JSON Lines and CSV are not."""


class _Entry(NamedTuple):
    """An object, the pointer to it, and the pointer to the object that it stands in."""

    pointer: str
    value: Mapping[str, object]
    parent: str | None = None


def document_tables(file: InputFile, encoding: str) -> tuple[Table, Table | None]:
    """Return the table of a JSON file's objects, and that of the partners inside them.

    Raises:
        Refused: the syntax is wrong (with line and column), or there is no array of objects.
    """
    entries = list(_entries(file, encoding))
    partners: list[_Entry] = []
    for pointer, project, _ in entries:
        nested = project.get(NESTED)
        if nested is not None and not isinstance(nested, list):
            _refuse(file, f"{pointer}/{NESTED} is no array", None, None)
        for index, value in enumerate(nested or []):
            where = f"{pointer}/{NESTED}/{index}"
            if not isinstance(value, dict):
                _refuse(file, f"{where} is no object", None, None)
            partners.append(_Entry(where, value, pointer))
    return _table(file, entries), _table(file, partners, is_nested=True) if partners else None


def _table(file: InputFile, entries: Sequence[_Entry], *, is_nested: bool = False) -> Table:
    keys = (key for entry in entries for key in entry.value if key != NESTED)
    header = list(dict.fromkeys(keys))

    def rows() -> Iterator[Row]:
        for pointer, value, parent in entries:
            yield Row(None, None, [_cell(value.get(key)) for key in header], pointer, parent)

    def place(row: Row, position: int | None) -> Place:
        name = "" if position is None else f"/{header[position]}"
        return Place(file.name, pointer=f"{row.pointer}{name}")

    return Table(file.name, header, rows, place, lambda position: Place(file.name), is_nested)


def _cell(value: object) -> Cell:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, Decimal):
        return format(value, "f")
    return json.dumps(value, ensure_ascii=False, default=str)


def _entries(file: InputFile, encoding: str) -> Iterator[_Entry]:
    with open_stream(file) as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        told = "The document is larger than 256 MiB."
        raise Refused([Problem.of("input-too-large", Place(file.name), told)])
    text = data.decode(encoding)
    if file.path.suffix.lower() == ".jsonl":
        found = [(number, _parse(file, line, number)) for number, line in _stated(text)]
        entries: list[object] = [value for _, value in found]
    else:
        document = _parse(file, text, None)
        entries = document if isinstance(document, list) else [document]
    for index, value in enumerate(entries):
        if not isinstance(value, dict):
            _refuse(file, f"Entry {index} is no object", None, None)
        yield _Entry(f"/{index}", value)
    if not entries:
        raise Refused([Problem.of("no-records", Place(file.name), "The array is empty.")])


def _stated(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def _parse(file: InputFile, text: str, line: int | None) -> object:
    try:
        return json.loads(
            text,
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=_no_number,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        _refuse(file, error.msg, line or error.lineno, error.colno)
    except (ValueError, RecursionError) as error:
        _refuse(file, str(error), line, None)


def _object(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"The key {twice} stands twice in an object")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")


def _refuse(file: InputFile, message: str, line: int | None, column: int | None) -> NoReturn:
    place = Place(file.name, line, column=column)
    raise Refused([Problem.of("json-syntax", place, f"{message}.")])
