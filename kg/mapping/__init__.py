"""Records → triples, by one declared mapping, and that mapping in standard forms.

Begin with ``declaration.py``: it is the mapping.
"""

from kg.mapping.context import json_ld_context
from kg.mapping.declaration import EMBEDDED, MAPPING, PROJECT_TABLES, SHARED_TABLES
from kg.mapping.emit import Emitter
from kg.mapping.register import Register, country_rows
from kg.mapping.rml import rml_mapping
from kg.mapping.rows import project_rows
from kg.mapping.tables import COLUMNS, Row

__all__ = [
    "COLUMNS",
    "EMBEDDED",
    "MAPPING",
    "PROJECT_TABLES",
    "SHARED_TABLES",
    "Emitter",
    "Register",
    "Row",
    "country_rows",
    "json_ld_context",
    "project_rows",
    "rml_mapping",
]
