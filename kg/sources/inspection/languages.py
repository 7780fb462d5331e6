"""Which language texts are in, told by their small words; a hint, never a decision."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from kg.sources.inspection.words import load_vocabulary

__all__ = ["likely_language", "named_language"]

MIN_TEXTS = 5
MIN_HITS = 3
"""Small words of a language that a text needs to be counted for it."""
LEAD = 1.5
"""How many times as many it needs as of the next language."""
MIN_SHARE = 0.9


@cache
def _words() -> dict[str, frozenset[str]]:
    return {code: frozenset(words) for code, words in load_vocabulary().languages.items()}


def named_language(header: str) -> str | None:
    """Return the language that a header names behind its words: ``title.fr``, ``Titel (DE)``."""
    match = re.search(r"(?:[._]|\s*[\[(])([A-Za-z]{2})[\])]?$", header.strip())
    code = match[1].casefold() if match is not None else None
    return code if code in _words() else None


def likely_language(texts: Sequence[str]) -> str | None:
    """Return a remark that names the language of nearly all texts that tell one; None otherwise."""
    found: Counter[str] = Counter()
    for text in texts:
        code = _language(text)
        if code:
            found[code] += 1
    if found.total() < MIN_TEXTS:
        return None
    code, number = found.most_common(1)[0]
    share = number / found.total()
    if share < MIN_SHARE:
        named = ", ".join(f"{c} {n}" for c, n in found.most_common(3))
        return f"texts in several languages ({named}): leave language out"
    told = f"{share:.0%} of {found.total():,} texts that tell read as {code}"
    return f'{told}: add language = "{code}" if so'


def _language(text: str) -> str | None:
    words = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    scores = Counter({code: sum(words[word] for word in known) for code, known in _words().items()})
    (best, first), (_, second) = scores.most_common(2)
    return best if first >= MIN_HITS and first >= LEAD * second else None
