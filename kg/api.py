"""The Python interface: build, validate and query in three lines.

Paths may be text or :class:`pathlib.Path`. Errors are :class:`kg.problems.KgError`; that data does
not conform is a result and no error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.pipeline import BuildResult, Validation, build, validate_files, validate_triples
from kg.problems import InputError
from kg.settings import read_settings

if TYPE_CHECKING:
    import rdflib

    from kg.changes import Changes
    from kg.query import QueryResult

__all__ = ["build_graph", "diff_graphs", "query_graph", "validate_graph"]


def build_graph(
    sources: str | Path | Iterable[str | Path],
    output: str | Path = "output",
    *,
    profiles: str | Path | Iterable[str | Path] = (),
    base: str | None = None,
    engine: str | None = None,
    strict: bool | None = None,
    corrections: str | Path | None = None,
    workers: int | None = None,
) -> BuildResult:
    """Turn source files into a published graph in a folder.

    Args:
        sources: a file, a folder of files, or several of them.
        output: the folder; it is replaced as a whole, and only at the end.
        profiles: the layout of the sources, a name or the path of a profile, or several to choose
            from; without any, each source is recognised.
        base: IRI below which the data's IRIs are minted.
        engine: ``shacl`` or ``pyshacl``.
        strict: hold records back on warnings too.
        corrections: a file of values to put right.
        workers: threads that validate; the outputs do not depend on it.

    Raises:
        InputError: a source or a setting cannot be used; nothing was published.
        OutputError: the outputs could not be written; the old ones stay.
    """
    paths = _paths(sources)
    if not paths:
        raise InputError("There is nothing to build.", remedy="Name at least one file or folder.")
    given: dict[str, object] = {"base": base, "engine": engine, "strict": strict}
    given["profiles"] = [str(path) for path in _paths(profiles)] or None
    if corrections is not None:
        given["corrections"] = str(corrections)
    settings = read_settings(paths, given)
    return build(paths, Path(output), settings, workers=workers)


def validate_graph(
    data: str | Path | Iterable[str | Path] | rdflib.Graph, *, engine: str = "shacl"
) -> Validation:
    """Validate RDF files, the folder of a build, or an rdflib graph, against the shapes.

    Raises:
        InputError: a file cannot be read, or is not RDF, or a folder holds no graph.
    """
    if isinstance(data, (str, Path)) or not hasattr(data, "serialize"):
        paths = _paths(data)
        if not paths:
            raise InputError("There is nothing to validate.", remedy="Name at least one file.")
        return validate_files(paths, engine=engine)
    # only the line feed ends a triple; str.splitlines would also cut at U+2028 inside a literal
    lines = data.serialize(format="nt").split("\n")
    return validate_triples((line for line in lines if line), engine=engine)


def query_graph(
    query: str,
    on: str | Path | rdflib.Graph = "output",
    parameters: Mapping[str, object] | None = None,
) -> QueryResult:
    """Run a named query, or SPARQL text, on a build's folder, an RDF file or an rdflib graph.

    Raises:
        QueryError: there is no such query, it cannot be read, or a parameter does not fit.
    """
    from kg.query import run_query

    return run_query(query, on=on, parameters=parameters)


def diff_graphs(old: str | Path, new: str | Path) -> Changes:
    """Return what is different between two builds, or between two files of N-Triples or Turtle.

    Raises:
        InputError: a graph cannot be read, or is not what its manifest says.
    """
    from kg.changes import compare

    return compare(Path(old), Path(new))


def _paths(sources: str | Path | Iterable[str | Path]) -> list[Path]:
    if isinstance(sources, (str, Path)):
        sources = [sources]
    return [_path(source) for source in sources]


def _path(source: str | Path) -> Path:
    if source == "":
        raise InputError(
            "The path is empty.", remedy="Name the current folder as . if it is meant."
        )
    return Path(source)
