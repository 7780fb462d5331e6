"""An IRI depends on what a thing is, and on nothing else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import iris
from kg.iris import encode, normalise_name, organisation_slug, slug


@pytest.mark.parametrize(
    "spelling",
    [
        "Bayerische Forschungsallianz GmbH",
        "BAYERISCHE FORSCHUNGSALLIANZ GMBH",
        "Bayerische  Forschungsallianz GmbH.",
        " „Bayerische Forschungsallianz“ GmbH",
        "Bayerische-Forschungsallianz GmbH",
    ],
)
def test_spellings_of_one_organisation_are_one(spelling: str) -> None:
    assert organisation_slug(spelling) == organisation_slug("Bayerische Forschungsallianz GmbH")


@pytest.mark.parametrize("other", ["Institut Zürich", "Institut Zurich 2", "Institut"])
def test_other_organisations_are_others(other: str) -> None:
    assert organisation_slug(other) != organisation_slug("Institut Zurich")


def test_names_in_two_scripts_that_sound_alike_are_two() -> None:
    assert slug("Roma") == slug("Рома")
    assert organisation_slug("Roma") != organisation_slug("Рома")


def test_names_without_a_letter_are_as_many_organisations() -> None:
    assert len({organisation_slug(name) for name in ("---", "!!!", "...", "😀", "🙂")}) == 5
    assert organisation_slug("😀").startswith("grinning-")


def test_signs_at_the_end_of_a_word_tell_names_apart_and_no_others() -> None:
    assert len({organisation_slug(name) for name in ("C GmbH", "C++ GmbH", "C# GmbH")}) == 3
    assert organisation_slug("Kultur+Natur #1") == organisation_slug("Kultur + Natur 1")


@given(st.text())
def test_the_composition_of_accents_does_not_count(name: str) -> None:
    composed = unicodedata.normalize("NFC", name)
    decomposed = unicodedata.normalize("NFD", name)
    assert normalise_name(composed) == normalise_name(decomposed)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_slug_is_plain_and_never_empty(text: str) -> None:
    assert slug(text).isascii()
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(text)


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text(st.characters(exclude_categories=["Cs"])),
)
def test_two_ids_never_share_an_iri(one: str, other: str) -> None:
    assert (encode(one) == encode(other)) == (one == other)


def test_a_template_tells_what_its_iris_begin_with() -> None:
    base = "https://data.example.org/"
    assert iris.mint(base, iris.DATASET) == f"{base}dataset"
    assert iris.mint(base, iris.PROJECT, project_id="A 1") == f"{base}project/A%201"
    assert iris.prefix(iris.PROJECT) == "project/"
    assert iris.scheme(iris.INVESTMENT_PRIORITY) == "investment-priority"
