"""How a column tells the style of its values."""

from __future__ import annotations

import pytest

from kg.sources.cell import Cell, Number
from kg.sources.tables.evidence import evidence_of
from kg.sources.values.style import ValueStyle

OPEN = ValueStyle()


def style_of(kind: str, cells: list[Cell]) -> ValueStyle:
    evidence = evidence_of(kind, OPEN)
    assert evidence is not None
    for cell in cells:
        evidence.see(cell)
    return evidence.decided(OPEN)


@pytest.mark.parametrize(
    ("cells", "decimal"),
    [
        ([], "auto"),
        ([None, "1", "2521964"], "auto"),
        (["1.234", "1,234"], "auto"),
        (["2.521.964,00"], ","),
        (["15.414.794", "1.234"], ","),
        (["1,234,567"], "."),
        (["4,000.00"], "."),
        (["117164.41€"], "."),
        (["2 521 964,00 EUR"], ","),
        (["451412.010000000009313"], "."),
        (["1234.567"], "."),
        (["0.123"], "."),
        (["0,5"], ","),
        (["1,5", "2.5"], "auto"),
        (["1,5", "1,6", "1,234.5"], "auto"),
        (["2.5", "3.5", "1.234.567"], "auto"),
        ([Number("1.5")], "auto"),
        (["1,5", Number("2.5")], ","),
        (["no. 5, or 6"], "auto"),
    ],
)
def test_amounts(cells: list[Cell], decimal: str) -> None:
    style = style_of("amount", cells)
    assert style.decimal == decimal
    assert style.thousandths is (decimal != "auto")


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        ([], "auto"),
        (["01/06/2016", "2016-12-31", None, "12.12.2016"], "auto"),
        (["31/12/2016"], "dmy"),
        (["12/31/2016"], "mdy"),
        (["31-12-2016", "01/02/2016"], "dmy"),
        (["24.04.2014", "01/06/2016"], "dmy"),
        (["31/12/2016", "12/31/2016"], "auto"),
        (["24.04.2014", "01.05.2014", "12/31/2016"], "auto"),
        (["12/31/2016", "01.05.2014"], "auto"),
        (["12.31.2016", "01.05.2014"], "auto"),
        (["1/6/2016", " 31/5/19 "], "dmy"),
        (["31/12/2016 00:00"], "dmy"),
        ([Number("42370")], "auto"),
    ],
)
def test_dates(cells: list[Cell], order: str) -> None:
    assert style_of("date", cells).date_order == order


@pytest.mark.parametrize(
    ("cells", "unit"),
    [
        ([], "auto"),
        (["1", "0", "85%", "1.00"], "auto"),
        (["83", "0"], "percent"),
        (["85.00"], "percent"),
        (["1,5"], "percent"),
        (["100"], "percent"),
        (["0.85", "1"], "fraction"),
        (["0,85"], "fraction"),
        ([Number("0.85")], "fraction"),
        (["0.85", "83"], "auto"),
        (["83", "0.85"], "auto"),
    ],
)
def test_rates(cells: list[Cell], unit: str) -> None:
    assert style_of("rate", cells).rate == unit


def test_what_a_layout_states_is_not_asked_of_the_column() -> None:
    stated = ValueStyle(decimal=",", grouping=".", date_order="dmy", rate="percent")
    assert all(evidence_of(kind, stated) is None for kind in ("amount", "date", "rate", "word"))
