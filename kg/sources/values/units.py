"""What the header of a column says of the unit of its amounts."""

from __future__ import annotations

import re

__all__ = ["scale_in"]

_THOUSANDS = re.compile(
    r"\b[kT] ?(?:€|EUR\b)|\b(?:TEUR|KEUR|Tsd|Tausend|thousands?|milliers|migliaia|tys|tis|tkr)\b"
    r"|\b1[., ]?000 ?(?:€|EUR\b|kr)|(?:€|EUR|EUROS?) ?['’]?000\b",
    re.IGNORECASE,
)
_MILLIONS = re.compile(
    r"\bM ?(?:€|EUR\b)|\b(?:Mio|Mill?\.|millions?|Millionen|milioni|millones|mln|mil\.)(?:\b|\s|$)",
    re.IGNORECASE,
)


def scale_in(header: str) -> str:
    """Return what a header says that amounts are counted in: ``1``, ``1000`` or ``1000000``."""
    if _THOUSANDS.search(header) is not None:
        return "1000"
    return "1000000" if _MILLIONS.search(header) is not None else "1"
