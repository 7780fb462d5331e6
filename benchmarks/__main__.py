"""Measures kg beside its peers and writes one table: ``make bench SIZES="1 10" REPEATS=3``.

Sizes are in thousands of projects. Each part takes the largest size that is given and that it can
bear (``MOST``); growth is measured over all of them. Works that are compared run in turn on the
same input; a ratio is taken in each round, and the table gives their median, lowest and highest.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from benchmarks.measure import ROOT, Spent, Spread, ratios, run, side_by_side, spread, task

MORPH = ROOT / ".venv-morph" / "bin" / "python"
SPARK = ROOT / ".venv-spark" / "bin" / "kg"
TABLE = ROOT / "benchmarks" / "README.md"
KG = (sys.executable, "-m", "kg")
FEW = 50
"""Projects that pySHACL validates; its time is scaled by the number of projects."""
PATIENCE = 20.0
"""Seconds after which a query of rdflib is given up."""
LONG = 60.0
"""Seconds after which a query of the store is given up."""
MOST = {"peers": 10, "rdflib": 1, "queries": 50}
"""The largest size, in thousands, that a part can bear."""
REPEATED = 10
"""Growth is measured once beyond this size, in thousands."""


class Row(NamedTuple):
    """A line of the table."""

    what: str
    beside: str
    size: int
    clock: Spread | str
    processor: Spread | str
    goal: str = ""


class Bench:
    """One run: its inputs and outputs in a folder, and the rows that it has found."""

    def __init__(self, folder: Path, sizes: Sequence[int], repeats: int) -> None:
        self.folder = folder
        self.sizes = sorted(sizes)
        self.repeats = repeats
        self._written: dict[str, Spent] = {}

    def rdflib(self, form: str) -> Spent:
        """Let rdflib write a form of the smallest graph, once: it takes minutes."""
        if form not in self._written:
            graph = self.output(self.size("rdflib")) / "graph.nt"
            written = task("write_rdflib", graph, form)
            if written is None:
                raise TimeoutError
            self._written[form] = written
        return self._written[form]

    def size(self, part: str = "") -> int:
        """Return the largest size that a part can bear."""
        most = MOST.get(part, self.sizes[-1])
        return max((size for size in self.sizes if size <= most), default=self.sizes[0])

    def source(self, size: int, *, damaged: bool = False) -> Path:
        """Return the folder with records of this size, made once."""
        folder = self.folder / f"{'damaged' if damaged else 'clean'}-{size}"
        if not folder.exists():
            # in a process of its own: the memory that this one had at its peak would be counted as
            # that of every command that it runs later (measured)
            options = ["--damaged"] if damaged else []
            run([sys.executable, "-m", "benchmarks.generate", str(size * 1000), folder, *options])
        return folder

    def output(self, size: int) -> Path:
        """Return the folder with the outputs of this size, built once."""
        folder = self.folder / f"output-{size}"
        if not folder.exists():
            self.build(self.source(size), folder)
        return folder

    def build(self, source: Path, output: Path, *options: str) -> Spent:
        """Build anew and measure it."""
        shutil.rmtree(output, ignore_errors=True)
        return run([*KG, "build", source, "--output", output, "--quiet", *options])

    def compare(
        self, *works: Callable[[], Spent | None], repeats: int | None = None
    ) -> list[list[Spent]]:
        """Do works side by side."""

        def certain(work: Callable[[], Spent | None]) -> Spent:
            spent = work()
            if spent is None:
                raise TimeoutError
            return spent

        return side_by_side(
            repeats or self.repeats, *[lambda work=work: certain(work) for work in works]
        )


def row(
    what: str, beside: str, size: int, these: list[Spent], those: list[Spent], goal: str = ""
) -> Row:
    """Return the line that compares two works."""
    clock, processor = ratios(these, those, "wall"), ratios(these, those, "cpu")
    return Row(what, beside, size, clock, processor, goal)


def usual_stack(bench: Bench) -> Iterator[Row]:
    """The whole build beside Morph-KGC, then pySHACL, then rdflib for the files."""
    size = bench.size("rdflib")
    graph, tables = bench.output(size) / "graph.nt", _tables(bench, size)
    scale = size * 1000 / FEW

    def stack() -> Spent:
        made = _morph(tables, 2)
        judged = task("validate_first", graph, "pyshacl", str(FEW))
        parts = [made, bench.rdflib("turtle"), bench.rdflib("json-ld")]
        wall = sum(part.wall for part in parts) + (judged.wall * scale if judged else 0)
        cpu = sum(part.cpu for part in parts) + (judged.cpu * scale if judged else 0)
        return Spent(wall, cpu, made.memory)

    ours, theirs = bench.compare(
        lambda: bench.build(bench.source(size), bench.folder / "whole"), stack
    )
    yield row(
        f"Morph-KGC, pySHACL (measured on {FEW} projects and scaled) and rdflib's two writers",
        "the whole build, with its store", size, theirs, ours, "at least 50",
    )  # fmt: skip


def mapping(bench: Bench) -> Iterator[Row]:
    """CSV → N-Triples beside Morph-KGC, a loop written by hand and the bare write."""
    size = bench.size("peers")
    source, graph, tables = (
        bench.source(size),
        bench.output(size) / "graph.nt",
        _tables(bench, size),
    )
    ours, hand, bare, morph = bench.compare(
        lambda: task("map_records", source, bench.folder / "mapped.nt"),
        lambda: task("map_by_hand", source, bench.folder / "by-hand.nt"),
        lambda: task("write_bytes", graph, bench.folder / "bare.nt"),
        lambda: _morph(tables, 2),
    )
    yield row("Morph-KGC with the exported RML, two processes, on tables that are made already",
              "CSV → records → N-Triples, one process", size, morph, ours,
              "at least 2 (clock)")  # fmt: skip
    yield row("CSV → records → N-Triples", "a loop by hand that checks nothing", size, ours, hand)
    yield row("CSV → records → N-Triples", "writing the same bytes", size, ours, bare)


def validation(bench: Bench) -> Iterator[Row]:
    """CSV → validated N-Triples beside the engine alone; the engine beside pySHACL."""
    size = bench.size("peers")
    graph = bench.output(size) / "graph.nt"
    ours, alone = bench.compare(
        lambda: bench.build(bench.source(size), bench.folder / "validated", "--formats", "nt"),
        lambda: task("validate_file", graph),
    )
    yield row("CSV → validated N-Triples, reports and problems",
              "the SHACL engine alone, one core, on the finished file", size, ours, alone,
              "at most 1.2 (clock)")  # fmt: skip
    fast, slow = bench.compare(
        lambda: task("validate_first", graph, "shacl", str(FEW)),
        lambda: task("validate_first", graph, "pyshacl", str(FEW)),
    )
    yield row("pySHACL", f"the engine, {FEW} projects", size, slow, fast)


def files(bench: Bench) -> Iterator[Row]:
    """Turtle and JSON-LD beside rdflib; the store beside Oxigraph's loader."""
    size = bench.size("rdflib")
    graph = bench.output(size) / "graph.nt"
    for name, ours, theirs, goal in (
        ("Turtle", "write_turtle", "turtle", "at least 15"),
        ("JSON-LD", "write_jsonld", "json-ld", ""),
    ):
        fast, slow = bench.compare(
            lambda ours=ours: task(ours, graph),
            lambda name=theirs: bench.rdflib(name),
        )
        yield row(f"rdflib's {name}", name, size, slow, fast, goal)
    size = bench.size("peers")
    graph = bench.output(size) / "graph.nt"

    def load(name: str) -> Spent | None:
        shutil.rmtree(bench.folder / "loaded", ignore_errors=True)
        return task(name, graph, bench.folder / "loaded")

    pieces, whole = bench.compare(lambda: load("load_pieces"), lambda: load("load_file"))
    yield row("the store in pieces, in bounded memory", "Oxigraph's loader at once", size,
              pieces, whole)  # fmt: skip


def growth(bench: Bench) -> Iterator[Row]:
    """Time a project and peak memory as the work grows, and what damaged records cost."""
    first, peers = bench.sizes[0], bench.size("peers")
    peaks: dict[int, float] = {}
    for size in bench.sizes[1:]:
        base, grown = bench.compare(
            lambda: bench.build(bench.source(first), bench.folder / "small"),
            lambda size=size: bench.build(bench.source(size), bench.folder / f"output-{size}"),
            repeats=1 if size > REPEATED else None,
        )
        scaled = [Spent(s.wall * size / first, s.cpu * size / first, s.memory) for s in base]
        yield row(f"the whole build of {size} thousand", f"that of {first} thousand, scaled", size,
                  grown, scaled, "0.85 to 1.15")  # fmt: skip
        peaks[size] = max(s.memory for s in grown)
        ratio = peaks[size] / peaks.get(peers, peaks[size])
        yield Row(f"peak memory of {size} thousand, and its ratio", f"that of {peers} thousand",
                  size, f"{peaks[size] / 1e6:.0f} MB", f"{ratio:.3g}",
                  "under 400 MB; 0.8 to 1.2")  # fmt: skip
    clean, damaged = bench.compare(
        lambda: bench.build(bench.source(peers), bench.folder / "clean"),
        lambda: bench.build(bench.source(peers, damaged=True), bench.folder / "damaged"),
    )
    yield row("the whole build with 3 % damaged", "the same without damage", peers, damaged, clean)
    yield Row("processors that the whole build keeps busy", "of those it has", peers,
              f"{spread([s.cpu / s.wall for s in clean])}", "–")  # fmt: skip


def start_up(bench: Bench) -> Iterator[Row]:
    """Commands beside an interpreter that does nothing."""
    run([*KG, "build", ROOT / "examples", "--output", bench.folder / "example", "--quiet"])
    command = Path(sys.executable).with_name("kg")
    for words, goal in (
        (("--help",), "at most 6"),
        (("query", "lead-partners-by-country", "--on", bench.folder / "example"), "at most 20"),
    ):
        ours, bare = side_by_side(
            max(bench.repeats, 7),
            lambda words=words: run([command, *words]),
            lambda: run([sys.executable, "-c", "pass"]),
        )
        yield row(f"`kg {words[0]}`", "`python -c pass`", 0, ours, bare, goal)


def reuse(bench: Bench) -> Iterator[Row]:
    """A build after a hundredth of the records has changed beside one that makes all anew."""
    size = bench.size("peers")
    source, output = bench.folder / "changing", bench.folder / "reusing"
    shutil.rmtree(source, ignore_errors=True)
    shutil.copytree(bench.source(size), source)
    bench.build(source, output)

    def change() -> Spent:
        _change(source / "projects.csv")
        return run([*KG, "build", source, "--output", output, "--quiet"])

    changed, anew = bench.compare(
        change, lambda: bench.build(source, bench.folder / "anew", "--fresh")
    )
    yield row("a build after 1 % has changed", "one that makes all anew", size, changed, anew,
              "at most 0.1")  # fmt: skip


def _change(projects: Path) -> None:
    """Change the title of every hundredth project."""
    with projects.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for changed in rows[::100]:
        changed["title"] += "!"
    with projects.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def spark(bench: Bench) -> Iterator[Row]:
    """The build on Spark beside the local one, by the clock alone: nobody waits for Java's time."""
    if shutil.which("java") is None or not SPARK.exists():
        _tell("There is no Java or no environment for Spark: that part is left out.")
        return
    size = bench.size("peers")
    source = bench.source(size)

    def on_spark() -> Spent:
        output = bench.folder / "on-spark"
        shutil.rmtree(output, ignore_errors=True)
        words = ("build", source, "--output", output, "--engine", "spark", "--quiet")
        return run([SPARK, *words, "--workers", str(os.cpu_count() or 1)])

    ours, local = bench.compare(
        on_spark, lambda: bench.build(source, bench.folder / "local", "--formats", "nt")
    )
    clock = ratios(ours, local, "wall")
    yield Row(
        "the build on Spark, local threads", "the local one, N-Triples only", size, clock, "–"
    )


PARTS = (start_up, mapping, validation, files, usual_stack, reuse, spark, growth)


def queries(bench: Bench, columns: Collection[str], before: str) -> list[str]:
    """Return the table of the named queries: seconds from the store, and beside rdflib.

    A column that is not asked for is as ``before``: that of rdflib alone takes half an hour.
    """
    from kg.query import all_queries

    known = [
        line.strip("| ").split(" | ") for line in before.splitlines() if line.count(" | ") == 2
    ]
    cells = {name: (seconds, beside) for name, seconds, beside in known}
    title, title_beside = cells.get("Query", ("–", "–"))
    if "queries" in columns:
        title = f"seconds, {bench.size('queries')} thousand projects"
    if "queries_rdflib" in columns:
        title_beside = f"rdflib ÷ store, {bench.size('rdflib')} thousand"
    lines = [f"| Query | {title} | {title_beside} |", "|---|---|---|"]
    for query in all_queries():
        seconds, beside = cells.get(query.name, ("–", "–"))
        if "queries" in columns:
            seconds = _seconds(bench, query.name)
        if "queries_rdflib" in columns:
            beside = _beside_rdflib(bench, query.name)
        lines.append(f"| {query.name} | {seconds} | {beside} |")
        _tell(lines[-1])
    return lines


def _seconds(bench: Bench, query: str) -> str:
    output = bench.output(bench.size("queries"))
    times: list[float] = []
    for _ in range(bench.repeats):
        spent = task("query_store", output, query, timeout=LONG)
        if spent is None:
            return f"over {LONG:.0f}"
        times.append(spent.cpu)
    return f"{spread(times)}"


def _beside_rdflib(bench: Bench, query: str) -> str:
    output = bench.output(bench.size("rdflib"))
    asked = task("query_store", output, query)
    peer = task("query_rdflib", output / "graph.nt", query, timeout=PATIENCE)
    return f"{peer.cpu / asked.cpu:.3g}" if peer and asked else f"over {PATIENCE:.0f} s"


def _tables(bench: Bench, size: int) -> Path:
    """Return a folder with the exported tables and mapping for Morph-KGC, made once."""
    folder = bench.folder / f"tables-{size}"
    if not folder.exists():
        run([*KG, "mapping", "--tables", folder, bench.source(size)])
        from kg.mapping import rml_mapping

        (folder / "mapping.ttl").write_text(rml_mapping("https://w3id.org/interreg-kg/"))
    return folder


def _morph(tables: Path, processes: int) -> Spent:
    (tables / "morph.ini").write_text(
        f"[CONFIGURATION]\noutput_file = made.nt\nnumber_of_processes = {processes}\n"
        "[Interreg]\nmappings = mapping.ttl\n"
    )
    return run([MORPH, "-m", "morph_kgc", "morph.ini"], cwd=tables)


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _line(part: str, found: Row) -> str:
    size = f"{found.size}" if found.size else "–"
    cells = (part, found.what, found.beside, size, found.clock, found.processor, found.goal)
    return f"| {' | '.join(map(str, cells))} |"


HEAD = """# Benchmarks

`make bench` measures and writes this page, but for its last section, which people write;
`make bench SIZES="1 10" REPEATS=3 PARTS="mapping"` measures one part of it anew, which the first
column names; the two columns of the named queries are the parts `queries` and `queries_rdflib`.

Figures are ratios: how often the first takes what the second takes, on the same input in the same
run, works in turn. Three are none: peak memory, which is in MB with its ratio behind it, the
processors that a build keeps busy, and what the store takes for a named query, in seconds of
processor time. Given are the median, the lowest and the highest of the rounds, by the clock and by
processor time; on a machine that does other things besides, the second is the one to trust. Growth
beyond ten thousand and rdflib's writers, which take minutes, are measured once. Sizes are thousands
of generated projects (`generate.py`).
"""


def main() -> None:
    """Measure and write the table."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 10, 50, 200])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--parts", nargs="*", default=[])
    parser.add_argument("--folder", type=Path, help="where inputs and outputs are kept")
    parser.add_argument("--table", type=Path, default=TABLE)
    given = parser.parse_args()
    names = [part.__name__ for part in PARTS]
    wanted = given.parts or [*names, *COLUMNS_OF_QUERIES]
    rows, asked, notes = _before(given.table)
    with tempfile.TemporaryDirectory() as temporary:
        bench = Bench((given.folder or Path(temporary)).resolve(), given.sizes, given.repeats)
        for part in PARTS:
            if part.__name__ in wanted:
                rows[part.__name__] = []
                for found in part(bench):
                    rows[part.__name__].append(_line(part.__name__, found))
                    _tell(rows[part.__name__][-1])
        if set(COLUMNS_OF_QUERIES) & set(wanted):
            asked = "\n".join(["## Named queries", "", *queries(bench, wanted, asked)])
    made = f"Python {platform.python_version()}, {os.cpu_count()} processors, {date.today():%Y-%m}."
    lines = [line for part in PARTS for line in rows.get(part.__name__, ())]
    table = "\n".join([*COLUMNS, *lines])
    text = "\n\n".join(filter(None, [HEAD.strip(), made, table, asked, notes]))
    given.table.write_text(f"{text}\n", encoding="utf-8")


COLUMNS_OF_QUERIES = ("queries", "queries_rdflib")
COLUMNS = (
    "| Part | What | beside | size | clock | processor | goal |",
    "|---|---|---|---|---|---|---|",
)


def _before(table: Path) -> tuple[dict[str, list[str]], str, str]:
    """Return what the page says already: rows by part, the queries, and the notes of people."""
    text = table.read_text(encoding="utf-8") if table.exists() else ""
    text, mark, notes = text.partition("## Where a goal is missed")
    text, title, asked = text.partition("## Named queries")
    names = [part.__name__ for part in PARTS]
    lines = text.splitlines()
    rows = {name: [line for line in lines if line.startswith(f"| {name} |")] for name in names}
    return rows, f"{title}{asked}".strip(), f"{mark}{notes}".strip()


if __name__ == "__main__":
    main()
