"""The one path on Spark: rows are sent to their project's partition, and each is built there.

The driver finds and recognises the files, and sees counts, problems of files and some of records.
Rows, records and triples stay with the workers.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kg.built import Manifest
from kg.mapping import Register
from kg.pipeline import BuildResult, make_tools
from kg.pipeline.folder import new_folder
from kg.pipeline.stream import load_stated_corrections
from kg.problems import InputError, Problem, Refused
from kg.records import Reading
from kg.settings import FORMATS, Settings, read_settings
from kg.sources import EXTENSIONS, Input, examine_inputs
from kg.sources.files import WORKBOOKS, inner_suffix
from kg.sources.formats.read import DOCUMENTS
from kg.sources.personal import publishable
from kg.sources.tables.readings import check_tables, no_rows, read_beside, read_head
from kg.sources.tables.styles import StyleEvidence
from kg.spark.job import Job, Planned, planned_tables
from kg.spark.outputs import Whole
from kg.spark.parquet import PARQUET, examine_parquet, parquet_rows
from kg.spark.part import Summary, process_part, write_shared
from kg.spark.rows import Numbered, Refusal, SentRow, gather_styles, read_table, send_rows
from kg.spark.session import session, spark_errors

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import SparkSession

__all__ = ["build_with_spark"]

PARTITION_BYTES = 8 << 20
"""Bytes of the input for each partition: some ten seconds of work, so that cores end together."""
MIN_PARTITIONS = 16
"""Partitions of a small input. How many there are is seen in the output, and so is not for the
cores of a machine to say."""


def build_with_spark(
    sources: Sequence[Path],
    output: Path,
    settings: Settings | None = None,
    spark: SparkSession | None = None,
    *,
    partitions: int | None = None,
    workers: int | None = None,
) -> BuildResult:
    """Turn tables of projects and partners into a published graph, in parts, on Spark.

    All machines must see the sources and the output under these paths.

    Args:
        sources: CSV or Parquet files, or folders of them.
        output: the folder; it is replaced as a whole, and only at the end.
        settings: the publisher's decisions; read from ``kg.toml`` beside the sources if not given.
        spark: the session to work in; the active one, or one of our own, if not given.
        partitions: how many parts the projects are written in; told by the size of the sources
            if not given.
        workers: threads on this machine, where the session is one of our own.

    Raises:
        InputError: a source or a setting cannot be used, or Spark does not start.
        Refused: a file cannot be used; nothing is published and the old outputs stay.
        OutputError: the outputs could not be written; the old ones stay.
        RemoteError: Spark gave up; the old outputs stay.
    """
    settings = settings or read_settings(sources)
    # any other form needs the whole graph in one place
    settings = msgspec.structs.replace(settings, formats=FORMATS[:1])
    corrections, beside = load_stated_corrections(settings)
    with session(spark, workers) as running, spark_errors():
        inputs = _find(running, sources, settings, beside)
        used = [examined.file.path for item in inputs.items for examined in item.files]
        with new_folder(output, [*used, *beside]) as folder:
            size = sum(e.source.size for item in inputs.items for e in item.files)
            number = partitions or max(MIN_PARTITIONS, size // PARTITION_BYTES)
            job = Job(
                tuple(inputs.items),
                _styles(running, inputs.items),
                settings,
                corrections,
                # workers write under this path, whatever folder they are in
                folder.resolve(),
                number,
                max(1, number // 8),
            )
            return BuildResult(output, _build(running, job, inputs.passed_over))


class _Found(NamedTuple):
    """The inputs of a run, and the names of files in its folders that no layout reads."""

    items: list[Input]
    passed_over: list[str]


def _find(
    spark: SparkSession, sources: Sequence[Path], settings: Settings, beside: Sequence[Path]
) -> _Found:
    """Return the files of the sources, recognised.

    Raises:
        InputError: a source is of a kind that is not read on Spark.
    """
    parquet = [path for path in sources if _holds(path, PARQUET)]
    others = [path for path in sources if path not in parquet or _holds(path, EXTENSIONS)]
    found = _Found([], [])
    if others:
        inputs = examine_inputs(others, settings.profiles, leave_out=beside)
        found.items.extend(inputs.items)
        names = (name for name in inputs.passed_over if Path(name).suffix not in PARQUET)
        found.passed_over.extend(names)
    if parquet:
        found.items.extend(examine_parquet(spark, parquet, settings.profiles))
    for item in found.items:
        _check(item)
    return found


def _holds(path: Path, extensions: frozenset[str]) -> bool:
    if not path.is_dir():
        return inner_suffix(path.name) in extensions
    return any(inner_suffix(file.name) in extensions for file in path.rglob("*"))


def _check(item: Input) -> None:
    assigned = [a for file in item.tables for a in file.tables]
    is_read = bool(assigned) and not any(
        a.layout.fill_down or a.table.is_nested or a.table.pointers or _is_unsent(item)
        for a in assigned
    )
    if not is_read:
        raise InputError(
            f"A build on Spark reads no files of the layout ‹{item.layout}› in this format.",
            place=item.files[0].file.name,
            remedy="Give it CSV or Parquet of the exchange layout, or build without Spark.",
        )
    check_tables(item.tables)


def _is_unsent(item: Input) -> bool:
    """Tell whether a file is of a kind that cannot be read by another machine.

    The objects of a document stand in each other; a workbook is held open by whoever opened it.
    """
    return any(examined.file.suffix in DOCUMENTS | WORKBOOKS for examined in item.files)


def _rows(
    spark: SparkSession, items: Sequence[Input], wanted: Sequence[Planned]
) -> RDD[Numbered | Refusal]:
    """Return the rows of some tables; a file that is no Parquet is read by one task."""
    context = spark.sparkContext
    groups = dict.fromkeys(planned.group for planned in wanted)
    whole = [p for p in wanted if not _is_parquet(items[p.group])]
    parts = [
        rows
        for group in groups
        if _is_parquet(items[group])
        for rows in parquet_rows(spark, items[group], group)
    ]
    if whole:
        numbers = context.parallelize(range(len(whole)), len(whole))
        parts.append(numbers.flatMap(lambda number: read_table(whole[number])))
    return context.union(parts) if len(parts) > 1 else parts[0]


def _is_parquet(item: Input) -> bool:
    return item.files[0].file.suffix in PARQUET


def _styles(spark: SparkSession, items: Sequence[Input]) -> dict[tuple[int, int], StyleEvidence]:
    """Return what all rows tell of the styles of columns, where a layout leaves any open.

    Raises:
        Refused: a file cannot be read.
    """
    planned = list(planned_tables(tuple(items)))
    wanted = [each for each in planned if each.evidence().is_needed]
    if not wanted:
        return {}
    rows = _rows(spark, items, wanted)
    told = rows.mapPartitions(partial(gather_styles, planned)).collect()
    found: dict[tuple[int, int], StyleEvidence] = {}
    refused: list[Problem] = []
    for key, evidence in told:
        if isinstance(evidence, Refusal):
            refused += evidence.problems
        elif key in found:
            found[key].add(evidence)
        else:
            found[key] = evidence
    if refused:
        raise Refused(list(map(publishable, refused)))
    return found


def _build(spark: SparkSession, job: Job, passed_over: list[str]) -> Manifest:
    """Write the outputs and return the manifest.

    Raises:
        Refused: a file cannot be read, or has no row.
    """
    with Whole(job.folder, job.settings, make_tools(job.settings)) as whole:
        tables = job.tables()
        for group, item in enumerate(job.items):
            whole.begin(item)
            for examined in item.files:
                whole.take(Reading(examined.file.name, problems=examined.problems))
            for file in item.tables:
                for reading in read_beside(file):
                    whole.take(reading)
            for key, rows in tables.items():
                if key[0] == group:
                    for reading in read_head(rows):
                        whole.take(reading)
        total = _run(spark, job)
        empty = [no_rows(i.tables) for n, i in enumerate(job.items) if n not in total.with_rows]
        if total.refused or empty:
            raise Refused(list(map(publishable, total.refused or empty)))
        return whole.write(total, passed_over)


def _run(spark: SparkSession, job: Job) -> Summary:
    """Let Spark write all parts that the workers write; return what they count."""
    planned = list(planned_tables(job.items))
    sent: RDD[SentRow] = _rows(spark, job.items, planned).mapPartitions(partial(send_rows, job))
    # Spark sorts by the whole address, on disk where need be: a partition gets its rows in order
    grouped = sent.repartitionAndSortWithinPartitions(job.partitions, _partition)
    parts = grouped.mapPartitionsWithIndex(partial(process_part, job))
    merged = parts.reduceByKey(_merge, job.shares + 1, _itself)
    total = Summary()
    total.corrections = job.corrections.again()
    for summary in merged.map(partial(_write, job)).collect():
        total.add(summary)
    return total


def _partition(address: tuple[int, ...]) -> int:
    return address[0]


def _itself(number: int) -> int:
    return number


def _merge(one: Register | Summary, other: Register | Summary) -> Register | Summary:
    if isinstance(one, Register) and isinstance(other, Register):
        one.merge(other)
    elif isinstance(one, Summary) and isinstance(other, Summary):
        one.add(other)
    return one


def _write(job: Job, numbered: tuple[int, Register | Summary]) -> Summary:
    number, found = numbered
    return found if isinstance(found, Summary) else write_shared(job, number, found)
