"""Whatever records state, their graph reads back to them, and an export to the same graph."""

from __future__ import annotations

import string
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import iris
from kg.countries import all_countries
from kg.records import (
    Category,
    Correction,
    Heading,
    Location,
    Partner,
    Project,
    Region,
    Role,
    RowOrigin,
    Text,
    Theme,
)
from kg.sources.fields import PARTNER_FIELDS, PROJECT_FIELDS, Field
from kg.sources.layouts import load_profile
from kg.sources.personal import personal_finding
from kg.sources.values import clean, control_finding, parse_value, state_name

from ..full_record import full_project
from .round_trip import FORMS, graph_of, read_back, statements, there_and_back

pytestmark = pytest.mark.slow

THOROUGH = settings(max_examples=50, suppress_health_check=list(HealthCheck))
STYLE = load_profile("exchange").values
ORIGIN = RowOrigin("input.csv", (), {}, (), row=2, line=2)
SHARED = {"programme", "cci", "priority", "specific_objective", "thematic_objective", "themes",
          "policy_objective", "investment_priority", "strand", "interventions", "location_nuts",
          "nuts", "nuts1", "nuts2", "nuts3"}  # fmt: skip
"""Fields whose labels a graph shares out among projects."""

TRICKY = [
    "=1+1", "+1", "-1", "@x", "'x", '"x"', 'a "b" c', "a,b", "a;b", "a | b", "a || b", "|", "a|",
    "|a", "1 : Foo", "Foo : Bar", "A  :  B", "1 - Foo", "118 Improving", "(1b) promoting", "3 x",
    "B2 Hubs", "118, 119", "D05 - x", "x A12 - y", "a\nb", "a\r\nb", "a\rb", "a\tb", "1.500", "007",
    "1e5", "TRUE", "2016-01-11", "ä", "Ünïcode", "日本", "🜁", "_x0041_", "<b>&amp;", "\\n", "- x",
    ": x", "– x", "x -", "und", "{n}", "%20", "/", "http://x", "x" * 70,
]  # fmt: skip


def is_readable(text: str) -> bool:
    """Say whether a reader leaves a text as it is, which is what the records have then."""
    return (
        bool(text) and clean(text) == text and text not in STYLE.not_stated
        and control_finding(text) is None and personal_finding(text) is None
    )  # fmt: skip


any_text = st.text(
    st.one_of(st.sampled_from(string.ascii_letters + " |:,;-–=1"), st.characters(codec="utf-8")),
    min_size=1,
    max_size=12,
)
word = st.one_of(st.sampled_from(TRICKY), any_text.map(clean)).filter(is_readable)
language = st.sampled_from([None, "de", "en", "fr-CH", "zh-Hant"])
text = st.builds(Text, word, language)
label = st.builds(Text, st.one_of(st.sampled_from(TRICKY[:24]), word).filter(is_readable), language)
code = st.one_of(st.sampled_from(["1", "1.1", "1(b)", "118", "Alpen-1", "a|b", "a : b"]), word)
heading = st.builds(Heading, label, st.none() | code)
category = st.builds(Category, st.none() | code, st.none() | label).filter(
    lambda category: category.code is not None or category.label is not None
)
theme = st.builds(Theme, st.from_regex("[A-Z][0-9]{1,3}", fullmatch=True), st.none() | label)
themes = st.lists(theme, max_size=3, unique_by=lambda theme: theme.code).map(tuple)
amount = st.decimals(-1000, 10**12, places=2)
rate = st.decimals(0, 100, places=6)
number = st.decimals("0.0001", 2000, places=4)
day = st.dates(date(1980, 1, 1), date(2069, 12, 31))
country = st.sampled_from([country.alpha2 for country in all_countries()])
url = st.sampled_from(
    [
        "https://example.org/",
        "http://example.org/a,b;c?d=e&f=%20#g",
        "https://ex.org/ä",
    ]
)
location = st.one_of(
    st.builds(
        Location, st.decimals(-180, 180, places=3), st.decimals(-90, 90, places=5),
        st.just("http://www.opengis.net/def/crs/OGC/1.3/CRS84"),
    ),
    st.builds(
        Location, st.decimals(-999, 10**6, places=3), st.decimals(0, 10**7, places=3),
        st.just("http://www.opengis.net/def/crs/EPSG/0/25832"),
    ),
)  # fmt: skip


def region(*codes: str) -> st.SearchStrategy[Region]:
    """Regions of these codes, and names of which none looks like a code."""
    field = Field("nuts", "region")
    alone = word.filter(lambda name: parse_value(name, field, STYLE).value == Region(None, name))
    return st.one_of(
        st.builds(Region, st.sampled_from(codes), st.none() | word),
        st.builds(Region, st.none(), alone),
    )


BY_KIND = {
    "id": word, "word": word, "text": text, "heading": heading, "category": category,
    "categories": st.lists(category, max_size=3, unique=True).map(tuple), "country": country,
    "countries": st.lists(country, max_size=3, unique=True).map(tuple),
    "state": word.filter(lambda name: state_name(name) == name),
    "region": region("AT", "AT3", "AT33", "AT332", "DE1"), "flag": st.booleans(),
    "count": st.integers(0, 999_999), "date": day, "amount": amount, "number": number, "rate": rate,
    "currency": st.sampled_from(["EUR", "CZK", "CHF"]), "url": url,
    "urls": st.lists(url, max_size=3, unique=True).map(tuple), "themes": themes, "point": location,
    "role": st.sampled_from(Role),
}  # fmt: skip
SPECIAL = {
    "programming_period": st.sampled_from(["2014-2020", "2021-2027"]),
    "title_english": st.builds(Text, word, st.just("en")),
    "description_english": st.builds(Text, word, st.just("en")),
    "nuts1": region("AT3", "DE1"), "nuts2": region("AT33", "AT13"), "nuts3": region("AT332"),
}  # fmt: skip
corrections = st.lists(
    st.builds(Correction, st.sampled_from(["title", "call"]), word, word, word, word),
    max_size=2, unique_by=lambda correction: correction.field,
).map(tuple)  # fmt: skip
usable_id = word.filter(lambda text: text.isprintable())


def values(record: type, kinds: dict[str, str]) -> st.SearchStrategy[dict[str, object]]:
    """Some fields of a record, each with a value of its kind."""
    fields = {
        name: SPECIAL.get(name, BY_KIND[kinds[name]])
        for name in record.__struct_fields__
        if name in kinds and name not in {"key", "partner_id", "project_id", "name", "currency"}
    }
    needed = {"role": fields.pop("role")} if "role" in fields else {}
    return st.fixed_dictionaries(needed, optional=fields)


@st.composite
def a_project(draw: st.DrawFn, project_id: str) -> Project:
    """A project as a reader makes it, with any of its fields."""
    partners = []
    keys = set()
    for n, stated in enumerate(draw(st.lists(values(Partner, PARTNER_FIELDS), max_size=3))):
        name = draw(st.one_of(st.sampled_from(["Town of A", "TOWN of a", "Town"]), word))
        key = partner_id = f"{project_id}-{n}"
        if draw(st.booleans()):
            partner_id = None
            key = f"{project_id}-{iris.organisation_slug(name)}"
            key = f"{key}-{n}" if key in keys or draw(st.booleans()) else key
        keys.add(key)
        partners.append(
            Partner(key=key, partner_id=partner_id, name=name, origin=ORIGIN,
                    corrections=draw(corrections), **stated)
        )  # fmt: skip
    stated = draw(values(Project, PROJECT_FIELDS))
    return Project(
        project_id=project_id,
        currency=draw(BY_KIND["currency"]),
        partners=tuple(partners),
        corrections=draw(corrections),
        origin=ORIGIN,
        **stated,
    )


@st.composite
def some_projects(draw: st.DrawFn) -> list[Project]:
    """A few projects that share what they can."""
    ids = draw(st.lists(usable_id, min_size=1, max_size=4, unique_by=str.casefold))
    return [draw(a_project(project_id)) for project_id in ids]


@THOROUGH
@given(some_projects())
def test_records_read_back_make_the_same_graph(projects: list[Project]) -> None:
    lines = graph_of(projects)
    again = read_back(lines)
    assert statements(graph_of(again), corrections=True) == statements(lines, corrections=True)
    for before, after in zip(projects, again, strict=True):
        assert comparable(after) == comparable(before)


def comparable(project: Project) -> dict[str, object]:
    """What a graph keeps of each record for itself."""
    stated = msgspec.structs.asdict(project)
    for field in ("title", "description"):
        if stated[field] is None:
            stated[field] = stated.pop(f"{field}_english")
        elif stated[field].language == "en" and stated[field] == stated[f"{field}_english"]:
            stated.pop(f"{field}_english")
    # nothing says which of a project's web pages is its own
    stated["links"] = {stated.pop("url"), *stated["links"]} - {None}
    partners = [msgspec.structs.asdict(partner) for partner in project.partners]
    stated["partners"] = [without_shared(partner) for partner in partners]
    return without_shared(stated)


def without_shared(stated: dict[str, object]) -> dict[str, object]:
    return {
        name: value
        for name, value in stated.items()
        if name not in SHARED | {"origin"} and value is not None
    }


@pytest.mark.parametrize("form", FORMS)
@THOROUGH
@given(projects=some_projects())
def test_an_export_reads_back_to_the_same_graph(form: str, projects: list[Project]) -> None:
    lines = graph_of(projects)
    again, problems, result = there_and_back(lines, form)
    assert statements(again) == statements(lines)
    assert {problem.code for problem in problems} <= {
        "character-lost",
        "coordinates-exchanged",
        "invisible-character",
        "double-encoded",
        "html-markup",
        "value-doubtful",
    }
    assert result.unstated == 0
    assert result.unreadable == ()


@pytest.mark.parametrize("form", FORMS)
def test_a_record_with_every_field_reads_back(form: str) -> None:
    lines = graph_of([full_project()])
    again, problems, result = there_and_back(lines, form)
    assert statements(again) == statements(lines)
    assert problems == []
    assert set(result.columns["projects"]) >= {"thematic_objective_language", "location_crs"}


def test_the_full_record_is_read_back_from_the_graph() -> None:
    project = full_project()
    (again,) = read_back(graph_of([project]))
    # a graph is a set, so what is stated twice is read back once
    once = msgspec.structs.replace(project, countries=("AT", "DE", "CH"))
    assert comparable(again) == comparable(once)
    for field in SHARED & set(Project.__struct_fields__) - {"interventions"}:
        assert getattr(again, field) == getattr(project, field), field
    assert again.interventions == project.interventions[:2]
    assert again.partners[0].partner_budget == Decimal("500.50")
