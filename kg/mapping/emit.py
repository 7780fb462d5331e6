"""Rows → triples: the declaration, compiled once for a base IRI into functions over rows.

Each resource of the declaration becomes the loop that one would write by hand for it: a row is
unpacked into variables, and each statement is one f-string, in which all that does not depend on
the row (predicates, brackets, datatypes) is text. Calling a function for each term instead took
twice as long (measured). :func:`loop_text` returns what is compiled, to read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kg.iris import encode
from kg.mapping.declaration import (
    MAPPING,
    Link,
    Resource,
    Term,
    Value,
    Web,
    Words,
)
from kg.mapping.tables import COLUMNS, Row
from kg.terms import escape, literal
from kg.vocabulary import RDF_TYPE

__all__ = ["Emitter", "is_absolute", "loop_text"]

Loop = Callable[[Iterable[Row], Callable[[str], None]], None]
"""Goes through rows and adds the triples of each."""

_COLUMN = re.compile(r"\{(\w+)\}")
_PLACE = re.compile(r"\{[\w()]+\}")


class Emitter:
    """Makes N-Triples lines from the rows of all tables, for one base IRI."""

    def __init__(self, base: str, mapping: Sequence[Resource] = MAPPING) -> None:
        self._loops: dict[str, list[Loop]] = {}
        for resource in mapping:
            self._loops.setdefault(resource.table, []).append(_compile(resource, base))

    def emit(self, tables: Mapping[str, Iterable[Row]]) -> list[str]:
        """Return the triples of these rows, in the order of tables, declaration and rows."""
        lines: list[str] = []
        for table, rows in tables.items():
            for loop in self._loops[table] if rows else ():
                loop(rows, lines.append)
        return lines


def is_absolute(template: str) -> bool:
    """Tell whether a template gives IRIs of its own and not below the base."""
    return template.startswith(("http://", "https://", "urn:"))


def loop_text(resource: Resource, base: str) -> str:
    """Return the Python text of the loop over the rows of a resource's table."""
    columns = COLUMNS[resource.table]
    needed = _columns_of(resource.subject)
    text = [
        "def loop(rows, add):",
        f"    for {', '.join(columns)}, in rows:",
        *(f"        if {column} is None: continue" for column in needed),
        f"        subject = {_string(_iri(resource.subject, base))}",
    ]
    for iri in resource.classes:
        text.append(f"        add({_string(['{subject}', f' <{RDF_TYPE}> <{iri}> .'])})")
    for prop in resource.properties:
        for used, term in _terms(prop.term, base):
            line = _string(["{subject}", f" <{prop.predicate}> ", *term, " ."])
            asked = " and ".join(f"{c} is not None" for c in used if c not in needed)
            text.append(f"        {f'if {asked}: ' if asked else ''}add({line})")
    return "\n".join([*text, ""])


def _compile(resource: Resource, base: str) -> Loop:
    made: dict[str, Loop] = {}
    # nothing of a record is in this text: it is the declaration's, and the base is a checked IRI
    exec(loop_text(resource, base), {"encode": encode, "escape": escape}, made)  # noqa: S102
    return made["loop"]


Pieces = list[str]
"""A line in pieces: text, and places in braces, each a piece of its own."""


def _terms(term: Term, base: str) -> Iterator[tuple[Sequence[str], Pieces]]:
    """Yield the columns that an object needs, and the object."""
    match term:
        case Value(column, datatype):
            yield [column], _quoted(column, literal("", datatype)[2:])
        case Words(column):
            language = f"{column}_language"
            yield [column], [*_quoted(column), "@", f"{{{language}}}"]
            yield [f"{column}_untagged"], _quoted(f"{column}_untagged")
        case Link(template):
            yield _columns_of(template), _iri(template, base)
        case Web(column):
            yield [column], ["<", f"{{{column}}}", ">"]


def _quoted(column: str, datatype: str = "") -> Pieces:
    return ['"', f"{{escape({column})}}", f'"{datatype}']


def _columns_of(template: str) -> list[str]:
    return list(dict.fromkeys(_COLUMN.findall(template)))


def _iri(template: str, base: str) -> Pieces:
    texts = _COLUMN.split(template)
    texts[1::2] = [f"{{encode({column})}}" for column in texts[1::2]]
    return ["<", "" if is_absolute(template) else base, *texts, ">"]


def _string(pieces: Pieces) -> str:
    """Return the f-string of a line."""
    safe = [p if _PLACE.fullmatch(p) else p.replace("{", "{{").replace("}", "}}") for p in pieces]
    return f"f{''.join(safe)!r}"
