"""Triples → Turtle and JSON-LD."""

from kg.serialisation.jsonld import JsonLdWriter
from kg.serialisation.turtle import TurtleWriter

__all__ = ["JsonLdWriter", "TurtleWriter"]
