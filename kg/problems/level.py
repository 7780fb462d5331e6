"""What a problem costs."""

from __future__ import annotations

from enum import Enum

__all__ = ["Level"]


class Level(Enum):
    """What a problem costs, from nothing to the whole run; the value is its word in reports."""

    NOTE = "note"
    """Nothing is wrong; the reader should know."""
    WARNING = "warning"
    """Published as stated, and reported."""
    FIELD = "field"
    """The record is published without this value."""
    PARTNER = "partner"
    """This partner is held back; its project is published."""
    RECORD = "record"
    """This project is held back with everything that hangs on it."""
    FILE = "file"
    """Nothing of the run is published; earlier outputs stay."""

    def __init__(self, word: str) -> None:
        self.word = word
        self._rank = len(type(self).__members__)

    def __lt__(self, other: Level) -> bool:
        return self._rank < other._rank

    def __ge__(self, other: Level) -> bool:
        return self._rank >= other._rank
