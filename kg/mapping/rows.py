"""Records → rows: the tables that the mapping reads, with every value in its lexical form.

A row is a named tuple; the class says which columns a table has. Columns are named like the record
fields; what is derived from them is named by what it is (``programme_slug``). ``None`` is a cell
that is not filled. The same rows, written as CSV, are what the exported RML runs on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg import iris
from kg.countries import find_country
from kg.records import Heading, Origin, Partner, Project, Role, Text
from kg.terms import canonical_decimal

__all__ = [
    "COLUMNS",
    "AddressRow",
    "CountryRow",
    "HeadingRow",
    "ObjectiveParentRow",
    "ObjectiveRow",
    "OrganisationRow",
    "ParticipationRow",
    "PriorityRow",
    "ProgrammeRow",
    "ProjectCountryRow",
    "ProjectLeadRow",
    "ProjectRow",
    "ProjectThemeRow",
    "Row",
    "SourceRow",
    "SpellingRow",
    "ThemeRow",
    "Words",
    "country_code",
    "heading_slug",
    "organisation_country",
    "project_rows",
    "words",
]

Row = tuple[str | None, ...]

UNKNOWN_COUNTRY = "XX"
"""Stands in an organisation's IRI where its country is not stated (a user-assigned ISO code)."""


class Words(NamedTuple):
    """A text as three cells: with its language, or untagged where the language is not known."""

    tagged: str | None
    language: str | None
    untagged: str | None


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
    source_pointer: str | None


class ProjectThemeRow(NamedTuple):
    """A theme of a project."""

    project_id: str
    theme_code: str


class ProjectCountryRow(NamedTuple):
    """A country from which a partner takes part in a project."""

    project_id: str
    country_code: str


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
    source_pointer: str | None


class AddressRow(NamedTuple):
    """The address that a partner states, where it states any part of one."""

    participation_key: str
    postcode: str | None
    town: str | None
    federal_state: str | None
    country_code: str | None


class OrganisationRow(NamedTuple):
    """An organisation under its most frequent spelling."""

    organisation_country: str
    organisation_slug: str
    label: str
    country_code: str | None


class SpellingRow(NamedTuple):
    """Another spelling of an organisation's name."""

    organisation_country: str
    organisation_slug: str
    label: str


class ProgrammeRow(NamedTuple):
    """A programme, or another spelling of its name."""

    programme_slug: str
    label: str | None
    label_language: str | None
    label_untagged: str | None


class PriorityRow(NamedTuple):
    """A priority of a programme, or another spelling of it."""

    programme_slug: str
    priority_slug: str
    code: str | None
    label: str | None
    label_language: str | None
    label_untagged: str | None


class ObjectiveRow(NamedTuple):
    """A specific objective, or another spelling of it."""

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
    """A theme that is not in the theme scheme."""

    theme_code: str
    label: str | None
    label_language: str | None
    label_untagged: str | None


class CountryRow(NamedTuple):
    """A country of ``kg/countries.toml``; ``country_code`` is its three-letter code."""

    country_code: str
    alpha2: str
    name_en: str
    name_en_language: str
    name_en_untagged: None
    name_de: str
    name_de_language: str
    name_de_untagged: None
    postcode_pattern: str | None
    eu_since: str | None
    eu_until: str | None


class SourceRow(NamedTuple):
    """An input file."""

    source_name: str
    sha256: str


HeadingRow = ProgrammeRow | PriorityRow | ObjectiveRow

COLUMNS: dict[str, tuple[str, ...]] = {
    "projects": ProjectRow._fields,
    "project_themes": ProjectThemeRow._fields,
    "project_countries": ProjectCountryRow._fields,
    "project_leads": ProjectLeadRow._fields,
    "participations": ParticipationRow._fields,
    "addresses": AddressRow._fields,
    "organisations": OrganisationRow._fields,
    "organisation_spellings": SpellingRow._fields,
    "programmes": ProgrammeRow._fields,
    "programme_spellings": ProgrammeRow._fields,
    "priorities": PriorityRow._fields,
    "priority_spellings": PriorityRow._fields,
    "objectives": ObjectiveRow._fields,
    "objective_spellings": ObjectiveRow._fields,
    "objective_parents": ObjectiveParentRow._fields,
    "themes": ThemeRow._fields,
    "countries": CountryRow._fields,
    "sources": SourceRow._fields,
}
"""The columns of each table, in order."""


def words(text: Text | None) -> Words:
    """Return the three cells of a text."""
    if text is None:
        return Words(None, None, None)
    if text.language is None:
        return Words(None, None, text.value)
    return Words(text.value, text.language, None)


def country_code(alpha2: str | None) -> str | None:
    """Return a country's three-letter code in the EU authority table, or None."""
    found = find_country(alpha2) if alpha2 else None
    return found.alpha3 if found else None


def heading_slug(heading: Heading | None) -> str | None:
    """Return the slug of an entry of the hierarchy: of its code, or of its label without one."""
    return iris.slug(heading.code or heading.label.value) if heading else None


def organisation_country(partner: Partner) -> str:
    """Return the country that stands in the IRI of a partner's organisation."""
    return partner.country or UNKNOWN_COUNTRY


def project_rows(project: Project) -> dict[str, list[Row]]:
    """Return for each table the rows of one project, in the order of the record."""
    return {
        "projects": [_project_row(project)],
        "project_themes": [
            ProjectThemeRow(project.project_id, code)
            for code in dict.fromkeys(theme.code for theme in project.themes)
        ],
        "project_countries": [
            ProjectCountryRow(project.project_id, code)
            for code in dict.fromkeys(country_code(p.country) for p in project.partners)
            if code
        ],
        "project_leads": list(dict.fromkeys(_lead_rows(project))),
        "participations": [_participation_row(project, p) for p in project.partners],
        "addresses": [row for p in project.partners if any((row := _address_row(p))[1:])],
    }


def _project_row(project: Project) -> ProjectRow:
    flag = project.german_participation
    source = _source_cells(project)
    return ProjectRow(
        project.project_id,
        project.call,
        iris.slug(project.programme.value) if project.programme else None,
        project.acronym,
        *words(project.title),
        heading_slug(project.priority),
        heading_slug(project.specific_objective),
        project.lead_partner,
        country_code(project.lead_country),
        None if flag is None else str(flag).lower(),
        _integer(project.country_count),
        _integer(project.partner_count),
        _integer(project.german_partner_count),
        None if project.start_date is None else project.start_date.isoformat(),
        None if project.end_date is None else project.end_date.isoformat(),
        None if project.total_budget is None else canonical_decimal(project.total_budget),
        None if project.erdf is None else canonical_decimal(project.erdf),
        None if project.co_financing is None else canonical_decimal(project.co_financing),
        project.currency,
        *words(project.description),
        *words(project.results),
        project.url,
        source.name,
        source.start,
        source.end,
        source.row,
        source.pointer,
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


def _address_row(partner: Partner) -> AddressRow:
    return AddressRow(
        partner.key,
        partner.postcode,
        partner.town,
        partner.federal_state,
        country_code(partner.country),
    )


def _lead_rows(project: Project) -> Iterator[ProjectLeadRow]:
    for partner in project.partners:
        if partner.role is Role.LEAD:
            yield ProjectLeadRow(
                project.project_id,
                organisation_country(partner),
                iris.organisation_slug(partner.name),
            )


class _SourceCells(NamedTuple):
    name: str
    start: str | None = None
    end: str | None = None
    row: str | None = None
    pointer: str | None = None


def _source_cells(record: Project | Partner) -> _SourceCells:
    origin = record.origin
    if isinstance(origin, Origin):
        lines = str(origin.first_line - 1), str(origin.last_line)
        return _SourceCells(origin.source, *lines)
    return _SourceCells(origin.source, row=_integer(origin.row), pointer=origin.pointer)


def _integer(count: int | None) -> str | None:
    return None if count is None else str(count)
