"""What projects share becomes one resource, under its most frequent spelling."""

from __future__ import annotations

from kg.mapping import Register
from kg.mapping.tables import OrganisationRow, SpellingRow
from kg.records import Category, Heading, Origin, Partner, Project, Region, Role, Text, Theme

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


def test_a_category_has_the_code_and_label_stated_most_wherever_they_are() -> None:
    register = Register()
    research = Category("060", Text("Research", "en"))
    for category in (Category("060"), Category("060"), research):
        register.add(project(interventions=(category,)))
    rows = register.rows()
    assert rows["categories"] == [("intervention", "060", "060", "Research", "en", None)]
    assert rows["category_spellings"] == []


def test_a_label_that_goes_with_two_codes_is_given_once() -> None:
    register = Register()
    for code in ("Alpen-1", "Alpen 1", "ALPEN-1"):
        priority = Heading(Text("Innovativ", "de"), code)
        register.add(project(programme=Text("Alpen", "de"), priority=priority))
    rows = register.rows()
    assert [row[2] for row in rows["priorities"]] == ["ALPEN-1"]
    assert rows["priority_spellings"] == []


def test_a_region_has_the_name_stated_most() -> None:
    register = Register()
    for name in ("Tirol", "Tirol", "Tyrol", None):
        register.add(project(location_nuts=Region("AT33", name)))
    rows = register.rows()
    assert (rows["regions"], rows["region_spellings"]) == ([("AT33", "Tirol")], [("AT33", "Tyrol")])


def test_a_programme_has_every_code_and_an_organisation_every_english_name() -> None:
    register = Register()
    for cci, english in (("2014TC16RFTN001", "Works"), ("2021TC16RFTN001", "Plant")):
        partners = (Partner(key="X-1", role=Role.PARTNER, name="Werk", name_english=english,
                            origin=ORIGIN),)  # fmt: skip
        register.add(project(*partners, programme=Text("Alpen", "de"), cci=cci))
    rows = register.rows()
    assert [row[1] for row in rows["programme_notations"]] == ["2014TC16RFTN001", "2021TC16RFTN001"]
    assert [row[2:] for row in rows["organisation_spellings"]] == [
        ("Plant", "en", None),
        ("Works", "en", None),
    ]
