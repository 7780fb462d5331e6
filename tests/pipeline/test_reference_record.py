"""The verbatim reference record: what must be known of it when it has been built."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

from kg.pipeline import BuildResult, build
from kg.vocabulary import COUNTRY, INTERREG

IR = rdflib.Namespace(INTERREG.iri)
BASE = "https://w3id.org/interreg-kg/"
PROJECT = rdflib.URIRef(f"{BASE}project/Alpen013")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, reference: Path) -> BuildResult:
    return build([reference], tmp_path_factory.mktemp("reference") / "output")


@pytest.fixture(scope="module")
def graph(built: BuildResult) -> rdflib.Graph:
    return built.graph()


def test_just_two_warnings_with_their_lines(built: BuildResult) -> None:
    assert [(p.code, p.place.line, p.value) for p in built.problems()] == [
        ("day-month-swap", 16, "11.01.16"),
        (
            "erdf-lead-missing",
            28,
            "Alpen013-001jaHES-SO//FR HEIA-FR - INNOSQUARE CLUSTERS1700FribourgCH",
        ),
    ]
    assert built.exit_status == 0


def test_the_facts_of_the_project(graph: rdflib.Graph) -> None:
    def value(term: rdflib.URIRef) -> str:
        return str(graph.value(PROJECT, term))

    assert value(rdflib.DCTERMS.identifier) == "Alpen013"
    assert value(IR.acronym) == "S3-4AlpClusters"
    assert value(IR.startDate) == "2016-01-11"
    assert value(IR.endDate) == "2019-04-30"
    assert value(IR.totalBudget) == "2521964"
    assert value(IR.erdf) == "1929500"
    assert value(IR.coFinancing) == "340500"
    assert value(IR.programme) == f"{BASE}programme/alpen-alpenraum"
    assert value(rdflib.FOAF.page) == "https://www.alpine-space.eu/project/s3-4alpclusters/"
    title = graph.value(PROJECT, rdflib.DCTERMS.title)
    assert isinstance(title, rdflib.Literal)
    assert title.language == "en"
    themes = {
        str(theme).rpartition("/")[2] for theme in graph.objects(PROJECT, rdflib.DCTERMS.subject)
    }
    assert themes == {"D01", "D05", "D15", "D18", "Q01"}


def test_six_countries_and_a_swiss_lead(graph: rdflib.Graph) -> None:
    countries = {str(c).removeprefix(COUNTRY) for c in graph.objects(PROJECT, IR.country)}
    assert countries == {"CHE", "AUT", "DEU", "ITA", "SVN", "FRA"}
    (lead,) = graph.objects(PROJECT, IR.leadPartner)
    assert str(graph.value(lead, IR.country)) == f"{COUNTRY}CHE"


def test_each_organisation_that_takes_part_is_a_partner_once(graph: rdflib.Graph) -> None:
    by_participation = {
        (project, organisation)
        for participation, project in graph.subject_objects(rdflib.ORG.organization)
        for organisation in graph.objects(participation, rdflib.ORG.member)
    }
    assert set(graph.subject_objects(IR.partner)) == by_participation
    assert set(graph.subject_objects(IR.leadPartner)) < by_participation


PARTNERS = """\
001 | HES-SO//FR HEIA-FR - INNOSQUARE CLUSTERS | 1700 | Fribourg | CHE |
002 | Business Upper Austria – OÖ Wirtschaftsagentur GmbH | 4020 | Linz | AUT |
003 | VDI/VDE Innovation + Technik GmbH | 10623 | Berlin | DEU | Berlin
004 | Veneto Region, Research Clusters and Networks Unit | 30121 | Venezia | ITA |
005 | Poly4EmI hosted by Anteja ECG d.o.o. | 1000 | Ljubljana | SVN |
006 | Innovations- und Technologietransfer Salzburg GmbH | 5020 | Salzburg | AUT |
007 | University of Franche-Comte | 25030 | Besançon | FRA |
008 | PROPLAST– consortium for the plastic culture promotion | 15057 | Fraz. Rivelta Scrivia - Tortona | ITA |
009 | Cluster Technologies for Smart Cities & Communities Lombardy Foundation | 20871 | Vimercate | ITA |
010 | Autonomous Province of Trento | 38121 | Trento | ITA |
011 | Trentino Innovation Hub | 38122 | Trento | ITA |
012 | Lombardy Region | 20124 | Milano | ITA |
013 | Bayerische Forschungsallianz GmbH | 80538 | München | DEU | Bayern
014 | Government Office for Development and European Cohesion Policy | 1000 | Ljubljana | SVN |
"""  # noqa: E501


@pytest.mark.parametrize("row", PARTNERS.splitlines())
def test_each_of_the_fourteen_partners_exactly(graph: rdflib.Graph, row: str) -> None:
    number, name, postcode, town, country, state = (cell.strip() for cell in row.split("|"))
    locn = rdflib.Namespace("http://www.w3.org/ns/locn#")
    org = rdflib.Namespace("http://www.w3.org/ns/org#")
    participation = rdflib.URIRef(f"{BASE}participation/Alpen013-{number}")
    address = graph.value(participation, locn.address)
    assert str(graph.value(participation, IR.statedName)) == name
    assert str(graph.value(address, locn.postCode)) == postcode
    assert str(graph.value(address, locn.postName)) == town
    assert str(graph.value(address, IR.country)) == f"{COUNTRY}{country}"
    assert str(graph.value(address, locn.adminUnitL2) or "") == state
    role = IR.LeadPartner if number == "001" else IR.ProjectPartner
    assert graph.value(participation, org.role) == role
    line = 27 + int(number)
    source = f"{BASE}source/alpen013.txt#line={line - 1},{line}"
    assert str(graph.value(participation, rdflib.PROV.wasDerivedFrom)) == source
