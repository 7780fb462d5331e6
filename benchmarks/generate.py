"""Generated records with the shape of real ones, in the exchange layout (two CSV files).

    python -m benchmarks.generate PROJECTS FOLDER [--damaged]

The same arguments always give the same bytes. A project has 8 to 20 partners, two texts of about
1,500 characters and five themes. Organisations are shared: a few take part in hundreds of projects
and most in one to five. The rows of partners stand in no order, as in exports of a database. With
``--damaged``, three of a hundred projects have one of the faults of ``FAULTS``.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Callable
from pathlib import Path

SEED = 20_140_613
DAMAGED = 0.03
TEXT = 1_500
ORGANISATIONS_A_PROJECT = 2

PROJECT_COLUMNS = (
    "project_id", "call", "programme", "acronym", "title", "priority", "specific_objective",
    "lead_partner", "lead_country", "german_participation", "country_count", "partner_count",
    "german_partner_count", "start_date", "end_date", "total_budget", "erdf", "co_financing",
    "description", "results", "url", "themes",
)  # fmt: skip
PARTNER_COLUMNS = (
    "project_id", "partner_id", "role", "name", "postcode", "town", "country", "federal_state",
)  # fmt: skip

TALK = (
    "the of and to in for with on by a cross-border regional innovation transport water energy "
    "climate health tourism culture network pilot strategy model data skills enterprises forest "
    "river mobility heritage cooperation municipalities adaptation services rural urban research "
    "Maßnahmen Zusammenarbeit Regionen größere Förderung développement région forêt"
)
WORDS = TALK.split()
KINDS = ("GmbH", "S.p.A.", "d.o.o.", "Universität", "Regione", "Verein", "s.r.o.", "Sp. z o.o.")
PROGRAMMES = ("Alpenraum", "Donauraum", "Mitteleuropa", "Nordsee", "Ostsee", "Oberrhein")
THEMES = (
    "D01 - Clean technologies", "D05 - Clusters", "D15 - Products", "D18 - Services",
    "Q01 - Economy",
)  # fmt: skip
PLACES = (
    ("DE", "10115", "Berlin", "Berlin"), ("DE", "80331", "München", "Bayern"),
    ("DE", "79098", "Freiburg im Breisgau", "Baden-Württemberg"), ("AT", "1010", "Wien", ""),
    ("AT", "6020", "Innsbruck", ""), ("IT", "39100", "Bozen", ""), ("IT", "10121", "Torino", ""),
    ("FR", "75001", "Paris", ""), ("FR", "67000", "Strasbourg", ""),
    ("SI", "1000", "Ljubljana", ""),
    ("CZ", "110 00", "Praha", ""), ("PL", "00-950", "Warszawa", ""), ("HU", "1051", "Budapest", ""),
    ("NL", "1012 AB", "Amsterdam", ""), ("DK", "2100", "København", ""),
    ("CH", "8001", "Zürich", ""),
)  # fmt: skip

Cells = dict[str, str]
Record = tuple[Cells, list[Cells]]


def generate(projects: int, folder: Path, *, damaged: bool = False) -> None:
    """Write ``projects.csv`` and ``partners.csv`` to a folder."""
    chance = random.Random(SEED)
    faults = random.Random(SEED + 1)
    folder.mkdir(parents=True, exist_ok=True)
    organisations = [
        (f"{chance.choice(WORDS).capitalize()} {chance.choice(WORDS)} {number} "
         f"{chance.choice(KINDS)}", chance.choice(PLACES))
        for number in range(projects * ORGANISATIONS_A_PROJECT + 50)
    ]  # fmt: skip
    rows: list[Cells] = []
    with (folder / "projects.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, PROJECT_COLUMNS)
        writer.writeheader()
        for number in range(projects):
            record = _record(number, organisations, chance)
            if damaged and faults.random() < DAMAGED:
                record = faults.choice(FAULTS)(*record)
            writer.writerow(record[0])
            rows += record[1]
    chance.shuffle(rows)
    with (folder / "partners.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, PARTNER_COLUMNS)
        writer.writeheader()
        writer.writerows(rows)


def _record(
    number: int, organisations: list[tuple[str, tuple[str, ...]]], chance: random.Random
) -> Record:
    key = f"Prog{number:06d}"
    # most organisations are drawn seldom, the first of them often
    drawn = {int(len(organisations) * chance.random() ** 2) for _ in range(chance.randint(8, 20))}
    partners = []
    for position, index in enumerate(sorted(drawn, key=lambda i: (i * 7919) % 10_007), start=1):
        name, (country, postcode, town, state) = organisations[index]
        cells = (key, f"{key}-{position:03d}", "LP" if position == 1 else "PP", name, postcode)
        partners.append(dict(zip(PARTNER_COLUMNS, (*cells, town, country, state), strict=True)))
    countries = [partner["country"] for partner in partners]
    total, start = chance.randint(500_000, 5_000_000), chance.randint(2015, 2022)
    project = {
        "project_id": key,
        "call": str(chance.randint(1, 5)),
        "programme": chance.choice(PROGRAMMES),
        "acronym": f"ACR{number}",
        "title": _text(chance, 70),
        "priority": f"P{chance.randint(1, 4)} : Priority",
        "specific_objective": f"SO{chance.randint(1, 4)} : Objective",
        "lead_partner": partners[0]["name"],
        "lead_country": partners[0]["country"],
        "german_participation": "ja" if "DE" in countries else "nein",
        "country_count": str(len(set(countries))),
        "partner_count": str(len(partners)),
        "german_partner_count": str(countries.count("DE")),
        "start_date": f"01.{chance.randint(1, 12):02d}.{start}",
        "end_date": f"30.{chance.choice((4, 6, 9, 11)):02d}.{start + 3}",
        "total_budget": _amount(total),
        "erdf": _amount(total * 4 // 5),
        "co_financing": _amount(total * 3 // 20),
        "description": _text(chance, TEXT),
        "results": _text(chance, TEXT),
        "url": f"https://example.org/{number}",
        "themes": " | ".join(chance.sample(THEMES, len(THEMES))),
    }
    return project, partners


def _text(chance: random.Random, length: int) -> str:
    words = [chance.choice(WORDS)]
    size = 0
    while size < length:
        words.append(chance.choice(WORDS))
        size += len(words[-1]) + 1
    return f"{' '.join(words).capitalize()}."


def _amount(euros: int) -> str:
    return f"{euros:,}".replace(",", ".") + ",00"


def _project(**cells: str) -> Callable[[Cells, list[Cells]], Record]:
    return lambda project, partners: (project | cells, partners)


def _partner(**cells: str) -> Callable[[Cells, list[Cells]], Record]:
    return lambda project, partners: (project, [*partners[:-1], partners[-1] | cells])


FAULTS: tuple[Callable[[Cells, list[Cells]], Record], ...] = (
    _project(title=""),
    _project(start_date="31.02.2016"),
    _project(start_date="01.01.2030"),
    _project(total_budget="approx. 2 million"),
    _project(erdf="9.999.999,00"),
    _project(partner_count="77"),
    _project(url="javascript:alert(1)"),
    _project(lead_partner="Somebody Else"),
    _partner(role="LP"),
    _partner(postcode="X-1"),
    _partner(country="Atlantis"),
    _partner(name=""),
    lambda project, partners: (project, [*partners, partners[-1] | {"town": "Elsewhere"}]),
    lambda project, partners: (project, [p | {"role": "PP"} for p in partners]),
)
"""What is done to a record that is damaged."""


if __name__ == "__main__":
    generate(int(sys.argv[1]), Path(sys.argv[2]), damaged="--damaged" in sys.argv)
