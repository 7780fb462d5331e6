"""Data of persons, which are not published: e-mail, telephone, and columns that announce them.

The words are in ``personal.toml``. Names of persons cannot be told from other names, so that only
the header of their column says what they are.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

from kg.problems import Problem
from kg.records import encodable
from kg.sources.fields import TEXT_KINDS, Kind
from kg.sources.values.finding import Finding, Parsed
from kg.spelling import folded

__all__ = [
    "impersonal",
    "looks_personal",
    "mask_personal",
    "personal_finding",
    "publishable",
]

WITHHELD = "[…]"
"""Stands in a text where an address or a number was."""

_MAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64}(?:@|%40|\s?[(\[]at[)\]]\s?)(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w@])"
)
_LABELLED = re.compile(
    r"\b(?:t[eé]l(?:[eé](?:ph|f)o+n[eoa]?s?)?|phone|fon|mob(?:il(?:e|telefon)?)?|handy|fax|gsm|puh|"
    r"τηλ|тел|телефон|tlf)\b[.:]{0,2}\s{0,3}(\+?[0-9(][0-9 ()./\u00a0‐‑–-]{5,24}[0-9])",
    re.IGNORECASE,
)
_INTERNATIONAL = re.compile(
    r"(?<![\w.,+])(?:\+|00)\s?([1-9][0-9 ()./\u00a0‐‑–-]{6,26}[0-9])(?!\w|,[0-9])(?:[‐‑–/-][0-9]+)*"
)
_DIALLING = re.compile("(?:1|7|2[0-9]{1,2}|3[0-9]|4[0-9]|5[0-9]|9[0-9])")
"""How the number of a country begins, roughly: Recommendation ITU-T E.164."""
_GROUPED = re.compile(r"[0-9]{1,3}(?:([. ])[0-9]{3})(?:\1[0-9]{3})*")
"""Thousands, which an amount has too."""

WORDS = frozenset({"word", "state", "region"})
"""Kinds of short values, which are of no use without what is left out of them."""
CODES = frozenset({"id", "code"})
"""Kinds whose digits can look like a telephone number."""
LINKS = frozenset({"url", "urls"})
_DIGITS = re.compile(r"[0-9][0-9 ()./\u00a0‐‑–-]{4,}[0-9]")
"""What is in every telephone number."""
_PLAIN_CODE = re.compile(r"[A-Za-z0-9_/-]*")
"""A code without the signs of an address, and of those between a word for telephones and digits."""

_LETTER = re.compile(r"[^\W\d_]")

DIGITS = range(8, 16)
"""Digits of an international number; a national one behind its label may have six."""


def personal_finding(text: str) -> Finding | None:
    """Return a finding where a text holds an e-mail address or a telephone number.

    A number is one of a telephone where a word says so, or where it begins with ``+`` or ``00`` and
    a country's number and its digits are parted as no amount, date or id is.
    """
    if ("@" in text or "at" in text or "%40" in text) and _MAIL.search(text):
        also = " and a telephone number" if _holds_telephone(text) else ""
        return Finding("personal-data", f"The value holds an e-mail address{also}.")
    if _holds_telephone(text):
        return Finding("personal-data", "The value holds a telephone number.")
    return None


def _holds_telephone(text: str) -> bool:
    return _LABELLED.search(text) is not None or any(
        map(_is_telephone, _INTERNATIONAL.finditer(text))
    )


def mask_personal(text: str) -> str:
    """Return a text without its e-mail addresses and telephone numbers."""
    if _is_plain_text(text):  # most texts
        return text
    text = _MAIL.sub(WITHHELD, text)
    text = _LABELLED.sub(WITHHELD, text)
    return _INTERNATIONAL.sub(lambda m: WITHHELD if _is_telephone(m) else m[0], text)


def publishable(problem: Problem) -> Problem:
    """Return a problem as it can be shown to anyone: no data of persons, no half characters."""
    value, record = problem.value, problem.record
    return msgspec.structs.replace(
        problem,
        message=mask_personal(encodable(problem.message)),
        value=None if value is None else mask_personal(encodable(value)),
        record=None if record is None else mask_personal(encodable(record)),
    )


def impersonal(parse: Callable[[str], Parsed], kind: Kind) -> Callable[[str], Parsed]:
    """Return a parser of a kind of value that lets no address or telephone number through.

    A text in a language goes without it; a short value, and a text of nothing else, is not
    published.
    """
    is_plain = _is_plain_code if kind in CODES else _is_plain_text

    def guarded(raw: str) -> Parsed:
        # most texts have nothing of the kind (measured: looking closer is a third of reading)
        if is_plain(raw):
            return parse(raw)
        if kind in LINKS:
            return _impersonal_links(parse(raw))
        finding = _code_finding(raw) if kind in CODES else personal_finding(raw)
        if finding is None:
            return parse(raw)
        rest = mask_personal(raw)
        if kind not in TEXT_KINDS or not _LETTER.search(rest.replace(WITHHELD, "")):
            return Parsed(None, finding)
        told = f"{finding.message} It was left out."
        return Parsed(parse(rest).value, Finding("personal-in-text", told))

    return guarded if kind in TEXT_KINDS | WORDS | CODES | LINKS else parse


def _code_finding(text: str) -> Finding | None:
    """Return a finding where a code holds an address, or a number that says what it is."""
    if _MAIL.search(text) or _LABELLED.search(text):
        return personal_finding(text)
    return None


def _impersonal_links(parsed: Parsed) -> Parsed:
    """Return web addresses without those that hold an e-mail address."""
    links = parsed.value if isinstance(parsed.value, tuple) else (parsed.value,)
    kept = tuple(link for link in links if link is None or not _MAIL.search(str(link)))
    if len(kept) == len(links):
        return parsed
    told = "A web address holds an e-mail address."
    if not kept:
        return Parsed(None, Finding("personal-data", told))
    return Parsed(kept, Finding("personal-in-text", f"{told} It was left out."))


def _is_plain_code(text: str) -> bool:
    return _PLAIN_CODE.fullmatch(text) is not None


def _is_plain_text(text: str) -> bool:
    may_hold_mail = "@" in text or "%40" in text or "at)" in text or "at]" in text
    return not may_hold_mail and _DIGITS.search(text) is None


def _is_telephone(match: re.Match[str]) -> bool:
    number = match[1]
    digits = [c for c in number if c.isdigit()]
    if len(digits) not in DIGITS or _DIALLING.match(number) is None:
        return False
    if _GROUPED.fullmatch(number) and (number.count(".") or number.endswith("000")):
        return False
    return match[0].startswith("+") or len(digits) < len(number)


@cache
def _words() -> Mapping[str, Sequence[tuple[str, ...]]]:
    text = files("kg").joinpath("sources/personal.toml").read_text(encoding="utf-8")
    stated = tomllib.loads(text)
    return {key: [tuple(folded(word).split()) for word in words] for key, words in stated.items()}


@lru_cache(maxsize=1024)
def looks_personal(header: str) -> bool:
    """Tell whether the header of a column announces data of a person."""
    told = folded(header.replace("_", " "))
    words = tuple(told.split())
    if any(_is_in(phrase, words) for phrase in _words()["harmless"]):
        return False
    beginnings = tuple(beginning for (beginning,) in _words()["beginnings"])
    if any(word.startswith(beginnings) for word in words):
        return True
    return any(_is_in(phrase, words) for phrase in _words()["words"])


def _is_in(phrase: tuple[str, ...], words: tuple[str, ...]) -> bool:
    width = len(phrase)
    return any(words[at : at + width] == phrase for at in range(len(words) - width + 1))
