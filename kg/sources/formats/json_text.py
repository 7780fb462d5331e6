"""JSON as text → values: numbers as they were written, and what is wrong with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NoReturn

from kg.problems import Place, Problem, Refused
from kg.records import encodable
from kg.sources.cell import Number
from kg.sources.files import InputFile

__all__ = ["MAX_DEPTH", "parse_json", "refuse", "refuse_deep"]

MAX_DEPTH = 100
"""So deep can arrays and objects stand in each other."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]|NaN|-?Infinity', re.DOTALL)
_CONSTANTS = ("NaN", "Infinity", "-Infinity")


def parse_json(file: InputFile, text: str, line: int | None = None) -> object:
    """Return the value of a document; ``line`` is where it stands in a file of several.

    Raises:
        Refused: it is no JSON.
    """
    try:
        return json.loads(
            text,
            parse_float=Number,
            parse_int=Number,
            parse_constant=_no_number,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        refuse(file, error.msg, line or error.lineno, error.colno)
    except RecursionError:
        refuse(file, _DEEP, *_position(text, line, _first_deep(text)))
    except _NoNumber as error:
        told = f"{error} is no number in JSON"
        refuse(file, told, *_position(text, line, _first_constant(text)))
    except ValueError as error:
        refuse(file, str(error), line)


class _NoNumber(ValueError):
    """What stands in the place of a number."""


_DEEP = f"Arrays and objects stand in each other more than {MAX_DEPTH} deep"


def _object(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    # a key with half of a surrogate pair can stand in no file and in no message
    found = {name if name.isascii() else encodable(name): value for name, value in pairs}
    if len(found) < len(pairs):
        names = [encodable(name) for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"The key {twice} stands twice in an object")
    return found


def _no_number(name: str) -> NoReturn:
    raise _NoNumber(name)


def _first_constant(text: str) -> int:
    return next((m.start() for m in _TOKEN.finditer(text) if m.group() in _CONSTANTS), 0)


def _first_deep(text: str) -> int:
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += (token.group() in "[{") - (token.group() in "]}")
        if depth > MAX_DEPTH:
            return token.start()
    return 0


def _position(text: str, line: int | None, at: int) -> tuple[int, int]:
    """Return line and column of a character, both from 1."""
    before = text[:at]
    return line or before.count("\n") + 1, at - before.rfind("\n")


def refuse_deep(file: InputFile, pointer: str) -> NoReturn:
    """Refuse a file in which something stands too deep, at a pointer.

    Raises:
        Refused: always.
    """
    refuse(file, _DEEP, pointer=pointer)


def refuse(
    file: InputFile,
    message: str,
    line: int | None = None,
    column: int | None = None,
    pointer: str | None = None,
) -> NoReturn:
    """Refuse a file for its JSON.

    Raises:
        Refused: always.
    """
    place = Place(file.name, line, column=column, pointer=pointer)
    raise Refused([Problem.of("json-syntax", place, f"{message}.")])
