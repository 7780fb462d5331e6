"""RDF of any syntax → triples, read safely.

Whatever RDF does not come from a build is read here. pyoxigraph does it because it is strict about
syntax and never fetches a remote JSON-LD context (measured; rdflib does both otherwise). RDF/XML
with a document type is refused before it is parsed: its entities can read local files or fill the
memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.problems import InputError
from kg.rdf.formats import FORMATS, Format, by_extension

if TYPE_CHECKING:
    import pyoxigraph

__all__ = ["MAX_RDF_BYTES", "iterate_rdf", "parse_rdf", "read_rdf"]

MAX_RDF_BYTES = 4 * 1024**3
"""Larger RDF files are refused: a store's own loader is the tool for them."""
STREAMED = ("ntriples", "turtle")
"""Formats whose triples can be read one by one."""


def read_rdf(path: Path, base: str | None = None) -> list[str]:
    """Return the triples of an RDF file; its extension tells the format, named graphs are merged.

    Raises:
        InputError: the file cannot be read, its format is not known, or its syntax is wrong.
    """
    if not path.exists():
        raise InputError(
            "There is no such file or folder.", place=str(path), remedy="Check the path."
        )
    fmt = by_extension(path)
    if fmt is None:
        known = ", ".join(f".{extension}" for entry in FORMATS for extension in entry.extensions)
        raise InputError(
            "The file is not RDF that can be recognised.",
            place=str(path),
            remedy=f"Use one of the extensions {known}.",
        )
    try:
        if path.stat().st_size > MAX_RDF_BYTES:
            raise InputError("The file is larger than 4 GiB.", place=str(path))
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"The file cannot be read: {error.strerror}.", place=str(path)) from error
    return list(parse_rdf(data, fmt, place=str(path), base=base))


def parse_rdf(data: bytes, fmt: Format, *, place: str, base: str | None = None) -> Iterator[str]:
    """Yield the triples of RDF text, as canonical N-Triples lines.

    ``place`` names the text in error messages; relative IRIs are resolved against ``base`` and are
    an error without one.

    Raises:
        InputError: the syntax is wrong; the message has the line.
    """
    import pyoxigraph

    if fmt.name == "rdfxml" and b"<!DOCTYPE" in data:
        raise InputError(
            "The file has a document type declaration, which can read other files [xml-dtd].",
            place=place,
            remedy="Remove the <!DOCTYPE …> part.",
        )
    reader = pyoxigraph.parse(
        data, format=pyoxigraph.RdfFormat.from_media_type(fmt.media_type), base_iri=base
    )
    yield from _triples(reader, fmt, place)


def iterate_rdf(path: Path) -> Iterator[str]:
    """Yield the triples of a file of N-Triples or Turtle as it is read, whatever its size.

    Raises:
        InputError: the file cannot be read, is of another format, or its syntax is wrong.
    """
    import pyoxigraph

    fmt = by_extension(path)
    if fmt is None or fmt.name not in STREAMED:
        raise InputError("The file is neither N-Triples nor Turtle.", place=str(path))
    try:
        reader = pyoxigraph.parse(
            path=str(path), format=pyoxigraph.RdfFormat.from_media_type(fmt.media_type)
        )
        yield from _triples(reader, fmt, str(path))
    except OSError as error:
        raise InputError(f"The file cannot be read: {error}.", place=str(path)) from error


def _triples(reader: Iterable[pyoxigraph.Quad], fmt: Format, place: str) -> Iterator[str]:
    try:
        for quad in reader:
            yield f"{quad.triple} ."
    except SyntaxError as error:
        line = f":{error.lineno}:{error.offset}" if error.lineno else ""
        raise InputError(
            f"The syntax is not {fmt.label}: {error.msg} [rdf-syntax].",
            place=f"{place}{line}",
            remedy="Correct this line.",
        ) from error
