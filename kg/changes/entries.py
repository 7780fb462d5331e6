"""What a change means: from the statements of one project, before and after, to entries.

An entry says one thing that a person would say: this property has another value, this partner came
or went. Terms stay terms here; ``words.py`` gives them words. Statements that only carry the
structure (types and links of what came or went as a whole) make no entry of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec

from kg.mapping import EMBEDDED, MAPPING
from kg.terms import Subjects, iri, parse_literal
from kg.vocabulary import DCTERMS, INTERREG, LOCN, PROV, RDF_TYPE, SKOS

__all__ = ["SOURCE_DOCUMENT", "ChangeEntry", "Portrait", "Sign", "list_entries", "portray"]

Sign = Literal["added", "removed", "changed"]
Part = Literal["", "partner", "correction"]
Parents = Mapping[str, tuple[str, str]]
"""The predicate and the subject that a resource hangs on, by resource."""

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


class ChangeEntry(msgspec.Struct, frozen=True, omit_defaults=True):
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


def portray(subject: str, statements: Subjects) -> Portrait:
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


def list_entries(subject: str, old: Subjects, new: Subjects) -> list[ChangeEntry]:
    """Return what changed in a resource, and in what is embedded in it, in one order."""
    parents = _parents(old) | _parents(new)
    entries: list[ChangeEntry] = []
    for about in dict.fromkeys([subject, *old, *new]):
        before, after = old.get(about, {}), new.get(about, {})
        if before != after:
            entries.extend(_of_resource(about, old, new, parents))
    return sorted(entries, key=_place)


def _place(entry: ChangeEntry) -> tuple[object, ...]:
    order = _ORDER.get(entry.predicate, len(_ORDER))
    part = _PARTS.index(entry.part)
    is_addition = entry.sign == "added"
    return part, entry.name, order, entry.predicate, entry.language, is_addition, entry.details


def _of_resource(
    about: str, old: Subjects, new: Subjects, parents: Parents
) -> Iterator[ChangeEntry]:
    """Yield what is different in what two graphs state of one resource."""
    before, after = old.get(about, {}), new.get(about, {})
    if not before or not after:
        if _is_told_above(about, old, new, parents):
            return
        whole = _as_a_whole(about, old, new, parents)
        if whole is not None:
            yield whole
            return
    part, name, details = _whose(about, old, new, parents)
    for predicate in dict.fromkeys([*before, *after]):
        if before.get(predicate, []) == after.get(predicate, []):
            continue
        if predicate == TYPE and not (before and after):
            continue
        if predicate == PARTNER:  # the participations tell who takes part
            continue
        gone, fresh = _told_terms(predicate, about, old, new)
        for language in sorted({_language(term) for term in (*gone, *fresh)}):
            lost = tuple(sorted(term for term in gone if _language(term) == language))
            won = tuple(sorted(term for term in fresh if _language(term) == language))
            common = (part, name, details, predicate[1:-1], language)
            if len(lost) == len(won) == 1:
                yield ChangeEntry("changed", *common, lost, won)
                continue
            if lost:
                yield ChangeEntry("removed", *common, lost)
            if won:
                yield ChangeEntry("added", *common, (), won)


def _is_told_above(about: str, old: Subjects, new: Subjects, parents: Parents) -> bool:
    """Tell whether a resource came or went with one above it, such as its partner."""
    came = about not in old
    _, above = parents.get(about, ("", ""))
    for _ in range(4):
        if above not in parents:
            return False
        if above not in (old if came else new):
            return True
        above = parents[above][1]
    return False


def _as_a_whole(about: str, old: Subjects, new: Subjects, parents: Parents) -> ChangeEntry | None:
    """Return the entry of a partner or a correction that came or went."""
    came = about not in old
    sign: Sign = "added" if came else "removed"
    graph = new if came else old
    stated = graph.get(about, {})
    link, _ = parents.get(about, ("", ""))
    if link == PARTICIPATION:
        return ChangeEntry(sign, "partner", _name(about, stated), _partner_details(about, graph))
    if link == CORRECTION:
        name = _value(stated.get(iri(INTERREG.correctedField), ()))
        return ChangeEntry(sign, "correction", name, _correction_details(stated))
    return None


def _told_terms(
    predicate: str, about: str, old: Subjects, new: Subjects
) -> tuple[list[str], list[str]]:
    """Return the terms of a predicate that went and those that came, as far as it tells them."""
    before, after = old.get(about, {}), new.get(about, {})
    olds, news = before.get(predicate, []), after.get(predicate, [])
    gone = [term for term in olds if term not in news]
    fresh = [term for term in news if term not in olds]
    if predicate in _EMBEDDED:  # the thing at the other end is told by itself
        gone = [term for term in gone if term not in old or term in new]
        fresh = [term for term in fresh if term not in new or term in old]
    if predicate == OTHER_NAME:  # what was or became the name is told by the name
        gone = [term for term in gone if term not in after.get(NAME, ())]
        fresh = [term for term in fresh if term not in before.get(NAME, ())]
    return gone, fresh


def _parents(statements: Subjects) -> dict[str, tuple[str, str]]:
    """Return for each embedded resource the predicate and the subject of the link to it."""
    return {
        term: (predicate, subject)
        for subject, about in statements.items()
        for predicate in _EMBEDDED & about.keys()
        for term in about[predicate]
    }


def _whose(
    about: str, old: Subjects, new: Subjects, parents: Parents
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


def _partner_details(about: str, statements: Subjects) -> tuple[str, ...]:
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
