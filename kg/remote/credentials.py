"""Who asks: a user with a password, or a token.

They come from the environment, from ``.netrc`` or from a prompt, never from an argument, which
other users of the machine can see. They are shown nowhere: their text form hides them, and what a
server sends back is searched for them before it is told (``hide``).

What cannot be sent is refused when it is read, and not quoted: a token is visible ASCII (RFC 6750),
a user has no colon, and neither user nor password has control characters (RFC 7617). A line end
behind a token, which files have, is no part of it; nothing else is taken away.
"""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote, quote_plus

from kg.problems import InputError

__all__ = ["PASSWORD", "TOKEN", "USER", "Credentials", "Prompt", "find_credentials", "hide_stated"]

USER = "KG_REMOTE_USER"
PASSWORD = "KG_REMOTE_PASSWORD"  # noqa: S105
TOKEN = "KG_REMOTE_TOKEN"  # noqa: S105
"""The names of the environment variables."""

_HIDDEN = "•••"
_VISIBLE = re.compile(r"[!-~]*")
_SENDABLE = re.compile(r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff]*")


class Credentials:
    """A user with a password, or a token; their text form shows neither.

    Raises:
        InputError: one of them cannot be sent.
    """

    def __init__(self, *, user: str = "", password: str = "", token: str = "") -> None:
        self.user = user
        self.password = password
        self.token = token.rstrip("\r\n")
        if not _VISIBLE.fullmatch(self.token):
            raise _unusable("token", "a space, a control character or one outside of ASCII")
        if not _SENDABLE.fullmatch(user) or ":" in user:
            raise _unusable("user name", "a colon, a control character or what is not UTF-8")
        if not _SENDABLE.fullmatch(password):
            raise _unusable("password", "a control character or what is not UTF-8")

    def __repr__(self) -> str:
        return f"Credentials({'token' if self.token else 'user'}={_HIDDEN})"

    def hide(self, text: str) -> str:
        """Return a text without the secrets, should a server have sent them back."""
        return _hide(text, self.user, self.password, self.token)


Prompt = Callable[[str], Credentials | None]
"""Asks a person for the credentials of a place: ``https://example.org``."""


def find_credentials(environment: Mapping[str, str] = os.environ) -> Credentials | None:
    """Return the credentials that the environment states.

    Raises:
        InputError: a user is stated without a password, or the other way round.
    """
    token = environment.get(TOKEN, "")
    user, password = environment.get(USER, ""), environment.get(PASSWORD, "")
    if token:
        return Credentials(token=token)
    if bool(user) != bool(password):
        raise InputError(
            f"Only one of {USER} and {PASSWORD} is set.", remedy="Set both, or neither."
        )
    return Credentials(user=user, password=password) if user else None


def hide_stated(text: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return a text without the secrets that the environment states, also where they are refused.

    It is for what nobody foresaw: an error of ours, or of a library, that quotes them.
    """
    return _hide(text, *(environment.get(name, "") for name in (USER, PASSWORD, TOKEN)))


def _unusable(what: str, found: str) -> InputError:
    return InputError(
        f"The {what} cannot be sent: it holds {found}.",
        remedy=f"Look where it comes from: {TOKEN}, {USER} and {PASSWORD}, or ~/.netrc.",
    )


def _hide(text: str, user: str, password: str, token: str) -> str:
    # whole secrets go before those that are a part of them
    for secret in sorted({*_spellings(password), *_spellings(token)}, key=len, reverse=True):
        text = re.sub(re.escape(secret), _HIDDEN, text, flags=re.IGNORECASE)
    if user and password:
        pair = f"{user}:{password}".encode(errors="surrogateescape")
        text = text.replace(base64.b64encode(pair).decode(), _HIDDEN)
    return text


def _spellings(secret: str) -> Iterator[str]:
    """Yield a secret as it is, and as addresses, forms, JSON and Python write it."""
    secret = secret.rstrip("\r\n")
    if secret:
        data = secret.encode(errors="surrogateescape")
        yield secret
        yield quote(data, safe="/")
        yield quote(data, safe="")
        yield quote_plus(data)
        yield json.dumps(secret)[1:-1]
        yield repr(secret)[1:-1]
