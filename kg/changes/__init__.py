"""What is different between two graphs; begin with ``compare.py``.

A graph is read as blocks (``blocks.py``), blocks are compared (``compare.py``), what differs is
understood (``entries.py``) and written for people (``words.py``), programs (``document.py``) and
stores (``update.py`` with ``request.py``, ``patch.py``). Statements that only name another place in
the input have a form of their own (``places.py``).
"""

from kg.changes.blocks import GraphState
from kg.changes.compare import Change, Changes, Totals, compare
from kg.changes.document import write_json
from kg.changes.entries import ChangeEntry, Portrait
from kg.changes.labels import LANGUAGES
from kg.changes.patch import write_patch
from kg.changes.places import MOVES, Move, part_moves
from kg.changes.request import count_moved, update_text
from kg.changes.update import (
    MAX_STATEMENTS,
    UpdateRequest,
    check_graph_name,
    update_requests,
    write_update,
)
from kg.changes.words import write_text

__all__ = [
    "LANGUAGES",
    "MAX_STATEMENTS",
    "MOVES",
    "Change",
    "ChangeEntry",
    "Changes",
    "GraphState",
    "Move",
    "Portrait",
    "Totals",
    "UpdateRequest",
    "check_graph_name",
    "compare",
    "count_moved",
    "part_moves",
    "update_requests",
    "update_text",
    "write_json",
    "write_patch",
    "write_text",
    "write_update",
]
