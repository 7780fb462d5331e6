"""The part of a glued line before the country: name, postcode and town, told apart without rulers.

Here is what can be said of a town and of the place where it begins; ``partner_postcodes`` reads the
usual case with a postcode between name and town, and ``split_by_case`` the one without.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from kg.countries import Country
from kg.sources.text.partner_cells import EDGE, Doubt, UnreadableLine, cut

__all__ = ["Head", "Split", "joins_words", "looks_like_town", "split_by_case"]

_REACH = 120
"""How far from the country a town and its postcode are searched; town names are short."""

_LONG_NUMBER = re.compile(r"[0-9]{3}")
_TOWN_WORDS = 6
_CLOSING = ")]}»”."
_PREFIXES = ("Mc", "Mac", "De", "La", "Le", "Du")  # McKinley, LaSalle: capitals within a word


@dataclass(frozen=True, slots=True)
class Head:
    """A stretch of a line from the lead flag to the country's code.

    ``line`` is the line as written, ``text`` the same with look-alikes of spaces and hyphens
    replaced, one character for one. ``spaced`` says that a separator survived behind the flag, so
    that spaces may be separators.
    """

    line: str
    text: str
    start: int
    stop: int
    spaced: bool

    @property
    def reach(self) -> int:
        """The offset from which a town or a postcode is searched."""
        return max(self.start, self.stop - _REACH)

    def is_edge(self, at: int) -> bool:
        """Say whether a separator, or what is left of one, stands at an offset."""
        return self.start <= at < self.stop and self.text[at] in EDGE

    def name(self, stop: int) -> str:
        """Return what would be the name if it ended at an offset."""
        return self._written(self.start, stop)

    def town(self, start: int) -> str:
        """Return what would be the town if it began at an offset."""
        return self._written(start, self.stop)

    def _written(self, start: int, stop: int) -> str:
        cell = cut(self.line, start, stop)
        return cell.text if cell else ""

    @property
    def is_joined_to_country(self) -> bool:
        """Whether no separator stands before the country's code."""
        return not self.is_edge(self.stop - 1)


@dataclass(frozen=True, slots=True)
class Split:
    """A way to split a head: where the name ends, where the town begins, the postcode between."""

    name_end: int
    town_start: int
    postcode: tuple[int, int] | None = None
    doubts: tuple[Doubt, ...] = ()


def looks_like_town(text: str) -> bool:
    """Say whether a text can be a town: it begins like a word and holds no long number.

    ``Paris 13``, ``'s-Hertogenbosch`` and ``la Louvière`` can; ``3 Wien`` and ``Graz 8010`` cannot.
    """
    return (
        text[:1].isalpha() or (text[:1] in "'’‘(" and any(char.isalpha() for char in text))
    ) and _LONG_NUMBER.search(text) is None


def joins_words(town: str) -> bool:
    """Say whether a town looks like two cells in one: ``AgencyWien``, or far too many words."""
    glued = any(town[at - 1] != "." for at in _case_boundaries(town, 0, len(town)))
    return glued or len(town.split()) > _TOWN_WORDS


def _case_boundaries(text: str, start: int, stop: int) -> list[int]:
    """Return the offsets where a capital follows a small letter, a digit or a closing bracket."""
    found = []
    for at in range(start + 1, stop):
        if not text[at].isupper():
            continue
        before = at - 1
        while before > start and unicodedata.combining(text[before]):
            before -= 1
        if not (text[before].islower() or text[before].isdigit() or text[before] in _CLOSING):
            continue
        if text[at + 1 : at + 2] == "." or _follows_prefix(text, at):
            continue  # “S.p.A.”, “McKinley”
        found.append(at)
    return found


def _follows_prefix(text: str, at: int) -> bool:
    return any(
        text.endswith(prefix, 0, at) and not text[at - len(prefix) - 1 : at - len(prefix)].isalpha()
        for prefix in _PREFIXES
    )


# --- Without a postcode --------------------------------------------------------------------------


def split_by_case(head: Head, country: Country) -> Split | UnreadableLine:
    """Split name and town where no postcode stands between them.

    A separator that survived tells them apart, or a capital letter right after a small one, a digit
    or a closing bracket. Anything less is not defensible: the line may well be cut off.
    """
    doubts: tuple[Doubt, ...] = ()
    expected = country.postcode is not None and not country.postcode_optional
    if expected:
        doubts = (
            Doubt(
                "postcode-missing", f"No postcode is found; {country.name_en} has them.", "postcode"
            ),
        )
    town_end = head.start + len(head.text[head.start : head.stop].rstrip(EDGE))
    ruler = max(head.text.rfind(char, head.reach, town_end) for char in "\t;")
    if ruler > head.start and looks_like_town(head.town(ruler + 1)):
        return Split(ruler, ruler + 1, None, doubts)
    places = [
        at
        for at in _case_boundaries(head.text, head.reach, head.stop)
        if _is_bare_town(head.town(at))
    ]
    capitals = expected and bool(places) and head.town(places[-1]).isupper()
    if not places or not head.is_joined_to_country or capitals:
        return UnreadableLine(
            "town-boundary",
            "No postcode stands before the country, and nothing shows where the name ends; the "
            "line may be cut off.",
            "town",
        )
    *others, at = places
    return Split(at, at, None, doubts + _case_doubts(head, at, others))


def _is_bare_town(town: str) -> bool:
    """Say whether a text can be a town with no postcode to vouch for it: few words, in capitals."""
    words = town.split()
    return (
        looks_like_town(town)
        and len(town) > 1
        and len(words) <= _TOWN_WORDS - 1
        and all(len(word) <= 4 or not word[0].islower() for word in words)
    )


def _case_doubts(head: Head, at: int, others: list[int]) -> tuple[Doubt, ...]:
    name, town = head.name(at), head.town(at)
    if not others:
        return (
            Doubt(
                "town-by-case",
                f"Only the capital letter shows that the town {town} begins after “{name}”.",
                "town",
            ),
        )
    alternative = " or ".join(f"name “{head.name(it)}”, town “{head.town(it)}”" for it in others)
    return (
        Doubt(
            "partner-two-readings",
            f"The town may begin at more than one capital letter; {town} is taken.",
            "town",
            alternative,
        ),
    )
