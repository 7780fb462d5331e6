"""Records → rows of the tables that the mapping reads, with every value in its lexical form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from kg import iris
from kg.countries import find_country
from kg.mapping.tables import (
    AddressDetailRow,
    AddressRow,
    ParticipationCorrectionRow,
    ParticipationDetailRow,
    ParticipationRow,
    ProjectCorrectionRow,
    ProjectCountryRow,
    ProjectDetailRow,
    ProjectInterventionRow,
    ProjectLeadRow,
    ProjectLinkRow,
    ProjectPartnerRow,
    ProjectRow,
    ProjectStatedCountryRow,
    ProjectThemeRow,
    Row,
)
from kg.records import Category, Heading, Location, Origin, Partner, Project, Region, Role, Text
from kg.terms import canonical_decimal

__all__ = [
    "NO_REGIONS",
    "TextCells",
    "category_slug",
    "country_code",
    "english_cells",
    "heading_slug",
    "organisation_country",
    "partner_regions",
    "project_rows",
    "text_cells",
]

UNKNOWN_COUNTRY = "XX"
"""Stands in an organisation's IRI where its country is not stated (a user-assigned ISO code)."""

NO_REGIONS = (None, None, None, None)

# asked of every partner, so before a row is made of what most do not state
partner_regions = attrgetter("nuts", "nuts1", "nuts2", "nuts3")
_ADDRESS_DETAILS = (
    "street", "full_address", "region", "nuts", "nuts1", "nuts2", "nuts3", "partner_location",
)  # fmt: skip
_address_details = attrgetter(*_ADDRESS_DETAILS)
_NO_ADDRESS_DETAILS = (None,) * len(_ADDRESS_DETAILS)
_PARTNER_DETAILS = set(ParticipationDetailRow._fields) & set(Partner.__struct_fields__)
_partner_details = attrgetter(*_PARTNER_DETAILS)
_NO_PARTNER_DETAILS = (None,) * len(_PARTNER_DETAILS)


class TextCells(NamedTuple):
    """A text as three cells: with its language, or untagged where the language is not known."""

    tagged: str | None
    language: str | None
    untagged: str | None


NO_WORDS = TextCells(None, None, None)


def text_cells(text: Text | None) -> TextCells:
    """Return the three cells of a text."""
    if text is None:
        return NO_WORDS
    if text.language is None:
        return TextCells(None, None, text.value)
    return TextCells(text.value, text.language, None)


def country_code(alpha2: str | None) -> str | None:
    """Return a country's three-letter code in the EU authority table, or None."""
    found = find_country(alpha2) if alpha2 else None
    return found.alpha3 if found else None


def heading_slug(heading: Heading | None) -> str | None:
    """Return the slug of an entry of the hierarchy: of its code, or of its label without one."""
    return iris.slug(heading.code or heading.label.value) if heading else None


def category_slug(category: Category | None, period: str | None = None) -> str | None:
    """Return the slug of an entry of a classification: of its code, or of its label without one.

    ``period`` is the programming period, where one code means another thing in each.
    """
    if category is None:
        return None
    name = category.code or (category.label.value if category.label else None)
    if not name:
        return None
    return iris.slug(name) if period is None else iris.slug(f"{period} {name}")


def intervention_slugs(project: Project) -> list[str]:
    """Return the slugs of a project's categories of intervention; codes change each period."""
    period = project.programming_period
    slugs = (category_slug(category, period) for category in project.interventions)
    return list(dict.fromkeys(slug for slug in slugs if slug))


def english_cells(text: str | None) -> TextCells:
    """Return the three cells of a text in English."""
    return TextCells(text, "en", None) if text else NO_WORDS


def organisation_country(partner: Partner) -> str:
    """Return the country that stands in the IRI of a partner's organisation."""
    return partner.country or UNKNOWN_COUNTRY


def project_rows(project: Project) -> dict[str, list[Row]]:
    """Return for each table the rows of one project, in the order of the record."""
    key = project.project_id
    partners = project.partners
    details = _project_detail_row(project)
    located = [p for p in partners if _address_details(p) != _NO_ADDRESS_DETAILS]
    located_keys = {p.key for p in located}
    return {
        "projects": [_project_row(project)],
        "project_details": [details] if any(details[1:]) else [],
        "project_themes": [
            ProjectThemeRow(key, code)
            for code in dict.fromkeys(theme.code for theme in project.themes)
        ],
        "project_interventions": [
            ProjectInterventionRow(key, slug) for slug in intervention_slugs(project)
        ],
        "project_countries": [
            ProjectCountryRow(key, code)
            for code in dict.fromkeys(country_code(p.country) for p in partners)
            if code
        ],
        "project_stated_countries": [
            ProjectStatedCountryRow(key, code)
            for code in dict.fromkeys(map(country_code, project.countries))
            if code
        ],
        "project_partners": list(
            dict.fromkeys(ProjectPartnerRow(key, *_organisation_cells(p)) for p in partners)
        ),
        "project_leads": list(
            dict.fromkeys(
                ProjectLeadRow(key, *_organisation_cells(p))
                for p in partners
                if p.role is Role.LEAD
            )
        ),
        # both are statements of one predicate
        "project_links": [
            ProjectLinkRow(key, link)
            for link in dict.fromkeys(project.links)
            if link != project.url
        ],
        "project_corrections": [
            ProjectCorrectionRow(key, *cells) for cells in _correction_cells(project)
        ],
        "participations": [_participation_row(project, p) for p in partners],
        "participation_details": [
            _participation_detail_row(p)
            for p in partners
            if _partner_details(p) != _NO_PARTNER_DETAILS
        ],
        "participation_corrections": [
            ParticipationCorrectionRow(p.key, *cells)
            for p in partners
            for cells in _correction_cells(p)
        ],
        # an address has its row of the first table where it has one of the second
        "addresses": [
            address
            for p in partners
            if any((address := _address_row(p))[1:]) or p.key in located_keys
        ],
        "address_details": [_address_detail_row(p) for p in located],
    }


def _project_row(project: Project) -> ProjectRow:
    flag = project.german_participation
    source = _source_cells(project)
    return ProjectRow(
        project.project_id,
        project.call,
        iris.slug(project.programme.value) if project.programme else None,
        project.acronym,
        *text_cells(project.title),
        heading_slug(project.priority),
        heading_slug(project.specific_objective),
        project.lead_partner,
        country_code(project.lead_country),
        None if flag is None else str(flag).lower(),
        _integer(project.country_count),
        _integer(project.partner_count),
        _integer(project.german_partner_count),
        _day(project.start_date),
        _day(project.end_date),
        _decimal(project.total_budget),
        _decimal(project.erdf),
        _decimal(project.co_financing),
        project.currency,
        *text_cells(project.description),
        *text_cells(project.results),
        project.url,
        source.name,
        source.start,
        source.end,
        source.row,
        source.sheet,
        source.sheet_row,
        source.pointer,
    )


def _project_detail_row(project: Project) -> ProjectDetailRow:
    return ProjectDetailRow(
        project.project_id,
        project.national_id,
        project.subprogramme,
        project.programming_period,
        *_translation(project.title_english, project.title),
        project.status,
        project.project_type,
        category_slug(project.thematic_objective),
        category_slug(project.policy_objective),
        category_slug(project.investment_priority),
        category_slug(project.strand),
        _day(project.expected_end_date),
        _day(project.last_update),
        project.fund,
        _decimal(project.eu_funding),
        _decimal(project.ipa),
        _decimal(project.eni),
        _decimal(project.private_funding),
        _decimal(project.other_funding),
        _decimal(project.co_financing_rate),
        _decimal(project.exchange_rate),
        *_translation(project.description_english, project.description),
        project.location_region,
        project.location_postcode,
        project.location_nuts.code if project.location_nuts else None,
        _name_alone(project.location_nuts),
        _point(project.location),
        None if project.has_all_partners else "false",
    )


def _participation_row(project: Project, partner: Partner) -> ParticipationRow:
    return ParticipationRow(
        project.project_id,
        partner.key,
        partner.partner_id,
        partner.role.value,
        partner.name,
        organisation_country(partner),
        iris.organisation_slug(partner.name),
        *_source_cells(partner),
    )


def _participation_detail_row(partner: Partner) -> ParticipationDetailRow:
    return ParticipationDetailRow(
        partner.key,
        *english_cells(partner.name_english),
        partner.department,
        partner.organisation_id,
        partner.organisation_type,
        partner.ownership,
        partner.website,
        _decimal(partner.partner_budget),
        _decimal(partner.partner_eu_funding),
        _decimal(partner.partner_erdf),
        _decimal(partner.partner_ipa),
        _decimal(partner.partner_eni),
        _decimal(partner.partner_co_financing),
        _decimal(partner.partner_private_funding),
        _decimal(partner.partner_co_financing_rate),
    )


def _address_row(partner: Partner) -> AddressRow:
    return AddressRow(
        partner.key,
        partner.postcode,
        partner.town,
        partner.federal_state,
        country_code(partner.country),
    )


def _address_detail_row(partner: Partner) -> AddressDetailRow:
    regions = partner_regions(partner)
    return AddressDetailRow(
        partner.key,
        partner.street,
        partner.full_address,
        partner.region,
        *_codes(*regions),
        *_names(*regions),
        _point(partner.partner_location),
    )


class _FourCells(NamedTuple):
    any_level: str | None
    level1: str | None
    level2: str | None
    level3: str | None


def _codes(*regions: Region | None) -> _FourCells:
    """Return the codes of four regions; one that stands twice is given once."""
    codes = [region.code if region else None for region in regions]
    return _FourCells(*(None if c in codes[:i] else c for i, c in enumerate(codes)))


def _names(*regions: Region | None) -> _FourCells:
    """Return the names of four regions, each where its code is not stated."""
    return _FourCells(*map(_name_alone, regions))


def _name_alone(region: Region | None) -> str | None:
    """Return the name of a region that is stated without its code."""
    return region.name if region and not region.code else None


def _point(location: Location | None) -> str | None:
    """Return a point as well-known text with its reference system (GeoSPARQL 1.1, section 8.5)."""
    if location is None:
        return None
    x, y = canonical_decimal(location.x), canonical_decimal(location.y)
    return f"<{location.crs}> POINT({x} {y})"


def _translation(text: Text | None, original: Text | None) -> TextCells:
    """Return the cells of an English text, empty where the original says the same in English."""
    if text is None or (
        original and original.value == text.value and (original.language or "").lower() == "en"
    ):
        return NO_WORDS
    return english_cells(text.value)


class _CorrectionCells(NamedTuple):
    field: str
    stated: str | None
    right: str | None
    reason: str | None
    by: str | None


def _correction_cells(record: Project | Partner) -> Iterator[_CorrectionCells]:
    """Yield the cells of the corrections of a record, one a field; the last one holds."""
    for one in {correction.field: correction for correction in record.corrections}.values():
        yield _CorrectionCells(
            one.field, one.stated or None, one.right or None, one.reason or None, one.by or None
        )


def _organisation_cells(partner: Partner) -> tuple[str, str]:
    """Return the country and the slug that stand in the IRI of a partner's organisation."""
    return organisation_country(partner), iris.organisation_slug(partner.name)


class _SourceCells(NamedTuple):
    name: str
    start: str | None = None
    end: str | None = None
    row: str | None = None
    sheet: str | None = None
    sheet_row: str | None = None
    pointer: str | None = None


def _source_cells(record: Project | Partner) -> _SourceCells:
    origin = record.origin
    if isinstance(origin, Origin):
        lines = str(origin.first_line - 1), str(origin.last_line)
        return _SourceCells(origin.source, *lines)
    row = _integer(origin.row)
    if origin.sheet is not None:
        return _SourceCells(origin.source, sheet=origin.sheet, sheet_row=row)
    return _SourceCells(origin.source, row=row, pointer=origin.pointer)


def _integer(count: int | None) -> str | None:
    return None if count is None else str(count)


def _decimal(number: Decimal | None) -> str | None:
    return None if number is None else canonical_decimal(number)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
