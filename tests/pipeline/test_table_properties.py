"""What holds for any table: nothing lost, no record harms another, the order changes nothing."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.pipeline import build
from kg.problems import KgError
from kg.settings import Settings

pytestmark = pytest.mark.slow

QUICK = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
Rows = list[list[str]]

PROFILES = {
    "rows of partners": """
        name = "rows"
        title = "One row a partner"
        partner_list = "partial"
        [[tables]]
        holds = "partners"
        columns = [
            { header = ["code"], field = "project_id", required = true },
            { header = ["programme"], field = "programme" },
            { header = ["title"], field = "title", required = true },
            { header = ["start"], field = "start_date" },
            { header = ["partner"], field = "name", required = true },
            { header = ["country"], field = "country" },
            { header = ["budget"], field = "partner_budget" },
            { header = ["note"], ignore = "not public" },
        ]
        """,
    "lists": """
        name = "lists"
        title = "One row a project, partners in lists"
        partner_list = "partial"
        [[tables]]
        holds = "projects"
        columns = [
            { header = ["code"], field = "project_id", required = true },
            { header = ["programme"], field = "programme" },
            { header = ["title"], field = "title", required = true },
            { header = ["start"], field = "start_date" },
            { header = ["note"], ignore = "not public" },
        ]
        [[tables.partners]]
        separator = ";"
        columns = [
            { header = ["partner"], field = "name", required = true },
            { header = ["country"], field = "country" },
            { header = ["budget"], field = "partner_budget" },
        ]
        """,
}
HEADER = ["code", "programme", "title", "start", "partner", "country", "budget", "note"]
CLEAN = {
    "rows of partners": [
        ["X1", "Prog", "One", "2021-02-01", "Town of A", "AT", "1500.25", "a"],
        ["X1", "Prog", "One", "2021-02-01", "Town of B", "IT", "2500.75", ""],
        ["X2", "Prog", "Two", "2021-03-01", "Town of A", "AT", "100.10", "b"],
    ],
    "lists": [
        ["X1", "Prog", "One", "2021-02-01", "Town of A;Town of B", "AT;IT", "1500.25;2500.75", "a"],
        ["X2", "Prog", "Two", "2021-03-01", "Town of A;Town of C", "AT;SI", "100.10;7.50", "b"],
    ],
}
WORDS = ["", " ", "X9", "Prog", "AT", "2021-02-01", "31.02.2021", "1.234,50", "999", "a;b;c", ";",
         "\u202e", "ja", "LP", "-", "EUR", "text \x00", "é" * 3, "1e5", "2 x 2"]  # fmt: skip


def build_rows(rows: Sequence[Sequence[str]], layout: str) -> tuple[dict[str, object], list[str]]:
    """Build a table of these rows; return the manifest's ledger and the lines of the graph."""
    with tempfile.TemporaryDirectory() as folder:
        profile, source = Path(folder, "profile.toml"), Path(folder, "input.csv")
        profile.write_text(PROFILES[layout], encoding="utf-8")
        text = io.StringIO(newline="")
        csv.writer(text).writerows([HEADER, *rows])
        source.write_bytes(text.getvalue().encode("utf-8", "surrogatepass"))
        try:
            result = build(
                [source], Path(folder, "o"), Settings(profiles=(str(profile),)), workers=1
            )
        except KgError as error:
            return {"refused": error.exit_status}, []
        graph = (result.output / "graph.nt").read_text("utf-8").splitlines()
        return dict(result.manifest.ledger["input.csv"]), graph


def of_project(lines: Sequence[str], project: str) -> list[str]:
    """Return the statements about a project and its partners, without the row they stand in."""
    starts = tuple(f"<https://w3id.org/interreg-kg/{kind}/{project}" for kind in
                   ("project", "participation"))  # fmt: skip
    return [line for line in lines if line.startswith(starts) and "wasDerivedFrom" not in line]


def cells_of(rows: Sequence[Sequence[str]]) -> int:
    return sum(bool(cell.strip()) for row in rows for cell in row)


def total(ledger: dict[str, object]) -> int:
    return sum(sum(counts.values()) for counts in ledger.values() if isinstance(counts, dict))


cell = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))
damaged_row = st.lists(cell, min_size=len(HEADER), max_size=len(HEADER))


@pytest.mark.parametrize("layout", PROFILES)
@QUICK
@given(rows=st.lists(damaged_row, max_size=4))
def test_every_cell_is_mapped_ignored_or_rejected(layout: str, rows: Rows) -> None:
    every = [*CLEAN[layout], *rows]
    ledger, _ = build_rows(every, layout)
    if "refused" not in ledger:
        assert total(ledger) == cells_of(every)


@pytest.mark.parametrize("layout", PROFILES)
@QUICK
@given(row=damaged_row, at=st.integers(0, 3))
def test_a_bad_row_never_changes_what_is_published_of_another_project(
    layout: str, row: list[str], at: int
) -> None:
    row[0] = "X9"
    alone = build_rows(CLEAN[layout], layout)[1]
    rows = [*CLEAN[layout][:at], row, *CLEAN[layout][at:]]
    ledger, beside = build_rows(rows, layout)
    if "refused" in ledger:
        return
    for project in ("X1", "X2"):
        assert of_project(beside, project) == of_project(alone, project)


@pytest.mark.parametrize("layout", PROFILES)
@QUICK
@given(order=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(layout: str, order: object) -> None:
    rows = [*CLEAN[layout], ["X1", "Prog", "One", "2021-02-01", "Town of A", "AT", "3.00", ""]]
    if layout == "lists":
        rows = CLEAN[layout][:]
    alone = build_rows(rows, layout)[1]
    order.shuffle(rows)  # type: ignore[attr-defined]
    shuffled = build_rows(rows, layout)[1]
    for project in ("X1", "X2"):
        assert sorted(of_project(shuffled, project)) == sorted(of_project(alone, project))
