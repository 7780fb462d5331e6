"""Why a statement is in the graph: its cell, the raw value and the rule; begin with ``run.py``.

Nothing is stored for it: the graph knows the file and row of every record, so the row is read and
mapped again.
"""

from kg.explain.result import CheckedInput, Explanation, Mention, Statement
from kg.explain.run import explain

__all__ = ["CheckedInput", "Explanation", "Mention", "Statement", "explain"]
