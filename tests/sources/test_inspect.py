"""Files that nobody has seen: what is guessed of them, and that a draft can be used as it is."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import xlsxwriter

from kg.problems import CODES, Level
from kg.records import Reading
from kg.sources import examine_inputs, read_input
from kg.sources.inspection import Draft, Inspection, inspect_files, render_draft
from kg.sources.inspection.words import read_header
from kg.sources.layouts import parse_profile

NAMES = [
    "Universität Wien",
    "Città di Trieste",
    "Région Grand Est",
    "Miasto Kraków",
    "Aarhus Kommune",
    "Region Skåne",
    "Diputación de Huesca",
    "Město Brno",
    "Gemeente Venlo",
    "Občina Koper",
    "Grad Rijeka",
    "Győr Város",
]
TOWNS = ["Wien", "Trieste", "Metz", "Kraków", "Aarhus", "Malmö", "Huesca", "Brno", "Venlo", "Koper"]
COUNTRIES = ["AT", "IT", "FR", "PL", "DK", "SE", "ES", "CZ", "NL", "SI"]
TEXT = (
    "Das Projekt stärkt die Zusammenarbeit der Regionen und ist mit den Zielen für eine grüne "
    "Wirtschaft verbunden, die von allen Partnern getragen werden. "
)


def comma(number: int) -> str:
    """Write an amount with a decimal comma: 1.234.567,00."""
    return f"{number:,}".replace(",", ".") + ",00"


class Facts(dict[str, str]):
    """The facts of an invented project, and those of its partners; the first one leads it."""

    def __init__(self, n: int) -> None:
        chosen = random.Random(n)
        super().__init__(
            id=f"PR{n:03}",
            acronym=f"ALPHA{n}",
            title=f"Cooperation across borders number {n}",
            start=f"{n % 28 + 1:02}.{n % 12 + 1:02}.2018",
            end=f"{n % 28 + 1:02}.{n % 12 + 1:02}.2021",
            total=comma(1_000_000 + 12_345 * n),
            erdf=comma(850_000 + 1_234 * n),
            text=TEXT + str(n),
            programme="Interreg Alpenraum",
        )
        at = [chosen.randrange(len(COUNTRIES)) for _ in range(2 + n % 4)]
        self.partners = [
            {
                "name": f"{chosen.choice(NAMES)} {n}-{k}",
                "town": TOWNS[place],
                "country": COUNTRIES[place],
                "postcode": f"{chosen.randint(10000, 99999)}",
                "budget": comma(chosen.randint(10_000, 900_000)),
            }
            for k, place in enumerate(at)
        ]


PROJECTS = [Facts(n) for n in range(1, 31)]


def table(header: Iterable[str], rows: list[list[str | None]], separator: str = ";") -> str:
    """Write a table as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([list(header), *rows])
    return text.getvalue()


Columns = dict[str, str | None]
"""The columns of an invented layout, each with the field that is to be guessed for it."""


def columns(text: str) -> Columns:
    """Return the columns that a text names, as ``header=field``; without a field it is personal."""
    pairs = (entry.strip().partition("=") for entry in text.split("|"))
    return {header: field or None for header, _, field in pairs}


def german_partner_rows() -> tuple[str, Columns]:
    stated = columns(
        "Projektnummer=project_id|Akronym=acronym|Projekttitel=title|Programm=programme|"
        "Projektbeginn=start_date|Projektende=end_date|Gesamtbudget (EUR)=total_budget|"
        "EFRE-Mittel=erdf|Kurzbeschreibung=description|Partnername=name|Partnerrolle=role|"
        "PLZ=postcode|Ort=town|Land=country|Budget des Partners=partner_budget|Ansprechpartner=|"
        "E-Mail="
    )
    rows = [
        [*map(p.get, ("id", "acronym", "title", "programme", "start", "end")),
         *map(p.get, ("total", "erdf", "text")),
         x["name"], "Projektpartner" if k else "Leadpartner",
         *map(x.get, ("postcode", "town", "country", "budget")), "Erika Muster", "e@example.org"]
        for p in PROJECTS for k, x in enumerate(p.partners)
    ]  # fmt: skip
    return table(stated, rows), stated


def french_lead_partners() -> tuple[str, Columns]:
    stated = columns(
        "N° du projet=project_id|Acronyme=acronym|Intitulé du projet=title|Programme=programme|"
        "Chef de file=name|Ville=town|Code postal=postcode|Date de début=start_date|"
        "Date de fin=end_date|Coût total=total_budget|Montant FEDER=erdf|"
        "Résumé du projet=description|Courriel du contact="
    )
    return table(stated, [
        [*map(p.get, ("id", "acronym", "title", "programme")),
         *map(p.partners[0].get, ("name", "town", "postcode")),
         *map(p.get, ("start", "end", "total", "erdf", "text")), "a@example.org"]
        for p in PROJECTS
    ]), stated  # fmt: skip


def italian_lists() -> tuple[str, Columns]:
    stated = columns(
        "Codice progetto=project_id|Acronimo=acronym|Titolo del progetto=title|Programma=programme|"
        "Beneficiari=name|Paese=country|Città=town|Data di inizio=start_date|Data di fine=end_date|"
        "Costo totale=total_budget|Contributo FESR=erdf"
    )
    return table(stated, [
        [*map(p.get, ("id", "acronym", "title", "programme")),
         *("; ".join(x[key] for x in p.partners) for key in ("name", "country", "town")),
         *map(p.get, ("start", "end", "total", "erdf"))]
        for p in PROJECTS
    ], "\t"), stated  # fmt: skip


def english_numbered() -> tuple[str, Columns]:
    own = columns(
        "Project ID=project_id|Project name=title|Programme=programme|Start date=start_date|"
        "End date=end_date|Total budget=total_budget"
    )
    kinds = ("name", "country", "town")
    header = [*own, *(f"Partner {k} {kind}" for k in range(1, 6) for kind in kinds)]
    rows = [
        [*map(p.get, ("id", "title", "programme", "start", "end", "total")),
         *(x[kind] for x in p.partners for kind in kinds), *[""] * 3 * (5 - len(p.partners))]
        for p in PROJECTS
    ]  # fmt: skip
    return table(header, rows, ","), own | {f"Partner {{n}} {kind}": kind for kind in kinds}


def polish_without_ids() -> tuple[str, Columns]:
    stated = columns(
        "Tytuł projektu=title|Nazwa programu=programme|Nazwa beneficjenta=name|"
        "Data rozpoczęcia=start_date|Data zakończenia=end_date|Wartość projektu=total_budget|"
        "Dofinansowanie UE=eu_funding|Opis projektu=description"
    )
    return table(stated, [
        [p["title"], p["programme"], p.partners[0]["name"],
         *map(p.get, ("start", "end", "total", "erdf", "text"))]
        for p in PROJECTS
    ]), stated  # fmt: skip


def swedish_filled_down() -> tuple[str, Columns]:
    stated = columns(
        "Projektnummer=project_id|Projektnamn=title|Program=programme|Startdatum=start_date|"
        "Slutdatum=end_date|Total budget=total_budget|Organisationsnamn=name|Postnummer=postcode|"
        "Ort=town|Land=country"
    )
    own = ("id", "title", "programme", "start", "end", "total")
    rows = [
        [*([""] * 6 if k else map(p.get, own)),
         *map(x.get, ("name", "postcode", "town", "country"))]
        for p in PROJECTS for k, x in enumerate(p.partners)
    ]  # fmt: skip
    rows.append(["Totalt", "", "", "", "", comma(99_000_000), "", "", "", ""])
    return table(stated, rows), stated


def czech_partner_rows() -> tuple[str, Columns]:
    stated = columns(
        "Registrační číslo projektu=project_id|Název projektu=title|Program=programme|"
        "Datum zahájení realizace projektu=start_date|Datum ukončení realizace projektu=end_date|"
        "Celkové způsobilé výdaje=total_budget|Název partnera=name|Role partnera=role|Obec=town|"
        "PSČ=postcode|Stát=country"
    )
    rows = [
        [*map(p.get, ("id", "title", "programme", "start", "end", "total")), x["name"],
         "Partner" if k else "Vedoucí partner", *map(x.get, ("town", "postcode", "country"))]
        for p in PROJECTS for k, x in enumerate(p.partners)
    ]  # fmt: skip
    return table(stated, rows), stated


def spanish_projects() -> tuple[str, Columns]:
    stated = columns(
        "Código=project_id|Acrónimo=acronym|Título=title|Programa=programme|"
        "Beneficiario principal=name|País=country|Fecha de inicio=start_date|"
        "Fecha de finalización=end_date|Coste total subvencionable=total_budget|Ayuda FEDER=erdf|"
        "Teléfono="
    )
    return table(stated, [
        [*map(p.get, ("id", "acronym", "title", "programme")),
         *map(p.partners[0].get, ("name", "country")),
         *map(p.get, ("start", "end", "total", "erdf")), "+34 974 112 233"]
        for p in PROJECTS
    ]), stated  # fmt: skip


def dutch_projects() -> tuple[str, Columns]:
    stated = columns(
        "Projectnummer=project_id|Projectnaam=title|Programma=programme|Begindatum=start_date|"
        "Einddatum=end_date|Totale kosten=total_budget|EFRO-bijdrage=erdf|Samenvatting=description|"
        "Naam begunstigde=name|Postcode=postcode|Plaats=town"
    )
    return table(stated, [
        [*map(p.get, ("id", "title", "programme", "start", "end", "total", "erdf", "text")),
         *map(p.partners[0].get, ("name", "postcode", "town"))]
        for p in PROJECTS
    ]), stated  # fmt: skip


Layout = Callable[[], tuple[str, Columns]]
LAYOUTS: list[Layout] = [
    german_partner_rows,
    french_lead_partners,
    italian_lists,
    english_numbered,
    polish_without_ids,
    swedish_filled_down,
    czech_partner_rows,
    spanish_projects,
    dutch_projects,
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
    (item,) = examine_inputs([path], [str(profile)]).items
    readings = list(read_input(item))
    problems = [p for r in readings for p in r.problems]
    assert [str(p) for p in problems if p.level >= Level.FIELD] == []
    projects = [r.project for r in readings if r.project is not None]
    assert len(projects) == len(PROJECTS)
    assert all(p.title is not None and p.start_date and p.total_budget for p in projects)
    whole = PARTNER_ROWS | {italian_lists, english_numbered}
    for facts, made in zip(PROJECTS, projects, strict=True):
        assert len(made.partners) == (len(facts.partners) if layout in whole else 1)


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
        "Code;Title;Start date;Total cost\n"
        "A1;One;31/01/2020;1.234,50\n"
        "A2;Two;01/31/2020;1,234.50\n",
        encoding="utf-8",
    )
    text = render_draft(drafted(inspect_files([path])), ["mixed.csv"])
    assert (
        "contradictory: decimal comma: 1 value such as ‹1.234,50› at mixed.csv:2:4; decimal point: "
    )
    assert "‹1,234.50› at mixed.csv:3:4" in text
    assert "the day first: 1 value such as ‹31/01/2020› at mixed.csv:2:3; the month first" in text


def test_two_tables_are_joined_by_what_they_share(tmp_path: Path) -> None:
    own = columns("Projekt-ID=project_id|Titel=title|Programm=programme|Beginn=start_date")
    theirs = columns("Projekt-ID=project_id|Name der Organisation=name|Land=country")
    one, two = tmp_path / "projekte.csv", tmp_path / "partner.csv"
    rows = [[*map(p.get, ("id", "title", "programme", "start"))] for p in PROJECTS]
    one.write_text(table(own, rows), encoding="utf-8")
    rows = [[p["id"], x["name"], x["country"]] for p in PROJECTS for x in p.partners]
    two.write_text(table(theirs, rows), encoding="utf-8")
    found = inspect_files([one, two])
    draft = drafted(found)
    assert [t.holds for t in draft.tables] == ["projects", "partners"]
    assert [{c.header: c.field for c in t.columns} for t in draft.tables] == [own, theirs]
    profile = tmp_path / "my.toml"
    profile.write_text(render_draft(draft, found.files), encoding="utf-8")
    (item,) = examine_inputs([one, two], [str(profile)]).items
    made = [r.project for r in read_input(item) if r.project is not None]
    assert [len(p.partners) for p in made] == [len(p.partners) for p in PROJECTS]


LIST = "Projekttitel;Programm;Projektbeginn;Projektende;Kosten;Begünstigter;Land"


def listed(first: int, number: int) -> list[list[str]]:
    """Return rows of a list of projects, whose start dates are those of any other such list."""
    return [LIST.split(";")] + [
        [f"Projekt {n}", "Alpenraum", f"{n - first + 1:02}.01.2018", "31.12.2022",
         f"{n}.500,00", f"Stadt {n}", "AT"]
        for n in range(first, first + number)
    ]  # fmt: skip


def book(path: Path, **sheets: list[list[str]]) -> Path:
    """Write a workbook with these sheets."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        for name, cells in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(cells):
                sheet.write_row(number, 0, row)
    return path


def readings(path: Path, text: str, *others: Path) -> list[Reading]:
    """Return what a drafted profile makes of files."""
    profile = path.with_name("my.toml")
    profile.write_text(text, encoding="utf-8")
    items = examine_inputs([path, *others], [str(profile)]).items
    return [reading for item in items for reading in read_input(item)]


def test_sheets_with_the_same_columns_are_one_layout(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", P14=listed(1, 9), P21=listed(50, 8), New=listed(90, 1))
    draft = drafted(inspect_files([path]))
    (table,) = draft.tables
    assert (table.holds, table.facts.row_count) == ("projects", 18)
    assert fields_of(draft)["Projektbeginn"] == "start_date"
    assert draft.key == ["title"]
    assert draft.remarks == []
    text = render_draft(draft, [path.name])
    assert 'sheet = ["P14", "P21", "New"]' in text
    made = [reading.project for reading in readings(path, text) if reading.project]
    assert len(made) == 18


def test_files_with_the_same_columns_are_one_layout(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("\n".join(map(";".join, listed(1, 4))), encoding="utf-8")
    two.write_text("\n".join(";".join(row[::-1]) for row in listed(50, 3)), encoding="utf-8")
    draft = drafted(inspect_files([one, two]))
    assert draft.remarks == []
    text = render_draft(draft, ["one.csv", "two.csv"])
    assert "# 7 rows. They are projects" in text
    assert "decimal comma: 7 values such as ‹1.500,00›" in text
    made = [reading.project for reading in readings(one, text, two) if reading.project]
    assert len(made) == 7


def test_a_file_with_another_column_is_read_all_the_same(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("\n".join(map(";".join, listed(1, 4))), encoding="utf-8")
    two.write_text("\n".join(";".join([*row, "x"]) for row in listed(50, 3)), encoding="utf-8")
    draft = drafted(inspect_files([one, two]))
    assert draft.remarks == [
        "The table ‹two.csv› is read by this draft too, but for its columns ‹x›."
    ]
    text = render_draft(draft, ["one.csv", "two.csv"])
    made = [reading.project for reading in readings(one, text, two) if reading.project]
    assert len(made) == 7


def test_a_sheet_of_the_layout_that_no_profile_names_is_warned_of(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", P14=listed(1, 9), P21=listed(50, 8))
    text = render_draft(drafted(inspect_files([path])), [path.name])
    book(
        path, P14=listed(1, 9), P21=listed(50, 8), P28=listed(90, 4), Notes=[["a", "b"], ["c", "d"]]
    )
    told = [p for reading in readings(path, text) for p in reading.problems]
    unread = {p.place.sheet: p for p in told if p.code == "table-unread"}
    assert (unread["P28"].level, unread["Notes"].level) == (Level.WARNING, Level.NOTE)
    assert "has the columns of the layout ‹a›, which names other sheets" in unread["P28"].message


@pytest.mark.parametrize("shared_column", ["Start date", "Programme", "Total budget", "Country"])
def test_what_names_no_project_joins_no_tables(tmp_path: Path, shared_column: str) -> None:
    value = {"Start date": "0{}.01.2018", "Programme": "Programme {}", "Total budget": "1{}.000,00",
             "Country": "AT BE CZ DE ES FI"}[shared_column]  # fmt: skip
    values = value.split() if shared_column == "Country" else [value.format(n) for n in range(1, 7)]
    projects = tmp_path / "projects.csv"
    projects.write_text(f"{shared_column};Acronym\n" + "".join(
        f"{value};ALPHA{n}\n" for n, value in enumerate(values)), encoding="utf-8")  # fmt: skip
    partners = tmp_path / "partners.csv"
    partners.write_text(f"{shared_column};Partner name\n" + "".join(
        f"{value};Town of {n}\n" for n, value in enumerate(values)), encoding="utf-8")  # fmt: skip
    draft = drafted(inspect_files([projects, partners]))
    assert len(draft.tables) == 1
    assert fields_of(draft)[shared_column] != "project_id"


def repeating(starts: Callable[[int, int], str]) -> str:
    """Return 17 rows of partners of 7 projects, the start date by project and row."""
    rows = [(n, k) for n in range(1, 8) for k in range(3 if n < 4 else 2)]
    return "Projekt;Titel;Beginn;Rolle;Partnername\n" + "".join(
        f"P{n};Titel {n};{starts(n, k)};{'PP' if k else 'LP'};Stadt {n}{k}\n" for n, k in rows
    )


def test_a_slip_in_one_project_does_not_make_its_rows_projects(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        repeating(lambda n, k: f"0{9 if (n, k) == (3, 1) else n}.03.2020"), encoding="utf-8"
    )
    draft = drafted(inspect_files([path]))
    assert draft.tables[0].holds == "partners"
    assert list(fields_of(draft).values()) == ["project_id", "title", "start_date", "role", "name"]
    (beginn,) = (c for c in draft.tables[0].columns if c.header == "Beginn")
    assert "differs within 14.3% of the projects with several rows" in beginn.remarks[-1]
    told = [p for r in readings(path, render_draft(draft, ["a.csv"])) for p in r.problems]
    assert [(p.code, p.record) for p in told] == [("project-contradiction", "P3")]


def test_rows_that_repeat_and_contradict_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    contradictory = repeating(lambda n, k: f"{n + k:02}.03.2020")
    path.write_text(
        "\n".join(
            ";".join(cell for n, cell in enumerate(line.split(";")) if n != 1)
            for line in contradictory.splitlines()
        ),
        encoding="utf-8",
    )
    (table,) = drafted(inspect_files([path])).tables
    assert table.holds == "projects"
    assert table.reason == (
        "‹Projekt› has 7 values in 17 rows, but of the 7 that repeat these differ: "
        "‹Beginn› within 7; check if they are partners"
    )


PARTNER_LIST = (
    "Projektnummer;Projekttitel;Partnernummer;Rolle;Partnername;Land\n"
    "P1;Eins;{0}1;LP;Stadt Wien;AT\nP1;Eins;{0}2;PP;Stadt Como;IT\nP2;Zwei;{1}1;LP;Stadt Linz;AT\n"
)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("", "", 'partner_ids = "local"  # ‹Partnernummer› has 2 values for 3 partners'),
        ("70", "80", 'partner_ids = "local"  # no id in ‹Partnernummer› begins with the id of its'),
        ("P1-", "P2-", None),
    ],
)
def test_ids_of_partners_that_begin_anew_in_each_project(
    tmp_path: Path, first: str, second: str, told: str | None
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(PARTNER_LIST.format(first, second), encoding="utf-8")
    text = render_draft(drafted(inspect_files([path])), [path.name])
    assert told in text if told else "partner_ids" not in text
    made = [reading.project for reading in readings(path, text) if reading.project]
    ids = [str(partner.partner_id) for project in made for partner in project.partners]
    assert [partner_id[:3] for partner_id in ids] == ["P1-", "P1-", "P2-"]


def test_partners_inside_projects_are_found_in_json(tmp_path: Path) -> None:
    path = tmp_path / "projekte.json"
    entries = [
        {
            "kod": p["id"],
            "nazev_projektu": p["title"],
            "datum_zahajeni": "2020-01-01",
            "partners": [{"nazev": x["name"], "zeme": x["country"]} for x in p.partners],
        }
        for p in PROJECTS
    ]
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
        ("Partner name (English)", "name_english"),
        ("Thematic priority", "thematic_objective"),
        ("Partner's ERDF/ENI/IPA co-financing (EUR)", "eu_funding"),
        ("Programme co-financing", "eu_funding"),
        ("No. of partners", "partner_count"),
        ("Duration to", "end_date"),
        ("address.zip", "postcode"),
        ("address.city", "town"),
        ("UID-Nummer", "organisation_id"),
    ],
)
def test_headers_are_read_in_the_languages_of_interreg(header: str, meaning: str) -> None:
    assert read_header(header)[0].meaning == meaning


def drafts(tmp_path: Path, header: str, row: Callable[[int], str], name: str = "a.csv") -> str:
    """Return the draft for a file of sixty rows."""
    path = tmp_path / name
    rows = [header, *(row(n) for n in range(1, 61))]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    text = render_draft(drafted(inspect_files([path])), [path.name])
    parse_profile(text, path.name)
    return text


def test_cells_with_several_fields_are_drafted_as_patterns(tmp_path: Path) -> None:
    text = drafts(
        tmp_path,
        "Projektnummer;Titel;Laufzeit;Leadpartner;Projektpartner",
        lambda n: (
            f"P{n};Title {n};01.0{n % 9 + 1}.2018 {'bis' if n % 2 else '–'} 28.02.2021;"
            f"Stadt {n}, Teil B (DE);Uni {n} (AT)|Ort {n}{' (SI)' if n % 9 else ''}"
        ),
    )
    assert (
        '{ header = ["Laufzeit"], pattern = ["{start_date} bis {end_date}", '
        '"{start_date} - {end_date}"] },'
    ) in text
    assert 'pattern = ["{name}, {town} ({country})", "{name} ({country})"] }' in text
    assert '{ header = ["Projektpartner"], pattern = ["{name} ({country})", "{name}"] }' in text
    assert "are read as a name alone, such as ‹Ort 9›" in text


@pytest.mark.parametrize(
    ("header", "cells", "pattern"),
    [
        ("PLZ / Ort", ["5020 Salzburg", "A-6900 Bregenz"], '"{postcode} {town}"'),
        ("Postal code / Town", ["5020, Salzburg", "31-004, Kraków"], '"{postcode}, {town}"'),
        ("Ort", ["Salzburg (5020)", "Linz an der Donau (4020)"], '"{town} ({postcode})"'),
        ("Postcode", ["2500 AB", "1011 CD"], None),
        ("PSČ", ["110 00", "602 00"], None),
    ],
)
def test_postcode_and_town_in_one_cell(
    tmp_path: Path, header: str, cells: list[str], pattern: str | None
) -> None:
    text = drafts(
        tmp_path,
        f"Projektnummer;Akronym;Rolle;Partnername;{header}",
        lambda n: f"P{n // 3};A{n // 3};{'PP' if n % 3 else 'LP'};Stadt {n};{cells[n % 2]}",
    )
    stated = f"pattern = {pattern}" if pattern else 'field = "postcode"'
    assert f'{{ header = ["{header}"], {stated} }}' in text


def test_a_postcode_with_a_space_beside_its_town_is_told(tmp_path: Path) -> None:
    text = drafts(
        tmp_path,
        "Projektnummer;Akronym;Rolle;Partnername;PLZ / Ort",
        lambda n: (
            f"P{n // 3};A{n // 3};{'PP' if n % 3 else 'LP'};Stadt {n};"
            f"{f'{5020 + n} Salzburg' if n > 1 else '110 00 Praha'}"
        ),
    )
    assert "1 other may be parted wrongly, such as ‹110 00 Praha›: check them" in text


def test_who_left_a_project_is_not_taken_for_a_partner(tmp_path: Path) -> None:
    text = drafts(
        tmp_path,
        "Code;Acronym;Role;Partner name;federal_state",
        lambda n: (
            f"P{n // 3};A{n // 3};{('Lead partner', 'Partner (withdrawn)', 'Partner 1')[n % 3]};"
            f"Town {n};{('Bayern', 'Hessen')[n % 2]}"
        ),
    )
    assert "roles that are not known: ‹Partner (withdrawn)›; add them to words" in text
    assert '"Partner (withdrawn)" =' not in text
    assert '{ header = ["federal_state"], field = "federal_state" }' in text


def test_what_stands_above_the_header_says_whose_a_column_is(tmp_path: Path) -> None:
    text = drafts(
        tmp_path,
        "Project;;;Lead partner;;Funding\nCode;Name;Start;Name;Country;ERDF",
        lambda n: f"P{n};Project {n} for all;0{n % 9 + 1}.05.2020;Town {n};AT;1.000,{n:02}",
    )
    assert '{ header = ["Project / Name"], field = "title" }' in text
    assert '{ header = ["Lead partner / Name"], field = "name" }' in text
    assert '{ header = ["Country"], field = "country" }' in text
    assert 'role = "lead"' in text


def test_few_cells_of_another_kind_do_not_decide(tmp_path: Path) -> None:
    text = drafts(
        tmp_path,
        "Nr;Code;Acronym;Title;Partner;Organisation;Country;Budget (1000 EUR);Rate;Total",
        lambda n: (
            f"{n};P{n // 3};AC{n // 3};Title {n // 3};{'Partner 2' if n % 3 else 'Lead'};Town {n};"
            f"{'6850' if n == 7 else 'Austria' if n % 2 else 'AT'};1{n:02},5;"
            f"{'85' if n == 9 else '0.85'};{'100 CHF' if n == 3 else f'1.200,{n:02}'}"
        ),
    )
    assert '{ header = ["Nr"], ignore = "a number that counts the rows" }' in text
    assert '{ header = ["Partner"], field = "role", words = { "Partner 2" = "PP" } }' in text
    assert '{ header = ["Organisation"], field = "name" }' in text
    assert '{ header = ["Country"], field = "country" }' in text
    assert 'field = "partner_budget", style = { scale = "1000" } }' in text
    assert 'style = { rate = "fraction" } }' in text
    assert 'currency = "EUR"' in text
    assert "fill_down" not in text


def test_a_column_in_another_currency_is_not_drafted(tmp_path: Path) -> None:
    text = drafts(
        tmp_path,
        "Code;Titel;Gesamtkosten (EUR);EFRE (EUR);Schweizer Mittel (CHF)",
        lambda n: f"P{n};Title {n};1.200,{n:02};600,{n:02};300,{n:02}",
    )
    assert 'currency = "EUR"  # columns name several: EUR by 2, CHF by 1; check' in text
    assert '"Schweizer Mittel (CHF)"], ignore = "in CHF; a record has one currency" }' in text


@pytest.mark.parametrize("code", ["CHF", "RSD", "MKD", "TRY", "UAH", "SEK"])
def test_a_column_of_currencies_is_known_by_their_codes(tmp_path: Path, code: str) -> None:
    text = drafts(
        tmp_path,
        "Code;Title;Total budget;Cur.",
        lambda n: f"P{n};Title {n};1.200,{n:02};{code if n % 2 else 'EUR'}",
    )
    assert '{ header = ["Cur."], field = "currency" }' in text


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Total budget (RSD)", "RSD"),
        ("Total budget in ₺", "TRY"),
        ("RSD total budget", "RSD"),
        ("TOTAL BUDGET FOR ALL", "EUR"),
    ],
)
def test_a_header_names_the_currency(tmp_path: Path, header: str, code: str) -> None:
    text = drafts(tmp_path, f"Code;Title;{header}", lambda n: f"P{n};Title {n};1.200,{n:02}")
    assert f'{{ header = ["{header}"], field = "total_budget" }}' in text
    assert f'currency = "{code}"' in text


def test_a_list_without_a_lead_partner_is_partial(tmp_path: Path) -> None:
    text = drafts(
        tmp_path, "Code;Title;Partner name;Country", lambda n: f"P{n // 3};T{n // 3};Town {n};AT"
    )
    assert 'partner_list = "partial"  # no column says who leads' in text


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
        "Operation code nr.": "project_id",
        "Acronym": "acronym",
        "Operation name": "title",
        "Summary": "description",
        "Start date": "start_date",
        "End date": "end_date",
        "Total of eligible expenditure": "total_budget",
        "ERDF expenditure allocated": "erdf",
        "Programme specific objective": "specific_objective",
        "Lead partner name": "name",
        "Lead partner location region": "region",
        "Country": "country",
    },
    "interregbarometern/strand-a.json": {
        "program": "programme",
        "projekttyp": "project_type",
        "startdatum": "start_date",
        "slutdatum": "end_date",
        "projektnamn": "title",
        "organisationsnamn": "name",
        "organisationsagande": "ownership",
        "organisationstyp": "organisation_type",
        "organisationsroll": "role",
        "nuts3": "nuts3",
        "nuts2": "nuts2",
        "partnerbudget": "partner_budget",
        "politisktmal": "policy_objective",
        "specifiktmal": "specific_objective",
        "id": None,
    },
    "denmark/erdf-denmark-2014-2020.csv": {
        "Projektitel / Operation name": "title",
        "Startdato / Operation start date": "start_date",
        "Budget / Budget": "total_budget",
        "EU-medfinansiering / Union co-financing": "eu_funding",
        "EU-medfinansieringssats / Union co-financing rate": "co_financing_rate",
        "Kontraktansvarlig partner / Beneficiary name": "name",
        "Bynavn / City name": "town",
        "Land / Country": "country",
        "Partere / Project partners": "name",
    },
}


@pytest.mark.parametrize("name", REAL)
def test_the_guesses_for_real_files_are_sensible(shared: Path, name: str) -> None:
    found = fields_of(drafted(inspect_files([shared / "real" / name])))
    assert {header: found[header] for header in REAL[name]} == REAL[name]


def test_codes_that_are_passed_over_exist() -> None:
    from kg.sources.inspection.inspect import NOT_KNOWN

    assert set(CODES) >= NOT_KNOWN


def test_what_formats_of_a_workbook_show_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Projects")
        francs, percent, zeros = (
            book.add_format({"num_format": code}) for code in ("#,##0.00 [$CHF]", "0%", "00000")
        )
        sheet.write_row(
            0, 0, ["Project number", "Project title", "Total budget", "Co-financing rate"]
        )
        sheet.write_row(0, 4, ["Partner", "Postcode"])
        for n, project in enumerate(PROJECTS, start=1):
            sheet.write_row(n, 0, [project["id"], project["title"]])
            sheet.write_number(n, 2, 100.125 + n, francs)
            sheet.write_number(n, 3, 0.85 if n % 2 else 1, percent)
            sheet.write_string(n, 4, project.partners[0]["name"])
            sheet.write_number(n, 5, 1067 + n, zeros)
    draft = drafted(inspect_files([path]))
    assert list(fields_of(draft).values()) == [
        "project_id", "title", "total_budget", "co_financing_rate", "name", "postcode",
    ]  # fmt: skip
    assert draft.values["currency"][0] == "CHF"
    text = render_draft(draft, ["a.xlsx"])
    assert "‹01068›" in text
    assert "in percent: 2 values with the sign" in text
    assert "cannot be read" not in text
