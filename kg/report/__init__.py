"""The report for the data steward: one page that needs nothing but a browser.

It says what came in, what was published, what was held back and why, every problem with its place
and remedy, and what became of each cell. It is complete without scripts; the script only filters.
"""

from __future__ import annotations

from kg.report.data import ReportData

__all__ = ["ReportData", "render_report"]


def render_report(data: ReportData) -> str:
    """Return the report as HTML. The same data give the same text, to the byte."""
    from kg.report.page import render_page  # brings the template engine with it

    return render_page(data)
