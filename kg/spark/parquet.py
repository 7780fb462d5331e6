"""Parquet files → tables that Spark reads, in as many parts as it likes.

A file, or a folder of parts that Spark wrote, is a table; its columns are recognised by their names
as those of a CSV file are. Rows are counted in each file from 1.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from kg.problems import InputError, Place, Problem, Refused
from kg.records import Reading, Source
from kg.sources import Examined, Input, InputFile
from kg.sources.cell import Cell, Number
from kg.sources.corrections import facts_of
from kg.sources.files import CHUNK, find_files
from kg.sources.formats.table import Row, Table
from kg.sources.layouts import load_profile, own_profile_file, shipped_profiles
from kg.sources.personal import publishable
from kg.sources.tables.recognition import Recognised, recognise_tables
from kg.spark.rows import Numbered

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import Column, DataFrame, SparkSession

__all__ = ["PARQUET", "examine_parquet", "parquet_rows"]

PARQUET = frozenset({".parquet"})

_NUMBERS = {"tinyint", "smallint", "int", "bigint", "float", "double"}
_TEXTS = {"string", "boolean", "date", "timestamp", "timestamp_ntz"}
_MOMENT = "timestamp"
"""The type of moments. Those without a zone, as a clock shows them, are ``timestamp_ntz``."""
_PATTERN = re.compile(r"[\[\]{}*?\\]")
"""The signs by which a path can stand for many, and the one that escapes them."""


class _Set(NamedTuple):
    """Files of the same columns, and these with their types."""

    files: list[InputFile]
    types: list[tuple[str, str]]


def examine_parquet(
    spark: SparkSession, paths: Sequence[Path], profiles: Sequence[str]
) -> list[Input]:
    """Return the Parquet files of these paths as inputs, those of one layout together.

    Raises:
        InputError: a path does not exist, or a column is of a type that is no value.
        Refused: no layout has the columns of a file.
    """
    files = find_files(paths, PARQUET).files
    layouts = [load_profile(name) for name in profiles] or list(shipped_profiles())
    sources = spark.sparkContext.parallelize([str(f.path) for f in files], len(files))
    hashes = dict(sources.map(_hash).collect())
    groups: dict[str, list[Recognised]] = {}
    refused: list[Problem] = []
    for each in _sets(spark, files):
        for file in each.files:
            sha256, size = hashes[str(file.path)]
            examined = Examined(file, Source(file.name, sha256, size), "", ())
            try:
                found = recognise_tables(examined, [_table(file, each.types)], layouts)
                groups.setdefault(found.profile.name, []).append(found)
            except Refused as error:
                refused += error.problems
    if refused:
        raise Refused(list(map(publishable, refused)))
    named = {load_profile(name).name: own_profile_file(name) for name in profiles}
    return [
        Input(
            tuple(found.examined for found in group),
            name,
            _read_nothing,
            facts_of(group[0].profile),
            tuple(group),
            named.get(name),
        )
        for name, group in groups.items()
    ]


def parquet_rows(spark: SparkSession, item: Input, group: int) -> Iterator[RDD[Numbered]]:
    """Yield the rows of the files of an input."""
    numbers = {f.examined.file.path.resolve(): n for n, f in enumerate(item.tables)}
    for each in _sets(spark, [f.examined.file for f in item.tables]):
        frame = spark.read.parquet(*(_address(file) for file in each.files))
        keys = {str(file.path.resolve()): (group, numbers[file.path.resolve()])
                for file in each.files}  # fmt: skip
        is_number = [_is_number(kind) for _, kind in each.types]
        yield _as_text(frame, each.types).rdd.mapPartitions(_Rows(keys, is_number))


class _Rows(NamedTuple):
    """Turns rows of Spark into rows of tables."""

    keys: dict[str, tuple[int, int]]
    is_number: list[bool]

    def __call__(self, rows: Iterator[tuple[object, ...]]) -> Iterator[Numbered]:
        for *values, path, index in rows:
            cells = [
                _cell(value, is_number=is_number)
                for value, is_number in zip(values, self.is_number, strict=True)
            ]
            if any(cells):
                position = int(str(index))
                key = self.keys[unquote(urlsplit(str(path)).path)]
                yield key, position, Row(position + 1, position + 1, cells)


def _cell(value: object, *, is_number: bool) -> Cell:
    if value is None:
        return None
    text = str(value)
    if is_number:
        return Number(text.removesuffix(".0"))
    return text if text and not text.isspace() else None


def _as_text(frame: DataFrame, types: Sequence[tuple[str, str]]) -> DataFrame:
    from pyspark.sql import functions

    columns = [_text(functions.col(_quoted(name)), kind) for name, kind in types]
    where = (functions.col("_metadata.file_path"), functions.col("_metadata.row_index"))
    return frame.select(*columns, *where)


def _text(column: Column, kind: str) -> Column:
    """Return a column as text, moments in UTC.

    A cast alone would give them in the time zone of the session, which is that of the machine.
    """
    from pyspark.sql import functions

    if kind != _MOMENT:
        return column.cast("string")
    since = functions.unix_micros(column) * functions.expr("INTERVAL '0.000001' SECOND")
    moment = functions.expr("TIMESTAMP_NTZ'1970-01-01 00:00:00'") + since
    return functions.concat(moment.cast("string"), functions.lit("Z"))


def _sets(spark: SparkSession, files: Sequence[InputFile]) -> Iterator[_Set]:
    """Yield the files, those of a folder that Spark wrote together."""
    found: dict[Path, list[InputFile]] = {}
    for file in files:
        folder = file.path.parent
        is_part = folder.suffix == ".parquet" or (folder / "_SUCCESS").exists()
        found.setdefault(folder if is_part else file.path, []).append(file)
    for together in found.values():
        types = spark.read.parquet(_address(together[0])).dtypes
        for name, kind in types:
            if kind not in _TEXTS and not _is_number(kind):
                raise InputError(
                    f"The column {name} is of the type {kind}, which is no value.",
                    place=together[0].name,
                    remedy="Write it as text, entries of a list with | between them.",
                )
        yield _Set(together, types)


def _address(file: InputFile) -> str:
    """Return a file's address without links, for this file alone; not in the cluster's own files.

    Spark takes an address for a pattern, so what is a sign in one is escaped.
    """
    return "file://" + _PATTERN.sub(r"\\\g<0>", str(file.path.resolve()))


def _is_number(kind: str) -> bool:
    return kind in _NUMBERS or kind.startswith("decimal")


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _table(file: InputFile, types: Sequence[tuple[str, str]]) -> Table:
    name = file.name
    return Table(
        name,
        tuple(column for column, _ in types),
        _no_rows,
        lambda row, position: Place(
            name, row.line, column=None if position is None else position + 1
        ),
        lambda position: Place(name, column=position + 1),
    )


def _no_rows() -> Iterator[Row]:
    """Yield nothing: Spark reads the rows."""
    return iter(())


def _read_nothing() -> Iterator[Reading]:
    return iter(())


def _hash(path: str) -> tuple[str, tuple[str, int]]:
    digest, size = hashlib.sha256(), 0
    with Path(path).open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return path, (digest.hexdigest(), size)
