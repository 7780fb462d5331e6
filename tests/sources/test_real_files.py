"""Real files of programmes and observatories, as they were published."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from kg.pipeline import build
from kg.pipeline.summary import BuildResult


class Expected(NamedTuple):
    """What comes of a file: layout, records, projects, participations, and problems by code."""

    layout: str
    records: int
    projects: int
    participations: int
    problems: dict[str, int]


ONE = {"few-countries": 1}
"""A note where only the lead partner is stated."""

FILES = {
    "eubfr/2014TC16I5CB005.json": Expected("bulgaria-turkey-2014", 1, 1, 1, ONE),
    "eubfr/2014TC16M4TN001.json": Expected(
        "mediterranean-2014", 1, 1, 1, ONE | {"amount-rounded": 1}
    ),
    "eubfr/2014TC16RFCB014.json": Expected(
        "central-baltic-2014",
        1,
        1,
        8,
        {"amount-rounded": 5, "character-lost": 2},  # Yrkesh\ufffdgskolan
    ),
    "eubfr/2014TC16RFCB050.json": Expected("estonia-latvia-2014", 1, 1, 2, {"amount-rounded": 2}),
    "eubfr/2014TC16RFTN002.json": Expected("atlantic-area-2014", 1, 1, 1, ONE),
    "eubfr/2014TC16RFTN003.json": Expected("central-europe-2014", 1, 1, 12, {"state-missing": 2}),
    "interregbarometern/strand-a.json": Expected(
        "interreg-barometer",
        354,
        354,
        666,
        {
            "date-invalid": 1,  # 2026-09-31
            "day-month-swap": 2,
            "few-countries": 354,
            "lead-count": 201,
            "required": 9,  # rows without the name of an organisation
            "start-after-end": 1,
        },
    ),
    "denmark/erdf-denmark-2014-2020.csv": Expected(
        "denmark-2014",
        107,
        107,
        323,
        {"day-month-swap": 2, "encoding-guessed": 1, "few-countries": 107, "partner-repeated": 8},
    ),
    "kohesio/IE_valid_example.csv": Expected("kohesio", 5, 5, 5, {"few-countries": 5}),
}


@pytest.fixture(scope="module")
def built(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, BuildResult]:
    folder = tmp_path_factory.mktemp("real")
    return {
        name: build([shared / "real" / name], folder / Path(name).stem, workers=1) for name in FILES
    }


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_is_recognised_and_published(name: str, built: dict[str, BuildResult]) -> None:
    manifest, expected = built[name].manifest, FILES[name]
    assert [entry.layout for entry in manifest.inputs] == [expected.layout]
    assert manifest.records == expected.records
    assert manifest.projects == expected.projects
    assert manifest.participations == expected.participations
    assert manifest.problems == expected.problems


def test_every_column_of_a_real_file_is_known(built: dict[str, BuildResult]) -> None:
    for name, result in built.items():
        assert "column-unknown" not in result.manifest.problems, name


def objects(result: BuildResult, predicate: str) -> set[str]:
    lines = (result.output / "graph.nt").read_text("utf-8").splitlines()
    found = (line.split(" ", 2) for line in lines)
    return {value.removesuffix(" .") for _, p, value in found if p.endswith(f"{predicate}>")}


def test_values_of_real_files_are_read_as_a_person_reads_them(
    built: dict[str, BuildResult],
) -> None:
    decimal = "^^<http://www.w3.org/2001/XMLSchema#decimal>"
    day = "^^<http://www.w3.org/2001/XMLSchema#date>"
    med = built["eubfr/2014TC16M4TN001.json"]
    assert objects(med, "coFinancingRate") == {f'"85"{decimal}'}
    assert objects(med, "startDate") == {f'"2018-02-01"{day}'}  # 21:00 UTC of the day before
    assert objects(med, "erdf") == {f'"2667650.2"{decimal}'}
    ceurope = built["eubfr/2014TC16RFTN003.json"]
    assert objects(ceurope, "startDate") == {f'"2016-06-01"{day}'}
    assert "<http://data.europa.eu/nuts/code/SI032>" in objects(ceurope, "nuts")
    baltic = built["eubfr/2014TC16RFCB014.json"]
    assert len(objects(baltic, "interventionCategory")) == 4
    assert {'"FIN-01300"', '"LV-1013"'} <= objects(baltic, "postCode")
    denmark = built["denmark/erdf-denmark-2014-2020.csv"]
    assert f'"15414794"{decimal}' in objects(denmark, "totalBudget")
    assert any("EPSG/0/25832> POINT(560016.186 6319238.093)" in o
               for o in objects(denmark, "coordinates"))  # fmt: skip
    kohesio = built["kohesio/IE_valid_example.csv"]
    assert any("CRS84> POINT(-9.0491 53.2744)" in o for o in objects(kohesio, "coordinates"))
