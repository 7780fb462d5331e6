"""Who asks: a user with a password, or a token.

They come from the environment, from ``.netrc`` or from a prompt, never from an argument, which
other users of the machine can see. They are shown nowhere: their text form hides them, and what a
server sends back is searched for them before it is told (``hide``).
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Mapping

from kg.problems import InputError

__all__ = ["PASSWORD", "TOKEN", "USER", "Credentials", "Prompt", "find_credentials"]

USER = "KG_REMOTE_USER"
PASSWORD = "KG_REMOTE_PASSWORD"  # noqa: S105
TOKEN = "KG_REMOTE_TOKEN"  # noqa: S105
"""The names of the environment variables."""

_HIDDEN = "•••"


class Credentials:
    """A user with a password, or a token; their text form shows neither."""

    def __init__(self, *, user: str = "", password: str = "", token: str = "") -> None:
        self.user = user
        self.password = password
        self.token = token

    def __repr__(self) -> str:
        return f"Credentials({'token' if self.token else 'user'}={_HIDDEN})"

    def hide(self, text: str) -> str:
        """Return a text without the secrets, should a server have sent them back."""
        pair = f"{self.user}:{self.password}".encode()
        for secret in (self.password, self.token, base64.b64encode(pair).decode()):
            if secret and secret in text:
                text = text.replace(secret, _HIDDEN)
        return text


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
