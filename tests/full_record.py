"""A project with a value in every field of the records, for tests of what becomes of each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kg.records import (
    Category,
    Correction,
    Heading,
    Location,
    Origin,
    Partner,
    Project,
    Region,
    Role,
    RowOrigin,
    Source,
    Text,
    Theme,
)

__all__ = ["SOURCE", "full_project"]

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
SOURCE = Source("Liste 2021.xlsx", "0" * 64, 1)


def row(number: int, sheet: str) -> RowOrigin:
    """A row of a workbook."""
    return RowOrigin(SOURCE.name, (), {}, (), row=number, line=number, sheet=sheet)


def full_partner() -> Partner:
    """The lead partner, with a value in every field."""
    return Partner(
        key="Full001-001",
        partner_id="Full001-001",
        role=Role.LEAD,
        name='Werkstatt "Süd" – Verein',
        name_english="Workshop South",
        department="Abteilung 3",
        organisation_id="ATU123",
        organisation_type="Interest groups including NGOs",
        ownership="private",
        street="Hauptstraße 1",
        full_address="Hauptstraße 1, 6020 Innsbruck",
        postcode="6020",
        town="Innsbruck",
        country="AT",
        federal_state="Bayern",
        region="Tirol",
        nuts=Region("AT33", "Tirol"),
        nuts1=Region(None, "Westösterreich"),
        nuts2=Region("AT33", "Tyrol"),
        nuts3=Region("AT332", None),
        partner_location=Location(Decimal("11.40"), Decimal("47.26"), CRS84),
        website="https://werkstatt.example.org/",
        partner_budget=Decimal("500.50"),
        partner_eu_funding=Decimal("425.42"),
        partner_erdf=Decimal("400"),
        partner_ipa=Decimal("0"),
        partner_eni=Decimal("25.42"),
        partner_co_financing=Decimal("75.08"),
        partner_private_funding=Decimal("10"),
        partner_co_financing_rate=Decimal("85"),
        corrections=(Correction("town", "Insbruck", "Innsbruck", "A letter is missing.", "Us"),),
        origin=row(2, "Partner / Partenaires"),
    )


def full_project() -> Project:
    """A project with a value in every field; of its three partners, one has no more than a name."""
    second = Partner(
        key="Full001-b",
        role=Role.PARTNER,
        name="Werkraum",
        country="DE",
        nuts1=Region(None, "Bayern"),
        nuts=Region(None, "Allgäu"),
        nuts2=Region(None, "Schwaben"),
        nuts3=Region(None, "Kempten"),
        origin=row(3, "Partner / Partenaires"),
    )
    third = Partner(
        key="Full001-c",
        role=Role.PARTNER,
        name="Officina",
        origin=Origin("liste.txt", 3, 3, "Officina", {}),
    )
    return Project(
        project_id="Full001",
        call="2",
        programme=Text("Alpenraum", "de"),
        cci="2014TC16RFTN001",
        national_id="207",
        subprogramme="Nord",
        programming_period="2014-2020",
        acronym="FULL",
        title=Text("Gemeinsame Werkstätten", "de"),
        title_english=Text("Shared workshops", "en"),
        status="finished",
        project_type="regular",
        priority=Heading(Text("Innovativer Alpenraum", "de"), "Alpen-1"),
        specific_objective=Heading(Text("Rahmenbedingungen", "de"), "Alpen 1.1"),
        thematic_objective=Category("1", Text("Research and innovation", "en")),
        policy_objective=Category(None, Text("Ein intelligenteres Europa")),
        investment_priority=Category("1(b)", None),
        strand=Category("B", Text("transnational", "en")),
        interventions=(Category("060", Text("Research", "en")), Category("118"), Category("118")),
        lead_partner='Werkstatt "Süd" – Verein',
        lead_country="AT",
        german_participation=True,
        country_count=2,
        partner_count=3,
        german_partner_count=1,
        countries=("AT", "DE", "CH", "AT"),
        start_date=date(2016, 11, 1),
        end_date=date(2019, 4, 30),
        expected_end_date=date(2019, 10, 31),
        last_update=date(2020, 1, 2),
        fund="ERDF, IPA",
        total_budget=Decimal("1000.00"),
        eu_funding=Decimal("850.10"),
        erdf=Decimal("800"),
        ipa=Decimal("50.10"),
        eni=Decimal("0.00"),
        co_financing=Decimal("149.90"),
        private_funding=Decimal("20"),
        other_funding=Decimal("1.5"),
        co_financing_rate=Decimal("85.01"),
        currency="EUR",
        exchange_rate=Decimal("1.0800"),
        description=Text('Eine Zeile\nund "noch" eine.', "de"),
        description_english=Text("A line.", "en"),
        results=Text("Ergebnisse"),
        url="https://full.example.org/",
        links=("https://video.example.org/1", "https://keep.example.org/?p=1&q=2"),
        themes=(Theme("D05"), Theme("Z99", Text("Raumfahrt", "de"))),
        location_region="Alpen",
        location_postcode="6020",
        location_nuts=Region("AT332", "Innsbruck"),
        location=Location(
            Decimal("681000.5"), Decimal("5237000"), "http://www.opengis.net/def/crs/EPSG/0/25832"
        ),
        partners=(full_partner(), second, third),
        has_all_partners=False,
        corrections=(
            Correction("start_date", "2016-01-11", "2016-11-01", "Day and month.", "The partners"),
            Correction("end_date", "", "2019-04-30", "It was missing.", "The partners"),
        ),
        origin=row(2, "Projekte"),
    )
