"""A line of a text and its number."""

from __future__ import annotations

import msgspec

__all__ = ["Line"]


class Line(msgspec.Struct, frozen=True):
    """A line of the file and its number, from 1."""

    number: int
    text: str

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing but space stands on the line."""
        return not self.text.strip().strip("\ufeff")
