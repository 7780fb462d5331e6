"""Rows of sums, told by their word: *Total*, *Gesamtsumme*, *Razem*; the words are data."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from kg.spelling import folded

__all__ = ["is_total"]

MAX_LENGTH = 40


@cache
def _words() -> frozenset[str]:
    text = files("kg").joinpath("sources/values/totals.toml").read_text(encoding="utf-8")
    return frozenset(folded(word) for word in tomllib.loads(text)["words"])


@lru_cache(maxsize=32_768)
def is_total(text: str) -> bool:
    """Tell whether a cell says that its row is the sum of others."""
    return len(text) <= MAX_LENGTH and folded(text) in _words()
