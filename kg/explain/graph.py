"""A build's folder: its manifest, and what its graph says of a resource and of those around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote

import msgspec

from kg import iris
from kg.mapping import EMBEDDED
from kg.pipeline import Manifest
from kg.problems import InputError, shorten
from kg.query.engines import open_engine
from kg.query.results import Table, to_value
from kg.terms import iri, literal
from kg.vocabulary import DCTERMS, INTERREG, PREFIXES, PROV, compact

__all__ = ["BuildGraph"]

_FORBIDDEN = re.compile(r'[\s<>"{}|\\^`\x00-\x20]')
_UP = "(" + "|".join(f"^{iri(predicate)}" for predicate in EMBEDDED) + ")*"
_DOWN = "(" + "|".join(iri(predicate) for predicate in EMBEDDED) + ")*"
_NEAR = 3
_COMPARED = 2000
"""Identifiers that are compared with one that is not there."""


class BuildGraph:
    """Asks the graph of a build's folder.

    Raises:
        InputError: the folder is no build.
        StoreError: its store is damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.manifest = _read_manifest(folder)
        self.base = self.manifest.base
        self._ask = open_engine(folder)

    def find(self, name: str) -> str:
        """Return the IRI of a resource that is named by it, by a short form of it, or by an id.

        Raises:
            InputError: nothing is stated about it; the remedy names near ones.
        """
        usable = [c for c in self._candidates(name.strip()) if not _FORBIDDEN.search(c)]
        for candidate in usable:
            if self.statements(candidate):
                return candidate
        pointing = next(filter(None, map(self._pointed_to, usable)), None)
        raise InputError(
            f"Nothing is stated about ‹{shorten(name)}› in the graph of {self._folder}.",
            remedy=pointing or self._held_back(name) or self._near(name),
        )

    def statements(self, resource: str) -> list[tuple[str, str]]:
        """Return predicate and object, as terms, of what is stated about a resource."""
        return [
            (str(predicate), str(term))
            for predicate, term in self._rows(f"?p ?o WHERE {{ {iri(resource)} ?p ?o }}")
        ]

    def owners(self, resource: str) -> dict[str, set[str]]:
        """Return the projects that a resource belongs to, each with the places of its record."""
        return self._places(f"{iri(resource)} {_UP} ?project .")

    def mentioning(self, resource: str) -> dict[str, set[str]]:
        """Return the projects that mention a resource, each with the places of its record."""
        return self._places(_mentions(resource))

    def predicates_to(self, resource: str) -> set[str]:
        """Return the predicates of statements that point to a resource."""
        rows = self._rows(f"DISTINCT ?p WHERE {{ ?s ?p {iri(resource)} }}")
        return {str(predicate)[1:-1] for (predicate,) in rows}

    def files(self, resource: str, *, owned: bool) -> list[str]:
        """Return the names of the files where the projects around a resource stand."""
        around = f"{iri(resource)} {_UP} ?project ." if owned else _mentions(resource)
        rows = self._rows(
            f'DISTINCT (STRBEFORE(CONCAT(STR(?place), "#"), "#") AS ?file) WHERE {{ {around} '
            f"?project a {iri(INTERREG.Project)} . ?project {_DOWN} ?record . "
            f"?record {iri(PROV.wasDerivedFrom)} ?place }}"
        )
        start = f"{self.base}source/"
        names = {str(to_value(file)).removeprefix(start).partition("/")[0] for (file,) in rows}
        return sorted(map(unquote, names))

    def _places(self, around: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        rows = self._rows(
            f"DISTINCT ?project ?place WHERE {{ {around} ?project a {iri(INTERREG.Project)} ; "
            f"{iri(PROV.wasDerivedFrom)} ?place }}"
        )
        for project, place in rows:
            found.setdefault(str(project)[1:-1], set()).add(str(place))
        return found

    def _rows(self, query: str) -> Sequence[tuple[str | None, ...]]:
        answer = self._ask(f"SELECT {query}")
        return answer.terms if isinstance(answer, Table) else ()

    def _candidates(self, name: str) -> Iterator[str]:
        if name.startswith("<") and name.endswith(">"):
            name = name[1:-1]
        prefix, colon, rest = name.partition(":")
        if colon and rest.startswith("//"):
            yield name
            return
        if colon and prefix in PREFIXES:
            yield PREFIXES[prefix] + rest
        yield self.base + name.removeprefix("/")
        yield iris.mint(self.base, iris.PROJECT, project_id=name)
        yield iris.mint(self.base, iris.PARTICIPATION, participation_key=name)
        yield iris.mint(self.base, iris.THEME, theme_code=name)
        yield iris.mint(self.base, iris.SOURCE, source_name=name)

    def _pointed_to(self, resource: str) -> str | None:
        """Say what points to a resource about which nothing is stated."""
        rows = self._rows(f"?s ?p WHERE {{ ?s ?p {iri(resource)} }} LIMIT 1")
        for subject, predicate in rows:
            who = str(subject)[1:-1].removeprefix(self.base)
            return f"It is only pointed to; explain {who}, by its {compact(str(predicate)[1:-1])}."
        return None

    def _held_back(self, name: str) -> str | None:
        """Say why a record was held back, where it is among the rejects."""
        record = unquote(name.rstrip(">").rpartition("/")[2])
        path = self._folder / "rejects.jsonl"
        if not path.is_file():
            return None
        with path.open("rb") as lines:
            for line in lines:
                entry = msgspec.json.decode(line)
                if entry.get("record") == record and entry.get("reasons"):
                    reason = entry["reasons"][0]
                    told = f"{reason['message']} [{reason['code']}]"
                    return (
                        f"The record at {entry['place']} was held back, wholly or in part: {told}"
                    )
        return None

    def _near(self, name: str) -> str:
        last = unquote(name.rstrip(">").rpartition("/")[2]).rpartition(":")[2]
        if not last:
            return "Name an IRI, or the id of a project or partner."
        rows = self._rows(
            f"?id WHERE {{ ?s {iri(DCTERMS.identifier)} ?id . "
            f"FILTER(STRSTARTS(LCASE(STR(?id)), {literal(last[:2].lower())})) }} LIMIT {_COMPARED}"
        )
        known = sorted({str(to_value(term)) for (term,) in rows})
        near = get_close_matches(last, known, n=_NEAR)
        return (
            f"Did you mean {' or '.join(near)}?"
            if near
            else "Name an IRI of the graph, or the id of a project or partner; "
            "`kg query search-projects` finds projects."
        )


def _mentions(resource: str) -> str:
    return f"{{ SELECT DISTINCT ?s WHERE {{ ?s ?to {iri(resource)} }} }} ?s {_UP} ?project ."


def _read_manifest(folder: Path) -> Manifest:
    path = folder / "manifest.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except OSError as error:
        raise InputError(
            "There is no manifest.json in the folder.",
            place=str(folder),
            remedy="Name the output folder of `kg build` with --on.",
        ) from error
    except msgspec.MsgspecError as error:
        raise InputError(
            f"This is no manifest of a build: {error}.", place=str(path), remedy="Build again."
        ) from error
