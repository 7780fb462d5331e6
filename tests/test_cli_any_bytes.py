"""Any bytes at all, in whatever file a command reads, give an exit status and never a traceback."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.cli import DEBUG, run
from tests.pipeline.feedback import LISTS, LISTS_ROWS, TEXT

pytestmark = pytest.mark.slow

QUICK = settings(max_examples=25, suppress_health_check=list(HealthCheck))
EXCHANGE = Path(__file__).parent / "cases" / "exchange"
CORRECTIONS = "source,record,field,stated,right,reason,by\n*,P1,title,First,Fourth,why,me\n"
REJECTED = {
    "source": "rows.csv", "layout": "lists", "table": "projects", "row": 2, "hash": "0",
    "raw": {"Project": "P1", "Title": "x", "Ids": None},
}  # fmt: skip
SEEDS: dict[str, bytes] = {
    "rows.csv": LISTS_ROWS.encode(),
    "record.txt": TEXT.encode(),
    "a.json": (EXCHANGE / "json" / "input" / "projects.json").read_bytes(),
    "layout.toml": LISTS.encode(),
    "corrections.csv": CORRECTIONS.encode(),
    "rejects.jsonl": json.dumps(REJECTED).encode() + b"\n",
}
NASTY = [b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b'"', b"\\ud800", b"\r", b"\xe2\x80\xae", b"9" * 99,
         b"1e999", b"null", b"[", b"}", b"{n}", b"../../x", b"#", b"=", b"\x1b[31m", b"a@b.example",
         b"", b"NaN", b";;;", b"\n\n\n", b"0.5"]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, seed: bytes) -> bytes:
    """A file with some bytes changed, cut, doubled or put in anywhere."""
    data = bytearray(seed)
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from([0, 1, 4, 30])))
        part = bytes(data[start:end])
        data[start:end] = draw(st.sampled_from([*NASTY, part * 2]) | st.binary(max_size=4))
    return bytes(data)


def commands(name: str) -> list[list[str]]:
    """Return the commands that read a file, among others that are sound."""
    source = name if name in {"record.txt", "a.json"} else "rows.csv"
    options = ["--profile", "layout.toml"] if source == "rows.csv" else []
    build = ["build", source, "-o", "out", *options]
    if name == "corrections.csv":
        return [[*build, "--corrections", name]]
    if name == "rejects.jsonl":
        return [["build", source, name, "-o", "out", *options], ["build", name, "-o", "alone"]]
    check = ["sources", "check", "layout.toml" if options else "auto", source]
    inspect = ["sources", "inspect", source]
    explain = ["explain", "project/P1" if options else "project/Test001", "--on", "out"]
    return [[*build, "--strict"], build, check, [*check, "--json"], inspect, [*inspect, "--json"],
            explain]  # fmt: skip


@pytest.mark.parametrize("name", SEEDS)
@QUICK
@given(data=st.data())
def test_any_bytes_in_any_file(name: str, data: st.DataObject) -> None:
    content = data.draw(st.binary(max_size=300) | damaged(SEEDS[name]))
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, {DEBUG: "1"}):
        for file, seed in SEEDS.items():
            Path(folder, file).write_bytes(content if file == name else seed)
        os.chdir(folder)
        try:
            for command in commands(name):
                assert run(command) in {0, 1, 2}
        finally:
            os.chdir(before)


HOSTILE = ["a b.csv", "a#b%41.csv", "new\nline.csv", "\x1b[31mred.csv", "..csv", "ä̈.csv", "-.csv"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_of_any_name(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DEBUG, "1")
    monkeypatch.chdir(tmp_path)
    Path("layout.toml").write_text(LISTS, encoding="utf-8")
    Path(name).write_text(LISTS_ROWS, encoding="utf-8")
    given = ["--profile", "layout.toml"]
    assert run(["build", f"./{name}", "-o", "out", *given]) == 0
    assert run(["sources", "check", "layout.toml", f"./{name}"]) == 0
    assert run(["explain", "project/P1", "--on", "out", *given]) == 0


NOT_UTF_8 = b"M\xe4rz"


def test_a_file_whose_name_is_not_utf_8(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The graph names its sources, and has no way to name this one."""
    monkeypatch.setenv(DEBUG, "1")
    monkeypatch.chdir(tmp_path)
    name = os.fsdecode(NOT_UTF_8)
    for suffix, text in ((".csv", LISTS_ROWS), (".toml", LISTS), (".fix", CORRECTIONS)):
        Path(f"{name}{suffix}").write_text(text, encoding="utf-8")
    Path("rows.csv").write_text(LISTS_ROWS, encoding="utf-8")
    Path("layout.toml").write_text(LISTS, encoding="utf-8")
    build = ["build", "-o", "out", "--profile"]
    for command, suffix in (
        ([*build, "layout.toml", f"{name}.csv"], ".csv"),
        ([*build, f"{name}.toml", "rows.csv"], ".toml"),
        ([*build, "layout.toml", "rows.csv", "--corrections", f"{name}.fix"], ".fix"),
        (["sources", "check", "layout.toml", f"{name}.csv"], ".csv"),
        (["sources", "inspect", "."], ".csv"),
    ):
        assert run(command) == 2
        told = f"M\\xe4rz{suffix}: The name of this file is not UTF-8. Rename the file."
        assert told in capfd.readouterr().err
    Path(f"{name}.csv").rename(f"{name}.jpg")
    assert run([*build, "layout.toml", "."]) == 0, "what no layout reads is only passed over"
    assert json.loads(Path("out/manifest.json").read_bytes())["passed_over"] == [
        "M\\xe4rz.fix", "M\\xe4rz.jpg", "M\\xe4rz.toml", "layout.toml"
    ]  # fmt: skip


IDS = ["../../x", "/etc/passwd", "%2e%2e", "#f?q", "<x> y", "P‮1", "..", "'\"\\", "a\tb", "{n}"]


def test_ids_of_any_kind_stay_inside_the_base(tmp_path: Path) -> None:
    records = [{"project_id": one, "programme": "P", "title": f"T{n}"} for n, one in enumerate(IDS)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    assert run(["build", str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "out"), "-q"]) == 1
    lines = (tmp_path / "out" / "graph.nt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        iri = line.split(" ")[0]
        if "/project/" in iri:
            rest = iri.partition("/project/")[2].strip("<>")
            assert not set(rest) & set('/?# "<>\\{}'), iri
            assert rest not in {".", ".."}


@pytest.mark.parametrize(
    "command", [["build"], ["sources", "check", "auto"], ["sources", "inspect"]]
)
def test_what_a_file_says_never_steers_a_terminal(
    command: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "a.csv"
    source.write_text("a\x1b[31m,b\x9bc,d\n1,x\x1b]0;y\x07,2\n", encoding="utf-8")
    options = ["-o", str(tmp_path / "out")] if command == ["build"] else []
    with patch("click._compat.should_strip_ansi", return_value=False):
        run([*command, str(source), *options])
    told = "".join(capfd.readouterr())
    assert "\x1b[31m" not in told
    assert not set(told) & {"\x9b", "\x07"}
