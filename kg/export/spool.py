"""Records on disk between two passes: the columns are known when the last one was read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kg.export.files import Record

__all__ = ["RecordSpool"]

_LENGTH = 4


class RecordSpool:
    """Keeps records on disk, and which fields they have. Use as a context manager."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  closed on exit
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(Record).decode
        self.project_fields: set[str] = set()
        self.partner_fields: set[str] = set()

    def __enter__(self) -> RecordSpool:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, record: Record) -> None:
        """Keep a record."""
        self.project_fields.update(record.project)
        for partner in record.partners:
            self.partner_fields.update(partner)
        data = self._encode(record)
        self._file.write(len(data).to_bytes(_LENGTH, "big") + data)

    def records(self) -> Iterator[Record]:
        """Yield the records in their order."""
        self._file.seek(0)
        while length := self._file.read(_LENGTH):
            yield self._decode(self._file.read(int.from_bytes(length, "big")))
