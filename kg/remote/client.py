"""One client for all requests to other machines: who may hear what, patience, and plain errors.

- **Bodies have a length.** They are bytes or a file, never a generator: Virtuoso answers a chunked
  request with 201 and stores nothing (measured).
- **Credentials stay with one origin.** They are sent when a server asks for them, a token at once,
  and only to the scheme, host and port that they are for. A redirect to another origin is not
  followed; over plain HTTP nothing that can be read on the way leaves this machine.
- **Patience.** What may pass is tried again after a pause that doubles, with some chance in it, or
  after the time that the server names (``Retry-After``): no connection, 408, 429, 5xx. Other 4xx
  are answers.
- **Errors** are two: ``Rejected``, the server has answered and done nothing, and ``Unclear``, it
  has not answered and may have done it.
"""

from __future__ import annotations

import contextlib
import random
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from urllib.parse import urljoin, urlsplit

import requests
from requests.auth import AuthBase, HTTPBasicAuth

from kg import __version__
from kg.problems import InputError, RemoteError, printable, shorten
from kg.remote.addresses import check_address, origin_of, shown
from kg.remote.authentication import Bearer, Digest, NoAuth, from_netrc
from kg.remote.credentials import Credentials, Prompt
from kg.remote.failures import (
    AGAIN,
    CONNECT_SECONDS,
    REMEDIES,
    Rejected,
    Unclear,
    plain_errors,
    retry_after,
    without_tags,
)

if TYPE_CHECKING:
    from requests import Response

__all__ = ["MAX_REPLY", "Client", "Reply"]

MAX_PAUSE = 60.0
"""The longest pause of our own between two tries."""
MAX_RETRY_AFTER = 600.0
"""The longest pause that a server may ask for; after more, trying again is the user's decision."""
MAX_REPLY = 64 * 1024**2
"""Bytes of an answer that is kept in memory, unless the caller allows more."""
MAX_REDIRECTS = 5

_T = TypeVar("_T")
_PATIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Reply(NamedTuple):
    """An answer: its status, headers and body, and the address that gave it.

    ``hide`` takes the secrets out of what is told of it.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    hide: Callable[[str], str]

    @property
    def media_type(self) -> str:
        """The media type without parameters, in lower case."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()


class Client:
    """Sends requests. ``note`` is told what goes on, for a person to read.

    Args:
        origin: an address; the credentials are for its scheme, host and port. Other origins get
            those of ``.netrc`` alone.
        credentials: from the environment.
        prompt: asks a person where a server wants credentials and there are none.
        ca: a file with the certificates of the authorities that are trusted.
        clear: send passwords and tokens over plain HTTP to other machines too.
        timeout: seconds that a server may be silent.
        retries: how often a request is tried again.
        pause: seconds before the first time.
        again: what a person is told to do where there was no answer.
    """

    def __init__(
        self,
        origin: str,
        *,
        credentials: Credentials | None = None,
        prompt: Prompt | None = None,
        ca: Path | None = None,
        clear: bool = False,
        timeout: float = 300.0,
        retries: int = 4,
        pause: float = 0.5,
        again: str = AGAIN,
        note: Callable[[str], None] = lambda _: None,
    ) -> None:
        check_address(origin)
        if ca is not None:
            _check_authorities(ca)
        self.timeout = timeout
        self.note = note
        self._origin = origin_of(origin)
        self._credentials = credentials
        self._prompt = prompt
        self._ca = str(ca) if ca else True
        self._clear = clear
        self._retries = retries
        self._pause = pause
        self._again = again
        self._known: dict[str, Credentials | None] = {}
        self._auth: dict[str, AuthBase] = {}
        self._session = requests.Session()
        self._session.headers.update({"User-Agent": f"interreg-kg/{__version__}"})

    def send(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | Path = b"",
        timeout: float | None = None,
        retry: bool = True,
        limit: int = MAX_REPLY,
    ) -> Reply:
        """Return the answer to a request that succeeded. ``limit`` is that of its bytes.

        Raises:
            Rejected: the server says no, or is still busy after the last try.
            Unclear: there is no answer.
        """

        def attempt() -> Reply:
            response = self._attempt(method, url, params, headers, body, timeout)
            with self._plain_errors(url, timeout), response:
                data = bytearray()
                for piece in _pieces(response):
                    data += piece
                    if len(data) > limit:
                        raise RemoteError(
                            f"The answer has more than {limit:,} bytes.",
                            place=shown(url),
                            remedy="Ask for less, or allow more.",
                        )
            return Reply(
                response.status_code, response.headers, bytes(data), response.url, self.hide
            )

        return self._patiently(attempt, retry=retry)

    @contextlib.contextmanager
    def stream(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> Iterator[tuple[Mapping[str, str], Iterator[bytes]]]:
        """Give the headers of an answer and the lines of its body as they come.

        Raises:
            Rejected: the server says no.
            Unclear: there is no answer, or it breaks off.
        """
        response = self._patiently(
            lambda: self._attempt(method, url, None, headers, body, None), retry=True
        )
        with response:
            yield response.headers, self._lines(response, url)

    def _lines(self, response: Response, url: str) -> Iterator[bytes]:
        rest = b""
        with self._plain_errors(url):
            for piece in _pieces(response):
                *lines, rest = (rest + piece).split(b"\n")
                yield from lines
        if rest:
            yield rest

    def _patiently(self, attempt: Callable[[], _T], *, retry: bool) -> _T:
        tries = self._retries if retry else 0
        for number in range(tries + 1):
            try:
                return attempt()
            except (Rejected, Unclear) as error:
                passing = isinstance(error, Unclear) or error.status in _PATIENT
                pause = self._pause_after(error, number)
                if not passing or number == tries or pause is None:
                    raise
                self.note(f"{error.message} Trying again in {pause:.1f} s.")
                time.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _pause_after(self, error: Rejected | Unclear, number: int) -> float | None:
        """Return seconds to wait, or None where the server asks for more patience than we have."""
        if isinstance(error, Rejected) and error.retry_after is not None:
            return error.retry_after if error.retry_after <= MAX_RETRY_AFTER else None
        longest = min(self._pause * 2.0**number, MAX_PAUSE)
        return longest * random.uniform(0.5, 1.0)  # noqa: S311

    def _plain_errors(
        self, url: str, timeout: float | None = None
    ) -> contextlib.AbstractContextManager[None]:
        return plain_errors(url, self._timeout(timeout), self._again)

    def _timeout(self, timeout: float | None) -> float:
        return self.timeout if timeout is None else timeout

    def _attempt(
        self,
        method: str,
        url: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
        body: bytes | Path,
        timeout: float | None,
    ) -> Response:
        """Return a successful answer, with its body unread."""
        seconds = self._timeout(timeout)
        for _ in range(MAX_REDIRECTS):
            with self._plain_errors(url, seconds):
                response = self._exchange(method, url, params, headers, body, seconds)
                if response.status_code < HTTPStatus.MULTIPLE_CHOICES:
                    return response
                text = self._reason(response)
            if response.status_code not in _REDIRECTS or "Location" not in response.headers:
                raise self._rejected(response, url, text)
            if response.status_code not in (307, 308) and method not in ("GET", "HEAD"):
                raise self._rejected(response, url, text)
            url, params = self._redirected(url, response), None
        raise RemoteError("The address redirects in a circle.", place=shown(url))

    def _exchange(
        self,
        method: str,
        url: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
        body: bytes | Path,
        seconds: float,
    ) -> Response:
        origin = origin_of(url)
        response = self._once(method, url, params, headers, body, seconds, self._auth_for(origin))
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            auth = self._answer_challenge(origin, response)
            if auth is not None:
                response.close()
                self._auth[origin] = auth
                response = self._once(method, url, params, headers, body, seconds, auth)
        return response

    def _once(
        self,
        method: str,
        url: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
        body: bytes | Path,
        seconds: float,
        auth: AuthBase,
    ) -> Response:
        with contextlib.ExitStack() as stack:
            # a file gets a Content-Length from requests, as bytes do
            data = stack.enter_context(body.open("rb")) if isinstance(body, Path) else body
            return self._session.request(
                method,
                url,
                params=params,
                headers=headers,
                data=data,
                timeout=(CONNECT_SECONDS, seconds),
                verify=self._ca,
                auth=auth,
                allow_redirects=False,
                stream=True,
            )

    # --- credentials ---------------------------------------------------------

    def _auth_for(self, origin: str) -> AuthBase:
        if origin not in self._auth:
            known = self._credentials_for(origin)
            # a challenge for a token names no scheme that could be answered wrongly
            self._auth[origin] = self._bearer(origin, known) if known and known.token else NoAuth()
        return self._auth[origin]

    def _credentials_for(self, origin: str) -> Credentials | None:
        if origin not in self._known:
            found = self._credentials if origin == self._origin else None
            self._known[origin] = found or from_netrc(origin)
        return self._known[origin]

    def _answer_challenge(self, origin: str, response: Response) -> AuthBase | None:
        """Return what a server that asks for credentials gets; None where there is nothing."""
        known = self._credentials_for(origin)
        if known is None and self._prompt is not None and origin == self._origin:
            known = self._known[origin] = self._prompt(origin)
        if known is None or not isinstance(self._auth.get(origin), NoAuth):
            return None
        if known.token:
            return self._bearer(origin, known)
        wanted = response.headers.get("WWW-Authenticate", "").lower()
        if "digest" in wanted:
            return Digest(known, response.headers["WWW-Authenticate"])
        self._check_clear(origin)
        return HTTPBasicAuth(known.user.encode(), known.password.encode())

    def _bearer(self, origin: str, known: Credentials) -> AuthBase:
        self._check_clear(origin)
        return Bearer(known.token)

    def _check_clear(self, origin: str) -> None:
        parts = urlsplit(origin)
        local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
        if parts.scheme != "https" and not local and not self._clear:
            raise RemoteError(
                "The credentials would be readable on the way, for the address is plain HTTP.",
                place=origin,
                remedy="Use https, or allow it with --insecure-http.",
            )

    def hide(self, text: str) -> str:
        """Return a text without the secrets that have been used."""
        for known in self._known.values():
            if known is not None:
                text = known.hide(text)
        return text

    # --- answers -------------------------------------------------------------

    def _reason(self, response: Response) -> str:
        """Return what a server says about an error, in one line and without secrets."""
        data = b""
        for piece in _pieces(response):
            data += piece
            if len(data) > 20_000:
                break
        text = data.decode("utf-8", "replace")
        if "html" in response.headers.get("Content-Type", ""):
            text = without_tags(text)
        return shorten(printable(self.hide(text)), 300)

    def _rejected(self, response: Response, url: str, text: str) -> Rejected:
        status = response.status_code
        try:
            name = HTTPStatus(status).phrase
        except ValueError:
            name = "unknown status"
        told = f": {text.rstrip('.')}" if text else ""
        return Rejected(
            f"The server answers {status} ({name}){told}.",
            place=shown(url),
            remedy=self._remedy(status, origin_of(url)),
            status=status,
            text=text,
            retry_after=retry_after(response.headers.get("Retry-After")),
        )

    def _remedy(self, status: int, origin: str) -> str:
        if status == HTTPStatus.UNAUTHORIZED and self._known.get(origin):
            return "The credentials were sent and not accepted: check user, password or token."
        if status in REMEDIES:
            return REMEDIES[status]
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return "Look into the log of the server, and run the command again."
        return "Check the address and the kind of store."

    def _redirected(self, url: str, response: Response) -> str:
        target = urljoin(url, response.headers["Location"])
        if origin_of(target) != origin_of(url):
            raise RemoteError(
                f"The server sends us on to {self.hide(shown(target))}, another place, "
                "which gets neither the data nor the credentials.",
                place=shown(url),
                remedy="Name that address yourself if it is the right one.",
            )
        return target


def _check_authorities(path: Path) -> None:
    """Check that a file holds certificates.

    Raises:
        InputError: there is no such file, or none is in it.
    """
    if not path.is_file():
        raise InputError("There is no such file of certificates.", place=str(path))
    try:
        ssl.create_default_context(cafile=path)
    except ssl.SSLError as error:
        raise InputError(
            "The file holds no certificate.",
            place=str(path),
            remedy="Give the authority's as PEM: text that begins with BEGIN CERTIFICATE.",
        ) from error


def _pieces(response: Response) -> Iterator[bytes]:
    pieces: Iterator[bytes] = response.iter_content(1 << 16)
    return pieces
