"""Finds the postcode between name and town, in the form of the line's country."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.countries import Country
from kg.sources.text.partner_cells import Doubt, UnreadableLine
from kg.sources.text.partner_heads import Head, Split, joins_words, looks_like_town

__all__ = ["split_by_postcode"]

_NUMBER = re.compile(r"[0-9]+(-[0-9]+)*")
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_DIGITS = frozenset("0123456789")


def split_by_postcode(head: Head, country: Country) -> Split | UnreadableLine | None:
    """Split a head at its postcode, or at a number in its place; None where there is neither."""
    if country.postcode is None:
        return None
    return _split_at_form(head, country) or _split_at_number(head, country)


# --- A postcode in the country's form ------------------------------------------------------------


@cache
def _finder(pattern: str) -> re.Pattern[str]:
    """Return a pattern that finds postcodes at every offset, also overlapping ones."""
    return re.compile(f"(?=({pattern}))")


def _split_at_form(head: Head, country: Country) -> Split | UnreadableLine | None:
    """Split at the rightmost postcode that a town or nothing follows."""
    starts_by_end: dict[int, list[int]] = {}
    for found in _finder(country.postcode_pattern or "").finditer(head.text, head.reach, head.stop):
        end = found.end(1)
        town = head.town(end)
        if looks_like_town(town) or not town:
            starts_by_end.setdefault(end, []).append(found.start())
    if not starts_by_end:
        return None
    end = _last_end(starts_by_end)
    start, *others = starts_by_end[end]
    if not _is_name(head.name(start)):
        return _nameless()
    others = [other for other in others if _may_start_at(head, start, other)]
    if others and _suits_town(head, others[0], end) and not _suits_town(head, start, end):
        start, others = others[0], [start]
    if not head.town(end) and _has_space_beside(head, start, end):
        return None  # “Vision 2050 AT”: more likely a line cut off in the name
    if _capitals_may_be_town(head, start, end):
        return _country_in_town(head, end)
    return Split(start, end, (start, end), tuple(_doubts(head, start, end, others)))


def _last_end(starts_by_end: dict[int, list[int]]) -> int:
    """Return the end of the last postcode, where of two that overlap the first one counts.

    In ``D02 X285PARIS``, ``X28 5PAR`` has the form of a postcode as well.
    """
    first, *later = sorted((min(starts), end) for end, starts in starts_by_end.items())
    end = first[1]
    for start, other in later:
        if start >= end:
            end = other
    return end


def _is_name(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _nameless() -> UnreadableLine:
    return UnreadableLine("name-missing", "Nothing stands where the name should be.", "name")


def _may_start_at(head: Head, start: int, other: int) -> bool:
    """Say whether the postcode may as well begin later, its first characters being the name's.

    ``BBCM1 1AE`` may be ``CM1 1AE`` or ``M1 1AE``, since capitals go on before it; after a small
    letter only the longer one is defensible, and so it is for a country mark with its hyphen.
    """
    extra, before = head.text[start:other], head.text[start - 1 : start]
    apart = head.is_edge(start - 1)
    if extra.endswith("-"):
        return False
    if extra.isalpha():
        return before.isupper() or (apart and not head.spaced)
    return apart


def _suits_town(head: Head, start: int, end: int) -> bool:
    """Say whether the postcode begins with the town's letter, as British ones mostly do."""
    return head.text[start] == head.town(end)[:1].upper()


def _has_space_beside(head: Head, start: int, end: int) -> bool:
    return head.is_edge(start - 1) or head.is_edge(end)


def _capitals_may_be_town(head: Head, start: int, end: int) -> bool:
    """Say whether the country's code may be the end of a town: ``20124MILANO`` is not Norway.

    So it is where the digits are too many for the country and would do for another one, and where
    hardly anything would be left of the town (``00185ROMA`` is not RO in Morocco).
    """
    town = head.town(end)
    if not head.is_joined_to_country or not town.isupper():
        return False
    run = _digits_before(head, start)
    count = sum(char in _DIGITS for char in run + head.text[start:end])
    return len(town) == 2 or (bool(run) and count <= 6)


def _country_in_town(head: Head, town_start: int) -> UnreadableLine:
    written = head.text[town_start : head.stop + 2].strip()
    return UnreadableLine(
        "country-missing",
        f"The line states no country, or a wrong postcode: {written} may be the town.",
        "country",
    )


def _digits_before(head: Head, start: int) -> str:
    """Return the digits that run into a postcode from the left, if it begins with a digit."""
    first = start
    if head.text[start] in _DIGITS:
        while first > head.start and head.text[first - 1] in _DIGITS:
            first -= 1
    return head.text[first:start]


def _doubts(head: Head, start: int, end: int, others: list[int]) -> Iterator[Doubt]:
    postcode, town, name = head.text[start:end], head.town(end), head.name(start)
    for other in others:
        yield _two_readings(
            f"{postcode} can also be read as {head.text[other:end]}.",
            "postcode",
            f"name “{head.name(other)}”, postcode “{head.text[other:end]}”",
        )
    run = _digits_before(head, start)
    if run:
        whole = run + postcode
        yield _two_readings(
            f"The digits {whole} are too many for a postcode; the last of them are taken for it.",
            "postcode",
            f"name “{head.name(start - len(run))}”, postcode “{whole}”",
        )
    elif name[-1] in "-/&":
        yield _two_readings(
            f"The name ends in “{name[-1]}”; it or the postcode {postcode} may be incomplete.",
            "name",
            None,
        )
    if _may_be_of_the_name(head, start, end):
        yield _two_readings(
            f"{postcode} may belong to the name, with the postcode missing.",
            "postcode",
            f"name “{name} {postcode}”, no postcode",
        )
    if not town:
        yield Doubt("town-missing", "Nothing stands between the postcode and the country.", "town")
    elif joins_words(town):
        yield _two_readings(f"{town} may be more than the town.", "town", None)


def _may_be_of_the_name(head: Head, start: int, end: int) -> bool:
    """Say whether the number may be the end of the name: a space parts it from a glued name.

    So it is with a year (``Horizon 2020WienAT``), and where a space follows as well.
    """
    if head.spaced or not head.is_edge(start - 1):
        return False
    year = _YEAR.fullmatch(head.text, start, end) is not None
    return year or (head.is_edge(end) and head.is_joined_to_country)


def _two_readings(message: str, field: str, alternative: str | None) -> Doubt:
    return Doubt("partner-two-readings", message, field, alternative)


# --- A number in the postcode's place ------------------------------------------------------------


def _split_at_number(head: Head, country: Country) -> Split | UnreadableLine | None:
    """Split at a number that does not have the country's form, as where a digit was lost."""
    for found in reversed(list(_NUMBER.finditer(head.text, head.reach, head.stop))):
        start, end = found.span()
        town = head.town(end)
        if not looks_like_town(town):
            return None
        apart = not head.spaced and _has_space_beside(head, start, end)
        if apart or sum(char in _DIGITS for char in found[0]) < 3:
            continue
        if not _is_name(head.name(start)):
            return _nameless()
        if head.is_joined_to_country and town.isupper():
            return _country_in_town(head, end)
        doubt = _two_readings(
            f"{found[0]} does not have the form of a postcode of {country.name_en}; it may belong "
            "to the name.",
            "postcode",
            f"name “{head.name(end)}”, no postcode",
        )
        return Split(start, end, (start, end), (doubt,))
    return None
