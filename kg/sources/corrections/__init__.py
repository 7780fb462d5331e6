"""Corrections: wrong values put right from a file of their own, without touching the source.

``file.py`` reads the corrections file, ``apply.py`` puts its values in the place of wrong ones.
"""

from kg.sources.corrections.apply import Corrections, Facts, facts_of, load_corrections
from kg.sources.corrections.file import is_corrections_file

__all__ = ["Corrections", "Facts", "facts_of", "is_corrections_file", "load_corrections"]
