"""Where in a TOML file a key, a value or an entry of a table stands: for errors that point to it.

``tomllib`` keeps no positions. A profile is written with one table header or one entry of an array
a line, which is enough to find the line of each by its path.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["Path", "find_line"]

Path = Sequence[str | int]
"""Keys and indexes from the root: ``("tables", 0, "columns", 3, "field")``."""


def find_line(text: str, path: Path) -> int | None:
    """Return the line, from 1, of what a path leads to, or of the nearest thing above it."""
    lines = text.split("\n")
    start, end, rest = _section(lines, path)
    for key, index in _pairs(rest):
        found = _key(lines, start, end, key)
        if found is None:
            break
        start = found
        if index is not None:
            entry = _entry(lines, start, end, index)
            if entry is None:
                break
            start, end = entry, entry + 1
    return start + 1 if path else None


def _section(lines: Sequence[str], path: Path) -> tuple[int, int, Path]:
    """Return the lines of the innermost ``[table]`` or ``[[table]]`` on a path, and what is left.

    An array of tables inside another one counts anew after each header of the outer one.
    """
    start, end, used = 0, _next_header(lines, 0), 0
    names: list[str] = []
    for position, step in enumerate(path):
        if isinstance(step, str):
            names.append(step)
        nth = path[position + 1] if position + 1 < len(path) else None
        if isinstance(step, int) or not names:
            continue
        header = re.compile(rf"\s*\[+\s*{re.escape('.'.join(names))}\s*\]+")
        outer = _outer_end(lines, start, names, is_inside=used > 0)
        hits = [n for n in range(start, outer) if header.match(lines[n])]
        index = nth if isinstance(nth, int) else 0
        if index < len(hits):
            start = hits[index]
            end = _next_header(lines, start + 1)
            used = position + (2 if isinstance(nth, int) else 1)
    return start, end, path[used:]


def _outer_end(lines: Sequence[str], start: int, names: Sequence[str], *, is_inside: bool) -> int:
    if not is_inside:
        return len(lines)
    parent = re.compile(rf"\s*\[+\s*{re.escape('.'.join(names[:-1]))}\s*\]+")
    hits = (n for n in range(start + 1, len(lines)) if parent.match(lines[n]))
    return next(hits, len(lines))


def _next_header(lines: Sequence[str], start: int) -> int:
    headers = (n for n in range(start, len(lines)) if re.match(r"\s*\[+[\w.\"' -]+\]+\s*(#|$)",
                                                               lines[n]))  # fmt: skip
    return next(headers, len(lines))


def _pairs(path: Path) -> list[tuple[str, int | None]]:
    pairs: list[tuple[str, int | None]] = []
    for step in path:
        if isinstance(step, str):
            pairs.append((step, None))
        elif pairs:
            pairs[-1] = (pairs[-1][0], step)
    return pairs


def _key(lines: Sequence[str], start: int, end: int, key: str) -> int | None:
    form = re.compile(rf"(^|[\s{{,])[\"']?{re.escape(key)}[\"']?\s*=")
    return next((n for n in range(start, end) if form.search(lines[n])), None)


def _entry(lines: Sequence[str], start: int, end: int, index: int) -> int | None:
    """Return the line of an entry of an array of inline tables, each of which begins a line."""
    entries = [n for n in range(start, end) if re.match(r"\s*(\w+\s*=\s*\[\s*)?\{", lines[n])]
    return entries[index] if index < len(entries) else None
