"""The mapping, as one table: which row becomes which resource, with which statements.

Read it like this. A *resource* is made from each row of a table (``kg/mapping/rows.py`` says how
a record becomes rows): its IRI from a template, its classes, and one statement for each property
whose columns are filled. Nothing else makes a statement about a record.

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
    INTERREG,
    LOCN,
    ORG,
    PROV,
    SKOS,
    XSD,
)

__all__ = [
    "EMBEDDED",
    "MAPPING",
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
        P(FOAF.homepage,                    Web("url"), "url"),
        P(DCTERMS.source,                   Link(iris.SOURCE)),
        P(PROV.wasDerivedFrom,              Link(iris.SOURCE_LINES)),
        P(PROV.wasDerivedFrom,              Link(iris.SOURCE_ROW)),
        P(PROV.wasDerivedFrom,              Link(iris.SOURCE_POINTER)),
    )),
    Resource("project_themes", iris.PROJECT, (), (
        P(DCTERMS.subject,                  Link(iris.THEME), "themes"),
    )),
    Resource("project_countries", iris.PROJECT, (), (
        P(INTERREG.country,                 Link(country)),
    )),
    Resource("project_leads", iris.PROJECT, (), (
        P(INTERREG.leadPartner,             Link(iris.ORGANISATION)),
    )),
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
        P(PROV.wasDerivedFrom,              Link(iris.SOURCE_POINTER)),
    )),
    Resource("addresses", iris.PARTICIPATION, (), (
        P(LOCN.address,                     Link(iris.ADDRESS)),
    )),
    Resource("addresses", iris.ADDRESS, (LOCN.Address,), (
        P(LOCN.postCode,                    Value("postcode"), "postcode"),
        P(LOCN.postName,                    Value("town"), "town"),
        P(LOCN.adminUnitL2,                 Value("federal_state"), "federal_state"),
        P(INTERREG.country,                 Link(country), "country"),
    )),
)  # fmt: skip
"""What belongs to one project, and is written with it."""

SHARED_RESOURCES = (
    Resource("organisations", iris.ORGANISATION, (INTERREG.Organisation, ORG.Organization), (
        P(SKOS.prefLabel,                   Value("label")),
        P(INTERREG.country,                 Link(country)),
    )),
    Resource("organisation_spellings", iris.ORGANISATION, (), (
        P(SKOS.altLabel,                    Value("label")),
    )),
    Resource("programmes", iris.PROGRAMME, (INTERREG.Programme, SKOS.Concept), (
        P(SKOS.prefLabel,                   Words("label")),
    )),
    Resource("programme_spellings", iris.PROGRAMME, (), (
        P(SKOS.altLabel,                    Words("label")),
    )),
    Resource("priorities", iris.PRIORITY, (INTERREG.Priority, SKOS.Concept), (
        P(SKOS.notation,                    Value("code")),
        P(SKOS.prefLabel,                   Words("label")),
        P(SKOS.broader,                     Link(iris.PROGRAMME)),
    )),
    Resource("priority_spellings", iris.PRIORITY, (), (
        P(SKOS.altLabel,                    Words("label")),
    )),
    Resource("objectives", iris.OBJECTIVE, (INTERREG.SpecificObjective, SKOS.Concept), (
        P(SKOS.notation,                    Value("code")),
        P(SKOS.prefLabel,                   Words("label")),
    )),
    Resource("objective_spellings", iris.OBJECTIVE, (), (
        P(SKOS.altLabel,                    Words("label")),
    )),
    Resource("objective_parents", iris.OBJECTIVE, (), (
        P(SKOS.broader,                     Link(iris.PRIORITY)),
        P(SKOS.broader,                     Link("programme/{parent_programme_slug}")),
    )),
    Resource("themes", iris.THEME, (INTERREG.Theme, SKOS.Concept), (
        P(SKOS.notation,                    Value("theme_code")),
        P(SKOS.prefLabel,                   Words("label")),
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

EMBEDDED = (INTERREG.participation, LOCN.address)
"""Whose objects JSON-LD writes inside the resource that has them."""

PROJECT_TABLES = tuple(dict.fromkeys(resource.table for resource in PROJECT_RESOURCES))
SHARED_TABLES = tuple(dict.fromkeys(resource.table for resource in SHARED_RESOURCES))
