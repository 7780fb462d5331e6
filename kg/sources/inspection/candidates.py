"""What each column of a table may state: guessed from its header and the form of its values."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from kg.sources.fields import KIND_OF, Kind
from kg.sources.inspection.facts import ColumnFacts
from kg.sources.inspection.words import (
    HeaderReading,
    concepts_of,
    load_vocabulary,
    read_header,
    words_of,
)

__all__ = ["SURE", "WEAK", "Candidate", "candidates_of", "fits_kind"]

SURE = 0.45
"""The score from which on a guess is drafted as the field of a column."""
WEAK = 0.25
"""The score from which on it is named as a possibility."""
LEVELS = {"I": "1", "II": "2", "III": "3"}
SHORT_NAME = 24
"""Characters that an acronym has at most, and a title seldom."""
CODES = 0.95
"""The share of values with digits and without space, where a column of names holds codes."""
MAX_ROLES = 30
"""So many different words for roles a column has at most."""
MUST = 0.6
"""The share of values that must have the form of a field's kind."""


class Candidate(msgspec.Struct, frozen=True):
    """A meaning of a column, whose it is, and why it is thought to have it."""

    meaning: str
    scope: str
    is_lead: bool
    score: float
    reason: str

    @property
    def project(self) -> str | None:
        """The field of a project with this meaning."""
        return load_vocabulary().meanings[self.meaning].project

    @property
    def partner(self) -> str | None:
        """The field of a partner with this meaning."""
        return load_vocabulary().meanings[self.meaning].partner


def candidates_of(column: ColumnFacts, separator: str | None = None) -> list[Candidate]:
    """Return what a column may state, the likeliest first.

    With a ``separator`` its cells are lists, and their entries are looked at.
    """
    forms = column.forms if separator is None else column.item_forms(separator)
    readings = [_by_value_form(reading, column, forms) for reading in _grouped_readings(column)]
    found = [_by_header(column, reading, forms, separator) for reading in readings]
    found += _by_values(column, forms, is_named=bool(found))
    found += _by_plain_name(column, forms)
    best: dict[tuple[str, str], Candidate] = {}
    for candidate in found:
        key = (candidate.meaning, candidate.scope)
        if candidate.score >= WEAK and (key not in best or best[key].score < candidate.score):
            best[key] = candidate
    order = {id(c): n for n, c in enumerate(found)}
    return sorted(best.values(), key=lambda c: (-round(c.score, 2), order[id(c)]))


def _by_plain_name(column: ColumnFacts, forms: Mapping[str, float]) -> list[Candidate]:
    """Return what a column headed *Project* is: its id, its acronym or its title, by the values."""
    words = words_of(column.header)
    if not words or not all(concepts_of(word) == {"project"} for word in words):
        return []
    if column.filled == 0 or forms["letters"] < 0.6:
        return []
    texts = [text for text, _ in column.sample()]
    if sum(map(_is_code, texts)) >= CODES * len(texts):
        told = f"header: ‹{' '.join(words)}›; values: codes with digits"
        return [Candidate("project_id", "project", False, 0.6, told)]
    meaning = "acronym" if column.typical_length <= SHORT_NAME else "title"
    reason = f"header: ‹{' '.join(words)}›; values: {meaning}s by their length"
    return [Candidate(meaning, "project", False, 0.6, reason)]


def _is_code(text: str) -> bool:
    plain = text.strip()
    return len(plain) <= SHORT_NAME and " " not in plain and any(c.isdigit() for c in plain)


def _grouped_readings(column: ColumnFacts) -> list[HeaderReading]:
    """Return the readings of a header, and those that what stands above it adds.

    *Name* below *Lead partner* is the name of the lead partner, and no title of a project.
    """
    header = column.header.removeprefix(f"{column.group} / ")
    alone = _readings(header)
    if not column.group:
        return alone
    both = _readings(f"{column.group} {header}")
    whose = read_header(column.group)[:1]
    if not whose or whose[0].scope != "partner":
        return [*alone, *both]
    scoped = [
        msgspec.structs.replace(reading, scope="partner", is_lead=whose[0].is_lead)
        for reading in alone
        if reading.scope == "open" and reading.meaning not in ("title",)
    ]
    return scoped or both or alone


def _readings(header: str) -> list[HeaderReading]:
    """Return the readings of a header; the digit of a NUTS level makes a meaning of its own."""
    readings = read_header(header)
    level = re.search(r"nuts\W*(?:level\W*)?([123]|I{1,3}\b)", header, re.IGNORECASE)
    if level is None:
        return readings
    return [
        msgspec.structs.replace(r, meaning=f"nuts{LEVELS.get(level[1].upper(), level[1])}")
        if r.meaning == "nuts"
        else r
        for r in readings
    ]


def _by_value_form(
    reading: HeaderReading, column: ColumnFacts, forms: Mapping[str, float]
) -> HeaderReading:
    """Return what a header means where the form of the values decides between two things."""
    meaning, score = reading.meaning, reading.score
    is_yes_or_no = column.filled > 0 and max(forms["role"], forms["flag"]) >= 0.8
    is_roles = forms["role"] >= 0.8 and column.distinct <= MAX_ROLES
    if meaning in ("organisation", "name") and is_yes_or_no and (reading.is_lead or is_roles):
        meaning, score = "role", max(score, 0.8)
    elif meaning == "objectives" and column.typical_length < 100:
        meaning, score = "specific_objective", score * 0.8
    elif meaning == "location" and forms["nuts"] >= MUST:
        meaning = "nuts"
    elif meaning == "location" and forms["postcode"] >= MUST:
        meaning = "postcode"
    elif meaning == "location" and forms["point"] >= MUST:
        meaning = "point"
    else:
        return reading
    scope = "partner" if meaning == "role" else reading.scope
    return msgspec.structs.replace(reading, meaning=meaning, score=score, scope=scope)


def _by_header(
    column: ColumnFacts,
    reading: HeaderReading,
    forms: Mapping[str, float],
    separator: str | None,
) -> Candidate:
    meaning = load_vocabulary().meanings[reading.meaning]
    fields = [f for f in (meaning.project, meaning.partner) if f is not None]
    kinds = {KIND_OF[field] for field in fields}
    fit, told = max(
        (fits_kind(kind, column, forms, is_list=separator is not None) for kind in kinds),
        key=lambda pair: pair[0],
    )
    if column.filled == 0:
        fit, told = 0.9, "no cell is filled"
    fit *= _own_fit(reading.meaning, column, forms)
    words = " ".join(f"‹{word}›" for word in reading.words)
    reason = f"header: {words}" + (f"; values: {told}" if told else "")
    return Candidate(reading.meaning, reading.scope, reading.is_lead, reading.score * fit, reason)


def _own_fit(meaning: str, column: ColumnFacts, forms: Mapping[str, float]) -> float:
    """Return how well the values fit a meaning, beyond their kind."""
    if meaning == "postcode":
        return 1.0 if forms["postcode"] >= 0.3 or forms["letters"] >= 0.5 else 0.4
    if meaning in ("town", "street") and column.filled:
        return 1.0 if forms["letters"] >= 0.6 else 0.4
    if meaning == "fund":
        return 1.0 if forms["letters"] >= 0.6 and column.distinct <= 40 else 0.2
    if meaning in ("name", "organisation") and forms["flag"] >= 0.8:
        return 0.2
    if meaning in ("name", "organisation", "title", "acronym", "programme"):
        return 1.0 if forms["letters"] >= 0.6 else 0.3
    if meaning in ("description", "results", "objectives", "title"):
        return 1.0 if forms["letters"] >= 0.6 else 0.3
    if meaning == "project_id":
        # an id of a project tells projects apart; three words for ten thousand rows do not
        few = column.filled > 50 and column.distinct < max(3, column.filled / 400)
        return 0.3 if few or column.typical_length > 80 or forms["date"] > 0.5 else 1.0
    if meaning == "programming_period":
        return 1.0 if column.distinct <= 10 and forms["date"] < 0.5 else 0.3
    if meaning == "cci":
        return 1.0 if forms["cci"] >= 0.5 or column.filled == 0 else 0.35
    if meaning == "location":
        return 0.8
    return 1.0


def fits_kind(
    kind: Kind, column: ColumnFacts, forms: Mapping[str, float], *, is_list: bool = False
) -> tuple[float, str]:
    """Return how well values fit a kind of field, from 0 to 1, and what tells."""
    form = _FORM_OF.get(kind)
    if kind == "country":
        kind = "countries"
    elif form is not None:
        share = max(forms[name] for name in form)
        if share >= MUST:
            return 0.6 + 0.4 * share, f"{share:.0%} {_NOUN.get(kind, kind)}"
        return 0.4 * share, f"only {share:.0%} {_NOUN.get(kind, kind)}"
    if kind == "countries":
        share = max(forms["country"], _country_lists(column))
        if share >= MUST:
            return 0.6 + 0.4 * share, f"{share:.0%} countries"
        # names of countries in other languages are not known here
        short = forms["letters"] >= 0.8 and column.typical_length <= 30 and column.distinct <= 80
        return (0.6, "") if short else (0.4 * share, f"only {share:.0%} countries")
    if kind in ("word", "text", "heading", "category", "categories", "region", "state"):
        numeric = max(forms["amount"] if kind not in ("category", "heading", "categories") else 0.0,
                      forms["date"], forms["url"], forms["email"])  # fmt: skip
        plain = column.filled and numeric >= 0.8 and forms["letters"] < 0.5
        is_code = is_list or column.typical_length <= 12
        if plain and not (is_code and kind in ("word", "region") and forms["date"] < 0.5):
            return 0.3, "but they look like numbers or dates"
        return 1.0, ""
    if kind == "code":
        return (1.0, "") if column.typical_length <= 24 else (0.4, "too long for codes")
    return 1.0, ""


_FORM_OF: dict[Kind, tuple[str, ...]] = {
    "date": ("date", "serial"),
    "amount": ("amount",),
    "number": ("number",),
    "rate": ("rate",),
    "role": ("role", "flag"),
    "flag": ("flag",),
    "count": ("integer",),
    "url": ("url",),
    "urls": ("url",),
    "currency": ("currency",),
    "coordinate": ("number",),
    "point": ("point",),
    "themes": ("themes",),
}
_NOUN: dict[Kind, str] = {
    "date": "dates", "amount": "amounts", "number": "numbers", "rate": "rates",
    "country": "countries", "role": "roles", "flag": "yes or no", "count": "whole numbers",
    "url": "web addresses",
    "urls": "web addresses", "currency": "currencies", "coordinate": "numbers", "point": "points",
    "themes": "themes with codes",
}  # fmt: skip


def _country_lists(column: ColumnFacts) -> float:
    """Return the share of values that are lists of countries."""
    from kg.sources.inspection.forms import forms_of

    texts = [text for text, _ in column.sample(100)]
    lists = [re.split(r"[;,|\n/]| - ", text) for text in texts]
    hits = [all("country" in forms_of(e.strip()) for e in parts if e.strip()) for parts in lists]
    return sum(hits) / len(hits) if hits else 0.0


def _by_values(
    column: ColumnFacts, forms: Mapping[str, float], *, is_named: bool
) -> list[Candidate]:
    """Return what the form of the values alone suggests."""
    found = []

    def suggest(form: str, meaning: str, score: float, noun: str) -> None:
        if column.filled and forms[form] >= 0.8:
            reason = f"values: {forms[form]:.0%} {noun}"
            found.append(Candidate(meaning, "open", False, score, reason))

    suggest("cci", "cci", 0.6, "codes of programmes (CCI)")
    suggest("country", "countries", 0.5, "countries")
    suggest("point", "point", 0.5, "points")
    if column.fill > 0.3:
        suggest("url", "url", 0.46, "web addresses")
    if forms["currency"] >= 0.95:
        suggest("currency", "currency", 0.5, "currencies")
    if not is_named and column.typical_length >= 250 and forms["letters"] > 0.8:
        found.append(Candidate("description", "project", False, 0.3, "values: long texts"))
    return found
