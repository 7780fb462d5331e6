"""What a change means: from the statements of one project, before and after, to entries.

An entry says one thing that a person would say: this property has another value, this partner came
or went. Terms stay terms here; ``text.py`` gives them words. Statements that only carry the
structure (types and links of what came or went as a whole) make no entry of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec

from kg.mapping import EMBEDDED, MAPPING
from kg.terms import iri, parse_literal, split_line
from kg.vocabulary import DCTERMS, INTERREG, LOCN, PROV, RDF_TYPE, SKOS

__all__ = ["Entry", "Portrait", "Sign", "Statements", "list_entries", "portray", "statements_of"]

Sign = Literal["added", "removed", "changed"]
Part = Literal["", "partner", "correction"]
Statements = dict[str, dict[str, list[str]]]
"""Terms by subject and predicate."""

PARTICIPATION, PARTNER, CORRECTION, ADDRESS = (
    iri(INTERREG.participation),
    iri(INTERREG.partner),
    iri(INTERREG.correction),
    iri(LOCN.address),
)
TYPE, NAME, OTHER_NAME = iri(RDF_TYPE), iri(SKOS.prefLabel), iri(SKOS.altLabel)
PROVENANCE = frozenset({iri(PROV.wasDerivedFrom), iri(DCTERMS.source)})
SOURCE_DOCUMENT = iri(INTERREG.SourceDocument)
_EMBEDDED = frozenset(map(iri, EMBEDDED))
_PARTS = ("", "partner", "correction")
_ORDER = {
    predicate: number
    for number, predicate in enumerate(
        dict.fromkeys(prop.predicate for resource in MAPPING for prop in resource.properties)
    )
}
"""The order of properties in the mapping, which is that of a record."""


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that changed.

    ``part`` and ``name`` tell which partner or correction of a project it is about, ``details``
    the name and town of a partner, or the values of a correction. ``predicate`` is empty where the
    partner or correction itself came or went; ``old`` and ``new`` are terms.
    """

    sign: Sign
    part: Part = ""
    name: str = ""
    details: tuple[str, ...] = ()
    predicate: str = ""
    language: str = ""
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    @property
    def is_provenance(self) -> bool:
        """Whether it only tells from where in the input a statement comes."""
        return iri(self.predicate) in PROVENANCE


class Portrait(msgspec.Struct, frozen=True):
    """How a person knows a project or a shared thing; classes are IRIs."""

    classes: tuple[str, ...] = ()
    identifier: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    """Pairs of language (or nothing) and label: titles, or preferred labels."""
    acronym: str = ""
    partners: int = 0


def statements_of(lines: Iterable[bytes]) -> Statements:
    """Return lines as terms by subject and predicate."""
    found: Statements = {}
    subject = ""
    about: dict[str, list[str]] = {}
    for line in lines:
        before, (subject, predicate, term) = subject, split_line(line.decode())
        if subject != before:
            about = found.setdefault(subject, {})
        if predicate in about:
            about[predicate].append(term)
        else:
            about[predicate] = [term]
    return found


def portray(subject: str, statements: Statements) -> Portrait:
    """Return how a person knows a resource."""
    about = statements.get(subject, {})
    label_terms = about.get(iri(SKOS.prefLabel)) or about.get(iri(DCTERMS.title)) or []
    labels = [found for term in label_terms if (found := parse_literal(term))]
    identifiers = about.get(iri(DCTERMS.identifier)) or about.get(iri(SKOS.notation)) or []
    return Portrait(
        classes=tuple(term[1:-1] for term in about.get(TYPE, ())),
        identifier=_value(identifiers),
        labels=tuple((label.language or "", label.value) for label in labels),
        acronym=_value(about.get(iri(INTERREG.acronym), ())),
        partners=len(about.get(PARTICIPATION, ())),
    )


def list_entries(subject: str, old: Statements, new: Statements) -> list[Entry]:
    """Return what changed in a resource, and in what is embedded in it, in one order."""
    parents = _parents(old) | _parents(new)
    entries: list[Entry] = []
    for about in dict.fromkeys([subject, *old, *new]):
        before, after = old.get(about, {}), new.get(about, {})
        if before != after:
            entries.extend(_of_resource(about, old, new, parents))
    return sorted(entries, key=_place)


def _place(entry: Entry) -> tuple[object, ...]:
    order = _ORDER.get(entry.predicate, len(_ORDER))
    part = _PARTS.index(entry.part)
    is_addition = entry.sign == "added"
    return part, entry.name, order, entry.predicate, entry.language, is_addition, entry.details


def _of_resource(
    about: str, old: Statements, new: Statements, parents: Mapping[str, tuple[str, str]]
) -> Iterator[Entry]:
    before, after = old.get(about, {}), new.get(about, {})
    came, went = not before, not after
    link, parent = parents.get(about, ("", ""))
    if came or went:
        above = parent
        for _ in range(4):  # what came or went with its partner is told by the partner
            if above not in parents:
                break
            if (came and above not in old) or (went and above not in new):
                return
            above = parents[above][1]
        if link == PARTICIPATION:
            sign: Sign = "added" if came else "removed"
            yield Entry(sign, "partner", _name(about, after or before),
                        _partner_details(about, new if came else old))  # fmt: skip
            return
        if link == CORRECTION:
            yield Entry("added" if came else "removed", "correction",
                        _value((after or before).get(iri(INTERREG.correctedField), ())),
                        _correction_details(after or before))  # fmt: skip
            return
    part, name, details = _whose(about, old, new, parents)
    for predicate in dict.fromkeys([*before, *after]):
        olds, news = before.get(predicate, []), after.get(predicate, [])
        if olds == news or ((came or went) and predicate == TYPE):
            continue
        if predicate == PARTNER:  # the participations tell who takes part
            continue
        gone = [term for term in olds if term not in news]
        fresh = [term for term in news if term not in olds]
        if predicate in _EMBEDDED:  # the thing at the other end is told by itself
            gone = [term for term in gone if term not in old or term in new]
            fresh = [term for term in fresh if term not in new or term in old]
        if predicate == OTHER_NAME:  # what was or became the name is told by the name
            gone = [term for term in gone if term not in after.get(NAME, ())]
            fresh = [term for term in fresh if term not in before.get(NAME, ())]
        for language in sorted({_language(term) for term in (*gone, *fresh)}):
            lost = tuple(sorted(term for term in gone if _language(term) == language))
            won = tuple(sorted(term for term in fresh if _language(term) == language))
            common = (part, name, details, predicate[1:-1], language)
            if len(lost) == len(won) == 1:
                yield Entry("changed", *common, lost, won)
                continue
            if lost:
                yield Entry("removed", *common, lost)
            if won:
                yield Entry("added", *common, (), won)


def _parents(statements: Statements) -> dict[str, tuple[str, str]]:
    """Return for each embedded resource the predicate and the subject of the link to it."""
    return {
        term: (predicate, subject)
        for subject, about in statements.items()
        for predicate in _EMBEDDED & about.keys()
        for term in about[predicate]
    }


def _whose(
    about: str, old: Statements, new: Statements, parents: Mapping[str, tuple[str, str]]
) -> tuple[Part, str, tuple[str, ...]]:
    """Return the partner or correction that statements about a resource belong to."""
    link, parent = parents.get(about, ("", ""))
    if link == ADDRESS:
        about, (link, _) = parent, parents.get(parent, ("", ""))
    statements = new if about in new else old
    if link == PARTICIPATION:
        name = _value(statements[about].get(iri(INTERREG.statedName), ()))
        return "partner", _name(about, statements[about]), (name,) if name else ()
    if link == CORRECTION:
        return "correction", _value(statements[about].get(iri(INTERREG.correctedField), ())), ()
    return "", "", ()


def _partner_details(about: str, statements: Statements) -> tuple[str, ...]:
    name = _value(statements[about].get(iri(INTERREG.statedName), ()))
    addresses = statements[about].get(ADDRESS, ())
    towns = [_value(statements.get(a, {}).get(iri(LOCN.postName), ())) for a in addresses]
    return tuple(filter(None, [name, *towns]))


def _correction_details(about: Mapping[str, list[str]]) -> tuple[str, ...]:
    values = (INTERREG.statedValue, INTERREG.correctedValue)
    return tuple(_value(about.get(iri(predicate), ())) for predicate in values)


def _name(about: str, statements: Mapping[str, list[str]]) -> str:
    return _value(statements.get(iri(DCTERMS.identifier), ())) or about[1:-1].rpartition("/")[2]


def _value(terms: Iterable[str]) -> str:
    """Return the value of the first literal, in the order of code points."""
    parsed = (parse_literal(term) for term in sorted(terms))
    return next((found.value for found in parsed if found), "")


def _language(term: str) -> str:
    if term[0] == "<" or term[-1] in '">':
        return ""
    found = parse_literal(term)
    return (found.language or "") if found else ""
