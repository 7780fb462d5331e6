"""Where in the input something stands."""

from __future__ import annotations

import msgspec

__all__ = ["Place", "column_letters"]


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where in the input something stands.

    Lines and columns count from 1; in a table, a column is one of cells and not of characters.
    ``source`` is the name under which the build knows the file, ``pointer`` a JSON pointer
    (RFC 6901), ``sheet`` a sheet of a workbook, whose cells are told as a spreadsheet does.
    """

    source: str
    line: int | None = None
    end_line: int | None = None
    column: int | None = None
    pointer: str | None = None
    sheet: str | None = None

    def __str__(self) -> str:
        text = self.source
        if self.sheet is not None:
            row = "" if self.line is None else str(self.line)
            column = "" if self.column is None else column_letters(self.column)
            cell = column + row if column or not row else f"row {row}"
            if row and self.end_line is not None and self.end_line != self.line:
                cell += f":{column}{self.end_line}" if column else f"-{self.end_line}"
            return f"{text}:{self.sheet}!{cell}" if cell else f"{text}:{self.sheet}"
        if self.pointer is not None:
            text += f":{self.pointer}"
        if self.line is not None:
            text += f":{self.line}"
            if self.end_line is not None and self.end_line != self.line:
                text += f"-{self.end_line}"
            if self.column is not None:
                text += f":{self.column}"
        return text


def column_letters(column: int) -> str:
    """Return the letters of a spreadsheet column, counted from 1: 4 → ``D``, 28 → ``AB``."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
