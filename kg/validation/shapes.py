"""The shapes: their text for an engine, and what they say to a reader."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from kg.bundled import SHAPES
from kg.problems import InputError
from kg.vocabulary import SHAPE

__all__ = ["ShapeCard", "Shapes", "load_shapes"]

_SH = "http://www.w3.org/ns/shacl#"
_TEXTS = {f"{_SH}name": "names", f"{_SH}message": "messages"}


class ShapeCard(msgspec.Struct, frozen=True):
    """What a shape says to a reader, by language tag."""

    iri: str
    names: dict[str, str]
    messages: dict[str, str]

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

    def message(self, shape: str, language: str = "en") -> str:
        """Return a shape's message in a language, or in another one that it has."""
        card = self.cards.get(shape)
        if card is None:
            return f"The rule <{shape}> does not hold."
        return card.messages.get(language) or next(iter(card.messages.values()))


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

    found: dict[str, ShapeCard] = {}
    try:
        for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE):
            kind = _TEXTS.get(quad.predicate.value)
            if kind is None or not isinstance(quad.subject, pyoxigraph.NamedNode):
                continue
            if isinstance(quad.object, pyoxigraph.Literal):
                iri = quad.subject.value
                card = found.setdefault(iri, ShapeCard(iri, {}, {}))
                getattr(card, kind)[quad.object.language or ""] = quad.object.value
    except SyntaxError as error:
        raise InputError(f"The shapes are not Turtle: {error.msg}.", place=place) from error
    return {iri: card for iri, card in found.items() if card.messages}
