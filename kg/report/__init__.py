"""The report for the data steward: one page that needs nothing but a browser."""

from __future__ import annotations

import msgspec

from kg.problems import Problem

__all__ = ["ReportData", "render_report"]


class ReportData(msgspec.Struct, frozen=True):
    """What the report shows: the manifest's content, the title, and the problems."""

    manifest: object
    title: str
    problems: list[Problem]


def render_report(data: ReportData) -> str:
    """Return the report as HTML."""
    return "<!doctype html>\n"
