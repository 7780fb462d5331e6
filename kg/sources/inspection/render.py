"""A drafted profile → TOML that loads as it is, with what was guessed and why as comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from kg.problems import shorten
from kg.sources.inspection.draft import Draft, DraftBlock, DraftColumn, DraftTable
from kg.sources.inspection.facts import TableFacts, fill_of

__all__ = ["column_summary", "render_draft"]

WIDTH = 50
HEAD = """\
# A source profile, drafted by `kg sources inspect` from {files}.
#
# Each column has a line with its header and the field that it seems to state; the remarks above it
# say why. Correct what is wrong. A column that states no field says why in `ignore`.
# Every key and field is explained in docs/profiles.md. Then:
#
#   kg sources check {profile} {files}
#   kg build {files} --profile {profile}
"""


def render_draft(draft: Draft, files: Sequence[str], profile: str | None = None) -> str:
    """Return the TOML of a draft; ``profile`` is the file that it is written to."""
    return "\n".join(_lines(draft, files, profile or f"{draft.name}.toml")) + "\n"


def _lines(draft: Draft, files: Sequence[str], profile: str) -> Iterator[str]:
    named = " ".join(_plain(name) for name in files)
    yield HEAD.format(profile=_plain(profile), files=named).rstrip()
    for remark in draft.remarks:
        yield f"# Note: {_plain(remark)}"
    yield ""
    yield f"name = {_text(draft.name)}"
    yield f"title = {_text(draft.title)}"
    if draft.is_complete and draft.partial_reason:
        yield f'partner_list = "partial"  # {_plain(draft.partial_reason)}'
    elif draft.is_complete:
        yield 'partner_list = "complete"  # "partial" if projects have more partners than these'
    else:
        yield 'partner_list = "partial"  # not all partners of a project are in the table'
    if draft.local_ids_reason:
        yield f'partner_ids = "local"  # {_plain(draft.local_ids_reason)}'
    yield ""
    yield "[values]"
    yield 'decimal = "auto"   # decided for each column by its values; the evidence is given there'
    yield 'date_order = "auto"'
    for key, (value, reason) in draft.values.items():
        yield f"{key} = {_text(value)}  # {_plain(reason)}"
    if draft.constants:
        yield ""
        yield "[constants]"
        for key, (value, reason) in draft.constants.items():
            if value:
                yield f"{key} = {_text(value)}  # {_plain(reason)}"
            else:
                yield f'# {key} = "…"  # {_plain(reason)}'
    if draft.key:
        yield ""
        yield "[key]"
        yield f"# {_plain(draft.key_reason)}"
        yield f"project_id = {_array(draft.key)}"
    for table in draft.tables:
        yield ""
        yield from _table(table)


def _table(table: DraftTable) -> Iterator[str]:
    yield "[[tables]]"
    facts = table.facts
    sheets = ", ".join(f"‹{name}›" for name in facts.sheets)
    where = f" of the sheet{'s' * (len(facts.sheets) > 1)} {sheets}" if sheets else ""
    rows = f"{facts.row_count:,} row{'s' * (facts.row_count != 1)}{where}"
    yield f"# {_plain(rows)}. They are {table.holds}: {_plain(table.reason)}."
    yield f"holds = {_text(table.holds)}"
    if table.sheets:
        yield f"sheet = {_array(table.sheets)}"
    if table.fill_down:
        yield "fill_down = true"
    if table.skip:
        stated = ", ".join(f"{_text(h)} = {_array(w)}" for h, w in table.skip.items())
        yield f"skip = {{ {stated} }}  # rows that are sums"
    yield from _columns(table.columns, facts)
    for block in table.blocks:
        yield ""
        yield from _block(block, facts)


def _block(block: DraftBlock, facts: TableFacts) -> Iterator[str]:
    yield "[[tables.partners]]"
    yield f"# {_plain(block.reason)}."
    if block.separator is not None:
        yield f"separator = {_text(block.separator)}"
    is_stated = any(column.field == "role" for column in block.columns)
    if not is_stated or block.role != "partner":
        yield f"role = {_text(block.role)}"
    yield from _columns(block.columns, facts)


def _columns(columns: Sequence[DraftColumn], facts: TableFacts) -> Iterator[str]:
    yield "columns = ["
    for column in columns:
        yield f"    # {_plain(column_summary(column, facts))}"
        if column.reason:
            yield f"    #   {_plain(column.reason)}"
        for remark in column.remarks:
            yield f"    #   {_plain(remark)}"
        yield f"    {_column(column)},"
    yield "]"


def column_summary(column: DraftColumn, facts: TableFacts) -> str:
    """Return how much of a column is filled, with how many values, and some of them."""
    stated = [facts.columns[position] for position in column.positions]
    if not stated:
        return "not in this file"
    fill = fill_of(stated)
    if fill == 0:
        return "no cell is filled"
    shown = f"{fill:.0%}" if fill in (0, 1) or 0.005 < fill < 0.995 else f"{fill:.1%}"
    different = sum(c.distinct for c in stated)
    more = "more than " if any(c.is_cut for c in stated) else ""
    told = f"{shown} filled, {more}{different:,} different"
    if len(stated) > 1:
        told = f"{len(stated)} columns, {told}"
    if column.is_personal:
        return f"{told}; no values are shown"
    examples = [example for c in stated[:2] for example in c.examples(3 if len(stated) == 1 else 2)]
    if examples:
        told += "; e.g. " + ", ".join(f"‹{shorten(text, WIDTH)}›" for text in examples)
    addresses = sum(c.addresses[0] for c in stated)
    if addresses:
        first = next(c for c in stated if c.addresses[0])
        told += f"; {addresses:,} cells hold an e-mail address or telephone number, first at "
        told += facts.place(first.addresses[1], first.position)
    return told


def _column(column: DraftColumn) -> str:
    parts = [f"header = {_array([column.header])}"]
    if column.patterns:
        several = len(column.patterns) > 1
        stated = _array(column.patterns) if several else _text(column.patterns[0])
        parts.append(f"pattern = {stated}")
    elif column.field is not None:
        parts.append(f"field = {_text(column.field)}")
    else:
        parts.append(f"ignore = {_text(column.ignore or 'not recognised')}")
    if column.field is not None and column.language is not None:
        parts.append(f"language = {_text(column.language)}")
    if column.fields and column.is_required:
        parts.append("required = true")
    if column.field is not None and column.style:
        parts.append(
            f"style = {{ {', '.join(f'{k} = {_text(v)}' for k, v in column.style.items())} }}"
        )
    if column.field is not None and column.words:
        parts.append(f"words = {_inline(column.words)}")
    return f"{{ {', '.join(parts)} }}"


def _inline(stated: dict[str, str]) -> str:
    return "{ " + ", ".join(f"{_text(k)} = {_text(v)}" for k, v in stated.items()) + " }"


def _array(texts: Sequence[str]) -> str:
    return "[" + ", ".join(map(_text, texts)) + "]"


def _text(text: str) -> str:
    """Return a text as a TOML string."""
    shown = json.dumps(text, ensure_ascii=False)
    return re.sub("[\x7f-\x9f]", lambda match: f"\\u{ord(match[0]):04x}", shown)


def _plain(text: str) -> str:
    """Return a text that can stand in a comment: on one line, without control characters."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))
