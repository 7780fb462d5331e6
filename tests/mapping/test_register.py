"""What projects share becomes one resource, under its most frequent spelling."""

from __future__ import annotations

from kg.mapping import Register
from kg.mapping.tables import OrganisationRow, SpellingRow
from kg.records import Heading, Origin, Partner, Project, Role, Text, Theme

ORIGIN = Origin("records.txt", 1, 1, "", {})


def partner(name: str, country: str | None = "AT") -> Partner:
    return Partner(key="X-1", role=Role.PARTNER, name=name, country=country, origin=ORIGIN)


def project(*partners: Partner, **values: object) -> Project:
    return Project(project_id="X", partners=partners, origin=ORIGIN, **values)  # type: ignore[arg-type]


def organisations(*names: str) -> tuple[list[OrganisationRow], list[SpellingRow]]:
    register = Register()
    for name in names:
        register.add(project(partner(name)))
    rows = register.rows()
    return rows["organisations"], rows["organisation_spellings"]  # type: ignore[return-value]


def test_the_most_frequent_spelling_is_the_label() -> None:
    (label,), (other,) = organisations("Werk GmbH", "WERK GmbH", "Werk GmbH")
    assert label.label == "Werk GmbH"
    assert other.label_untagged == "WERK GmbH"


def test_a_tie_goes_to_the_first_code_point() -> None:
    (label,), _ = organisations("Werk GmbH", "WERK GmbH")
    assert label.label == "WERK GmbH"


def test_the_order_of_the_projects_does_not_count() -> None:
    names = ["Werk GmbH", "Büro", "WERK GmbH", "büro", "Werk-GmbH"]
    assert organisations(*names) == organisations(*reversed(names))


def test_the_same_name_in_two_countries_is_two_organisations() -> None:
    register = Register()
    register.add(project(partner("Werk", "AT"), partner("Werk", "DE"), partner("Werk", None)))
    assert [row[0] for row in register.rows()["organisations"]] == ["AT", "DE", "XX"]


def test_an_objective_without_a_priority_hangs_below_the_programme() -> None:
    register = Register()
    objective = Heading(Text("Besser", "de"), "A 1.1")
    register.add(project(programme=Text("Alpen", "de"), specific_objective=objective))
    (row,) = register.rows()["objective_parents"]
    assert row == ("alpen", "a-1-1", None, "alpen")


def test_only_an_unknown_theme_gets_the_label_that_a_record_states() -> None:
    register = Register(known_themes={"D05"})
    themes = (Theme("D05", Text("Etwas", "de")), Theme("Z99", Text("Raumfahrt", "de")))
    register.add(project(themes=themes))
    (row,) = register.rows()["themes"]
    assert row == ("Z99", "Raumfahrt", "de", None)
