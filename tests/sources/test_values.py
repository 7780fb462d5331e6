"""What is common to all kinds of values, and the kinds that are taken as they stand."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.problems import CODES
from kg.records import Outcome, Role, Text
from kg.sources.cell import Items, Number
from kg.sources.fields import PARTNER_FIELDS, PROJECT_FIELDS, Field, Kind
from kg.sources.layouts import load_text_profile
from kg.sources.values import Parsed, parse_value, value_parser
from kg.sources.values.style import ValueStyle

STYLE = load_text_profile().values
STYLES = (
    STYLE,
    ValueStyle(heading_separator="auto"),
    ValueStyle(decimal=".", grouping=",", thousandths=True, date_order="mdy", rate="fraction"),
    ValueStyle(utc_offset="+03:00", date_system="1904", rate="percent", point_order="y x"),
)


def parse(raw: str, kind: Kind, style: ValueStyle = STYLE) -> Parsed:
    return parse_value(raw, Field("a_field", kind, language="de"), style)


def code(parsed: Parsed) -> str | None:
    return parsed.finding.code if parsed.finding else None


KINDS = st.sampled_from(get_args(Kind))
LIKELY = st.text("0123456789 .,-/:;|%€TZEkr+()AaBb°'\u00a0\u202f", min_size=1, max_size=24)


@given(st.text(min_size=1) | LIKELY, KINDS, st.sampled_from(STYLES))
def test_any_text_gives_a_value_or_says_why_not(raw: str, kind: Kind, style: ValueStyle) -> None:
    for cell in (raw, Number(raw)):
        parsed = parse(cell, kind, style)
        assert parsed.outcome in Outcome
        if parsed.outcome is Outcome.REJECTED:
            assert parsed.finding is not None
        assert parsed.finding is None or parsed.finding.code in CODES
        field = Field("a_field", kind, language="de")
        assert value_parser(field, style)(cell) == parsed


@given(st.integers() | st.floats(allow_nan=False).map(repr), KINDS)
def test_any_number_of_a_file_gives_a_value_or_says_why_not(number: object, kind: Kind) -> None:
    assert parse(Number(number), kind).outcome in Outcome


def test_a_word_for_not_stated_is_no_value() -> None:
    assert parse("k.A.", "word") == Parsed(None)
    assert code(parse("k.A.", "amount")) == "amount-missing"
    assert code(parse("-", "date")) == "date-missing"
    assert parse("-", "id") == Parsed("-")


def test_characters_that_cannot_be_seen() -> None:
    assert code(parse("a\x00b", "word")) == "control-character"
    parsed = parse("a\u202eb", "word")
    assert parsed.value == "a\u202eb"
    assert code(parsed) == "invisible-character"
    assert parse("\u200b a\u00a0b \ufeff", "word") == Parsed("a\u00a0b")
    assert code(parse("a\u200bb", "id")) == "id-invalid"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("V\ufffdkst 2.0", "text"),
        ("Universit\ufffdt", "word"),
        ("K\ufffdln", "id"),
        ("Kï¿½ln", "word"),
        ("K&#65533;ln", "word"),
        ("K\ufffdln†", "word"),
    ],
)
def test_a_character_that_was_lost_before(raw: str, kind: Kind) -> None:
    parsed = parse_value(raw, Field("name", kind), ValueStyle())
    assert parsed.value is not None
    assert parsed.finding is not None
    assert parsed.finding.code == "character-lost"
    assert "Character 2" in parsed.finding.message or "Character 10" in parsed.finding.message
    # what is wrong in the value counts more
    assert code(parse("\ufffdsterreich", "country")) == "country-unknown"


@pytest.mark.parametrize(
    "name",
    [
        "Stadt Trier (DE), Ville de Metz",
        "Stadt Trier (D) Ville de Metz",
        "Stadt Trier (Germany) / Ville de Metz",
        "Stadt Trier\nVille de Metz",
        "Stadt Trier; Ville de Metz",
        "Stadt Trier • Ville de Metz",
        "• Stadt Trier",
        "- TU München",
    ],
)
def test_a_name_that_may_be_several_or_the_entry_of_a_list(name: str) -> None:
    parsed = parse_value(name, Field("name", "word"), ValueStyle())
    assert parsed.value == name
    assert code(parsed) == "value-doubtful"


@pytest.mark.parametrize(
    "name", ["ETH Zürich (CH)", "Chamber (CCI) of A", "Agency (no) of B", "TU-München", "-x-"]
)
def test_a_name_of_one_organisation(name: str) -> None:
    assert parse_value(name, Field("name", "word"), ValueStyle()) == Parsed(name)


@pytest.mark.parametrize("raw", ["tbc", "TBA", "t.b.a.", "N.N.", "N. N."])
def test_a_placeholder_is_no_value(raw: str) -> None:
    assert parse_value(raw, Field("name", "word"), ValueStyle()) == Parsed(None)


@pytest.mark.parametrize(
    ("raw", "value"),
    [("oui", True), ("Sì", True), ("sí", True), ("X", True), ("non", False), ("NON", False)],
)
def test_a_flag_in_other_languages(raw: str, value: bool) -> None:
    assert parse_value(raw, Field("a_field", "flag"), ValueStyle()) == Parsed(value)


@pytest.mark.parametrize(("name", "kind"), sorted((PROJECT_FIELDS | PARTNER_FIELDS).items()))
def test_a_cell_of_nothing_but_invisible_marks_states_nothing(name: str, kind: Kind) -> None:
    assert parse_value("\u200b \ufeff", Field(name, kind), STYLE) == Parsed(None)


@pytest.mark.parametrize(
    ("raw", "kind", "value"),
    [
        (" FIN-01300 ", "word", "FIN-01300"),
        (Number("30123"), "word", "30123"),
        (Number("23.0"), "id", "23"),
        (Number("1e3"), "code", "1000"),
        (Number("1.5"), "word", "1.5"),
        (Number("1e59"), "word", str(10**59)),
        ("TO03", "code", "TO03"),
        (Number("1"), "text", Text("1", "de")),
        ("14", "count", 14),
        ("2.0", "count", 2),
        (Number("2.0"), "count", 2),
        (Number("2e1"), "count", 20),
        ("ja", "flag", True),
        ("NEIN", "flag", False),
        ("en", "language", "en"),
        ("EN_gb", "language", "en-GB"),
        ("sr-latn", "language", "sr-Latn"),
        ("€", "currency", "EUR"),
        ("Euro", "currency", "EUR"),
        ("dkk", "currency", "DKK"),
        ("zł", "currency", "PLN"),
        ("7,4567", "number", "7.4567"),
        ("25.974", "number", None),
        ("1", "number", "1"),
    ],
)
def test_a_value_that_is_taken_as_it_stands(raw: str, kind: Kind, value: object) -> None:
    parsed = parse(raw, kind).value
    assert str(parsed) == str(value)


@pytest.mark.parametrize(
    ("raw", "kind", "expected"),
    [
        ("2.5", "count", "count-invalid"),
        ("1.000", "count", "count-invalid"),
        (Number("2.5"), "count", "count-invalid"),
        ("vielleicht", "flag", "flag-invalid"),
        ("Deutsch", "language", "language-invalid"),
        ("kr", "currency", "currency-unknown"),
        ("XYZ", "currency", "currency-unknown"),
        ("0", "number", "number-invalid"),
        ("-1", "number", "number-invalid"),
        ("25.974", "number", "number-invalid"),
    ],
)
def test_a_value_that_is_not_taken(raw: str, kind: Kind, expected: str) -> None:
    parsed = parse(raw, kind)
    assert parsed.value is None
    assert code(parsed) == expected


def test_a_mark_of_several_currencies_is_read_by_that_of_the_layout() -> None:
    assert parse("kr.", "currency", ValueStyle(currency="DKK")) == Parsed("DKK")
    assert parse("25,974", "number", ValueStyle()).value is not None


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("LP", Role.LEAD),
        ("LP1", Role.LEAD),
        ("Lead Partner", Role.LEAD),
        ("lead-partner", Role.LEAD),
        ("Lead Beneficiary", Role.LEAD),
        ("Chef de file", Role.LEAD),
        ("Partner wiodący", Role.LEAD),
        ("capofila", Role.LEAD),
        ("ja", Role.LEAD),
        ("ELP", Role.ERDF_LEAD),
        ("PP", Role.PARTNER),
        ("PP 02", Role.PARTNER),
        ("Project partner", Role.PARTNER),
        ("Begunstigter", Role.PARTNER),
        ("støttemodtager", Role.PARTNER),
        ("nein", Role.PARTNER),
        ("AP", Role.ASSOCIATED),
        ("Partenaire associé", Role.ASSOCIATED),
        ("Associated partner", Role.ASSOCIATED),
        ("PP1", None),
        ("LP;PP", None),
        ("boss", None),
    ],
)
def test_a_role(word: str, role: Role | None) -> None:
    parsed = parse(word, "role")
    assert parsed.value is role
    assert code(parsed) == (None if role else "role-unknown")


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
    for kind in ("url", "urls"):
        parsed = parse(raw, kind)
        assert raw not in (parsed.value, *(parsed.value or ()))
        assert code(parsed) == "url-invalid"


def test_an_address_that_is_none_of_the_web_is_told_as_such() -> None:
    finding = parse("ftp://example.org/", "url").finding
    assert finding is not None
    assert finding.message == "An address of ftp is no address of the web."


def test_a_list_of_web_addresses() -> None:
    raw = "https://a.example/x,y; http://b.example\nhttp://c.example|http://d.example,www.e.example"
    parsed = parse(raw, "urls")
    assert parsed.value == (
        "https://a.example/x,y",
        "http://b.example",
        "http://c.example",
        "http://d.example",
        "https://www.e.example",
    )
    assert code(parsed) == "url-scheme-missing"
    assert code(parse("https://a.example; javascript:x", "urls")) == "url-invalid"


NUMBERS = ["1", "12", "-1", "0.5", "1.50", "3.0", "1e5", "4.729E7", "1030", "1" * 20]


def plain(value: object) -> bool:
    """Tell whether all texts in a value are plain, which is what can be kept on disk."""
    if isinstance(value, str):
        return type(value) is str
    if isinstance(value, msgspec.Struct):
        return all(plain(getattr(value, name)) for name in value.__struct_fields__)
    return all(map(plain, value)) if isinstance(value, tuple) else True


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_of_a_file_becomes_plain_text(kind: Kind, text: str) -> None:
    number = Number(text)
    for raw in (number, Items(f"[{text}]", (number,)), Items(f"[{text}, 7]", (number, number))):
        assert plain(parse(raw, kind).value)
