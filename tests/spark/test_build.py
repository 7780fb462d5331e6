"""A build on Spark gives what the local build gives: graph, problems, rejects and ledger."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rdflib

from kg.pipeline import build
from kg.problems import InputError, OutputError, Refused, RemoteError
from kg.settings import Settings
from kg.spark import build_with_spark
from kg.spark.session import spark_errors
from tests.spark import fake
from tests.spark.generate import write

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PARTED = {"graph": "nt", "problems": "jsonl", "rejects": "jsonl"}


def lines(folder: Path, kind: str) -> list[str]:
    """Return the lines of an output, of one file or of parts, sorted."""
    whole = folder / f"{kind}.{PARTED[kind]}"
    parts = [whole] if whole.exists() else sorted((folder / kind).iterdir())
    return sorted(line for part in parts for line in part.read_bytes().decode().split("\n") if line)


def manifest(folder: Path) -> dict[str, object]:
    found = json.loads((folder / "manifest.json").read_text())
    own = {"graph", "parts", "left_out"}
    return {name: value for name, value in found.items() if name not in own}


def assert_alike(local: Path, other: Path) -> None:
    for kind in PARTED:
        assert Counter(lines(other, kind)) == Counter(lines(local, kind)), kind
    assert manifest(other) == manifest(local)


def both(
    spark: SparkSession, source: Path, folder: Path, settings: Settings | None = None
) -> tuple[Path, Path]:
    """Build a source in both ways."""
    settings = settings or Settings()
    build([source], folder / "local", settings)
    build_with_spark([source], folder / "spark", settings, spark, partitions=5)
    return folder / "local", folder / "spark"


@pytest.mark.slow
def test_ten_thousand_projects_some_damaged(real_spark: SparkSession, tmp_path: Path) -> None:
    source = write(tmp_path / "source", 10_000, damaged=0.03)
    local, other = both(real_spark, source, tmp_path)
    assert_alike(local, other)
    problems = json.loads((local / "manifest.json").read_text())["problems"]
    told = {"duplicate-record", "duplicate-conflict", "id-case", "partner-orphan", "row-ragged"}
    assert told <= set(problems)
    assert {"cci-form", "partner-foreign", "required", "column-unknown"} <= set(problems)


def test_clean_projects(spark: SparkSession, tmp_path: Path) -> None:
    source = write(tmp_path / "source", 300)
    local, other = both(spark, source, tmp_path)
    assert_alike(local, other)
    assert not lines(other, "rejects")


def test_much_damage_and_strict_settings(spark: SparkSession, tmp_path: Path) -> None:
    source = write(tmp_path / "source", 300, damaged=0.5, seed=3)
    assert_alike(*both(spark, source, tmp_path, Settings(strict=True, base="https://x.example/")))


def test_several_files_of_a_kind(spark: SparkSession, tmp_path: Path) -> None:
    source = write(tmp_path / "source", 40, damaged=0.2)
    write(source / "elsewhere", 30, damaged=0.2, seed=5)
    text = (source / "projects.csv").read_text()
    (source / "again.csv").write_text(text)
    assert_alike(*both(spark, source, tmp_path))


@pytest.mark.parametrize("partitions", [1, 2, 31])
def test_the_number_of_partitions_changes_nothing(
    spark: SparkSession, tmp_path: Path, partitions: int
) -> None:
    source = write(tmp_path / "source", 40, damaged=0.3)
    build([source], tmp_path / "local", Settings())
    build_with_spark([source], tmp_path / "spark", Settings(), spark, partitions=partitions)
    assert_alike(tmp_path / "local", tmp_path / "spark")


def test_corrections(spark: SparkSession, tmp_path: Path) -> None:
    source = write(tmp_path / "source", 20)
    text = (
        "source,record,field,stated,right,reason,by\n"
        "*,Prog000003,acronym,ACR3,RIGHT,a reason,someone\n"
        "*,Prog000004,acronym,wrong,RIGHT,a reason,someone\n"
        "*,Prog000005-001,town,*,Graz,a reason,someone\n"
        "*,Nowhere,acronym,x,RIGHT,a reason,someone\n"
    )
    (tmp_path / "corrections.csv").write_text(text)
    settings = Settings(corrections=str(tmp_path / "corrections.csv"))
    assert_alike(*both(spark, source, tmp_path, settings))


def test_a_workbook_is_refused(spark: SparkSession, tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    with xlsxwriter.Workbook(tmp_path / "projects.xlsx") as book:
        sheet = book.add_worksheet("projects")
        sheet.write_row(0, 0, ["project_id", "programme", "title"])
        sheet.write_row(1, 0, ["P1", "A", "One"])
    with pytest.raises(InputError, match="reads no files of the layout ‹exchange›") as told:
        build_with_spark([tmp_path / "projects.xlsx"], tmp_path / "out", Settings(), spark)
    assert "CSV or Parquet" in str(told.value)
    assert not (tmp_path / "out").exists()


ROW = re.compile(r"source/(\w+)\.csv#row=([0-9]+)")


def without_sources(found: Iterable[str]) -> Counter[str]:
    """Return triples without those that describe the files."""
    about = ("source/projects.", "source/partners.")
    return Counter(
        line for line in found if not any(line.split(" ")[0].split("#")[0].find(a) > 0
                                          and "#row" not in line.split(" ")[0] for a in about)
    )  # fmt: skip


def as_parquet(line: str) -> str:
    """Return a triple as it is where the row stands in a Parquet file, which has no header."""
    line = ROW.sub(lambda m: f"source/{m[1]}.parquet#row={int(m[2]) - 1}", line)
    return line.replace("source/projects.csv", "source/projects.parquet").replace(
        "source/partners.csv", "source/partners.parquet"
    )


def write_parquet(spark: SparkSession, source: Path, folder: Path, casts: dict[str, str]) -> Path:
    """Write CSV files as one Parquet file each, some columns as other types."""
    from pyspark.sql import functions

    folder.mkdir()
    for name in ("projects", "partners"):
        frame = spark.read.csv(
            str(source / f"{name}.csv"), header=True, multiLine=True, escape='"'
        ).coalesce(1)
        for column, kind in casts.items():
            if column in frame.columns:
                value = functions.col(column)
                if kind.startswith("decimal"):
                    plain = functions.regexp_replace(value, r"\.", "")
                    value = functions.regexp_replace(plain, ",", ".")
                made = (
                    functions.to_date(value, "dd.MM.yyyy") if kind == "date" else value.cast(kind)
                )
                frame = frame.withColumn(column, made)
        frame.write.parquet(str(folder / "written"), mode="overwrite")
        (part,) = (folder / "written").glob("part-*.parquet")
        part.rename(folder / f"{name}.parquet")
    for left in sorted((folder / "written").iterdir()):
        left.unlink()
    (folder / "written").rmdir()
    return folder


TYPED = {
    "total_budget": "decimal(18,2)",
    "start_date": "date",
    "partner_count": "int",
    "country_count": "double",
}


@pytest.mark.parametrize("casts", [{}, TYPED], ids=["text", "typed"])
def test_parquet(real_spark: SparkSession, tmp_path: Path, casts: dict[str, str]) -> None:
    source = write(tmp_path / "source", 60)
    build([source], tmp_path / "local", Settings())
    parquet = write_parquet(real_spark, source, tmp_path / "parquet", casts)
    build_with_spark([parquet], tmp_path / "spark", Settings(), real_spark)
    local = (as_parquet(line) for line in lines(tmp_path / "local", "graph"))
    assert without_sources(lines(tmp_path / "spark", "graph")) == without_sources(local)


def test_parquet_in_many_parts(real_spark: SparkSession, tmp_path: Path) -> None:
    source = write(tmp_path / "source", 60)
    folder = tmp_path / "parquet"
    for name in ("projects", "partners"):
        frame = real_spark.read.csv(str(source / f"{name}.csv"), header=True, multiLine=True)
        frame.repartition(3).write.parquet(str(folder / f"{name}.parquet"))
    result = build_with_spark([folder], tmp_path / "spark", Settings(), real_spark)
    assert (result.manifest.projects, len(result.manifest.inputs)) == (60, 6)
    assert len(result.graph()) == result.manifest.triples
    assert len(result.problems()) == sum(result.manifest.problems.values())
    assert result.manifest.held == {"records": 0, "partners": 0, "fields": 0}


def test_a_column_that_is_no_value_is_told(real_spark: SparkSession, tmp_path: Path) -> None:
    frame = real_spark.sql("SELECT 'P1' AS project_id, 'A' AS programme, array('x') AS title")
    frame.write.parquet(str(tmp_path / "projects.parquet"))
    with pytest.raises(InputError, match="title is of the type array<string>"):
        build_with_spark([tmp_path / "projects.parquet"], tmp_path / "out", Settings(), real_spark)


@pytest.fixture(params=["UTC", "America/New_York"])
def zone(request: pytest.FixtureRequest, real_spark: SparkSession) -> Iterator[str]:
    """The time zone of the session, one after the other."""
    before = real_spark.conf.get("spark.sql.session.timeZone")
    real_spark.conf.set("spark.sql.session.timeZone", request.param)
    yield request.param
    real_spark.conf.set("spark.sql.session.timeZone", before)


def write_project(spark: SparkSession, folder: Path, key: str, *more: str) -> Path:
    """Write a project and its partner as Parquet; more columns of the project come as SQL."""
    project = (f"'{key}' AS project_id", "'A' AS programme", "'A title' AS title", *more)
    partner = (project[0], f"'{key}-1' AS partner_id", "'LP' AS role", "'One' AS name")
    for name, columns in (("projects", project), ("partners", partner)):
        spark.sql(f"SELECT {', '.join(columns)}").write.parquet(str(folder / f"{name}.parquet"))
        (part,) = (folder / f"{name}.parquet").glob("part-*.parquet")
        part.rename(part.with_name("part-0.parquet"))
    return folder


MIDNIGHTS = {
    "timestamp": ("2019-12-31 23:00:00Z", "2022-06-30 21:59:59.5Z"),
    "timestamp_ntz": ("2020-01-01 00:00:00", "2022-06-30 23:59:59.5"),
}
"""The begin of a day and the end of another in Berlin, by the types of Spark."""


@pytest.mark.parametrize("kind", ["timestamp", "timestamp_ntz"])
def test_a_timestamp_is_the_same_day_on_every_machine(
    real_spark: SparkSession, tmp_path: Path, zone: str, kind: str
) -> None:
    """A moment is in UTC, as if a CSV file said so, and told where it was moved."""
    start, end = MIDNIGHTS[kind]
    days = (f"{kind}'{start}' AS start_date", f"{kind}'{end}' AS end_date")
    source = write_project(real_spark, tmp_path / "source", "P1", *days)
    build_with_spark([source], tmp_path / "spark", Settings(), real_spark, partitions=1)
    graph = "\n".join(lines(tmp_path / "spark", "graph"))
    assert re.findall(r'#startDate> "([0-9-]+)"', graph) == ["2020-01-01"]
    assert re.findall(r'#endDate> "([0-9-]+)"', graph) == ["2022-06-30"]
    told = [json.loads(line) for line in lines(tmp_path / "spark", "problems")]
    shifted = [problem["value"] for problem in told if problem["code"] == "date-shifted"]
    assert shifted == ([start] if kind == "timestamp" else [])
    assert real_spark.conf.get("spark.sql.session.timeZone") == zone


def test_a_moment_of_no_certain_day_is_held_back(real_spark: SparkSession, tmp_path: Path) -> None:
    evening = "timestamp'2020-01-01 22:30:00Z' AS start_date"
    source = write_project(real_spark, tmp_path / "source", "P1", evening)
    out = tmp_path / "spark"
    result = build_with_spark([source], out, Settings(), real_spark, partitions=1)
    assert result.manifest.problems["date-ambiguous"] == 1
    assert result.manifest.held["fields"] == 1
    assert not [line for line in lines(out, "graph") if "#startDate>" in line]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Interreg [2014-2020]", "Interreg 2"),
        ("{one,two}", "one"),
        ("*?", "one"),
        ("back\\slash", "backslash"),
        ("100%25 #1 ü", "100% #1 ü"),
    ],
)
def test_signs_of_patterns_in_a_path(
    real_spark: SparkSession, tmp_path: Path, name: str, other: str
) -> None:
    """A path names one file, whatever is beside it."""
    source = write_project(real_spark, tmp_path / name, "P1")
    write_project(real_spark, tmp_path / other, "P2")
    build_with_spark([source], tmp_path / "spark", Settings(), real_spark, partitions=1)
    graph = "\n".join(lines(tmp_path / "spark", "graph"))
    assert "project/P1>" in graph
    assert "project/P2>" not in graph


def test_the_cores_of_a_machine_change_no_byte(tmp_path: Path) -> None:
    source = write(tmp_path / "source", 60)

    def built(cores: int) -> dict[str, bytes]:
        build_with_spark([source], tmp_path / "out", Settings(), fake.session(cores))
        files = (path for path in (tmp_path / "out").rglob("*") if path.is_file())
        return {str(path): path.read_bytes() for path in files}

    assert built(1) == built(64)


def test_the_parts_are_whole_files(spark: SparkSession, tmp_path: Path) -> None:
    source = write(tmp_path / "source", 30, damaged=0.3)
    _, other = both(spark, source, tmp_path)
    report, graph = rdflib.Graph(), rdflib.Graph()
    for part in (other / "report").iterdir():
        report.parse(part, format="turtle")
    for part in (other / "graph").iterdir():
        graph.parse(part, format="nt")
    local = rdflib.Graph().parse(tmp_path / "local" / "report.ttl", format="turtle")
    assert set(report) == set(local)
    counts = json.loads((other / "manifest.json").read_text())
    assert len(graph) == counts["triples"]
    assert {f"graph/{part.name}" for part in (other / "graph").iterdir()} == set(counts["parts"])
    dataset = (other / "dataset.ttl").read_text()
    assert all(name in dataset for name in counts["parts"])
    assert not list(other.rglob(".*"))


def test_the_same_build_again_gives_the_same_bytes(spark: SparkSession, tmp_path: Path) -> None:
    source = write(tmp_path / "source", 30, damaged=0.3)

    def built() -> dict[str, bytes]:
        build_with_spark([source], tmp_path / "out", Settings(), spark, partitions=3)
        files = (path for path in (tmp_path / "out").rglob("*") if path.is_file())
        return {str(path): path.read_bytes() for path in files}

    assert built() == built()


BROKEN = 'project_id,programme,title\nP1,A,One\nP2,A,"never closed\n'


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"projects.csv": BROKEN}, "csv-syntax"),
        ({"projects.csv": "project_id,programme,title,total_budget\n" + BROKEN[27:]}, "csv-syntax"),
        ({"projects.csv": "project_id,programme,title\n"}, "no-records"),
        ({"partners.csv": "project_id,partner_id,role,name\nP1,P1-1,LP,A\n"}, "no-records"),
    ],
    ids=["quote", "quote with styles", "no row", "no projects"],
)
def test_a_file_that_cannot_be_used_stops_the_build(
    spark: SparkSession, tmp_path: Path, files: dict[str, str], code: str
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name, text in files.items():
        (source / name).write_text(text)
    build_with_spark([write(tmp_path / "good", 3)], tmp_path / "out", Settings(), spark)
    before = (tmp_path / "out" / "manifest.json").read_bytes()
    with pytest.raises(Refused) as local:
        build([source], tmp_path / "local", Settings())
    with pytest.raises(Refused) as refused:
        build_with_spark([source], tmp_path / "out", Settings(), spark)
    assert refused.value.problems == local.value.problems
    assert [problem.code for problem in refused.value.problems] == [code]
    assert (tmp_path / "out" / "manifest.json").read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"source", "good", "out"}


def test_what_is_no_table_of_rows_is_told(
    spark: SparkSession, tmp_path: Path, examples: Path
) -> None:
    with pytest.raises(InputError, match="reads no files of the layout ‹text›"):
        build_with_spark([examples], tmp_path / "out", Settings(), spark)
    (tmp_path / "projects.json").write_text('[{"project_id":"P1","programme":"A","title":"One"}]')
    with pytest.raises(InputError, match="reads no files of the layout ‹exchange›"):
        build_with_spark([tmp_path / "projects.json"], tmp_path / "out", Settings(), spark)


def test_a_build_is_no_source_and_is_replaced(spark: SparkSession, tmp_path: Path) -> None:
    source = write(tmp_path / "source", 3)
    for _ in range(2):
        build_with_spark([source], source / "output", Settings(), spark)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="mine"):
        build_with_spark([source], tmp_path / "other", Settings(), spark)


def test_why_a_task_failed_is_told(real_spark: SparkSession) -> None:
    def fail(number: int) -> int:
        raise ValueError(f"number {number} is odd")

    with (
        pytest.raises(RemoteError, match="Spark gave up: ValueError: number 1 is odd"),
        spark_errors(),
    ):
        real_spark.sparkContext.parallelize([1], 1).map(fail).collect()
