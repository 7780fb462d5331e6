"""The register of what belongs to no one project: organisations, programmes, themes, regions.

They are gathered while projects stream by, and become rows once, after them, so that no statement
is made twice. Where projects spell a label differently, the most frequent spelling is the label
(ties by code point) and the others are alternative labels. Each language has a label of its own, as
in SKOS, and so has what is stated without one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, islice
from math import inf
from typing import NamedTuple
from zlib import crc32

from kg import iris
from kg.countries import find_country
from kg.mapping.names import MOST, Name, Names
from kg.mapping.rows import (
    NO_REGIONS,
    category_slug,
    country_code,
    heading_slug,
    organisation_country,
    partner_regions,
    text_cells,
)
from kg.mapping.tables import (
    CategoryRow,
    CountryRow,
    ObjectiveParentRow,
    ObjectiveRow,
    OrganisationRow,
    PriorityRow,
    ProgrammeNotationRow,
    ProgrammeRow,
    RegionRow,
    Row,
    SourceRow,
    SpellingRow,
    ThemeRow,
)
from kg.records import Category, Heading, Partner, Project, Region, Source, Text

__all__ = ["Register", "country_rows"]

BLOCK = 1_000
"""Organisations whose rows are made together."""

Key = tuple[str, ...]
Votes = dict[Key, Counter[tuple[str | None, ...]]]
"""For each resource, how often each spelling of it was met."""


class Register:
    """Gathers what the projects of a run share.

    ``known_themes`` are the codes of the theme scheme, which has their labels; any other code
    gets the label that the records state. ``most`` names of organisations, which alone number like
    the projects, are held in memory; what is gathered does not depend on it.
    """

    def __init__(self, known_themes: Iterable[str] = (), most: float = MOST) -> None:
        self._known_themes = frozenset(known_themes)
        self._organisations = Names(most)
        self._programmes: Votes = {}
        self._priorities: Votes = {}
        self._objectives: Votes = {}
        self._themes: Votes = {}
        self._categories: Votes = {}
        self._regions: Votes = {}
        self._notations: set[tuple[str, str]] = set()
        self._parents: set[tuple[str, str, str | None, str | None]] = set()
        self._countries: set[str] = set()

    def add(self, project: Project) -> None:
        """Gather what one project refers to."""
        if project.lead_country:
            self._countries.add(project.lead_country)
        for partner in project.partners:
            self._add_partner(partner)
        if project.programme:
            self._add_headings(project, project.programme)
        if project.countries:
            self._countries.update(project.countries)
        self._add_region(project.location_nuts)
        self._add_categories(project)
        for theme in project.themes:
            if theme.code not in self._known_themes:
                _vote(self._themes, (theme.code,), text_cells(theme.label))

    def close(self) -> None:
        """Let go of what lies on disk."""
        self._organisations.close()

    def merge(self, other: Register) -> None:
        """Take in what another part of the projects refers to."""
        for mine, theirs in zip(self._votes(), other._votes(), strict=True):
            for key, spellings in theirs.items():
                mine.setdefault(key, Counter()).update(spellings)
        for name, number in other._organisations.items():
            self._organisations.add(name, number)
        self._notations |= other._notations
        self._parents |= other._parents
        self._countries |= other._countries

    def split(self, number: int) -> list[Register]:
        """Return it as so many registers, whose rows together are those of this one.

        What is known of one resource is in one of them, and always in the same. They hold all in
        memory, as they are to be sent elsewhere.
        """
        parts = [Register(self._known_themes, inf) for _ in range(number)]
        shares = zip(*(part._votes() for part in parts), strict=True)
        for mine, share in zip(self._votes(), shares, strict=True):
            for key, spellings in mine.items():
                share[_share(key, number)][key] = spellings
        for name, times in self._organisations.items():
            parts[_share(name[:2], number)]._organisations.add(name, times)
        for notation in self._notations:
            parts[_share(notation, number)]._notations.add(notation)
        for parent in self._parents:
            parts[_share(parent, number)]._parents.add(parent)
        # two codes can mean one country, so all of them stay together
        parts[0]._countries |= self._countries
        return parts

    def _votes(self) -> tuple[Votes, ...]:
        return (
            self._programmes,
            self._priorities,
            self._objectives,
            self._themes,
            self._categories,
            self._regions,
        )

    def rows(self, sources: Iterable[Source] = ()) -> dict[str, list[Row]]:
        """Return the rows of all shared tables, sorted, with those of the input files."""
        tables: dict[str, list[Row]] = {}
        for block in self.blocks(sources):
            for table, rows in block.items():
                tables.setdefault(table, []).extend(rows)
        return tables

    def blocks(self, sources: Iterable[Source] = ()) -> Iterator[dict[str, list[Row]]]:
        """Yield the rows in blocks, each with all rows of its resources.

        Organisations are as many as projects, and the rest are few; so what is made of the rows
        need not be in memory at once.
        """
        grouped = groupby(self._organisations.items(), key=lambda item: item[0][:2])
        while block := [(key, list(names)) for key, names in islice(grouped, BLOCK)]:
            yield _organisation_rows(block)
        yield self._other_rows(sources)

    def _other_rows(self, sources: Iterable[Source]) -> dict[str, list[Row]]:
        programmes = _settle(self._programmes)
        priorities = _settle_coded(self._priorities)
        objectives = _settle_coded(self._objectives)
        themes = _settle(self._themes)
        categories = _settle_coded(self._categories)
        regions = _settle(self._regions)
        return {
            "programmes": _rows(ProgrammeRow, programmes.labels),
            "programme_translations": _rows(ProgrammeRow, programmes.translations),
            "programme_spellings": _rows(ProgrammeRow, programmes.others),
            "programme_notations": [ProgrammeNotationRow(*row) for row in sorted(self._notations)],
            "priorities": _rows(PriorityRow, priorities.labels),
            "priority_translations": _rows(PriorityRow, priorities.translations),
            "priority_spellings": _rows(PriorityRow, priorities.others),
            "objectives": _rows(ObjectiveRow, objectives.labels),
            "objective_translations": _rows(ObjectiveRow, objectives.translations),
            "objective_spellings": _rows(ObjectiveRow, objectives.others),
            "objective_parents": [
                ObjectiveParentRow(*row)
                for row in sorted(self._parents, key=lambda row: tuple(cell or "" for cell in row))
            ],
            "themes": _rows(ThemeRow, themes.labels),
            "theme_translations": _rows(ThemeRow, themes.translations),
            "categories": _rows(CategoryRow, categories.labels),
            "category_translations": _rows(CategoryRow, categories.translations),
            "category_spellings": _rows(CategoryRow, categories.others),
            "regions": _rows(RegionRow, regions.labels),
            "region_spellings": _rows(RegionRow, regions.others),
            "countries": list(country_rows(self._countries)),
            "sources": [
                SourceRow(source.name, source.sha256)
                for source in sorted(sources, key=lambda source: source.name)
            ],
        }

    def _add_partner(self, partner: Partner) -> None:
        country, slug = organisation_country(partner), iris.organisation_slug(partner.name)
        self._organisations.add((country, slug, "", partner.name))
        if partner.name_english:
            self._organisations.add((country, slug, "en", partner.name_english))
        if partner.country:
            self._countries.add(partner.country)
        regions = partner_regions(partner)
        if regions != NO_REGIONS:
            for region in regions:
                self._add_region(region)

    def _add_categories(self, project: Project) -> None:
        self._add_category(iris.THEMATIC_OBJECTIVE, project.thematic_objective)
        self._add_category(iris.POLICY_OBJECTIVE, project.policy_objective)
        self._add_category(iris.INVESTMENT_PRIORITY, project.investment_priority)
        self._add_category(iris.STRAND, project.strand)
        for category in project.interventions:
            self._add_category(iris.INTERVENTION, category, project.programming_period)

    def _add_category(
        self, template: str, category: Category | None, period: str | None = None
    ) -> None:
        slug = category_slug(category, period)
        if category and slug:
            _vote(self._categories, (iris.scheme(template), slug), _cells(category))

    def _add_region(self, region: Region | None) -> None:
        if region and region.code:
            _vote(self._regions, (region.code,), (region.name,))

    def _add_headings(self, project: Project, programme: Text) -> None:
        programme_slug = iris.slug(programme.value)
        _vote(self._programmes, (programme_slug,), text_cells(programme))
        if project.cci:
            self._notations.add((programme_slug, project.cci))
        priority_slug = heading_slug(project.priority)
        objective_slug = heading_slug(project.specific_objective)
        if project.priority and priority_slug:
            key = (programme_slug, priority_slug)
            _vote(self._priorities, key, _cells(project.priority))
        if project.specific_objective and objective_slug:
            key = (programme_slug, objective_slug)
            _vote(self._objectives, key, _cells(project.specific_objective))
            parent = None if priority_slug else programme_slug
            self._parents.add((programme_slug, objective_slug, priority_slug, parent))


def _share(key: Sequence[str | None], number: int) -> int:
    """Return the number of the part that a key belongs to, the same on every machine."""
    return crc32("\0".join(part or "" for part in key).encode("utf-8", "surrogatepass")) % number


def _cells(entry: Heading | Category) -> tuple[str | None, ...]:
    return (entry.code, *text_cells(entry.label))


def _vote(votes: Votes, key: Key, spelling: tuple[str | None, ...]) -> None:
    counter = votes.get(key)
    if counter is None:
        counter = votes[key] = Counter()
    counter[spelling] += 1


Spellings = list[tuple[Key, tuple[str | None, ...]]]


class SettledSpellings(NamedTuple):
    """The spellings of resources: the label of each, those in other languages, and all others."""

    labels: Spellings
    translations: Spellings
    others: Spellings


def _settle(votes: Votes) -> SettledSpellings:
    """Return for each key its most frequent spelling, that of each other language, and the rest.

    That a record states no spelling counts only where none does.
    """
    settled = SettledSpellings([], [], [])
    for key in sorted(votes):
        first, *rest = _ranked(votes[key])
        settled.labels.append((key, first))
        languages = {_language(first)}
        for spelling in filter(any, rest):
            language = _language(spelling)
            found = settled.others if language in languages else settled.translations
            found.append((key, spelling))
            languages.add(language)
    return settled


def _settle_coded(votes: Votes) -> SettledSpellings:
    """Do the same where a spelling is a code and a label, each of which is settled by itself."""
    codes: Votes = {}
    labels: Votes = {}
    for key, spellings in votes.items():
        codes[key], labels[key] = Counter(), Counter()
        for (code, *label), number in spellings.items():
            codes[key][(code,)] += number
            labels[key][tuple(label)] += number
    settled = _settle(labels)
    return SettledSpellings(
        [(key, (*_ranked(codes[key])[0], *label)) for key, label in settled.labels],
        [(key, (None, *label)) for key, label in settled.translations],
        [(key, (None, *label)) for key, label in settled.others],
    )


def _language(spelling: tuple[str | None, ...]) -> str | None:
    """Return the language of a spelling, the second cell of a text; a name has one cell alone."""
    language = spelling[1] if len(spelling) > 1 else None
    return language and language.lower()


def _rows(row: Callable[..., Row], spellings: Spellings) -> list[Row]:
    return [row(*key, *spelling) for key, spelling in spellings]


def _ranked(spellings: Counter[tuple[str | None, ...]]) -> list[tuple[str | None, ...]]:
    """Return spellings from the most frequent on, ties by code point and what is empty last."""
    return sorted(
        spellings,
        key=lambda cells: (not any(cells), -spellings[cells], tuple(cell or "" for cell in cells)),
    )


def _organisation_rows(
    block: Iterable[tuple[tuple[str, str], list[tuple[Name, int]]]],
) -> dict[str, list[Row]]:
    """Return the rows of organisations, each with its names and how often each was met."""
    organisations: list[Row] = []
    spellings: list[Row] = []
    translated: list[Row] = []
    for (country, slug), names in block:
        stated = {text: number for (_, _, language, text), number in names if not language}
        label, *others = sorted(stated, key=lambda text: (not text, -stated[text], text))
        organisations.append(OrganisationRow(country, slug, label, country_code(country)))
        spellings += [SpellingRow(country, slug, None, None, text) for text in others if text]
        translated += [
            SpellingRow(country, slug, text, language, None)
            for (_, _, language, text), _ in names
            if language
        ]
    return {"organisations": organisations, "organisation_spellings": [*spellings, *translated]}


def country_rows(codes: Iterable[str]) -> Iterator[CountryRow]:
    """Yield the rows of countries by their two-letter codes, sorted; unknown codes are left out."""
    found = {country.alpha3: country for code in codes if (country := find_country(code))}
    for alpha3 in sorted(found):
        country = found[alpha3]
        yield CountryRow(
            alpha3,
            country.alpha2,
            country.name_en,
            "en",
            None,
            country.name_de,
            "de",
            None,
            country.postcode_pattern,
            _iso(country.eu_since),
            _iso(country.eu_until),
        )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
