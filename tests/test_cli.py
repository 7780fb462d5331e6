"""The command: what it prints where, its exit status, and its manners on a terminal."""

from __future__ import annotations

import builtins
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from kg import query_graph
from kg.__main__ import main as begin
from kg.cli import COMMANDS
from kg.query import Statements

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases" / "text"


def kg(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)


def on_a_terminal(*arguments: str | Path) -> str:
    """Run the command with a terminal as its output and return what a person would see."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        seen = b""
        try:
            while chunk := os.read(ours, 65536):
                seen += chunk
        except OSError:  # the terminal is gone with its process
            pass
    assert process.returncode is not None
    os.close(ours)
    return seen.decode()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        *(
            [name]
            for name in (
                "build",
                "query",
                "validate",
                "mapping",
                "explain",
                "export",
                "push",
                "store",
                "diff",
                "sources",
            )
        ),
    ],
)
def test_help_reads_well(arguments: list[str]) -> None:
    result = kg(*arguments, "--help")
    assert result.returncode == 0
    assert result.stderr == ""
    assert result.stdout.startswith("Usage: kg")
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def test_no_value_steers_a_terminal_and_a_file_has_it_as_it_is(root: Path) -> None:
    asked = ("query", "SELECT ('\x1b[31mred' AS ?x) {}", "--format", "csv", "-q")
    assert on_a_terminal(*asked).splitlines() == ["x", "", r"\x1b[31mred", ""]
    assert kg(*asked, cwd=root).stdout == "x\n\x1b[31mred\n"


def test_each_command_has_help_and_is_in_the_readme(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert "Usage" in kg(name, "--help").stdout
        assert f"kg {name}" in readme


def test_a_build_prints_a_summary(tmp_path: Path, examples: Path) -> None:
    result = kg("build", examples / "alpen013.txt", "-o", tmp_path / "output")
    assert result.returncode == 0
    assert result.stderr == ""
    assert "1 record read, 1 project published: 14 participations" in result.stdout
    assert "2 warnings; held back: nothing." in result.stdout


def test_a_build_prints_its_manifest_as_json(tmp_path: Path, examples: Path) -> None:
    result = kg("build", examples, "-o", tmp_path / "output", "--json")
    manifest = json.loads(result.stdout)
    assert manifest == json.loads((tmp_path / "output" / "manifest.json").read_bytes())


def test_quiet_prints_nothing(tmp_path: Path, examples: Path) -> None:
    result = kg("build", examples, "-o", tmp_path / "output", "--quiet")
    assert (result.stdout, result.stderr) == ("", "")


@pytest.mark.parametrize(
    ("case", "status"), [("clean", 0), ("lead-outside-eu", 0), ("url-javascript", 1),
                         ("lead-twice", 1), ("empty", 2)]
)  # fmt: skip
def test_the_exit_status_tells_what_happened(tmp_path: Path, case: str, status: int) -> None:
    result = kg("build", CASES / case, "-o", tmp_path / "output")
    assert result.returncode == status
    assert "Traceback" not in result.stderr


def test_an_error_says_where_what_and_what_to_do(tmp_path: Path) -> None:
    result = kg("build", tmp_path / "nowhere.txt")
    assert result.returncode == 2
    assert result.stdout == ""
    assert "nowhere.txt: There is no such file or folder. Check the path." in result.stderr


@pytest.mark.parametrize(
    "line", ["build {}", "build x -o {}", "validate {}", "diff x {}", "query x --on {}",
             "sources inspect {}", "store verify {}", "export {} -o x", "push {} x"]
)  # fmt: skip
def test_an_empty_path_is_not_the_current_folder(line: str) -> None:
    """It comes of a variable that is not set: kg build "$RECORDS"."""
    result = kg(*("" if word == "{}" else word for word in line.split()))
    assert result.returncode == 2
    assert "The path is empty. Name the current folder as . if it is meant." in result.stderr


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("query --list NAME", "QUERY does not go with --list."),
        ("query --list --show budget-by-theme", "--show does not go with --list."),
        ("query --show budget-by-theme --format json", "--format does not go with --show."),
        ("query budget-by-theme --retries 2", "--retries goes with --endpoint."),
        ("query budget-by-theme --graph urn:x", "--graph goes with --endpoint."),
        ("diff a b --json -f patch", "--json and --format patch are two forms; ask for one."),
        ("diff a b --graph urn:x", "--graph is for --format update or patch."),
        ("diff a b -f patch --language de", "--language is for --format text or json."),
        ("mapping --rml --context", "--rml and --context print two documents; ask for one"),
        ("mapping records.csv", "SOURCES go with --tables; the mapping is the same for all."),
        ("mapping --rml --profile x", "--profile goes with --tables."),
        ("mapping --base https://x.org/", "--base goes with --rml or --context."),
        ("store verify -f ttl", "--format is for `kg store dump`."),
        ("export a -o -", "Standard output is not meant by - here. Name a file or a folder."),
        ("build a -o -", "Standard output is not meant by - here. Name a file or a folder."),
    ],
)
def test_an_option_without_effect_is_refused(line: str, told: str, tmp_path: Path) -> None:
    result = kg(*line.split(), cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert told in result.stderr
    assert not list(tmp_path.iterdir())


def test_an_output_that_cannot_be_written(tmp_path: Path, examples: Path) -> None:
    (tmp_path / "file").touch()
    result = kg("build", examples / "alpen013.txt", "-o", tmp_path / "file" / "output")
    assert result.returncode == 3
    assert "Earlier outputs are as they were" in result.stderr


def test_validate_tells_by_its_exit_status(tmp_path: Path, example_build_folder: Path) -> None:
    good = kg("validate", example_build_folder / "graph.ttl")
    assert good.returncode == 0
    assert good.stderr.startswith("Conforms: 0 violations, 7 warnings")
    assert kg("validate", example_build_folder).stderr == good.stderr
    bad = tmp_path / "bad.ttl"
    bad.write_text(
        "@prefix interreg: <https://w3id.org/interreg-kg/ontology#> ."
        "<https://example.org/p> a interreg:Project ."
    )
    result = kg("validate", bad, "--format", "json")
    assert result.returncode == 1
    codes = {found["code"] for found in json.loads(result.stdout)}
    assert {"project-identifier", "project-title", "lead-count"} <= codes


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("wrong.ttl", "<a> <b> <c> .", "wrong.ttl:1:1"),
        ("wrong.rdf", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x/>', "DOCTYPE"),
        ("wrong.doc", "x", "recognised"),
    ],
)
def test_validate_says_what_is_no_rdf(tmp_path: Path, name: str, text: str, told: str) -> None:
    (tmp_path / name).write_text(text)
    result = kg("validate", tmp_path / name)
    assert result.returncode == 2
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_validate_keeps_the_blank_nodes_of_two_files_apart(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.nt" for number in (1, 2)]
    for path in files:
        path.write_text(
            "_:x <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
            "<https://w3id.org/interreg-kg/ontology#Project> .\n"
            f'_:x <http://purl.org/dc/terms/identifier> "{path.stem}" .\n'
        )
    found = json.loads(kg("validate", *files, "--format", "json").stdout)
    assert len({result["focus"] for result in found}) == 2
    assert "project-identifier" not in {result["code"] for result in found}


def test_validate_says_that_there_is_no_file(tmp_path: Path) -> None:
    for name in ("nowhere", "nowhere.ttl"):
        result = kg("validate", name, cwd=tmp_path)
        assert result.returncode == 2
        assert result.stderr == f"Error: {name}: There is no such file or folder. Check the path.\n"


def test_validate_says_that_nothing_was_there_to_conform(tmp_path: Path) -> None:
    (tmp_path / "empty.nt").touch()
    result = kg("validate", tmp_path / "empty.nt")
    assert result.returncode == 0
    assert result.stderr.endswith("There is no project in it; was another graph meant?\n")


def test_validate_says_what_is_no_build(tmp_path: Path) -> None:
    result = kg("validate", tmp_path)
    assert result.returncode == 2
    assert "holds no graph.nt" in result.stderr


def test_the_mapping_is_printed_as_table_and_in_standard_forms() -> None:
    table = kg("mapping").stdout
    assert "interreg:leadPartner" in table
    assert "rml:TriplesMap" in kg("mapping", "--rml").stdout
    context = json.loads(kg("mapping", "--context", "--base", "https://x.org/").stdout)
    assert context["@context"]["@base"] == "https://x.org/"


def test_colour_and_progress_only_on_a_terminal(tmp_path: Path) -> None:
    seen = on_a_terminal("build", "examples", "-o", tmp_path / "output")
    assert "Building" in seen
    assert "\x1b[" in seen
    piped = kg("build", ROOT / "examples", "-o", tmp_path / "output")
    assert "\x1b[" not in piped.stdout + piped.stderr
    assert "Building" not in piped.stdout + piped.stderr


def test_help_does_not_wait_for_the_engines() -> None:
    code = (
        "import sys; from kg.cli import run; run(['--help']);"
        "heavy = {'rdflib', 'pyshacl', 'shacl', 'pyoxigraph', 'jinja2', 'requests'};"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert result.stderr.strip() == "[]"


def test_explain_shows_cell_value_and_rule(example_build_folder: Path) -> None:
    result = kg("explain", "project/Alpen013", "--on", example_build_folder, cwd=ROOT)
    assert result.returncode == 0, result.stderr
    told = (
        'interreg:totalBudget  "2521964"^^xsd:decimal\n'
        "    alpen013.txt:30  ‹2.521.964,00›\n"
        "    amount, decimal comma\n"
    )
    assert told in result.stdout
    found = json.loads(
        kg("explain", "Alpen013", "--on", example_build_folder, "--json", cwd=ROOT).stdout
    )
    assert {statement["rule"] for statement in found["statements"]} >= {"whole number"}


def test_explain_needs_the_inputs_as_they_were(tmp_path: Path, example_build_folder: Path) -> None:
    missing = kg("explain", "Alpen013", tmp_path, "--on", example_build_folder)
    assert missing.returncode == 2
    assert "alpen013.txt: The input was not found" in missing.stderr
    (tmp_path / "alpen013.txt").write_text("changed")
    changed = kg("explain", "Alpen013", tmp_path, "--on", example_build_folder)
    assert changed.returncode == 2
    assert "has SHA-256" in changed.stderr


def test_explain_says_what_is_no_iri(example_build_folder: Path) -> None:
    for name, told in {
        "http://[bad": "‹http://[bad› is no IRI. Correct it, or name the id of a project",
        "http://a:b:c/": "‹http://a:b:c/› is no IRI.",
        "M\udce4rz": "‹M\\xe4rz› is not UTF-8. Write the name in UTF-8.",
    }.items():
        result = kg("explain", name, "--on", example_build_folder)
        assert result.returncode == 2
        assert result.stderr.startswith(f"Error: {told}")
        assert result.stderr.count("\n") == 1


def test_explain_passes_by_a_link_that_leads_to_itself(
    tmp_path: Path, examples: Path, example_build_folder: Path
) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "records").symlink_to(examples)
    result = kg("explain", "Alpen013", "--on", example_build_folder, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "alpen013.txt is as it was when the graph was built: records/alpen013" in result.stdout


@pytest.mark.parametrize(
    "line", ["DESCRIBE <{iri}>", "# of one\nprefix a: <urn:a>\ndescribe <{iri}>"]
)
def test_a_query_needs_no_braces(line: str, example_build_folder: Path) -> None:
    text = line.format(iri="https://w3id.org/interreg-kg/project/Alpen013")
    result = kg("query", text, "--on", example_build_folder)
    assert result.returncode == 0, result.stderr
    assert "interreg:Project" in result.stdout
    found = query_graph(text, example_build_folder)
    assert isinstance(found, Statements)
    assert result.stderr == f"Answer: {len(found)} statements.\n"


def test_query_says_where_the_folder_of_a_build_belongs(example_build_folder: Path) -> None:
    for named in (example_build_folder, Path(example_build_folder.name)):
        result = kg("query", named, cwd=example_build_folder.parent)
        assert result.returncode == 2
        assert "This is a folder." in result.stderr
        assert "--on" in result.stderr


def test_who_interrupts_while_the_command_is_loading_sees_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(builtins, "__import__", interrupted)
    with pytest.raises(SystemExit) as leaving:
        begin()
    monkeypatch.undo()
    assert leaving.value.code == 130
    assert capsys.readouterr().err == "Interrupted.\n"
