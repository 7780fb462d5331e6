"""What projects share becomes one resource, under its most frequent spelling."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from kg.mapping import Register
from kg.mapping.names import Names
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


def test_each_language_has_the_label_that_is_stated_most_in_it() -> None:
    register = Register()
    for text, language in (
        ("Innovation und Wissen", "de"), ("Innovation und Wissen", "de"), ("Innovation", "de"),
        ("Innovation and knowledge", "en"),
    ):  # fmt: skip
        priority = Heading(Text(text, language), "1")
        register.add(project(programme=Text("Alpen", "de"), priority=priority))
    rows = register.rows()
    key = ("alpen", "1")
    assert rows["priorities"] == [(*key, "1", "Innovation und Wissen", "de", None)]
    assert rows["priority_translations"] == [(*key, None, "Innovation and knowledge", "en", None)]
    assert rows["priority_spellings"] == [(*key, None, "Innovation", "de", None)]


def test_a_label_without_a_language_is_not_one_of_another_language() -> None:
    register = Register()
    for label in (Text("Alpen", "de"), Text("Alpen"), Text("ALPEN")):
        register.add(project(programme=label))
    rows = register.rows()
    assert rows["programmes"] == [("alpen", None, None, "ALPEN")]
    assert rows["programme_translations"] == [("alpen", "Alpen", "de", None)]
    assert rows["programme_spellings"] == [("alpen", None, None, "Alpen")]


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


NAMES = st.sampled_from(
    ["Werk", "WERK", "Wérk", "Büro", "büro", "Büro 2", "Ｗerk", "𝔚erk", "机构", "!"]
)
PARTNERS = st.builds(
    Partner,
    key=st.just("X-1"),
    role=st.just(Role.PARTNER),
    name=NAMES | st.text("aäÄ ß-✓", min_size=1, max_size=3),
    name_english=st.none() | NAMES,
    country=st.sampled_from([None, "AT", "DE"]),
    origin=st.just(ORIGIN),
)
PROJECTS = st.lists(st.lists(PARTNERS, max_size=4).map(lambda found: project(*found)), max_size=8)


def gathered(projects: list[Project], **values: float) -> Register:
    register = Register(**values)  # type: ignore[arg-type]
    for each in projects:
        register.add(each)
    return register


@given(PROJECTS, st.integers(0, 6))
def test_the_rows_do_not_depend_on_how_much_is_held_in_memory(
    projects: list[Project], most: int
) -> None:
    bounded = gathered(projects, most=most)
    assert list(bounded.blocks()) == list(gathered(projects).blocks())
    # it can go on after it was asked
    for each in projects:
        bounded.add(each)
    assert bounded.rows() == gathered(projects * 2).rows()
    bounded.close()


@given(PROJECTS, PROJECTS, st.integers(0, 6), st.integers(1, 3))
def test_registers_can_be_split_sent_and_merged(
    here: list[Project], there: list[Project], most: int, number: int
) -> None:
    one, other = gathered(here, most=most), gathered(there, most=most)
    total = Register()
    for part in (*one.split(number), *other.split(number)):
        total.merge(pickle.loads(pickle.dumps(part)))
    expected = gathered(here + there).rows()
    assert total.rows() == expected
    one.merge(other)
    assert one.rows() == expected
    one.close()
    other.close()


def test_an_organisation_stays_whole_where_rows_come_in_blocks() -> None:
    names = [f"{word} {number}" for number in range(1_500) for word in ("Werk", "WERK")]
    first, second, _ = gathered([project(*map(partner, names))], most=700).blocks()
    for block, size in ((first, 1_000), (second, 500)):
        slugs = [row[1] for row in block["organisations"]]
        assert slugs == [row[1] for row in block["organisation_spellings"]]
        assert len(slugs) == size


def test_what_is_in_memory_is_bounded_and_below_the_bound_no_database_is_opened() -> None:
    names = Names(most=3)
    for number in range(3):
        names.add(("AT", f"werk-{number}", "", "Werk"))
    assert not names.is_on_disk
    names.add(("AT", "werk-0", "", "Werk"))
    assert not names.is_on_disk
    names.add(("AT", "werk-3", "", "Werk"))
    assert names.is_on_disk
    assert dict(names.items())["AT", "werk-0", "", "Werk"] == 2
    names.close()
