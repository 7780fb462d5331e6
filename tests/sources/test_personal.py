"""Data of persons in values and headers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources.personal import impersonal, looks_personal, mask_personal, personal_finding
from kg.sources.values import Parsed


@pytest.mark.parametrize(
    "text",
    [
        "office@example.org",
        "Jane Doe <jane.doe@mail.example.org>",
        "https://example.org/jane.doe%40example.org",
        "name(at)example.org",
        "name [at] example.org",
        "+43 512 1234-567",
        "+43512123456",
        "+386 1 234 56 78",
        "0049 30 123456",
        "Tel.: 030/1234567",
        "Phone 0664 1234567",
        "téléphone: 01 23 45 67 89",
        "contact: +33 (0)1 23 45 67 89",
    ],
)
def test_a_value_with_data_of_a_person(text: str) -> None:
    finding = personal_finding(text)
    assert finding is not None
    assert finding.code == "personal-data"


@pytest.mark.parametrize(
    "text",
    [
        "2.521.964,00",
        "+1.000.000,00",
        "1929500",
        "2016-06-01",
        "01.06.2016",
        "EAPA_21/2016",
        "CB005.1.11.005",
        "2014TC16RFCB014",
        "0012345678901",
        "00 100 000 000",
        "FIN-01300",
        "+ RESILIENT",
        "look at example",
        "https://example.org/@name",
        "A1 - Innovation",
        "EPSG:25832",
    ],
)
def test_a_value_without_data_of_a_person(text: str) -> None:
    assert personal_finding(text) is None


@given(st.text())
def test_any_text_can_be_looked_at(text: str) -> None:
    personal_finding(text)
    looks_personal(text)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Contact person", True),
        ("contact_email", True),
        ("E-Mail-Adresse", True),
        ("Telefonnummer", True),
        ("Ansprechpartner/in", True),
        ("Kontaktperson", True),
        ("Responsable du projet", True),
        ("Osoba do kontaktu", True),
        ("τηλέφωνο", True),
        ("Title", False),
        ("Personnel costs", False),
        ("legal person", False),
        ("Kontraktansvarlig partner / Beneficiary name", False),
        ("Partner name", False),
        ("Country", False),
    ],
)
def test_a_header_that_announces_data_of_a_person(header: str, expected: bool) -> None:
    assert looks_personal(header) is expected


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Call +49 89 12345-678, or write", "Call […], or write"),
        ("Call +49 89 12345‑678.", "Call […]."),
        ("Call +49 89 12345-678and ask", "Call […]and ask"),
        ("Mail a@example.org or +49 89 12345-678; both", "Mail […] or […]; both"),
        ("+1 234 567,00 EUR", "+1 234 567,00 EUR"),
    ],
)
def test_nothing_of_a_number_is_left_in_a_text(text: str, rest: str) -> None:
    assert mask_personal(text) == rest


def test_both_an_address_and_a_number_are_told() -> None:
    parse = impersonal(lambda raw: Parsed(raw), "text")
    finding = parse("Mail a@example.org or call +49 89 12345-678.").finding
    assert finding is not None
    assert "an e-mail address and a telephone number" in finding.message


@pytest.mark.parametrize("text", ["+ 43 512 1234-567", "00 49 30 123456", "Phone 0664 1234567"])
def test_a_number_is_found_and_masked_however_it_is_parted(text: str) -> None:
    parse = impersonal(lambda raw: Parsed(raw), "word")
    assert parse(text).value is None
    assert mask_personal(text).endswith("[…]")
