"""Values as they stand in records, and what is read from them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import Heading, Outcome, Text
from kg.sources.fields import PROJECT_FIELDS, Field, Kind
from kg.sources.layouts import load_text_profile
from kg.sources.values import Parsed, parse_value

STYLE = load_text_profile().values


def parse(raw: str, kind: Kind) -> Parsed:
    return parse_value(raw, Field("a_field", kind, language="de"), STYLE)


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
        ("2 521 964,00 EUR", "2521964.00"),
        ("€ 28.890.790,79", "28890790.79"),
        ("117164,41€", "117164.41"),
        ("2'521'964,00", "2521964.00"),
    ],
)
def test_an_amount_in_the_style_of_the_source(raw: str, value: str) -> None:
    assert parse(raw, "amount") == Parsed(Decimal(value))


@pytest.mark.parametrize(
    ("raw", "value"),
    [("2,521,964.00", "2521964.00"), ("4000.50", "4000.50"), ("1,000.5", "1000.5")],
)
def test_an_amount_in_another_style_is_read_and_reported(raw: str, value: str) -> None:
    parsed = parse(raw, "amount")
    assert parsed.value == Decimal(value)
    assert code(parsed) == "amount-format"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("150,000", "amount-ambiguous"),
        ("1.2.3", "amount-invalid"),
        ("12.34.567,00", "amount-invalid"),
        ("ca. 5 Mio.", "amount-invalid"),
        ("1e6", "amount-invalid"),
        ("٣٤٠", "amount-invalid"),
        ("150.000,00 CHF", "amount-currency"),
        ("$ 5,00", "amount-currency"),
        ("k.A.", "amount-missing"),
    ],
)
def test_an_amount_that_is_not_published(raw: str, expected: str) -> None:
    parsed = parse(raw, "amount")
    assert parsed.value is None
    assert code(parsed) == expected


@given(st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False))
def test_any_amount_written_in_german_style_is_read_back(amount: Decimal) -> None:
    whole, cents = f"{amount:.2f}".split(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    assert parse(f"{grouped},{cents}", "amount").value == amount


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("11.01.16", date(2016, 1, 11)),
        ("30.04.2019", date(2019, 4, 30)),
        ("1.2.03", date(2003, 2, 1)),
        ("01/06/2016", date(2016, 6, 1)),
        ("2016-01-11", date(2016, 1, 11)),
        ("01.07.89", date(1989, 7, 1)),
        ("01.07.90", date(1990, 7, 1)),
        ("29.02.20", date(2020, 2, 29)),
    ],
)
def test_a_date(raw: str, day: date) -> None:
    assert parse(raw, "date") == Parsed(day)


@pytest.mark.parametrize(
    "raw", ["31.02.16", "29.02.19", "11.01.16-30.04.19", "2016", "11. Januar 2016", "00.00.00"]
)
def test_what_is_no_date_is_not_rolled_over_to_one(raw: str) -> None:
    parsed = parse(raw, "date")
    assert parsed.value is None
    assert code(parsed) == "date-invalid"


def test_a_heading_is_parted_into_code_and_label() -> None:
    stated = parse("Alpen-1 : Innovativer Alpenraum", "heading").value
    assert stated == Heading(Text("Innovativer Alpenraum", "de"), "Alpen-1")
    assert parse("Ohne Code", "heading").value == Heading(Text("Ohne Code", "de"))


@pytest.mark.parametrize(("raw", "value"), [("UK", "GB"), ("EL", "GR"), ("at", "AT")])
def test_a_country_by_its_code_or_alias(raw: str, value: str) -> None:
    assert parse(raw, "country") == Parsed(value)


@pytest.mark.parametrize(
    "raw",
    [
        "javascript:alert(1)",
        "ftp://example.org/",
        "https://",
        "https:///path",
        "https://example.org/a b",
        "https://example.org/<b>",
        "https://example.org/\u202e",
        "https://exa mple.org",
        "https://example.org/%zz",
        "keine",
    ],
)
def test_a_web_address_that_cannot_be_linked(raw: str) -> None:
    parsed = parse(raw, "url")
    assert parsed.value is None
    assert code(parsed) == "url-invalid"


@given(st.text(min_size=1), st.sampled_from(sorted(set(PROJECT_FIELDS.values()))))
def test_any_text_gives_a_value_or_says_why_not(raw: str, kind: Kind) -> None:
    parsed = parse(raw, kind)
    assert parsed.outcome in Outcome
    if parsed.outcome is Outcome.REJECTED:
        assert parsed.finding is not None
