"""What the words of a column header mean, in the languages of Interreg.

The words are data (``header_words.toml``). A header is cut into words, a word has concepts, and a
meaning is the concepts that it needs: ``Projektbeginn`` and ``Data rozpoczęcia projektu`` both have
*start*, so both are the start date.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec

from kg.sources.values.currencies import currency_marks

__all__ = [
    "GENERAL",
    "HeaderReading",
    "Meaning",
    "concepts_of",
    "fold",
    "load_vocabulary",
    "read_header",
    "role_of_word",
    "words_of",
]

WORDS = Path(__file__).parent / "header_words.toml"

PROJECT = frozenset({"project"})
PARTNER = frozenset({"partner", "beneficiary", "organisation", "lead"})
"""Concepts that say whose a column is; they can stand beside any meaning."""
FILLERS = frozenset({"type", "amount", "date", "total", "count"})
"""Concepts of weak words, whose loss costs little."""
GENERAL = (
    "point", "region", "project_type", "co_financing", "eu_funding", "objectives", "address",
    "location", "project_id", "name", "organisation",
)  # fmt: skip
"""Meanings of words that stand in many headers beside the one that counts, the weakest last."""
OWN = frozenset({"programme", "name", "title", "project_id", "acronym", "co_financing"})
"""Meanings that the word *programme* makes others."""
WHOLE = 1.0
ENGLISH = "english"


class Meaning(msgspec.Struct, frozen=True):
    """A meaning of a column: its concepts, and the field of a project and of a partner."""

    needs: tuple[str, ...]
    may: tuple[str, ...] = ()
    project: str | None = None
    partner: str | None = None

    def sets(self) -> list[frozenset[str]]:
        """Return the concepts, any of which sets tells the meaning."""
        return [frozenset(need.split()) for need in self.needs]


class Vocabulary(msgspec.Struct, frozen=True):
    """All of ``header_words.toml``."""

    concepts: dict[str, tuple[str, ...]]
    meanings: dict[str, Meaning]
    noise: dict[str, tuple[str, ...]]
    phrases: dict[str, str]
    roles: dict[str, str | tuple[str, ...]]
    languages: dict[str, tuple[str, ...]]


class HeaderReading(msgspec.Struct, frozen=True):
    """One thing that a header can mean.

    ``scope`` is ``project``, ``partner`` or ``open``; ``is_lead`` says that the lead partner is
    named. ``score`` is the share of the header's words that the meaning explains, from 0 to 1, and
    ``words`` are these words.
    """

    meaning: str
    scope: str
    is_lead: bool
    score: float
    words: tuple[str, ...]
    weight: int = 1


@cache
def load_vocabulary() -> Vocabulary:
    """Return the words of headers."""
    return msgspec.convert(tomllib.loads(WORDS.read_text(encoding="utf-8")), Vocabulary)


@cache
def fold(text: str) -> str:
    """Return a text in small letters without accents."""
    plain = text.casefold().translate(_LETTERS)
    parts = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in parts if not unicodedata.combining(c))


_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d",
                          "þ": "th"})  # fmt: skip


def words_of(header: str) -> list[str]:
    """Return the words of a header, folded: at space, marks, digits and inner capitals."""
    parted = re.sub(r"(?<=[a-zäöüåøæéèçñ])(?=[A-ZÄÖÜÅØÆ][a-z])", " ", header)
    joined = re.sub(r"\b([Cc]o|[Kk]o)-?\s?(?=[Ff]inan[cszç])", r"\1", parted.replace("_", " "))
    return [fold(word) for word in re.findall(r"[^\W\d_]+|%|#", joined)]


@cache
def concepts_of(word: str) -> frozenset[str]:
    """Return the concepts of a word."""
    found = {concept for concept, form in _forms().items() if form.fullmatch(word) is not None}
    if "postcode" in found:  # which ends in the word for an id
        found.discard("id")
    return frozenset(found)


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    return {name: _form(words) for name, words in load_vocabulary().concepts.items()}


@cache
def _named(group: str) -> re.Pattern[str]:
    vocabulary = load_vocabulary()
    words = {
        "noise": (*vocabulary.noise["words"], *currency_marks()),
        "associated": vocabulary.roles["associated_words"],
        "ended": vocabulary.roles["ended_words"],
    }[group]
    return _form(tuple(words))


def _form(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(fold(w)).replace(r"\*", r"\w*") for w in words))


@cache
def role_of_word(text: str) -> str | None:
    """Return ``LP``, ``PP`` or ``AP`` for a word of a role or a yes or no, or None.

    What a partner is that is one no more, such as *Partner (withdrawn)*, is nobody's guess.
    """
    words = words_of(text)
    if any(_named("ended").fullmatch(word) for word in words):
        return None
    if any(_named("associated").fullmatch(word) for word in words):
        return "AP"
    roles = load_vocabulary().roles
    for concept in ("lead", "partner", "beneficiary"):
        if any(concept in concepts_of(word) for word in words):
            return str(roles[concept])
    whole = fold(text.strip())
    if whole in {fold(word) for word in roles["yes"]}:
        return "LP"
    return "PP" if whole in {fold(word) for word in roles["no"]} else None


def read_header(header: str) -> list[HeaderReading]:
    """Return what a header can mean, the likeliest first.

    A header in two languages (``Startdato / Operation start date``) is read in each of them, and
    what stands in brackets apart.
    """
    best: dict[tuple[str, str, bool], HeaderReading] = {}
    for part, weight in _parts(header):
        for reading in _read_part(part):
            weighed = msgspec.structs.replace(reading, score=reading.score * weight)
            key = (weighed.meaning, weighed.scope, weighed.is_lead)
            if key not in best or best[key].score < weighed.score:
                best[key] = weighed
    return sorted(best.values(), key=_rank)


def _rank(reading: HeaderReading) -> tuple[float, int, int, str]:
    """Order readings by what they explain; a meaning of a general kind comes after others."""
    general = GENERAL.index(reading.meaning) + 1 if reading.meaning in GENERAL else 0
    return -round(reading.score, 3), general, -reading.weight, reading.meaning


def _parts(header: str) -> list[tuple[str, float]]:
    plain = header.replace("_", " ")
    for phrase in load_vocabulary().noise["phrases"]:
        plain = re.sub(rf"\b{phrase}\b", " ", plain, flags=re.IGNORECASE)
    whole = re.sub(r"[\[(][^\])]*[\])]", " ", plain)
    parts = [(whole, 1.0)]
    pieces = [p for p in re.split(r"\s/\s|/(?=[^\W\d_]{4})|\n|\||\s[-–—]\s", whole) if words_of(p)]
    if len(pieces) > 1:
        parts += [(piece, 0.97) for piece in pieces]
    inside = re.findall(r"[\[(]([^\])]*)[\])]", plain)
    parts += [(f"{whole} {text}", 1.0) for text in inside if _is_language(text)]
    parts += [(text, 0.6) for text in inside if words_of(text)]
    return parts


def _is_language(text: str) -> bool:
    """Tell whether words in brackets say in which language a column is: ``Name (English)``."""
    words = words_of(text)
    return bool(words) and all(ENGLISH in concepts_of(word) for word in words)


def _read_part(text: str) -> list[HeaderReading]:
    vocabulary = load_vocabulary()
    noise = _named("noise")
    every = words_of(text)
    whole = " ".join(every)
    for phrase, meaning in vocabulary.phrases.items():
        if whole == phrase or (
            f" {phrase} " in f" {whole} " and len(every) <= 3 + phrase.count(" ")
        ):
            scope = _scope({c for word in every for c in concepts_of(word)})
            is_lead = meaning == "organisation"
            scope = "partner" if is_lead else scope
            if vocabulary.meanings[meaning].partner is None:
                scope = "project"
            return [HeaderReading(meaning, scope, is_lead, WHOLE, (phrase,), 9)]
    known = {word: concepts_of(word) for word in every}
    words = [word for word in every if known[word] or not noise.fullmatch(word)]
    if not words:
        return []
    stated = frozenset().union(*(known[word] for word in words))
    found = []
    for name, each in vocabulary.meanings.items():
        reading = _fit(name, each, words, known, stated)
        if reading is not None:
            found.append(reading)
    return found


def _fit(
    name: str,
    meaning: Meaning,
    words: Sequence[str],
    known: dict[str, frozenset[str]],
    stated: frozenset[str],
) -> HeaderReading | None:
    best: HeaderReading | None = None
    noise = _named("noise")
    for need in meaning.sets():
        if not need <= stated:
            continue
        tellers = [word for word in words if known[word] & need]
        if len(need) > 1 and len(tellers) < 2 and not _is_compound(tellers, need, known):
            continue
        allowed = need | PROJECT | PARTNER | frozenset(meaning.may)
        allowed |= {ENGLISH} if name in OWN else {ENGLISH, "programme"}
        weights = [
            (0.35 if noise.fullmatch(word) or known[word] & FILLERS else 1.0, word)
            for word in words
        ]
        explained = sum(weight for weight, word in weights if known[word] & allowed)
        total = sum(weight for weight, _ in weights)
        used = {c for word in words for c in known[word] if c in allowed}
        if not any("location" in known[word] for word in words if not known[word] & need):
            used.discard("location")
        scope = (
            "partner"
            if name in ("organisation", "organisation_type", "ownership", "name_english")
            else _scope(used)
        )
        is_lead = "lead" in used
        score = explained / total if total else 0.0
        told = tuple(word for word in words if known[word] & allowed)
        reading = HeaderReading(name, scope, is_lead, score, told, len(need))
        if best is None or (reading.score, reading.weight) > (best.score, best.weight):
            best = reading
    return best


def _is_compound(
    tellers: Sequence[str], need: frozenset[str], known: dict[str, frozenset[str]]
) -> bool:
    """Tell whether one long word names all concepts, such as ``projektnamn``."""
    return any(need <= known[word] and len(word) >= 6 for word in tellers)


def _scope(concepts: set[str]) -> str:
    if concepts & PARTNER:
        return "partner"
    return "project" if concepts & (PROJECT | {"location", "programme"}) else "open"
