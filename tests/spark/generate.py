"""Generated projects and partners in the exchange layout, clean or damaged."""

from __future__ import annotations

import csv
import random
from pathlib import Path

PROJECT = (
    *("project_id", "call", "programme", "acronym", "title", "priority", "specific_objective"),
    *("lead_partner", "lead_country", "german_participation", "country_count", "partner_count"),
    *("german_partner_count", "start_date", "end_date", "total_budget", "erdf", "co_financing"),
    *("description", "results", "url", "themes", "cci", "notes"),
)
PARTNER = (
    *("project_id", "partner_id", "role", "name", "country", "postcode", "town", "federal_state"),
)

WORDS = ("innovation", "region", "transport", "water", "energy", "climate", "health", "tourism")
THEMES = ["D05 - Clusters", "Q01 - Economy", "A01 - Innovation", "X99 - Unknown", "C03"]
PLACES = [
    ("DE", "10115", "Berlin", "Berlin"),
    ("AT", "1010", "Wien", ""),
    ("IT", "39100", "Bozen", ""),
    ("SI", "1000", "Ljubljana", ""),
    ("PL", "00-950", "Warszawa", ""),
]
JUNK = [
    "",
    "???",
    "31.02.2020",
    "-5",
    "1.234",
    "99/99/9999",
    "\u200b",
    "n/a",
    "two\nlines",
    '"',
    "Z",
]

Rows = list[list[str]]


def write(folder: Path, number: int, *, damaged: float = 0.0, seed: int = 7) -> Path:
    """Write so many projects with their partners, in no order; ``damaged`` is a share of rows."""
    folder.mkdir(parents=True)
    draw = random.Random(seed)
    projects, partners = _records(draw, number)
    if damaged:
        ids = [row[0] for row in projects]
        projects = _damaged(draw, projects, damaged, ids)
        partners = _damaged(draw, partners, damaged, ids)
    draw.shuffle(projects)
    draw.shuffle(partners)
    for name, header, rows in (("projects", PROJECT, projects), ("partners", PARTNER, partners)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
    return folder


def _records(draw: random.Random, number: int) -> tuple[Rows, Rows]:
    names = [f"{draw.choice(WORDS).title()} {n} GmbH" for n in range(max(20, number))]
    names += [name.upper() for name in names[::3]]
    organisations = [(name, *draw.choice(PLACES)) for name in names]
    projects, partners = [], []
    for n in range(number):
        project_id = f"Prog{n:06}"
        mine = draw.sample(organisations, draw.randint(2, 5))
        budget = draw.randint(500_000, 5_000_000)
        year = draw.randint(2015, 2022)
        countries = [country for _, country, *_ in mine]
        projects.append(
            [
                project_id,
                str(draw.randint(1, 5)),
                draw.choice(["Alpenraum", "Donauraum", "DONAURAUM"]),
                f"ACR{n}",
                " ".join(draw.choices(WORDS, k=6)),
                f"P{draw.randint(1, 4)} : Priority",
                f"SO{draw.randint(1, 4)} : Objective {draw.choice('ab')}",
                mine[0][0],
                mine[0][1],
                "ja" if "DE" in countries else "nein",
                str(len(set(countries))),
                str(len(mine)),
                str(countries.count("DE")),
                f"01.{draw.randint(1, 12):02}.{year}",
                f"30.{draw.choice([4, 6, 9, 11]):02}.{year + 3}",
                _amount(budget),
                _amount(budget * 8 // 10),
                _amount(budget * 2 // 10),
                " ".join(draw.choices(WORDS, k=40)),
                "",
                f"https://example.org/{n}",
                " | ".join(draw.sample(THEMES, 2)),
                draw.choice(["2014TC16RFTN001", "", "wrong" if n % 50 == 0 else ""]),
                "not read",
            ]
        )
        for k, organisation in enumerate(mine, start=1):
            role = "LP" if k == 1 else "PP"
            partners.append([project_id, f"{project_id}-{k:03}", role, *organisation])
    return projects, partners


def _amount(cents: int) -> str:
    return f"{cents:,}.00".replace(",", " ").replace(".", ",").replace(" ", ".")


def _damaged(draw: random.Random, rows: Rows, share: float, ids: list[str]) -> Rows:
    found = []
    for row in rows:
        found.append(row)
        if draw.random() >= share:
            continue
        other = list(row)
        kind = draw.randrange(8)
        if kind < 3:
            row[draw.randrange(len(row))] = draw.choice(JUNK)
        elif kind == 3:
            row.append("too many")
        elif kind == 4:
            found.append(other)  # the same row again
        elif kind == 5:
            other[3] += " other"
            found.append(other)  # a contradicting one
        elif kind == 6:
            other[0] = draw.choice([row[0].lower(), draw.choice(ids), f"{row[0]} "])
            found.append(other)
        else:
            other[0] = draw.choice(["", f"Nowhere{row[0]}"])
            found.append(other)
    return found
