"""Triples + shapes → results. The only place that imports SHACL engines."""

from kg.validation.engines import Validate, validator
from kg.validation.results import Result, report_head, result_lines
from kg.validation.shapes import ShapeCard, Shapes, load_shapes

__all__ = [
    "Result",
    "ShapeCard",
    "Shapes",
    "Validate",
    "load_shapes",
    "report_head",
    "result_lines",
    "validator",
]
