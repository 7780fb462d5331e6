"""Records → triples, by one declared mapping, and that mapping in standard forms.

Begin with ``declaration.py``: it is the mapping.
"""

from kg.mapping.context import json_ld_context
from kg.mapping.declaration import EMBEDDED, MAPPING, PROJECT_TABLES, SHARED_TABLES
from kg.mapping.emit import Emitter
from kg.mapping.read_back import Block, Lost, project_blocks, read_project
from kg.mapping.read_objects import REFERENCES
from kg.mapping.register import Register, country_rows
from kg.mapping.rml import rml_mapping
from kg.mapping.rows import project_rows
from kg.mapping.rules import class_rule, derived_rule, link_rule, stating_field
from kg.mapping.shared_nodes import GraphCounts, SharedNodes
from kg.mapping.tables import COLUMNS, Row
from kg.mapping.trace import Traced, TracingEmitter

__all__ = [
    "COLUMNS",
    "EMBEDDED",
    "MAPPING",
    "PROJECT_TABLES",
    "REFERENCES",
    "SHARED_TABLES",
    "Block",
    "Emitter",
    "GraphCounts",
    "Lost",
    "Register",
    "Row",
    "SharedNodes",
    "Traced",
    "TracingEmitter",
    "class_rule",
    "country_rows",
    "derived_rule",
    "json_ld_context",
    "link_rule",
    "project_blocks",
    "project_rows",
    "read_project",
    "rml_mapping",
    "stating_field",
]
