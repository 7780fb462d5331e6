"""Which encoding a text is in, from its bytes, and text that was once decoded wrongly.

Eastern code pages (Windows-1250, ISO-8859-2, KOI8-R …) give every byte a letter and cannot be told
from Windows-1252; a source profile has to name them.
"""

from __future__ import annotations

import codecs
import re

__all__ = ["double_encoded", "guess_utf16", "is_damaged_utf8", "stated_encoding"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
"""Half of a UTF-16 pair, written as if it were a character: not UTF-8, and no text has it."""

_DOUBLE = re.compile(
    "\\w*(?:"
    # é ü ß à …: the second byte as a sign that follows no Portuguese Ã, which can stand before
    # a closing quote, a dash or a no-break space
    "Ã[\x80-\x9f\u00a1-\u00af\u00b1-\u00ba\u00bc-\u00bf€‚ƒ„†‡ˆ‰Š‹Œ•˜œžŸ]"
    # – — ‘ ’ “ ” • … €
    "|â€[\x80-\x9f“”˜™œ¢¦]|â‚¬"
    # š ž ł ż ć ę
    "|Å[¡¾‚¼]|Ä[‡™]"
    ")\\w*"
)


def stated_encoding(head: bytes) -> str | None:
    """Return the encoding whose byte order mark a text begins with."""
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)


def guess_utf16(head: bytes) -> str | None:
    """Return the UTF-16 that a text without mark is in: every second byte of Latin text is zero."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if half < 2 or max(even, odd) < half * 0.4 or min(even, odd) > half * 0.05:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def is_damaged_utf8(chunk: bytes) -> bool:
    """Tell damaged UTF-8 from a one-byte encoding: it has one valid multi-byte character."""
    text = chunk.decode("utf-8", errors="surrogateescape")
    return (
        any(ord(c) > 127 and not 0xDC80 <= ord(c) <= 0xDCFF for c in text)
        or _SURROGATE.search(chunk) is not None
    )


def double_encoded(text: str) -> re.Match[str] | None:
    """Return the first word that is UTF-8 read as Windows-1252: ``BesanÃ§on`` for Besançon."""
    # looking for single characters first is many times faster than the pattern
    if text.isascii() or (
        not any(sign in text for sign in "ÃÅÄ") and "â€" not in text and "â‚" not in text
    ):
        return None
    return _DOUBLE.search(text)
