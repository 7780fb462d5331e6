"""Small graphs for tests, laid out as a build lays them out, and as strategies for Hypothesis."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from kg.settings import DEFAULT_BASE
from kg.terms import iri, literal
from kg.vocabulary import DCTERMS, INTERREG, LOCN, ORG, PROV, RDF_TYPE, SKOS, XSD

BASE = DEFAULT_BASE
TEXT = st.text(
    st.one_of(
        st.sampled_from('\\u"\n\r\tU0041 .<>{}#@^'),
        st.characters(exclude_categories=["Cs", "Cc", "Cn"]),
    ),
    max_size=12,
)
LANGUAGE = st.sampled_from([None, "en", "de"])
WORDS = st.builds(lambda text, language: literal(text, language=language), TEXT, LANGUAGE)
DATE = st.dates().map(lambda day: literal(day.isoformat(), XSD.date))
IDS = st.sampled_from(["A", "A-1", "AB", "B", "%C3%84"])
KEYS = st.sampled_from(["A-1", "A-2", "B-1", "B-2"])


class Sketch(NamedTuple):
    """A graph: statements of projects, the partners of each, and names of organisations."""

    projects: dict[str, dict[str, list[str]]]
    partners: dict[str, tuple[str, str, str]]
    """By key: its project, its name as a term, and its town as a term."""
    organisations: dict[str, str]

    def lines(self) -> list[str]:
        lines: list[str] = []
        for project_id in sorted(self.projects, key=lambda name: f"{BASE}project/{name}"):
            lines += self._project(project_id)
        for name in sorted(self.organisations):
            about = f"<{BASE}organisation/{name}>"
            lines.append(f"{about} {iri(RDF_TYPE)} {iri(INTERREG.Organisation)} .")
            lines.append(f"{about} {iri(SKOS.prefLabel)} {self.organisations[name]} .")
        return lines

    def _project(self, project_id: str) -> list[str]:
        about = f"<{BASE}project/{project_id}>"
        lines = [f"{about} {iri(RDF_TYPE)} {iri(INTERREG.Project)} ."]
        for predicate, terms in self.projects[project_id].items():
            lines += [f"{about} {iri(predicate)} {term} ." for term in dict.fromkeys(terms)]
        own = {key: told for key, told in self.partners.items() if told[0] == project_id}
        for key in own:
            partner = f"<{BASE}participation/{key}>"
            lines.append(f"{about} {iri(INTERREG.participation)} {partner} .")
        for key, (_, name, town) in own.items():
            partner = f"<{BASE}participation/{key}>"
            address = f"<{BASE}participation/{key}/address>"
            lines.append(f"{partner} {iri(RDF_TYPE)} {iri(INTERREG.Participation)} .")
            lines.append(f"{partner} {iri(ORG.organization)} {about} .")
            lines.append(f"{partner} {iri(INTERREG.statedName)} {name} .")
            lines.append(f"{partner} {iri(LOCN.address)} {address} .")
            lines.append(f"{address} {iri(LOCN.postName)} {town} .")
        return lines


@st.composite
def sketches(draw: st.DrawFn) -> Sketch:
    """A small graph, of names so few that two of them share much."""
    about = st.fixed_dictionaries(
        {},
        optional={
            DCTERMS.title: st.lists(WORDS, min_size=1, max_size=2),
            INTERREG.endDate: st.lists(DATE, min_size=1, max_size=1),
            PROV.wasDerivedFrom: st.lists(
                st.sampled_from([f"<{BASE}source/a#row={n}>" for n in range(3)]),
                min_size=1,
                max_size=1,
            ),
        },
    )
    projects = draw(st.dictionaries(IDS, about, max_size=4))
    partners = {}
    if projects:
        partner = st.tuples(st.sampled_from(sorted(projects)), WORDS, WORDS)
        partners = draw(st.dictionaries(KEYS, partner, max_size=4))
    organisations = draw(st.dictionaries(st.sampled_from(["x", "x-1", "y"]), WORDS, max_size=3))
    return Sketch(projects, partners, organisations)


def write_build(folder: Path, lines: list[str]) -> Path:
    """Write lines as a build's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    data = "".join(f"{line}\n" for line in lines).encode()
    (folder / "graph.nt").write_bytes(data)
    manifest = {"base": BASE, "graph": hashlib.sha256(data).hexdigest(), "triples": len(lines)}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def write_shuffled(path: Path, lines: list[str]) -> Path:
    """Write lines as a file, in an order that no build has, and one of them twice."""
    shuffled = [*lines, *lines[:1]]
    random.Random(len(lines)).shuffle(shuffled)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in shuffled), encoding="utf-8", newline="\n")
    return path
