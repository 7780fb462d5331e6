"""Dates in every form."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.sources.cell import Number
from kg.sources.fields import Field
from kg.sources.values import Parsed, parse_value
from kg.sources.values.style import ValueStyle

OPEN = ValueStyle()
DAY_FIRST = ValueStyle(date_order="dmy")
MONTH_FIRST = ValueStyle(date_order="mdy")


def parse(raw: str, style: ValueStyle = DAY_FIRST) -> Parsed:
    return parse_value(raw, Field("start_date", "date"), style)


def code(parsed: Parsed) -> str | None:
    return parsed.finding.code if parsed.finding else None


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("11.01.16", date(2016, 1, 11)),
        ("30.04.2019", date(2019, 4, 30)),
        ("1.2.03", date(2003, 2, 1)),
        ("1. 2. 2003", date(2003, 2, 1)),
        ("1. 2. 2003.", date(2003, 2, 1)),
        ("01/06/2016", date(2016, 6, 1)),
        ("01-06-2016", date(2016, 6, 1)),
        ("13-01-2016", date(2016, 1, 13)),
        ("2016-01-11", date(2016, 1, 11)),
        ("2016/01/13", date(2016, 1, 13)),
        ("2016.01.13", date(2016, 1, 13)),
        ("2016. 01. 13.", date(2016, 1, 13)),
        ("20160113", date(2016, 1, 13)),
        ("01.07.89", date(1989, 7, 1)),
        ("01.07.90", date(1990, 7, 1)),
        ("29.02.20", date(2020, 2, 29)),
        ("2016-06-01 00:00:00", date(2016, 6, 1)),
        ("2016-06-01T00:00:00", date(2016, 6, 1)),
        ("2016-06-01T00:00:00.000Z", date(2016, 6, 1)),
        ("01.06.2016 10:30", date(2016, 6, 1)),
        ("6/1/2016 12:00:00 AM", date(2016, 1, 6)),
        ("2016-06-01T10:30:00Z", date(2016, 6, 1)),
        ("2016-12-31T23:59:59Z", date(2016, 12, 31)),
        ("2017-01-01T00:00:00+01:00", date(2017, 1, 1)),
        ("1 June 2016", date(2016, 6, 1)),
        ("June 1st, 2016", date(2016, 6, 1)),
        ("01-Jun-16", date(2016, 6, 1)),
        ("1. Juni 2016", date(2016, 6, 1)),
        ("3. März 2016", date(2016, 3, 3)),
        ("3. Ma\u0308rz 2016", date(2016, 3, 3)),
        ("1er juin 2016", date(2016, 6, 1)),
        ("1. Jänner 2023", date(2023, 1, 1)),
        ("1. Feber 2023", date(2023, 2, 1)),
        ("Mittwoch, 1. Februar 2023", date(2023, 2, 1)),
        ("Mi., 01.02.2023", date(2023, 2, 1)),
        ("onsdag den 1. februar 2023", date(2023, 2, 1)),
        ("segunda-feira, 6 de fevereiro de 2023", date(2023, 2, 6)),
        ("Wed, 01 Feb 2023 00:00:00 GMT", date(2023, 2, 1)),
        ("1º giugno 2016", date(2016, 6, 1)),
        ("1 de junio de 2016", date(2016, 6, 1)),
        ("1 czerwca 2016 r.", date(2016, 6, 1)),
        ("2016. június 1.", date(2016, 6, 1)),
        ("2016 m. birželio 1 d.", date(2016, 6, 1)),
        ("2016. gada 1. jūnijs", date(2016, 6, 1)),
        ("1 юни 2016 г.", date(2016, 6, 1)),
        ("1 Ιουνίου 2016", date(2016, 6, 1)),
        (Number("42370"), date(2016, 1, 1)),
        (Number("42370.75"), date(2016, 1, 1)),
        (Number("20160113"), date(2016, 1, 13)),
    ],
)
def test_a_date(raw: str, day: date) -> None:
    assert parse(raw) == Parsed(day)


@pytest.mark.parametrize(
    "raw",
    [
        "31.02.16",
        "29.02.19",
        "11.01.16-30.04.19",
        "2016",
        "Juni 2016",
        "1.-3. Juni 2016",
        "1 Foo 2016",
        "1 lip 2016",
        "00.00.00",
        "1.13.2016",
        "31/31/2016",
        "2016-13-01",
        "01.06.1900",
        "2016-06-01T25:00:00",
        "2016-06-01 13:00 PM",
        "12:30",
        "4237",
        "99999",
        "١.٦.٢٠١٦",
        Number("2016"),
        Number("1e40"),
    ],
)
def test_what_is_no_date_is_not_rolled_over_to_one(raw: str) -> None:
    parsed = parse(raw)
    assert parsed.value is None
    assert code(parsed) == "date-invalid"


@pytest.mark.parametrize(
    ("raw", "style", "day"),
    [
        ("01/06/2016", OPEN, None),
        ("01-06-2016", OPEN, None),
        ("01.06.2016", OPEN, date(2016, 6, 1)),
        ("06/06/2016", OPEN, date(2016, 6, 6)),
        ("13/01/2016", OPEN, date(2016, 1, 13)),
        ("1/13/2016", OPEN, date(2016, 1, 13)),
        ("13-01-2016", OPEN, date(2016, 1, 13)),
        ("01/06/2016", MONTH_FIRST, date(2016, 1, 6)),
        ("01-06-2016", MONTH_FIRST, date(2016, 1, 6)),
    ],
)
def test_the_order_of_day_and_month(raw: str, style: ValueStyle, day: date | None) -> None:
    parsed = parse(raw, style)
    assert parsed.value == day
    assert code(parsed) == (None if day else "date-ambiguous")


@pytest.mark.parametrize(("raw", "order"), [("31/12/2016", "mdy"), ("12/31/2016", "dmy")])
def test_a_date_that_contradicts_the_order_of_its_column_is_not_turned_round(
    raw: str, order: Literal["dmy", "mdy"]
) -> None:
    parsed = parse(raw, ValueStyle(date_order=order))
    assert (parsed.value, code(parsed)) == (None, "date-invalid")


@pytest.mark.parametrize(
    ("raw", "offset", "day", "expected"),
    [
        ("2016-12-31T21:00:00.000Z", "auto", date(2017, 1, 1), "date-shifted"),
        ("2016-12-31T22:00:00Z", "auto", date(2017, 1, 1), "date-shifted"),
        ("2016-12-31T23:00:00+00:00", "auto", date(2017, 1, 1), "date-shifted"),
        ("2016-12-31T21:00:00.000Z", "+03:00", date(2017, 1, 1), None),
        ("2016-12-31T20:00:00Z", "+04:00", date(2017, 1, 1), None),
        ("2017-01-01T03:00:00Z", "-04:00", date(2016, 12, 31), None),
        ("2016-12-31T20:00:00Z", "auto", None, "date-ambiguous"),
        ("2016-12-31T22:30:00Z", "auto", None, "date-ambiguous"),
        ("2016-12-31T22:59:59Z", "auto", date(2016, 12, 31), None),
        ("2016-12-31T20:30:00Z", "auto", date(2016, 12, 31), None),
        ("2069-12-31T23:00:00Z", "auto", date(2070, 1, 1), "date-shifted"),
    ],
)
def test_the_day_of_a_moment(raw: str, offset: str, day: date | None, expected: str | None) -> None:
    parsed = parse(raw, ValueStyle(utc_offset=offset))
    assert parsed.value == day
    assert code(parsed) == expected


def test_days_of_a_workbook() -> None:
    assert parse("42370").value == date(2016, 1, 1)
    assert code(parse("42370")) == "date-serial"
    other = ValueStyle(date_system="1904")
    assert parse("40908", other).value == date(2016, 1, 1)
    assert parse(Number("40908"), other) == Parsed(date(2016, 1, 1))


DAYS = st.dates(date(1980, 1, 1), date(2069, 12, 31))


@given(
    DAYS, st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d %B %Y", "%Y-%m-%dT00:00:00Z"])
)
def test_any_date_in_a_form_without_doubt_is_read_back(day: date, form: str) -> None:
    for style in (OPEN, DAY_FIRST):
        assert parse(day.strftime(form), style) == Parsed(day)


@given(DAYS, st.sampled_from("/-."), st.booleans())
def test_any_date_in_the_order_of_its_column_is_read_back(
    day: date, mark: str, is_day_first: bool
) -> None:
    form = mark.join(("%d", "%m", "%Y") if is_day_first else ("%m", "%d", "%Y"))
    assert parse(day.strftime(form), DAY_FIRST if is_day_first else MONTH_FIRST) == Parsed(day)


@example(date(1980, 1, 1))
@example(date(2069, 12, 31))
@given(DAYS)
def test_any_day_of_a_workbook_is_read_back(day: date) -> None:
    serial = (day - date(1899, 12, 30)) // timedelta(1)
    assert parse(Number(serial)) == Parsed(day)
    assert parse(Number(serial - 1462), ValueStyle(date_system="1904")) == Parsed(day)


def test_a_day_of_the_week_that_is_not_that_of_the_date() -> None:
    parsed = parse("Montag, 1. Februar 2023")
    assert parsed.value == date(2023, 2, 1)
    assert code(parsed) == "value-doubtful"


@pytest.mark.parametrize("raw", ["vor, 1. Februar 2023", "Mittwoch", "Wed, 31 Feb 2023", "Mo Mo"])
def test_what_is_no_date_behind_a_day_of_the_week(raw: str) -> None:
    assert code(parse(raw)) == "date-invalid"
