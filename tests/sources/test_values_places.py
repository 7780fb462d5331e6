"""Countries, regions, coordinates and their reference systems."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.countries import all_countries
from kg.problems import ProfileError
from kg.records import Location, Region
from kg.sources.cell import Number
from kg.sources.fields import Field, Kind
from kg.sources.values import Parsed, find_crs, parse_value
from kg.sources.values.style import ValueStyle

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
UTM32 = "http://www.opengis.net/def/crs/EPSG/0/25832"
OPEN = ValueStyle()


def parse(raw: str, kind: Kind, style: ValueStyle = OPEN) -> Parsed:
    return parse_value(raw, Field("a_field", kind), style)


def code(parsed: Parsed) -> str | None:
    return parsed.finding.code if parsed.finding else None


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("UK", "GB"),
        ("EL", "GR"),
        ("at", "AT"),
        ("AUT", "AT"),
        ("ITALY", "IT"),
        ("Sverige", "SE"),
        ("Danmark", "DK"),
        ("Czech Republic", "CZ"),
        ("Czechia", "CZ"),
        ("Republic of Moldova", "MD"),
        ("The Netherlands", "NL"),
        ("Österreich", "AT"),
        ("O\u0308sterreich", "AT"),
        ("osterreich", "AT"),
        ("Ελλάδα", "GR"),
        ("Україна", "UA"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("SI Slovenia / SLOVENIJA", "SI"),
        ("HU Hungary / MAGYARORSZÁG", "HU"),
        ("DE - Deutschland", "DE"),
        ("Deutschland (DE)", "DE"),
        ("Belgique/België", "BE"),
        ("Czech Rep.", "CZ"),
        ("Slovak Rep.", "SK"),
        ("Fürstentum Liechtenstein", "LI"),
        ("D", "DE"),
        ("A", "AT"),
        ("F", "FR"),
        ("I", "IT"),
        ("SLO", "SI"),
        ("FL", "LI"),
        ("D - Deutschland", "DE"),
    ],
)
def test_a_country(raw: str, value: str) -> None:
    assert parse(raw, "country") == Parsed(value)


@pytest.mark.parametrize(
    "raw",
    [
        "SI Slovenia / ITALIA",
        "DE Austria",
        "Atlantis",
        "XX",
        "Latvia;Estonia",
        "/",
        "DE/AT",
        "d",
        "N",
        "A/D",
        "Ireland (Northern)",
        "Georgia (USA)",
        "France (Réunion)",
    ],
)
def test_a_country_that_is_not_known(raw: str) -> None:
    assert code(parse(raw, "country")) == "country-unknown"


def test_a_country_with_a_part_of_it_in_brackets() -> None:
    parsed = parse("Svizzera (Ticino)", "country")
    assert parsed.value == "CH"
    assert code(parsed) == "value-doubtful"


@pytest.mark.parametrize("country", all_countries(), ids=lambda it: it.alpha2)
def test_every_country_is_found_by_its_codes_and_names(country) -> None:
    for raw in (country.alpha2, country.alpha3, country.name_en, country.name_de, *country.names):
        assert parse(raw, "country") == Parsed(country.alpha2)
        assert parse(raw.upper(), "country") == Parsed(country.alpha2)
        both = f"{country.alpha2} {country.name_en} / {country.name_de}"
        assert parse(both, "country") == Parsed(country.alpha2)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("Latvia;Estonia", ("LV", "EE")),
        ("DE, AT", ("DE", "AT")),
        ("DE/AT", ("DE", "AT")),
        ("DE AT DE", ("DE", "AT")),
        ("D; A; CH", ("DE", "AT", "CH")),
        ("Germany", ("DE",)),
        ("Bosnia and Herzegovina, Croatia", ("BA", "HR")),
        ("SI Slovenia / SLOVENIJA;HU Hungary / MAGYARORSZÁG", ("SI", "HU")),
    ],
)
def test_a_list_of_countries(raw: str, value: tuple[str, ...]) -> None:
    assert parse(raw, "countries") == Parsed(value)


def test_a_list_with_a_country_that_is_not_known() -> None:
    parsed = parse("DE; Atlantis", "countries")
    assert parsed.value == ("DE",)
    assert code(parsed) == "country-unknown"
    assert parse("Atlantis", "countries").value is None
    # single letters with nothing but space between them can be anything
    assert parse("A B", "countries").value is None


@pytest.mark.parametrize(
    ("raw", "region"),
    [
        ("SI032 Podravska", Region("SI032", "Podravska")),
        ("DE300", Region("DE300")),
        ("ITH44", Region("ITH44")),
        ("UKM", Region("UKM")),
        ("EL30 Attiki", Region("EL30", "Attiki")),
        ("ITH NORD-EST", Region("ITH", "NORD-EST")),
        ("DE212 München, Kreisfreie Stadt", Region("DE212", "München, Kreisfreie Stadt")),
        ("SE33 - Övre Norrland", Region("SE33", "Övre Norrland")),
        ("Wien (AT130)", Region("AT130", "Wien")),
        ("DEZZZ", Region("DEZZZ")),
        ("Skåne län", Region(None, "Skåne län")),
        ("ITALY", Region(None, "ITALY")),
        ("ISOLA", Region(None, "ISOLA")),
        ("XX032 Foo", None),
        ("GB123", None),
    ],
)
def test_a_region(raw: str, region: Region | None) -> None:
    parsed = parse(raw, "region")
    assert parsed.value == region
    assert code(parsed) == (None if region else "region-invalid")


@pytest.mark.parametrize(
    ("raw", "nuts"),
    [
        ("AT332.", "AT332"),
        ("NUTS3: AT332", "AT332"),
        ("NUTS 3 code: AT332", "AT332"),
        ("de21h", "DE21H"),
    ],
)
def test_a_code_of_a_region_with_other_signs_about_it(raw: str, nuts: str) -> None:
    parsed = parse(raw, "region")
    assert parsed.value == Region(nuts)
    assert code(parsed) == "region-format"


def test_a_code_of_another_level_than_its_label_says() -> None:
    assert code(parse("NUTS2: AT332", "region")) == "region-invalid"


@pytest.mark.parametrize(
    "raw", ["IE05; IE06", "AT333, AT332", "AT33 Tirol; DE27 Schwaben", "Alps: itc1, fr71"]
)
def test_several_codes_are_no_name_of_a_region(raw: str) -> None:
    parsed = parse(raw, "region")
    assert parsed.value is None
    assert code(parsed) == "list-unexpected"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("-9.0491", "-9.0491"),
        ("55,6761", "55.6761"),
        ("55.6761°", "55.6761"),
        ("560016.186", "560016.186"),
        ("12.568", "12.568"),
        ("6.174.123", "6174123"),
        ("6,174,123.5", "6174123.5"),
        ("6 174 123,5", "6174123.5"),
        (Number("560.016"), None),
        ("560.016", None),
        ("north", None),
        ("1e20", None),
    ],
)
def test_a_coordinate(raw: str, value: str | None) -> None:
    parsed = parse(raw, "coordinate")
    assert parsed.value == (None if value is None else Decimal(value))
    assert code(parsed) == (None if value else "coordinate-invalid")


@pytest.mark.parametrize(
    "raw",
    [
        "-9.0491, 53.2744",
        "-9.0491,53.2744",
        "-9,0491 53,2744",
        "-9,0491; 53,2744",
        "-9,0491,53,2744",
        "(-9.0491 53.2744)",
        "POINT (-9.0491 53.2744)",
    ],
)
def test_a_point(raw: str) -> None:
    point = Location(Decimal("-9.0491"), Decimal("53.2744"), CRS84)
    assert parse(raw, "point") == Parsed(point)
    if not raw.startswith("POINT"):
        swapped = parse(raw, "point", ValueStyle(point_order="y x"))
        assert swapped.value == Location(Decimal("53.2744"), Decimal("-9.0491"), CRS84)
        assert code(swapped) == "coordinates-exchanged"


PLACES = {
    "Helsinki": (24.94, 60.17),
    "Diyarbakır": (40.23, 37.91),
    "Amman": (35.93, 31.95),
    "Longyearbyen": (15.63, 78.22),
    "Nuuk": (-51.74, 64.18),
    "Ponta Delgada": (-25.67, 37.74),
    "Funchal": (-16.92, 32.65),
    "Las Palmas": (-15.43, 28.12),
    "Pointe-à-Pitre": (-61.53, 16.24),
    "Cayenne": (-52.33, 4.94),
    "Mamoudzou": (45.23, -12.78),
    "Saint-Denis": (55.45, -20.88),
    "Victoria": (55.45, -4.62),
    "Praia": (-23.51, 14.92),
    "Paramaribo": (-55.17, 5.85),
    "Port Louis": (57.5, -20.16),
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_point_where_interreg_has_projects(place: tuple[float, float]) -> None:
    x, y = place
    assert code(parse(f"{x:.2f} {y:.2f}", "point")) is None


@pytest.mark.parametrize(
    "name",
    [
        "Helsinki",
        "Longyearbyen",
        "Nuuk",
        "Las Palmas",
        "Ponta Delgada",
        "Pointe-à-Pitre",
        "Cayenne",
        "Mamoudzou",
        "Saint-Denis",
    ],
)
def test_a_point_whose_coordinates_are_exchanged(name: str) -> None:
    x, y = PLACES[name]
    parsed = parse(f"{y:.2f} {x:.2f}", "point")
    assert parsed.value is not None
    assert code(parsed) == "coordinates-exchanged"


@pytest.mark.parametrize("raw", ["55,12", "55", "1, 2, 3", "200, 5", "5, 100", "a, b", ","])
def test_what_is_no_point(raw: str) -> None:
    assert code(parse(raw, "point")) == "coordinate-invalid"


def test_a_point_in_the_system_of_the_layout() -> None:
    style = ValueStyle(crs="EPSG:25832")
    point = Location(Decimal("560016.186"), Decimal("6174123.5"), UTM32)
    assert parse("560016.186 6174123.5", "point", style) == Parsed(point)
    with pytest.raises(ProfileError):
        parse("1, 2", "point", ValueStyle(crs="moon"))


@pytest.mark.parametrize(
    ("raw", "iri"),
    [
        ("CRS84", CRS84),
        ("OGC:CRS84", CRS84),
        (CRS84, CRS84),
        ("WGS84", CRS84),
        ("WGS 84", CRS84),
        ("EPSG:4326", CRS84),
        ("EPSG:25832", UTM32),
        ("epsg:25832", UTM32),
        ("urn:ogc:def:crs:EPSG::25832", UTM32),
        ("urn:ogc:def:crs:EPSG:9.0:25832", UTM32),
        (UTM32, UTM32),
        ("https://www.opengis.net/def/crs/EPSG/0/25832", UTM32),
        ("https://www.opengis.net/def/crs/OGC/1.3/CRS84", CRS84),
        ("http://www.opengis.net/def/crs/EPSG/0/4326", CRS84),
        ("http://www.opengis.net/def/crs/EPSG/0/3857", None),
        ("UTM32", UTM32),
        ("UTM32N", UTM32),
        ("UTM zone 32N", UTM32),
        ("ETRS89 / UTM zone 32N", UTM32),
        ("WGS 84 / UTM zone 33N", "http://www.opengis.net/def/crs/EPSG/0/32633"),
        ("EPSG:3857", None),
        ("UTM99", None),
        ("Mars", None),
    ],
)
def test_a_reference_system(raw: str, iri: str | None) -> None:
    assert find_crs(raw) == iri
    assert code(parse(raw, "crs")) == (None if iri else "crs-unknown")


@given(st.decimals(-180, 180, places=5), st.decimals(-90, 90, places=5), st.sampled_from(";|/ "))
def test_any_point_is_read_back(x: Decimal, y: Decimal, mark: str) -> None:
    point = Location(x, y, CRS84)
    assert parse(f"{x:f}{mark}{y:f}", "point").value == point
    assert parse(f"{x:f}{mark}{y:f}".replace(".", ","), "point").value == point
