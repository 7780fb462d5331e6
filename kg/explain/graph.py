"""What the graph of a build says of a resource and of those around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import msgspec

from kg import iris
from kg.built import REJECTS, read_manifest
from kg.mapping import EMBEDDED
from kg.problems import InputError, QueryError, as_utf8, shorten
from kg.query.engines import open_engine
from kg.query.results import Table, to_value
from kg.terms import iri, is_iri, literal
from kg.vocabulary import DCTERMS, INTERREG, PREFIXES, PROV, RDF_TYPE, compact

__all__ = ["BuildGraph", "Records"]

_EMBEDS = "|".join(map(iri, EMBEDDED))
_REMEDY = "Name the output folder of `kg build` with --on."
_CHUNK = 500
_NEAR = 3
_COMPARED = 2000
"""Identifiers that are compared with one that is not there."""


class Records(NamedTuple):
    """Projects, each with the places of its record as terms, and the names of their files."""

    projects: dict[str, set[str]]
    files: set[str]


class BuildGraph:
    """Asks the graph of a build's folder.

    Raises:
        InputError: the folder is no build.
        StoreError: its store is damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.manifest = read_manifest(folder, _REMEDY)
        self.base = self.manifest.base
        self._ask = open_engine(folder)

    def find(self, name: str) -> str:
        """Return the IRI of a resource that is named by it, by a short form of it, or by an id.

        Raises:
            InputError: nothing is stated about it; the remedy names near ones.
        """
        if as_utf8(name) != name:
            raise InputError(f"‹{as_utf8(name)}› is not UTF-8.", remedy="Write the name in UTF-8.")
        usable = []
        for candidate in self._candidates(name.strip()):
            is_stated = self._is_stated(candidate)
            if is_stated:
                return candidate
            if is_stated is not None:
                usable.append(candidate)
        if not usable:
            raise InputError(
                f"‹{shorten(name)}› is no IRI.",
                remedy="Correct it, or name the id of a project or partner.",
            )
        pointing = next(filter(None, map(self._pointed_to, usable)), None)
        raise InputError(
            f"Nothing is stated about ‹{shorten(name)}› in the graph of {self._folder}.",
            remedy=pointing or self._held_back(name) or self._near(name),
        )

    def _is_stated(self, candidate: str) -> bool | None:
        """Tell whether anything is stated about what may be an IRI; None where it is none."""
        if not is_iri(candidate):
            return None
        try:
            return bool(self._ask(f"ASK {{ {iri(candidate)} ?p ?o }}"))
        except QueryError as error:
            if isinstance(error.__cause__, SyntaxError):
                return None
            raise

    def statements(self, resource: str) -> list[tuple[str, str]]:
        """Return predicate and object, as terms, of what is stated about a resource."""
        return [
            (str(predicate), str(term))
            for predicate, term in self._rows(f"?p ?o WHERE {{ {iri(resource)} ?p ?o }}")
        ]

    def owners(self, resource: str) -> Records:
        """Return the projects that a resource belongs to, and the files of all their records."""
        records = self._above([iri(resource)])
        below = f"?s {iri(INTERREG.participation)} ?record . ?record"
        for _, place in self._of(map(iri, records.projects), below, PROV.wasDerivedFrom):
            records.files.add(self._file(place))
        return records

    def mentioning(self, resource: str) -> Records:
        """Return the projects that mention a resource, and the files of the records that do."""
        rows = self._rows(f"DISTINCT ?s WHERE {{ ?s ?p {iri(resource)} }}")
        return self._above([str(subject) for (subject,) in rows])

    def predicates_to(self, resource: str) -> set[str]:
        """Return the predicates of statements that point to a resource."""
        rows = self._rows(f"DISTINCT ?p WHERE {{ ?s ?p {iri(resource)} }}")
        return {str(predicate)[1:-1] for (predicate,) in rows}

    def _above(self, terms: list[str]) -> Records:
        """Return the projects that some terms belong to, with the places and files of all these."""
        chain, level = set(terms), terms
        while level:
            above = {up for _, up in self._of(level, "")}
            level = sorted(above - chain)
            chain |= above
        ordered = sorted(chain)
        classes = self._of(ordered, "?s", RDF_TYPE)
        is_project = {term for term, one in classes if one == iri(INTERREG.Project)}
        records = Records({}, set())
        for term, place in self._of(ordered, "?s", PROV.wasDerivedFrom):
            records.files.add(self._file(place))
            if term in is_project:
                records.projects.setdefault(term[1:-1], set()).add(place)
        return records

    def _of(
        self, terms: Iterable[str], subject: str, predicate: str | None = None
    ) -> Iterator[tuple[str, str]]:
        """Yield terms and what stands at the end of a pattern that begins with them as ``?s``.

        A few hundred are asked for at a time: a join over the whole graph takes seconds (measured).
        """
        known = [term for term in terms if term.startswith("<")]
        pattern = f"{subject} {iri(predicate)} ?o" if predicate else f"?o {_EMBEDS} ?s"
        for start in range(0, len(known), _CHUNK):
            values = " ".join(known[start : start + _CHUNK])
            rows = self._rows(f"?s ?o WHERE {{ VALUES ?s {{ {values} }} {pattern} }}")
            yield from ((str(s), str(o)) for s, o in rows)

    def _file(self, place: str) -> str:
        """Return the name of the file of a place."""
        path = place[1:-1].removeprefix(self.base + iris.prefix(iris.SOURCE))
        return unquote(path.partition("#")[0].partition("/")[0])

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
        path = self._folder / REJECTS
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
