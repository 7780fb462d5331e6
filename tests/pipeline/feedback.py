"""Sources of several layouts, clean and damaged, for the tests of what people feed back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kg.pipeline import BuildResult, build
from kg.settings import Settings

CASES = Path(__file__).parents[1] / "cases"
TEXT = (CASES / "text" / "clean" / "input.txt").read_text(encoding="utf-8")
EXCHANGE = CASES / "exchange"

ONE_TABLE = """
name = "one-table"
title = "A row for each partner"

[[tables]]
holds = "partners"
columns = [
    { header = ["Project"], field = "project_id", required = true },
    { header = ["Programme"], field = "programme", required = true },
    { header = ["Title"], field = "title", required = true },
    { header = ["Start"], field = "start_date" },
    { header = ["Total"], field = "total_budget" },
    { header = ["No"], field = "partner_id" },
    { header = ["Partner"], field = "name", required = true },
    { header = ["Role"], field = "role" },
    { header = ["Country"], field = "country" },
    { header = ["E-mail"], ignore = "personal" },
]
"""
ONE_TABLE_ROWS = """\
Project;Programme;Title;Start;Total;No;Partner;Role;Country;E-mail
P1;Danube;First;01.02.2017;1.000,00;P1-1;Uni Wien;LP;AT;eva@example.org
P1;Danube;First;01.02.2017;1.000,00;P1-2;Beispiel AG;PP;DE;
P2;Danube;Second;15.03.2018;2.000,00;P2-1;Primer d.o.o.;LP;SI;jan@example.org
P2;Danube;Second;15.03.2018;2.000,00;P2-2;Musterwerk GmbH;PP;AT;
"""
LISTS = """
name = "lists"
title = "A row for each project, partners in lists"
partner_list = "partial"

[[tables]]
holds = "projects"
columns = [
    { header = ["Project"], field = "project_id", required = true },
    { header = ["Programme"], field = "programme", required = true },
    { header = ["Title"], field = "title", required = true },
    { header = ["Start"], field = "start_date" },
]

[[tables.partners]]
separator = ";"
columns = [
    { header = ["Ids"], field = "partner_id" },
    { header = ["Partners"], field = "name", required = true },
    { header = ["Roles"], field = "role" },
    { header = ["Countries"], field = "country" },
]
"""
LISTS_ROWS = """\
Project,Programme,Title,Start,Ids,Partners,Roles,Countries
P1,Danube,First,01.02.2017,P1-1;P1-2,Uni Wien;Beispiel AG,LP;PP,AT;DE
P2,Danube,Second,15.03.2018,P2-1;P2-2,Primer d.o.o.;Musterwerk GmbH,LP;PP,SI;AT
"""
KEYED = """
name = "keyed"
title = "Projects without an id"
partner_list = "partial"

[key]
project_id = ["title"]

[[tables]]
holds = "projects"
columns = [
    { header = ["Programme"], field = "programme", required = true },
    { header = ["Title"], field = "title", required = true },
    { header = ["Start"], field = "start_date" },
]
"""


class Layout(NamedTuple):
    """A clean source: its files, and its profile where it is none of the package."""

    files: dict[str, str]
    profile: str | None = None


def _files(case: str) -> dict[str, str]:
    folder = EXCHANGE / case / "input"
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


LAYOUTS = {
    "text": Layout({"input.txt": TEXT + "\n" + TEXT.replace("Test001", "Test002")}),
    "csv": Layout(_files("csv")),
    "json": Layout(_files("json")),
    "one-table": Layout({"rows.csv": ONE_TABLE_ROWS}, ONE_TABLE),
    "lists": Layout({"rows.csv": LISTS_ROWS}, LISTS),
}

Damage = tuple[str, str]
"""What stands in the clean source, and what in the damaged one."""
Entry = dict[str, object]


class Workplace:
    """A folder with a source, where builds are made."""

    def __init__(self, folder: Path, layout: Layout) -> None:
        self.folder = folder
        self.layout = layout
        self._builds = 0
        self.profiles: tuple[str, ...] = ()
        if layout.profile is not None:
            path = folder / "layout.toml"
            path.write_text(layout.profile, encoding="utf-8")
            self.profiles = (str(path),)

    def source(self, name: str, *damages: Damage) -> Path:
        """Write the source with some damages, and return its folder."""
        folder = self.folder / name
        folder.mkdir(parents=True)
        files = dict(self.layout.files)
        for clean, damaged in damages:
            assert any(clean in text for text in files.values()), clean
            files = {n: text.replace(clean, damaged, 1) for n, text in files.items()}
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8", newline="")
        return folder

    def build(self, *sources: Path, **settings: object) -> BuildResult:
        """Build sources."""
        self._builds += 1
        given = Settings(profiles=self.profiles, **settings)  # type: ignore[arg-type]
        return build(list(sources), self.folder / f"build-{self._builds}", given, workers=1)

    def repair(self, result: BuildResult, edit: Callable[[Entry], object]) -> Path:
        """Write the rejects of a build as edited, and return the file."""
        path = self.folder / f"repaired-{self._builds}.jsonl"
        entries = rejects(result)
        for entry in entries:
            edit(entry)
        lines = [json.dumps(entry, ensure_ascii=False) for entry in entries]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path


def rejects(result: BuildResult) -> list[Entry]:
    lines = (result.output / "rejects.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def undo(*fixes: tuple[str, str | None]) -> Callable[[Entry], None]:
    """Return what puts right for wrong in the raw input of an entry: cells as a whole or a part.

    Where nothing stands (``None`` or an empty line), the right value is filled in.
    """

    def put_right(text: str | None) -> str | None:
        for right, wrong in fixes:
            if not wrong:
                text = text or right
            elif text:
                text = text.replace(wrong, right, 1)
        return text

    def edit(entry: Entry) -> None:
        raw = entry["raw"]
        if isinstance(raw, list):
            blank = [n for n, line in enumerate(raw) if not line][1:2]
            entry["raw"] = [
                put_right(line) if line or n in blank else line for n, line in enumerate(raw)
            ]
        elif isinstance(raw, dict):
            entry["raw"] = {key: put_right(cell) for key, cell in raw.items()}

    return edit


def graph(result: BuildResult) -> list[str]:
    """The graph of a build without its provenance."""
    lines = (result.output / "graph.nt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if "/source/" not in line]


def codes(result: BuildResult) -> list[str]:
    return [problem.code for problem in result.problems()]
