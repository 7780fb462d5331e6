"""A graph as what is sent: chunks of whole records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

__all__ = ["chunks_of"]

Record = bytes
"""Lines of N-Triples that are sent together, each with its line end."""


def chunks_of(records: Iterable[Record], size: int) -> Iterator[list[Record]]:
    """Yield records in chunks of at most ``size`` bytes; a longer record is a chunk of its own."""
    chunk: list[Record] = []
    length = 0
    for record in records:
        if chunk and length + len(record) > size:
            yield chunk
            chunk, length = [], 0
        chunk.append(record)
        length += len(record)
    if chunk:
        yield chunk
