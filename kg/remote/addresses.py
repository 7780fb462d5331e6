"""Addresses of other machines: which can be sent to, who is one party, how they are shown."""

from __future__ import annotations

from urllib.parse import urlsplit

from kg.problems import InputError, printable, shorten
from kg.remote.credentials import PASSWORD, TOKEN, USER

__all__ = ["check_address", "origin_of", "shown"]


def check_address(url: str) -> None:
    """Check that a URL can be sent to, and holds no credentials.

    Raises:
        InputError: it cannot, or does.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise InputError("The address is no URL.", remedy="State https://host/path.") from error
    if parts.username is not None or "@" in parts.netloc:
        raise InputError(
            "The address holds a user name or password, and addresses are shown and kept.",
            place=f"{parts.scheme}://{host}",
            remedy=f"Leave it out; set {USER} and {PASSWORD}, or {TOKEN}, in the environment.",
        )
    if parts.scheme not in ("http", "https") or not host:
        raise InputError(
            "The address is no URL of a server.",
            place=shorten(url),
            remedy="State one such as https://host/path.",
        )


def origin_of(url: str) -> str:
    """Return scheme, host and port of a URL: those are one party."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = parts.hostname or ""
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}:{port}"


def shown(url: str) -> str:
    """Return a URL as it may be shown: without query, which can hold keys."""
    parts = urlsplit(url)
    return printable(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}")
