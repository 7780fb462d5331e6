"""The mapping, as one table: which row becomes which resource, with which statements.

Read it like this. A *resource* is made from each row of a table (``tables.py`` says which there
are, ``rows.py`` how a record becomes rows): its IRI from a template, its classes, and one statement
for each property whose columns are filled. Nothing else makes a statement about a record.

What has to agree with it is derived from it: the emitter (``emit.py``), the JSON-LD context
(``context.py``) and the same mapping in RML (``rml.py``).

=================  ==========================================================================
``Value(c)``       a literal of column ``c``, ``xsd:string`` unless a datatype is given
``Words(c)``       a text with the language of column ``c_language``; without one, if unknown
``Link(t)``        the IRI of template ``t``, below the base unless it is absolute
``Web(c)``         the IRI that column ``c`` holds
=================  ==========================================================================
"""

from __future__ import annotations

from typing import NamedTuple

from kg import iris
from kg.vocabulary import (
    COUNTRY,
    CURRENCY,
    DCTERMS,
    FOAF,
    GEO,
    INTERREG,
    LOCN,
    NUTS,
    ORG,
    PROV,
    SKOS,
    XSD,
)

__all__ = [
    "CORRECTION",
    "EMBEDDED",
    "MAPPING",
    "PROJECT_RESOURCES",
    "PROJECT_TABLES",
    "SHARED_TABLES",
    "Link",
    "Property",
    "Resource",
    "Term",
    "Value",
    "Web",
    "Words",
]


class Value(NamedTuple):
    """A literal: the column that holds its lexical form, and its datatype."""

    column: str
    datatype: str = XSD.string


class Words(NamedTuple):
    """A text in a language, from ``column`` and ``column_language``, or ``column_untagged``."""

    column: str


class Link(NamedTuple):
    """An IRI from a template; made only where all of its columns are filled."""

    template: str


class Web(NamedTuple):
    """An absolute IRI, as the column holds it."""

    column: str


Term = Value | Words | Link | Web


class Property(NamedTuple):
    """A predicate, the term that is its object, and the record field where that is stated."""

    predicate: str
    term: Term
    field: str | None = None


class Resource(NamedTuple):
    """What one row of a table becomes."""

    table: str
    subject: str
    classes: tuple[str, ...] = ()
    properties: tuple[Property, ...] = ()


P = Property
country = COUNTRY + "{country_code}"
region = NUTS + "{nuts_code}"

CORRECTION = (
    P(INTERREG.correctedField,              Value("field")),
    P(INTERREG.statedValue,                 Value("stated")),
    P(INTERREG.correctedValue,              Value("right")),
    P(INTERREG.reason,                      Value("reason")),
    P(INTERREG.correctedBy,                 Value("by")),
)  # fmt: skip
"""What is said of a correction, whether of a project or of a partner."""

PROJECT_RESOURCES = (
    Resource("projects", iris.PROJECT, (INTERREG.Project, ORG.OrganizationalCollaboration), (
        P(DCTERMS.identifier,               Value("project_id"), "project_id"),
        P(DCTERMS.title,                    Words("title"), "title"),
        P(INTERREG.acronym,                 Value("acronym"), "acronym"),
        P(INTERREG.call,                    Value("call"), "call"),
        P(INTERREG.programme,               Link(iris.PROGRAMME), "programme"),
        P(INTERREG.priority,                Link(iris.PRIORITY), "priority"),
        P(INTERREG.specificObjective,       Link(iris.OBJECTIVE), "specific_objective"),
        P(INTERREG.startDate,               Value("start_date", XSD.date), "start_date"),
        P(INTERREG.endDate,                 Value("end_date", XSD.date), "end_date"),
        P(INTERREG.totalBudget,             Value("total_budget", XSD.decimal), "total_budget"),
        P(INTERREG.erdf,                    Value("erdf", XSD.decimal), "erdf"),
        P(INTERREG.coFinancing,             Value("co_financing", XSD.decimal), "co_financing"),
        P(INTERREG.currency,                Link(CURRENCY + "{currency}")),
        P(INTERREG.statedLeadPartner,       Value("lead_partner"), "lead_partner"),
        P(INTERREG.statedLeadCountry,       Link(COUNTRY + "{lead_country_code}"), "lead_country"),
        P(INTERREG.germanParticipation,
          Value("german_participation", XSD.boolean), "german_participation"),
        P(INTERREG.statedCountryCount,      Value("country_count", XSD.integer), "country_count"),
        P(INTERREG.statedPartnerCount,      Value("partner_count", XSD.integer), "partner_count"),
        P(INTERREG.statedGermanPartnerCount,
          Value("german_partner_count", XSD.integer), "german_partner_count"),
        P(DCTERMS.description,              Words("description"), "description"),
        P(INTERREG.results,                 Words("results"), "results"),
        P(FOAF.page,                        Web("url"), "url"),
        P(DCTERMS.source,                   Link(iris.SOURCE)),
        P(PROV.wasDerivedFrom,              Link(iris.SOURCE_LINES)),
        P(PROV.wasDerivedFrom,              Link(iris.SOURCE_ROW)),
        P(PROV.wasDerivedFrom,              Link(iris.SOURCE_SHEET_ROW)),
        P(PROV.wasDerivedFrom,              Link(iris.SOURCE_POINTER)),
    )),
    Resource("project_details", iris.PROJECT, (), (
        P(INTERREG.nationalIdentifier,      Value("national_id"), "national_id"),
        P(INTERREG.subprogramme,            Value("subprogramme"), "subprogramme"),
        P(INTERREG.programmingPeriod,       Value("programming_period"), "programming_period"),
        P(DCTERMS.title,                    Words("title_english"), "title_english"),
        P(INTERREG.status,                  Value("status"), "status"),
        P(INTERREG.projectType,             Value("project_type"), "project_type"),
        P(INTERREG.thematicObjective,       Link(iris.THEMATIC_OBJECTIVE), "thematic_objective"),
        P(INTERREG.policyObjective,         Link(iris.POLICY_OBJECTIVE), "policy_objective"),
        P(INTERREG.investmentPriority,      Link(iris.INVESTMENT_PRIORITY), "investment_priority"),
        P(INTERREG.strand,                  Link(iris.STRAND), "strand"),
        P(INTERREG.expectedEndDate,
          Value("expected_end_date", XSD.date), "expected_end_date"),
        P(DCTERMS.modified,                 Value("last_update", XSD.date), "last_update"),
        P(INTERREG.fund,                    Value("fund"), "fund"),
        P(INTERREG.euFunding,               Value("eu_funding", XSD.decimal), "eu_funding"),
        P(INTERREG.ipa,                     Value("ipa", XSD.decimal), "ipa"),
        P(INTERREG.eni,                     Value("eni", XSD.decimal), "eni"),
        P(INTERREG.privateFunding,
          Value("private_funding", XSD.decimal), "private_funding"),
        P(INTERREG.otherFunding,            Value("other_funding", XSD.decimal), "other_funding"),
        P(INTERREG.coFinancingRate,
          Value("co_financing_rate", XSD.decimal), "co_financing_rate"),
        P(INTERREG.exchangeRate,            Value("exchange_rate", XSD.decimal), "exchange_rate"),
        P(DCTERMS.description,              Words("description_english"), "description_english"),
        P(INTERREG.regionName,              Value("location_region"), "location_region"),
        P(INTERREG.postcode,                Value("location_postcode"), "location_postcode"),
        P(INTERREG.nuts,                    Link(region), "location_nuts"),
        P(INTERREG.nutsName,                Value("nuts_name"), "location_nuts"),
        P(INTERREG.coordinates,             Value("coordinates", GEO.wktLiteral), "location"),
        P(INTERREG.hasAllPartners,
          Value("has_all_partners", XSD.boolean), "has_all_partners"),
    )),
    Resource("project_themes", iris.PROJECT, (), (
        P(DCTERMS.subject,                  Link(iris.THEME), "themes"),
    )),
    Resource("project_interventions", iris.PROJECT, (), (
        P(INTERREG.interventionCategory,    Link(iris.INTERVENTION), "interventions"),
    )),
    Resource("project_countries", iris.PROJECT, (), (
        P(INTERREG.country,                 Link(country)),
    )),
    Resource("project_stated_countries", iris.PROJECT, (), (
        P(INTERREG.statedCountry,           Link(country), "countries"),
    )),
    Resource("project_partners", iris.PROJECT, (), (
        P(INTERREG.partner,                 Link(iris.ORGANISATION)),
    )),
    Resource("project_leads", iris.PROJECT, (), (
        P(INTERREG.leadPartner,             Link(iris.ORGANISATION)),
    )),
    Resource("project_links", iris.PROJECT, (), (
        P(FOAF.page,                        Web("link"), "links"),
    )),
    Resource("project_corrections", iris.PROJECT, (), (
        P(INTERREG.correction,              Link(iris.PROJECT_CORRECTION), "corrections"),
    )),
    Resource("project_corrections", iris.PROJECT_CORRECTION,
             (INTERREG.Correction, PROV.Entity), CORRECTION),
    Resource("participations", iris.PROJECT, (), (
        P(INTERREG.participation,           Link(iris.PARTICIPATION), "partners"),
    )),
    Resource("participations", iris.PARTICIPATION, (INTERREG.Participation, ORG.Membership), (
        P(DCTERMS.identifier,               Value("partner_id"), "partner_id"),
        P(ORG.organization,                 Link(iris.PROJECT)),
        P(ORG.member,                       Link(iris.ORGANISATION), "name"),
        P(ORG.role,                         Link(INTERREG.iri + "{role}"), "role"),
        P(INTERREG.statedName,              Value("name"), "name"),
        P(PROV.wasDerivedFrom,              Link(iris.SOURCE_LINES)),
        P(PROV.wasDerivedFrom,              Link(iris.SOURCE_ROW)),
        P(PROV.wasDerivedFrom,              Link(iris.SOURCE_SHEET_ROW)),
        P(PROV.wasDerivedFrom,              Link(iris.SOURCE_POINTER)),
    )),
    Resource("participation_details", iris.PARTICIPATION, (), (
        P(INTERREG.statedNameEnglish,       Words("name_english"), "name_english"),
        P(INTERREG.department,              Value("department"), "department"),
        P(INTERREG.organisationId,          Value("organisation_id"), "organisation_id"),
        P(INTERREG.organisationType,        Value("organisation_type"), "organisation_type"),
        P(INTERREG.ownership,               Value("ownership"), "ownership"),
        P(FOAF.page,                        Web("website"), "website"),
        P(INTERREG.partnerBudget,           Value("partner_budget", XSD.decimal), "partner_budget"),
        P(INTERREG.partnerEuFunding,
          Value("partner_eu_funding", XSD.decimal), "partner_eu_funding"),
        P(INTERREG.partnerErdf,             Value("partner_erdf", XSD.decimal), "partner_erdf"),
        P(INTERREG.partnerIpa,              Value("partner_ipa", XSD.decimal), "partner_ipa"),
        P(INTERREG.partnerEni,              Value("partner_eni", XSD.decimal), "partner_eni"),
        P(INTERREG.partnerCoFinancing,
          Value("partner_co_financing", XSD.decimal), "partner_co_financing"),
        P(INTERREG.partnerPrivateFunding,
          Value("partner_private_funding", XSD.decimal), "partner_private_funding"),
        P(INTERREG.partnerCoFinancingRate,
          Value("partner_co_financing_rate", XSD.decimal), "partner_co_financing_rate"),
    )),
    Resource("participation_corrections", iris.PARTICIPATION, (), (
        P(INTERREG.correction,              Link(iris.PARTICIPATION_CORRECTION), "corrections"),
    )),
    Resource("participation_corrections", iris.PARTICIPATION_CORRECTION,
             (INTERREG.Correction, PROV.Entity), CORRECTION),
    Resource("addresses", iris.PARTICIPATION, (), (
        P(LOCN.address,                     Link(iris.ADDRESS)),
    )),
    Resource("addresses", iris.ADDRESS, (LOCN.Address,), (
        P(LOCN.postCode,                    Value("postcode"), "postcode"),
        P(LOCN.postName,                    Value("town"), "town"),
        P(LOCN.adminUnitL2,                 Value("federal_state"), "federal_state"),
        P(INTERREG.country,                 Link(country), "country"),
    )),
    Resource("address_details", iris.ADDRESS, (), (
        P(LOCN.thoroughfare,                Value("street"), "street"),
        P(LOCN.fullAddress,                 Value("full_address"), "full_address"),
        P(INTERREG.regionName,              Value("region"), "region"),
        P(INTERREG.nuts,                    Link(region), "nuts"),
        P(INTERREG.nuts,                    Link(NUTS + "{nuts1_code}"), "nuts1"),
        P(INTERREG.nuts,                    Link(NUTS + "{nuts2_code}"), "nuts2"),
        P(INTERREG.nuts,                    Link(NUTS + "{nuts3_code}"), "nuts3"),
        P(INTERREG.nutsName,                Value("nuts_name"), "nuts"),
        P(INTERREG.nuts1Name,               Value("nuts1_name"), "nuts1"),
        P(INTERREG.nuts2Name,               Value("nuts2_name"), "nuts2"),
        P(INTERREG.nuts3Name,               Value("nuts3_name"), "nuts3"),
        P(INTERREG.coordinates,
          Value("coordinates", GEO.wktLiteral), "partner_location"),
    )),
)  # fmt: skip
"""What belongs to one project, and is written with it."""

SHARED_RESOURCES = (
    Resource("organisations", iris.ORGANISATION, (INTERREG.Organisation, ORG.Organization), (
        P(SKOS.prefLabel,                   Value("label")),
        P(INTERREG.country,                 Link(country)),
    )),
    Resource("organisation_spellings", iris.ORGANISATION, (), (
        P(SKOS.altLabel,                    Words("label")),
    )),
    Resource("programmes", iris.PROGRAMME, (INTERREG.Programme, SKOS.Concept), (
        P(SKOS.prefLabel,                   Words("label")),
    )),
    Resource("programme_translations", iris.PROGRAMME, (), (
        P(SKOS.prefLabel,                   Words("label")),
    )),
    Resource("programme_spellings", iris.PROGRAMME, (), (
        P(SKOS.altLabel,                    Words("label")),
    )),
    Resource("programme_notations", iris.PROGRAMME, (), (
        P(SKOS.notation,                    Value("cci"), "cci"),
    )),
    Resource("priorities", iris.PRIORITY, (INTERREG.Priority, SKOS.Concept), (
        P(SKOS.notation,                    Value("code")),
        P(SKOS.prefLabel,                   Words("label")),
        P(SKOS.broader,                     Link(iris.PROGRAMME)),
    )),
    Resource("priority_translations", iris.PRIORITY, (), (
        P(SKOS.prefLabel,                   Words("label")),
    )),
    Resource("priority_spellings", iris.PRIORITY, (), (
        P(SKOS.altLabel,                    Words("label")),
    )),
    Resource("objectives", iris.OBJECTIVE, (INTERREG.SpecificObjective, SKOS.Concept), (
        P(SKOS.notation,                    Value("code")),
        P(SKOS.prefLabel,                   Words("label")),
    )),
    Resource("objective_translations", iris.OBJECTIVE, (), (
        P(SKOS.prefLabel,                   Words("label")),
    )),
    Resource("objective_spellings", iris.OBJECTIVE, (), (
        P(SKOS.altLabel,                    Words("label")),
    )),
    Resource("objective_parents", iris.OBJECTIVE, (), (
        P(SKOS.broader,                     Link(iris.PRIORITY)),
        P(SKOS.broader,                     Link(iris.PARENT_PROGRAMME)),
    )),
    Resource("themes", iris.THEME, (INTERREG.Theme, SKOS.Concept), (
        P(SKOS.notation,                    Value("theme_code")),
        P(SKOS.prefLabel,                   Words("label")),
    )),
    Resource("theme_translations", iris.THEME, (), (
        P(SKOS.prefLabel,                   Words("label")),
    )),
    Resource("categories", iris.CATEGORY, (INTERREG.Category, SKOS.Concept), (
        P(SKOS.notation,                    Value("code")),
        P(SKOS.prefLabel,                   Words("label")),
    )),
    Resource("category_translations", iris.CATEGORY, (), (
        P(SKOS.prefLabel,                   Words("label")),
    )),
    Resource("category_spellings", iris.CATEGORY, (), (
        P(SKOS.altLabel,                    Words("label")),
    )),
    Resource("regions", region, (INTERREG.Region, SKOS.Concept), (
        P(SKOS.notation,                    Value("nuts_code")),
        P(SKOS.prefLabel,                   Value("name")),
    )),
    Resource("region_spellings", region, (), (
        P(SKOS.altLabel,                    Value("name")),
    )),
    Resource("countries", country, (INTERREG.Country, SKOS.Concept), (
        P(INTERREG.countryCode,             Value("alpha2")),
        P(SKOS.prefLabel,                   Words("name_en")),
        P(SKOS.prefLabel,                   Words("name_de")),
        P(INTERREG.postcodePattern,         Value("postcode_pattern")),
        P(INTERREG.euMemberSince,           Value("eu_since", XSD.date)),
        P(INTERREG.euMemberUntil,           Value("eu_until", XSD.date)),
    )),
    Resource("sources", iris.SOURCE, (INTERREG.SourceDocument, PROV.Entity), (
        P(DCTERMS.title,                    Value("source_name")),
        P(INTERREG.sha256,                  Value("sha256")),
    )),
)  # fmt: skip
"""What several projects share, and is written once, after them."""

MAPPING: tuple[Resource, ...] = PROJECT_RESOURCES + SHARED_RESOURCES

EMBEDDED = (INTERREG.participation, LOCN.address, INTERREG.correction)
"""Whose objects JSON-LD writes inside the resource that has them."""

PROJECT_TABLES = tuple(dict.fromkeys(resource.table for resource in PROJECT_RESOURCES))
SHARED_TABLES = tuple(dict.fromkeys(resource.table for resource in SHARED_RESOURCES))
