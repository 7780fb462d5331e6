"""A copied text → blocks: which lines belong to one record, and to which part of it.

Streams: at any time one record is in memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from kg.sources.layouts.profile import TextProfile
from kg.sources.text.lines import Line

__all__ = ["RecordBlock", "split_blocks"]


class RecordBlock(msgspec.Struct):
    """The lines of one record: those of the project and those of the partners.

    ``is_empty`` says that it has no content, only headings, comments or blank lines. ``skipped``
    counts non-blank lines that are no cells: headings and comments. ``every`` are all lines as they
    stand, from the first that is no comment.
    """

    heading: Line | None = None
    partner_heading: Line | None = None
    project: list[Line] = msgspec.field(default_factory=list)
    partners: list[Line] = msgspec.field(default_factory=list)
    skipped: Counter[str] = msgspec.field(default_factory=Counter)
    every: list[Line] = msgspec.field(default_factory=list)
    is_empty: bool = True

    @property
    def lines(self) -> list[Line]:
        """All lines from the heading to the last partner, with comments between them."""
        content = [self.heading, self.partner_heading, *self.project, *self.partners]
        numbers = {id(line) for line in content if line is not None and not line.is_blank}
        stated = [n for n, line in enumerate(self.every) if id(line) in numbers]
        return self.every[stated[0] : stated[-1] + 1] if stated else self.every


def split_blocks(lines: Iterable[Line], profile: TextProfile) -> Iterator[RecordBlock]:
    """Yield the records of a text, cut at the profile's headings."""
    block = RecordBlock()
    for line in lines:
        word = line.text.strip().strip("\ufeff").rstrip(":").casefold()
        if word == profile.project_heading.casefold():
            if not block.is_empty or block.heading is not None:
                yield block
                block = RecordBlock()
            block.heading = line
            block.skipped["heading"] += 1
        elif word == profile.partner_heading.casefold():
            block.partner_heading = block.partner_heading or line
            block.skipped["heading"] += 1
        elif _is_comment(line, block, profile):
            block.skipped["comment"] += 1
            if not block.every:
                continue
        else:
            mine = block.project if block.partner_heading is None else block.partners
            mine.append(line)
            block.is_empty = block.is_empty and line.is_blank
        block.every.append(line)
    if not block.is_empty or block.skipped:
        yield block


def _is_comment(line: Line, block: RecordBlock, profile: TextProfile) -> bool:
    """Tell whether a line is a comment: only outside the project block, whose lines are values."""
    begun = block.heading is not None or not block.is_empty
    in_project = block.partner_heading is None and begun
    return not in_project and line.text.lstrip().lstrip("\ufeff").startswith(profile.comment)
