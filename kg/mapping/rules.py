"""In words: how the mapping makes statements that no single cell of the input states.

``kg explain`` shows them beside each statement. A statement of a record field is explained by how
its cell was read (``kg/sources/rules.py``), and one that is in neither place has no explanation,
which a test forbids.
"""

from __future__ import annotations

from kg import iris
from kg.mapping.declaration import Link, Property, Resource
from kg.vocabulary import COUNTRY, CURRENCY, DCTERMS, INTERREG, LOCN, ORG, PROV, SKOS, compact

__all__ = ["class_rule", "derived_rule", "link_rule", "stating_field"]

_CORRECTION = "from the file of corrections"
_TRANSLATION = "the most frequent spelling in another language"

DERIVED = {
    # of one project
    ("projects", INTERREG.currency):
        "the currency of its amounts: stated, or that of the profile",
    ("projects", DCTERMS.source): "the file that holds the record",
    ("projects", PROV.wasDerivedFrom): "the place of the record in its file",
    ("project_details", INTERREG.hasAllPartners):
        "the profile says whether all partners are listed",
    ("project_countries", INTERREG.country): "derived: the countries of the partners",
    ("project_partners", INTERREG.partner): "derived: the organisations of the partners",
    ("project_leads", INTERREG.leadPartner): "derived: the organisation of the lead partner",
    ("project_corrections", INTERREG.correction): _CORRECTION,
    ("participations", INTERREG.participation):
        "one for each partner; IRI from the partner id, or else from project and organisation",
    ("participations", ORG.organization): "the project that lists the partner",
    ("participations", PROV.wasDerivedFrom): "the place of the partner in its file",
    ("participation_corrections", INTERREG.correction): _CORRECTION,
    ("addresses", LOCN.address): "made where the partner states any part of an address",
    # of what projects share
    ("organisations", SKOS.prefLabel): "the most frequent spelling",
    ("organisations", INTERREG.country): "the country of these partners",
    ("organisation_spellings", SKOS.altLabel): "another spelling, or the English name",
    ("programmes", SKOS.prefLabel): "the most frequent spelling",
    ("programme_translations", SKOS.prefLabel): _TRANSLATION,
    ("programme_spellings", SKOS.altLabel): "another spelling",
    ("priorities", SKOS.notation): "the code that these records state",
    ("priorities", SKOS.prefLabel): "the most frequent spelling",
    ("priority_translations", SKOS.prefLabel): _TRANSLATION,
    ("priorities", SKOS.broader): "the programme of these records",
    ("priority_spellings", SKOS.altLabel): "another spelling",
    ("objectives", SKOS.notation): "the code that these records state",
    ("objectives", SKOS.prefLabel): "the most frequent spelling",
    ("objective_translations", SKOS.prefLabel): _TRANSLATION,
    ("objective_spellings", SKOS.altLabel): "another spelling",
    ("objective_parents", SKOS.broader):
        "the priority of these records, or their programme where none is stated",
    ("themes", SKOS.notation): "the code that these records state; no bundled scheme has it",
    ("themes", SKOS.prefLabel): "the most frequent spelling; no bundled scheme has the theme",
    ("theme_translations", SKOS.prefLabel): _TRANSLATION,
    ("categories", SKOS.notation): "the code that these records state",
    ("categories", SKOS.prefLabel): "the most frequent spelling",
    ("category_translations", SKOS.prefLabel): _TRANSLATION,
    ("category_spellings", SKOS.altLabel): "another spelling",
    ("regions", SKOS.notation): "the NUTS code that these records state",
    ("regions", SKOS.prefLabel): "the most frequent spelling",
    ("region_spellings", SKOS.altLabel): "another spelling",
    # of bundled facts and of the run
    ("countries", INTERREG.countryCode): "its two-letter code (ISO 3166-1)",
    ("countries", SKOS.prefLabel): "its name in the bundled facts",
    ("countries", INTERREG.postcodePattern): "the form of its postcodes in the bundled facts",
    ("countries", INTERREG.euMemberSince): "its first day in the EU in the bundled facts",
    ("countries", INTERREG.euMemberUntil): "its last day in the EU in the bundled facts",
    ("sources", DCTERMS.title): "the name by which the build knows the file",
    ("sources", INTERREG.sha256): "the hash of the file's bytes",
}  # fmt: skip
"""Table and predicate → how the statement is made."""

TABLES = {
    "project_corrections": _CORRECTION,
    "participation_corrections": _CORRECTION,
}
"""Table → how all of its statements are made, where they have no rule of their own."""

LINKS = {
    iris.PROGRAMME: "IRI from the name",
    iris.PRIORITY: "IRI from programme and code, or label",
    iris.OBJECTIVE: "IRI from programme and code, or label",
    iris.ORGANISATION: "IRI from normalised name and country",
    iris.THEME: "IRI from the code",
}
"""Template of an IRI → what it is made from."""

AUTHORITIES = {
    COUNTRY: "EU authority table of countries",
    CURRENCY: "EU authority table of currencies",
    INTERREG.iri: "concept of the vocabulary",
}
"""Namespace of an IRI → whose it is."""

WITNESSES = {
    ("name", INTERREG.country): "country",
    ("priority", SKOS.broader): "programme",
    ("specific_objective", SKOS.broader): "priority",
    ("programme", SKOS.notation): "cci",
}
"""The field by which a record mentions what it shares with others, and a predicate of that → the
field of the record that states it, where it is another one."""

_NOUNS = {
    "projects": "project",
    "participations": "partner",
    "addresses": "address",
    "countries": "country",
    "sources": "input file",
    "organisations": "organisation that partners name",
}


def class_rule(resource: Resource) -> str:
    """Return why a resource has its classes."""
    noun = _NOUNS.get(resource.table)
    return f"the type of each {noun}" if noun else f"the type of {resource.table}"


def derived_rule(resource: Resource, prop: Property) -> str | None:
    """Return how a statement is made that no cell of its own states; None for all others."""
    rule = DERIVED.get((resource.table, prop.predicate))
    return rule or (TABLES.get(resource.table) if prop.field is None else None)


def stating_field(mentioned_by: str, predicate: str) -> str:
    """Return the record field that states something of a resource which the record mentions."""
    return WITNESSES.get((mentioned_by, predicate), mentioned_by)


def link_rule(prop: Property) -> str | None:
    """Return how the IRI is made that a statement points to; None for a literal."""
    if not isinstance(prop.term, Link):
        return None
    template = prop.term.template
    if template in LINKS:
        return LINKS[template]
    for namespace, whose in AUTHORITIES.items():
        if template.startswith(namespace):
            return whose
    return f"IRI {compact(template)}"
