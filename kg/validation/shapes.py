"""The shapes: their text for an engine, and what they say to a reader."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from functools import cache
from pathlib import Path

import msgspec

from kg.bundled import SHAPES
from kg.problems import InputError
from kg.rdf import TURTLE, parse_rdf
from kg.terms import iri, literal, parse_literal, split_line
from kg.validation.results import Result
from kg.vocabulary import SH, SHAPE, XSD

__all__ = ["ShapeCard", "Shapes", "load_shapes"]

_ABOUT = iri(SHAPE.about)
_FLAGS = {
    iri(SHAPE.presumesCompleteList): "presumes_complete_list",
    iri(SHAPE.countsCountries): "counts_countries",
}
_TEXTS = {iri(SH.name): "names", iri(SH.message): "messages"}
_SEVERITY = iri(SH.severity)
_TRUE = literal("true", XSD.boolean)


class ShapeCard(msgspec.Struct, frozen=True):
    """What a shape says to a reader: its severity (``Warning``), names and messages by language.

    ``presumes_complete_list`` marks a rule that only makes sense where all partners are listed.
    ``about`` is the property that results of a rule on a whole node are about, by its IRI.
    """

    iri: str
    severity: str
    names: dict[str, str]
    messages: dict[str, str]
    presumes_complete_list: bool = False
    counts_countries: bool = False
    about: str | None = None

    @property
    def code(self) -> str:
        """The problem code of its results: ``lead-count``."""
        return self.iri.removeprefix(SHAPE.iri)


class Shapes(msgspec.Struct, frozen=True):
    """A set of SHACL shapes: Turtle text, and a card for each shape that has a message."""

    text: str
    cards: dict[str, ShapeCard]

    @property
    def messages(self) -> Mapping[str, Mapping[str, str]]:
        """The messages of each shape by language."""
        return {shape: card.messages for shape, card in self.cards.items()}

    @property
    def of_whole_list(self) -> frozenset[str]:
        """The codes of the rules that only make sense where all partners are there."""
        return frozenset(card.code for card in self.cards.values() if card.presumes_complete_list)

    @property
    def of_countries(self) -> frozenset[str]:
        """The codes of the rules on the countries of all partners."""
        return frozenset(card.code for card in self.cards.values() if card.counts_countries)

    def message(self, shape: str, language: str = "en") -> str:
        """Return a shape's message in a language, or in another one that it has."""
        card = self.cards.get(shape)
        if card is None:
            return f"The rule <{shape}> does not hold."
        return card.messages.get(language) or next(iter(card.messages.values()))

    def judge(self, results: Iterable[Result], partial: Container[str]) -> list[Result]:
        """Return results with the severity that they have here, and the path they are about.

        Of a rule that presumes a list of all partners, it is ``Info`` for the projects (terms)
        whose list is partial.
        """
        return [self._judge(result, partial) for result in results]

    def _judge(self, result: Result, partial: Container[str]) -> Result:
        card = self.cards.get(result.shape)
        if card is None:
            return result
        if result.path is None and card.about is not None:
            result = msgspec.structs.replace(result, path=card.about)
        if card.presumes_complete_list and result.focus in partial:
            result = msgspec.structs.replace(result, severity="Info")
        return result


@cache
def load_shapes(folder: Path = SHAPES) -> Shapes:
    """Return the shapes of all Turtle files in a folder.

    Raises:
        InputError: the folder has no shapes, or a file is not Turtle.
    """
    files = sorted(folder.glob("*.ttl"))
    if not files:
        raise InputError("There are no shapes (*.ttl) here.", place=str(folder))
    texts = [path.read_text(encoding="utf-8") for path in files]
    lines = (
        line
        for path, text in zip(files, texts, strict=True)
        for line in parse_rdf(text.encode(), TURTLE, place=str(path))
    )
    return Shapes("\n".join(texts), _cards(lines))


def _cards(lines: Iterable[str]) -> dict[str, ShapeCard]:
    texts: dict[str, dict[str, dict[str, str]]] = {}
    severities: dict[str, str] = {}
    flags: dict[str, dict[str, bool]] = {}
    about: dict[str, str] = {}
    for line in lines:
        subject, predicate, term = split_line(line)
        shape = subject[1:-1]
        if not subject.startswith("<"):
            continue
        if predicate in _TEXTS and (text := parse_literal(term)):
            kinds = texts.setdefault(shape, {"names": {}, "messages": {}})
            kinds[_TEXTS[predicate]][text.language or ""] = text.value
        elif predicate == _SEVERITY:
            severities[shape] = term[1:-1].removeprefix(SH.iri)
        elif predicate in _FLAGS:
            flags.setdefault(shape, {})[_FLAGS[predicate]] = term == _TRUE
        elif predicate == _ABOUT:
            about[shape] = term[1:-1]
    return {
        # Violation is the severity of a shape that states none (SHACL, section 2.1.4)
        shape: ShapeCard(
            shape,
            severities.get(shape, "Violation"),
            kinds["names"],
            kinds["messages"],
            about=about.get(shape),
            **flags.get(shape, {}),
        )
        for shape, kinds in sorted(texts.items())
        if kinds["messages"]
    }
