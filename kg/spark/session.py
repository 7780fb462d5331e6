"""The Spark session, and what Spark raises turned into errors of ours."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.problems import UNCHANGED, InputError, KgError, RemoteError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["session", "spark_errors"]


@contextmanager
def session(
    given: SparkSession | None = None, workers: int | None = None
) -> Iterator[SparkSession]:
    """Give the session to work in: the one given, the active one, or one of our own.

    One of our own takes its master from Spark's configuration and is stopped at the end; without
    any configuration it is this machine. ``workers`` makes it this machine, with so many threads.

    Raises:
        InputError: Spark is not installed, or does not start.
    """
    if given is not None:
        yield given
        return
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise InputError(
            "Spark is not installed.", remedy="Run pip install 'interreg-kg[spark]'."
        ) from error
    active = SparkSession.getActiveSession()
    if active is not None:
        yield active
        return
    # the workers on this machine are to find what this process has
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("interreg-kg")
    for name, value in _QUIET.items():
        builder = builder.config(name, value)
    if workers is not None:
        builder = builder.master(f"local[{workers}]")
    try:
        own = builder.getOrCreate()
    except Exception as error:  # pyspark raises classes of several modules here
        raise InputError(
            f"Spark does not start: {_first_line(error)}.",
            remedy="It needs Java 17 or newer: set JAVA_HOME, or install openjdk-17-jre-headless.",
        ) from error
    try:
        yield own
    finally:
        own.stop()


_QUIET = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}


@contextmanager
def spark_errors() -> Iterator[None]:
    """Turn the end of a Spark job into an error that says why.

    Raises:
        RemoteError: a task failed as often as Spark tries.
    """
    try:
        yield
    except KgError:
        raise
    except Exception as error:
        if not type(error).__module__.startswith(("py4j.", "pyspark.")):
            raise
        raise RemoteError(
            f"Spark gave up: {_cause(str(error))}.",
            remedy=f"{UNCHANGED} Spark's log has all of it.",
        ) from error


def _cause(text: str) -> str:
    """Return the last line of the Python traceback in what Spark tells, or its first line."""
    after = text.rpartition("Traceback (most recent call last):")[2]
    lines = [line for line in after.splitlines() if line[:1].strip() and ": " in line]
    return (lines or text.splitlines() or ["it does not say why"])[0].strip(" :").rstrip(".")


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
