"""Which fields a record has and what kind of value each holds, for the profiles that name them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

__all__ = [
    "BARE_LABELS",
    "FIELDS",
    "KIND_OF",
    "LANGUAGES",
    "MOST_PARTNERS",
    "PARTNER_FIELDS",
    "PROJECT_FIELDS",
    "TEXT_KINDS",
    "Field",
    "Holds",
    "Kind",
    "stated_currency",
]

Kind = Literal[
    "id", "word", "code", "codes", "text", "labels", "language", "languages", "heading", "category",
    "categories", "country", "countries", "state", "region", "role", "flag", "count", "date",
    "amount", "number", "rate", "currency", "url", "urls", "themes", "coordinate", "point", "crs",
]  # fmt: skip
"""What a cell holds. ``code`` and ``language`` complete the field whose name stands before theirs
(``priority_code``, ``title_language``), ``codes`` and ``languages`` that of a list; ``labels`` are
the labels of a list alone. ``coordinate``, ``point`` and ``crs`` make a location."""

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


PROJECT_FIELDS: dict[str, Kind] = {
    "project_id": "id",
    "national_id": "word",
    "call": "word",
    "programme": "text",
    "cci": "word",
    "subprogramme": "word",
    "programming_period": "word",
    "acronym": "word",
    "title": "text",
    "title_english": "text",
    "status": "word",
    "project_type": "word",
    "priority": "heading",
    "priority_code": "code",
    "specific_objective": "heading",
    "specific_objective_code": "code",
    "thematic_objective": "category",
    "thematic_objective_code": "code",
    "policy_objective": "category",
    "policy_objective_code": "code",
    "investment_priority": "category",
    "investment_priority_code": "code",
    "strand": "category",
    "strand_code": "code",
    "interventions": "categories",
    "interventions_code": "codes",
    "lead_partner": "word",
    "lead_country": "country",
    "german_participation": "flag",
    "country_count": "count",
    "partner_count": "count",
    "german_partner_count": "count",
    "countries": "countries",
    "start_date": "date",
    "end_date": "date",
    "expected_end_date": "date",
    "last_update": "date",
    "fund": "word",
    "total_budget": "amount",
    "eu_funding": "amount",
    "erdf": "amount",
    "ipa": "amount",
    "eni": "amount",
    "co_financing": "amount",
    "private_funding": "amount",
    "other_funding": "amount",
    "co_financing_rate": "rate",
    "currency": "currency",
    "exchange_rate": "number",
    "description": "text",
    "description_english": "text",
    "results": "text",
    "url": "url",
    "links": "urls",
    "themes": "themes",
    "themes_code": "codes",
    "location_region": "word",
    "location_postcode": "word",
    "location_nuts": "region",
    "location": "point",
    "location_x": "coordinate",
    "location_y": "coordinate",
    "location_crs": "crs",
    "programme_language": "language",
    "title_language": "language",
    "priority_language": "language",
    "specific_objective_language": "language",
    "thematic_objective_language": "language",
    "policy_objective_language": "language",
    "investment_priority_language": "language",
    "strand_language": "language",
    "interventions_language": "languages",
    "description_language": "language",
    "results_language": "language",
    "themes_language": "languages",
    "has_all_partners": "flag",
}
"""The fields of a project."""

PARTNER_FIELDS: dict[str, Kind] = {
    "project_id": "id",
    "partner_id": "id",
    "key": "id",
    "role": "role",
    "name": "word",
    "name_english": "word",
    "department": "word",
    "organisation_id": "word",
    "organisation_type": "word",
    "ownership": "word",
    "street": "word",
    "full_address": "word",
    "postcode": "word",
    "town": "word",
    "country": "country",
    "federal_state": "state",
    "region": "word",
    "nuts": "region",
    "nuts1": "region",
    "nuts2": "region",
    "nuts3": "region",
    "partner_location": "point",
    "partner_x": "coordinate",
    "partner_y": "coordinate",
    "partner_crs": "crs",
    "website": "url",
    "partner_budget": "amount",
    "partner_eu_funding": "amount",
    "partner_erdf": "amount",
    "partner_ipa": "amount",
    "partner_eni": "amount",
    "partner_co_financing": "amount",
    "partner_private_funding": "amount",
    "partner_co_financing_rate": "rate",
}
"""The fields of a partner; ``project_id`` says whose it is."""

FIELDS: Mapping[Holds, Mapping[str, Kind]] = {
    "projects": PROJECT_FIELDS,
    "partners": PARTNER_FIELDS,
}

KIND_OF: Mapping[str, Kind] = PROJECT_FIELDS | PARTNER_FIELDS
"""What the values of each field are, whosever it is."""

MOST_PARTNERS = 5000
"""No project has as many; so many rows of a project are held in memory."""

LANGUAGES: Mapping[str, str] = {"title_english": "en", "description_english": "en"}
"""The fields whose language is in their name."""

TEXT_KINDS = frozenset({"text", "labels", "heading", "category", "categories", "themes"})
"""The kinds of value that are in a language."""

BARE_LABELS: Mapping[Kind, Kind] = {
    "heading": "text",
    "category": "text",
    "categories": "labels",
    "themes": "labels",
}
"""What a column of codes and labels holds beside a column of its codes, where the layout says that
its labels are bare."""


def stated_currency(
    values: Mapping[str, object], partners: Sequence[object], currency: str | None
) -> str | None:
    """Return the currency of a project, which has one only where it states an amount."""
    if any(values.get(name) is not None for name in _PROJECT_AMOUNTS):
        return currency
    amounts = (getattr(partner, name) for partner in partners for name in _PARTNER_AMOUNTS)
    return currency if any(amount is not None for amount in amounts) else None


_PROJECT_AMOUNTS = tuple(name for name, kind in PROJECT_FIELDS.items() if kind == "amount")
_PARTNER_AMOUNTS = tuple(name for name, kind in PARTNER_FIELDS.items() if kind == "amount")
