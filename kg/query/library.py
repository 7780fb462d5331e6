"""The named queries: ``.rq`` files with a header that documents them.

A header is made of comment lines before the query::

    #+ title: Lead partners by country
    #+ description: How many projects are led from each country.
    #+   A longer line goes on like this.
    #+ parameter: programme | string | part of a programme's name; all where it is empty
    #+ column: projects | projects led from this country

Each parameter has its default in the text, as ``kg.query.parameters`` explains. A file of one's own
may have the same header.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.problems import QueryError, shorten
from kg.query.parameters import TYPES, Parameter
from kg.query.syntax import QueryOutline, read_outline

__all__ = ["LIBRARY", "NamedQuery", "ResultColumn", "all_queries", "find_query", "parse_query"]

LIBRARY = Path(__file__).parent / "library"
"""The folder of the named queries."""

_ENTRY = re.compile(r"#\+ (\w+): *(.*)")
_CONTINUED = re.compile(r"#\+ {2,}(.*)")


class ResultColumn(NamedTuple):
    """A column of a result, and what stands in it."""

    name: str
    description: str


class NamedQuery(NamedTuple):
    """A query with its documentation. ``form`` is SELECT, CONSTRUCT, ASK or DESCRIBE."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[ResultColumn, ...]
    text: str
    outline: QueryOutline

    @property
    def form(self) -> str:
        """What the query gives."""
        return self.outline.form


@cache
def all_queries() -> tuple[NamedQuery, ...]:
    """Return the queries of the library, sorted by name."""
    return tuple(
        parse_query(path.read_text(encoding="utf-8"), path.stem)
        for path in sorted(LIBRARY.glob("*.rq"))
    )


def find_query(name: str) -> NamedQuery:
    """Return the query of that name.

    Raises:
        QueryError: there is none; the remedy names near ones.
    """
    path = LIBRARY / f"{name}.rq"
    names = sorted(entry.stem for entry in LIBRARY.glob("*.rq"))
    if name in names:
        return parse_query(path.read_text(encoding="utf-8"), name)
    near = get_close_matches(name, names, n=3) or [n for n in names if name and name in n]
    raise QueryError(
        f"There is no query ‹{shorten(name)}›.",
        remedy=f"Did you mean {' or '.join(near)}?"
        if near
        else "`kg query --list` shows the names; SPARQL text and .rq files can be asked as well.",
    )


def parse_query(
    text: str, name: str = "", *, place: str = "", allow_service: bool = False
) -> NamedQuery:
    """Return a query with what its header says; the header may be missing.

    With ``allow_service`` it may call other machines, which an endpoint then does by itself.

    Raises:
        QueryError: the query may not be run, or its header does not fit its text.
    """
    place = place or name
    outline = read_outline(text, place=place, allow_service=allow_service)
    parameters: list[Parameter] = []
    columns: list[ResultColumn] = []
    words = {"title": "", "description": ""}
    for line, key, value in _header(text):
        where = f"{place}:{line}" if place else f"line {line}"
        cells = tuple(cell.strip() for cell in value.split("|"))
        if key in words:
            words[key] = value
        elif key == "parameter" and len(cells) == 3:
            parameters.append(_parameter(cells, text, outline, where))
        elif key == "column" and len(cells) == 2:
            columns.append(ResultColumn(*cells))
        else:
            raise QueryError(
                f"The header line ‹{shorten(value)}› is not understood.",
                place=where,
                remedy="Write `parameter: name | type | description` or `column: name | …`.",
            )
    return NamedQuery(
        name,
        words["title"],
        words["description"],
        tuple(parameters),
        tuple(columns),
        text,
        outline,
    )


def _header(text: str) -> list[tuple[int, str, str]]:
    """Return the entries of the header: line, key and value."""
    entries: list[tuple[int, str, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        entry = _ENTRY.fullmatch(line)
        continued = _CONTINUED.fullmatch(line)
        if entry:
            entries.append((number, entry[1], entry[2].strip()))
        elif continued and entries:
            begun, key, value = entries[-1]
            entries[-1] = (begun, key, f"{value} {continued[1].strip()}")
        elif line.strip() and not line.startswith("#"):
            break
    return entries


def _parameter(cells: tuple[str, ...], text: str, outline: QueryOutline, place: str) -> Parameter:
    name, kind, description = cells
    if kind not in TYPES:
        raise QueryError(
            f"The parameter {name} has the type ‹{kind}›.",
            place=place,
            remedy=f"Types: {', '.join(TYPES)}.",
        )
    defaults = {text[block].strip() for block in outline.blocks.get(name, [])}
    if len(defaults) != 1:
        what = "more than one default" if defaults else "no VALUES clause"
        raise QueryError(
            f"The parameter {name} has {what}.",
            place=place,
            remedy=f"Declare it in the query as VALUES ?{name} {{ … }} with one default.",
        )
    return Parameter(name, kind, description, defaults.pop())
