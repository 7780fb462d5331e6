"""Vocabulary IRIs are spelled in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.vocabulary import PREFIXES, RDFS, SH, SHAPE, SKOS

NAMESPACES = {*PREFIXES.values(), RDFS.iri, SH.iri, SHAPE.iri}


def test_an_undeclared_term_is_an_error() -> None:
    assert SKOS.prefLabel == f"{SKOS.iri}prefLabel"
    with pytest.raises(AttributeError, match="skos:preferredLabel is not declared"):
        _ = SKOS.preferredLabel


def test_no_other_module_spells_a_namespace(root: Path) -> None:
    modules = set((root / "kg").rglob("*.py")) - {root / "kg" / "vocabulary.py"}
    texts = {path: path.read_text(encoding="utf-8") for path in modules}
    spelled = {
        (str(path.relative_to(root)), namespace)
        for path, text in texts.items()
        for namespace in NAMESPACES
        if namespace in text
    }
    assert spelled == set()
