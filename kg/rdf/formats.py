"""The RDF formats: each knows its name, media type and file extension, with the look-ups beside.

Source of names and media types: the W3C recommendations and the IANA registry.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

__all__ = ["FORMATS", "TURTLE", "Format", "by_extension", "by_media_type"]


class Format(NamedTuple):
    """An RDF syntax. ``iri`` names it as the W3C does; ``extensions`` begin with the usual one."""

    name: str
    label: str
    iri: str
    media_type: str
    extensions: tuple[str, ...]

    @property
    def extension(self) -> str:
        """The usual file extension, without a dot."""
        return self.extensions[0]


_W3C = "http://www.w3.org/ns/formats/"

TURTLE = Format("turtle", "Turtle", _W3C + "Turtle", "text/turtle", ("ttl",))
FORMATS = (
    TURTLE,
    Format("ntriples", "N-Triples", _W3C + "N-Triples", "application/n-triples", ("nt",)),
    Format("jsonld", "JSON-LD", _W3C + "JSON-LD", "application/ld+json", ("jsonld", "json")),
    Format("rdfxml", "RDF/XML", _W3C + "RDF_XML", "application/rdf+xml", ("rdf", "owl", "xml")),
    Format("nquads", "N-Quads", _W3C + "N-Quads", "application/n-quads", ("nq",)),
    Format("trig", "TriG", _W3C + "TriG", "application/trig", ("trig",)),
    Format("n3", "Notation3", _W3C + "N3", "text/n3", ("n3",)),
)

_BY_MEDIA_TYPE = {entry.media_type: entry for entry in FORMATS}
_BY_EXTENSION = {extension: entry for entry in FORMATS for extension in entry.extensions}


def by_media_type(media_type: str) -> Format | None:
    """Return the format of that media type, parameters left aside: ``text/turtle``."""
    return _BY_MEDIA_TYPE.get(media_type.partition(";")[0].strip().lower())


def by_extension(path: str | Path) -> Format | None:
    """Return the format that a file's name tells: ``graph.ttl``."""
    return _BY_EXTENSION.get(Path(path).suffix.lstrip(".").lower())
