"""JSON as it comes: arrays, objects of arrays, columns, JSON Lines, values that hold values."""

from __future__ import annotations

import json

import msgspec
import pytest

from kg.sources.cell import Items, Number, packed_cell, unpacked_cell


def test_an_array_of_objects(read) -> None:
    (table,) = read("a.json", '[{"id": "A1", "total": 4.729375062E7}, {"id": "A2", "new": true}]')
    assert list(table.header) == ["id", "total", "new"]
    first, second = table.rows()
    assert first.cells == ["A1", "4.729375062E7", None]
    assert isinstance(first.cells[1], Number)
    assert second.cells == ["A2", None, "true"]
    assert str(table.place(second, 2)) == "a.json:/1/new"


def test_numbers_keep_their_digits(cells) -> None:
    stated = ["451412.010000000009313", "0.10", "1e400", "12345678901234567890", "-0"]
    assert cells("a.json", f'[{{"a": {", ".join(stated[:1])}}}]')[1] == stated[:1]
    text = ", ".join(f'"k{i}": {number}' for i, number in enumerate(stated))
    assert cells("a.json", f"[{{{text}}}]")[1] == stated


def test_one_object_is_one_record(read) -> None:
    projects, partners = read("a.json", '{"id": "A1", "partners": [{"name": "X"}, {"name": "Y"}]}')
    (row,) = projects.rows()
    assert (row.cells, row.pointer) == (["A1"], "")
    assert (partners.name, partners.is_nested) == ("partners", True)
    assert [(r.pointer, r.parent, r.cells) for r in partners.rows()] == [
        ("/partners/0", "", ["X"]),
        ("/partners/1", "", ["Y"]),
    ]


def test_an_object_of_named_tables(read) -> None:
    tables = read("a.json", '{"projects": [{"id": "A1"}], "partners": [{"project": "A1"}]}')
    assert [(table.name, table.is_nested) for table in tables] == [
        ("projects", False), ("partners", False),
    ]  # fmt: skip
    (row,) = tables[1].rows()
    assert str(tables[1].place(row, 0)) == "a.json:/partners/0/project"


def test_an_envelope_around_an_array(read) -> None:
    (table,) = read("a.json", '{"count": 1, "next": null, "items": [{"id": "A1"}]}')
    assert (table.name, list(table.header)) == ("items", ["id"])


PAIR = '{"code": "J10", "title": "One", "partners": [{"name": "A"}]}'


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        (
            f'{{"meta": {{"exported": "2024"}}, "data": {{"projects": [{PAIR}]}}}}',
            "/data/projects/0",
        ),
        (
            f'{{"response": {{"status": "ok", "data": {{"items": [{PAIR}]}}}}}}',
            "/response/data/items/0",
        ),
        (f'{{"J10": {PAIR}, "J11": {PAIR}}}', "/J10"),
        (f'{{"count": 2, "projects": {{"J/1": {PAIR}, "J2": {PAIR}}}}}', "/projects/J~11"),
    ],
)
def test_objects_that_wrap_the_records_are_gone_through(read, document: str, pointer: str) -> None:
    projects, partners = read("a.json", document)
    assert list(projects.header) == ["code", "title"]
    assert next(projects.rows()).pointer == pointer
    assert not projects.is_nested
    assert partners.is_nested
    assert next(partners.rows()).parent == pointer


@pytest.mark.parametrize(
    "document",
    [
        '{"Nummer": "J10", "Leiter": {"Name": "A", "Ort": "B"}, "PP": {"Name": "C", "Ort": "D"}}',
        '{"type": "Feature", "properties": {"code": "J10", "title": "One"}}',
        '{"budget": {"total": 1, "erdf": 2}}',
    ],
)
def test_an_object_with_objects_inside_is_one_record(read, document: str) -> None:
    (table,) = read("a.json", document)
    assert [row.pointer for row in table.rows()] == [""]


def test_names_with_dots_tell_a_record_from_an_envelope(read) -> None:
    document = '{"project": {"id": "A1", "partners": [{"name": "A"}]}}'
    assert read("a.json", document, "project.id")[0].header == ["project.id"]


def test_records_below_too_many_objects_are_not_looked_for(read) -> None:
    document = '{"a": ' * 20 + f"[{PAIR}]" + "}" * 20
    assert len(read("a.json", document)[0].header) == 0


def test_known_names_tell_a_record_from_an_envelope(read) -> None:
    text = '{"exporter": "x", "rows": [{"code": "A1"}]}'
    assert [table.name for table in read("a.json", text)] == [None, "rows"]
    assert [table.name for table in read("a.json", text, "code")] == ["rows"]


def test_columns_as_arrays(read) -> None:
    (table,) = read("a.json", '{"title": ["a", "b"], "country": ["x", null]}')
    assert list(table.header) == ["title", "country"]
    rows = list(table.rows())
    assert [row.cells for row in rows] == [["a", "x"], ["b", None]]
    assert str(table.place(rows[1], 1)) == "a.json:/country/1"


def test_columns_of_different_lengths(refused) -> None:
    problem = refused("a.json", '{"title": ["a", "b"], "country": ["x"]}')
    assert problem.code == "json-columns-unequal"
    assert problem.message == "title has 2, country has 1."


def test_objects_inside_give_dotted_columns(read) -> None:
    (table,) = read("a.json", '[{"id": 1, "budget": {"total": 5, "eu": {"a/b": 3}}}]')
    assert list(table.header) == ["id", "budget.total", "budget.eu.a/b"]
    (row,) = table.rows()
    assert str(table.place(row, 2)) == "a.json:/0/budget/eu/a~1b"


def test_null_in_the_place_of_an_object_is_no_column(read) -> None:
    (table,) = read("a.json", '[{"id": 1, "budget": null}, {"id": 2, "budget": {"total": 5}}]')
    assert list(table.header) == ["id", "budget.total"]


def test_a_key_that_is_null_everywhere_is_a_column(read) -> None:
    assert list(read("a.json", '[{"id": 1, "title": null}]')[0].header) == ["id", "title"]


def test_an_array_of_values_is_one_cell(read) -> None:
    (table,) = read("a.json", '[{"countries": ["AT", null, 0.50, true], "none": []}]')
    (row,) = table.rows()
    (cell, empty) = row.cells
    assert isinstance(cell, Items)
    assert cell == '["AT", null, 0.50, true]'
    assert cell.items == ("AT", None, "0.50", "true")
    assert empty is None


def test_arrays_of_objects_at_any_depth_are_tables(read) -> None:
    text = json.dumps([{"a": {"people": [{"n": 1, "mail": [{"x": "y"}]}]}}, {"a": {"people": []}}])
    tables = read("a.json", text)
    assert [table.name for table in tables] == [None, "a.people", "a.people.mail"]
    (row,) = tables[2].rows()
    assert (row.pointer, row.parent) == ("/0/a/people/0/mail/0", "/0/a/people/0")


def test_features_give_their_properties(read) -> None:
    text = json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"id": "A1"},
                    "geometry": {"type": "Point", "coordinates": [1.5, 2]},
                }
            ],
        }
    )
    (table,) = read("a.geojson", text)
    assert list(table.header) == ["type", "id", "geometry.type", "geometry.coordinates"]
    (row,) = table.rows()
    assert row.cells == ["Feature", "A1", "Point", "[1.5, 2]"]
    assert str(table.place(row, 1)) == "a.json:/features/0/properties/id".replace(
        "json", "geojson", 1
    )


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.json"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_one_object_a_line(read, name: str, encoding: str) -> None:
    (table,) = read(name, '{"id": "A1"}\n\n{"id": "A2", "t": "é"}\n'.encode(encoding))
    assert list(table.header) == ["id", "t"]
    assert [row.cells for row in table.rows()] == [["A1", None], ["A2", "é"]]
    assert [str(table.place(row, 0)) for row in table.rows()] == [
        f"{name}:/0/id:1",
        f"{name}:/1/id:3",
    ]


def test_a_document_that_is_named_json_lines(cells) -> None:
    assert cells("a.jsonl", '[\n {"id": "A1"}\n]\n') == [["id"], ["A1"]]


@pytest.mark.parametrize(
    ("text", "told", "place"),
    [
        ('[{"a": 1,\n "b": NaN}]', "NaN is no number", "2:7"),
        ('[{"a": "NaN", "b": -Infinity}]', "-Infinity is no number", "1:20"),
        ('[{"a": 1}', "Expecting ',' delimiter", "1:10"),
        ("[1, 2]", "Entry 0 is no object", "/0"),
        ('[{"p": [{"a": 1}, 7]}]', "Entry 1 of p is no object", "/0/p/1"),
        ('[{"a": 1, "a": 2}]', "The key a stands twice", ""),
        ('[{"a.b": 1, "a": {"b": 2}}]', "The key a.b stands twice", "/0/a/b"),
        ('"text"', "neither an array nor an object", ""),
        ("[" * 5000, "more than 100 deep", "1:101"),
        ('[{"a":' * 60 + "1" + "}]" * 60, "more than 100 deep", None),
        ('[{"a": ' + "[" * 200 + "]" * 200 + "}]", "more than 100 deep", "/0/a"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    refused, text: str, told: str, place: str | None
) -> None:
    problem = refused("a.json", text)
    assert problem.code == "json-syntax"
    assert told in problem.message
    if place is not None:
        assert str(problem.place) == f"a.json:{place}".rstrip(":")


def test_a_wrong_line_of_json_lines(refused) -> None:
    problem = refused("a.jsonl", '{"a": 1}\n{"a": \n')
    assert (problem.code, problem.place.line) == ("json-syntax", 2)


def test_nothing_in_the_array(refused) -> None:
    assert refused("a.json", "[]").code == "no-records"


def test_keys_without_end(refused) -> None:
    text = json.dumps([{f"k{i}-{j}": 1 for j in range(100)} for i in range(200)])
    assert refused("a.json", text).code == "input-too-large"


def test_cells_are_the_same_after_a_temporary_file(read) -> None:
    (table,) = read("a.json", '[{"a": 1, "b": "x", "c": null, "d": ["y", 2, null]}]')
    (row,) = table.rows()
    data = msgspec.msgpack.encode(row.cells, enc_hook=packed_cell)
    again = msgspec.msgpack.decode(data, ext_hook=unpacked_cell)
    assert again == row.cells
    assert [type(cell) for cell in again] == [type(cell) for cell in row.cells]
    assert again[3].items == ("y", "2", None)
    assert isinstance(again[3].items[1], Number)
