"""The text source: records as copied from a project database; begin with ``records.py``.

Lines are cut into blocks (``blocks.py``), a block into the fields of a project (``records.py``)
and its partners (``partners.py``), a partner line into cells (``partner_line.py``, with its parts).
"""

from kg.sources.text.lines import Line, open_lines
from kg.sources.text.records import read_lines

__all__ = ["Line", "open_lines", "read_lines"]
