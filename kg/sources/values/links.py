"""Web addresses that can be linked."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from kg.problems import CODES
from kg.sources.fields import Field
from kg.sources.values.finding import Finding, Parsed
from kg.sources.values.style import ValueStyle

__all__ = ["parse_url", "parse_urls"]

_IRI_FORBIDDEN = re.compile(r'[\s<>"{}|\\^`\x00-\x20]')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,19}")
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_BETWEEN = re.compile(r"[\s|]+|[;,]+(?=\s|$|https?://|www\.)", re.IGNORECASE)
"""What parts addresses; a comma or a semicolon can also stand inside one."""

_BARE = re.compile(
    r"www\.|(?:[\w-]{2,63}\.)+(?:[a-z]{2}|eu|com|org|net|info|gov|edu|int|biz|coop|museum|cat|bzh"
    r"|alsace|berlin|wien|tirol|online|site|website|tech|digital|blog|app|dev|green|eco|earth"
    r"|bayern|hamburg|swiss|irish|scot|wales|europe|community|foundation|network|project"
    r"|international)(?:[:/?#]\S*)?$",
    re.IGNORECASE,
)
"""How an address begins that has no scheme: as www., or with a host of a usual ending."""


def parse_url(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return a web address; one without a scheme is completed."""
    finding = None
    if "://" not in text and _BARE.match(text) is not None:
        finding = Finding("url-scheme-missing", f"The address was read as https://{text}.")
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, user = parts.hostname, parts.username
    except ValueError:
        host = user = None
    if user is not None or "@" in text.partition("://")[2].partition("/")[0]:
        return Parsed(None, Finding("url-userinfo", f"The address leads to the host {host}."))
    usable = (
        host
        and text.lower().startswith(("http://", "https://"))
        and not _IRI_FORBIDDEN.search(text)
        and (text.isprintable() or all(unicodedata.category(c)[0] != "C" for c in text))
        and _BROKEN_ESCAPE.search(text) is None
    )
    if not usable:
        told = "This is no web address that can be linked."
        scheme, mark, _ = text.partition("://")
        if mark and _SCHEME.fullmatch(scheme) and scheme.lower() not in ("http", "https"):
            told = f"An address of {scheme.lower()} is no address of the web."
        elif host:
            told = "The value holds characters that no web address has, or more than one address."
        return Parsed(None, Finding("url-invalid", told))
    return Parsed(text, finding)


def parse_urls(text: str, field: Field, style: ValueStyle) -> Parsed:
    """Return the web addresses of a list, each once, and the worst that is to be said of one."""
    links: dict[str, None] = {}
    findings = []
    entries = [entry for entry in _BETWEEN.split(text) if entry]
    for entry in entries:
        parsed = parse_url(entry, field, style)
        if len(entries) > 1 and "://" not in entry and not entry.lower().startswith("www."):
            # a word of a sentence, or the second half of an address
            parsed = Parsed(None, Finding("url-invalid", "This is no whole web address."))
        if isinstance(parsed.value, str):
            links[parsed.value] = None
        if parsed.finding is not None:
            findings.append(Finding(parsed.finding.code, f"‹{entry}›: {parsed.finding.message}"))
    worst = max(findings, key=lambda finding: CODES[finding.code].level, default=None)
    if not links and worst is None:
        worst = Finding("url-invalid", "This is no web address that can be linked.")
    return Parsed(tuple(links) or None, worst)
