"""RDF of any syntax → triples, and the table of its formats."""

from kg.rdf.formats import FORMATS, TURTLE, Format, by_extension, by_media_type
from kg.rdf.merge import read_merged
from kg.rdf.parse import iterate_rdf, parse_rdf, read_rdf

__all__ = [
    "FORMATS",
    "TURTLE",
    "Format",
    "by_extension",
    "by_media_type",
    "iterate_rdf",
    "parse_rdf",
    "read_merged",
    "read_rdf",
]
