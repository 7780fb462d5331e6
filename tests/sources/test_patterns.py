"""Cells that state several fields by a pattern."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources.fields import Field
from kg.sources.layouts.patterns import MAX_FIELDS, MAX_PATTERN, MAX_TEXT, parse_pattern
from kg.sources.tables.parts import PartReader
from kg.sources.values import value_parser
from kg.sources.values.style import ValueStyle

PLACE = "{name}, {town} ({country})"
PERIOD = "{start_date} - {end_date}"


@pytest.mark.parametrize(
    ("pattern", "cell", "parts"),
    [
        ("{name} ({country})", "Town of A (AT)", ["Town of A", "AT"]),
        ("{name} ({country})", "Chamber (CC) of A (AT)", ["Chamber (CC) of A", "AT"]),
        ("{name} ({country})", "Chamber (CC)  (AT) ", ["Chamber (CC)", "AT"]),
        (PLACE, "Institute for A, B and C, Graz (AT)", ["Institute for A, B and C", "Graz", "AT"]),
        (PLACE, "Town of A (AT)", None),
        ("{name} ({country})", "(AT)", None),
        ("{name} ({country})", "Town of A ()", None),
        ("{name} ({country})", "Town of A (AT", None),
        (PERIOD, "01.03.2018 – 28.02.2021", ["01.03.2018", "28.02.2021"]),
        (PERIOD, "2018-03-01 - 2021-02-28", ["2018-03-01", "2021-02-28"]),
        (PERIOD, "01.03.2018\u00a0—\n28.02.2021", ["01.03.2018", "28.02.2021"]),
        (PERIOD, "01.03.2018-28.02.2021", None),
        ("{start_date}-{end_date}", "01.03.2018 – 28.02.2021", ["01.03.2018", "28.02.2021"]),
        ("du {start_date} au {end_date}", "du 01/03/2018 au 2/2/2021", ["01/03/2018", "2/2/2021"]),
        ("{project_id} - {title}", "A1 - Work - and life", ["A1", "Work - and life"]),
        ("{acronym}: {title}", "GREEN: Soil: a start", ["GREEN", "Soil: a start"]),
        ("{title} - {acronym}", "Work - and life - WAL", ["Work - and life", "WAL"]),
        ("{country}-{postcode} {town}", "AT-1010 Wien Mitte", ["AT", "1010", "Wien Mitte"]),
        ("{name}", "Town of A", ["Town of A"]),
        ("{start_date} -", "01.03.2018 –", ["01.03.2018"]),
    ],
)
def test_a_cell_is_split(pattern: str, cell: str, parts: list[str] | None) -> None:
    found = parse_pattern(pattern).split(cell)
    assert (None if found is None else list(found.values())) == parts


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name (country)", "names fields in braces"),
        ("{name}{country}", "between two fields"),
        ("{name} {name}", "names a field twice"),
        ("{name} ({country", "A brace"),
        ("x" * MAX_PATTERN + "{name}", "at most"),
        ("-".join(f"{{f{n}}}" for n in range(MAX_FIELDS + 1)), "at most"),
    ],
)
def test_what_is_no_pattern_is_told(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_pattern(text)


PIECES = st.lists(st.sampled_from(["A", "B (C)", ", ", " (", ")", "AT", " - ", "12"]), max_size=12)


@given(PIECES)
def test_parts_put_together_are_the_cell(pieces: list[str]) -> None:
    cell = " ".join("".join(pieces).split())
    parts = parse_pattern(PLACE).split(cell)
    if parts is None:
        return
    joined = "{name}, {town} ({country})".format(**parts)
    assert joined.replace(" ", "") == cell.replace(" ", "")


@pytest.mark.parametrize("cell", [", (" * 600, "a, " * 600, "(" * MAX_TEXT, " - " * 600])
def test_no_cell_takes_long(cell: str) -> None:
    patterns = [PLACE, "{name}, {town}, {region}, {street} ({country})", PERIOD]
    start = process_time()
    for text in patterns:
        parse_pattern(text).split(cell)
    assert process_time() - start < 0.1


def _reader(*patterns: str) -> PartReader:
    style = ValueStyle()
    parsed = [parse_pattern(text) for text in patterns]
    parsers = {
        "name": value_parser(Field("name", "word"), style),
        "country": value_parser(Field("country", "country"), style),
    }
    return PartReader(parsed, parsers)


def test_a_pattern_counts_whose_parts_can_be_read() -> None:
    reader = _reader("{name} - {country}", "{name} ({country})", "{name}")
    name, country = reader.parser("name"), reader.parser("country")
    assert name("Uni A - B (SI)").value == "Uni A - B"
    assert country("Uni A - B (SI)").value == "SI"
    finding = name("Uni A - B (SI)").finding
    assert finding is not None
    assert finding.code == "pattern-doubtful"
    assert "‹B (SI)› is no country" in finding.message
    assert name("Town of A") == ("Town of A", None)
    assert country("Town of A") == (None, None)


def test_what_fits_no_pattern_is_told_once() -> None:
    reader = _reader("{name} ({country})")
    finding = reader.parser("name")("Town of A").finding
    assert finding is not None
    assert finding.code == "pattern-mismatch"
    assert reader.parser("country")("Town of A") == (None, None)
    assert reader.parser("name")("n/a") == (None, None)
    lost = reader.parser("country")("Chamber (RCC)").finding
    assert lost is not None
    assert lost.message.startswith("‹RCC› as country:")
    assert "‹Chamber› as name" in lost.message
