"""Files and their bytes: names, encodings, compression, archives, standard input."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import sys
import zipfile
from contextlib import suppress
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.pipeline import build
from kg.problems import InputError, Level, ProfileError, Refused
from kg.sources import examine_inputs
from kg.sources.files import STDIN, FoundFiles, InputFile, find_files, open_text
from kg.sources.files.examination import examine
from kg.sources.formats.read import TABLE_EXTENSIONS, read_tables

EXTENSIONS = TABLE_EXTENSIONS | {".txt"}
CSV = b"id;title\nA1;One\n"


def archive(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "."), content)
    return target.getvalue()


def found(path: Path, **contents: bytes) -> FoundFiles:
    """What is found in a folder of these files (``a__csv`` is ``a.csv``)."""
    for name, content in contents.items():
        (path / name.replace("__", ".")).write_bytes(content)
    return find_files([path], EXTENSIONS)


def read(file: InputFile) -> list[list[str | None]]:
    (table,) = read_tables(examine(file))
    return [list(table.header), *(list(row.cells) for row in table.rows())]


# --- Encodings ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", None),
        ("utf-32", None),
        ("utf-16-le", "encoding-guessed"),
        ("utf-16-be", "encoding-guessed"),
        ("cp1252", "encoding-guessed"),
        ("iso-8859-1", "encoding-guessed"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, told: str | None) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id;title\nA1;Ærø – Öko\n".replace("–", "-").encode(encoding))
    examined = examine(InputFile(path, "a.csv"))
    assert [problem.code for problem in examined.problems] == ([told] if told else [])
    assert read(InputFile(path, "a.csv"))[1] == ["A1", "Ærø - Öko"]


def test_an_encoding_that_a_profile_names(cells) -> None:
    content = "id;title\nA1;Łódź\n".encode("cp1250")
    assert cells("a.csv", content, encoding="windows-1250")[1] == ["A1", "Łódź"]


def test_a_byte_order_mark_counts_more_than_a_profile(cells) -> None:
    content = "id;title\nA1;Łódź\n".encode("utf-8-sig")
    assert cells("a.csv", content, encoding="cp1250")[1] == ["A1", "Łódź"]


@pytest.mark.parametrize("name", ["no-such", "", "hex", "rot13", "\0"])
def test_an_encoding_that_there_is_not(read, name: str) -> None:
    with pytest.raises(ProfileError):
        read("a.csv", CSV, encoding=name)


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "empty-input", None),
        (b"a;b\n1;\xc3\xa9\n2;\xc3(\n", "encoding", 3),
        (b"a;b\n1;x\n2;\x81 \xd6sterreich\n", "encoding", 3),
        (b"a;b\n1;\0\n", "not-text", 2),
        ("a;b\n1;x\n".encode("utf-16")[:-1], "encoding", 2),
        (b"PK\x03\x04 and so on", "not-text", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on", "not-text", None),
        (b"%PDF-1.7", "not-text", None),
        (b"7z\xbc\xaf\x27\x1c and so on", "not-text", None),
        (b"Rar!\x1a\x07 and so on", "not-text", None),
        (b"projects.csv".ljust(257, b"\0") + b"ustar", "not-text", None),
    ],
)
def test_what_is_no_text(refused, content: bytes, code: str, line: int | None) -> None:
    problem = refused("a.csv", content)
    assert (problem.code, problem.place.line) == (code, line)
    assert problem.remedy


def test_a_byte_that_is_no_character_is_told(read, refused) -> None:
    assert refused("a.csv", b"a;b\n1;\xc3\xa9\n2;\xc3(\n").message.startswith("The byte 0xC3 is")
    with pytest.raises(Refused, match="Nothing was published") as caught:
        read("b.csv", "a;b\n", encoding="utf-16")
    assert caught.value.problems[0].message == "A character is not valid UTF-16."


@pytest.mark.parametrize(
    "word",
    ["BesanÃ§on", "Ã‰tude", "GrÃ¶ÃŸe", "MaÃ®tre", "lâ€™eau", "EspaÃ±a", "Å¡kola"],
)
def test_text_that_was_encoded_twice(tmp_path: Path, word: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"id;town\n1;Wien\n2;In {word} am See\n", encoding="utf-8")
    (problem,) = examine(InputFile(path, "a.csv")).problems
    assert (problem.code, problem.level) == ("double-encoded", Level.WARNING)
    assert (problem.place.line, problem.value) == (3, word)


@pytest.mark.parametrize(
    "text",
    [
        "SÃO JOÃO, AMANHÃ, IRMÃ – CORAÇÃO", "“AMANHÔ", "«Lû", "MANHÃ…", "AMANHÃ’", "MANHÃ\u00a0",
        "Besançon, Größe, España, Łódź, Ångström, Åre „Å“", "Ä…", "â€ alone", "Genève – l’eau",
    ],
)  # fmt: skip
def test_text_that_only_looks_like_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"id;town\n1;{text}\n", encoding="utf-8")
    assert examine(InputFile(path, "a.csv")).problems == ()


# --- Compression and archives -------------------------------------------------

PACKED = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}


@pytest.mark.parametrize("extension", PACKED)
def test_compressed_files(tmp_path: Path, extension: str) -> None:
    content = PACKED[extension](CSV)
    files = found(tmp_path, **{f"a__csv{extension}": content, f"b__unknown{extension}": b"x"})
    (file,) = files.files
    assert (file.name, file.suffix) == (f"a.csv{extension}", ".csv")
    assert files.passed_over == [f"b.unknown{extension}"]
    assert read(file) == [["id", "title"], ["A1", "One"]]
    source = examine(file).source
    assert (source.sha256, source.size) == (hashlib.sha256(content).hexdigest(), len(content))


@pytest.mark.parametrize("extension", PACKED)
@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: b"no" + data])
def test_damaged_compression(refused, extension: str, damage) -> None:
    content = PACKED[extension](CSV * 1000)
    assert refused(f"a.csv{extension}", damage(content)).code == "archive-damaged"


@pytest.mark.parametrize("extension", PACKED)
def test_a_small_file_that_grows_without_end(refused, extension: str) -> None:
    content = PACKED[extension](b"a" * (70 << 20))
    assert refused(f"a.csv{extension}", content).code == "input-too-large"


def test_members_of_an_archive(tmp_path: Path) -> None:
    content = archive(
        **{"in/a__csv": CSV, "b__json": b'[{"id": 1}]', "notes__md": b"x", "__MACOSX/a__csv": b"y"}
    )
    files = found(tmp_path, data__zip=content)
    assert [file.name for file in files.files] == ["data.zip/b.json", "data.zip/in/a.csv"]
    assert [file.suffix for file in files.files] == [".json", ".csv"]
    assert files.files[1].folder == tmp_path / "data.zip" / "in"
    assert files.passed_over == ["data.zip/notes.md"]
    assert read(files.files[1]) == [["id", "title"], ["A1", "One"]]
    assert examine(files.files[1]).source.sha256 == hashlib.sha256(CSV).hexdigest()


def test_names_in_an_archive_are_names(tmp_path: Path) -> None:
    content = archive(**{"../../up__csv": CSV, "/top__csv": CSV})
    files = found(tmp_path, data__zip=content)
    assert {file.member for file in files.files} <= {"../../up.csv", "/top.csv"}
    assert all(read(file) for file in files.files)
    assert [path.name for path in tmp_path.iterdir()] == ["data.zip"]
    assert not (tmp_path.parent.parent / "up.csv").exists()


def encrypted() -> bytes:
    content = bytearray(archive(a__csv=CSV))
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def repeated() -> bytes:
    content = archive(a__csv=CSV, b__csv=CSV)
    return content.replace(b"b.csv", b"a.csv")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (archive(a__csv=CSV)[:-30], "archive-damaged"),
        (b"PK\x03\x04", "archive-damaged"),
        (archive(b__zip=archive(a__csv=CSV), a__csv=CSV), "archive-refused"),
        (archive(**{"a__csv__gz": gzip.compress(CSV)}), "archive-refused"),
        (encrypted(), "archive-refused"),
        (repeated(), "archive-refused"),
        (archive(a__md=b"x"), "no-records"),
        (archive(a__csv=bytes(70 << 20)), "input-too-large"),
        (archive(**{f"{i}__csv": b"" for i in range(10_001)}), "input-too-large"),
    ],
    ids=range(9),
)
def test_archives_that_are_not_read(tmp_path: Path, content: bytes, code: str) -> None:
    files = found(tmp_path, data__zip=content, good__csv=CSV)
    assert [file.name for file in files.files] == ["good.csv"]
    (problem,) = files.problems
    assert (problem.code, problem.place.source) == (code, "data.zip")
    with pytest.raises(Refused):
        examine_inputs([tmp_path])


def test_a_member_that_is_damaged(tmp_path: Path) -> None:
    content = bytearray(archive(a__csv=CSV * 100))
    content[45] ^= 0xFF
    (file,) = found(tmp_path, data__zip=bytes(content)).files
    with pytest.raises(Refused) as caught:
        read(file)
    assert caught.value.problems[0].code == "archive-damaged"


def test_lines_of_compressed_text(tmp_path: Path) -> None:
    (file,) = found(tmp_path, a__txt__gz=gzip.compress("ä\r\nb\rc".encode())).files
    assert list(open_text(file, "utf-8")) == ["ä", "b", "c"]


# --- What a file is -----------------------------------------------------------

WORKBOOK = archive(**{"[Content_Types]__xml": b"<x/>", "xl/workbook__xml": b"<x/>"})

KINDS = [
    (CSV, ".csv"),
    (b' \n[{"id": 1}]', ".json"),
    ('{"id": 1}'.encode("utf-16"), ".json"),
    (b"# a comment\nProjektebene\nA1\n", ".txt"),
    ("Projektebene\r\nA1\r\n".encode("utf-8-sig"), ".txt"),
    (gzip.compress(b'{"id": 1}'), ".json"),
    (bz2.compress(CSV), ".csv"),
    (WORKBOOK, ".xlsx"),
    (gzip.compress(WORKBOOK), ".xlsx"),
    (b"", ".csv"),
    (b"\x1f\x8b and no more", ".csv"),
]
"""Files by what is in them; compressed ones hold the time, so that they make no names of tests."""


@pytest.mark.parametrize(("content", "suffix"), KINDS, ids=range(len(KINDS)))
def test_a_named_file_is_told_by_its_content(tmp_path: Path, content: bytes, suffix: str) -> None:
    path = tmp_path / "export.dat"
    path.write_bytes(content)
    (file,) = find_files([path], EXTENSIONS).files
    assert (file.name, file.suffix) == ("export.dat", suffix)


@pytest.mark.parametrize(("content", "suffix"), KINDS, ids=range(len(KINDS)))
def test_standard_input(monkeypatch, content: bytes, suffix: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    (file,) = find_files([STDIN], EXTENSIONS).files
    assert (file.name, file.suffix) == ("stdin", suffix)
    assert file.path.read_bytes() == content
    file.path.unlink()


def test_an_archive_by_standard_input(monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(archive(a__csv=CSV))))
    (file,) = find_files([STDIN], EXTENSIONS).files
    assert file.name == "stdin/a.csv"
    assert read(file) == [["id", "title"], ["A1", "One"]]


def test_files_of_a_folder_are_told_by_their_names(tmp_path: Path) -> None:
    files = found(tmp_path, a__csv=CSV, b__dat=CSV, c__xlsx=b"", d__CSV__GZ=b"")
    assert [file.name for file in files.files] == ["a.csv", "c.xlsx", "d.CSV.GZ"]
    assert files.passed_over == ["b.dat"]


def test_members_of_two_archives_of_one_name(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "data.zip").write_bytes(archive(a__csv=CSV))
    paths = [tmp_path / "x" / "data.zip", tmp_path / "y" / "data.zip"]
    assert [file.name for file in find_files(paths, EXTENSIONS).files] == [
        "x/data.zip/a.csv",
        "y/data.zip/a.csv",
    ]


# --- Any bytes ----------------------------------------------------------------

NAMES = ["a.csv", "a.json", "a.jsonl", "a.xlsx", "a.csv.gz", "a.json.xz", "a.csv.bz2", "a.zip"]
SEEDS = [CSV, b'[{"id": 1, "p": [{"a": [2]}]}]', archive(a__csv=CSV), WORKBOOK]
SEEDS += [gzip.compress(CSV), lzma.compress(CSV), bz2.compress(CSV)]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """The bytes of a good file, some of them changed, left out or added."""
    content = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(content)))
        content[at : at + draw(st.integers(0, 3))] = draw(st.binary(max_size=4))
    return bytes(content)


@settings(max_examples=400, suppress_health_check=list(HealthCheck))
@given(
    name=st.sampled_from(NAMES),
    content=st.one_of(
        st.binary(max_size=200), damaged(), st.text(max_size=100).map(lambda text: text.encode())
    ),
)
def test_any_bytes_give_tables_or_a_reason_why_not(
    tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(content)
    with suppress(InputError):
        for file in find_files([path], EXTENSIONS).files:
            for table in read_tables(examine(file)):
                for row in table.rows():
                    assert str(table.place(row, 0))


def test_a_text_of_many_lines_and_no_record_is_read_in_one_pass(tmp_path: Path) -> None:
    source = tmp_path / "lines.txt"
    source.write_text("\n" * 50_000 + "x\n" * 50_000, encoding="utf-8")
    begun = perf_counter()
    with pytest.raises(Refused):
        build([source], tmp_path / "output")
    assert perf_counter() - begun < 20  # it was some minutes


# --- What is told of files of no layout -----------------------------------------


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (b"colour,size", "No layout has the columns ‹colour›, ‹size›."),
        (
            b"project_id,programme,title,a,b,c,d",
            "knows 3 of 7 columns, fewer than half, and not ‹a›, ‹b›, ‹c›, ‹d›. If it is that all "
            "the same, build with --profile exchange.",
        ),
        (b"project_id,title,a,b,c", "knows 2 of 5, and asks for ‹programme› besides."),
        (b"project_id,title,start_date", "has no column ‹programme›"),
    ],
)
def test_of_a_file_of_no_layout_the_nearest_is_told(
    tmp_path: Path, header: bytes, told: str
) -> None:
    (tmp_path / "a.csv").write_bytes(header + b"\n1,2\n")
    with pytest.raises(Refused) as refused:
        examine_inputs([tmp_path])
    (problem,) = refused.value.problems
    assert told in problem.message


def test_a_folder_of_files_that_are_not_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"only a\.ods, b\.xls\. Save tables as CSV or XLSX"):
        found(tmp_path, b__xls=b"", a__ods=b"")
