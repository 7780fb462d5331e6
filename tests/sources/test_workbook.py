"""XLSX as it comes: dates, numbers, formulas, merged cells, hidden sheets, and what is refused."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path

import msgspec
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.problems import InputError
from kg.sources import examine_inputs, read_input
from kg.sources.cell import Number, Unusable, packed_cell, unpacked_cell
from kg.sources.files import InputFile
from kg.sources.files.examination import examine
from kg.sources.formats.read import read_tables


def workbook(fill: Callable[..., None], **options: object) -> bytes:
    """A workbook with one sheet, ``Projects``, that ``fill`` writes to."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, options)
    fill(book, book.add_worksheet("Projects"))
    book.close()
    return target.getvalue()


def rows(*cells: list[object]) -> Callable[..., None]:
    def fill(book, sheet) -> None:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        for line, values in enumerate(cells):
            for column, value in enumerate(values):
                if isinstance(value, date | time):
                    sheet.write_datetime(line, column, value, day)
                elif value is not None:
                    sheet.write(line, column, value)

    return fill


def replaced(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its parts changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return target.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
PLAIN = workbook(rows(["id", "title"], ["A1", "One"]))


def test_cells_by_their_kinds(read) -> None:
    stated = [2521964, 0.85, 451412.01, 1e22, 1e-7, -5, True, " text ", date(2016, 11, 1)]
    content = workbook(rows([f"h{i}" for i in range(9)], stated))
    (table,) = read("a.xlsx", content)
    (row,) = table.rows()
    assert row.cells == [
        "2521964", "0.85", "451412.01", "10000000000000000000000", "0.0000001", "-5", "true",
        " text ", "2016-11-01",
    ]  # fmt: skip
    assert [type(cell) for cell in row.cells] == [Number] * 6 + [str] * 3
    assert (table.name, table.sheet, table.date_system) == ("Projects", "Projects", "1900")
    assert str(table.place(row, 1)) == "a.xlsx:Projects!B2"


def test_a_text_that_looks_like_a_date_stays_as_it_is(cells) -> None:
    assert cells("a.xlsx", workbook(rows(["start"], ["01.11.2016"])))[1] == ["01.11.2016"]


@pytest.mark.parametrize("system", ["1900", "1904"])
def test_dates_and_times(read, system: str) -> None:
    moments = [datetime(2016, 11, 1, 13, 5), datetime(2016, 11, 1), date(2019, 4, 30)]
    content = workbook(rows(["a", "b", "c"], moments), date_1904=system == "1904")
    (table,) = read("a.xlsx", content)
    (row,) = table.rows()
    assert row.cells == ["2016-11-01T13:05:00", "2016-11-01", "2019-04-30"]
    assert table.date_system == system


def test_a_table_that_begins_in_the_middle(read) -> None:
    def fill(book, sheet) -> None:
        sheet.write("B2", "List of operations")
        sheet.write_row("C5", ["id", "title", "total"])
        sheet.write_row("C6", ["A1", "One", 5])
        sheet.write_row("C9", ["A2", "Two", 6])

    (table,) = read("a.xlsx", workbook(fill))
    assert list(table.header) == ["id", "title", "total"]
    found = list(table.rows())
    assert [row.cells for row in found] == [["A1", "One", "5"], ["A2", "Two", "6"]]
    assert [str(table.place(row, 0)) for row in found] == [
        "a.xlsx:Projects!C6",
        "a.xlsx:Projects!C9",
    ]
    assert table.skipped == 1
    assert [str(problem.place) for problem in table.problems] == ["a.xlsx:Projects!row 2"]


def test_formulas_and_their_values(read) -> None:
    def fill(book, sheet) -> None:
        sheet.write_row("A1", ["a", "b", "c", "d", "e"])
        sheet.write_formula("A2", "=1+1", None, 2)
        sheet.write_formula("B2", '="x"', None, "x")
        sheet.write_formula("C2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("D2", "=A2*2")
        sheet.write_formula("E3", "=SUM(A2:A2)", None, "")

    (table,) = read("a.xlsx", workbook(fill))
    first, second = table.rows()
    assert first.cells == ["2", "x", "#DIV/0!", "=A2*2", None]
    assert second.cells == [None, None, None, None, "=SUM(A2:A2)"]
    unusable = [cell for cell in (*first.cells, *second.cells) if isinstance(cell, Unusable)]
    assert [cell.code for cell in unusable] == [
        "cell-error",
        "formula-no-value",
        "formula-no-value",
    ]
    data = msgspec.msgpack.encode(first.cells, enc_hook=packed_cell)
    assert (
        msgspec.msgpack.decode(data, ext_hook=unpacked_cell)[2].told
        == "The cell holds the error #DIV/0!."
    )


def test_a_formula_whose_value_is_an_empty_text(read) -> None:
    def fill(book, sheet) -> None:
        sheet.write_row("A1", ["a", "b"])
        sheet.write_row("A2", ["x", "y"])

    content = replaced(
        workbook(fill),
        SHEET,
        lambda data: data.replace(
            b'<c r="B2" t="s"><v>3</v>', b'<c r="B2" t="str"><f>T(1)</f><v></v>'
        ),
    )
    (row,) = read("a.xlsx", content)[0].rows()
    assert row.cells == ["x", None]


def test_merged_cells_are_told_and_not_filled(read) -> None:
    def fill(book, sheet) -> None:
        sheet.merge_range("A1:C1", "List of operations")
        sheet.write_row("A2", ["id", "partner", "town"])
        sheet.merge_range("A3:A4", "A1")
        sheet.write_row("B3", ["X", "Wien"])
        sheet.write_row("B4", ["Y", "Linz"])

    (table,) = read("a.xlsx", workbook(fill))
    assert [row.cells for row in table.rows()] == [["A1", "X", "Wien"], [None, "Y", "Linz"]]
    (_, problem) = table.problems
    assert (problem.code, str(problem.place)) == ("merged-cells", "a.xlsx:Projects!A3:A4")


def test_many_merged_cells_are_told_as_a_number(read) -> None:
    def fill(book, sheet) -> None:
        sheet.write_row("A1", ["id", "partner"])
        for line in range(2, 100, 2):
            sheet.merge_range(f"A{line}:A{line + 1}", "A1")

    (table,) = read("a.xlsx", workbook(fill))
    assert len(table.problems) == 21
    assert "29 more" in table.problems[-1].message


def test_sheets(read) -> None:
    def fill(book, sheet) -> None:
        sheet.write_row("A1", ["id", "title"])
        book.add_worksheet("Empty")
        hidden = book.add_worksheet("Old")
        hidden.write_row("A1", ["id", "title"])
        hidden.very_hidden()
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Projects!$A$1:$A$2"})
        book.add_chartsheet("Chart").set_chart(chart)

    first, second = read("a.xlsx", workbook(fill))
    assert (first.name, first.is_hidden, first.problems) == ("Projects", False, ())
    assert (second.name, second.is_hidden) == ("Old", True)
    (problem,) = second.problems
    assert (problem.code, str(problem.place)) == ("sheet-hidden", "a.xlsx:Old")


def test_an_empty_workbook(refused) -> None:
    assert refused("a.xlsx", workbook(lambda book, sheet: None)).code == "no-records"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "docProps/app.xml"])
def test_a_doctype_in_any_part(refused, part: str, encoding: str) -> None:
    def change(data: bytes) -> bytes:
        body = data.decode().split("?>", 1)[1]
        head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY y "z">]>'
        return (head + body).encode(encoding)

    problem = refused("a.xlsx", replaced(PLAIN, part, change))
    assert problem.code == "xml-dtd"
    assert part in problem.message


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "workbook-format"),
        (b"id;title\nA1;One\n", "workbook-format"),
        (PLAIN[: len(PLAIN) // 2], "workbook-damaged"),
        (replaced(PLAIN, SHEET, lambda data: data[:-40]), "workbook-damaged"),
        (replaced(PLAIN, SHEET, lambda data: b""), "workbook-damaged"),
        (replaced(PLAIN, "xl/workbook.xml", lambda data: data.replace(b"rId1", b"rId9")), None),
        (replaced(PLAIN, SHEET, lambda data: b"\0" * 80_000_000), None),
    ],
    ids=range(7),
)
def test_what_is_no_sound_workbook(refused, content: bytes, code: str | None) -> None:
    problem = refused("a.xlsx", content)
    assert problem.level.word == "file"
    assert problem.code == code or code is None


def test_other_spreadsheets_are_refused_with_what_to_do(refused) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    problem = refused("a.xlsx", target.getvalue())
    assert "OpenDocument" in problem.message
    assert ".xlsx" in problem.remedy


def test_a_sheet_that_spans_more_than_memory_holds(refused) -> None:
    def fill(book, sheet) -> None:
        sheet.write("A1", "id")
        sheet.write("XFD1048576", "far away")

    problem = refused("a.xlsx", workbook(fill))
    assert problem.code == "input-too-large"
    assert str(problem.place) == "a.xlsx:Projects"


def test_a_format_down_to_the_last_row_is_no_cell(read) -> None:
    def fill(book, sheet) -> None:
        sheet.write_row("A1", ["id", "title"])
        sheet.write_row("A2", ["A1", "One"])
        sheet.write_blank("XFD1048576", None, book.add_format({"bold": True}))

    (table,) = read("a.xlsx", workbook(fill))
    assert list(table.header) == ["id", "title"]
    assert len(list(table.rows())) == 1


def test_elements_with_a_prefix(read) -> None:
    def change(data: bytes) -> bytes:
        data = data.replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"<x:?", b"<?")
        return data.replace(b"xmlns=", b"xmlns:x=", 1)

    (table,) = read("a.xlsx", replaced(PLAIN, SHEET, change))
    assert [row.cells for row in table.rows()] == [["A1", "One"]]


@pytest.mark.parametrize(
    ("name", "code"), [("external_entity", "xml-dtd"), ("empty_workbook", "no-records")]
)
def test_damaged_workbooks(shared: Path, refused, name: str, code: str) -> None:
    content = (shared / "bad_inputs" / "xlsx" / f"{name}.xlsx").read_bytes()
    assert refused("a.xlsx", content).code == code


def test_a_workbook_whose_formulas_were_never_computed(shared: Path) -> None:
    path = shared / "bad_inputs" / "xlsx" / "formula.xlsx"
    projects, partners = read_tables(examine(InputFile(path, path.name)))
    (row,) = projects.rows()
    unusable = {
        str(projects.place(row, i)): (cell, cell.code)
        for i, cell in enumerate(row.cells)
        if isinstance(cell, Unusable)
    }
    assert unusable == {
        "formula.xlsx:projects!P2": ("=1929500+592464", "formula-no-value"),
        "formula.xlsx:projects!Q2": ("=SUM(", "formula-no-value"),
    }
    assert len(list(partners.rows())) == 14


def test_a_workbook_with_the_project_merged_over_its_partners(shared: Path) -> None:
    path = shared / "bad_inputs" / "xlsx" / "merged.xlsx"
    _, partners = read_tables(examine(InputFile(path, path.name)))
    (problem,) = partners.problems
    assert (problem.code, str(problem.place)) == ("merged-cells", "merged.xlsx:partners!A2:A15")
    assert [row.cells[0] for row in partners.rows()] == ["Alpen013"] + [None] * 13


def rich() -> bytes:
    """A workbook with something of everything."""

    def fill(book, sheet) -> None:
        rows(["id", "day", "total"], ["A1", date(2016, 11, 1), 5], ["A2", time(1, 2), True])(
            book, sheet
        )
        sheet.write_formula("C4", "=1/0", None, "#DIV/0!")
        sheet.write_formula("C5", "=C4*2")
        sheet.merge_range("A6:B7", "merged")
        sheet.write_number("C7", 5, book.add_format({"num_format": "0 [$CHF]"}))
        sheet.write_number("C8", 0.5, book.add_format({"num_format": 9}))

    return workbook(fill)


RICH = rich()
PARTS = [SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"]
PARTS += ["xl/sharedStrings.xml", "[Content_Types].xml", "_rels/.rels"]
WORDS = [
    b"",
    b"0",
    b"-1",
    b"9",
    b"99999999999",
    b"1e999",
    b"XFD1048576",
    b"s",
    b"e",
    b"d",
    b"<",
    b"/>",
]
WORDS += [b"str", b"2016-11-01", b"&#0;", b"A0", b"1A", b":", b'"', "ä".encode(), b"\xff", b" "]


@settings(max_examples=500, suppress_health_check=list(HealthCheck))
@given(
    part=st.sampled_from(PARTS),
    changes=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 8), st.sampled_from(WORDS)), max_size=3
    ),
    word=st.tuples(st.integers(0, 200), st.sampled_from(WORDS)),
)
def test_any_part_gives_tables_or_a_reason_why_not(
    tmp_path_factory: pytest.TempPathFactory, part: str, changes, word
) -> None:
    def change(data: bytes) -> bytes:
        # an attribute or a text, and some bytes anywhere
        found = list(re.finditer(rb'(?<==")[^"]*(?=")|(?<=>)[^<>]+(?=<)', data))
        if found and word[0] < len(found):
            chosen = found[word[0]]
            data = data[: chosen.start()] + word[1] + data[chosen.end() :]
        for at, length, new in changes:
            start = int(at * len(data))
            data = data[:start] + new + data[start + length :]
        return data

    path = tmp_path_factory.getbasetemp() / "any.xlsx"
    path.write_bytes(replaced(RICH, part, change))
    with suppress(InputError):
        for table in read_tables(examine(InputFile(path, "any.xlsx"))):
            for row in table.rows():
                assert str(table.place(row, 0))


@pytest.mark.slow
def test_twenty_thousand_rows_are_read_in_little_time(read) -> None:
    from time import process_time

    line = ["A text of some words", 1234.5, date(2016, 11, 1), "AT", "another text"] * 4
    content = workbook(rows([f"h{i}" for i in range(20)], *([line] * 20_000)))
    begin = process_time()
    (table,) = read("a.xlsx", content)
    assert sum(1 for _ in table.rows()) == 20_000
    assert process_time() - begin < 4


PROJECTS = [["project_id", "programme", "title"], ["P1", "Alpine Space", "One"]]
PARTNERS = [["project_id", "name", "country"], ["P1", "Uni Wien", "AT"], ["P1", "Uni Bozen", "IT"]]


@pytest.mark.parametrize("with_shown", [False, True])
def test_a_hidden_sheet_is_read_where_none_that_is_shown_holds_its_table(
    tmp_path: Path, with_shown: bool
) -> None:
    def fill(book, sheet) -> None:
        rows(*PROJECTS)(book, sheet)
        if with_shown:
            rows(*PARTNERS[:2])(book, book.add_worksheet("Partners"))
        hidden = book.add_worksheet("Partners of old")
        rows(*PARTNERS)(book, hidden)
        hidden.hide()

    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(fill))
    (item,) = examine_inputs([path]).items
    readings = list(read_input(item))
    (project,) = [r.project for r in readings if r.project is not None]
    assert len(project.partners) == (1 if with_shown else 2)
    codes = [problem.code for reading in readings for problem in reading.problems]
    assert codes.count("sheet-hidden") == 1
    assert codes.count("table-unread") == (1 if with_shown else 0)
