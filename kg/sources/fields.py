"""Which fields a record has and what kind of value each holds, for the profiles that name them."""

from __future__ import annotations

from collections.abc import Mapping

from kg.sources.profile import Kind

__all__ = ["PARTNER_FIELDS", "PROJECT_FIELDS"]

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
