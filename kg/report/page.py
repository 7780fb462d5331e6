"""The page: what a build's data say to a reader, poured into the template beside this file."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

import jinja2
import msgspec

from kg.built import (
    DATASET,
    JSONLD,
    MANIFEST,
    NTRIPLES,
    PARTED,
    PROBLEMS,
    REJECTS,
    REPORT,
    TURTLE,
    Manifest,
)
from kg.problems import CODES, Level, Problem
from kg.records import Outcome
from kg.report.data import ReportData
from kg.report.raw_text import excerpt, plain, visible
from kg.settings import FORMATS
from kg.validation import Shapes
from kg.vocabulary import SHAPE

__all__ = ["render_page"]

MAX_FILES = 200
"""Input files that are listed one by one; the sums are over all."""

_LEVELS = {
    Level.FILE: ("Files refused", "Nothing of the run is published."),
    Level.RECORD: ("Records held back", "The project is held back with all that hangs on it."),
    Level.PARTNER: ("Partners held back", "Only the partner is held back for this."),
    Level.FIELD: ("Values left out", "Only the value is left out for this."),
    Level.WARNING: ("Warnings", "Nothing is held back for this; what is stated stays."),
    Level.NOTE: ("Notes", "Nothing is wrong; it is good to know."),
}
"""The heading of a level, and what a problem of that level costs; the costliest first."""

_STRICT_WARNING = "This build was strict: a rule that warns holds the record back, too."

_HELD = {
    "records": (Level.RECORD, "record", "held back"),
    "partners": (Level.PARTNER, "partner", "held back"),
    "fields": (Level.FIELD, "value", "left out"),
}
"""The manifest's counts of what was held back: the level that does it, and the words for it."""

_FILES = (
    (TURTLE, "the graph as Turtle, grouped by project"),
    (JSONLD, "the graph as JSON-LD, nested by project"),
    (NTRIPLES, "the graph as N-Triples, one statement a line"),
    (DATASET, "the description of the data set (DCAT and VoID)"),
    (PROBLEMS, "all problems, one JSON object a line"),
    (REJECTS, "what was held back: the raw input and the reasons"),
    (REPORT, "the SHACL validation report"),
    (MANIFEST, "all counts, the ledger, and the hashes of inputs and graph"),
)
"""The outputs that lie beside the report, and what they are."""


class NumberedProblem(msgspec.Struct, frozen=True):
    """A problem and its number on the page, which counts in the order of the input."""

    number: int
    problem: Problem


class LevelGroup(msgspec.Struct, frozen=True):
    """The problems of one level: those shown, and how many there are in all."""

    level: Level
    title: str
    cost: str
    entries: Sequence[NumberedProblem]
    total: int


class HeldBack(msgspec.Struct, frozen=True):
    """How many records, partners or values were held back, and the problems that say why.

    ``reasons`` are codes and how many problems on the page bear them; ``elsewhere`` are values that
    cannot be used either, and count with the records that are held back for something else.
    """

    words: str
    number: int
    level: Level
    reasons: Sequence[tuple[str, int]]
    elsewhere: int = 0


class CodeMeaning(msgspec.Struct, frozen=True):
    """What a problem code means; ``first`` is the number of its first problem on the page."""

    code: str
    total: int
    shown: int
    first: int | None
    name: str | None
    is_shape: bool
    meaning: str
    remedy: str | None


class Balance(msgspec.Struct, frozen=True):
    """A line of the ledger: how many cells, and what became of them."""

    name: str
    mapped: int
    ignored: int
    rejected: int

    @property
    def cells(self) -> int:
        """The cells that came in."""
        return self.mapped + self.ignored + self.rejected


class FileLedger(msgspec.Struct, frozen=True):
    """The ledger of a file: its sums and its columns."""

    sum: Balance
    columns: Sequence[Balance]


def render_page(data: ReportData) -> str:
    """Return the report as HTML."""
    manifest = data.manifest
    entries = [NumberedProblem(number, problem) for number, problem in enumerate(data.problems, 1)]
    ledger = [_file_ledger(name, columns) for name, columns in manifest.ledger.items()]
    template = _environment().get_template("page.html.jinja")
    return template.render(
        manifest=manifest,
        settings=data.settings,
        overview=_overview(manifest),
        tone=_tone(manifest),
        size=sum(item.size for item in manifest.inputs),
        files=_files(data),
        hashed="the list of the parts" if data.in_parts else NTRIPLES,
        max_files=MAX_FILES,
        held=_held(manifest, data.problems),
        strict_warning=_STRICT_WARNING,
        shown=len(entries),
        total=sum(manifest.problems.values()),
        groups=_groups(manifest, entries, strict=data.settings.strict),
        explanations=_explanations(manifest, entries, data.shapes),
        ledger=ledger,
        ledger_sum=_add("All files", [item.sum for item in ledger]),
        style=_asset("page.css"),
        script=_asset("page.js"),
    )


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "bytes": _bytes,
        "csp_hash": _csp_hash,
        "excerpt": excerpt,
        "plain": plain,
        "thousands": _thousands,
        "visible": visible,
        "web_link": _web_link,
    }
    return environment


# --- what the page says ------------------------------------------------------


def _files(data: ReportData) -> list[tuple[str, str]]:
    """Return the outputs beside the page, and what they are."""
    left_out = set(FORMATS).difference(data.settings.formats)
    found = [entry for entry in _FILES if entry[0].removeprefix("graph.") not in left_out]
    if not data.in_parts:
        return found
    return [
        (f"{PARTED[name]}/", f"{words}, in parts") if name in PARTED else (name, words)
        for name, words in found
    ]


def _overview(manifest: Manifest) -> str:
    """Return the outcome as a sentence, such as ``14 of 14 records published; 7 warnings``."""
    read = _counted(manifest.records, "record")
    parts = [f"{_thousands(manifest.projects)} of {read} published"]
    if repeated := manifest.problems.get("duplicate-record", 0):
        parts.append(f"{_counted(repeated, 'repetition')} dropped")
    by_fate: dict[str, list[str]] = {}
    for name, (_, noun, fate) in _HELD.items():
        if number := manifest.held.get(name, 0):
            by_fate.setdefault(fate, []).append(_counted(number, noun))
    parts += [f"{' and '.join(counts)} {fate}" for fate, counts in by_fate.items()]
    if not by_fate:
        parts.append("nothing held back")
    warnings = manifest.levels.get(Level.WARNING.word, 0)
    parts.append(_counted(warnings, "warning") if warnings else "no warnings")
    return "; ".join(parts) + "."


def _tone(manifest: Manifest) -> str:
    """Return how the outcome is coloured."""
    if any(manifest.held.values()):
        return "held"
    return "warned" if manifest.levels.get(Level.WARNING.word) else "clean"


def _held(manifest: Manifest, problems: Iterable[Problem]) -> list[HeldBack]:
    reasons: dict[Level, Counter[str]] = {level: Counter() for level in Level}
    for problem in problems:
        reasons[problem.level][problem.code] += 1
    return [
        HeldBack(
            f"{noun if number == 1 else noun + 's'} {fate}",
            number,
            level,
            sorted(reasons[level].items()),
            manifest.levels.get(level.word, 0) - number if level is Level.FIELD else 0,
        )
        for name, (level, noun, fate) in _HELD.items()
        if (number := manifest.held.get(name, 0))
    ]


def _groups(
    manifest: Manifest, entries: Sequence[NumberedProblem], *, strict: bool
) -> list[LevelGroup]:
    groups = []
    for level, (title, cost) in _LEVELS.items():
        found = [entry for entry in entries if entry.problem.level is level]
        total = manifest.levels.get(level.word, 0)
        if level is Level.WARNING and strict:
            cost = _STRICT_WARNING
        if total:
            groups.append(LevelGroup(level, title, cost, found, total))
    return groups


def _explanations(
    manifest: Manifest, entries: Sequence[NumberedProblem], shapes: Shapes
) -> list[CodeMeaning]:
    numbers: dict[str, list[int]] = {}
    for entry in entries:
        numbers.setdefault(entry.problem.code, []).append(entry.number)
    return [
        _explanation(code, total, numbers.get(code, []), shapes)
        for code, total in sorted(manifest.problems.items())
    ]


def _explanation(code: str, total: int, numbers: Sequence[int], shapes: Shapes) -> CodeMeaning:
    first = numbers[0] if numbers else None
    card = shapes.cards.get(SHAPE.iri + code)
    if entry := CODES.get(code):
        name, meaning, remedy = None, entry.meaning, entry.remedy
    else:  # the message of a shape says what to do as well
        name = card.names.get("en") if card else None
        meaning, remedy = shapes.message(SHAPE.iri + code), None
    return CodeMeaning(code, total, len(numbers), first, name, card is not None, meaning, remedy)


# --- the ledger --------------------------------------------------------------


def _file_ledger(name: str, columns: Mapping[str, Mapping[str, int]]) -> FileLedger:
    lines = [
        Balance(
            column,
            mapped=outcomes.get(Outcome.MAPPED.value, 0),
            ignored=outcomes.get(Outcome.IGNORED.value, 0),
            rejected=outcomes.get(Outcome.REJECTED.value, 0),
        )
        for column, outcomes in columns.items()
    ]
    return FileLedger(_add(name, lines), lines)


def _add(name: str, lines: Sequence[Balance]) -> Balance:
    return Balance(
        name,
        mapped=sum(line.mapped for line in lines),
        ignored=sum(line.ignored for line in lines),
        rejected=sum(line.rejected for line in lines),
    )


# --- how it is written -------------------------------------------------------


def _counted(number: int, noun: str) -> str:
    return f"{_thousands(number)} {noun}{'' if number == 1 else 's'}"


def _thousands(number: int) -> str:
    return f"{number:,}"


def _bytes(size: int) -> str:
    """Return a size in bytes in the unit that reads best; 1 kB is 1,000 bytes (SI)."""
    if size < 1_000:
        return _counted(size, "byte")
    value, unit = size / 1_000, "kB"
    for larger in ("MB", "GB"):
        if value < 999.95:
            break
        value, unit = value / 1_000, larger
    return f"{value:,.1f} {unit}"


def _web_link(iri: str) -> str | None:
    """Return an IRI that may be followed, or None where its scheme is not one of the web."""
    return iri if iri.lower().startswith(("https://", "http://")) else None


def _asset(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def _csp_hash(text: str) -> str:
    """Return the source expression that allows just this inline text (CSP 3, section 2.3.1)."""
    digest = base64.b64encode(sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
