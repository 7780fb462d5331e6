"""A Spark session for the tests: the real one where it is installed (`make test-spark`)."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.spark import fake

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.fixture(scope="session")
def real_spark() -> Iterator[SparkSession]:
    """A real session, or a skip."""
    sql = pytest.importorskip("pyspark.sql", reason="needs Spark, see make test-spark")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    session = builder.config("spark.log.level", "ERROR").getOrCreate()
    yield session
    session.stop()


@pytest.fixture
def spark(request: pytest.FixtureRequest) -> SparkSession:
    """A real session where there is Spark, and a fake of what a build calls elsewhere."""
    if importlib.util.find_spec("pyspark") is None:
        return fake.session()
    return request.getfixturevalue("real_spark")
