"""JSON files → tables: arrays of objects, an object of arrays, columns as arrays, or JSON Lines.

Objects that only wrap these are gone through, and so is one whose values are the records.
An object is a row and knows its pointer. Objects inside an object give columns with dotted names
(``budget.total``); an array of objects inside an object is a nested table, whose rows know the
object that they stand in; an array of values is one cell.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import IO, NamedTuple

from kg.problems import Place, Problem, Refused
from kg.records import encodable
from kg.sources.cell import Cell, Items, Number, Unusable, header_key
from kg.sources.files import InputFile, open_stream
from kg.sources.formats.json_text import MAX_DEPTH, parse_json, refuse, refuse_deep
from kg.sources.formats.table import MAX_COLUMNS, Row, Table

__all__ = ["read_documents"]

MAX_BYTES = 256 * 1024 * 1024
"""Larger documents are refused: they are held in memory. JSON Lines and CSV are not."""
MAX_LINE = 64 * 1024 * 1024
"""Characters of one line of JSON Lines."""
MAX_TABLES = 100
MAX_WRAPPERS = 8
"""So many objects can wrap the records."""
MIN_KEYS = 2
"""So many keys have the values of an object in common, or with a layout, where they are records."""
JSON_LINES = {".jsonl", ".ndjson"}

_ENVELOPE = frozenset(
    re.findall(
        r"\S+",
        """
    $schema @context @id @type bbox code copyright count created crs date
    description error errors exported first from generated generator has_more help info
    items_per_page itemsperpage language last lastupdate licence license limit links message meta
    metadata modified name next note notes offset page page_size pages pagesize per_page prev
    previous publisher query result_count results self size source start status success timestamp
    title to total total_count total_pages totalcount totalitems type updated url version
    """,
    )
)
"""Keys by which an object tells of the records in an array of its own, and is no record itself."""


_HALF = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair, which JSON can escape and no encoding has."""


class _Entry(NamedTuple):
    """An object, the pointer to it, and its line in JSON Lines."""

    pointer: str
    value: object
    line: int | None = None


class _Unfolded(NamedTuple):
    """A row to be: the table that it belongs to, where it stands, its cells by their columns."""

    table: str | None
    pointer: str
    parent: str | None
    line: int | None
    cells: Mapping[str, Cell]


Entries = Callable[[], Iterator[_Entry]]


def read_documents(
    file: InputFile, encoding: str, known_headers: frozenset[str] = frozenset()
) -> list[Table]:
    """Return the tables of a JSON file; a nested one comes after the one whose rows it is in.

    ``known_headers`` help to tell a record from an object that wraps an array of records.

    Raises:
        Refused: the syntax is wrong (with line and column), or there is no array of objects.
    """
    if _is_lines(file, encoding):
        return _tables(file, None, lambda: _line_entries(file, encoding))
    document = _read(file, encoding)
    if isinstance(document, list):
        return _tables(file, None, partial(_array, document, ""))
    if not isinstance(document, dict):
        refuse(file, "The document is neither an array nor an object")
    arrays = {key: value for key, value in document.items() if isinstance(value, list) and value}
    others = [key for key in document if not isinstance(document[key], list)]
    objects = {key: value for key, value in arrays.items() if _has_object(value)}
    if not objects and not _has_dotted(document, known_headers):
        wrapped = list(_wrapped(document, None, "", known_headers))
        if len(wrapped) > MAX_TABLES:
            told = f"The document has more than {MAX_TABLES} arrays of records."
            raise Refused([Problem.of("input-too-large", Place(file.name), told)])
        if wrapped:
            return [table for name, entries in wrapped for table in _tables(file, name, entries)]
    if not arrays or _is_record(others, known_headers):
        return _tables(file, None, lambda: iter([_Entry("", document)]))
    if objects:
        tables = []
        for key, values in objects.items():
            tables += _tables(file, key, partial(_array, values, f"/{_escaped(key)}"))
        return tables
    return [_columnar(file, arrays)]


# --- Which tables there are ---------------------------------------------------


def _is_record(keys: Sequence[str], known_headers: frozenset[str]) -> bool:
    """Tell whether an object with these keys, beside arrays, is a record of its own."""
    stated = [key for key in map(header_key, keys) if key not in _ENVELOPE]
    return any(key in known_headers for key in stated) if known_headers else bool(stated)


def _wrapped(
    value: Mapping[str, object], name: str | None, pointer: str, known: frozenset[str]
) -> Iterator[tuple[str | None, Entries]]:
    """Yield the records below an object that is none, with the key that they stand under."""
    scalars = [key for key, item in value.items() if not isinstance(item, dict | list)]
    is_feature = value.get("type") == "Feature"
    if _is_record(scalars, frozenset()) or is_feature or pointer.count("/") > MAX_WRAPPERS:
        return
    arrays = {k: v for k, v in value.items() if isinstance(v, list) and _has_object(v)}
    inner = {key: item for key, item in value.items() if isinstance(item, dict) and item}
    records = {key: item for key, item in inner.items() if header_key(key) not in _ENVELOPE}
    if arrays:
        for key, items in arrays.items():
            yield key, partial(_array, items, f"{pointer}/{_escaped(key)}")
    elif _are_records(list(records.values()), known):
        yield name, partial(_keyed, records, pointer)
    else:
        for key, item in inner.items():
            yield from _wrapped(item, key, f"{pointer}/{_escaped(key)}", known)


def _are_records(values: Sequence[Mapping[str, object]], known: frozenset[str]) -> bool:
    """Tell whether objects beside each other are records of one kind, by their keys."""
    keys = [set(map(header_key, value)) for value in values]
    if len(keys) > 1 and len(set.intersection(*keys)) >= MIN_KEYS:
        return True
    return bool(keys) and all(len((each & known) - _ENVELOPE) >= MIN_KEYS for each in keys)


def _has_dotted(value: Mapping[str, object], known: frozenset[str], prefix: str = "") -> bool:
    """Tell whether a layout names what stands in objects inside an object: ``budget.total``."""
    if prefix.count(".") > MAX_WRAPPERS:
        return False
    return any(
        (bool(prefix) and header_key(f"{prefix}{key}") in known)
        or (isinstance(item, dict) and _has_dotted(item, known, f"{prefix}{key}."))
        for key, item in value.items()
    )


def _keyed(values: Mapping[str, object], pointer: str) -> Iterator[_Entry]:
    return (_Entry(f"{pointer}/{_escaped(key)}", value) for key, value in values.items())


def _has_object(values: Sequence[object]) -> bool:
    return any(isinstance(value, dict) for value in values)


def _array(values: Sequence[object], pointer: str) -> Iterator[_Entry]:
    return (_Entry(f"{pointer}/{index}", value) for index, value in enumerate(values))


def _tables(file: InputFile, name: str | None, entries: Entries) -> list[Table]:
    """Return the table of these entries, and those of the arrays of objects inside them."""
    reader = _Reader(file, name)
    shapes: dict[str | None, dict[str, None]] = {}
    for unfolded in reader.unfold(entries):
        shape = shapes.setdefault(unfolded.table, {})
        shape.update(dict.fromkeys(unfolded.cells))
        if len(shape) > MAX_COLUMNS or len(shapes) > MAX_TABLES:
            told = f"The objects have more than {MAX_COLUMNS:,} keys, or {MAX_TABLES} arrays."
            raise Refused([Problem.of("input-too-large", Place(file.name), told)])
    if not shapes:
        raise Refused([Problem.of("no-records", Place(file.name), "The array is empty.")])
    nested = [str(table) for table in shapes if table is not None]
    for shape in shapes.values():
        # a key that is null in one object and an object or an array in another is no column
        for column in reader.null_only & shape.keys():
            inside = any(other.startswith(f"{column}.") for other in shape)
            if inside or any(table.endswith(column) for table in nested):
                del shape[column]
    return [_table(file, reader, entries, table, list(shape)) for table, shape in shapes.items()]


def _table(
    file: InputFile, reader: _Reader, entries: Entries, name: str | None, header: Sequence[str]
) -> Table:
    def rows() -> Iterator[Row]:
        for table, pointer, parent, line, cells in reader.unfold(entries):
            if table == name:
                yield Row(None, line, [cells.get(column) for column in header], pointer, parent)

    def place(row: Row, position: int | None) -> Place:
        is_column = position is not None and position < len(header)
        inside = reader.pointers[header[position or 0]] if is_column else ""
        return Place(file.name, row.line, pointer=f"{row.pointer}{inside}")

    is_nested = name != reader.name
    return Table(
        file.name,
        header,
        rows,
        place,
        lambda position: Place(file.name),
        is_nested,
        name=name,
        pointers=tuple(reader.pointers[column] for column in header),
    )


def _columnar(file: InputFile, columns: Mapping[str, Sequence[object]]) -> Table:
    """Return the table of an object whose keys are columns, each an array of its cells."""
    lengths = {key: len(values) for key, values in columns.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{key} has {count}" for key, count in list(lengths.items())[:12])
        problem = Problem.of("json-columns-unequal", Place(file.name), f"{told}.")
        raise Refused([problem])
    header = list(columns)

    def rows() -> Iterator[Row]:
        for number, values in enumerate(zip(*columns.values(), strict=True), start=1):
            yield Row(number, None, [_cell(file, value, header[0]) for value in values])

    def place(row: Row, position: int | None) -> Place:
        name = header[position or 0]
        return Place(file.name, pointer=f"/{_escaped(name)}/{(row.number or 1) - 1}")

    def header_place(position: int) -> Place:
        return Place(file.name, pointer=f"/{_escaped(header[position])}")

    pointers = tuple(f"/{_escaped(name)}" for name in header)
    return Table(file.name, header, rows, place, header_place, pointers=pointers)


class _Reader:
    """Unfolds objects into rows; afterwards it knows the pointers of columns inside a row."""

    def __init__(self, file: InputFile, name: str | None) -> None:
        self._file = file
        self.name = name
        self.pointers: dict[str, str] = {}
        self.null_only: set[str] = set()
        self._stated: set[str] = set()

    def unfold(self, entries: Entries) -> Iterator[_Unfolded]:
        for index, entry in enumerate(entries()):
            if not isinstance(entry.value, dict):
                refuse(self._file, f"Entry {index} is no object", entry.line, pointer=entry.pointer)
            yield from self._unfold(self.name, entry, entry.value, None)

    def _unfold(
        self, table: str | None, entry: _Entry, value: Mapping[str, object], parent: str | None
    ) -> Iterator[_Unfolded]:
        pointer, _, line = entry
        if pointer.count("/") > MAX_DEPTH:
            refuse_deep(self._file, pointer)
        cells: dict[str, Cell] = {}
        nested: list[tuple[str, str, Sequence[object]]] = []
        self._flatten(value, "", pointer, "", cells, nested)
        yield _Unfolded(table, pointer, parent, line, cells)
        for key, inside, values in nested:
            name = key if table is None else f"{table}.{key}"
            for index, item in enumerate(values):
                where = f"{pointer}{inside}/{index}"
                if not isinstance(item, dict):
                    refuse(self._file, f"Entry {index} of {key} is no object", line, pointer=where)
                yield from self._unfold(name, _Entry(where, item, line), item, pointer)

    def _flatten(
        self,
        value: Mapping[str, object],
        prefix: str,
        pointer: str,
        inside: str,
        cells: dict[str, Cell],
        nested: list[tuple[str, str, Sequence[object]]],
    ) -> None:
        if inside.count("/") > MAX_DEPTH:
            refuse_deep(self._file, pointer + inside)
        for key, item in value.items():
            name, path = f"{prefix}{key}", f"{inside}/{_escaped(key)}"
            if isinstance(item, dict) and item:
                # GeoJSON keeps what it says of a place one level down
                is_feature = key == "properties" and value.get("type") == "Feature"
                below = prefix if is_feature else f"{name}."
                self._flatten(item, below, pointer, path, cells, nested)
            elif isinstance(item, list) and _has_object(item):
                nested.append((name, path, item))
            elif name in cells and cells[name] is not None:
                told = f"The key {name} stands twice in an object"
                refuse(self._file, told, pointer=pointer + path)
            else:
                cells[name] = _cell(self._file, item, pointer + path)
                self.pointers[name] = path
                self._note(name, cells[name])

    def _note(self, name: str, cell: Cell) -> None:
        if cell is not None:
            self._stated.add(name)
            self.null_only.discard(name)
        elif name not in self._stated:
            self.null_only.add(name)


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1") if "/" in key or "~" in key else key


# --- Values -------------------------------------------------------------------


def _cell(file: InputFile, value: object, pointer: str) -> Cell:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        if not value.isascii() and _HALF.search(value):
            told = "The value holds half of a character."
            return Unusable(encodable(value), "control-character", told)
        return value if not value.isspace() else None
    if isinstance(value, bool):
        return "true" if value else "false"
    if not value:
        return None
    if isinstance(value, list) and not any(isinstance(item, list) for item in value):
        return Items(_text(value), tuple(_cell(file, item, pointer) for item in value))
    if _depth(value) > MAX_DEPTH:
        refuse_deep(file, pointer)
    items = tuple(_text(item) for item in value) if isinstance(value, list) else ()
    return Items(_text(value), items)


def _depth(value: object) -> int:
    """Return how deep arrays and objects stand in each other, or one more than is allowed."""
    level: list[object] = [value]
    for depth in range(MAX_DEPTH + 1):
        level = [
            inner
            for outer in level
            if isinstance(outer, list | dict)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return depth
    return MAX_DEPTH + 1


def _text(value: object) -> str:
    """Return a value as JSON, its numbers as they were written."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_text, value))}]"
    if isinstance(value, dict):
        pairs = (f"{_text(key)}: {_text(item)}" for key, item in value.items())
        return f"{{{', '.join(pairs)}}}"
    return json.dumps(value, ensure_ascii=False)


# --- Syntax -------------------------------------------------------------------


def _is_lines(file: InputFile, encoding: str) -> bool:
    """Tell JSON Lines: the first line is a document, and by name or in content others follow."""
    with _lines(file, encoding) as text:
        first = next(
            (line for line in iter(lambda: text.readline(MAX_LINE), "") if _stated(line)), ""
        )
        try:
            value = json.loads(first)
        except (ValueError, RecursionError):
            return False
        if file.suffix in JSON_LINES:
            return True
        following = next(filter(_stated, iter(lambda: text.readline(1024), "")), "")
        return isinstance(value, dict) and following.lstrip().startswith("{")


def _line_entries(file: InputFile, encoding: str) -> Iterator[_Entry]:
    index = number = 0
    with _lines(file, encoding) as text:
        while line := text.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                told = "The line is longer than 64 Mi characters."
                raise Refused([Problem.of("input-too-large", Place(file.name, number), told)])
            if _stated(line):
                yield _Entry(f"/{index}", parse_json(file, line, number), number)
                index += 1


def _lines(file: InputFile, encoding: str) -> io.TextIOWrapper:
    stream: IO[bytes] = open_stream(file)
    return io.TextIOWrapper(stream, encoding, newline="\n")


def _stated(line: str) -> bool:
    return bool(line) and not line.isspace()


def _read(file: InputFile, encoding: str) -> object:
    with open_stream(file) as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        told = "The document is larger than 256 MiB."
        raise Refused([Problem.of("input-too-large", Place(file.name), told)])
    return parse_json(file, data.decode(encoding), None)
