"""The tables that the mapping reads: which columns the rows of each have.

A row is a named tuple of values in their lexical form. Columns are named like the record fields;
what is derived from them is named by what it is (``programme_slug``). ``None`` is a cell that is
not filled. The same rows, written as CSV, are what the exported RML runs on.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = [
    "COLUMNS",
    "AddressDetailRow",
    "AddressRow",
    "CategoryRow",
    "CountryRow",
    "ObjectiveParentRow",
    "ObjectiveRow",
    "OrganisationRow",
    "ParticipationCorrectionRow",
    "ParticipationDetailRow",
    "ParticipationRow",
    "PriorityRow",
    "ProgrammeNotationRow",
    "ProgrammeRow",
    "ProjectCorrectionRow",
    "ProjectCountryRow",
    "ProjectDetailRow",
    "ProjectInterventionRow",
    "ProjectLeadRow",
    "ProjectLinkRow",
    "ProjectPartnerRow",
    "ProjectRow",
    "ProjectStatedCountryRow",
    "ProjectThemeRow",
    "RegionRow",
    "Row",
    "SourceRow",
    "SpellingRow",
    "ThemeRow",
]

Row = tuple[str | None, ...]


class ProjectRow(NamedTuple):
    """One project; ``source_…`` name the lines that it was read from."""

    project_id: str
    call: str | None
    programme_slug: str | None
    acronym: str | None
    title: str | None
    title_language: str | None
    title_untagged: str | None
    priority_slug: str | None
    objective_slug: str | None
    lead_partner: str | None
    lead_country_code: str | None
    german_participation: str | None
    country_count: str | None
    partner_count: str | None
    german_partner_count: str | None
    start_date: str | None
    end_date: str | None
    total_budget: str | None
    erdf: str | None
    co_financing: str | None
    currency: str | None
    description: str | None
    description_language: str | None
    description_untagged: str | None
    results: str | None
    results_language: str | None
    results_untagged: str | None
    url: str | None
    source_name: str
    source_start: str | None
    source_end: str | None
    source_row: str | None
    source_sheet: str | None
    source_sheet_row: str | None
    source_pointer: str | None


class ProjectDetailRow(NamedTuple):
    """What only some sources state of a project; a project without any of it has no such row."""

    project_id: str
    national_id: str | None
    subprogramme: str | None
    programming_period: str | None
    title_english: str | None
    title_english_language: str | None
    title_english_untagged: str | None
    status: str | None
    project_type: str | None
    thematic_objective_slug: str | None
    policy_objective_slug: str | None
    investment_priority_slug: str | None
    strand_slug: str | None
    expected_end_date: str | None
    last_update: str | None
    fund: str | None
    eu_funding: str | None
    ipa: str | None
    eni: str | None
    private_funding: str | None
    other_funding: str | None
    co_financing_rate: str | None
    exchange_rate: str | None
    description_english: str | None
    description_english_language: str | None
    description_english_untagged: str | None
    location_region: str | None
    location_postcode: str | None
    nuts_code: str | None
    nuts_name: str | None
    coordinates: str | None
    has_all_partners: str | None


class ProjectInterventionRow(NamedTuple):
    """A category of intervention of a project."""

    project_id: str
    intervention_slug: str


class ProjectStatedCountryRow(NamedTuple):
    """A country that the record lists for the project."""

    project_id: str
    country_code: str


class ProjectLinkRow(NamedTuple):
    """A web page about a project."""

    project_id: str
    link: str


class ProjectCorrectionRow(NamedTuple):
    """A value of a project that was put right."""

    project_id: str
    field: str
    stated: str | None
    right: str | None
    reason: str | None
    by: str | None


class ProjectThemeRow(NamedTuple):
    """A theme of a project."""

    project_id: str
    theme_code: str


class ProjectCountryRow(NamedTuple):
    """A country from which a partner takes part in a project."""

    project_id: str
    country_code: str


class ProjectPartnerRow(NamedTuple):
    """An organisation that takes part in a project."""

    project_id: str
    organisation_country: str
    organisation_slug: str


class ProjectLeadRow(NamedTuple):
    """The organisation that leads a project."""

    project_id: str
    organisation_country: str
    organisation_slug: str


class ParticipationRow(NamedTuple):
    """One partner of one project."""

    project_id: str
    participation_key: str
    partner_id: str | None
    role: str
    name: str
    organisation_country: str
    organisation_slug: str
    source_name: str
    source_start: str | None
    source_end: str | None
    source_row: str | None
    source_sheet: str | None
    source_sheet_row: str | None
    source_pointer: str | None


class ParticipationDetailRow(NamedTuple):
    """What only some sources state of a partner; a partner without any of it has no such row."""

    participation_key: str
    name_english: str | None
    name_english_language: str | None
    name_english_untagged: str | None
    department: str | None
    organisation_id: str | None
    organisation_type: str | None
    ownership: str | None
    website: str | None
    partner_budget: str | None
    partner_eu_funding: str | None
    partner_erdf: str | None
    partner_ipa: str | None
    partner_eni: str | None
    partner_co_financing: str | None
    partner_private_funding: str | None
    partner_co_financing_rate: str | None


class ParticipationCorrectionRow(NamedTuple):
    """A value of a partner that was put right."""

    participation_key: str
    field: str
    stated: str | None
    right: str | None
    reason: str | None
    by: str | None


class AddressRow(NamedTuple):
    """The address that a partner states, where it states any part of one."""

    participation_key: str
    postcode: str | None
    town: str | None
    federal_state: str | None
    country_code: str | None


class AddressDetailRow(NamedTuple):
    """What only some sources state of a partner's address.

    A region has its code, or its name where no code is stated.
    """

    participation_key: str
    street: str | None
    full_address: str | None
    region: str | None
    nuts_code: str | None
    nuts1_code: str | None
    nuts2_code: str | None
    nuts3_code: str | None
    nuts_name: str | None
    nuts1_name: str | None
    nuts2_name: str | None
    nuts3_name: str | None
    coordinates: str | None


class OrganisationRow(NamedTuple):
    """An organisation under its most frequent spelling."""

    organisation_country: str
    organisation_slug: str
    label: str
    country_code: str | None


class SpellingRow(NamedTuple):
    """Another spelling of an organisation's name, or its name in English."""

    organisation_country: str
    organisation_slug: str
    label: str | None
    label_language: str | None
    label_untagged: str | None


class ProgrammeRow(NamedTuple):
    """A programme, or its name in another language or spelling."""

    programme_slug: str
    label: str | None
    label_language: str | None
    label_untagged: str | None


class ProgrammeNotationRow(NamedTuple):
    """A code (CCI) of a programme."""

    programme_slug: str
    cci: str


class PriorityRow(NamedTuple):
    """A priority of a programme, or its name in another language or spelling."""

    programme_slug: str
    priority_slug: str
    code: str | None
    label: str | None
    label_language: str | None
    label_untagged: str | None


class ObjectiveRow(NamedTuple):
    """A specific objective, or its name in another language or spelling."""

    programme_slug: str
    objective_slug: str
    code: str | None
    label: str | None
    label_language: str | None
    label_untagged: str | None


class ObjectiveParentRow(NamedTuple):
    """What an objective belongs to: a priority, or the programme where no priority is stated."""

    programme_slug: str
    objective_slug: str
    priority_slug: str | None
    parent_programme_slug: str | None


class ThemeRow(NamedTuple):
    """A theme that is not in the theme scheme, or its name in another language."""

    theme_code: str
    label: str | None
    label_language: str | None
    label_untagged: str | None


class CategoryRow(NamedTuple):
    """An entry of a classification, or its name in another language or spelling."""

    category_scheme: str
    category_slug: str
    code: str | None
    label: str | None
    label_language: str | None
    label_untagged: str | None


class RegionRow(NamedTuple):
    """A statistical region, or another spelling of its name."""

    nuts_code: str
    name: str | None


class CountryRow(NamedTuple):
    """A country of ``kg/countries.toml``; ``country_code`` is its three-letter code."""

    country_code: str
    alpha2: str
    name_en: str
    name_en_language: str
    name_en_untagged: str | None
    name_de: str
    name_de_language: str
    name_de_untagged: str | None
    postcode_pattern: str | None
    eu_since: str | None
    eu_until: str | None


class SourceRow(NamedTuple):
    """An input file."""

    source_name: str
    sha256: str


COLUMNS: dict[str, tuple[str, ...]] = {
    "projects": ProjectRow._fields,
    "project_details": ProjectDetailRow._fields,
    "project_themes": ProjectThemeRow._fields,
    "project_interventions": ProjectInterventionRow._fields,
    "project_countries": ProjectCountryRow._fields,
    "project_stated_countries": ProjectStatedCountryRow._fields,
    "project_partners": ProjectPartnerRow._fields,
    "project_leads": ProjectLeadRow._fields,
    "project_links": ProjectLinkRow._fields,
    "project_corrections": ProjectCorrectionRow._fields,
    "participations": ParticipationRow._fields,
    "participation_details": ParticipationDetailRow._fields,
    "participation_corrections": ParticipationCorrectionRow._fields,
    "addresses": AddressRow._fields,
    "address_details": AddressDetailRow._fields,
    "organisations": OrganisationRow._fields,
    "organisation_spellings": SpellingRow._fields,
    "programmes": ProgrammeRow._fields,
    "programme_translations": ProgrammeRow._fields,
    "programme_spellings": ProgrammeRow._fields,
    "programme_notations": ProgrammeNotationRow._fields,
    "priorities": PriorityRow._fields,
    "priority_translations": PriorityRow._fields,
    "priority_spellings": PriorityRow._fields,
    "objectives": ObjectiveRow._fields,
    "objective_translations": ObjectiveRow._fields,
    "objective_spellings": ObjectiveRow._fields,
    "objective_parents": ObjectiveParentRow._fields,
    "themes": ThemeRow._fields,
    "theme_translations": ThemeRow._fields,
    "categories": CategoryRow._fields,
    "category_translations": CategoryRow._fields,
    "category_spellings": CategoryRow._fields,
    "regions": RegionRow._fields,
    "region_spellings": RegionRow._fields,
    "countries": CountryRow._fields,
    "sources": SourceRow._fields,
}
"""The columns of each table, in order."""
