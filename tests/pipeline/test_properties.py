"""What holds for any input: no traceback, nothing lost, and no record harms another."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.pipeline import BuildResult, build
from kg.problems import KgError

pytestmark = pytest.mark.slow

RECORD = (
    (Path(__file__).parent.parent / "cases" / "text" / "clean" / "input.txt")
    .read_text(encoding="utf-8")
    .rstrip("\n")
)
OTHER = RECORD.replace("Test001", "Test002")
QUICK = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def build_bytes(data: bytes) -> tuple[int, dict[str, object], str]:
    """Build bytes as a file; return exit status, manifest and N-Triples."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "input.txt")
        source.write_bytes(data)
        try:
            result = build([source], Path(folder, "output"), workers=1)
        except KgError as error:
            return error.exit_status, {}, ""
        manifest = json.loads((result.output / "manifest.json").read_bytes())
        return result.exit_status, manifest, (result.output / "graph.nt").read_text("utf-8")


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """The clean record with a few bytes changed, cut or put in anywhere."""
    data = bytearray(RECORD.encode())
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        data[start:end] = draw(
            st.one_of(st.binary(max_size=6), st.text(max_size=6).map(str.encode))
        )
    return bytes(data)


@QUICK
@given(st.one_of(st.binary(max_size=400), damaged()))
def test_any_bytes_give_an_exit_status_and_a_ledger_that_adds_up(data: bytes) -> None:
    status, manifest, _ = build_bytes(data)
    assert status in {0, 1, 2}
    if manifest:
        held = manifest["held"]
        assert isinstance(held, dict)
        assert status == (1 if any(held.values()) else 0)


@QUICK
@given(damaged())
def test_a_bad_record_never_changes_what_is_published_for_another(damage: bytes) -> None:
    alone = build_bytes(OTHER.encode())[2]
    data = OTHER.encode() + b"\n\nProjektebene\n\n" + damage
    status, _, beside = build_bytes(data)
    if status == 2:
        return  # the bytes are no text: nothing of the run is published
    mine = [line for line in beside.splitlines() if belongs_to(line, "Test002")]
    assert mine == [line for line in alone.splitlines() if belongs_to(line, "Test002")]


def belongs_to(line: str, project: str) -> bool:
    return line.startswith(
        (
            f"<https://w3id.org/interreg-kg/project/{project}>",
            f"<https://w3id.org/interreg-kg/participation/{project}-",
        )
    )


LINES = RECORD.split("\n")
VALUE_LINES = range(2, 24)
"""The positions of the 22 values, from 0."""


def facts(lines: list[str]) -> set[str]:
    """What is published of a project of this text, apart from where it came from."""
    published = build_bytes("\n".join(lines).encode())[2].splitlines()
    subject = "<https://w3id.org/interreg-kg/project/"
    return {line for line in published if line.startswith(subject) and "wasDerived" not in line}


@pytest.mark.parametrize("at", VALUE_LINES)
def test_a_lost_line_never_moves_a_value_into_another_field(at: int) -> None:
    assert facts(LINES[:at] + LINES[at + 1 :]) <= facts(LINES)


@pytest.mark.parametrize("extra", ["Zusatz", "5", "01.01.15", "7.000,00", "ja", "AT"])
@pytest.mark.parametrize("at", VALUE_LINES)
def test_a_line_too_many_never_moves_a_value_into_another_field(at: int, extra: str) -> None:
    assert facts([*LINES[:at], extra, *LINES[at:]]) <= facts(LINES)


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_the_order_of_the_files_changes_nothing(tmp_path: Path, order: list[int]) -> None:
    files = [tmp_path / "one.txt", tmp_path / "two.txt"]
    files[0].write_text(RECORD, encoding="utf-8")
    files[1].write_text(OTHER, encoding="utf-8")
    result: BuildResult = build([files[i] for i in order], tmp_path / "output")
    again = build([tmp_path], tmp_path / "again")
    for name in ("graph.nt", "graph.ttl", "graph.jsonld", "report.ttl", "dataset.ttl"):
        assert (result.output / name).read_bytes() == (again.output / name).read_bytes()
