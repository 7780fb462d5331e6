"""Currencies by their codes, names and marks; the facts are in ``currencies.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from kg.sources.fields import Field
from kg.sources.profile import ValueStyle
from kg.sources.values.finding import Finding, Parsed

__all__ = ["currencies_of", "parse_currency"]

_UNKNOWN = Finding("currency-unknown", "This is no currency that is known.")


@cache
def _codes_by_mark() -> Mapping[str, frozenset[str]]:
    text = files("kg").joinpath("sources/values/currencies.toml").read_text(encoding="utf-8")
    codes: dict[str, set[str]] = {}
    for code, marks in tomllib.loads(text).items():
        for mark in (code, *marks):
            codes.setdefault(mark.casefold(), set()).add(code)
    return {mark: frozenset(found) for mark, found in codes.items()}


@lru_cache(maxsize=256)
def currencies_of(mark: str) -> frozenset[str]:
    """Return the ISO 4217 codes of the currencies that a code, name or mark can stand for."""
    return _codes_by_mark().get(mark.casefold(), frozenset())


def parse_currency(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return the code of a currency; a mark that several have is read by the layout's."""
    codes = currencies_of(text)
    if style.currency in codes:
        return Parsed(style.currency)
    return Parsed(next(iter(codes))) if len(codes) == 1 else Parsed(None, _UNKNOWN)
