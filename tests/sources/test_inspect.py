"""Files that nobody has seen: what is guessed of them, and that a draft can be used as it is."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.problems import CODES, Level
from kg.sources import examine_inputs, read_input
from kg.sources.inspection import Draft, Inspection, inspect_files, render_draft
from kg.sources.inspection.words import read_header
from kg.sources.layouts import parse_profile

NAMES = ["Universität Wien", "Città di Trieste", "Région Grand Est", "Miasto Kraków", "Aarhus Kommune",
         "Region Skåne", "Diputación de Huesca", "Město Brno", "Gemeente Venlo", "Občina Koper",
         "Grad Rijeka", "Győr Város"]  # fmt: skip
TOWNS = ["Wien", "Trieste", "Metz", "Kraków", "Aarhus", "Malmö", "Huesca", "Brno", "Venlo", "Koper"]
COUNTRIES = ["AT", "IT", "FR", "PL", "DK", "SE", "ES", "CZ", "NL", "SI"]
TEXT = (
    "Das Projekt stärkt die Zusammenarbeit der Regionen und ist mit den Zielen für eine grüne "
    "Wirtschaft verbunden, die von allen Partnern getragen werden. "
)


def comma(number: int) -> str:
    """Write an amount with a decimal comma: 1.234.567,00."""
    return f"{number:,}".replace(",", ".") + ",00"


def project(n: int) -> dict[str, str]:
    """Return the facts of an invented project."""
    return {
        "id": f"PR{n:03}",
        "acronym": f"ALPHA{n}",
        "title": f"Cooperation across borders number {n}",
        "start": f"{n % 28 + 1:02}.{n % 12 + 1:02}.2018",
        "end": f"{n % 28 + 1:02}.{n % 12 + 1:02}.2021",
        "total": comma(1_000_000 + 12_345 * n),
        "erdf": comma(850_000 + 1_234 * n),
        "text": TEXT + str(n),
        "programme": "Interreg Alpenraum",
    }


def partners(n: int) -> list[dict[str, str]]:
    """Return the facts of the partners of an invented project; the first one leads it."""
    chosen = random.Random(n)
    found = []
    for k in range(2 + n % 4):
        at = chosen.randrange(len(COUNTRIES))
        found.append({
            "name": f"{chosen.choice(NAMES)} {n}-{k}",
            "town": TOWNS[at],
            "country": COUNTRIES[at],
            "postcode": f"{chosen.randint(10000, 99999)}",
            "budget": comma(chosen.randint(10_000, 900_000)),
        })  # fmt: skip
    return found


def table(header: list[str], rows: list[list[str]], separator: str = ";") -> str:
    """Write a table as CSV; no cell of it needs quotes, unless it holds the separator."""

    def cell(text: str) -> str:
        return f'"{text}"' if separator in text or "\n" in text else text

    return "\n".join(separator.join(map(cell, row)) for row in [header, *rows]) + "\n"


def german_partner_rows() -> tuple[str, dict[str, str | None]]:
    header = ["Projektnummer", "Akronym", "Projekttitel", "Programm", "Projektbeginn", "Projektende",
              "Gesamtbudget (EUR)", "EFRE-Mittel", "Kurzbeschreibung", "Partnername", "Partnerrolle",
              "PLZ", "Ort", "Land", "Budget des Partners", "Ansprechpartner", "E-Mail"]  # fmt: skip
    rows = []
    for n in range(1, 21):
        p = project(n)
        for k, partner in enumerate(partners(n)):
            rows.append([p["id"], p["acronym"], p["title"], p["programme"], p["start"], p["end"],
                         p["total"], p["erdf"], p["text"], partner["name"],
                         "Leadpartner" if k == 0 else "Projektpartner", partner["postcode"],
                         partner["town"], partner["country"], partner["budget"], "Erika Muster",
                         f"erika{n}@example.org"])  # fmt: skip
    fields = ["project_id", "acronym", "title", "programme", "start_date", "end_date", "total_budget",
              "erdf", "description", "name", "role", "postcode", "town", "country", "partner_budget",
              None, None]  # fmt: skip
    return table(header, rows), dict(zip(header, fields, strict=True))


def french_lead_partners() -> tuple[str, dict[str, str | None]]:
    header = ["N° du projet", "Acronyme", "Intitulé du projet", "Programme", "Chef de file", "Ville",
              "Code postal", "Date de début", "Date de fin", "Coût total", "Montant FEDER",
              "Résumé du projet", "Courriel du contact"]  # fmt: skip
    rows = []
    for n in range(1, 31):
        p, lead = project(n), partners(n)[0]
        rows.append([p["id"], p["acronym"], p["title"], p["programme"], lead["name"], lead["town"],
                     lead["postcode"], p["start"], p["end"], p["total"], p["erdf"], p["text"],
                     f"a{n}@example.org"])  # fmt: skip
    fields = ["project_id", "acronym", "title", "programme", "name", "town", "postcode", "start_date",
              "end_date", "total_budget", "erdf", "description", None]  # fmt: skip
    return table(header, rows), dict(zip(header, fields, strict=True))


def italian_lists() -> tuple[str, dict[str, str | None]]:
    header = ["Codice progetto", "Acronimo", "Titolo del progetto", "Programma", "Beneficiari", "Paese",
              "Città", "Data di inizio", "Data di fine", "Costo totale", "Contributo FESR"]  # fmt: skip
    rows = []
    for n in range(1, 31):
        p, each = project(n), partners(n)
        rows.append([p["id"], p["acronym"], p["title"], p["programme"], *(
            "; ".join(x[key] for x in each) for key in ("name", "country", "town")
        ), p["start"], p["end"], p["total"], p["erdf"]])  # fmt: skip
    fields = ["project_id", "acronym", "title", "programme", "name", "country", "town", "start_date",
              "end_date", "total_budget", "erdf"]  # fmt: skip
    return table(header, rows, "\t"), dict(zip(header, fields, strict=True))


def english_numbered() -> tuple[str, dict[str, str | None]]:
    header = ["Project ID", "Project name", "Programme", "Start date", "End date", "Total budget"]
    fields: list[str | None] = ["project_id", "title", "programme", "start_date", "end_date",
                                "total_budget"]  # fmt: skip
    for k in range(1, 6):
        header += [f"Partner {k} name", f"Partner {k} country", f"Partner {k} town"]
    rows = []
    for n in range(1, 31):
        p, each = project(n), partners(n)
        row = [p["id"], p["title"], p["programme"], p["start"], p["end"], p["total"]]
        for k in range(5):
            known = each[k] if k < len(each) else {"name": "", "country": "", "town": ""}
            row += [known["name"], known["country"], known["town"]]
        rows.append(row)
    found = dict(zip(header, fields, strict=False))
    found |= {
        "Partner {n} name": "name",
        "Partner {n} country": "country",
        "Partner {n} town": "town",
    }
    return table(header, rows, ","), found


def polish_without_ids() -> tuple[str, dict[str, str | None]]:
    header = ["Tytuł projektu", "Nazwa programu", "Nazwa beneficjenta", "Data rozpoczęcia", "Data zakończenia",
              "Wartość projektu", "Dofinansowanie UE", "Opis projektu"]  # fmt: skip
    rows = []
    for n in range(1, 31):
        p, lead = project(n), partners(n)[0]
        rows.append([p["title"], p["programme"], lead["name"], p["start"], p["end"], p["total"],
                     p["erdf"], p["text"]])  # fmt: skip
    fields = ["title", "programme", "name", "start_date", "end_date", "total_budget", "eu_funding",
              "description"]  # fmt: skip
    return table(header, rows), dict(zip(header, fields, strict=True))


def swedish_filled_down() -> tuple[str, dict[str, str | None]]:
    header = ["Projektnummer", "Projektnamn", "Program", "Startdatum", "Slutdatum", "Total budget",
              "Organisationsnamn", "Postnummer", "Ort", "Land"]  # fmt: skip
    rows = []
    for n in range(1, 31):
        p = project(n)
        for k, partner in enumerate(partners(n)):
            own = [p["id"], p["title"], p["programme"], p["start"], p["end"], p["total"]]
            rows.append((own if k == 0 else [""] * 6) + [partner["name"], partner["postcode"],
                                                         partner["town"], partner["country"]])  # fmt: skip
    rows.append(["Totalt", "", "", "", "", comma(99_000_000), "", "", "", ""])
    fields = ["project_id", "title", "programme", "start_date", "end_date", "total_budget", "name",
              "postcode", "town", "country"]  # fmt: skip
    return table(header, rows), dict(zip(header, fields, strict=True))


def czech_partner_rows() -> tuple[str, dict[str, str | None]]:
    header = ["Registrační číslo projektu", "Název projektu", "Program", "Datum zahájení realizace projektu",
              "Datum ukončení realizace projektu", "Celkové způsobilé výdaje", "Název partnera",
              "Role partnera", "Obec", "PSČ", "Stát"]  # fmt: skip
    rows = []
    for n in range(1, 21):
        p = project(n)
        for k, partner in enumerate(partners(n)):
            rows.append([p["id"], p["title"], p["programme"], p["start"], p["end"], p["total"],
                         partner["name"], "Vedoucí partner" if k == 0 else "Partner", partner["town"],
                         partner["postcode"], partner["country"]])  # fmt: skip
    fields = ["project_id", "title", "programme", "start_date", "end_date", "total_budget", "name",
              "role", "town", "postcode", "country"]  # fmt: skip
    return table(header, rows), dict(zip(header, fields, strict=True))


def spanish_projects() -> tuple[str, dict[str, str | None]]:
    header = ["Código", "Acrónimo", "Título", "Programa", "Beneficiario principal", "País",
              "Fecha de inicio", "Fecha de finalización", "Coste total subvencionable", "Ayuda FEDER",
              "Teléfono"]  # fmt: skip
    rows = []
    for n in range(1, 31):
        p, lead = project(n), partners(n)[0]
        rows.append([p["id"], p["acronym"], p["title"], p["programme"], lead["name"], lead["country"],
                     p["start"], p["end"], p["total"], p["erdf"], f"+34 974 {100000 + n}"])  # fmt: skip
    fields = ["project_id", "acronym", "title", "programme", "name", "country", "start_date",
              "end_date", "total_budget", "erdf", None]  # fmt: skip
    return table(header, rows), dict(zip(header, fields, strict=True))


def dutch_and_danish() -> tuple[str, dict[str, str | None]]:
    header = ["Projectnummer", "Projectnaam", "Programma", "Begindatum", "Einddatum", "Totale kosten",
              "EFRO-bijdrage", "Samenvatting", "Naam begunstigde", "Postcode", "Plaats"]  # fmt: skip
    rows = []
    for n in range(1, 31):
        p, lead = project(n), partners(n)[0]
        rows.append([p["id"], p["title"], p["programme"], p["start"], p["end"], p["total"], p["erdf"],
                     p["text"], lead["name"], lead["postcode"], lead["town"]])  # fmt: skip
    fields = ["project_id", "title", "programme", "start_date", "end_date", "total_budget", "erdf",
              "description", "name", "postcode", "town"]  # fmt: skip
    return table(header, rows), dict(zip(header, fields, strict=True))


Layout = Callable[[], tuple[str, dict[str, str | None]]]
LAYOUTS: list[Layout] = [
    german_partner_rows,
    french_lead_partners,
    italian_lists,
    english_numbered,
    polish_without_ids,
    swedish_filled_down,
    czech_partner_rows,
    spanish_projects,
    dutch_and_danish,
]
PARTNER_ROWS = {german_partner_rows, swedish_filled_down, czech_partner_rows}


def written(folder: Path, layout: Layout) -> Path:
    path = folder / f"{layout.__name__}.csv"
    path.write_text(layout()[0], encoding="utf-8")
    return path


def drafted(found: Inspection) -> Draft:
    assert found.draft is not None
    return found.draft


def fields_of(draft: Draft) -> dict[str, str | None]:
    return {c.header: c.field for t in draft.tables for c in t.all_columns()}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda f: f.__name__)
def test_the_fields_of_columns_are_guessed(tmp_path: Path, layout: Layout) -> None:
    found = inspect_files([written(tmp_path, layout)])
    assert not found.is_known
    assert fields_of(drafted(found)) == layout()[1]
    assert drafted(found).tables[0].holds == ("partners" if layout in PARTNER_ROWS else "projects")


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda f: f.__name__)
def test_a_draft_reads_its_file_without_an_edit(tmp_path: Path, layout: Layout) -> None:
    path = written(tmp_path, layout)
    text = render_draft(drafted(inspect_files([path])), [path.name])
    profile = tmp_path / "my.toml"
    profile.write_text(text, encoding="utf-8")
    (item,) = examine_inputs([path], str(profile)).items
    readings = list(read_input(item))
    problems = [p for r in readings for p in r.problems]
    assert [str(p) for p in problems if p.level >= Level.FIELD] == []
    count = 20 if layout in (german_partner_rows, czech_partner_rows) else 30
    projects = [r.project for r in readings if r.project is not None]
    assert len(projects) == count
    assert all(p.title is not None and p.start_date and p.total_budget for p in projects)
    whole = {german_partner_rows, czech_partner_rows, italian_lists, english_numbered,
             swedish_filled_down}  # fmt: skip
    for number, made in enumerate(projects, start=1):
        assert len(made.partners) == (len(partners(number)) if layout in whole else 1)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda f: f.__name__)
def test_personal_data_is_named_and_not_shown(tmp_path: Path, layout: Layout) -> None:
    found = inspect_files([written(tmp_path, layout)])
    text = render_draft(drafted(found), found.files)
    assert "example.org" not in text
    assert "Erika" not in text
    assert "+34" not in text
    personal = [c for t in drafted(found).tables for c in t.all_columns() if c.is_personal]
    assert [c.header for c in personal] == [h for h, f in layout()[1].items() if f is None]
    assert all(c.ignore == "personal data" and c.reason for c in personal)


def test_evidence_is_told(tmp_path: Path) -> None:
    text = render_draft(
        drafted(inspect_files([written(tmp_path, french_lead_partners)])), ["f.csv"]
    )
    assert "decimal comma: 30 values such as ‹1.012.345,00›; none contradicts" in text


def test_contradicting_styles_are_named_with_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "mixed.csv"
    path.write_text(
        "Code;Title;Start date;Total cost\nA1;One;31/01/2020;1.234,50\nA2;Two;01/31/2020;1,234.50\n",
        encoding="utf-8",
    )
    text = render_draft(drafted(inspect_files([path])), ["mixed.csv"])
    assert (
        "contradictory: decimal comma: 1 value such as ‹1.234,50› at mixed.csv:2:4; decimal point: "
    )
    assert "‹1,234.50› at mixed.csv:3:4" in text
    assert "the day first: 1 value such as ‹31/01/2020› at mixed.csv:2:3; the month first" in text


def test_two_tables_are_joined_by_what_they_share(tmp_path: Path) -> None:
    projects = [
        [p["id"], p["title"], p["programme"], p["start"], p["end"]]
        for p in map(project, range(1, 21))
    ]
    rows = [[f"PR{n:03}", x["name"], x["country"]] for n in range(1, 21) for x in partners(n)]
    one, two = tmp_path / "projekte.csv", tmp_path / "partner.csv"
    one.write_text(
        table(["Projekt-ID", "Titel", "Programm", "Beginn", "Ende"], projects), encoding="utf-8"
    )
    two.write_text(table(["Projekt-ID", "Name der Organisation", "Land"], rows), encoding="utf-8")
    found = inspect_files([one, two])
    draft = drafted(found)
    assert [t.holds for t in draft.tables] == ["projects", "partners"]
    assert [c.field for c in draft.tables[0].columns] == [
        "project_id", "title", "programme", "start_date", "end_date",
    ]  # fmt: skip
    assert [c.field for c in draft.tables[1].columns] == ["project_id", "name", "country"]
    profile = tmp_path / "my.toml"
    profile.write_text(render_draft(draft, found.files), encoding="utf-8")
    (item,) = examine_inputs([one, two], str(profile)).items
    made = [r.project for r in read_input(item) if r.project is not None]
    assert [len(p.partners) for p in made] == [len(partners(n)) for n in range(1, 21)]


def test_partners_inside_projects_are_found_in_json(tmp_path: Path) -> None:
    path = tmp_path / "projekte.json"
    entries = [
        {"kod": f"PR{n}", "nazev_projektu": f"Projekt {n}", "datum_zahajeni": "2020-01-01",
         "partners": [{"nazev": x["name"], "zeme": x["country"]} for x in partners(n)]}
        for n in range(1, 11)
    ]  # fmt: skip
    path.write_text(json.dumps(entries), encoding="utf-8")
    draft = drafted(inspect_files([path]))
    assert [t.holds for t in draft.tables] == ["projects", "partners"]
    assert [c.field for c in draft.tables[0].columns] == ["project_id", "title", "start_date"]
    assert [c.field for c in draft.tables[1].columns] == ["project_id", "name", "country"]
    parse_profile(render_draft(draft, ["projekte.json"]), "my.toml")


def test_a_known_layout_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "exchange.csv"
    path.write_text("project_id,programme,title\nA1,Alpenraum,One\n", encoding="utf-8")
    found = inspect_files([path])
    assert found.is_known
    assert found.recognised[0].profile.name == "exchange"


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("Total eligible expenditure allocated to the operation", "total_budget"),
        ("Union co-financing rate", "co_financing_rate"),
        ("Operation postcode; or other appropriate location indicator", "postcode"),
        ("Name of category of intervention for the operation", "interventions"),
        ("Date of last update of the list of operations", "last_update"),
        ("Bezeichnung des Vorhabens", "title"),
        ("Förderfähige Gesamtkosten", "total_budget"),
        ("Unionskofinanzierungssatz", "co_financing_rate"),
        ("Nom du bénéficiaire", "name"),
        ("Nome dell'operazione", "title"),
        ("Data di fine dell'operazione", "end_date"),
        ("Nazwa beneficjenta", "name"),
        ("Název projektu", "title"),
        ("Názov projektu", "title"),
        ("Datum začetka operacije", "start_date"),
        ("Naziv projekta", "title"),
        ("A projekt címe", "title"),
        ("Kedvezményezett neve", "name"),
        ("Име на бенефициента", "name"),
        ("Όνομα δικαιούχου", "name"),
        ("Ημερομηνία έναρξης", "start_date"),
        ("Denumirea proiectului", "title"),
        ("Data de începere", "start_date"),
        ("Hankkeen nimi", "title"),
        ("Aloituspäivä", "start_date"),
        ("Projekti nimi", "title"),
        ("Projekta nosaukums", "title"),
        ("Projekto pavadinimas", "title"),
        ("Begunstigde", "organisation"),
        ("Fecha de inicio", "start_date"),
        ("Nome do beneficiário", "name"),
        ("Projektets slutdato", "end_date"),
        ("Stødmodtager", "organisation"),
    ],
)  # fmt: skip
def test_headers_are_read_in_the_languages_of_interreg(header: str, meaning: str) -> None:
    assert read_header(header)[0].meaning == meaning


def test_every_real_file_can_be_inspected(shared: Path) -> None:
    files = sorted((shared / "real").rglob("*.csv")) + sorted(
        (shared / "real" / "eubfr").glob("*.json")
    )
    files += sorted((shared / "real" / "interregbarometern").glob("*.json"))
    assert files
    for path in files:
        found = inspect_files([path])
        parse_profile(render_draft(drafted(found), [path.name]), path.name)


REAL = {
    "eubfr/2014TC16RFTN002.json": {
        "Operation code nr.": "project_id", "Acronym": "acronym", "Operation name": "title",
        "Summary": "description", "Start date": "start_date", "End date": "end_date",
        "Total of eligible expenditure": "total_budget", "ERDF expenditure allocated": "erdf",
        "Programme specific objective": "specific_objective", "Lead partner name": "name",
        "Lead partner location region": "region", "Country": "country",
    },
    "interregbarometern/strand-a.json": {
        "program": "programme", "projekttyp": "project_type", "startdatum": "start_date",
        "slutdatum": "end_date", "projektnamn": "title", "organisationsnamn": "name",
        "organisationsagande": "ownership", "organisationstyp": "organisation_type",
        "organisationsroll": "role", "nuts3": "nuts3", "nuts2": "nuts2",
        "partnerbudget": "partner_budget", "politisktmal": "policy_objective",
        "specifiktmal": "specific_objective", "id": None,
    },
    "denmark/erdf-denmark-2014-2020.csv": {
        "Projektitel / Operation name": "title", "Startdato / Operation start date": "start_date",
        "Budget / Budget": "total_budget", "EU-medfinansiering / Union co-financing": "eu_funding",
        "EU-medfinansieringssats / Union co-financing rate": "co_financing_rate",
        "Kontraktansvarlig partner / Beneficiary name": "name", "Bynavn / City name": "town",
        "Land / Country": "country", "Partere / Project partners": "name",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", REAL)
def test_the_guesses_for_real_files_are_sensible(shared: Path, name: str) -> None:
    found = fields_of(drafted(inspect_files([shared / "real" / name])))
    assert {header: found[header] for header in REAL[name]} == REAL[name]


def test_codes_that_are_passed_over_exist() -> None:
    from kg.sources.inspection.inspect import NOT_KNOWN

    assert set(CODES) >= NOT_KNOWN
