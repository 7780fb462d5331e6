"""The documentation is true: its commands run, and every code, setting and query is in it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.cli.problems import catalogue
from kg.settings import Settings
from kg.sources.fields import PARTNER_FIELDS, PROJECT_FIELDS
from kg.sources.layouts import load_profile
from kg.sources.layouts.profile import Column, Key, PartnerBlock, TableLayout, TableProfile
from kg.sources.values.style import ValueStyle

from .push.servers import oxigraph

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
PROFILES = ROOT / "docs" / "profiles.md"
STORE = "http://localhost:7878"
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def blocks(page: Path, language: str) -> list[str]:
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def commands(page: Path) -> list[str]:
    lines = (line for block in blocks(page, "sh") for line in block.splitlines())
    return [line.split("  #")[0].strip() for line in lines if line.startswith("kg ")]


def files_of(page: Path) -> list[tuple[str, str]]:
    """Return the files that a page shows whole, by name: blocks whose first line names one."""
    text = page.read_text(encoding="utf-8")
    return re.findall(r"^```\w+ (\w+\.\w+)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader has it: examples, samples, a build, and one of the year before."""
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(ROOT / "examples", folder / "examples")
    shutil.copytree(ROOT / "docs" / "samples", folder / "docs" / "samples")
    for name, text in files_of(ROOT / "docs" / "profiles.md"):
        (folder / name).write_text(text, encoding="utf-8")
    page = folder / "examples" / "alpen013.txt"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("30.04.19", "31.03.19"), encoding="utf-8")
    run(folder, "kg build examples --output last-year --quiet")
    page.write_text(text, encoding="utf-8")
    run(folder, "kg build examples --output output --quiet")
    return folder


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a store that runs, in the place of the one in the documentation."""
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as served:
        yield served.url


def run(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Run a command as it is written, with this Python's ``kg``."""
    script = f'kg() {{ "{sys.executable}" -m kg "$@"; }}\n{line}'
    return subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("page", "line"),
    [(page, line) for page in PAGES for line in commands(page)],
    ids=lambda value: value.name if isinstance(value, Path) else value,
)
def test_a_command_in_the_documentation_runs(
    workplace: Path, page: Path, line: str, request: pytest.FixtureRequest
) -> None:
    if STORE in line:
        line = line.replace(STORE, request.getfixturevalue("store"))
    result = run(workplace, line)
    differs = line.startswith("kg diff")  # says so with exit status 1
    assert result.returncode == differs, result.stderr
    assert result.stdout


def test_the_readme_shows_commands() -> None:
    assert len(commands(ROOT / "README.md")) >= 5


@pytest.mark.parametrize(
    "page", [p for p in PAGES if blocks(p, "python") and p.name in {"README.md", "python.md"}],
    ids=lambda page: page.name,
)  # fmt: skip
def test_python_in_the_documentation_runs(workplace: Path, page: Path) -> None:
    code = "\n".join(blocks(page, "python"))
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=workplace, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_leads_to_something(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_problem_code_is_documented() -> None:
    page = (ROOT / "docs" / "problem-codes.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| (\w+) \| (.+) \|$", page, re.MULTILINE)
    told = {code: (level, meaning) for code, level, meaning in rows}
    assert told == {code: (level, meaning) for code, level, meaning, _ in catalogue()}


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == list(Settings.__struct_fields__)


def test_every_column_of_the_exchange_layout_is_documented() -> None:
    page = (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")
    for table in load_profile("exchange").tables:
        title = table.holds.capitalize()
        parts = re.findall(rf"^\| {title} \|.*\n\|---.*\n((?:\|.*\n)+)", page, re.MULTILINE)
        rows = [row.split("|")[1:3] for part in parts for row in part.splitlines()]
        told = [tuple(re.findall(r"`(\w+)`", " ".join(row))) for row in rows]
        assert told == [column.header for column in table.columns]


def keys_on(page: Path) -> list[str]:
    """Return what the first cells of the tables of a page name."""
    cells = re.findall(
        r"^\| ((?:`\w+`(?:, )?)+) \|", page.read_text(encoding="utf-8"), re.MULTILINE
    )
    return [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]


def test_every_key_and_field_of_a_profile_is_documented() -> None:
    structs = (TableProfile, ValueStyle, Key, TableLayout, PartnerBlock, Column)
    keys = [name for struct in structs for name in struct.__struct_fields__]
    assert Counter(keys_on(PROFILES)) == Counter([*keys, *PROJECT_FIELDS, *PARTNER_FIELDS])


def test_the_kind_of_every_field_is_documented() -> None:
    text = PROFILES.read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)` \| (\w+) \| [^|]* \|$", text, re.MULTILINE)
    stated = {*PROJECT_FIELDS.items(), *PARTNER_FIELDS.items()}
    assert stated <= set(told)
    assert {kind for _, kind in stated} == set(re.findall(r"^\| ([a-z]+) \| ", text, re.MULTILINE))


def test_the_draft_on_the_page_is_the_real_one(workplace: Path) -> None:
    result = run(workplace, "kg sources inspect funding.csv")
    (excerpt,) = re.findall(
        r"^```toml excerpt\n(.*?)^```", PROFILES.read_text("utf-8"), re.S | re.M
    )
    for line in excerpt.splitlines():
        assert line in result.stdout.splitlines()
    assert "muster@" not in result.stdout


def test_the_default_of_every_style_is_documented() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| `(.+)` \|$", PROFILES.read_text("utf-8"), re.M)
    told = {name: text.replace("\\|", "|") for name, text in rows}
    style = ValueStyle()
    for name in {*ValueStyle.__struct_fields__} - {"yes", "no", "not_stated"}:
        value = getattr(style, name)
        assert told[name] == (str(value).lower() if isinstance(value, bool) else value)


def test_the_differences_on_the_page_are_the_real_ones(workplace: Path) -> None:
    page = (ROOT / "docs" / "diff.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```\n(Statements.*?)^```", page, re.S | re.M)
    assert run(workplace, "kg diff last-year output").stdout.strip() == shown.strip()


PROFILE_EDITS = (
    ('field = "title"', 'field = "titel"'),
    ('["PLZ"], field', '["PLZ"], feld'),
    ('decimal = ","', 'decimal = ";"'),
    ('"Akronym"]', '"Akronym"'),
    ("\n]\n", "\n"),
)
"""What the page on profiles says was done to its profile, in the order of the errors there."""


def test_the_errors_of_a_profile_on_the_page_are_the_real_ones(workplace: Path) -> None:
    profile = dict(files_of(PROFILES))["my.toml"]
    folder = workplace / "errors"
    folder.mkdir()
    told = [line for block in blocks(PROFILES, "text") for line in block.splitlines()]
    for (right, wrong), line in zip(
        PROFILE_EDITS, [line for line in told if line.startswith("Error: ")], strict=True
    ):
        assert profile.count(right) == 1
        (folder / "my.toml").write_text(profile.replace(right, wrong), encoding="utf-8")
        result = run(folder, "kg sources check my.toml ../funding.csv")
        assert result.returncode == 2
        assert result.stderr.strip() == line


def test_the_repairs_on_the_page_are_applied(workplace: Path) -> None:
    lines = [c for c in commands(ROOT / "docs" / "problems.md") if c.startswith("kg build")]
    assert len(lines) == 2
    for line in lines:
        told = run(workplace, line).stdout
        assert "1 project published" in told
        assert "held back: nothing" in told
        assert "repair-stale" not in told


def test_the_correction_on_the_page_is_the_sample() -> None:
    (shown,) = blocks(ROOT / "docs" / "corrections.md", "csv")
    assert shown == (ROOT / "docs" / "samples" / "corrections.csv").read_text(encoding="utf-8")


def test_every_room_is_on_the_architecture_page() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {
        path.name + ("/" if path.is_dir() else "")
        for path in (ROOT / "kg").iterdir()
        if not path.name.startswith("__") and (path.is_dir() or path.suffix == ".py")
    }
    assert {room for room in rooms if f"`{room}`" not in page} == set()


def test_the_summary_in_the_readme_is_the_real_one(workplace: Path) -> None:
    result = run(workplace, "kg build examples --output output")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for line in result.stdout.splitlines()[:2]:
        assert line in readme


def test_the_turtle_in_the_readme_is_in_the_graph(workplace: Path) -> None:
    graph = (workplace / "output" / "graph.ttl").read_text(encoding="utf-8")
    (shown,) = blocks(ROOT / "README.md", "turtle")
    assert shown in graph


def test_the_explanation_in_the_documentation_is_the_real_one(workplace: Path) -> None:
    result = run(workplace, "kg explain project/Alpen013 --on output")
    (shown,) = blocks(ROOT / "docs" / "explain.md", "text")
    for paragraph in shown.strip().split("\n\n"):
        assert paragraph in result.stdout
