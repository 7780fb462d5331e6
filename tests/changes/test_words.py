"""What a person reads about the changes between two builds of the examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.changes import Changes, compare, write_text
from kg.changes.labels import term_label
from kg.mapping import MAPPING
from kg.terms import literal
from kg.vocabulary import DCTERMS, INTERREG, RDF_TYPE, SKOS, XSD

from .graphs import BASE, write_build

ENGLISH = """\
Statements: 52 removed, 214 added.
Projects: 1 added, 0 removed, 1 changed.
Shared things that were added, removed or changed: 5.
Only the place in the input changed: 4 projects, 3 source files (--provenance shows them).

Alpen013: end date 2019-03-31 → 2019-04-30
Alpen013: expected results (de) at character 84: ‹kleine› → ‹größere›
Alpen013: theme added: D05 Cluster formation
Alpen013: partner Alpen013-001 (HES-SO//FR HEIA-FR - INNOSQUARE CLUSTERS): postcode 1701 → 1700
Alpen013: partner Alpen013-012 (Lombardy Region): organisation Lombardy Regio → Lombardy Region
Alpen013: partner Alpen013-012 (Lombardy Region): stated name Lombardy Regio → Lombardy Region
Alpen013: partner Alpen013-014 added (Government Office for Development and European Cohesion \
Policy, Ljubljana)
Nordsee904: project added (MARSHMAKERS, New Products from Salt Meadows and Reeds, 7 partners)
organisation Küstenwerkstatt Dithmarschen: name "Küstenwerkstatt  Dithmarschen" → \
"Küstenwerkstatt Dithmarschen"
organisation STICHTING WADDENWERK: name STICHTING WADDENWERK → Stichting Waddenwerk
organisation added: Lombardy Region, Government Office for Development and European Cohesion Pol…
organisation removed: Lombardy Regio
"""


@pytest.fixture(scope="module")
def changes(earlier_folder: Path, example_build_folder: Path) -> Changes:
    return compare(earlier_folder, example_build_folder)


def told(tmp_path: Path, old: list[str], new: list[str]) -> list[str]:
    """Return what is said of two graphs of statements about one project."""
    about = f"<{BASE}project/A>"
    head = f"{about} <{RDF_TYPE}> <{INTERREG.Project}> ."
    folders = [
        write_build(tmp_path / name, [head, *(f"{about} {line} ." for line in lines)])
        for name, lines in (("old", old), ("new", new))
    ]
    text = "".join(write_text(compare(*folders), provenance=True))
    return text.partition("\n\n")[2].splitlines()


def test_a_person_reads_what_changed(changes: Changes) -> None:
    assert "".join(write_text(changes)) == ENGLISH


def test_it_is_told_in_german(changes: Changes) -> None:
    text = "".join(write_text(changes, language="de"))
    assert "Alpen013: Enddatum 2019-03-31 → 2019-04-30\n" in text
    assert "Alpen013: Thema hinzugefügt: D05 Clusterbildung\n" in text
    assert "Nordsee904: Projekt hinzugefügt (MARSHMAKERS, " in text


def test_places_in_the_input_are_told_when_asked_for(changes: Changes) -> None:
    text = "".join(write_text(changes, provenance=True))
    place = "source/donauraum.txt#line="
    assert f"Donau901: place in the source {place}16,38 → {place}15,37\n" in text
    assert "source document donauraum.txt: SHA-256 " in text
    assert "Donau901" not in "".join(write_text(changes))


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_property_of_the_mapping_has_a_label(language: str) -> None:
    predicates = {prop.predicate for resource in MAPPING for prop in resource.properties}
    classes = {name for resource in MAPPING for name in resource.classes[:1]}
    unnamed = {term for term in predicates | classes if ":" in term_label(term, language)}
    assert unnamed == {"http://www.w3.org/ns/locn#Address"}  # no line ever names that class


def test_a_date_that_was_not_there(tmp_path: Path) -> None:
    date = f"<{INTERREG.endDate}> {literal('2020-01-31', XSD.date)}"
    assert told(tmp_path, [], [date]) == ["A: end date added: 2020-01-31"]
    assert told(tmp_path, [date], []) == ["A: end date removed: 2020-01-31"]


def test_a_text_in_another_language(tmp_path: Path) -> None:
    german, english = (f"<{DCTERMS.title}> {literal('Rad', language=x)}" for x in ("de", "en"))
    assert told(tmp_path, [german], [english]) == [
        "A: title (de) removed: Rad",
        "A: title (en) added: Rad",
    ]


def test_a_value_of_another_datatype(tmp_path: Path) -> None:
    integer, decimal = (f"<{INTERREG.erdf}> {literal('5', x)}" for x in (XSD.integer, XSD.decimal))
    assert told(tmp_path, [integer], [decimal]) == ["A: ERDF money 5: xsd:integer → xsd:decimal"]


def test_a_long_text_is_told_by_where_it_differs(tmp_path: Path) -> None:
    old, new = (f"<{DCTERMS.description}> {literal('so ' * 30 + x)}" for x in ("gut.", "weiter."))
    assert told(tmp_path, [old], [new]) == ["A: description at character 91: ‹gut.› → ‹weiter.›"]


def test_texts_that_differ_in_spaces_are_shown_as_they_are(tmp_path: Path) -> None:
    old, new = (f"<{INTERREG.acronym}> {literal(x)}" for x in ("A B", "A  B"))
    assert told(tmp_path, [old], [new]) == ['A: acronym "A B" → "A  B"']


def test_no_character_of_a_text_steers_a_terminal(tmp_path: Path) -> None:
    text = literal("x\x1b]0;evil\x07\x1b[31mred\u202e")
    assert told(tmp_path, [], [f"<{DCTERMS.title}> {text}"]) == [
        r"A: title added: x\x1b]0;evil\x07\x1b[31mred\x202e",
    ]


def test_what_states_no_class_is_told_by_its_name(tmp_path: Path) -> None:
    old, new = (
        write_build(tmp_path / name, [f"<urn:x> <{DCTERMS.title}> {literal(name)} ."])
        for name in ("a", "b")
    )
    assert "\na: title a → b\n" in "".join(write_text(compare(old, new)))


def test_a_partner_is_told_by_its_participation(tmp_path: Path) -> None:
    organisation = f"<{INTERREG.partner}> <{BASE}organisation/DE/a>"
    assert told(tmp_path, [], [organisation]) == ["A: 1 statements about its structure"]


def test_several_values(tmp_path: Path) -> None:
    themes = [f"<{DCTERMS.subject}> <{BASE}theme/{x}>" for x in "ABC"]
    assert told(tmp_path, themes[:1], themes[1:]) == [
        "A: theme removed: theme/A",
        "A: theme added: theme/B, theme/C",
    ]


def test_a_correction_of_the_source(tmp_path: Path) -> None:
    correction = f"<{BASE}project/A/correction/end_date>"
    link = f"<{INTERREG.correction}> {correction}"
    stated = (
        f"{link} .\n{correction} <{INTERREG.correctedField}> {literal('end_date')}",
        f"{correction} <{INTERREG.statedValue}> {literal('1.1.20')} .\n"
        f"{correction} <{INTERREG.correctedValue}> {literal('1.2.20')}",
    )
    about = f"<{BASE}project/A>"
    new = write_build(
        tmp_path / "new",
        [
            f"{about} <{RDF_TYPE}> <{INTERREG.Project}> .",
            *f"{about} {stated[0]} .\n{stated[1]} .".split("\n"),
        ],
    )
    old = write_build(tmp_path / "old", [f"{about} <{RDF_TYPE}> <{INTERREG.Project}> ."])
    text = "".join(write_text(compare(old, new)))
    assert "A: correction of end_date added (1.1.20 → 1.2.20)\n" in text


def test_many_new_things_of_a_class_are_counted(tmp_path: Path) -> None:
    def organisation(number: int) -> list[str]:
        about = f"<{BASE}organisation/DE/{number:02}>"
        return [
            f"{about} <{RDF_TYPE}> <{INTERREG.Organisation}> .",
            f"{about} <{SKOS.prefLabel}> {literal(f'O{number}')} .",
        ]

    new = write_build(tmp_path / "new", [line for n in range(12) for line in organisation(n)])
    text = "".join(write_text(compare(write_build(tmp_path / "old", []), new)))
    assert "organisation added: O0, O1, O2, O3, O4, O5, O6, O7, and 4 more\n" in text
