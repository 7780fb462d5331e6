"""The lines of a text, with their numbers."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kg.sources.files import Examined, open_text

__all__ = ["Line", "open_lines"]


class Line(msgspec.Struct, frozen=True):
    """A line of the file and its number, from 1."""

    number: int
    text: str

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing but space stands on the line."""
        return not self.text.strip().strip("\ufeff")


def open_lines(examined: Examined) -> Iterator[Line]:
    """Yield the lines of a file."""
    texts = enumerate(open_text(examined.file, examined.encoding), start=1)
    return (Line(number, text) for number, text in texts)
