"""What can go wrong with another machine, as two errors that a person understands.

``Rejected``: the server has answered and done nothing. ``Unclear``: it has not answered and may
have done it.
"""

from __future__ import annotations

import contextlib
import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests

from kg.problems import RemoteError
from kg.remote.addresses import shown
from kg.remote.credentials import PASSWORD, TOKEN, USER

__all__ = [
    "AGAIN",
    "CONNECT_SECONDS",
    "REMEDIES",
    "Rejected",
    "Unclear",
    "plain_errors",
    "retry_after",
    "without_tags",
]

CONNECT_SECONDS = 20
AGAIN = "Run the command again."

REMEDIES = {
    401: f"Set {USER} and {PASSWORD}, or {TOKEN}, in the environment, or use ~/.netrc.",
    403: "Ask for the right to do this, or use another account.",
    404: "Check the address.",
    408: AGAIN,
    413: "Let the server accept larger requests, or use a smaller --chunk.",
    429: "Wait, and run the command again.",
    503: "Wait until the server is up, and run the command again.",
    507: "Make room on the disk of the server, and run the command again.",
}
"""What to do about a status."""


class Rejected(RemoteError):
    """The server has answered, and what was asked has not been done; ``text`` is its reason."""

    def __init__(
        self,
        message: str,
        *,
        place: str,
        remedy: str,
        status: int,
        text: str,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, place=place, remedy=remedy)
        self.status = status
        self.text = text
        self.retry_after = retry_after


class Unclear(RemoteError):
    """There is no answer. Unless ``unsent``, what was asked may have been done all the same.

    ``cut`` tells that the server has closed the connection.
    """

    def __init__(
        self, message: str, *, place: str, remedy: str, unsent: bool = False, cut: bool = False
    ) -> None:
        super().__init__(message, place=place, remedy=remedy)
        self.unsent = unsent
        self.cut = cut


@contextlib.contextmanager
def plain_errors(url: str, seconds: float, again: str = AGAIN) -> Iterator[None]:
    """Turn what requests raises into what a person understands; the cause is kept.

    ``again`` is what to do where there was no answer.
    """
    place = shown(url)
    try:
        yield
    except requests.exceptions.SSLError as error:
        raise RemoteError(
            "The certificate of the server is not to be trusted, or the connection is not TLS.",
            place=place,
            remedy="Check the address; name the file of a private authority with --ca.",
        ) from error
    except requests.exceptions.ConnectTimeout as error:
        raise Unclear(
            f"There was no connection within {CONNECT_SECONDS} seconds.",
            place=place,
            remedy="Check the address, the server and the network.",
            unsent=True,
        ) from error
    except requests.exceptions.Timeout as error:
        raise Unclear(
            f"The server was silent for {seconds:g} seconds.",
            place=place,
            remedy=f"Give it more time with --timeout. {again}",
        ) from error
    except requests.exceptions.ConnectionError as error:
        text = str(error)
        if "NewConnectionError" in text or "NameResolution" in text or "ProxyError" in text:
            why = "its name is not known" if "NameResolution" in text else "connection refused"
            raise Unclear(
                f"The server cannot be reached: {why}.",
                place=place,
                remedy="Start the server, or check the address.",
                unsent=True,
            ) from error
        raise Unclear("The connection was cut.", place=place, remedy=again, cut=True) from error
    except requests.exceptions.RequestException as error:
        raise Unclear(
            f"The answer broke off ({type(error).__name__}).", place=place, remedy=again
        ) from error


def retry_after(value: str | None) -> float | None:
    """Return the seconds that a server asks for, stated as a number or as a date."""
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return max(0.0, (then - datetime.now(UTC)).total_seconds())


def without_tags(text: str) -> str:
    """Return the text of an HTML page that a server sent instead of an answer."""
    text = re.sub(r"(?is)<(script|style|head)\b.*?</\1>", " ", text)
    return html.unescape(re.sub(r"<[^>]*>", " ", text))
