"""What holds for layouts of any kind: a bad record harms no other one, and nothing is lost."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.pipeline import build
from kg.problems import KgError
from kg.settings import Settings

pytestmark = pytest.mark.slow

QUICK = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
Rows = list[list[str]]


class Record(NamedTuple):
    """A project as a source states it, and its partners: name, country and budget."""

    code: str
    programme: str
    title: str
    start: str
    partners: list[list[str]]

    @property
    def own(self) -> list[str]:
        return [self.code, self.programme, self.title, self.start]


OWN = ["code", "programme", "title", "start"]
PARTNER = ["partner", "country", "budget"]
CLEAN = [
    Record("X1", "Prog", "One", "2021-02-01",
           [["Town of A", "AT", "1500.25"], ["Town of B", "IT", "2500.75"]]),
    Record("X2", "Prog", "Two", "2021-03-01", [["Town of A", "AT", "100.10"]]),
]  # fmt: skip

FIELDS = {"code": "project_id", "title": "title", "programme": "programme", "start": "start_date",
          "partner": "name", "country": "country", "budget": "partner_budget"}  # fmt: skip


def columns(*names: str, header: str = "{}", left_out: str = "") -> str:
    stated = [f'{{ header = ["{header.format(n)}"], field = "{FIELDS[n]}" }}' for n in names
              if n != left_out]  # fmt: skip
    return f"columns = [{', '.join(stated)}]\n"


HEAD = 'name = "it"\ntitle = "It"\npartner_list = "partial"\n'
PROJECTS = '[[tables]]\nholds = "projects"\n'
PARTNERS = '[[tables]]\nholds = "partners"\n'
BLOCK = "[[tables.partners]]\n"
TWO_TABLES = HEAD + PROJECTS + columns(*OWN) + PARTNERS + columns("code", *PARTNER)


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8", "surrogatepass")


def two_tables(records: Sequence[Record]) -> dict[str, bytes]:
    partners = [[r.code, *partner] for r in records for partner in r.partners]
    return {
        "projects.csv": as_csv([OWN, *(r.own for r in records)]),
        "partners.csv": as_csv([["code", *PARTNER], *partners]),
    }


def numbered(records: Sequence[Record]) -> dict[str, bytes]:
    header = OWN + [f"{name} {n}" for n in (1, 2) for name in PARTNER]
    rows = [
        r.own + [cell for n in (0, 1) for cell in (r.partners[n : n + 1] or [[""] * 3])[0]]
        for r in records
    ]
    return {"rows.csv": as_csv([header, *rows])}


def filled_down(records: Sequence[Record]) -> dict[str, bytes]:
    rows = [
        [*(r.own if n == 0 else [""] * 4), *partner]
        for r in records
        for n, partner in enumerate(r.partners)
    ]
    return {"rows.csv": as_csv([[*OWN, *PARTNER], *rows])}


def keyed(records: Sequence[Record]) -> dict[str, bytes]:
    rows = [[*r.own[1:], *partner] for r in records for partner in r.partners]
    return {"rows.csv": as_csv([[*OWN[1:], *PARTNER], *rows])}


def nested(records: Sequence[Record]) -> dict[str, bytes]:
    found = [
        dict(zip(OWN, r.own, strict=True))
        | {"partners": [dict(zip(PARTNER, p, strict=True)) for p in r.partners]}
        for r in records
    ]
    return {"a.json": json.dumps(found).encode()}


def columnar(records: Sequence[Record]) -> dict[str, bytes]:
    rows = [r.own + [";".join(p[n] for p in r.partners) for n in range(3)] for r in records]
    table = zip([*OWN, *PARTNER], zip(*rows, strict=True), strict=True)
    return {"a.json": json.dumps({name: list(cells) for name, cells in table}).encode()}


def workbook(records: Sequence[Record]) -> dict[str, bytes]:
    stream = io.BytesIO()
    partners = [[r.code, *partner] for r in records for partner in r.partners]
    with xlsxwriter.Workbook(stream) as book:
        for rows in ([OWN, *(r.own for r in records)], [["code", *PARTNER], *partners]):
            sheet = book.add_worksheet()
            for line, row in enumerate(rows):
                for column, text in enumerate(row):
                    sheet.write_string(line, column, text.encode("utf-8", "replace").decode())
    return {"a.xlsx": stream.getvalue()}


LAYOUTS: dict[str, tuple[Callable[[Sequence[Record]], dict[str, bytes]], str]] = {
    "two tables": (two_tables, TWO_TABLES),
    "workbook": (workbook, TWO_TABLES),
    "nested": (nested, TWO_TABLES),
    "numbered": (numbered, HEAD + PROJECTS + columns(*OWN) + BLOCK
                 + columns(*PARTNER, header="{} {{n}}")),
    "filled down": (filled_down, HEAD + PARTNERS + "fill_down = true\n"
                    + columns(*OWN, *PARTNER)),
    "keyed": (keyed, HEAD + '[key]\nproject_id = ["programme", "title"]\n' + PARTNERS
              + columns(*OWN, *PARTNER, left_out="code")),
    "columnar": (columnar, HEAD + PROJECTS + columns(*OWN) + BLOCK + 'separator = ";"\n'
                 + columns(*PARTNER)),
}  # fmt: skip

WORDS = ["", " ", "X1-1", "Prog", "AT", "2021-02-01", "31.02.2021", "1.234,50", "999", "a;b;c", ";",
         "\u202e", "ja", "LP", "-", "EUR", "text \x00", "é" * 3, "1e5", "2 x 2", "../x", "#REF!",
         "a@example.org", "=1+1", "\ud800", '"', "Town of A", "town of a"]  # fmt: skip
cell = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))
bad_record = st.builds(
    lambda own, partners: Record("X9", *own, partners),
    st.lists(cell, min_size=3, max_size=3),
    st.lists(st.lists(cell, min_size=3, max_size=3), min_size=1, max_size=2),
)


class Built(NamedTuple):
    """What a build makes of records: statements about those that are clean, cells, problems."""

    clean: list[str]
    cells: int
    codes: list[str]


def built(records: Sequence[Record], layout: str) -> Built | None:
    """Build records in a layout; None stands for a file that cannot be used."""
    write, profile = LAYOUTS[layout]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "profile.toml")
        path.write_text(profile, encoding="utf-8")
        sources = Path(folder, "in")
        sources.mkdir()
        for name, content in write(records).items():
            (sources / name).write_bytes(content)
        try:
            result = build([sources], Path(folder, "o"), Settings(profiles=(str(path),)), workers=1)
        except KgError as error:
            assert error.exit_status == 2  # noqa: PT017
            return None
        graph = (result.output / "graph.nt").read_text("utf-8").splitlines()
        codes = [problem.code for problem in result.problems()]
    ids = ("prog-one-", "prog-two-") if layout == "keyed" else ("X1", "X2")
    starts = tuple(f"<https://w3id.org/interreg-kg/{kind}/{one}" for one in ids
                   for kind in ("project", "participation"))  # fmt: skip
    clean = [line for line in graph if line.startswith(starts) and "/source/" not in line]
    ledger = result.manifest.ledger.values()
    cells = sum(sum(c.values()) for table in ledger for c in table.values())
    return Built(clean, cells, codes)


def stated_cells(records: Sequence[Record], layout: str) -> int:
    """Count the cells that are not blank in what is written of records."""
    files = (two_tables if layout == "workbook" else LAYOUTS[layout][0])(records)
    return sum(map(count, files.items()))


def count(file: tuple[str, bytes]) -> int:
    name, content = file
    text = content.decode("utf-8", "surrogatepass")
    if name.endswith(".csv"):
        rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
        return sum(bool(cell.strip()) for row in rows for cell in row)
    return count_values(json.loads(text))


def count_values(value: object) -> int:
    if isinstance(value, str):
        return bool(value.strip())
    inside = value.values() if isinstance(value, dict) else value
    return sum(map(count_values, inside))  # type: ignore[call-overload]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_clean_records_are_published(layout: str) -> None:
    found = built(CLEAN, layout)
    assert found is not None
    projects = [line for line in found.clean if line.endswith("#Project> .")]
    participations = [line for line in found.clean if line.endswith("#Membership> .")]
    assert (len(projects), len(participations)) == (2, 3)


@pytest.mark.parametrize("layout", LAYOUTS)
@QUICK
@given(bad=bad_record, at=st.integers(0, 2))
def test_a_bad_record_changes_nothing_of_the_others(layout: str, bad: Record, at: int) -> None:
    every = [*CLEAN[:at], bad, *CLEAN[at:]]
    beside, alone = built(every, layout), built(CLEAN, layout)
    assert alone is not None
    if beside is not None:
        assert beside.clean == alone.clean
        assert beside.cells == stated_cells(every, layout)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_project_of_more_partners_than_there_can_be_is_held_back_alone(
    layout: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.sources.tables.row_groups.MOST_PARTNERS", 4)
    monkeypatch.setattr("kg.sources.tables.partners.MOST_PARTNERS", 4)
    many = [[f"Town {n}", "AT", "1.25"] for n in range(6)]
    every = [CLEAN[0], Record("X9", "Prog", "Many", "2021-02-01", many), CLEAN[1]]
    beside, alone = built(every, layout), built(CLEAN, layout)
    assert beside is not None
    assert alone is not None
    assert beside.clean == alone.clean
    if layout != "numbered":  # which has no more columns than it has
        assert beside.codes.count("partners-too-many") == 1
        assert beside.cells == stated_cells(every, layout)
