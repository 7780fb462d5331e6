"""Changes → words: what a person reads, in English or German."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from kg.changes.compare import Change, Changes
from kg.changes.entries import ChangeEntry, Portrait
from kg.changes.labels import LANGUAGES, term_label
from kg.problems import printable, shorten
from kg.terms import parse_literal
from kg.vocabulary import INTERREG, ORG, PROV, SKOS, compact

__all__ = ["Writer", "write_text"]

LONG = 60
"""Characters from which on a text is told by where it differs."""
PIECE = 48
"""Characters shown of a piece that differs, or of a value in a list."""
NAMED = 8
"""Shared things of a class that are named when they come or go."""

_GENERAL = frozenset({SKOS.Concept, ORG.Organization, ORG.OrganizationalCollaboration, PROV.Entity})
"""Classes that another class of the same resource tells better."""

_WORDS = {
    "en": {
        "added": "added", "removed": "removed", "more": "and {} more", "at": "at character {}: ",
        "project": "project", "partner": "partner", "correction": "correction of",
        "partners": "{} partners", "one partner": "1 partner", "equal": "No difference",
        "statements": "Statements: {removed:,} removed, {added:,} added.",
        "projects": "Projects: {added:,} added, {removed:,} removed, {changed:,} changed.",
        "shared": "Shared things that were added, removed or changed: {:,}.",
        "base": "The base differs, and with it every IRI: {} → {}",
        "provenance": "Only the place in the input changed: {projects:,} projects, "
                      "{sources:,} source files (--provenance shows them).",
        "rest": "{} statements about its structure",
    },
    "de": {
        "added": "hinzugefügt", "removed": "entfernt", "more": "und {} mehr",
        "at": "ab Zeichen {}: ",
        "project": "Projekt", "partner": "Partner", "correction": "Berichtigung von",
        "partners": "{} Partner", "one partner": "1 Partner", "equal": "Kein Unterschied",
        "statements": "Aussagen: {removed:,} entfernt, {added:,} hinzugefügt.",
        "projects": "Projekte: {added:,} hinzugefügt, {removed:,} entfernt, {changed:,} geändert.",
        "shared": "Gemeinsame Dinge, die dazukamen, wegfielen oder sich änderten: {:,}.",
        "base": "Die Basis ist eine andere und damit jede IRI: {} → {}",
        "provenance": "Nur die Stelle in der Eingabe änderte sich: {projects:,} Projekte, "
                      "{sources:,} Quelldateien (--provenance zeigt sie).",
        "rest": "{} Aussagen über den Aufbau",
    },
}  # fmt: skip


class Group(NamedTuple):
    """Shared things of a class that came, or went."""

    number: int
    names: list[str]


def write_text(
    changes: Changes, *, language: str = "en", provenance: bool = False
) -> Iterator[str]:
    """Yield what changed, line by line: first how much, then each change, by project.

    No character of a line can steer a terminal, or begin another line.

    Args:
        changes: what is different.
        language: ``en`` or ``de``.
        provenance: whether to list where only the place in the input changed.
    """
    words, totals = _WORDS[language], changes.totals
    if not changes:
        yield f"{words['equal']}.\n"
        return
    yield words["statements"].format(removed=totals.removed, added=totals.added) + "\n"
    yield (
        words["projects"].format(
            added=totals.projects_added,
            removed=totals.projects_removed,
            changed=totals.projects_changed,
        )
        + "\n"
    )
    if totals.shared_changed:
        yield words["shared"].format(totals.shared_changed) + "\n"
    bases = changes.old.base, changes.new.base
    if all(bases) and bases[0] != bases[1]:
        yield printable(words["base"].format(*bases)) + "\n"
    hidden = totals.provenance_only + totals.sources_changed
    if hidden and not provenance:
        told = words["provenance"]
        yield told.format(projects=totals.provenance_only, sources=totals.sources_changed) + "\n"
    begun = False
    for line in Writer(changes, language, provenance=provenance).lines():
        line = printable(" ".join(line.splitlines()))
        yield line + "\n" if begun else f"\n{line}\n"
        begun = True


class Writer:
    """Gives changes words in one language."""

    def __init__(self, changes: Changes, language: str = "en", *, provenance: bool = False) -> None:
        self._changes = changes
        self._language = language
        self._provenance = provenance
        self._words = _WORDS[language]

    def lines(self) -> Iterator[str]:
        """Yield a line for each thing that changed."""
        groups: dict[tuple[str, str], Group] = {}
        for change in self._changes.blocks():
            if change.is_provenance and not self._provenance:
                continue
            if change.is_project or change.sign == "changed":
                yield from self.of(change)
            else:
                self._gather(groups, change)
        for (kind, sign), (number, names) in sorted(groups.items()):
            rest = number - len(names)
            more = [self._words["more"].format(rest)] if rest else []
            told = " ".join(filter(None, (kind, self._words[sign])))
            yield f"{told}: {', '.join([*names, *more])}"

    def of(self, change: Change) -> Iterator[str]:
        """Yield a line for each thing that changed in a project, or in something shared."""
        name = self.name(change)
        if change.sign != "changed":
            described = self._described(change.portrait) if change.is_project else ""
            yield f"{name}: {self._subject(change)}{self._words[change.sign]}{described}"
            return
        told = False
        for entry in change.entries:
            told = True
            if not entry.is_provenance or self._provenance:
                yield f"{name}: {self.sentence(entry)}"
        if not told:
            number = len(change.removed) + len(change.added)
            yield f"{name}: {self._words['rest'].format(number)}"

    def name(self, change: Change) -> str:
        """Return what a person calls a project or a shared thing."""
        # where the name itself changed, a reader knows the old one
        portrait = change.new if change.sign == "added" else change.old
        if change.is_project:
            return portrait.identifier or unquote(change.iri.rpartition("/")[2])
        # what states no class has a name only
        return f"{self._class(portrait)} {self._label(portrait, change.iri)}".strip()

    def sentence(self, entry: ChangeEntry) -> str:
        """Return what an entry says: ``end date 2019-04-30 → 2019-06-30``."""
        whose = ""
        if entry.part:
            details = f" ({', '.join(entry.details)})" if any(entry.details) else ""
            whose = f"{self._words[entry.part]} {entry.name}"
            if not entry.predicate:
                if entry.part == "correction":
                    details = f" ({' → '.join(entry.details)})"
                return f"{whose} {self._words[entry.sign]}{details}"
            whose += f"{details}: "
        label = term_label(entry.predicate, self._language)
        tag = f" ({entry.language})" if entry.language else ""
        if entry.sign == "changed":
            return f"{whose}{label}{tag}{self._change(entry.old[0], entry.new[0])}"
        values = ", ".join(self.value(term, PIECE) for term in entry.old or entry.new)
        return f"{whose}{label}{tag} {self._words[entry.sign]}: {values}"

    def value(self, term: str, width: int = LONG) -> str:
        """Return a term as a person reads it, on one line."""
        if term[0] == "<":
            portrait = self._changes.name(term[1:-1])
            if portrait is None:
                return self._local(term[1:-1])
            return shorten(self._label(portrait, term[1:-1]), width)
        literal = parse_literal(term)
        return shorten(literal.value if literal else term, width)

    def _change(self, old: str, new: str) -> str:
        before, after = parse_literal(old), parse_literal(new)
        if before and after:
            if before.datatype != after.datatype and before.value == after.value:
                names = (compact(literal.datatype) for literal in (before, after))
                return f" {shorten(before.value, PIECE)}: " + " → ".join(names)
            if max(len(before.value), len(after.value)) > LONG:
                return f" {self._hint(before.value, after.value)}"
        shown = self.value(old), self.value(new)
        if shown[0] == shown[1]:  # two organisations of one name, or spaces
            shown = old.strip("<>"), new.strip("<>")
        return f" {shown[0]} → {shown[1]}"

    def _hint(self, old: str, new: str) -> str:
        """Return where two texts differ, and how, from word to word."""
        start = _common(old, new)
        while start and not old[start - 1].isspace():
            start -= 1
        end = _common(old[start:][::-1], new[start:][::-1])
        while end and not old[len(old) - end].isspace():
            end -= 1
        if not (start or end):
            return f"{shorten(old, PIECE)} → {shorten(new, PIECE)}"
        pieces = (text[start : len(text) - end] for text in (old, new))
        told = (f"‹{shorten(piece, PIECE)}›" for piece in pieces)
        return self._words["at"].format(f"{start + 1:,}") + " → ".join(told)

    def _described(self, portrait: Portrait) -> str:
        """Return title, acronym and number of partners of a project, in brackets."""
        title = _in(portrait.labels, self._language)
        number = portrait.partners
        partners = self._words["one partner" if number == 1 else "partners"].format(number)
        parts = [portrait.acronym, shorten(title, LONG), partners if number else ""]
        told = ", ".join(filter(None, parts))
        return f" ({told})" if told else ""

    def _subject(self, change: Change) -> str:
        return f"{self._words['project']} " if change.is_project else ""

    def _gather(self, groups: dict[tuple[str, str], Group], change: Change) -> None:
        """Count a shared thing that came or went; the first of a class are named."""
        key = self._class(change.portrait), change.sign
        number, names = groups.get(key, Group(0, []))
        if number < NAMED:
            names.append(self._label(change.portrait, change.iri))
        groups[key] = Group(number + 1, names)

    def _class(self, portrait: Portrait) -> str:
        classes = sorted(portrait.classes, key=lambda iri: (iri in _GENERAL, iri))
        return term_label(classes[0], self._language) if classes else ""

    def _label(self, portrait: Portrait, iri: str) -> str:
        label = _in(portrait.labels, self._language) or self._local(iri)
        coded = {INTERREG.Theme, INTERREG.Priority, INTERREG.SpecificObjective, INTERREG.Category}
        code = portrait.identifier if coded & set(portrait.classes) else ""
        return shorten(f"{code} {label}".strip() if code != label else code, LONG)

    def _local(self, iri: str) -> str:
        """Return a short form of an IRI: without the base, or with its prefix."""
        for base in (self._changes.new.base, self._changes.old.base):
            if base and iri.startswith(base) and iri != base:
                return iri[len(base) :]
        return compact(iri)


def _common(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _in(labels: Iterable[tuple[str, str]], language: str) -> str:
    """Return the label in a language, else one without, else in any language."""
    ranks = {language: 0, "": 1} | {other: 2 for other in LANGUAGES if other != language}
    best = min(labels, key=lambda pair: (ranks.get(pair[0], 3), pair[1]), default=("", ""))
    return best[1]
