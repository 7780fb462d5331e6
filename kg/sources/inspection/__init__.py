"""A file that nobody here has seen → what is in its columns, and a draft of a profile for it.

Works on what the readers of files give (``kg/sources/formats``) and on nothing else. ``facts.py``
counts what stands in columns, ``words.py`` reads their headers in the languages of Interreg,
``candidates.py`` guesses the field of each, ``rows.py`` and ``partner_columns.py`` what rows are
and where partners stand, ``layout.py`` and ``profiles.py`` put it together, ``values.py`` finds how
values are written, ``render.py`` writes the TOML. Every guess bears its reason.
"""

from kg.sources.inspection.draft import Draft, DraftBlock, DraftColumn, DraftTable
from kg.sources.inspection.facts import TableFacts, fill_of
from kg.sources.inspection.inspect import Inspection, inspect_files
from kg.sources.inspection.render import column_summary, render_draft

__all__ = [
    "Draft",
    "DraftBlock",
    "DraftColumn",
    "DraftTable",
    "Inspection",
    "TableFacts",
    "column_summary",
    "fill_of",
    "inspect_files",
    "render_draft",
]
