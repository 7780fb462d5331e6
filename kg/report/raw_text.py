"""Raw values for the eye: text as it stands in the source, with what cannot be seen made visible.

A value may hold anything: markup, a no-break space where a space is expected, a character that
turns the direction of the text around it. What comes out of here is escaped, isolated from the
text around it, and shows such characters as their code point in a box.
"""

from __future__ import annotations

import re

import msgspec
from markupsafe import Markup

__all__ = ["Excerpt", "excerpt", "plain", "visible"]

SHORT = 180
"""Characters of a value that are shown at once."""
LONG = 4_000
"""Characters of a value that are shown at all; beyond these the reader goes to the source."""

# Controls, white space other than a space, and what is drawn as nothing: the properties Cc,
# White_Space and Default_Ignorable_Code_Point of Unicode 16.0, with the surrogates, the
# interlinear marks and the two non-characters that end the basic plane. Spelt out, so that the
# page does not depend on the Unicode version of the interpreter.
_UNSEEN = (
    r"\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    r"\u2028-\u202f\u205f-\u206f\u3000\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    r"\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_MARKED = re.compile(rf"(?P<unseen>[{_UNSEEN}])|(?P<space>^ +| +$| {{2,}})")
_NAMES = {"\t": "tab", "\n": "↵", "\r": "cr", "\u00a0": "nbsp"}


class Excerpt(msgspec.Struct, frozen=True):
    """A value cut for the page.

    ``head`` is its beginning, shown while the value is folded; ``text`` is as much as the page
    holds; ``length`` is the number of characters of the whole value.
    """

    head: str
    text: str
    length: int

    @property
    def is_short(self) -> bool:
        """Whether the value need not be folded."""
        return self.length <= SHORT and "\n" not in self.text

    @property
    def is_whole(self) -> bool:
        """Whether the page holds the whole value."""
        return len(self.text) == self.length


def excerpt(value: str) -> Excerpt:
    """Return a value cut at the first line end or after so many characters."""
    head = value[:SHORT].partition("\n")[0].rstrip(" ")
    return Excerpt(head, value[:LONG], len(value))


def visible(text: str) -> Markup:
    """Return text as inert, isolated HTML in which every character can be seen."""
    parts: list[str | Markup] = []
    done = 0
    for match in _MARKED.finditer(text):
        parts += [text[done : match.start()], _mark(match)]
        done = match.end()
    parts.append(text[done:])
    return Markup("<bdi>{}</bdi>").format(Markup("").join(parts))


def plain(text: str) -> str:
    """Return text for a place without markup, such as the title: unseen characters are named."""
    return _MARKED.sub(lambda match: match["space"] or f"[{_name(match['unseen'])}]", text)


def _mark(match: re.Match[str]) -> Markup:
    if match["space"]:
        return Markup('<span class="space">{}</span>').format(match["space"])
    # the character itself is left out: it could still act on its neighbours
    mark = Markup('<span class="unseen">{}</span>').format(_name(match["unseen"]))
    return mark + "\n" if match["unseen"] == "\n" else mark


def _name(character: str) -> str:
    return _NAMES.get(character) or f"U+{ord(character):04X}"
