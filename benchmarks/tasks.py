"""What is measured: each task is one stage, or what stands beside it, in a process of its own.

    python -m benchmarks.tasks NAME ARGUMENT…

A task gets ready, does its work and prints the seconds of the work alone, of the clock and of the
processor, as JSON. So neither starting an interpreter nor reading a graph counts where it is not
what is compared.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

BASE = "https://w3id.org/interreg-kg/"


def write_bytes(source: Path, target: Path) -> Callable[[], None]:
    """Write the bytes of a file, and wait until they are on the disk."""
    data = source.read_bytes()

    def work() -> None:
        with target.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    return work


def map_by_hand(folder: Path, target: Path) -> Callable[[], None]:
    """Map both CSV files with f-strings, as a script for this one layout would.

    It reads no value with care, cleans, checks and accounts for nothing, and knows organisations
    by their names alone.
    """
    from benchmarks.by_hand import write_triples

    return lambda: write_triples(folder, target, BASE)


def map_records(folder: Path, target: Path) -> Callable[[], None]:
    """Read the CSV files to records and map them to N-Triples, in one process, unvalidated."""
    from kg.mapping import Register, project_rows
    from kg.memory import rare_collections
    from kg.pipeline import make_tools
    from kg.settings import Settings
    from kg.sources import examine_inputs, read_input
    from kg.terms import to_ntriples

    tools = make_tools(Settings())

    def work() -> None:
        inputs = examine_inputs([folder])
        with (
            rare_collections(),
            closing(Register(tools.known_themes)) as register,
            target.open("wb") as file,
        ):
            for item in inputs.items:
                for reading in read_input(item):
                    if reading.project is not None:
                        register.add(reading.project)
                        lines = tools.emitter.emit(project_rows(reading.project))
                        file.write(to_ntriples(lines))
            shared = tools.emitter.emit(register.rows(f.source for f in inputs.files))
            file.write(to_ntriples([*shared, *tools.reference]))

    return work


def validate_file(graph: Path) -> Callable[[], None]:
    """Validate a file of N-Triples with the Rust engine alone, on one core, as one graph."""
    import shacl

    from kg.validation import load_shapes

    shapes = shacl.Shapes.from_turtle(load_shapes().text)
    return lambda: shapes.validate_file(str(graph))


def validate_first(graph: Path, engine: str, projects: str) -> Callable[[], None]:
    """Validate the first projects of a graph, with what they share, by an engine of kg."""
    from kg.validation import load_shapes, validator

    validate = validator(load_shapes().text, engine)
    lines = list(_first(graph, int(projects)))
    return lambda: validate(lines)


def _first(graph: Path, projects: int) -> Iterator[str]:
    """Yield the triples of the first projects and all shared ones that these name."""
    named: set[str] = set()
    seen, is_shared = 0, False
    type_of = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    with graph.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            subject, predicate, term = line[:-3].split(" ", 2)
            if predicate == type_of and term.endswith("#Project>"):
                seen += 1
            is_shared = is_shared or subject.startswith((f"<{BASE}organisation", f"<{BASE}source"))
            if not is_shared and seen <= projects:
                named.add(term)
                yield line[:-1]
            elif is_shared and (subject in named or not subject.startswith(f"<{BASE}org")):
                yield line[:-1]


def write_turtle(graph: Path) -> Callable[[], None]:
    """Write triples as Turtle, as a build does."""
    from kg.serialisation import TurtleWriter
    from kg.vocabulary import PREFIXES

    blocks = list(_blocks(graph))

    def work() -> None:
        writer = TurtleWriter(PREFIXES, BASE)
        with Path(os.devnull).open("w", encoding="utf-8") as file:
            for block in blocks:
                file.write(writer.block(block))

    return work


def write_jsonld(graph: Path) -> Callable[[], None]:
    """Write triples as JSON-LD, as a build does."""
    from kg.mapping import EMBEDDED, json_ld_context
    from kg.serialisation import JsonLdWriter

    blocks = list(_blocks(graph))

    def work() -> None:
        writer = JsonLdWriter(json_ld_context(BASE), EMBEDDED)
        with Path(os.devnull).open("w", encoding="utf-8") as file:
            for block in blocks:
                for node in writer.block(block):
                    file.write(node)

    return work


def _blocks(graph: Path) -> Iterator[list[str]]:
    block: list[str] = []
    with graph.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            if "#type> <https://w3id.org/interreg-kg/ontology#Project>" in line and block:
                yield block
                block = []
            block.append(line[:-1])
    yield block


def write_rdflib(graph: Path, name: str) -> Callable[[], None]:
    """Let rdflib serialise a graph that it has read before."""
    import rdflib

    data = rdflib.Graph().parse(graph, format="nt")
    return lambda: data.serialize(os.devnull, format=name)


def load_pieces(graph: Path, store: Path) -> Callable[[], None]:
    """Load a file of N-Triples as a build does, in pieces."""
    from kg.store import StoreWriter

    def work() -> None:
        with StoreWriter(store) as writer, graph.open("rb") as file:
            while lines := file.readlines(40_000):
                writer.add(b"".join(lines))

    return work


def load_file(graph: Path, store: Path) -> Callable[[], None]:
    """Load a file of N-Triples with Oxigraph's own loader, at once."""
    import pyoxigraph

    def work() -> None:
        loaded = pyoxigraph.Store(store)
        loaded.bulk_load(path=str(graph), format=pyoxigraph.RdfFormat.N_TRIPLES)
        loaded.flush()

    return work


def query_store(output: Path, query: str) -> Callable[[], None]:
    """Ask a build a named query; the store is open."""
    from kg.query.engines import open_engine

    return _query(query, open_engine(output))


def query_rdflib(graph: Path, query: str) -> Callable[[], None]:
    """Ask rdflib a named query; the graph is in memory."""
    import rdflib

    from kg.query.engines import open_engine

    return _query(query, open_engine(rdflib.Graph().parse(graph, format="nt")))


def _query(name: str, ask: Callable[[str], object]) -> Callable[[], None]:
    from kg.query import find_query, prepare_query

    query = find_query(name)
    given = {"id": "Prog000500"} if any(p.name == "id" for p in query.parameters) else {}
    text = prepare_query(query, given)

    def work() -> None:
        ask(text)

    return work


TASKS: tuple[Callable[..., Callable[[], None]], ...] = (
    write_bytes, map_by_hand, map_records, validate_file, validate_first, write_turtle,
    write_jsonld, write_rdflib, load_pieces, load_file, query_store, query_rdflib,
)  # fmt: skip


def main(name: str, *arguments: str) -> None:
    """Do a task; print its seconds."""
    task = next(task for task in TASKS if task.__name__ == name)
    work = task(*(Path(a) if "/" in a else a for a in arguments))
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    spent = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    sys.stdout.write(json.dumps(spent))


if __name__ == "__main__":
    csv.field_size_limit(1_000_000)
    main(*sys.argv[1:])
