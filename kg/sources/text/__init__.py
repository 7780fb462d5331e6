"""The text source: records as copied from a project database; begin with ``records.py``.

Lines are cut into blocks (``blocks.py``), a block into the fields of a project (``records.py``)
and its partners (``partners.py``), a partner line into cells (``partner_line.py``, with its parts).
"""

from kg.sources.text.records import read_lines, read_text

__all__ = ["read_lines", "read_text"]
