"""How values are written: what a parser has to know of a layout or of one of its columns."""

from __future__ import annotations

from typing import Literal

import msgspec

__all__ = ["ValueStyle"]


class ValueStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a layout, or one column of it, writes its values.

    ``auto`` leaves a matter to the values of each column. ``decimal`` and ``grouping`` are the
    separators of amounts, ``currency`` the ISO 4217 code of amounts that state none, which is None
    for a record whose own cannot be read, ``scale`` what they are counted in, such as 1000 where
    12.5 is 12,500; ``date_order`` is the order of day, month and year; ``date_system`` the year
    from which a workbook counts days; ``utc_offset`` what a moment in UTC is to be moved by to
    have its day (``+03:00``). ``rate`` says whether 0.85 or 85 is meant by 85 %. ``point_order`` is
    the order of a pair of coordinates, ``crs`` their reference system, CRS84 or an EPSG code.
    ``thousandths`` says that three digits behind a lone decimal separator are decimals, which only
    a column can tell. ``bare_labels`` says that beside a column of codes, such as
    ``priority_code``, labels are never parted from a code; in a list beside one of codes they never
    are. ``escapes`` says that signs as HTML writes them and formulas that were saved as text are
    read as what they mean. ``yes``, ``no`` and ``not_stated`` are words that say so, the last that
    nothing is known.
    """

    decimal: str = "auto"
    grouping: str = "auto"
    thousandths: bool = False
    escapes: bool = True
    currency: str | None = "EUR"
    scale: str = "1"
    date_order: Literal["dmy", "mdy", "auto"] = "auto"
    date_system: Literal["1900", "1904"] = "1900"
    utc_offset: str = "auto"
    rate: Literal["percent", "fraction", "auto"] = "auto"
    point_order: Literal["x y", "y x"] = "x y"
    crs: str = "CRS84"
    bare_labels: bool = False
    yes: tuple[str, ...] = ("ja", "yes", "true", "y", "1", "oui", "sì", "si", "sí", "x")
    no: tuple[str, ...] = ("nein", "no", "false", "n", "0", "non")
    not_stated: tuple[str, ...] = (
        "k.A.", "k. A.", "k.A", "keine Angabe", "n/a", "n.a.", "N/A", "N.A.", "n.d.", "n/d",
        "-", "–", "—", "--", "---", "?", "NULL", "null", "NaN", "nan", "None", "none",
        "tbc", "TBC", "t.b.c.", "tbd", "TBD", "t.b.d.", "tba", "TBA", "t.b.a.",
        "N.N.", "N. N.", "n.n.", "unknown", "unbekannt", "inconnu",
        "not applicable", "nicht zutreffend", "entfällt", "sans objet", "nie dotyczy",
    )  # fmt: skip
    heading_separator: str = " : "
    category_separator: str = ","
    theme_separator: str = "|"
    theme_label_separator: str = " - "
