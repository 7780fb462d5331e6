"""Codes and labels: headings, categories, themes."""

from __future__ import annotations

import pytest

from kg.records import Category, Heading, Text, Theme
from kg.sources.cell import Number
from kg.sources.fields import Field, Kind
from kg.sources.values import parse_value
from kg.sources.values.style import ValueStyle

AUTO = ValueStyle(heading_separator="auto")


def value(raw: str, kind: Kind, style: ValueStyle = AUTO) -> object:
    return parse_value(raw, Field("a_field", kind, "en"), style).value


def coded(entry: Category) -> tuple[str | None, str | None]:
    return entry.code, entry.label and entry.label.value


def test_a_heading_is_parted_by_the_separator_of_its_layout() -> None:
    style = ValueStyle(heading_separator=" : ")
    stated = Heading(Text("Innovativer Alpenraum", "en"), "Alpen-1")
    assert value("Alpen-1 : Innovativer Alpenraum", "heading", style) == stated
    for space in "\u00a0\u202f":  # which programs put before a colon
        assert value(f"Alpen-1{space}: Innovativer Alpenraum", "heading", style) == stated
    for raw in ("Ohne Code", "1.1 Enhancing", "1 - Label", " : Label"):
        assert value(raw, "heading", style) == Heading(Text(raw.strip(), "en"))


@pytest.mark.parametrize(
    ("raw", "code", "label"),
    [
        ("1 - Label", "1", "Label"),
        ("1. Cooperating on innovation", "1", "Cooperating on innovation"),
        ("P4 Skilled and inclusive", "P4", "Skilled and inclusive"),
        ("1.1 Enhancing innovation", "1.1", "Enhancing innovation"),
        ("2 Flere vækstvirksomheder.\nUdvikle", "2", "Flere vækstvirksomheder.\nUdvikle"),
        ("Alpen-1 : Innovativer Alpenraum", "Alpen-1", "Innovativer Alpenraum"),
        ("No code", None, "No code"),
        ("3 countries work together", None, "3 countries work together"),
        ("100 % renewable", None, "100 % renewable"),
        ("2nd call", None, "2nd call"),
        ("2014-2020", None, "2014-2020"),
    ],
)
def test_a_heading_is_parted_by_its_code(raw: str, code: str | None, label: str) -> None:
    assert value(raw, "heading") == Heading(Text(label, "en"), code)


@pytest.mark.parametrize(
    ("raw", "code", "label"),
    [
        ("118 Improving the labour market", "118", "Improving the labour market"),
        ("6f   Promoting innovative technologies", "6f", "Promoting innovative technologies"),
        ("(1b) promoting business", "1b", "promoting business"),
        ("TO03", "TO03", None),
        ("PO1", "PO1", None),
        ("RSO1.1", "RSO1.1", None),
        ("ISO", "ISO", None),
        ("1", "1", None),
        (Number("1.0"), "1", None),
        ("SO 1.1 - Label", "SO 1.1", "Label"),
        ("SME Competitiveness", None, "SME Competitiveness"),
        ("CO2 emissions", None, "CO2 emissions"),
        ("3D printing", None, "3D printing"),
    ],
)
def test_a_category(raw: str, code: str | None, label: str | None) -> None:
    assert value(raw, "category") == Category(code, label and Text(label, "en"))


LONG = "Improving training systems, facilitating the transition, including 20 regions, and 5 Länder"


@pytest.mark.parametrize(
    ("raw", "entries"),
    [
        (
            f"01 Non-repayable grant, M07 Not applicable, 118 {LONG}, T04 Macro regional",
            [
                ("01", "Non-repayable grant"),
                ("M07", "Not applicable"),
                ("118", LONG),
                ("T04", "Macro regional"),
            ],
        ),
        (
            "087 Adaptation e.g. erosion, fires, flooding",
            [("087", "Adaptation e.g. erosion, fires, flooding")],
        ),
        ("1", [("1", None)]),
        ("1, 2;3|1", [("1", None), ("2", None), ("3", None)]),
        ("118; 119 Label, more | T04 X", [("118", None), ("119", "Label, more"), ("T04", "X")]),
        ("Innovation, and more", [(None, "Innovation, and more")]),
        ("Innovation; Environment", [(None, "Innovation"), (None, "Environment")]),
        ("013 Renewal, CO2 Reduction", [("013", "Renewal, CO2 Reduction")]),
    ],
)
def test_a_list_of_categories(raw: str, entries: list[tuple[str | None, str | None]]) -> None:
    found = value(raw, "categories")
    assert isinstance(found, tuple)
    assert list(map(coded, found)) == entries


def test_a_theme_is_known_whatever_space_stands_in_it() -> None:
    themes = value("D05\u00a0-\u00a0Clusters\u00a0|\u202fX77 - Other", "themes")
    assert themes == (Theme("D05", Text("Clusters", "en")), Theme("X77", Text("Other", "en")))
