"""The only file that spells the IRIs of the vocabularies.

Every namespace is closed: it knows the terms that the project uses and no others, so a misspelt
term is an ``AttributeError`` at import and never a triple that nobody can query.

A term is a plain ``str`` that holds the absolute IRI.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = [
    "COUNTRY",
    "CRS84",
    "CURRENCY",
    "DCAT",
    "DCTERMS",
    "FOAF",
    "GEO",
    "INTERREG",
    "LOCN",
    "NUTS",
    "ORG",
    "OWL",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "RDF_TYPE",
    "SH",
    "SHAPE",
    "SKOS",
    "VOID",
    "XSD",
    "Namespace",
    "compact",
]


class Namespace:
    """A closed vocabulary: ``NAMESPACE.term`` is the IRI of a declared term.

    Raises:
        AttributeError: the term is not among those declared here.
    """

    def __init__(self, prefix: str, iri: str, terms: str = "") -> None:
        self.prefix = prefix
        self.iri = iri
        self.terms = frozenset(terms.split())

    def __getattr__(self, term: str) -> str:
        if term in self.terms:
            return self.iri + term
        raise AttributeError(f"{self.prefix}:{term} is not declared in kg/vocabulary.py")

    def __getitem__(self, term: str) -> str:
        """Return the IRI of a term whose name is not a Python identifier."""
        return self.__getattr__(term)


RDF = Namespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type")
RDFS = Namespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#", "label")
XSD = Namespace(
    "xsd",
    "http://www.w3.org/2001/XMLSchema#",
    "string boolean integer nonNegativeInteger decimal date",
)
DCTERMS = Namespace(
    "dcterms",
    "http://purl.org/dc/terms/",
    "identifier title description subject license publisher source conformsTo modified",
)
FOAF = Namespace("foaf", "http://xmlns.com/foaf/0.1/", "page name Agent")
SKOS = Namespace(
    "skos",
    "http://www.w3.org/2004/02/skos/core#",
    "Concept prefLabel altLabel notation broader inScheme hasTopConcept definition scopeNote",
)
OWL = Namespace("owl", "http://www.w3.org/2002/07/owl#", "versionInfo")
ORG = Namespace(
    "org",
    "http://www.w3.org/ns/org#",
    "OrganizationalCollaboration Membership Organization organization member role",
)
PROV = Namespace("prov", "http://www.w3.org/ns/prov#", "Entity wasDerivedFrom")
LOCN = Namespace(
    "locn",
    "http://www.w3.org/ns/locn#",
    "Address thoroughfare fullAddress postCode postName adminUnitL2 address",
)
GEO = Namespace("geo", "http://www.opengis.net/ont/geosparql#", "wktLiteral")
DCAT = Namespace(
    "dcat",
    "http://www.w3.org/ns/dcat#",
    "Dataset Distribution distribution accessURL downloadURL mediaType byteSize",
)
VOID = Namespace(
    "void",
    "http://rdfs.org/ns/void#",
    "Dataset triples entities classes properties classPartition class propertyPartition property "
    "dataDump exampleResource vocabulary uriSpace sparqlEndpoint",
)
SH = Namespace(
    "sh",
    "http://www.w3.org/ns/shacl#",
    "ValidationReport ValidationResult conforms result focusNode resultPath value "
    "resultSeverity resultMessage sourceShape sourceConstraintComponent Violation Warning Info "
    "name message severity",
)

INTERREG = Namespace(
    "interreg",
    "https://w3id.org/interreg-kg/ontology#",
    # classes
    "Project Participation Organisation Role Programme Priority SpecificObjective Theme Country "
    "SourceDocument Category Region Correction "
    # roles
    "LeadPartner ErdfLeadPartner ProjectPartner AssociatedPartner "
    # properties of a project
    "nationalIdentifier acronym call programme subprogramme programmingPeriod priority "
    "specificObjective "
    "thematicObjective policyObjective investmentPriority strand interventionCategory status "
    "projectType statedLeadPartner statedLeadCountry statedCountry germanParticipation "
    "statedCountryCount statedPartnerCount statedGermanPartnerCount hasAllPartners "
    "startDate endDate expectedEndDate fund totalBudget euFunding erdf ipa eni coFinancing "
    "privateFunding otherFunding coFinancingRate currency exchangeRate results participation "
    "partner leadPartner country "
    # properties of a participation
    "statedName statedNameEnglish department organisationId organisationType ownership "
    "partnerBudget partnerEuFunding partnerErdf partnerIpa partnerEni partnerCoFinancing "
    "partnerPrivateFunding partnerCoFinancingRate "
    # properties of a place, which a project or an address is in
    "postcode nuts nutsName nuts1Name nuts2Name nuts3Name regionName coordinates "
    # properties of a correction
    "correction correctedField statedValue correctedValue reason correctedBy "
    # properties of a country, a source document
    "countryCode postcodePattern euMemberSince euMemberUntil sha256",
)
SHAPE = Namespace(
    "shape", "https://w3id.org/interreg-kg/shapes#", "about countsCountries presumesCompleteList"
)

COUNTRY = "http://publications.europa.eu/resource/authority/country/"
"""EU country authority table; a country's IRI ends in its three-letter code."""
CURRENCY = "http://publications.europa.eu/resource/authority/currency/"
"""EU currency authority table; a currency's IRI ends in its ISO 4217 code."""
NUTS = "http://data.europa.eu/nuts/code/"
"""EU table of statistical regions; a region's IRI ends in its NUTS code."""
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
"""Longitude and latitude on WGS 84: the system of coordinates that state none (GeoSPARQL)."""

RDF_TYPE = RDF.type

_PUBLISHED = (INTERREG, DCTERMS, FOAF, GEO, LOCN, ORG, OWL, PROV, RDF, SKOS, XSD)

PREFIXES: dict[str, str] = {
    **{namespace.prefix: namespace.iri for namespace in _PUBLISHED},
    "eu-country": COUNTRY,
    "eu-currency": CURRENCY,
    "eu-nuts": NUTS,
}
"""Prefixes of a published graph, without those of the data itself."""


def compact(iri: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return an IRI with a prefix in the place of its namespace, or as it is where none fits."""
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
