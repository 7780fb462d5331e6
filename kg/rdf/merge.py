"""Several RDF files → one graph, whose blank nodes stay apart.

A blank node is known in its own file only: two files that both say ``_:x`` speak of two things.
Source of the rule: RDF 1.1 Semantics, section 4.1.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from kg.rdf.parse import read_rdf

__all__ = ["read_merged"]

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|<[^<> ]*>|_:')
"""What can hold the sign of a blank node without being one, or else that sign."""


def read_merged(paths: Collection[Path]) -> list[str]:
    """Return the triples of RDF files; blank nodes of several files are labelled by file.

    Raises:
        InputError: a file cannot be read, its format is not known, or its syntax is wrong.
    """
    lines: list[str] = []
    for number, path in enumerate(paths, start=1):
        found = read_rdf(path)
        lines += _labelled(found, f"_:f{number}-") if len(paths) > 1 else found
    return lines


def _labelled(lines: Iterable[str], sign: str) -> Iterator[str]:
    """Yield triples with another sign before the labels of their blank nodes."""
    for line in lines:
        yield _TOKEN.sub(lambda m: sign if m[0] == "_:" else m[0], line) if "_:" in line else line
