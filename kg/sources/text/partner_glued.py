"""Reads the part of a partner line after the lead flag, where the separators were lost.

From the right: a country code with, for Germany, a federal state behind it; then what stands before
the country. Everything that could be read in another way costs a reading points. The cheapest
reading wins and carries its doubts; where the second is as cheap, that is a doubt of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from kg.countries import Country, all_countries, all_federal_states, find_country
from kg.sources.text.partner_cells import EDGE, Doubt, LineCell, UnreadableLine, cut
from kg.sources.text.partner_heads import Head, Split, split_by_case
from kg.sources.text.partner_postcodes import split_by_postcode

__all__ = ["GluedCells", "read_glued"]

_COST = {
    "partner-two-readings": 2,
    "town-by-case": 1,
    "postcode-missing": 4,
    "town-missing": 3,
    "state-unknown": 1,
}
_STATE_REACH = 80  # longer than any name of a federal state


@dataclass(frozen=True, slots=True)
class GluedCells:
    """The cells after the lead flag, and what is doubtful about them."""

    name: LineCell
    postcode: LineCell | None
    town: LineCell | None
    country: LineCell
    federal_state: LineCell | None
    doubts: tuple[Doubt, ...] = ()

    @property
    def cost(self) -> int:
        """How much speaks against this reading."""
        return sum(_COST[doubt.code] for doubt in self.doubts)


@dataclass(frozen=True, slots=True)
class _Ending:
    """A reading of the right end: the country, where its code stands, and a state behind it."""

    country: Country
    code: int
    state: tuple[int, int] | None = None


def read_glued(line: str, plain: str, start: int) -> GluedCells | UnreadableLine:
    """Read the cells from an offset to the end of the line.

    ``plain`` is the line with look-alikes of spaces and hyphens replaced, of the same length; the
    cells are taken from ``line`` itself.
    """
    stop = start + len(plain[start:].rstrip().rstrip(EDGE))
    if stop == start:
        return UnreadableLine("name-missing", "The line ends after the lead flag.", "name")
    spaced = plain[start] in EDGE
    readings: list[GluedCells] = []
    failure = None
    for ending in _endings(plain, start, stop):
        reading = _read_before(line, plain, start, ending, spaced=spaced)
        if isinstance(reading, UnreadableLine):
            failure = failure or reading
        else:
            readings.append(reading)
    if readings:
        return _choose(readings)
    for ending in _unknown_endings(plain, start, stop):
        reading = _read_before(line, plain, start, ending, spaced=spaced)
        if isinstance(reading, GluedCells) and not reading.doubts:
            return replace(reading, doubts=(_unknown_state(reading),))
    return failure or UnreadableLine(
        "country-missing",
        "The line does not end in a country's code; it may be cut off.",
        "country",
    )


def _choose(readings: list[GluedCells]) -> GluedCells:
    best, *others = sorted(readings, key=lambda reading: reading.cost)
    if not others or others[0].cost > best.cost:
        return best
    other = others[0]
    state = f", federal state {other.federal_state.text}" if other.federal_state else ""
    doubt = Doubt(
        "partner-two-readings",
        f"The end of the line can be read in two ways; {best.country.text} is taken.",
        "country",
        f"country {other.country.text}{state}",
    )
    return replace(best, doubts=(*best.doubts, doubt))


# --- From the right: country and federal state ---------------------------------------------------


@cache
def _known_state() -> re.Pattern[str]:
    """Return a pattern for a code and a federal state's name at the end, in either normal form.

    The bare codes of states (BY, BE) are countries as well, and are only looked for behind DE.
    """
    names, codes = set(), set()
    for state in all_federal_states():
        names |= {name for name in state.spellings if len(name) > 2}
        codes.add(state.iso)
    names |= {unicodedata.normalize("NFD", name) for name in names}
    name = "|".join(re.escape(name) for name in sorted(names))
    edge = f"[{EDGE}]*"
    return re.compile(f"(DE){edge}({name}|{'|'.join(sorted(codes))})$|([A-Z]{{2}}){edge}({name})$")


@cache
def _code_inside() -> re.Pattern[str]:
    """Return a pattern for a known code with text behind it, found at every offset."""
    codes = "|".join(code for it in all_countries() for code in (it.alpha2, *it.aliases))
    return re.compile(f"(?=({codes})[^0-9\t;]+$)")


def _endings(plain: str, start: int, stop: int) -> Iterator[_Ending]:
    code = stop - 2
    country = find_country(plain[code:stop]) if code >= start else None
    if country:
        yield _Ending(country, code)
    found = _known_state().search(plain, max(start, stop - _STATE_REACH), stop)
    if found:
        group = 1 if found[1] else 3
        country = find_country(found[group])
        if country:
            yield _Ending(country, found.start(group), found.span(group + 1))


def _unknown_endings(plain: str, start: int, stop: int) -> Iterator[_Ending]:
    """Find codes with an unknown text behind them, the rightmost first.

    Behind DE any text will do; behind another code only one that begins like a name.
    """
    window = max(start, stop - _STATE_REACH)
    for found in reversed(list(_code_inside().finditer(plain, window, stop))):
        code = found.start()
        country = find_country(found[1])
        town_is_capitals = plain[code - 1 : code].isupper()
        behind = plain[code + 2 : stop]
        begins = behind[0].isupper() or behind[0] in EDGE or country == find_country("DE")
        if country and begins and not (town_is_capitals and behind.isupper()):
            yield _Ending(country, code, (code + 2, stop))


def _unknown_state(reading: GluedCells) -> Doubt:
    text = reading.federal_state.text if reading.federal_state else ""
    return Doubt("state-unknown", f"{text} is no known federal state of Germany.", "federal_state")


# --- What stands before the country --------------------------------------------------------------


def _read_before(
    line: str, plain: str, start: int, ending: _Ending, *, spaced: bool
) -> GluedCells | UnreadableLine:
    head = Head(line, plain, start, ending.code, spaced)
    found = split_by_postcode(head, ending.country) or split_by_case(head, ending.country)
    code = LineCell(line[ending.code : ending.code + 2], ending.code + 1, ending.code + 3)
    if isinstance(found, UnreadableLine):
        return found if found.missing == "country" else replace(found, cells=(("country", code),))
    name = cut(line, start, found.name_end)
    if name is None:
        return UnreadableLine("name-missing", "The name of the partner is empty.", "name")
    return GluedCells(
        name,
        cut(line, *found.postcode) if found.postcode else None,
        cut(line, found.town_start, ending.code),
        code,
        cut(line, *ending.state) if ending.state else None,
        found.doubts + _line_doubts(head, ending, found, name),
    )


def _line_doubts(head: Head, ending: _Ending, found: Split, name: LineCell) -> tuple[Doubt, ...]:
    doubts = []
    if "\t" in name.text:
        doubts.append(
            Doubt(
                "partner-two-readings",
                "A tab stands within the name.",
                "name",
                "the name ends at the tab",
            )
        )
    if ending.state is None and _may_be_region(head, ending.country, found):
        code = ending.country.alpha2
        doubts.append(
            Doubt(
                "partner-two-readings",
                f"{code} may be a region written after the town, with the country missing.",
                "country",
                f"town “{head.town(found.town_start)} {code}”, no country",
            )
        )
    return tuple(doubts)


def _may_be_region(head: Head, country: Country, found: Split) -> bool:
    """Say whether the code may be a canton or province: it stands apart in a glued line.

    ``3011Bern BE`` is more likely Bern than Belgium.
    """
    if found.postcode is None or head.spaced or head.is_joined_to_country:
        return False
    start, end = found.postcode
    if head.is_edge(start - 1) or head.is_edge(end):
        return False
    return any(
        country.alpha2 in other.town_suffixes and other.accepts_postcode(head.text[start:end])
        for other in all_countries()
        if other != country
    )
