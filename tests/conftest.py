"""What all tests share: where things are, and the example build."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from kg.pipeline import BuildResult, build

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"

with suppress(ModuleNotFoundError):  # the environment of the tests on Spark has no Hypothesis
    from hypothesis import settings

    # a slow machine is no fault of the code
    settings.register_profile("untimed", deadline=None)
    settings.load_profile("untimed")


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def examples() -> Path:
    """The bundled example records."""
    return ROOT / "examples"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real and damaged data that is not part of the project; skips without it."""
    if not SHARED.is_dir():
        pytest.skip("needs the folder of real data beside the checkout, which is not here")
    return SHARED


@pytest.fixture(scope="session")
def reference(shared: Path) -> Path:
    """The verbatim reference record."""
    return shared / "seed" / "alpen013.txt"


@pytest.fixture(scope="session")
def example_build(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> BuildResult:
    """The example records, built once."""
    return build([examples], tmp_path_factory.mktemp("example") / "output")


@pytest.fixture(scope="session")
def example_build_folder(example_build: BuildResult) -> Path:
    """The folder of the example build."""
    return example_build.output
