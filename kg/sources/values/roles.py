"""The words for roles; they are in ``roles.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from kg.records import Role
from kg.sources.fields import Field
from kg.sources.values.finding import Finding, Parsed
from kg.sources.values.style import ValueStyle
from kg.spelling import folded

__all__ = ["find_role", "parse_role"]

ROLES = {
    "lead": Role.LEAD,
    "erdf_lead": Role.ERDF_LEAD,
    "partner": Role.PARTNER,
    "associated": Role.ASSOCIATED,
}
_NUMBERED = re.compile(r"([a-z]{2}) ?0*([0-9]{1,3})")
_UNKNOWN = Parsed(None, Finding("role-unknown", "This is no role that is known."))


@cache
def _words() -> Mapping[str, Any]:
    text = files("kg").joinpath("sources/values/roles.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _roles_by_word(group: str) -> Mapping[str, Role]:
    words: Mapping[str, Any] = _words() if group == "words" else _words()[group]
    return {folded(word): role for name, role in ROLES.items() for word in words.get(name, ())}


@lru_cache(maxsize=1024)
def find_role(text: str) -> Role | None:
    """Return the role that a word or abbreviation stands for, in whatever case."""
    word = folded(text)
    role = _roles_by_word("words").get(word)
    numbered = _NUMBERED.fullmatch(word) if role is None else None
    if numbered is None or numbered[1] + numbered[2] in _words()["numbered"]["unclear"]:
        return role
    return _roles_by_word("numbered").get(numbered[1])


def parse_role(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return the role of a cell; a plain yes says that the partner is the lead."""
    return _role(text, style.yes, style.no)


@lru_cache(maxsize=1024)
def _role(text: str, yes: tuple[str, ...], no: tuple[str, ...]) -> Parsed:
    role = find_role(text)
    if role is not None:
        return Parsed(role)
    word = text.casefold()
    if word in yes or word in no:
        return Parsed(Role.LEAD if word in yes else Role.PARTNER)
    return _UNKNOWN
