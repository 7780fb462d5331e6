"""Which fields a record has and what kind of value each holds, for the profiles that name them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

__all__ = [
    "FIELDS",
    "PARTNER_FIELDS",
    "PROJECT_FIELDS",
    "Field",
    "Holds",
    "Kind",
    "stated_currency",
]

Kind = Literal[
    "id", "word", "text", "heading", "country", "state", "role", "flag", "count", "date", "amount",
    "url", "themes",
]  # fmt: skip


Holds = Literal["projects", "partners"]
"""What the lines of a block or the rows of a table are."""


class Field(msgspec.Struct, frozen=True):
    """A field as a layout states it: its name in ``records.py`` and what its values are.

    ``language`` is the BCP 47 tag of a text. A ``required`` value that cannot be used holds the
    record back.
    """

    name: str
    kind: Kind
    language: str | None = None
    required: bool = False


PROJECT_FIELDS: Mapping[str, Kind] = {
    "project_id": "id",
    "call": "word",
    "programme": "text",
    "acronym": "word",
    "title": "text",
    "priority": "heading",
    "specific_objective": "heading",
    "lead_partner": "word",
    "lead_country": "country",
    "german_participation": "flag",
    "country_count": "count",
    "partner_count": "count",
    "german_partner_count": "count",
    "start_date": "date",
    "end_date": "date",
    "total_budget": "amount",
    "erdf": "amount",
    "co_financing": "amount",
    "description": "text",
    "results": "text",
    "url": "url",
    "themes": "themes",
}
"""The fields of a project."""

PARTNER_FIELDS: Mapping[str, Kind] = {
    "project_id": "id",
    "partner_id": "id",
    "role": "role",
    "name": "word",
    "postcode": "word",
    "town": "word",
    "country": "country",
    "federal_state": "state",
}
"""The fields of a partner; ``project_id`` says whose it is."""

FIELDS: Mapping[Holds, Mapping[str, Kind]] = {
    "projects": PROJECT_FIELDS,
    "partners": PARTNER_FIELDS,
}


def stated_currency(values: Mapping[str, object], currency: str) -> str | None:
    """Return the currency of a project, which has one only where it states an amount."""
    amounts = (name for name, kind in PROJECT_FIELDS.items() if kind == "amount")
    return currency if any(values.get(name) is not None for name in amounts) else None
