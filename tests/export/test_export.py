"""What ``export_graph`` writes: which columns, in which form, and what it refuses."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from kg.built import read_build
from kg.export import FORMATS, ExportResult, export_graph
from kg.pipeline import BuildResult, build
from kg.problems import InputError, OutputError
from kg.records import Category, Heading, Partner, Project, Region, Role, RowOrigin, Text, Theme
from kg.sources.fields import FIELDS
from kg.sources.layouts import load_profile

from ..full_record import full_project
from ..sources.test_real_files import FILES
from .round_trip import FORMS, graph_of, read_back, statements, there_and_back

ORIGIN = RowOrigin("input.csv", (), {}, (), row=2, line=2)


def project(number: int, **stated: object) -> Project:
    stated = {"programme": Text("Alps"), "title": Text("A title"), **stated}
    return Project(project_id=f"X{number}", origin=ORIGIN, **stated)  # type: ignore[arg-type]


def partner(key: str, name: str, **stated: object) -> Partner:
    return Partner(key=key, name=name, role=Role.PARTNER, origin=ORIGIN, **stated)  # type: ignore[arg-type]


def written(projects: list[Project], folder: Path, output: str = "out") -> Path:
    """Write a graph of some projects, and export it."""
    (folder / "graph").mkdir(parents=True)
    text = "".join(f"{line}\n" for line in graph_of(projects))
    (folder / "graph" / "graph.nt").write_text(text, encoding="utf-8")
    export_graph(folder / "graph", folder / output)
    return folder / output


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines_of(folder: Path) -> set[str]:
    return statements((folder / "graph.nt").read_text("utf-8").rstrip("\n").split("\n"))


# --- There and back -----------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_the_examples_come_back(example_build: BuildResult, form: str, tmp_path: Path) -> None:
    exported = export_graph(example_build.output, tmp_path / FORMS[form], form=form)
    assert exported.projects == example_build.manifest.projects
    again = build([tmp_path / FORMS[form]], tmp_path / "again")
    assert again.exit_status == 0
    assert lines_of(again.output) == lines_of(example_build.output)


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_comes_back(name: str, shared: Path, tmp_path: Path) -> None:
    first = build([shared / "real" / name], tmp_path / "first")
    for form, output in FORMS.items():
        result = export_graph(first.output, tmp_path / output, form=form)
        again = build([tmp_path / output], tmp_path / f"again-{form}")
        assert result.unreadable == ()
        assert lines_of(again.output) == lines_of(first.output), form


@pytest.mark.parametrize("name", ["graph.ttl", "graph.jsonld"])
def test_any_rdf_file_is_exported_as_its_build(
    example_build: BuildResult, name: str, tmp_path: Path
) -> None:
    export_graph(example_build.output, tmp_path / "build")
    export_graph(example_build.output / name, tmp_path / "file")
    for table in ("projects.csv", "partners.csv"):
        assert (tmp_path / "file" / table).read_bytes() == (tmp_path / "build" / table).read_bytes()


def test_an_export_of_an_export_is_the_same(example_build: BuildResult, tmp_path: Path) -> None:
    for form, output in FORMS.items():
        one, two = tmp_path / f"1-{form}" / output, tmp_path / f"2-{form}" / output
        export_graph(example_build.output, one)
        again = build([one], tmp_path / f"build-{form}")
        export_graph(again.output, two)
        for path in [one, *(one.iterdir() if one.is_dir() else ())]:
            if path.is_file():
                assert path.read_bytes() == (two / path.relative_to(one)).read_bytes()


# --- Labels that projects share -------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "labels",
    [["A", "B", "B"], ["B", "B", "A", "C"], ["B", "A"], ["A", "B", "C", "C"], ["C", "C", "B", "A"]],
)
def test_spellings_are_shared_out_so_that_the_most_frequent_one_stays(
    labels: list[str], form: str
) -> None:
    projects = [
        project(n, priority=Heading(Text(label, "de"), "1"), strand=Category("B", Text(label)),
                specific_objective=Heading(Text(label)), location_nuts=Region("AT33", label),
                interventions=(Category("118", Text(label)), Category("7")),
                themes=(Theme("Z99", Text(label)),))
        for n, label in enumerate(labels)
    ]  # fmt: skip
    lines = graph_of(projects)
    again, problems, _ = there_and_back(lines, form)
    assert (statements(again), problems) == (statements(lines), [])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "labels", [["A@de", "B@en"], ["B@de", "A@en", "A", "B@de", "C@de", "B@en"]]
)
def test_each_language_keeps_the_label_that_is_stated_most_in_it(
    labels: list[str], form: str
) -> None:
    texts = [Text(label.partition("@")[0], label.partition("@")[2] or None) for label in labels]
    projects = [
        project(n, priority=Heading(text, "1"), strand=Category("B", text),
                interventions=(Category("118", text),), themes=(Theme("Z99", text),))
        for n, text in enumerate(texts)
    ]  # fmt: skip
    lines = graph_of(projects)
    again, problems, result = there_and_back(lines, form)
    assert (statements(again), problems) == (statements(lines), [])
    assert result.unstated == 0


@pytest.mark.parametrize("form", FORMS)
def test_one_reference_states_several_spellings_where_others_are_missing(form: str) -> None:
    """``nuts`` and ``nuts2`` of one address, and one list, can each spell a thing in two ways."""
    address = {"nuts": Region("AT33", "Tyrol"), "nuts2": Region("AT33", "Tyrol")}
    projects = [
        project(1, partners=(partner("X1-1", "A", partner_id="X1-1", **address),)),
        project(2, partners=(
            partner("X2-1", "A", partner_id="X2-1", nuts2=Region("AT33", "Tirol")),
        ), interventions=(Category("118", Text("b")), Category("118", Text("a")))),
    ]  # fmt: skip
    lines = graph_of(projects)
    again, problems, _ = there_and_back(lines, form)
    assert (statements(again), problems) == (statements(lines), [])


def test_several_codes_of_a_programme_are_stated_once_each(tmp_path: Path) -> None:
    codes = ["2014TC16RFTN001", "2021TC16FFTN001"]
    projects = [project(n, cci=codes[n % 2]) for n in range(5)]
    stated = [row["cci"] for row in rows(written(projects, tmp_path) / "projects.csv")]
    assert stated == [*codes, "", "", ""]
    one = [project(n, cci=codes[0] if n else None) for n in range(3)]
    stated = [row["cci"] for row in rows(written(one, tmp_path / "one") / "projects.csv")]
    assert stated == [codes[0]] * 3


# --- Columns and cells ----------------------------------------------------------


def test_every_field_has_a_column_in_the_exchange_layout() -> None:
    tables = {table.holds: table for table in load_profile("exchange").tables}
    for holds, fields in FIELDS.items():
        columns = [column.field for column in tables[holds].columns]
        assert sorted(map(str, columns)) == sorted(fields)
        # columns beyond the base have the names of the fields
        assert all(column.header[0] == column.field for column in tables[holds].columns)


def test_columns_beyond_the_base_are_written_where_a_record_needs_them(tmp_path: Path) -> None:
    plain = rows(written([project(1)], tmp_path / "a") / "projects.csv")[0]
    projects = load_profile("exchange").tables[0]
    assert list(plain) == [column.field for column in projects.columns if column.always]
    assert len(plain) == 22
    # a label that could be taken for code and label stands beside an empty column of codes
    doubtful = project(1, priority=Heading(Text("Life : more of it")))
    row = rows(written([doubtful], tmp_path / "b") / "projects.csv")[0]
    assert (row["priority"], row["priority_code"]) == ("Life : more of it", "")


def test_values_are_written_in_their_plainest_unmistakable_form(tmp_path: Path) -> None:
    folder = written([full_project()], tmp_path)
    row = rows(folder / "projects.csv")[0]
    expected = {
        "start_date": "2016-11-01", "total_budget": "1000", "co_financing": "149.90",
        "other_funding": "1.50", "co_financing_rate": "85.01 %", "exchange_rate": "1.08",
        "german_participation": "yes", "has_all_partners": "no", "countries": "AT | DE | CH",
        "themes": "D05 | Z99 - Raumfahrt", "themes_language": "de",
        "location_nuts": "AT332 Innsbruck",
        "location_x": "681000.50", "location_crs": "http://www.opengis.net/def/crs/EPSG/0/25832",
        "interventions": "Research |", "interventions_code": "060 | 118", "strand": "transnational",
        "strand_code": "B", "strand_language": "en", "priority": "Innovativer Alpenraum",
        "priority_code": "Alpen-1", "links": "https://video.example.org/1 | "
        "https://keep.example.org/?p=1&q=2",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    partners = rows(folder / "partners.csv")
    assert [p["role"] for p in partners] == ["LP", "PP", "PP"]
    # a key is stated where it does not follow from the rest
    assert [p["key"] for p in partners] == ["", "Full001-b", "Full001-c"]


def test_three_decimals_are_never_left_for_thousands(tmp_path: Path) -> None:
    point = msgspec.structs.replace(full_project().location, x=Decimal("681.123"))
    row = rows(
        written([project(1, exchange_rate=Decimal("25.391"), location=point)], tmp_path)
        / "projects.csv"
    )[0]
    assert (row["exchange_rate"], row["location_x"]) == ("25.3910", "681.1230")


def test_partners_of_one_organisation_keep_their_keys(tmp_path: Path) -> None:
    slug = "a-ca978112"
    partners = (
        partner(f"X1-{slug}", "A", town="Wien"),
        partner(f"X1-{slug}-2", "A", town="Graz"),
        partner("X1-b-3e23e816", "B"),
    )
    projects = [project(1, partners=partners)]
    stated = rows(written(projects, tmp_path) / "partners.csv")
    assert [row["key"] for row in stated] == [f"X1-{slug}", f"X1-{slug}-2", ""]
    again, _, _ = there_and_back(graph_of(projects), "csv")
    assert statements(again) == statements(graph_of(projects))


def test_a_corrected_value_is_exported_as_it_is_right(tmp_path: Path) -> None:
    (again,) = read_back(graph_of([full_project()]))
    assert again.corrections == full_project().corrections
    folder = written([full_project()], tmp_path)
    assert "2016-01-11" not in (folder / "projects.csv").read_text("utf-8")


def test_a_formula_of_a_spreadsheet_stays_the_text_that_it_is(tmp_path: Path) -> None:
    path = written([project(1, acronym="=1+1", call="007", fund="1e5")], tmp_path, "out.xlsx")
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    for text in ("=1+1", "007", "1e5"):
        assert f"<t>{text}</t>" in sheet


def test_a_workbook_has_numbers_and_days(tmp_path: Path) -> None:
    stated = project(1, start_date=date(2016, 11, 1), erdf=Decimal("12.5"),
                     total_budget=Decimal("999999999999999.99"))  # fmt: skip
    path = written([stated], tmp_path, "out.xlsx")
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>42675</v>" in sheet
    assert "<v>12.5</v>" in sheet
    # a binary number cannot hold it
    assert "<t>999999999999999.99</t>" in sheet


def test_json_has_numbers_and_truth_values(tmp_path: Path) -> None:
    stated = project(1, german_participation=False, erdf=Decimal("12.5"), partner_count=3)
    other = project(2, partners=(partner("X2-1", "A", partner_id="X2-1"),))
    entry, beside = json.loads(written([stated, other], tmp_path, "out.json").read_bytes())
    assert beside["partners"] == [{"partner_id": "X2-1", "role": "PP", "name": "A"}]
    assert entry["german_participation"] is False
    assert (entry["erdf"], entry["partner_count"], entry["partners"]) == (12.5, 3, [])


def test_the_same_graph_gives_the_same_bytes(example_build: BuildResult, tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        export_graph(example_build.output, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


# --- What it refuses ------------------------------------------------------------


def test_what_a_workbook_cannot_hold_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = project(1, description=Text("x" * 32_768))
    with pytest.raises(OutputError, match=r"description of X1 has 32,768 characters.*as CSV"):
        written([long], tmp_path / "long", "out.xlsx")
    assert not (tmp_path / "long" / "out.xlsx").exists()
    written([project(1, description=Text("x" * 32_767))], tmp_path / "fits", "out.xlsx")
    monkeypatch.setattr("kg.export.files.MAX_SHEET_ROWS", 3)
    with pytest.raises(OutputError, match="more projects than the 3 rows"):
        written([project(n) for n in range(3)], tmp_path / "many", "out.xlsx")


def test_what_is_there_is_only_replaced_where_that_is_said(
    example_build: BuildResult, tmp_path: Path
) -> None:
    graph = example_build.output
    for form in FORMATS:
        output = tmp_path / f"out{form.suffix or ''}"
        export_graph(graph, output)
        with pytest.raises(OutputError, match="--force"):
            export_graph(graph, output)
        export_graph(graph, output, force=True)
    (tmp_path / "out" / "notes.txt").touch()
    with pytest.raises(OutputError, match=r"notes\.txt, is no export"):
        export_graph(graph, tmp_path / "out", force=True)
    with pytest.raises(OutputError):
        export_graph(graph, graph, force=True)
    with pytest.raises(OutputError, match="folder"):
        export_graph(graph, tmp_path / "out", form="xlsx", force=True)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "notes.txt", "partners.csv", "projects.csv",
    ]  # fmt: skip


def test_what_is_no_graph_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        export_graph(tmp_path / "nowhere", tmp_path / "out")
    with pytest.raises(InputError, match="holds no graph"):
        export_graph(tmp_path, tmp_path / "out")
    other = tmp_path / "other.ttl"
    other.write_text("<https://example.org/a> <https://example.org/b> 1 .", encoding="utf-8")
    with pytest.raises(InputError, match="no project of the vocabulary"):
        export_graph(other, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("damage", ["cut at a line", "cut in a line", "no text"])
def test_a_graph_that_is_not_the_one_of_its_build_is_refused(
    example_build: BuildResult, damage: str, tmp_path: Path
) -> None:
    folder = tmp_path / "output"
    shutil.copytree(example_build.output, folder, ignore=shutil.ignore_patterns("store"))
    graph = folder / "graph.nt"
    whole = graph.read_bytes()
    damaged = {
        "cut at a line": whole[: whole.rindex(b"\n", 0, len(whole) // 2) + 1],
        "cut in a line": whole[: len(whole) // 2],
        "no text": whole + b"\xff\xfe",
    }
    graph.write_bytes(damaged[damage])
    told = r"graph\.nt: The graph is not the one that the manifest describes"
    with pytest.raises(InputError, match=told):
        export_graph(folder, tmp_path / "out")
    with pytest.raises(InputError, match=told):
        read_build(folder).fingerprint()
    assert not (tmp_path / "out").exists()


def in_parts(folder: Path, *graphs: str) -> Path:
    """Write a build whose graph is in parts, as Spark does."""
    (folder / "graph").mkdir(parents=True)
    hashes = {}
    for number, text in enumerate(graphs):
        name = f"graph/part-{number}.nt"
        (folder / name).write_text(text, encoding="utf-8")
        hashes[name] = hashlib.sha256(text.encode()).hexdigest()
    said = {"base": "https://x.org/", "triples": 0, "graph": "", "parts": hashes}
    (folder / "manifest.json").write_text(json.dumps(said))
    return folder


def test_each_part_of_a_graph_is_the_one_of_its_build(tmp_path: Path) -> None:
    graphs = ["".join(f"{line}\n" for line in graph_of([project(n)])) for n in (1, 2)]
    assert export_graph(in_parts(tmp_path / "a", *graphs), tmp_path / "out").projects == 2
    missing, cut = in_parts(tmp_path / "b", *graphs), in_parts(tmp_path / "c", *graphs)
    (missing / "graph" / "part-0.nt").unlink()
    (cut / "graph" / "part-1.nt").write_text(graphs[1].splitlines()[0] + "\n", encoding="utf-8")
    for folder, place in ((missing, r"part-0\.nt"), (cut, r"part-1\.nt")):
        with pytest.raises(InputError, match=f"{place}: The graph is not the one that the man"):
            export_graph(folder, tmp_path / "again")


def test_a_graph_without_a_manifest_is_told_where_it_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "graph.nt").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match=r"graph\.nt: The file is not UTF-8"):
        export_graph(tmp_path, tmp_path / "out")


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ('i:startDate "spring"', "startDate> .*spring.* it is no date such as 2016-01-31"),
        ('i:erdf "many"^^xsd:decimal', "erdf> .*many.* it is no decimal"),
        ('i:erdf "NaN"^^xsd:decimal', "erdf> .*NaN.* it is no decimal"),
        ('i:statedPartnerCount "1.5"^^xsd:integer', "Count> .*1.5.* it is no integer"),
        ('i:germanParticipation "yes"^^xsd:boolean', "Participation> .*yes.* it is no boolean"),
        ('i:coordinates "POINT(a b)"^^geo:wktLiteral', "coordinates> .*POINT.* it is no point"),
        ("i:call <https://x.org/call/4>", "call> .*call/4.* it is no literal"),
    ],
)
def test_a_value_of_another_datatype_is_told_with_its_statement(
    stated: str, told: str, tmp_path: Path
) -> None:
    graph = tmp_path / "graph.ttl"
    graph.write_text(
        "@prefix i: <https://w3id.org/interreg-kg/ontology#> . "
        "@prefix geo: <http://www.opengis.net/ont/geosparql#> . "
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
        "<https://x.org/project/1> a i:Project ; "
        f'<http://purl.org/dc/terms/identifier> "1" ; {stated} .',
        encoding="utf-8",
    )
    with pytest.raises(InputError, match=rf"project/1.*{told}\."):
        export_graph(graph, tmp_path / "out")


HEAD = """
@prefix i: <https://w3id.org/interreg-kg/ontology#> . @prefix t: <http://purl.org/dc/terms/> .
@prefix s: <http://www.w3.org/2004/02/skos/core#> . @prefix x: <http://www.w3.org/2001/XMLSchema#> .
@base <https://x.org/> . <project/1> a i:Project ; t:identifier "1" ; t:title "One" .
"""


def exported(statements: str, folder: Path) -> ExportResult:
    """What is told of the export of a project with these statements."""
    graph = folder / "graph.ttl"
    graph.write_text(HEAD + statements, encoding="utf-8")
    return export_graph(graph, folder / "out")


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ('i:totalBudget "NaN"^^x:decimal', "totalBudget.*NaN.*no decimal"),
        ('i:erdf "1e3"^^x:decimal', "erdf.*no decimal"),
        ('i:startDate "2016-01-01Z"^^x:date', "startDate.*2016-01-01Z.*no date"),
        ('i:endDate "2016-W01-1"^^x:date', "endDate.*no date"),
        ('i:statedPartnerCount "1_000"^^x:integer', "statedPartnerCount.*no integer"),
        ("t:description [ a i:Project ]", "description.*no literal"),
        ('<http://xmlns.com/foaf/0.1/page> "a.eu"', "page.*no IRI"),
        ('i:programme "Alps"', "programme.*no IRI"),
    ],
)
def test_a_value_in_no_form_of_its_datatype_is_told(
    statement: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=told):
        exported(f"<project/1> {statement} .", tmp_path)


@pytest.mark.parametrize(
    ("statements", "predicate"),
    [
        ('<project/1> i:statedLeadPartner "A" , "B" .', "interreg:statedLeadPartner"),
        ("<project/1> i:programme <programme/a> , <programme/b> .", "interreg:programme"),
        ('<project/1> t:title "Un"@fr .', "dcterms:title"),
        ("<project/1> s:note <urn:more> .", "skos:note"),
        ("<project/1> i:participation <participation/1> .", "interreg:participation"),
    ],
)
def test_a_statement_that_has_no_place_in_the_tables_is_told(
    statements: str, predicate: str, tmp_path: Path
) -> None:
    result = exported(statements, tmp_path)
    assert [(lost.resource, lost.property) for lost in result.lost] == [
        ("https://x.org/project/1", predicate)
    ]
    assert (result.lost_count, result.unstated, result.untyped) == (1, 0, 0)


def test_what_has_no_class_is_told_or_counted(tmp_path: Path) -> None:
    result = exported(
        "<project/2> i:programme <programme/a> . <project/1> i:participation <participation/1> ."
        '<participation/1> i:statedName "A" .',
        tmp_path,
    )
    assert (result.projects, result.partners) == (1, 1)
    assert (result.untyped, result.lost_count) == (1, 0)


def test_a_second_name_in_one_language_is_counted(tmp_path: Path) -> None:
    names = '<programme/a> s:prefLabel "Alps"@en , "Alpine"@en ; s:altLabel "Alpi"@it .'
    assert exported(f"<project/1> i:programme <programme/a> . {names}", tmp_path).unstated == 2


def test_what_a_reader_would_leave_out_is_told(tmp_path: Path) -> None:
    written([project(1, acronym="n/a")], tmp_path)
    result = export_graph(tmp_path / "graph", tmp_path / "again")
    assert [(each.record, each.field) for each in result.unreadable] == [("X1", "acronym")]
    assert result.unreadable_count == 1
