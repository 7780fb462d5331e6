"""Amounts and rates in every style."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources.cell import Number
from kg.sources.fields import Field
from kg.sources.values import Parsed, parse_value
from kg.sources.values.style import ValueStyle

COMMA = ValueStyle(decimal=",", grouping=".")
POINT = ValueStyle(decimal=".", grouping=",")
OPEN = ValueStyle()
SEEN = ValueStyle(decimal=".", grouping=",", thousandths=True)
KRONER = ValueStyle(decimal=",", grouping=".", currency="DKK")


def amount(raw: str, style: ValueStyle = COMMA) -> Parsed:
    return parse_value(raw, Field("erdf", "amount"), style)


def rate(raw: str, unit: str = "auto") -> Parsed:
    return parse_value(raw, Field("co_financing_rate", "rate"), ValueStyle(rate=unit))


def code(parsed: Parsed) -> str | None:
    return parsed.finding.code if parsed.finding else None


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("2.521.964,00", "2521964.00"),
        ("340.500,5", "340500.5"),
        ("1929500", "1929500"),
        ("1.000", "1000"),
        ("0,00", "0.00"),
        ("-12.000,00", "-12000.00"),
        ("−12.000,00", "-12000.00"),
        ("+5,00", "5.00"),
        ("2 521 964,00 EUR", "2521964.00"),
        ("2\u202f521\u202f964,00\u00a0EUR", "2521964.00"),
        ("2\u00a0521\u00a0964", "2521964"),
        ("€ 28.890.790,79", "28890790.79"),
        ("€ -5,50", "-5.50"),
        ("-€ 5,50", "-5.50"),
        ("117164,41€", "117164.41"),
        ("117164,41 Euro", "117164.41"),
        ("2'521'964,00", "2521964.00"),
        ("2’521’964,00", "2521964.00"),
        ("5.000,-", "5000.00"),
        ("5.000,– €", "5000.00"),
        ("4,729375062E7", "47293750.62"),
        ("4.729375062E7", "47293750.62"),
    ],
)
def test_an_amount_in_the_style_of_the_source(raw: str, value: str) -> None:
    parsed = amount(raw)
    assert (str(parsed.value), parsed.finding) == (value, None)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("2,521,964.00", "2521964.00"),
        ("4000.50", "4000.50"),
        ("1,000.5", "1000.5"),
        ("1,234,567", "1234567"),
        ("2 521 964.50", "2521964.50"),
        ("451412.010000000009313", "451412.01"),
        ("1e6", "1000000"),
        ("4.7E7", "47000000"),
    ],
)
def test_an_amount_in_another_style_is_read_and_reported(raw: str, value: str) -> None:
    parsed = amount(raw)
    assert parsed.value == Decimal(value)
    assert code(parsed) in {"amount-format", "amount-rounded"}


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("2.521.964,00", "2521964.00"),
        ("4,000.00", "4000.00"),
        ("2 521 964,00 EUR", "2521964.00"),
        ("€ 28,890,790.79", "28890790.79"),
        ("117164.41€", "117164.41"),
        ("1,5", "1.5"),
        ("15.414.794", "15414794"),
        ("2521964", "2521964"),
        ("4.729375062E7", "47293750.62"),
        ("100.005", None),
        ("100,005", None),
        ("1.234.5", None),
    ],
)
def test_an_amount_whose_column_tells_nothing(raw: str, value: str | None) -> None:
    assert amount(raw, OPEN).value == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("raw", "value", "told"),
    [
        ("451412.010000000009313", "451412.01", "451412.01."),
        ("2667650.1999999997", "2667650.20", "2667650.20."),
        ("347127.94150000001537", "347127.94", "347127.94, from 347127.9415."),
        ("1511289.1965", "1511289.20", "1511289.20, from 1511289.1965."),
        ("0.12499999999999", "0.13", "0.13, from 0.125."),
        ("0.0049999", "0.00", "0.00, from 0.0049999."),
        ("-0.001", "0.00", "0.00, from -0.001."),
        ("1234.567", "1234.57", "1234.57, from 1234.567."),
    ],
)
def test_more_than_two_decimals_are_rounded_to_the_cent(raw: str, value: str, told: str) -> None:
    for cell, style in ((raw, OPEN), (raw, POINT), (Number(raw), OPEN), (Number(raw), COMMA)):
        parsed = amount(cell, style)
        assert str(parsed.value) == value
        assert parsed.finding is not None
        assert parsed.finding == ("amount-rounded", f"The amount was rounded to the cent: {told}")


def test_three_decimals_are_read_where_the_column_tells() -> None:
    assert code(amount("100.005", OPEN)) == "amount-ambiguous"
    assert code(amount("100.005", POINT)) == "amount-ambiguous"
    assert amount("100.005", SEEN).value == Decimal("100.01")
    assert code(amount("100.005", SEEN)) == "amount-rounded"
    assert amount("100.500", SEEN).value == Decimal("100.5")
    assert code(amount("100.500", SEEN)) == "amount-format"
    assert code(amount("100.000", SEEN)) == "amount-ambiguous"
    assert amount("100,005", SEEN) == Parsed(Decimal(100005))


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("100.005", "100.01"),
        ("2521964", "2521964"),
        ("1.0", "1.0"),
        ("1E7", "10000000"),
        ("4.729375062E7", "47293750.62"),
        ("-5.5", "-5.5"),
        ("100.500000", "100.50"),
        ("1,5", None),
        ("nan", None),
        ("1e300", None),
    ],
)
def test_a_number_of_the_file_has_a_decimal_point(raw: str, value: str | None) -> None:
    for style in (COMMA, POINT, OPEN):
        parsed = amount(Number(raw), style).value
        assert parsed is None if value is None else str(parsed) == value


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("150,000", "amount-ambiguous"),
        ("1.2.3", "amount-invalid"),
        ("6.83E+10", "number-mangled"),
        ("-6,83E+10 EUR", "number-mangled"),
        ("12.34.567,00", "amount-invalid"),
        ("ca. 5 Mio.", "amount-invalid"),
        ("1e99", "amount-invalid"),
        ("9999999999999999", "amount-invalid"),
        ("٣٤٠", "amount-invalid"),
        ("100;200", "amount-invalid"),
        ("100 200", "amount-format"),
        ("12 34", "amount-invalid"),
        ("(5,00)", "amount-invalid"),
        ("5,00-", "amount-invalid"),
        ("--5,00", "amount-invalid"),
        ("-5,00 -", "amount-invalid"),
        ("5,00 Stück", "amount-invalid"),
        ("150.000,00 CHF", "amount-currency"),
        ("150.000,00 CHF (2016)", "amount-currency"),
        ("kr. 5,00", "amount-currency"),
        ("$ 5,00", "amount-currency"),
        ("k.A.", "amount-missing"),
    ],
)
def test_an_amount_that_is_not_published(raw: str, expected: str) -> None:
    parsed = amount(raw)
    if expected == "amount-format":  # thousands parted by a space leave no doubt
        assert parsed == Parsed(Decimal(100200))
    else:
        assert parsed.value is None
        assert code(parsed) == expected


@pytest.mark.parametrize("raw", ["kr. 5,00", "5,00 kr", "5,00 DKK", "DKK 5,00", "5,00"])
def test_the_mark_of_the_currency_of_the_layout(raw: str) -> None:
    assert amount(raw, KRONER) == Parsed(Decimal("5.00"))
    assert code(amount("€ 5,00", KRONER)) == "amount-currency"


AMOUNTS = st.decimals(-(10**12), 10**12, places=2, allow_nan=False)
MARKS = st.sampled_from(["{}", "€ {}", "{} €", "{}€", "EUR {}", "{} Euro", "  {}\u00a0"])


@given(AMOUNTS, st.sampled_from([COMMA, POINT, OPEN, SEEN]), MARKS)
def test_any_amount_in_any_style_is_read_back(value: Decimal, style: ValueStyle, mark: str) -> None:
    decimal, grouping = {"auto": (".", ",")}.get(style.decimal, (style.decimal, style.grouping))
    english = f"{value:,.2f}"
    raw = english.replace(",", "g").replace(".", decimal).replace("g", grouping)
    for written in (raw, raw.replace(grouping, ""), raw.replace(grouping, "\u202f")):
        parsed = amount(mark.format(written), style)
        assert parsed == Parsed(value)
    assert amount(Number(f"{value}"), style) == Parsed(value)


@given(st.integers(0, 10**12), st.sampled_from([COMMA, POINT]))
def test_any_float_of_cents_is_read_to_the_cent(cents: int, style: ValueStyle) -> None:
    value = Decimal(cents) / 100
    noisy = f"{Decimal(float(value)):.18f}"
    assert amount(Number(noisy), style).value == value
    assert amount(Number(repr(float(value))), style).value == value


@pytest.mark.parametrize(
    ("raw", "unit", "value"),
    [
        ("85%", "auto", "85"),
        ("85.00%", "auto", "85"),
        ("85,00 %", "auto", "85"),
        ("0,5%", "percent", "0.5"),
        ("85%", "fraction", "85"),
        ("83", "auto", "83"),
        ("83", "percent", "83"),
        ("83.5", "auto", "83.5"),
        ("100", "auto", "100"),
        ("0", "auto", "0"),
        ("0.85", "fraction", "85"),
        ("0,8499", "fraction", "84.99"),
        ("1", "fraction", "100"),
        (Number("0.85"), "fraction", "85"),
        (Number("0.8499999999999999778"), "fraction", "85"),
        (Number("85.0"), "auto", "85"),
        (Number("0.0"), "auto", "0"),
    ],
)
def test_a_rate_is_in_percent(raw: str, unit: str, value: str) -> None:
    parsed = rate(raw, unit)
    assert (str(parsed.value), parsed.finding) == (value, None)


@pytest.mark.parametrize(
    ("raw", "unit", "expected"),
    [
        ("0.85", "auto", "rate-ambiguous"),
        ("0.85", "percent", "rate-ambiguous"),
        ("1", "auto", "rate-ambiguous"),
        ("1", "percent", "rate-ambiguous"),
        ("83", "fraction", "rate-ambiguous"),
        ("101", "auto", "rate-invalid"),
        ("120 %", "auto", "rate-invalid"),
        ("-5", "auto", "rate-invalid"),
        ("80-85%", "auto", "rate-invalid"),
        ("most", "auto", "rate-invalid"),
    ],
)
def test_a_rate_that_is_not_published(raw: str, unit: str, expected: str) -> None:
    parsed = rate(raw, unit)
    assert parsed.value is None
    assert code(parsed) == expected


@given(st.decimals(0, 100, places=2, allow_nan=False))
def test_any_rate_is_read_back(value: Decimal) -> None:
    for written in (f"{value}%", f"{value} %".replace(".", ",")):
        assert rate(written).value == value
    assert rate(str(value / 100), "fraction").value == value
    if value > 1:
        assert rate(str(value)).value == value
