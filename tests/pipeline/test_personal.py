"""Data of persons that stand where nobody expects them are in no output and on no terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.cli import run
from tests.pipeline.feedback import EXCHANGE, LISTS, LISTS_ROWS, ONE_TABLE, ONE_TABLE_ROWS, TEXT

pytestmark = pytest.mark.slow

MAIL, PHONE = "eva.muster@example.org", "Tel. +43 512 1234567"
MARKS = ("eva.muster", "eva-muster", "1234567", "Eva Privat")
"""What stands in no output."""

PROJECT = dict(
    line.split("=")
    for line in """\
project_id=P1
programme=Danube
title=First
description=Text
url=https://example.org/
themes=A1 - Innovation
total_budget=1000,00
start_date=01.02.2017
lead_country=AT
specific_objective=1.1 : Research
notes=
Contact=Eva Privat""".splitlines()
)
PARTNER = {
    "project_id": "P1",
    "partner_id": "P1-1",
    "role": "LP",
    "name": "Uni Wien",
    "postcode": "1010",
    "town": "Wien",
    "country": "AT",
    "federal_state": "",
    "what": "",
}
KEYED = LISTS.replace("[[tables]]", '[key]\nproject_id = ["title"]\n\n[[tables]]', 1).replace(
    '    { header = ["Project"], field = "project_id", required = true },\n', ""
)
UNNAMED = LISTS.replace('field = "name", required = true', 'field = "name"')


def table(*rows: dict[str, str]) -> str:
    lines = [list(rows[0]), *(list(row.values()) for row in rows)]
    return "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in lines)


def exchange(field: str, value: str, *, of_partner: bool = False) -> dict[str, str]:
    """Return the two tables with a value in a field of the second project, or of its partner."""
    second = {"project_id": "P2", "title": "Second"} | ({} if of_partner else {field: value})
    partner = {"project_id": second["project_id"], "partner_id": f"{second['project_id']}-1"}
    partner |= {field: value} if of_partner else {}
    return {
        "projects.csv": table(PROJECT, PROJECT | second),
        "partners.csv": table(PARTNER, PARTNER | partner),
    }


def text(old: str, new: str) -> dict[str, str]:
    assert old in TEXT
    return {"record.txt": TEXT.replace(old, new, 1)}


CASES: dict[str, tuple[dict[str, str], str]] = {
    **{f"{field}: {what}": (exchange(field, value), "")
       for field in PROJECT if field != "Contact"
       for what, value in [("mail", f"A1 - {MAIL}"), ("phone", PHONE)]},
    "link": (exchange("url", f"https://example.org/?mail={MAIL}"), ""),
    "escaped link": (exchange("url", "https://example.org/eva.muster%40example.org"), ""),
    **{f"partner {field}": (exchange(field, MAIL, of_partner=True), "") for field in PARTNER},
    "ragged": ({n: t + f"P9,x,{MAIL}\n" for n, t in exchange("title", "x").items()}, ""),
    "more cells": ({n: t.rstrip("\n") + f",{MAIL}\n" for n, t in exchange("title", "x").items()},
                   ""),
    "above the header": ({n: f"Export by {MAIL}\n{t}" for n, t in exchange("title", "x").items()},
                         ""),
    "no header": ({"x.csv": f"P1,Danube,{MAIL}\nP2,Rhine,max.{MAIL}\n"}, ""),
    "header": ({n: t.replace('"notes"', f'"{MAIL}"') for n, t in exchange("notes", "x").items()},
               ""),
    "duplicate": ({"projects.csv": table(PROJECT, PROJECT | {"title": f"Two {MAIL}"}),
                   "partners.csv": table(PARTNER)}, ""),
    "text id": (text("\nTest001\n", f"\n{MAIL}\n"), ""),
    "text name": (text("002nein", f"002nein{MAIL} "), ""),
    "text phone": (text("002nein", f"002neinOffice {PHONE} "), ""),
    "text title": (text("\nA record without a fault\n", f"\nA record, see {MAIL}\n"), ""),
    "text shape": (text("Projektebene\n", f"Projektebene {MAIL}\n"), ""),
    "list": ({"rows.csv": LISTS_ROWS.replace("Beispiel AG", MAIL)}, LISTS),
    "list without need": ({"rows.csv": LISTS_ROWS.replace("Beispiel AG", MAIL)}, UNNAMED),
    "made id": ({"rows.csv": LISTS_ROWS.replace("Second", f"Second {MAIL}")}, KEYED),
    "rows": ({"rows.csv": ONE_TABLE_ROWS.replace("eva@", "eva.muster@").replace(";LP;SI", ";?;SI")},
             ONE_TABLE),
    "json": ({"a.json": json.dumps([
        {"project_id": "P1", "programme": "D", "title": "T", MAIL: "x", "misc": [MAIL, "b"],
         "contact": {"name": "Eva Privat"},
         "partners": [{"partner_id": MAIL, "role": "LP", "name": "Uni", "info": MAIL}]},
        {"project_id": "P2", "programme": "D", "title": ["a", MAIL]}])}, ""),
    "broken json": ({"a.json": f'[{{"project_id": "P1", "{MAIL}": 1, "{MAIL}": 2}}]'}, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_nothing_personal_is_told(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files, profile = CASES[name]
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    for file, content in files.items():
        Path("in", file).write_text(content, encoding="utf-8")
    options, layout = [], "auto"
    if profile:
        layout = "layout.toml"
        Path(layout).write_text(profile, encoding="utf-8")
        options = ["--profile", layout]
    commands = [["build", "in", "-o", "out", *options], ["sources", "check", layout, "in"],
                ["sources", "inspect", "in"], ["sources", "inspect", "in", "--draft"]]  # fmt: skip
    told = ""
    for command in commands:
        for form in ([], ["--json"]):
            assert run([*command, *form]) in {0, 1, 2}
            told += "".join(capfd.readouterr())
    for resource in resources(Path("out")):
        assert run(["explain", resource, "in", *options, "--on", "out"]) == 0
        told += "".join(capfd.readouterr())
    told += all_text(Path("out"))
    assert not [told[max(0, told.index(m) - 80) :][:160] for m in MARKS if m in told]


def resources(output: Path) -> list[str]:
    """Return the projects and participations of a build."""
    if not output.exists():
        return []
    lines = (output / "graph.nt").read_text(encoding="utf-8").splitlines()
    subjects = {line.split(" ")[0].strip("<>") for line in lines}
    return sorted(s for s in subjects if "/project/" in s or "/participation/" in s)


def test_a_column_that_a_profile_names_as_personal_is_published(tmp_path: Path) -> None:
    profile = tmp_path / "layout.toml"
    named = ONE_TABLE.replace('ignore = "personal"', 'field = "department", personal = "asked for"')
    profile.write_text(named, encoding="utf-8")
    (tmp_path / "rows.csv").write_text(ONE_TABLE_ROWS, encoding="utf-8")
    output = tmp_path / "out"
    run(["build", str(tmp_path / "rows.csv"), "-o", str(output), "--profile", str(profile), "-q"])
    assert '"eva@example.org"' in (output / "graph.nt").read_text(encoding="utf-8")


def test_a_correction_tells_nothing_personal(tmp_path: Path) -> None:
    folder = EXCHANGE / "csv" / "input"
    for file in folder.iterdir():
        changed = file.read_text(encoding="utf-8").replace("Beispiel AG", f"Beispiel {MAIL}")
        (tmp_path / file.name).write_text(changed, encoding="utf-8")
    head = "source,record,field,stated,right,reason,by\n"
    corrections = tmp_path / "c.csv"
    line = f"*,Test001-002,name,Beispiel {MAIL},Beispiel AG,see {MAIL},Eva <{MAIL}>\n"
    corrections.write_text(head + line, encoding="utf-8")
    output = tmp_path / "out"
    sources = [str(tmp_path / file.name) for file in folder.iterdir()]
    assert run(["build", *sources, "-o", str(output), "--corrections", str(corrections), "-q"]) <= 1
    assert "eva.muster" not in all_text(output)
    corrections.write_text(head + f"*,Test001-002,name,x,{MAIL},why,me\n", encoding="utf-8")
    assert run(["build", *sources, "-o", str(output), "--corrections", str(corrections)]) == 2


def all_text(output: Path) -> str:
    """Return all that a build wrote, its notes for the next one too, as far as it is text."""
    files = [path for path in output.rglob("*") if path.is_file() and path.parent.name != "store"]
    return "".join(path.read_bytes().decode("utf-8", "replace") for path in sorted(files))
