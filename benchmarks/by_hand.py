"""CSV → N-Triples as a script for this one layout would do it: the least work that can be done."""

from __future__ import annotations

import csv
from pathlib import Path
from urllib.parse import quote

O = "https://w3id.org/interreg-kg/ontology#"  # noqa: E741
ORG = "http://www.w3.org/ns/org#"
DC = "http://purl.org/dc/terms/"
XSD = "http://www.w3.org/2001/XMLSchema#"
A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
ROLES = {"LP": "LeadPartner", "PP": "ProjectPartner"}
TEXTS = {
    "project_id": DC + "identifier", "title": DC + "title", "acronym": O + "acronym",
    "call": O + "call", "lead_partner": O + "statedLeadPartner",
    "description": DC + "description", "results": O + "results",
}  # fmt: skip
DAYS = {"start_date": "startDate", "end_date": "endDate"}
AMOUNTS = {"total_budget": "totalBudget", "erdf": "erdf", "co_financing": "coFinancing"}
COUNTS = {
    "country_count": "statedCountryCount", "partner_count": "statedPartnerCount",
    "german_partner_count": "statedGermanPartnerCount",
}  # fmt: skip


def text(value: str) -> str:
    """Return a literal."""
    value = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{value}"'


def write_triples(folder: Path, target: Path, base: str) -> None:
    """Write the triples of ``projects.csv`` and ``partners.csv``."""
    with target.open("w", encoding="utf-8", newline="\n") as out:
        with (folder / "projects.csv").open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                s = f"<{base}project/{quote(row['project_id'], safe='')}>"
                lines = [f"{s} {A} <{O}Project> .", f"{s} {A} <{ORG}OrganizationalCollaboration> ."]
                lines += [f"{s} <{p}> {text(row[c])} ." for c, p in TEXTS.items()]
                for column, name in DAYS.items():
                    day, month, year = row[column].split(".")
                    lines.append(f'{s} <{O}{name}> "{year}-{month}-{day}"^^<{XSD}date> .')
                for column, name in AMOUNTS.items():
                    amount = row[column].replace(".", "").removesuffix(",00")
                    lines.append(f'{s} <{O}{name}> "{amount}"^^<{XSD}decimal> .')
                for column, name in COUNTS.items():
                    lines.append(f'{s} <{O}{name}> "{row[column]}"^^<{XSD}integer> .')
                for theme in row["themes"].split(" | "):
                    lines.append(f"{s} <{DC}subject> <{base}theme/{theme[:3]}> .")
                source = f"<{base}source/projects.csv#row={number}>"
                lines.append(f"{s} <http://www.w3.org/ns/prov#wasDerivedFrom> {source} .")
                out.write("\n".join(lines) + "\n")
        with (folder / "partners.csv").open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                project = f"<{base}project/{quote(row['project_id'], safe='')}>"
                s = f"<{base}participation/{quote(row['partner_id'], safe='')}>"
                address = f"{s[:-1]}/address>"
                member = f"<{base}organisation/{row['country']}/{quote(row['name'], safe='')}>"
                out.write(
                    f"{project} <{O}participation> {s} .\n"
                    f"{s} {A} <{O}Participation> .\n"
                    f"{s} {A} <{ORG}Membership> .\n"
                    f"{s} <{DC}identifier> {text(row['partner_id'])} .\n"
                    f"{s} <{ORG}organization> {project} .\n"
                    f"{s} <{ORG}member> {member} .\n"
                    f"{s} <{ORG}role> <{O}{ROLES.get(row['role'], '')}> .\n"
                    f"{s} <{O}statedName> {text(row['name'])} .\n"
                    f"{s} <http://www.w3.org/ns/prov#wasDerivedFrom> "
                    f"<{base}source/partners.csv#row={number}> .\n"
                    f"{s} <http://www.w3.org/ns/locn#address> {address} .\n"
                    f"{address} {A} <http://www.w3.org/ns/locn#Address> .\n"
                    f"{address} <http://www.w3.org/ns/locn#postCode> {text(row['postcode'])} .\n"
                    f"{address} <http://www.w3.org/ns/locn#postName> {text(row['town'])} .\n"
                    f"{address} <{O}country> <{O}country/{row['country']}> .\n"
                )
