"""How credentials are sent: not at all, as an answer to a digest challenge, or as a token."""

from __future__ import annotations

from typing import TYPE_CHECKING

import requests
from requests.auth import AuthBase, HTTPDigestAuth
from requests.utils import parse_dict_header

from kg.remote.credentials import Credentials

if TYPE_CHECKING:
    from requests import PreparedRequest

__all__ = ["Bearer", "Digest", "NoAuth", "from_netrc"]


class NoAuth(AuthBase):
    """Sends nothing; without it requests would look into ``.netrc`` by itself."""

    def __call__(self, r: PreparedRequest) -> PreparedRequest:
        """Return the request as it is."""
        return r


class Digest(HTTPDigestAuth):
    """Answers the challenge that has come already, so that a body is not sent once more for it."""

    def __init__(self, known: Credentials, challenge: str) -> None:
        super().__init__(known.user, known.password)
        self.init_per_thread_state()
        stated = challenge[challenge.lower().index("digest") + len("digest") :]
        state = vars(self)["_thread_local"]
        state.chal = parse_dict_header(stated.strip())  # type: ignore[no-untyped-call]
        state.last_nonce = state.chal.get("nonce", "")

    def build_digest_header(self, method: str, url: str) -> str | None:
        """Return the header, in which a name that is not ASCII is in UTF-8, as is its hash."""
        header: str | None = super().build_digest_header(method, url)  # type: ignore[no-untyped-call]
        return header.encode().decode("latin-1") if header else None


class Bearer(AuthBase):
    """Sends a token (RFC 6750)."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, r: PreparedRequest) -> PreparedRequest:
        """Return the request with the token in its headers."""
        r.headers["Authorization"] = f"Bearer {self._token}"
        return r


def from_netrc(origin: str) -> Credentials | None:
    """Return the credentials that ``.netrc`` has for an origin, or None."""
    found = requests.utils.get_netrc_auth(origin)
    return Credentials(user=found[0], password=found[1]) if found else None
