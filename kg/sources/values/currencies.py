"""Currencies by their codes, names and marks; the facts are in ``currencies.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from kg.sources.fields import Field
from kg.sources.values.finding import Finding, Parsed
from kg.sources.values.style import ValueStyle

__all__ = [
    "currencies_in",
    "currencies_of",
    "currency_marks",
    "is_currency_code",
    "parse_currency",
]

WORD_OF_ENGLISH = "ALL"
"""The code of the lek, which headings in capitals have as a word."""
PLAIN_MARKS = frozenset({"Ft"})
"""Marks in Latin letters without accents that are no words of any language of Interreg."""

_UNKNOWN = Finding("currency-unknown", "This is no currency that is known.")


@cache
def _marks_by_code() -> Mapping[str, Sequence[str]]:
    text = files("kg").joinpath("sources/values/currencies.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _codes_by_mark() -> Mapping[str, frozenset[str]]:
    codes: dict[str, set[str]] = {}
    for code, marks in _marks_by_code().items():
        for mark in (code, *marks):
            codes.setdefault(mark.casefold(), set()).add(code)
    return {mark: frozenset(found) for mark, found in codes.items()}


def is_currency_code(text: str) -> bool:
    """Tell whether a text is the ISO 4217 code of a currency that is known."""
    return text in _marks_by_code()


@cache
def currency_marks() -> Sequence[str]:
    """Return all codes, names and marks of currencies, the longest first."""
    marks = {mark for code, own in _marks_by_code().items() for mark in (code, *own)}
    return sorted(marks, key=lambda mark: (-len(mark), mark))


@lru_cache(maxsize=256)
def currencies_of(mark: str) -> frozenset[str]:
    """Return the ISO 4217 codes of the currencies that a code, name or mark can stand for."""
    return _codes_by_mark().get(mark.casefold(), frozenset())


def currencies_in(text: str) -> Sequence[str]:
    """Return the currencies that a text names, in the order in which it does.

    Only codes and marks count that mean nothing else: ``din`` is a currency, and Romanian for *of*.
    """
    return [next(iter(currencies_of(mark))) for mark in _telling().findall(text)]


@cache
def _telling() -> re.Pattern[str]:
    """Return the codes and marks that are no words, as they stand in a text."""
    codes = [code for code in _marks_by_code() if code != WORD_OF_ENGLISH]
    marks = [mark for mark in currency_marks() if len(currencies_of(mark)) == 1]
    signs = [mark for mark in marks if not any(c.isalpha() for c in mark)]
    foreign = [mark for mark in marks if not mark.isascii() and mark not in signs]
    letters = "|".join(map(re.escape, [*codes, *foreign, *sorted(PLAIN_MARKS)]))
    return re.compile(rf"(?<![^\W\d_])(?:{letters})(?![^\W\d_])|{'|'.join(map(re.escape, signs))}")


def parse_currency(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return the code of a currency; a mark that several have is read by the layout's."""
    codes = currencies_of(text)
    if style.currency in codes:
        return Parsed(style.currency)
    return Parsed(next(iter(codes))) if len(codes) == 1 else Parsed(None, _UNKNOWN)
