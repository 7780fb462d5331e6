"""Two spellings of one name are made one."""

from __future__ import annotations

import pytest

from kg.spelling import folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Côte  d'Ivoire", "cote d ivoire"),
        ("ÖSTERREICH", "osterreich"),
        ("Straße", "strasse"),
        ("Lead-Partner:", "lead partner"),
        ("…", ""),
    ],
)
def test_case_accents_and_punctuation_do_not_count(text: str, words: str) -> None:
    assert folded(text) == words
