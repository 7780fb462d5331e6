"""What is known of countries, their postcodes and Germany's federal states.

The facts, their origin and their date are in ``countries.toml`` beside this module, names in many
languages in ``country_names.tsv``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from kg.spelling import folded

__all__ = [
    "Country",
    "FederalState",
    "all_countries",
    "all_federal_states",
    "find_country",
    "find_country_by_sign",
    "find_country_named",
    "find_state",
]


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory with a code of its own.

    ``alpha3`` is its code in the EU authority table of countries. ``names`` are names that are met
    beside the usual ones in many languages, ``vehicle_sign`` is the sign of its vehicles where that
    is no code of another country (``D``, ``SLO``). ``postcode`` is a regular
    expression for a whole postcode, None where there are no postcodes; ``postcode_prefix`` one for
    the country mark which may stand before it; ``postcode_optional`` says that addresses without a
    postcode are usual. ``eu_since`` and ``eu_until`` are the first and the last day as a part of
    the European Union or its predecessors. ``town_suffixes`` are codes of regions that are written
    after a town (``Lausanne VD``).
    """

    alpha2: str
    alpha3: str
    name_en: str
    name_de: str
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    vehicle_sign: str | None = None
    postcode: str | None = None
    postcode_prefix: str | None = None
    postcode_optional: bool = False
    postcode_examples: tuple[str, ...] = ()
    eu_since: date | None = None
    eu_until: date | None = None
    town_suffixes: frozenset[str] = frozenset()

    @property
    def postcode_pattern(self) -> str | None:
        """The form of a postcode with or without its country mark, not anchored.

        The syntax is common to Python, Rust and XPath.
        """
        if self.postcode is None or self.postcode_prefix is None:
            return self.postcode
        return f"({self.postcode_prefix})?({self.postcode})"

    def accepts_postcode(self, text: str) -> bool:
        """Say whether the text has the form of a postcode here, with or without the country mark.

        Nothing is accepted where there are no postcodes.
        """
        pattern = self.postcode_pattern
        return pattern is not None and re.fullmatch(pattern, text) is not None


@dataclass(frozen=True, slots=True)
class FederalState:
    """A federal state of Germany.

    ``name`` is the German name, ``nuts`` the NUTS 1 code, ``iso`` the part after ``DE-`` of the
    ISO 3166-2 code. ``variants`` are other spellings that are met.
    """

    name: str
    name_en: str
    nuts: str
    iso: str
    variants: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every spelling by which the state is found, the German name first, without repeats."""
        return tuple(
            dict.fromkeys((self.name, self.name_en, *self.variants, f"DE-{self.iso}", self.iso))
        )


@cache
def _facts() -> Mapping[str, Any]:
    text = files("kg").joinpath("countries.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _country(alpha2: str, facts: Mapping[str, Any]) -> Country:
    tuples = dict.fromkeys(("aliases", "names", "postcode_examples"), tuple)
    lists = {**tuples, "town_suffixes": frozenset}
    values = {key: lists[key](value) if key in lists else value for key, value in facts.items()}
    return Country(alpha2=alpha2, **values)


@cache
def all_countries() -> tuple[Country, ...]:
    """Return every known country, by code point of its two-letter code."""
    table: Mapping[str, Mapping[str, Any]] = _facts()["country"]
    return tuple(_country(code, table[code]) for code in sorted(table))


@cache
def all_federal_states() -> tuple[FederalState, ...]:
    """Return Germany's sixteen federal states, by NUTS code."""
    table: Mapping[str, Mapping[str, Any]] = _facts()["federal_state"]
    return tuple(
        FederalState(
            name=table[nuts]["name"],
            name_en=table[nuts]["name_en"],
            nuts=nuts,
            iso=table[nuts]["iso"],
            variants=tuple(table[nuts].get("variants", ())),
        )
        for nuts in sorted(table)
    )


@cache
def _countries_by_code() -> Mapping[str, Country]:
    return {
        code: country for country in all_countries() for code in (country.alpha2, *country.aliases)
    }


_LEADING = re.compile(r"(the )?(republic of |kingdom of |grand duchy of |principality of )?(the )?")
"""Words before a name that are met in English lists, and in none of the names themselves."""


@cache
def _countries_by_name() -> Mapping[str, Country]:
    text = files("kg").joinpath("country_names.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    found = {folded(name): code for code, names in lines for name in names.split("|")}
    by_code = _countries_by_code()
    named = {name: by_code[code] for name, code in found.items()}
    for it in all_countries():
        stated = (it.name_en, it.name_de, *it.names, it.alpha2, it.alpha3, *it.aliases)
        named.update(dict.fromkeys(map(folded, stated), it))
    return named


@cache
def _states_by_spelling() -> Mapping[str, FederalState]:
    return {spelling: state for state in all_federal_states() for spelling in state.spellings}


def find_country(code: str) -> Country | None:
    """Return the country with this two-letter code or alias (``AT``, ``EL``), in capitals."""
    return _countries_by_code().get(code)


@cache
def _countries_by_sign() -> Mapping[str, Country]:
    return {it.vehicle_sign: it for it in all_countries() if it.vehicle_sign}


def find_country_by_sign(text: str) -> Country | None:
    """Return the country whose vehicles bear this sign (``D``, ``SLO``), in capitals."""
    return _countries_by_sign().get(text)


@lru_cache(maxsize=4096)
def find_country_named(text: str) -> Country | None:
    """Return the country with this name in one of many languages, or with this code.

    Neither case, accents nor punctuation count. A code has two or three letters.
    """
    name = folded(text)
    named = _countries_by_name()
    return named.get(name) or named.get(_LEADING.sub("", name, count=1))


def find_state(name: str) -> FederalState | None:
    """Return the federal state with this name or known variant, spelled exactly so.

    The German and English names are found, usual variants (``NRW``), and the ISO 3166-2 code with
    and without ``DE-``. The text is expected in Unicode normal form C.
    """
    return _states_by_spelling().get(name)
