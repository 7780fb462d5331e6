"""The wheel and the source archive hold all that an installed ``kg`` needs."""

import os
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def project_version() -> str:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def run(*command: str | Path, folder: Path) -> str:
    """Run a command in a folder and return its output; its own words explain a failure."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    result = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def build(checkout: Path, target: str, folder: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder, folder=checkout)
    (archive,) = folder.iterdir()
    return archive


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def files_below(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of a fresh environment that holds the wheel and cannot see the checkout."""
    home = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", "env", folder=home)
    pip = [sys.executable, "-m", "pip", "--python", "env", "--disable-pip-version-check"]
    run(*pip, "install", "--no-index", "--no-deps", wheel, folder=home)
    # Lends the libraries of this environment. A .pth file found along that path is not
    # read, so the checkout, which is installed here by one, stays out of sight.
    (packages,) = home.glob("env/lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return home / "env" / "bin"


def metadata(wheel: Path) -> Message:
    raw = contents(wheel)[f"interreg_kg-{project_version()}.dist-info/METADATA"]
    return Parser().parsestr(raw.decode("utf-8"))


def test_wheel_holds_every_file_of_the_package_and_nothing_else(wheel: Path) -> None:
    shipped = {name for name in contents(wheel) if ".dist-info/" not in name}
    expected = {
        f"{target}/{name}"
        for folder, target in {
            "kg": "kg",
            "ontology": "kg/ontology",
            "shapes": "kg/shapes",
        }.items()
        for name in files_below(ROOT / folder)
    }
    assert shipped == expected


@pytest.mark.parametrize(
    "pattern",
    ["kg/ontology/*.ttl", "kg/shapes/*.ttl", "kg/query/library/*.rq", "kg/py.typed"],
)
def test_wheel_holds(wheel: Path, pattern: str) -> None:
    assert any(Path(name).match(pattern) for name in contents(wheel))


def test_wheel_states_its_licences(wheel: Path) -> None:
    assert metadata(wheel)["License-Expression"] == "Apache-2.0 AND CC-BY-4.0 AND Unicode-3.0"
    stated = metadata(wheel).get_all("License-File")
    assert stated is not None
    assert set(stated) == {
        "LICENSE",
        "LICENSES/Apache-2.0.txt",
        "LICENSES/CC-BY-4.0.txt",
        "LICENSES/Unicode-3.0.txt",
        "NOTICE",
    }
    shipped = contents(wheel)
    for name in stated:
        inside = f"interreg_kg-{project_version()}.dist-info/licenses/{name}"
        assert shipped[inside] == (ROOT / name).read_bytes()


def test_source_archive_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    archive = build(ROOT, "sdist", tmp_path / "sdist")
    unpacked = tmp_path / "unpacked"
    unpacked.mkdir()
    run("tar", "-xzf", archive, folder=unpacked)
    (checkout,) = unpacked.iterdir()
    assert contents(build(checkout, "wheel", tmp_path / "wheel")) == contents(wheel)
    for name in ("Makefile", "examples", "requirements/run.txt", "tests", ".ci/run"):
        assert (checkout / name).exists(), f"{name} is missing from the source archive"


def test_installed_package_is_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    place = run(installed / "python", "-c", "import kg; print(kg.__file__)", folder=tmp_path)
    assert Path(place.strip()).is_relative_to(installed.parent)


def test_installed_command_builds_and_queries_outside_a_checkout(
    installed: Path, tmp_path: Path
) -> None:
    source = tmp_path / "alpen013.txt"
    source.write_bytes((ROOT / "examples" / source.name).read_bytes())
    run(installed / "kg", "build", source, "--output", "graph", folder=tmp_path)
    answer = run(
        *(installed / "kg", "query", "lead-partners-by-country", "--on", "graph"),
        folder=tmp_path,
    )
    assert answer.strip()


def test_citation_names_the_version() -> None:
    lines = (ROOT / "CITATION.cff").read_text("utf-8").splitlines()
    assert f"version: {project_version()}" in lines
