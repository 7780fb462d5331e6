"""How columns write their values: what a profile has to say of it, and the evidence for that."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from kg.problems import CODES, Level
from kg.records import Role, encodable
from kg.sources.fields import KIND_OF, Field, Kind
from kg.sources.inspection.draft import Draft, DraftColumn, DraftTable
from kg.sources.inspection.facts import ColumnFacts, TableFacts
from kg.sources.inspection.languages import likely_language, named_language
from kg.sources.inspection.words import role_of_word
from kg.sources.personal import mask_personal
from kg.sources.tables.evidence import MAJORITY, AmountEvidence, DateEvidence
from kg.sources.tables.lists import split_list
from kg.sources.values import Parsed, clean, parse_value
from kg.sources.values.currencies import currencies_in
from kg.sources.values.numerals import SEPARATORS
from kg.sources.values.style import ValueStyle
from kg.sources.values.units import scale_in

__all__ = ["decide_values", "is_lead_role"]

MAX_ROLES = 40
NAMES = {
    ",": "decimal comma",
    ".": "decimal point",
    "dmy": "the day first",
    "mdy": "the month first",
}
OPEN = "open"
TEXTS = frozenset({"text", "heading", "category"})
"""Kinds of values whose language a profile can name."""
CHECKED = frozenset({"date", "amount", "role", "url", "flag", "count", "country", "rate"})
"""Kinds whose doubtful values are named in the draft."""
MAX_CHECKED = 5_000
OUTSIDE = 180
"""Degrees that no coordinate has; larger ones are metres."""


class _Evidence(NamedTuple):
    """What the values of a column say of a style: how many for each answer, and an example."""

    counts: Counter[str]
    examples: dict[str, tuple[str, str]]

    @property
    def answer(self) -> str | None:
        """The one answer that the values give; few that contradict do not count."""
        ranked = self.counts.most_common(2)
        if len(ranked) == 2 and ranked[0][1] <= MAJORITY * ranked[1][1]:
            return None
        return ranked[0][0] if ranked else None

    def told(self, open_ended: str) -> str:
        """Say what was found."""
        if not self.counts:
            return open_ended
        parts = []
        for name, number in self.counts.most_common():
            text, place = self.examples[name]
            where = f" at {place}" if len(self.counts) > 1 else ""
            noun = "value" if number == 1 else "values"
            parts.append(f"{NAMES[name]}: {number:,} {noun} such as ‹{text}›{where}")
        if len(self.counts) == 1:
            return f"{parts[0]}; none contradicts"
        if self.answer is not None:
            return f"{parts[0]}; against {'; '.join(parts[1:])}"
        return f"contradictory: {'; '.join(parts)}"


def decide_values(draft: Draft) -> None:
    """Add to a draft how its columns write their values, with the evidence."""
    together = _Together()
    for table in draft.tables:
        for column in table.all_columns():
            if column.field is not None:
                _decide_column(table, column, column.field, together)
    together.decide(draft)


class _Together:
    """What columns of one kind tell of each other, where one of them leaves its style open."""

    def __init__(self) -> None:
        self._currencies: Counter[str] = Counter()
        self._priced: list[tuple[DraftColumn, str]] = []
        self._decimals: set[str] = set()
        self._open_amounts: list[DraftColumn] = []
        self._orders: set[str] = set()
        self._open_dates: list[DraftColumn] = []

    def add_amounts(
        self,
        facts: TableFacts,
        stated: list[ColumnFacts],
        column: DraftColumn,
        separator: str | None,
    ) -> None:
        """Take in a column of amounts: its scale, its decimal separator, its currencies."""
        scale = scale_in(column.header)
        if scale != "1":
            column.style["scale"] = scale
            column.remarks.append(f"its header says that amounts are in {int(scale):,}")
        found = _amounts(facts, stated, separator)
        column.remarks.insert(0, found.told("no value tells the decimal separator"))
        own = _currencies(stated)
        self._currencies += own
        self._priced += [(column, code) for code in own]
        if found.answer:
            self._decimals.add(found.answer)
        elif not found.counts and _has_doubtful_amounts(stated, separator):
            self._open_amounts.append(column)

    def add_dates(
        self,
        facts: TableFacts,
        stated: list[ColumnFacts],
        column: DraftColumn,
        separator: str | None,
    ) -> None:
        """Take in a column of dates: the order of day and month."""
        order = _remark_dates(facts, stated, column, separator)
        if order == OPEN:
            self._open_dates.append(column)
        elif order is not None:
            self._orders.add(order)

    def decide(self, draft: Draft) -> None:
        """Decide what columns leave open and the others agree on."""
        if len(self._orders) == 1:
            for column in self._open_dates:
                column.style["date_order"] = next(iter(self._orders))
                column.remarks[0] = (
                    "no value tells the order of day and month; as in the other columns: check it"
                )
        if len(self._decimals) == 1:
            decimal = next(iter(self._decimals))
            for column in self._open_amounts:
                column.style["decimal"] = decimal
                column.remarks.append(f"{NAMES[decimal]} as in the other columns: check it")
        _decide_currency(draft, self._currencies)
        for column, code in self._priced:
            chosen = draft.values.get("currency", (code, ""))[0]
            if code != chosen and "currency" not in draft.fields:
                told = (
                    f"perhaps {column.field}; set currency in [values] to {code} if all amounts are"
                )
                column.remarks.append(told)
                column.field, column.ignore = None, f"in {code}; a record has one currency"


def _decide_column(table: DraftTable, column: DraftColumn, field: str, together: _Together) -> None:
    """Add to a column that states a field how it writes its values."""
    stated = [table.facts.columns[p] for p in column.positions]
    separator = _separator(table, column)
    kind = KIND_OF[field]
    if kind == "amount":
        together.add_amounts(table.facts, stated, column, separator)
    elif kind == "date":
        together.add_dates(table.facts, stated, column, separator)
    elif kind == "rate":
        _decide_rate(table.facts, stated[0], column, separator)
    elif kind == "role":
        _add_role_words(stated, column, separator)
    elif kind in ("coordinate", "point"):
        _check_coordinates(stated, column)
    if kind in TEXTS:
        column.language = named_language(column.header)
        language = likely_language([t for c in stated for t, _ in c.sample(200)])
        if language and column.language is None:
            column.remarks.append(language)
    if kind in CHECKED:
        column.remarks += _doubtful(table, column, stated, separator, kind)


def _remark_dates(
    facts: TableFacts, stated: list[ColumnFacts], column: DraftColumn, separator: str | None
) -> str | None:
    """Say in which order dates are; return it, or OPEN where it matters and nothing tells."""
    found = _dates(facts, stated, separator)
    if found.counts:
        column.remarks.insert(0, f"order of dates: {found.told('')}")
        return found.answer
    if any("/" in text for c in stated for text, _ in c.sample(50)):
        told = "no value tells the order of day and month"
        column.remarks.insert(0, f'{told}; set style = {{ date_order = "dmy" }} if it is so')
        return OPEN
    return None


def is_lead_role(text: str) -> bool:
    """Tell whether a word of a column of roles is that of a lead partner."""
    value = parse_value(text, Field("role", "role"), ValueStyle()).value
    return value is Role.LEAD or (value is None and role_of_word(clean(text)) == "LP")


def _separator(table: DraftTable, column: DraftColumn) -> str | None:
    block = next((b for b in table.blocks if column in b.columns), None)
    return block.separator if block else None


def _items(text: str, separator: str | None) -> list[str]:
    if separator is None:  # a cell that is more than text is to stay so
        return [clean(text) if type(text) is str else text]
    return [clean(part) for part in split_list(text, separator) if part and part.strip()]


def _amounts(facts: TableFacts, columns: list[ColumnFacts], separator: str | None) -> _Evidence:
    def told(text: str) -> str | None:
        seen = AmountEvidence()
        seen.see(text)
        return seen.decimal

    return _gather(facts, columns, separator, told)


def _dates(facts: TableFacts, columns: list[ColumnFacts], separator: str | None) -> _Evidence:
    def told(text: str) -> str | None:
        seen = DateEvidence()
        seen.see(text)
        return seen.order

    return _gather(facts, columns, separator, told)


def _gather(
    facts: TableFacts,
    columns: list[ColumnFacts],
    separator: str | None,
    told: Callable[[str], str | None],
) -> _Evidence:
    counts: Counter[str] = Counter()
    examples: dict[str, tuple[str, str]] = {}
    for column in columns:
        for text, seen in column.texts.items():
            for item in [text] if separator is None else _items(text, separator):
                answer = told(item)
                if answer is not None:
                    counts[answer] += seen.count
                    if answer not in examples:
                        place = facts.place(seen.row, column.position)
                        examples[answer] = (clean(item), place)
    return _Evidence(counts, examples)


def _has_doubtful_amounts(columns: list[ColumnFacts], separator: str | None) -> bool:
    field = Field("amount", "amount")
    return any(
        _code(parse_value(item, field, ValueStyle())) == "amount-ambiguous"
        for column in columns
        for text, _ in column.sample()
        for item in _items(text, separator)
    )


def _code(parsed: Parsed) -> str | None:
    return parsed.finding.code if parsed.finding else None


def _currencies(columns: list[ColumnFacts]) -> Counter[str]:
    """Return the currencies that columns name, each once, the one that it names most."""
    found: Counter[str] = Counter()
    for column in columns:
        for code in currencies_in(column.header):
            found[code] += column.filled
        for text, seen in column.sample():
            for code in currencies_in(text)[:1]:
                found[code] += seen.count
    filled = sum(column.filled for column in columns)
    # a currency that few cells name is theirs, and not that of the others
    likely = [c for c, number in found.most_common() if c == "EUR" or number >= filled / 2]
    return Counter(likely[:1])


def _decide_currency(draft: Draft, found: Counter[str]) -> None:
    amounts = any(KIND_OF[f] == "amount" for f in draft.fields)
    if not amounts or "currency" in draft.fields:
        return
    if len(found) == 1:
        code = next(iter(found))
        draft.values["currency"] = (code, "stated in the headers or beside the amounts")
    elif found:
        stated = ", ".join(f"{code} by {number:,}" for code, number in found.most_common())
        draft.values["currency"] = (
            found.most_common(1)[0][0],
            f"columns name several: {stated}; check",
        )
    else:
        draft.values["currency"] = ("EUR", "nothing in the file states it: check")


def _decide_rate(
    facts: TableFacts, column: ColumnFacts, draft: DraftColumn, separator: str | None
) -> None:
    counts: Counter[bool] = Counter()
    low: list[tuple[str, int]] = []
    high: list[tuple[str, int]] = []
    signs = 0
    for text, seen in column.texts.items():
        for item in _items(text, separator):
            signs += item.endswith("%")
            number = re.sub(r"[^0-9.,-]", "", item).replace(",", ".")
            try:
                value = float(number)
            except ValueError:
                continue
            if value > 0:
                (low if value <= 1 else high).append((item, seen.row))
                counts[value <= 1] += seen.count
    lows, highs = counts[True], counts[False]
    if signs:
        draft.remarks.insert(0, f"in percent: {signs:,} values with the sign")
    elif low and high and not (lows > MAJORITY * highs or highs > MAJORITY * lows):
        one, other = low[0], high[0]
        places = [facts.place(row, column.position) for _, row in (one, other)]
        told = f"‹{one[0]}› at {places[0]} looks like a fraction, ‹{other[0]}› at {places[1]} like"
        draft.remarks.insert(
            0, f'contradictory: {told} percent; set style = {{ rate = "percent" }} or "fraction"'
        )
    elif highs > lows:
        draft.style["rate"] = "percent"
        told = f"in percent: values up to ‹{max(high, key=lambda h: len(h[0]))[0]}›"
        draft.remarks.insert(0, told + (f"; {lows:,} contradict" if lows else ""))
    elif low:
        draft.style["rate"] = "fraction"
        told = f"as fractions: values of at most 1, such as ‹{low[0][0]}›"
        draft.remarks.insert(
            0, told + (f"; {highs:,} contradict" if highs else "; none contradicts")
        )


def _add_role_words(columns: list[ColumnFacts], draft: DraftColumn, separator: str | None) -> None:
    """Say what roles mean that the parser does not know, and name those that nobody knows."""
    items = {
        item: None
        for c in columns
        for text in list(c.texts)[:2000]
        for item in _items(text, separator)
    }
    field = Field("role", "role")
    unknown = []
    if len(items) > MAX_ROLES:
        draft.remarks.append(f"{len(items):,} different roles; are they roles?")
        return
    for item in items:
        if parse_value(item, field, ValueStyle()).value is not None:
            continue
        role = role_of_word(item)
        if role is None:
            unknown.append(item)
        else:
            draft.words[item] = role
    if draft.words:
        draft.remarks.append("the words for roles are guessed: check them")
    if unknown:
        shown = ", ".join(f"‹{item}›" for item in unknown[:5])
        draft.remarks.append(f"roles that are not known: {shown}; add them to words")


def _check_coordinates(columns: list[ColumnFacts], draft: DraftColumn) -> None:
    numbers = [
        float(number.replace(",", "."))
        for c in columns
        for text, _ in c.sample(200)
        for number in re.findall(r"-?[0-9]+(?:[.,][0-9]+)?", text)[:2]
    ]
    if any(abs(number) > OUTSIDE for number in numbers):
        draft.remarks.append(f"set crs in [values] to their system and give field {draft.field}")
        draft.field, draft.ignore = None, "coordinates in metres, of a reference system not named"


def _doubtful(
    table: DraftTable,
    column: DraftColumn,
    stated: list[ColumnFacts],
    separator: str | None,
    kind: Kind,
) -> list[str]:
    """Name values that cannot be read as the field that was guessed."""
    field = Field(column.field or "", kind)
    style = _style_of(column, table, stated, separator, kind)
    wrong, first = 0, ""
    for c in stated:
        for text, seen in list(c.texts.items())[:MAX_CHECKED]:
            for item in _items(text, separator):
                if item in column.words:
                    continue
                finding = parse_value(item, field, style).finding
                if finding is not None and CODES[finding.code].level >= Level.FIELD:
                    wrong += seen.count
                    if not first:
                        shown = mask_personal(encodable(item))[:60]
                        first = f"‹{shown}› at {table.facts.place(seen.row, c.position)}"
    noun = "cell" if wrong == 1 else "cells"
    return [f"{wrong:,} {noun} cannot be read so: {first}"] if wrong else []


def _style_of(
    column: DraftColumn,
    table: DraftTable,
    stated: list[ColumnFacts],
    separator: str | None,
    kind: Kind,
) -> ValueStyle:
    if kind == "amount":
        decimal = column.style.get("decimal") or _amounts(table.facts, stated, separator).answer
        currency = next(iter(_currencies(stated)), "EUR")
        if decimal:
            return ValueStyle(decimal=decimal, grouping=SEPARATORS[decimal], currency=currency)
        return ValueStyle(currency=currency)
    if kind == "date":
        order = _dates(table.facts, stated, separator).answer
        if order is not None:
            return ValueStyle(date_order="mdy" if order == "mdy" else "dmy")
    if kind == "rate" and "rate" in column.style:
        return ValueStyle(rate="fraction" if column.style["rate"] == "fraction" else "percent")
    return ValueStyle()
