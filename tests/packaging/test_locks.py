"""The lock files pin everything with hashes and name no place to fetch it from."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def normalised(name: str) -> str:
    """A distribution's name as the packaging standard (PEP 503) compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: Path) -> dict[str, str]:
    """The pinned version of each distribution in a lock file."""
    found = re.findall(r"^([\w.-]+)==(\S+)", lock.read_text("utf-8"), re.MULTILINE)
    return {normalised(name): version for name, version in found}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_lock_names_no_index_and_hashes_every_pin(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert not re.search(r"://|^\s*--(?!hash=)", text, re.MULTILINE)
    statements = text.replace("\\\n", " ").splitlines()
    for statement in statements:
        if statement and not statement.lstrip().startswith("#"):
            assert re.match(r"\S+==\S+( +--hash=sha256:[0-9a-f]{64})+\s*$", statement), statement


def test_run_lock_pins_every_dependency_and_the_build_tools() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)
    stated = settings["project"]["dependencies"] + settings["build-system"]["requires"]
    names = {normalised(re.split(r"[^\w.-]", requirement)[0]) for requirement in stated}
    assert names | {"editables"} <= pins(ROOT / "requirements" / "run.txt").keys()


def test_locks_of_the_shared_environment_agree() -> None:
    run, dev = (pins(ROOT / "requirements" / name) for name in ("run.txt", "dev.txt"))
    assert {name: run[name] for name in run.keys() & dev.keys()} == {
        name: dev[name] for name in run.keys() & dev.keys()
    }
