"""What each field of a record becomes."""

from __future__ import annotations

import msgspec
import pytest

from kg.mapping import Emitter, Register, project_rows
from kg.records import Partner, Project, Text
from kg.vocabulary import FOAF

from ..full_record import full_partner, full_project

BASE = "https://data.example.org/"
BARE = Project(project_id="P1", programme=Text("Alpenraum"), origin=full_project().origin)


def triples(project: Project) -> set[str]:
    register = Register()
    register.add(project)
    return set(Emitter(BASE).emit(project_rows(project) | register.rows()))


@pytest.mark.parametrize(
    "field",
    sorted(set(Project.__struct_fields__) - {"project_id", "programme", "origin", "partners"}),
)
def test_a_field_of_a_project_makes_a_statement_by_itself(field: str) -> None:
    value = getattr(full_project(), field)
    assert triples(msgspec.structs.replace(BARE, **{field: value})) > triples(BARE)


def bare_partner(**fields: object) -> Partner:
    full = full_partner()
    return Partner(key=full.key, role=full.role, name=full.name, origin=full.origin, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "field", sorted(set(Partner.__struct_fields__) - {"key", "role", "name", "origin"})
)
def test_a_field_of_a_partner_makes_a_statement_by_itself(field: str) -> None:
    value = getattr(full_partner(), field)
    bare = msgspec.structs.replace(BARE, partners=(bare_partner(),))
    stated = msgspec.structs.replace(BARE, partners=(bare_partner(**{field: value}),))
    # where it is the country, other statements go with the organisation's IRI
    assert triples(stated) - triples(bare)


def test_a_partner_has_rows_of_details_where_it_states_some() -> None:
    bare = project_rows(msgspec.structs.replace(BARE, partners=(bare_partner(),)))
    assert (bare["participation_details"], bare["address_details"]) == ([], [])
    stated = bare_partner(department="Forests", street="Ring 1")
    rows = project_rows(msgspec.structs.replace(BARE, partners=(stated,)))
    assert [len(rows[name]) for name in ("participation_details", "address_details")] == [1, 1]


@pytest.mark.parametrize("language", ["en", "EN"])
def test_an_english_title_is_not_said_twice(language: str) -> None:
    project = msgspec.structs.replace(BARE, title=Text("Same", language))
    both = msgspec.structs.replace(project, title_english=Text("Same"))
    assert triples(both) == triples(project)


def test_english_texts_are_tagged_whatever_the_source_says() -> None:
    project = msgspec.structs.replace(BARE, title=Text("Same"), title_english=Text("Same"))
    titles = {line.partition("/title> ")[2] for line in triples(project) if "/title> " in line}
    assert titles == {'"Same" .', '"Same"@en .'}


def test_a_web_page_that_several_share_does_not_make_them_one() -> None:
    """Everything with one foaf:homepage is the same thing to a reasoner; foaf:page is weaker."""
    project = msgspec.structs.replace(
        BARE, url="https://e.eu/", links=("https://e.eu/", "https://e.eu/b"),
        partners=(bare_partner(website="https://e.eu/"),),
    )  # fmt: skip
    (_,) = {line.split()[1] for line in triples(project) if "<https://e.eu/" in line}
    pages = [line.split()[2] for line in triples(project) if f"> <{FOAF.page}> " in line]
    assert sorted(pages) == ["<https://e.eu/>", "<https://e.eu/>", "<https://e.eu/b>"]
