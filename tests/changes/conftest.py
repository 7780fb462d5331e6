"""What the tests of changes share: the examples as they were before a few corrections."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.pipeline import build


def edit(path: Path, *replacements: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8", newline="\n")


@pytest.fixture(scope="session")
def earlier_folder(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Path:
    """A build of the examples before they were corrected and completed."""
    folder = tmp_path_factory.mktemp("earlier")
    shutil.copytree(examples, folder / "examples")
    alpine = folder / "examples" / "alpen013.txt"
    (last,) = [line for line in alpine.read_text("utf-8").splitlines() if "Alpen013-014" in line]
    edit(
        alpine,
        ("30.04.19", "31.03.19"),
        ("D05 - Clusterbildung | ", ""),
        ("größere Rolle", "kleine Rolle"),
        ("1700FribourgCH", "1701FribourgCH"),
        ("Alpen013-012neinLombardy Region", "Alpen013-012neinLombardy Regio"),
        (f"{last}\n", ""),
    )
    northern = folder / "examples" / "nordsee.txt"
    text = northern.read_text(encoding="utf-8")
    northern.write_text(text[: text.rindex("Projektebene")], encoding="utf-8", newline="\n")
    southern = folder / "examples" / "donauraum.txt"
    text = southern.read_text(encoding="utf-8")
    southern.write_text(f"# moved down a line\n{text}", encoding="utf-8", newline="\n")
    return build([folder / "examples"], folder / "output").output
