"""The report as a document: complete, true to the data, inert, the same every time."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
from hashlib import sha256
from itertools import pairwise

import pytest

from kg.problems import CODES, Level, Place, Problem
from kg.report import render_report
from kg.report.page import MAX_FILES
from kg.settings import Settings

from .markup import parse
from .reports import LEDGER, PROBLEMS, SHAPE_PROBLEM, a_report

HOSTILE = [
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    '" onmouseover="alert(1)',
    "'><img src=x onerror=alert(1)>",
    "</style><script>alert(1)</script>",
    "</details></li></ol>",
    "&lt;b&gt; &amp; &#x3c;",
    "{{ manifest }} {% include 'page.js' %}",
    "<!-- ",
    "]]>",
]


def page_of(*problems, **options):
    return parse(render_report(a_report(problems, **options)))


def entry_of(value):
    """The entry of one problem with this value, and the text of the value."""
    problem = Problem.of("date-invalid", Place("a.txt", 7), "No date.", field="start", value=value)
    entry = page_of(problem).one("li", class_="problem")
    return entry, [code.text for code in entry.all("code", class_="value")][-1]


# --- complete ----------------------------------------------------------------


def test_every_problem_stands_in_the_markup_with_all_it_has():
    entries = list(page_of(*PROBLEMS).all("li", class_="problem"))

    assert sorted(entry["id"] for entry in entries) == [
        f"problem-{number}" for number in range(1, len(PROBLEMS) + 1)
    ]
    for entry in entries:
        problem = PROBLEMS[int(entry["id"].removeprefix("problem-")) - 1]
        assert entry["data-level"] == problem.level.word
        assert entry["data-code"] == problem.code
        assert "hidden" not in entry.attributes
        for part in (
            str(problem.place), problem.record, problem.field, problem.value,
            problem.message, problem.remedy, problem.code,
        ):  # fmt: skip
            assert (part or "") in entry.text


def test_problems_stand_under_their_level_the_costliest_first():
    page = page_of(*PROBLEMS)

    groups = list(page.all("section", class_="level"))
    assert [group["id"] for group in groups] == [
        "level-record", "level-partner", "level-field", "level-warning", "level-note",
    ]  # fmt: skip
    warnings = page.one(id="level-warning")
    assert warnings.one("span", class_="count").text == "2"
    assert [entry["id"] for entry in warnings.all("li")] == ["problem-1", "problem-2"]


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.code)
def test_a_code_leads_to_its_explanation(problem):
    page = page_of(problem)

    link = next(
        link for link in page.one("li", class_="problem").all("a") if link.words == problem.code
    )
    explanation = page.one(id=link["href"].removeprefix("#")).words
    if problem.code in CODES:
        assert CODES[problem.code].meaning in explanation
        assert CODES[problem.code].remedy in explanation
    else:
        assert explanation.startswith(f"shape:{problem.code} 1 problem Day and month exchanged.")


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_can_be_shown(code):
    page = page_of(Problem.of(code, Place("a.txt"), "Something is wrong."))

    assert CODES[code].meaning in page.one(id=f"code-{code}").words


def test_a_code_without_explanation_is_shown_all_the_same():
    page = page_of(Problem("new-rule", Level.WARNING, Place("a.txt", 1), "Wrong.", "Mend it."))

    assert "new-rule" in page.one(id="code-new-rule").words


def test_files_that_no_layout_reads_are_named():
    assert "no layout reads them: README.md." in page_of().one("section", id="input").words


def test_counts_are_those_of_the_manifest():
    page = page_of(*PROBLEMS)

    assert page.one(id="overview").words == (
        "3 of 4 records published; 1 record and 1 partner held back; 1 value left out; 2 warnings."
    )
    assert page.one("dl", class_="figures").words == (
        "Projects 3 Participations 12 Organisations 11 Triples 4,321"
    )
    assert [row.words for row in page.one(id="input").one("tbody").all("tr")] == [
        "alps.txt text 2 1.5 kB 000000000000",
        "danube.txt text 2 3.0 kB 000000000000",
    ]
    assert page.one(id="input").one("caption").words == "2 files with 4 records, 4.5 kB"
    assert [item.words.split(" – ")[0] for item in page.one("dl", class_="held").all("div")] == [
        "1 record held back Because of required (1)",
        "1 partner held back Because of partner-unparsable (1)",
        "1 value left out Because of amount-invalid (1)",
    ]


def test_values_in_records_that_are_held_back_are_told_apart():
    report = a_report()
    report.manifest.levels["field"] += 2

    told = parse(render_report(report)).one("dl", class_="held").words
    assert "2 of these problems are in records that are held back as a whole" in told


@pytest.mark.parametrize(
    ("problems", "sentence", "tone"),
    [
        ([], "4 of 4 records published; nothing held back; no warnings.", "clean"),
        ([SHAPE_PROBLEM], "4 of 4 records published; nothing held back; 1 warning.", "warned"),
        (
            [Problem.of("duplicate-record", Place("a.txt", 1), "Twice.")],
            "4 of 4 records published; 1 repetition dropped; nothing held back; no warnings.",
            "clean",
        ),
        (
            [Problem.of("required", Place("a.txt", 1), "No id.")] * 2,
            "2 of 4 records published; 2 records held back; no warnings.",
            "held",
        ),
    ],
)
def test_the_outcome_is_said_in_a_sentence(problems, sentence, tone):
    overview = page_of(*problems).one(id="overview")

    assert overview.words == sentence
    assert overview["class"] == f"overview {tone}"


def test_a_build_without_problems_says_so():
    page = page_of()

    assert page.one(id="held").words.startswith("What was held back Nothing.")
    assert page.one(id="problems").words == "Problems None was found."
    assert not list(page.all("form"))


def test_a_strict_build_says_that_it_was():
    page = page_of(SHAPE_PROBLEM, PROBLEMS[4], settings=Settings(strict=True))

    assert "This build was strict" in page.one(id="held").words
    assert "This build was strict" in page.one(id="level-warning").words


def test_the_ledger_adds_up():
    page = page_of()

    files, *columns = page.one(id="ledger").all("table")
    assert [row.words for row in files.all("tr")] == [
        "File Cells in = Mapped + Ignored + Rejected",
        "alps.txt 6 5 1 0",
        "danube.txt 1,236 1,235 0 1",
        "Sum 1,242 1,240 1 1",
    ]
    assert len(columns) == len(LEDGER)
    assert [row.words for row in columns[0].all("tr")][1:] == [
        "start_date 2 2 0 0",
        "town 4 3 1 0",
        "Sum 6 5 1 0",
    ]


def test_what_is_not_shown_is_counted_and_found_elsewhere():
    unseen = [Problem.of("required", Place("a.txt", 9), "No id."), SHAPE_PROBLEM]
    page = page_of(SHAPE_PROBLEM, unseen=unseen)

    problems = page.one(id="problems")
    assert "This page shows the first 1 of 3 problems" in problems.words
    assert "problems.jsonl" in [link["href"] for link in problems.all("a")]
    assert "This page shows 1 of them." in page.one(id="level-warning").words
    assert "None of them is among the problems" in page.one(id="level-record").words
    assert "1 problem, not on this page" in page.one(id="code-required").words


def test_many_files_are_cut_and_the_sums_are_over_all():
    ledger = {f"{number:04}.txt": {"title": {"mapped": 1}} for number in range(MAX_FILES + 5)}
    page = page_of(ledger=ledger)

    files = page.one(id="input")
    assert len(list(files.one("tbody").all("tr"))) == MAX_FILES
    assert f"The first {MAX_FILES} of {MAX_FILES + 5} files" in files.words
    total = MAX_FILES + 5
    assert next(page.one(id="ledger").all("tfoot")).words == f"Sum {total} {total} 0 0"


def test_the_report_of_a_build_agrees_with_its_other_outputs(example_build):
    page = parse((example_build.output / "report.html").read_text(encoding="utf-8"))

    problems = example_build.problems()
    assert len(list(page.all("li", class_="problem"))) == len(problems)
    for entry in page.all("li", class_="problem"):
        problem = problems[int(entry["id"].removeprefix("problem-")) - 1]
        assert (entry["data-code"], entry["data-level"]) == (problem.code, problem.level.word)
    triples = (example_build.output / "graph.nt").read_bytes().count(b"\n")
    assert f"Triples {triples:,}" in page.one("dl", class_="figures").words
    beside = {link["href"] for link in page.all("a") if re.fullmatch(r"[\w.]+", link["href"])}
    assert {"graph.ttl", "graph.jsonld", "graph.nt", "report.ttl", "rejects.jsonl"} < beside
    for name in beside:
        assert (example_build.output / name).is_file()


# --- inert -------------------------------------------------------------------


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_is_text_wherever_it_stands(value):
    problem = Problem(
        code="date-invalid", level=Level.FIELD, place=Place(value, 3), message=value,
        remedy=value, field=value, value=value, record=value,
    )  # fmt: skip
    settings = Settings(title=value, description=value)
    ledger = {value: {value: {"mapped": 1}}}
    page = parse(render_report(a_report([problem], ledger=ledger, settings=settings)))

    entry = page.one("li", class_="problem")
    assert entry.text.count(value) == 6
    assert page.one("h1").text == page.one("h1").one("bdi").text == value
    assert page.one("title").text == f"Build report – {value}"
    assert len(list(page.all("script"))) == len(list(page.all("style"))) == 1
    assert not list(page.all("img"))
    for element in page.all():
        assert not [name for name in element.attributes if name.startswith("on")]
        assert element.attributes.get("href", "#")[0] in "#gdprm"  # a part, an output, no scheme


def test_only_a_licence_of_the_web_is_linked():
    linked = page_of(settings=Settings(licence="https://example.org/licence?a=1&b=2"))
    named = page_of(settings=Settings(licence="urn:example:licence"))

    assert linked.one("a", rel="license")["href"] == "https://example.org/licence?a=1&b=2"
    assert not list(named.all("a", rel="license"))
    assert "urn:example:licence" in named.one(id="published").words


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("11.01.16", "11.01.16"),
        ("a b", "a b"),
        (" a  b ", " a  b "),
        ("a\tb", "atabb"),
        ("a\u00a0b", "anbspb"),
        ("a\u202egnp.exe", "aU+202Egnp.exe"),
        ("a\u2066b\u2069", "aU+2066bU+2069"),
        ("a\u200bb\ufeff", "aU+200BbU+FEFF"),
        ("\x00\x1b[31m\x85", "U+0000U+001B[31mU+0085"),
        ("a\r\nb", "acr↵\nb"),
        ("\ud800", "U+D800"),
        ("\U000e0041", "U+E0041"),
        ("Łódź Ελλάδα 北京 שלום", "Łódź Ελλάδα 北京 שלום"),
    ],
)
def test_what_cannot_be_seen_is_made_visible(value, shown):
    page = render_report(a_report([Problem.of("date-invalid", Place("a"), "", value=value)]))

    assert page.encode()
    assert (
        list(parse(page).one("li", class_="problem").all("code", class_="value"))[-1]
        .one("bdi")
        .text
        == shown
    )


def test_spaces_that_are_easily_overlooked_are_marked():
    entry, _ = entry_of(" one  two three ")

    assert [space.text for space in entry.all("span", class_="space")] == [" ", "  ", " "]


def test_a_long_value_is_folded_and_whole():
    value = "A sentence about the project. " * 40
    entry, shown = entry_of(value)

    assert shown == value
    assert "1,200 characters" in entry.one("summary").words
    assert len(entry.one("summary").text) < 250


def test_a_huge_value_is_cut_and_the_page_says_so():
    entry, shown = entry_of("x" * 1_000_000)

    assert shown == "x" * 4_000
    assert "first 4,000 characters; problems.jsonl has the whole value" in entry.words


def test_an_empty_value_is_not_nothing():
    page = page_of(Problem.of("date-invalid", Place("a"), "No date.", value=""))

    assert "Value (empty)" in page.one("li", class_="problem").words


# --- a good document ---------------------------------------------------------


def test_it_needs_nothing_from_elsewhere():
    page = page_of(*PROBLEMS)

    for element in page.all():
        assert "src" not in element.attributes
        assert "style" not in element.attributes
    assert [link["href"] for link in page.all("link")] == ["data:,"]
    assert "url(" not in page.one("style").children[0]
    assert "@import" not in page.one("style").children[0]


def test_the_policy_allows_just_the_script_and_style_of_the_page():
    page = page_of(*PROBLEMS)

    policy = page.one("meta", http_equiv="Content-Security-Policy")["content"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for name in ("script", "style"):
        digest = base64.b64encode(sha256(page.one(name).children[0].encode()).digest()).decode()
        assert rules[f"{name}-src"] == f"'sha256-{digest}'"


def test_its_parts_are_named_for_those_who_do_not_see_it():
    page = page_of(*PROBLEMS)

    assert page["lang"] == "en"
    for landmark in ("header", "nav", "main", "footer", "h1"):
        page.one(landmark)
    for section in page.all("section"):
        assert page.one(id=section["aria-labelledby"]).words
    for table in page.all("table"):
        assert table.one("caption").words
        for cell in table.all("th"):
            assert cell["scope"] in {"col", "row"}
    labelled = {label["for"] for label in page.all("label")}
    for control in (*page.all("input"), *page.all("select")):
        assert control["id"] in labelled
    levels = [int(e.tag[1]) for e in page.all() if re.fullmatch("h[1-6]", e.tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_links_within_the_page_arrive():
    page = page_of(*PROBLEMS)

    ids = [element["id"] for element in page.all() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    for link in page.all("a"):
        if link["href"].startswith("#"):
            assert link["href"][1:] in ids


def _luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(theme):
    """Contrast as WCAG 2.2 defines it: 4.5 to 1 for text, 3 to 1 for the edge of a control."""
    style = page_of().one("style").children[0]
    rules = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[theme]
    colours = dict(re.findall(r"--([\w-]+): (#\w{6})", rules))
    pairs = [(t, g, 4.5) for t in ("text", "muted", "link") for g in ("ground", "raised")]
    pairs += [(tone, f"{tone}-ground", 4.5) for tone in ("held", "warned", "clean")]
    pairs += [("text", f"{tone}-ground", 4.5) for tone in ("held", "warned", "clean")]
    pairs += [("link", "warned-ground", 4.5), ("held", "ground", 4.5), ("edge", "ground", 3)]
    for text, ground, least in pairs:
        light, dark = sorted((_luminance(colours[text]), _luminance(colours[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= least, f"{text} on {ground}"


# --- the same every time, and quick ------------------------------------------


def test_it_is_the_same_to_the_byte():
    assert render_report(a_report()) == render_report(a_report())


def test_two_thousand_problems_are_all_on_the_page():
    problems = [
        Problem.of(
            "postcode-missing", Place("a.txt", line), "The line has no postcode.",
            field="postcode", value=f"Alpen901-{line:03}neinÉcole Lyon FR", record="Alpen901",
        )
        for line in range(2_000)
    ]  # fmt: skip
    page = render_report(a_report(problems))
    assert page.count('class="problem"') == 2_000


def test_the_template_engine_is_loaded_only_to_render():
    code = "import sys, kg.report; sys.exit('jinja2' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
