"""CSV as it comes: delimiters, quotes, line ends, titles above the header, columns without name."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.sources.files import InputFile
from kg.sources.files.examination import examine
from kg.sources.formats.read import read_tables

TABLE = [["id", "title", "amount"], ["A1", "One", "1.5"], ["A2", "Two, more", "2.5"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~"])
def test_delimiters(cells, delimiter: str) -> None:
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in TABLE]
    assert cells("a.csv", "\n".join(lines)) == TABLE


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(read, end: str) -> None:
    (table,) = read("a.csv", end.join(["id;title", 'A1;"two\nlines"', "A2;x"]))
    assert [row.cells for row in table.rows()] == [["A1", "two\nlines"], ["A2", "x"]]
    assert [row.line for row in table.rows()] == [2, 4]


def test_quotes_inside_quotes(cells) -> None:
    assert cells("a.csv", 'id,title\n1,"the ""best"", really"\n')[1] == ["1", 'the "best", really']


def test_a_delimiter_that_is_stated(read) -> None:
    (table,) = read("a.csv", "sep=;\r\nid;title, in full\r\nA1;x, y\r\n")
    assert list(table.header) == ["id", "title, in full"]
    assert table.skipped == 1
    (row,) = table.rows()
    assert str(table.place(row, 1)) == "a.csv:3:2"


def test_commas_in_text_part_no_cells_of_one_column(cells) -> None:
    text = "title\nBridges, roads\nRivers, lakes, seas\nForests\n"
    assert cells("a.csv", text) == [[line] for line in text.splitlines()]


def test_commas_in_text_beside_a_semicolon(cells) -> None:
    text = "id;title;text\n1;a, b, c;x, y, z\n2;d, e, f;u, v, w\n"
    assert cells("a.csv", text)[1] == ["1", "a, b, c", "x, y, z"]


def test_a_title_above_the_header(read) -> None:
    text = "List of operations;;\nAs of;01.02.2020;\n;;\nid;title;total\nA1;x;3\n"
    (table,) = read("a.csv", text)
    assert list(table.header) == ["id", "title", "total"]
    assert table.skipped == 3
    (problem,) = table.problems
    assert (problem.code, str(problem.place)) == ("rows-before-header", "a.csv:1-2")
    assert [row.line for row in table.rows()] == [5]


def test_a_title_in_a_line_of_its_own(cells) -> None:
    assert cells("a.csv", "List of operations, 2020\n\nid;title;total\nA1;x;3\nA2;y;4\n") == [
        ["id", "title", "total"], ["A1", "x", "3"], ["A2", "y", "4"],
    ]  # fmt: skip


def test_known_names_tell_the_header(read) -> None:
    text = "Programme,Alps,North,South\nid, Project\n Title ,total,x\n".replace("\n T", " T")
    (table,) = read("a.csv", text + "A1,One,3,4\n", "project title", "total")
    assert list(table.header) == ["id", "Project Title", "total", "x"]
    assert table.skipped == 4


def test_a_header_of_two_lines_in_a_cell(read) -> None:
    (table,) = read("a.csv", 'id,"Project\n title",total\n1,x,3\n', "project title", "total")
    assert table.header[1] == "Project\n title"


def test_columns_without_name_and_cells_are_none(read) -> None:
    (table,) = read("a.csv", ";id;;title;;;\n;A1;;x;;;\n;A2;;y\n")
    assert list(table.header) == ["id", "title"]
    rows = list(table.rows())
    assert [(row.cells, row.problem) for row in rows] == [(["A1", "x"], None), (["A2", "y"], None)]
    assert str(table.place(rows[0], 1)) == "a.csv:2:4"
    assert str(table.header_place(0)) == "a.csv:1:2"


def test_a_column_without_name_that_is_filled_stays(cells) -> None:
    assert cells("a.csv", "id,,title\nA1,,x\nA2,note,y\n") == [
        ["id", "", "title"], ["A1", None, "x"], ["A2", "note", "y"],
    ]  # fmt: skip


def test_two_columns_of_one_name(read) -> None:
    (table,) = read("a.csv", "id,name,name\n1,a,b\n")
    assert list(table.header) == ["id", "name", "name (2)"]
    assert table.groups == ()


def test_a_row_above_tells_columns_of_one_name_apart(read) -> None:
    text = "List,,,,\nProject,,Lead partner,,Other\nid,name,name,country,note\n1,a,b,AT,c\n"
    (table,) = read("a.csv", text)
    assert list(table.header) == [
        "id", "Project / name", "Lead partner / name", "country", "note",
    ]  # fmt: skip
    assert table.groups == ("Project", "Project", "Lead partner", "Lead partner", "Other")
    (row,) = table.rows()
    assert table.header_place(2).line == 3
    assert row.cells == ["1", "a", "b", "AT", "c"]


def test_a_title_above_the_header_heads_no_columns(read) -> None:
    (table,) = read("a.csv", "List of projects,,\nid,name,name\n1,a,b\n")
    assert list(table.header) == ["id", "name", "name (2)"]


@pytest.mark.parametrize("row", ["A1,x,y,z", "A1"])
def test_ragged_rows_are_told_and_their_cells_kept(read, row: str) -> None:
    (table,) = read("a.csv", f"id,title,total\n{row}\nA2,y,3\n")
    first, second = table.rows()
    assert first.problem is not None
    assert first.problem[0] == "row-ragged"
    assert first.cells == row.split(",")
    assert second.problem is None


def test_empty_cells_beyond_the_header_do_not_count(cells) -> None:
    assert cells("a.csv", "id,title\nA1,x,,\n")[1] == ["A1", "x"]


def test_blank_cells_are_empty_and_blank_rows_no_rows(cells) -> None:
    assert cells("a.csv", "id,title\n , \nA1,\u00a0\n\n")[1:] == [["A1", None]]


def test_a_quote_that_never_closes(refused) -> None:
    problem = refused("a.csv", 'id,title\nA1,x\nA2,"y\nA3,z\n')
    assert (problem.code, problem.place.line) == ("csv-syntax", 3)


def test_a_cell_of_more_than_a_mebibyte(refused) -> None:
    problem = refused("a.csv", f'id,title\nA1,"{"x" * 2**20}y"\n')
    assert (problem.code, problem.place.line) == ("csv-syntax", 2)
    assert "more than 1,048,576 characters" in problem.message


def test_nothing_but_blank_rows(refused) -> None:
    assert refused("a.csv", "\n , \n").code == "no-records"


def test_a_delimiter_of_a_profile(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id:title, in full\n1:x, y\n")
    (table,) = read_tables(examine(InputFile(path, "a.csv")), delimiter=":")
    assert list(table.header) == ["id", "title, in full"]


def test_a_real_list_with_line_breaks_in_its_cells(shared: Path) -> None:
    path = shared / "real" / "denmark" / "erdf-denmark-2014-2020.csv"
    examined = examine(InputFile(path, path.name))
    assert examined.encoding == "cp1252"
    (table,) = read_tables(examined)
    assert len(table.header) == 18
    rows = list(table.rows())
    assert len(rows) == 107
    assert not any(row.problem for row in rows)
