"""The shapes: their text for an engine, and what they say to a reader."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from functools import cache
from pathlib import Path

import msgspec

from kg.bundled import SHAPES
from kg.problems import InputError
from kg.validation.results import Result
from kg.vocabulary import SH, SHAPE, XSD

__all__ = ["ShapeCard", "Shapes", "load_shapes"]

_PRESUMES, _ABOUT = SHAPE.presumesCompleteList, SHAPE.about
_TEXTS = {f"{SH.iri}name": "names", f"{SH.iri}message": "messages"}


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
        return {iri: card.messages for iri, card in self.cards.items()}

    @property
    def of_whole_list(self) -> frozenset[str]:
        """The codes of the rules that only make sense where all partners are there."""
        return frozenset(card.code for card in self.cards.values() if card.presumes_complete_list)

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
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    return Shapes(text, _cards(text, str(folder)))


def _cards(text: str, place: str) -> dict[str, ShapeCard]:
    import pyoxigraph

    true = pyoxigraph.Literal("true", datatype=pyoxigraph.NamedNode(XSD.boolean))
    texts: dict[str, dict[str, dict[str, str]]] = {}
    severities: dict[str, str] = {}
    presuming: set[str] = set()
    about: dict[str, str] = {}
    try:
        for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE):
            subject, predicate, value = quad.subject, quad.predicate.value, quad.object
            if not isinstance(subject, pyoxigraph.NamedNode):
                continue
            if predicate in _TEXTS and isinstance(value, pyoxigraph.Literal):
                kinds = texts.setdefault(subject.value, {"names": {}, "messages": {}})
                kinds[_TEXTS[predicate]][value.language or ""] = value.value
            elif predicate == f"{SH.iri}severity" and isinstance(value, pyoxigraph.NamedNode):
                severities[subject.value] = value.value.removeprefix(SH.iri)
            elif predicate == _PRESUMES and value == true:
                presuming.add(subject.value)
            elif predicate == _ABOUT and isinstance(value, pyoxigraph.NamedNode):
                about[subject.value] = value.value
    except SyntaxError as error:
        raise InputError(f"The shapes are not Turtle: {error.msg}.", place=place) from error
    return {
        # Violation is the severity of a shape that states none (SHACL, section 2.1.4)
        iri: ShapeCard(
            iri,
            severities.get(iri, "Violation"),
            **kinds,
            presumes_complete_list=iri in presuming,
            about=about.get(iri),
        )
        for iri, kinds in sorted(texts.items())
        if kinds["messages"]
    }
