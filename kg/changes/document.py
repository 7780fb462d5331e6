"""Changes → JSON, project by project: counts, words and statements."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kg.changes.compare import Change, Changes
from kg.changes.words import Writer

__all__ = ["write_json"]


def write_json(
    changes: Changes, *, language: str = "en", provenance: bool = False
) -> Iterator[str]:
    """Yield the pieces of a JSON document; ``changes`` in it has one object a line.

    Args:
        changes: what is different.
        language: language of the sentences, ``en`` or ``de``.
        provenance: whether sentences tell where only the place in the input changed.
    """
    head = {"old": changes.old, "new": changes.new, "totals": changes.totals}
    yield _json(head)[:-1] + ',"changes":['
    writer = Writer(changes, language, provenance=provenance)
    separator = "\n"
    for change in changes.blocks():
        yield separator + _json(_object(change, writer))
        separator = ",\n"
    yield "\n]}\n"


def _object(change: Change, writer: Writer) -> dict[str, object]:
    return {
        "iri": change.iri,
        "project": change.portrait.identifier if change.is_project else None,
        "name": writer.name(change),
        "change": change.sign,
        "provenance_only": change.is_provenance,
        "summary": list(writer.of(change)),
        "entries": [
            msgspec.to_builtins(entry) | {"sentence": writer.sentence(entry)}
            for entry in change.entries
        ],
        "removed": change.removed,
        "added": change.added,
    }


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
