"""Triples → Turtle, JSON-LD and N-Triples, and RDF of any syntax → triples."""

from kg.serialisation.formats import FORMATS, TURTLE, Format, by_extension, by_media_type
from kg.serialisation.jsonld import JsonLdWriter
from kg.serialisation.parse import iterate_rdf, parse_rdf, read_rdf
from kg.serialisation.parts import graph_files, parts_of, refuse_parts
from kg.serialisation.turtle import TurtleWriter

__all__ = [
    "FORMATS",
    "TURTLE",
    "Format",
    "JsonLdWriter",
    "TurtleWriter",
    "by_extension",
    "by_media_type",
    "graph_files",
    "iterate_rdf",
    "parse_rdf",
    "parts_of",
    "read_rdf",
    "refuse_parts",
]
