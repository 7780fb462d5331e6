"""Splits one partner line of a copied record into its cells.

A line is ``{partner id}{ja|nein}{name}{postcode}{town}{country}{German federal state}``. Copying
from a database's pages loses the cell separators, so the line is read by knowledge: the id and the
lead flag from the left, then the country, the state, the town and the postcode in the country's
form from the right (``partner_glued``); the rest is the name. Where tabs or semicolons survived
between the cells, they are followed instead.

Codes of doubts (the line is read, and the reader is told):

- ``partner-two-readings``: another split of the line is defensible too.
- ``postcode-missing``: the country has postcodes, and the line has none.
- ``town-missing``: nothing stands between the postcode and the country.
- ``town-by-case``: without a postcode, only a capital letter tells the town from the name.
- ``state-unknown``: the text after the country is no known federal state; it is kept as such.
- ``flag-case``: the lead flag is written in another case, and may be the start of the name.

Codes of unreadable lines: ``id-missing``, ``flag-missing``, ``name-missing``, ``country-missing``,
``country-unknown``, ``cells-unexpected`` and ``town-boundary`` (no place where the name ends).
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.countries import Country, find_country
from kg.sources.text.partner_cells import EDGE, Doubt, LineCell, PartnerLine, UnreadableLine, cut
from kg.sources.text.partner_glued import read_glued

__all__ = ["Doubt", "LineCell", "PartnerLine", "UnreadableLine", "split_partner_line"]

_FLAG = re.compile(rf"[{EDGE}]*(ja|nein)", re.IGNORECASE)
_ID = re.compile(r"[^\s;,]+?-[0-9]+")
_ID_AND_FLAG = re.compile(rf"([^\s;,]+?-[0-9]+)[{EDGE}]*(?:ja|nein)", re.IGNORECASE)
_CELLS = 7  # id, flag, name, postcode, town, country, federal state; the last may be left out
_COUNTRY = 5
_ID_REACH = 200  # no id is longer, and a line without one is not searched to its end

# Look-alikes of the space and the hyphen, which would hide a postcode (one character for one).
_PLAIN = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f", " ") | dict.fromkeys("‐‑–", "-"))


def split_partner_line(line: str, project_id: str | None = None) -> PartnerLine | UnreadableLine:
    """Split a partner line into its cells; pure, and never raises.

    Args:
        line: one line of the partner block, without its line break.
        project_id: the id of the project, where it is known. It only helps to find the end of the
            id: a line that bears another project's id is read as well.

    Returns:
        The cells as written, with a doubt for each thing that could be read in another way; or why
        the line has no reading to rely on.
    """
    plain = line.translate(_PLAIN)
    return _read_separated(line, plain) or _read_joined(line, plain, project_id)


# --- Separators lost -----------------------------------------------------------------------------


def _read_joined(line: str, plain: str, project_id: str | None) -> PartnerLine | UnreadableLine:
    first = len(plain) - len(plain.lstrip())
    found = _find_id(plain, first, project_id)
    if found is None:
        return UnreadableLine(
            "id-missing",
            "The line does not begin with a partner id such as Alpen013-001.",
            "partner_id",
        )
    partner_id = LineCell(line[first:found], first + 1, found + 1)
    flag = _FLAG.match(plain, found)
    if flag is None or _begins_a_word(plain, flag):
        return UnreadableLine(
            "flag-missing",
            "Neither ja nor nein follows the partner id.",
            "lead",
            (("partner_id", partner_id),),
        )
    lead = LineCell(line[flag.start(1) : flag.end(1)], flag.start(1) + 1, flag.end(1) + 1)
    rest = read_glued(line, plain, flag.end(1))
    if isinstance(rest, UnreadableLine):
        head = (("partner_id", partner_id), ("lead", lead))
        return UnreadableLine(rest.code, rest.message, rest.missing, head + rest.cells)
    doubts = rest.doubts
    if lead.text not in ("ja", "nein"):
        doubts = (_flag_case(lead.text, rest.name.text), *doubts)
    return PartnerLine(
        partner_id,
        lead,
        rest.name,
        rest.postcode,
        rest.town,
        rest.country,
        rest.federal_state,
        doubts,
    )


def _find_id(plain: str, first: int, project_id: str | None) -> int | None:
    """Return the offset after the partner id, or None. The flag helps where ids hold hyphens."""
    if project_id:
        known = re.compile(re.escape(project_id) + r"-[0-9]+").match(plain, first)
        if known:
            return known.end()
    reach = first + _ID_REACH
    flagged = _ID_AND_FLAG.match(plain, first, reach)
    if flagged:
        return flagged.end(1)
    bare = _ID.match(plain, first, reach)
    return bare.end() if bare else None


def _begins_a_word(plain: str, flag: re.Match[str]) -> bool:
    """Say whether what looks like a flag is the start of a name such as Janus or Japan."""
    follows = plain[flag.end(1) : flag.end(1) + 1]
    return flag[1] not in ("ja", "nein") and follows.islower()


def _flag_case(written: str, name: str) -> Doubt:
    return Doubt(
        "flag-case",
        f"The lead flag is usually written {written.lower()}; {written} may be the start of the "
        "name, with the flag lost.",
        "lead",
        f"name “{written}{name}”, no flag",
    )


# --- Separators kept -----------------------------------------------------------------------------


def _read_separated(line: str, plain: str) -> PartnerLine | UnreadableLine | None:
    """Read a line whose id and flag stand in cells of their own, or return None."""
    for separator in "\t;":
        if separator not in plain:
            continue
        spans = _spans(plain, separator)
        for skipped in (0, 1):  # some tables have the project's id in front
            head = [plain[slice(*span)].strip() for span in spans[skipped : skipped + 2]]
            if len(head) == 2 and _ID.fullmatch(head[0]) and head[1].lower() in ("ja", "nein"):
                return _read_cells(line, spans[skipped:])
    return None


def _spans(plain: str, separator: str) -> list[tuple[int, int]]:
    """Return where the cells between the separators begin and end."""
    ends = [at for at, char in enumerate(plain) if char == separator]
    return list(zip([0, *(at + 1 for at in ends)], [*ends, len(plain)], strict=True))


def _read_cells(line: str, spans: list[tuple[int, int]]) -> PartnerLine | UnreadableLine | None:
    """Read the cells from the id on; None where too few are separated to tell them apart."""
    cells = [_trim(line, *span) for span in spans]
    while len(cells) > _CELLS and cells[-1] is None:
        cells.pop()
    partner_id, lead = cells[0], cells[1]
    if len(cells) < _CELLS - 1 or partner_id is None or lead is None:
        return None
    head = (("partner_id", partner_id), ("lead", lead))
    found = _find_country_cell(cells)
    if isinstance(found, UnreadableLine):
        return replace(found, cells=head)
    at, written, country = found
    name = cut(line, spans[2][0], spans[at - 3][1])
    if name is None:
        return UnreadableLine("name-missing", "The name of the partner is empty.", "name", head)
    postcode, town, *_ = cells[at - 2 :]
    state = cells[at + 1] if at + 1 < len(cells) else None
    doubts = _cell_doubts(name, postcode, town, country, joined=at > _COUNTRY)
    return PartnerLine(partner_id, lead, name, postcode, town, written, state, doubts)


def _trim(line: str, start: int, stop: int) -> LineCell | None:
    text = line[start:stop]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    return LineCell(text, start + 1, start + 1 + len(text)) if text else None


def _find_country_cell(
    cells: list[LineCell | None],
) -> tuple[int, LineCell, Country] | UnreadableLine:
    """Find which cell is the country: the sixth, or where there are too many, one of the last two.

    A name that holds the separator makes too many cells; they are counted from the right then.
    """
    last = len(cells) - 1
    for at in (last - 1, last):
        cell = cells[at]
        country = find_country(cell.text) if cell is not None and at >= _COUNTRY else None
        if cell is not None and country is not None:
            return at, cell, country
    stated = cells[_COUNTRY]
    if last >= _CELLS:
        message = f"The line has {last + 1} cells, {_CELLS - 1} or {_CELLS} are expected."
        return UnreadableLine("cells-unexpected", message, "country")
    if stated is None:
        return UnreadableLine("country-missing", "The line states no country.", "country")
    message = f"{stated.text} is not a known two-letter country code."
    return UnreadableLine("country-unknown", message, "country")


def _cell_doubts(
    name: LineCell,
    postcode: LineCell | None,
    town: LineCell | None,
    country: Country,
    *,
    joined: bool,
) -> tuple[Doubt, ...]:
    doubts = []
    if joined:
        doubts.append(
            Doubt(
                "partner-two-readings",
                "The line has more separators than cells; the name is taken to hold them.",
                "name",
                f"a name shorter than “{name.text}”",
            )
        )
    if postcode is None and country.postcode is not None and not country.postcode_optional:
        doubts.append(Doubt("postcode-missing", "The line states no postcode.", "postcode"))
    if town is None:
        doubts.append(Doubt("town-missing", "The line states no town.", "town"))
    return tuple(doubts)
