"""Values in the dress of a program, and values that are hardly what their field asks for."""

from __future__ import annotations

import pytest

from kg.records import Text
from kg.sources.cell import Number
from kg.sources.fields import Field, Kind
from kg.sources.values import Parsed, parse_value
from kg.sources.values.currencies import currencies_in
from kg.sources.values.style import ValueStyle
from kg.sources.values.totals import is_total
from kg.sources.values.units import scale_in

LINK = '=HYPERLINK("https://example.org/a","Its ""own"" page")'


def parse(raw: str, kind: Kind, name: str = "a_field", scale: str = "1") -> Parsed:
    return parse_value(raw, Field(name, kind), ValueStyle(scale=scale))


def code(parsed: Parsed) -> str | None:
    return parsed.finding.code if parsed.finding else None


@pytest.mark.parametrize(
    ("raw", "kind", "value", "problem"),
    [
        ("Research &amp; Co", "word", "Research & Co", "html-entity"),
        ("&quot;Green&quot; &#8211; A", "word", '"Green" – A', "html-entity"),
        ("https://example.org/?a=1&amp;b=2", "url", "https://example.org/?a=1&b=2", "html-entity"),
        ("R&D; and more", "word", "R&D; and more", None),
        ("A & B", "word", "A & B", None),
        (LINK, "url", "https://example.org/a", "formula-text"),
        (LINK, "word", 'Its "own" page', "formula-text"),
        ('=LIEN_HYPERTEXTE("https://example.org/a"; "A")', "word", "A", "formula-text"),
        ('="00123"', "word", "00123", "formula-text"),
        ("=SUM(A1:A3)", "amount", None, "formula-no-value"),
        ("=A1&B2", "word", None, "formula-no-value"),
        ("= as above", "word", "= as above", None),
        ("#N/A", "word", None, "cell-error"),
        ("#WERT!", "amount", None, "cell-error"),
        ("#1 of 3", "word", "#1 of 3", None),
        ("6.83E+10", "word", None, "number-mangled"),
        ("6,83E+10", "id", None, "id-invalid"),
        ("NULL", "word", None, None),
        ("example.eu/path", "url", "https://example.eu/path", "url-scheme-missing"),
        ("report.pdf", "url", None, "url-invalid"),
    ],
)
def test_values_in_the_dress_of_a_program(
    raw: str, kind: Kind, value: str | None, problem: str | None
) -> None:
    parsed = parse(raw, kind)
    assert parsed.value == value
    assert code(parsed) == problem


def test_markup_in_a_text_is_told() -> None:
    parsed = parse("<p>One</p>", "text")
    assert parsed.value == Text("<p>One</p>")
    assert code(parsed) == "html-markup"
    assert code(parse("a < b and c > d", "text")) is None


@pytest.mark.parametrize(
    "raw", ["1010", "12.500,00", "2018-03-01", "https://a.eu", "Town of A*", "!!!"]
)
def test_what_is_hardly_a_name_is_told(raw: str) -> None:
    parsed = parse(raw, "word", "name")
    assert parsed.value == raw
    assert code(parsed) == "value-doubtful"
    assert code(parse(raw, "word", "status")) is None


@pytest.mark.parametrize("raw", ["3M", "„Grünes Graz“", "A", "(RCC) Chamber", "ΔΕΗ"])
def test_what_may_well_be_a_name(raw: str) -> None:
    assert parse(raw, "word", "name") == Parsed(raw)


@pytest.mark.parametrize(
    ("raw", "value", "problem"),
    [
        ("1.234,50*", "1234.50", "amount-format"),
        ("€ 1.234,50 (1)", "1234.50", "amount-format"),
        ("1.234,50 € 2)", "1234.50", "amount-format"),
        ("(1.234,50)", None, "amount-invalid"),
        ("12*34", None, "amount-invalid"),
    ],
)
def test_the_mark_of_a_footnote_behind_an_amount(raw: str, value: str | None, problem: str) -> None:
    parsed = parse(raw, "amount")
    assert (None if parsed.value is None else str(parsed.value)) == value
    assert code(parsed) == problem


@pytest.mark.parametrize(
    ("raw", "value"),
    [("12", "12000"), ("12,5", "12500"), ("0,1234", "123.40"), (Number("12.5678"), "12567.80")],
)
def test_amounts_are_counted_in_thousands(raw: str, value: str) -> None:
    parsed = parse(raw, "amount", scale="1000")
    assert parsed.value is not None
    assert float(str(parsed.value)) == float(value)
    assert parsed.finding is None


@pytest.mark.parametrize(
    ("header", "scale", "currencies"),
    [
        ("Total budget (EUR)", "1", {"EUR"}),
        ("Gesamtkosten in Tsd. EUR", "1000", {"EUR"}),
        ("Budget k€", "1000", {"EUR"}),
        ("ERDF (EUR '000)", "1000", {"EUR"}),
        ("Total cost (1 000 €)", "1000", {"EUR"}),
        ("Wartość (mln zł)", "1000000", {"PLN"}),
        ("Cofinancement suisse (CHF)", "1", {"CHF"}),
        ("ERDF", "1", set()),
        ("Cost (EUR/CHF)", "1", {"EUR", "CHF"}),
        ("Укупно (дин)", "1", {"RSD"}),
        ("Buget eligibil din FEDR", "1", set()),
        ("TOTAL FOR ALL PARTNERS", "1", set()),
        ("Budget_RSD", "1", {"RSD"}),
    ],
)
def test_a_header_names_its_unit(header: str, scale: str, currencies: set[str]) -> None:
    assert scale_in(header) == scale
    assert set(currencies_in(header)) == currencies


@pytest.mark.parametrize("raw", ["TOTAL", "Sub-total", "Razem:", "Gesamtsumme", "Összesen"])
def test_words_for_sums(raw: str) -> None:
    assert is_total(raw)
    assert not is_total(f"{raw} Energies")
