"""Numbers of a workbook with what their format shows beside them: currency, percent, zeros."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from kg.records import Project, Reading
from kg.sources import examine_inputs, read_input
from kg.sources.cell import Money, Number, packed_cell, unpacked_cell
from kg.sources.formats.number_formats import (
    PLAIN,
    ColumnFormats,
    NumberFormat,
    parse_number_format,
)


@pytest.mark.parametrize(
    ("code", "mark"),
    [
        ("#,##0.00 [$CHF]", "CHF"),
        ("#,##0.00 [$CHF-807]", "CHF"),
        ("[$Kč-405]#,##0", "Kč"),
        ('#,##0.00 "Kč"', "Kč"),
        ("#,##0.00\\ \\K\\č", "Kč"),
        ("[$£-809]#,##0.00;[Red]-[$£-809]#,##0.00", "£"),
        ("#,##0.00 [$€-407]", "€"),
        ("#,##0.00 €", "€"),
        ("$#,##0.00_);($#,##0.00)", "$"),
        ('#,##0.00" SFr."', "SFr."),
        (
            '_-* #,##0.00\\ [$CHF-807]_-;-* #,##0.00\\ [$CHF-807]_-;_-* "-"??\\ [$CHF-807]_-;_-@_-',
            "CHF",
        ),
        ('#,##0.0,,"M€"', "€"),
        ('0.0 "Mio. CHF"', "CHF"),
        ('[>=1000000]0.0,,"M€";0 "€"', "€"),
        ("[$₹-4009]#,##0", "₹"),  # of no currency that is known here, and of one for all that
    ],
)
def test_a_format_with_a_currency(code: str, mark: str) -> None:
    assert parse_number_format(code) == NumberFormat(mark)


@pytest.mark.parametrize(
    ("code", "percent"),
    [("0%", 2), ("0.00%", 2), ("0 %;[Red]-0 %", 2), ('0"%"', 0), ("0\\%", 0)],
)
def test_a_format_with_a_percent_sign(code: str, percent: int) -> None:
    assert parse_number_format(code) == NumberFormat(percent=percent)


@pytest.mark.parametrize("code", ["00000", "[$-407]00000", "00000;-00000", "00000_ "])
def test_a_format_of_zeros(code: str) -> None:
    assert parse_number_format(code) == NumberFormat(width=5)


@pytest.mark.parametrize(
    "code",
    [
        *("", "General", "#,##0.00", "@", ";;;", "0.00E+00", "[$-407]#,##0", '0 "ha"', "000-000"),
        *('"D-"00000', "[<=1]0%;0.0", '"All costs: "0', "0.0%%", '"' + 300 * "€" + '"0'),
    ],
)
def test_a_format_that_shows_nothing_but_a_number(code: str) -> None:
    assert parse_number_format(code) == PLAIN


@given(
    code=st.text(max_size=300) | st.text('0#?.,;%_*@"\\[$]-<1€CHF', max_size=40),
    value=st.floats() | st.integers(),
)
def test_any_format_and_any_number_give_a_cell(code: str, value: float) -> None:
    number = Number(value)
    cell = parse_number_format(code).shown(number)
    assert cell
    assert not isinstance(cell, Money) or cell.number == number


def test_what_is_shown_of_a_number() -> None:
    assert NumberFormat(percent=2).shown(Number("0.07")) == "7%"
    assert NumberFormat(percent=2).shown(Number("1")) == "100%"
    assert NumberFormat(percent=0).shown(Number("85")) == "85%"
    assert NumberFormat(width=5).shown(Number("1067")) == "01067"
    assert NumberFormat(width=5).shown(Number("123456")) == "123456"
    assert NumberFormat(width=5).shown(Number("-5")) == "-5"
    money = NumberFormat("CHF").shown(Number("1000.5"))
    assert isinstance(money, Money)
    assert (money, money.number, money.mark) == ("1000.5 CHF", "1000.5", "CHF")


def test_money_is_kept_in_a_temporary_file() -> None:
    data = msgspec.msgpack.encode([Money("5", "CHF"), "x"], enc_hook=packed_cell)
    cell, _ = msgspec.msgpack.decode(data, ext_hook=unpacked_cell)
    assert (type(cell), cell, cell.number, cell.mark) == (Money, "5 CHF", "5", "CHF")


def test_the_formats_of_a_column() -> None:
    column, percent = ColumnFormats(), NumberFormat(percent=2)
    for line, found in ((2, percent), (3, percent), (5, PLAIN), (6, percent)):
        column.note(line, found)
    assert [column.at(line) for line in (1, 2, 3, 5, 6, 9)] == [
        PLAIN, percent, percent, PLAIN, percent, percent,
    ]  # fmt: skip


# --- Workbooks ------------------------------------------------------------------

Cells = Sequence[object]


def workbook(**sheets: Sequence[Cells]) -> bytes:
    """A workbook; a cell that is a pair is a number and its format, or the id of a built-in one."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for line, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, tuple):
                    number, code = cell
                    sheet.write_number(line, column, number, book.add_format({"num_format": code}))
                elif cell is not None:
                    sheet.write(line, column, cell)
    book.close()
    return target.getvalue()


def test_cells_with_formats(cells: Callable[..., list[list[str | None]]]) -> None:
    rows = [
        [(1000.5, "#,##0.00 [$CHF]"), (0.85, "0%"), (1067, "00000"), (5, "#,##0")],
        [(1000.5, "#,##0.00"), 0.85, 1067, "x"],
        [(7, 7), (1, 9), (0.125, 10), (8, 44)],  # of the locale; percents; of the locale
        ["x", "85 %", "1067", (1000, "[$€-407]#,##0")],
    ]
    content = workbook(A=[["a", "b", "c", "d"], *rows])
    assert cells("a.xlsx", content)[1:] == [
        ["1000.5 CHF", "85%", "01067", "5"],
        ["1000.5", "0.85", "1067", "x"],
        ["7", "100%", "12.5%", "8"],
        ["x", "85 %", "1067", "1000 €"],
    ]


def test_a_row_of_money_is_no_header(cells: Callable[..., list[list[str | None]]]) -> None:
    money = (1000, "0 [$CHF]")
    content = workbook(A=[["Total"], [money, money, money], ["id", "title", "cost"], [1, 2, money]])
    assert cells("a.xlsx", content)[0] == ["id", "title", "cost"]


PARTNERS = [["project_id", "name", "country", "postcode"], ["P1", "Uni Wien", "AT", "1010"]]


def read_workbook(path: Path, projects: Sequence[Cells], partners: Sequence[Cells] = PARTNERS):
    path.write_bytes(workbook(projects=projects, partners=partners))
    (item,) = examine_inputs([path]).items
    return list(read_input(item))


def project_of(readings: Sequence[Reading]) -> Project:
    (project,) = [r.project for r in readings if r.project is not None]
    return project


def problems_of(readings: Sequence[Reading]) -> list[tuple[str, str | None]]:
    return [(p.code, p.value) for r in readings for p in r.problems]


@pytest.mark.parametrize("code", ["#,##0.00 [$€-407]", "#,##0.00 €", '0.00 "EUR"', 44, "#,##0"])
def test_an_amount_in_the_currency_of_the_record(tmp_path: Path, code: str) -> None:
    head = ["project_id", "programme", "title", "total_budget"]
    found = read_workbook(
        tmp_path / "a.xlsx", [head, ["P1", "Alpine Space", "One", (1234.5, code)]]
    )
    assert project_of(found).total_budget == Decimal("1234.5")
    assert problems_of(found) == []


@pytest.mark.parametrize(
    ("code", "mark"),
    [("#,##0.00 [$CHF]", "CHF"), ("[$Kč-405]0", "Kč"), ('0 "Kč"', "Kč"), ("[$₹-4009]0", "₹")],
)
def test_an_amount_in_another_currency_is_told_as_a_text_would_be(
    tmp_path: Path, code: str, mark: str
) -> None:
    head = ["project_id", "programme", "title", "total_budget", "erdf"]
    row = ["P1", "Alpine Space", "One", (1234.567, code), 500]
    found = read_workbook(tmp_path / "a.xlsx", [head, row])
    project = project_of(found)
    assert (project.total_budget, project.erdf) == (None, 500)
    assert problems_of(found) == [("amount-currency", f"1234.567 {mark}")]


def test_a_format_with_a_currency_says_nothing_of_other_fields(tmp_path: Path) -> None:
    head = ["project_id", "programme", "title", "partner_count"]
    row = ["P1", "Alpine Space", "One", (1, "0 €")]
    found = read_workbook(tmp_path / "a.xlsx", [head, row])
    assert project_of(found).partner_count == 1


@pytest.mark.parametrize("other", ["85", 85, 0.85, (0.85, 9), "85 %"])
def test_a_rate_that_the_sheet_shows_in_percent(tmp_path: Path, other: object) -> None:
    head = ["project_id", "programme", "title", "co_financing_rate"]
    rows = [
        ["P1", "Alpine Space", "One", (1, "0%")],
        ["P2", "Alpine Space", "Two", (0.85, "0%")],
        ["P3", "Alpine Space", "Three", other],
    ]
    found = read_workbook(tmp_path / "a.xlsx", [head, *rows])
    rates = [r.project.co_financing_rate for r in found if r.project is not None]
    assert rates == [100, 85, 85]


def test_ids_and_postcodes_that_are_filled_up_with_zeros(tmp_path: Path) -> None:
    projects = [["project_id", "programme", "title"], [(7, "000"), "Alpine Space", "One"]]
    partners = [
        ["project_id", "name", "country", "postcode"],
        ["007", "TU Dresden", "DE", (1067, "00000")],
        [(7, "000"), "Uni Leipzig", "DE", (4109, "[$-407]00000")],
    ]
    found = read_workbook(tmp_path / "a.xlsx", projects, partners)
    project = project_of(found)
    assert project.project_id == "007"
    assert [partner.postcode for partner in project.partners] == ["01067", "04109"]
    assert problems_of(found) == []
