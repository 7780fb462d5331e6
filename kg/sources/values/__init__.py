"""Raw values → typed values, by the kind of their field and the style of their column.

Each parser is pure and gives a :class:`Parsed`: the value, or ``None`` where there is none to
publish, and a finding where a reader should know something. A finding bears a problem code, whose
level says what it costs. ``parse`` lists the parsers, a module for each concept.
"""

from kg.sources.values.categories import is_theme_code, parse_themes
from kg.sources.values.entries import UNDETERMINED, join_entries
from kg.sources.values.finding import (
    EDGES,
    Finding,
    Parsed,
    clean,
    control_finding,
    invisible_finding,
    is_usable_id,
    lost_finding,
)
from kg.sources.values.locations import find_crs, to_location
from kg.sources.values.parse import parse_value, value_parser
from kg.sources.values.places import state_name
from kg.sources.values.roles import find_role
from kg.sources.values.words import foreign_id_finding

__all__ = [
    "EDGES",
    "UNDETERMINED",
    "Finding",
    "Parsed",
    "clean",
    "control_finding",
    "find_crs",
    "find_role",
    "foreign_id_finding",
    "invisible_finding",
    "is_theme_code",
    "is_usable_id",
    "join_entries",
    "lost_finding",
    "parse_themes",
    "parse_value",
    "state_name",
    "to_location",
    "value_parser",
]
