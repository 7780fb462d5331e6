"""The rejects file: what a build held back, repaired by people and read again.

``entries.py`` is what stands in a line of it, ``repairs.py`` puts what was changed in the place of
what the source states (``row.py`` one row), ``without_source.py`` reads entries whose source is not
there.
"""

from kg.sources.rejects.entries import (
    Raw,
    Reason,
    RejectsEntry,
    cell_keys,
    digest,
    row_cells,
    shown,
    stated,
)
from kg.sources.rejects.repairs import LAYOUT, Repair, Repairs, is_rejects_file, read_repairs
from kg.sources.rejects.without_source import read_rejected

__all__ = [
    "LAYOUT",
    "Raw",
    "Reason",
    "RejectsEntry",
    "Repair",
    "Repairs",
    "cell_keys",
    "digest",
    "is_rejects_file",
    "read_rejected",
    "read_repairs",
    "row_cells",
    "shown",
    "stated",
]
