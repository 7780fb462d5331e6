"""How people call properties and classes, from the ontology and ``labels.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kg.bundled import ONTOLOGY
from kg.rdf import TURTLE, parse_rdf
from kg.terms import iri, parse_literal, split_line
from kg.vocabulary import PREFIXES, RDFS, compact

__all__ = ["LANGUAGES", "term_label"]

LANGUAGES = ("en", "de")
_LABEL = iri(RDFS.label)


def term_label(term: str, language: str) -> str:
    """Return the label of a property or class by its IRI, or its name with a prefix."""
    labels = _labels().get(term, {})
    return labels.get(language) or labels.get("en") or compact(term)


@cache
def _labels() -> Mapping[str, Mapping[str, str]]:
    labels: dict[str, dict[str, str]] = {}
    ontology = (ONTOLOGY / "interreg.ttl").read_bytes()
    for line in parse_rdf(ontology, TURTLE, place="interreg.ttl"):
        subject, predicate, term = split_line(line)
        if predicate == _LABEL and (label := parse_literal(term)):
            labels.setdefault(subject[1:-1], {})[label.language or ""] = label.value
    table = tomllib.loads((Path(__file__).parent / "labels.toml").read_text(encoding="utf-8"))
    for name, words in table["label"].items():
        prefix, _, local = name.partition(":")
        labels[PREFIXES[prefix] + local] = dict(zip(LANGUAGES, words, strict=True))
    return labels
