"""The SHACL engines: triples and shapes in, results out.

A seam of one function. ``shacl`` (Rust) is the default because it is some hundred times faster;
``pyshacl`` is the oracle that the tests hold it against. Both are used without inference.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from kg.problems import InputError, SettingsError
from kg.validation.results import Result
from kg.vocabulary import SH, XSD

if TYPE_CHECKING:
    import rdflib
    import shacl

__all__ = ["Validate", "validator"]

Validate = Callable[[Iterable[str]], list[Result]]
"""Validates triples (N-Triples lines) and returns the results, sorted."""


def validator(shapes_text: str, engine: str = "shacl") -> Validate:
    """Return the function that validates triples against shapes, compiled once.

    It may be called from several threads at once.

    Raises:
        SettingsError: there is no engine of that name.
        InputError: the shapes cannot be read.
    """
    make = _ENGINES.get(engine)
    if make is None:
        raise SettingsError(
            f"There is no SHACL engine ‹{engine}›.", remedy=f"Use one of {', '.join(_ENGINES)}."
        )
    return make(shapes_text)


@contextmanager
def _engine_errors(message: str) -> Iterator[None]:
    """Turn what an engine raises, which is of any class, into an error of ours."""
    try:
        yield
    except MemoryError:
        raise
    except BaseException as error:
        # what Rust raises where it gives up is no Exception
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise InputError(f"{message}: {type(error).__name__}: {error}.") from error


def _shacl(shapes_text: str) -> Validate:
    shapes = _compiled(shapes_text)

    def validate(lines: Iterable[str]) -> list[Result]:
        with _engine_errors("The triples cannot be validated"):
            report = shapes.validate_text("\n".join(lines) + "\n", "ntriples")
        found_results = (
            Result(
                focus=found.focus_node,
                shape=(found.source_shape or found.root_shape or "")[1:-1],
                path=_bare_iri(found.path),
                value=found.value,
                component=found.component_iri,
                severity=found.severity,
            )
            for found in report.results
        )
        return sorted(found_results, key=_key)

    return validate


@cache
def _compiled(shapes_text: str) -> shacl.Shapes:
    import shacl

    with _engine_errors("The shapes cannot be read"):
        return shacl.Shapes.from_turtle(shapes_text)


def _pyshacl(shapes_text: str) -> Validate:
    import pyshacl
    import rdflib

    with _engine_errors("The shapes cannot be read"), _rdflib_is_set:
        shapes = rdflib.Graph().parse(data=shapes_text, format="turtle")
    # rdflib tells of each ill-formed literal with a traceback; that is what the shapes report
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)

    def validate(lines: Iterable[str]) -> list[Result]:
        with _engine_errors("The triples cannot be validated"), _literals_as_written():
            data = rdflib.Graph().parse(data="\n".join(lines) + "\n", format="nt")
            _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
        if not isinstance(report, rdflib.Graph):
            raise InputError(f"The triples cannot be validated: {report}.")
        nodes = report.objects(None, rdflib.URIRef(SH.result))
        return sorted((_read_result(report, node) for node in nodes), key=_key)

    return validate


_rdflib_is_set = Lock()
"""Held while rdflib reads, as how it does so is a setting of the process."""


@contextmanager
def _literals_as_written() -> Iterator[None]:
    """Keep rdflib from rewriting literals as it reads: ``"1e3"`` as a decimal to ``"1000"``.

    Otherwise the two engines would judge different triples. One thread at a time is let in;
    pySHACL, all Python, is no faster with several.
    """
    import rdflib

    with _rdflib_is_set:
        before = rdflib.NORMALIZE_LITERALS
        rdflib.NORMALIZE_LITERALS = False
        try:
            yield
        finally:
            rdflib.NORMALIZE_LITERALS = before


def _read_result(report: rdflib.Graph, node: rdflib.term.Node) -> Result:
    import rdflib

    def value(predicate: str) -> rdflib.term.Node | None:
        return report.value(node, rdflib.URIRef(predicate))

    path = value(SH.resultPath)
    found = value(SH.value)
    return Result(
        focus=_n3(value(SH.focusNode)) or "",
        shape=str(value(SH.sourceShape)),
        path=str(path) if isinstance(path, rdflib.URIRef) else None,
        value=_n3(found),
        component=str(value(SH.sourceConstraintComponent)),
        severity=str(value(SH.resultSeverity)).removeprefix(SH.iri),
    )


def _n3(term: rdflib.term.Node | None) -> str | None:
    """Return a term in N-Triples syntax, as the other engine writes it."""
    from rdflib.plugins.serializers.nt import _quoteLiteral
    from rdflib.term import Literal

    if term is None:
        return None
    if isinstance(term, Literal):
        return str(_quoteLiteral(term)).removesuffix(f"^^<{XSD.string}>")
    return str(term.n3())


def _key(result: Result) -> tuple[str, ...]:
    return result.key


def _bare_iri(path: str | None) -> str | None:
    if path and path.startswith("<") and path.count("<") == 1 and path.endswith(">"):
        return path[1:-1]
    return None


_ENGINES: Mapping[str, Callable[[str], Validate]] = {"shacl": _shacl, "pyshacl": _pyshacl}
"""By the names that the settings know (``kg.settings.ENGINES``)."""
