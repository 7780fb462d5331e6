"""Texts as people compare them: two spellings of one name or word are made one."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["folded"]

_WORDS = re.compile(r"\w+")


def folded(text: str) -> str:
    """Return the words of a text without case, accents and punctuation, parted by one space."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(_WORDS.findall(text.casefold()))
