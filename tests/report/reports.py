"""Made-up builds for the tests of the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.built import InputCount, Manifest
from kg.problems import Level, Place, Problem
from kg.report import ReportData
from kg.settings import Settings
from kg.validation import load_shapes

SHAPE_PROBLEM = Problem(
    code="day-month-swap",
    level=Level.WARNING,
    place=Place("alps.txt", 14),
    message="The start date looks swapped.",
    remedy="",
    field="start_date",
    value="11.01.16",
    record="Alpen013",
)
PROBLEMS = (
    Problem.of("town-missing", Place("alps.txt", 41), "No town.", value="Alpen901-002neinÉcole"),
    SHAPE_PROBLEM,
    Problem.of(
        "amount-invalid",
        Place("danube.txt", 17),
        "‹about 3 million› is not an amount.",
        field="total_budget",
        value="about 3 million",
        record="Donau902",
    ),
    Problem.of("partner-unparsable", Place("danube.txt", 30), "No country.", value="Donau902-004"),
    Problem.of("required", Place("danube.txt", 40, 60), "No project id.", field="project_id"),
    Problem.of("id-case", Place("alps.txt", 44), "ALPEN901 was read before.", level=Level.NOTE),
)
LEDGER = {
    "alps.txt": {"start_date": {"mapped": 2}, "town": {"mapped": 3, "ignored": 1}},
    "danube.txt": {"project_id": {"mapped": 1, "rejected": 1}, "title": {"mapped": 1_234}},
}
HELD_LEVELS = {"records": Level.RECORD, "partners": Level.PARTNER, "fields": Level.FIELD}


def a_report(
    problems: Sequence[Problem] = PROBLEMS,
    *,
    unseen: Sequence[Problem] = (),
    ledger: dict[str, dict[str, dict[str, int]]] = LEDGER,
    settings: Settings = Settings(title="Interreg in the Alps"),  # noqa: B008 (frozen)
) -> ReportData:
    """A report of these problems; ``unseen`` are counted and not shown."""
    found = [*problems, *unseen]
    levels = Counter(problem.level for problem in found)
    held = {name: levels[level] for name, level in HELD_LEVELS.items()}
    inputs = [
        InputCount(name, f"{number:064x}", 1_500 * number, "text", 2)
        for number, name in enumerate(ledger, 1)
    ]
    records = sum(item.records for item in inputs)
    manifest = Manifest(
        version="0.1.0",
        base=settings.base,
        engine=settings.engine,
        licence=settings.licence,
        passed_over=["README.md"],
        inputs=inputs,
        records=records,
        projects=records - held["records"],
        participations=12,
        organisations=11,
        triples=4_321,
        held=held,
        problems=dict(sorted(Counter(problem.code for problem in found).items())),
        levels={level.word: number for level, number in sorted(levels.items())},
        ledger=ledger,
        graph="ab" * 32,
    )
    return ReportData(manifest=manifest, settings=settings, shapes=load_shapes(), problems=problems)
