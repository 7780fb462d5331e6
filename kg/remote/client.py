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
import html
import random
import re
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from urllib.parse import urljoin, urlsplit

import requests
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from requests.utils import parse_dict_header

from kg import __version__
from kg.problems import InputError, RemoteError, shorten
from kg.remote.credentials import PASSWORD, TOKEN, USER, Credentials, Prompt

if TYPE_CHECKING:
    from requests import PreparedRequest, Response

__all__ = ["Client", "Rejected", "Reply", "Unclear", "check_address", "origin_of"]

CONNECT_SECONDS = 20
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


class Reply(NamedTuple):
    """An answer: its status, headers and body, and the address that gave it."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str

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
        note: Callable[[str], None] = lambda _: None,
    ) -> None:
        check_address(origin)
        if ca is not None and not ca.is_file():
            raise InputError("There is no such file of certificates.", place=str(ca))
        self.timeout = timeout
        self.note = note
        self._origin = origin_of(origin)
        self._credentials = credentials
        self._prompt = prompt
        self._ca = str(ca) if ca else True
        self._clear = clear
        self._retries = retries
        self._pause = pause
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
            with _plain_errors(url, self._timeout(timeout)), response:
                data = bytearray()
                for piece in _pieces(response):
                    data += piece
                    if len(data) > limit:
                        raise RemoteError(
                            f"The answer has more than {limit:,} bytes.",
                            place=_shown(url),
                            remedy="Ask for less, or allow more.",
                        )
            return Reply(response.status_code, response.headers, bytes(data), response.url)

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
        with _plain_errors(url, self.timeout):
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
            with _plain_errors(url, seconds):
                response = self._exchange(method, url, params, headers, body, seconds)
                if response.status_code < HTTPStatus.MULTIPLE_CHOICES:
                    return response
                text = self._reason(response)
            if response.status_code not in _REDIRECTS or "Location" not in response.headers:
                raise self._rejected(response, url, text)
            if response.status_code not in (307, 308) and method not in ("GET", "HEAD"):
                raise self._rejected(response, url, text)
            url, params = self._redirected(url, response), None
        raise RemoteError("The address redirects in a circle.", place=_shown(url))

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
            self._auth[origin] = self._bearer(origin, known) if known and known.token else _NoAuth()
        return self._auth[origin]

    def _credentials_for(self, origin: str) -> Credentials | None:
        if origin not in self._known:
            found = self._credentials if origin == self._origin else None
            self._known[origin] = found or _from_netrc(origin)
        return self._known[origin]

    def _answer_challenge(self, origin: str, response: Response) -> AuthBase | None:
        """Return what a server that asks for credentials gets; None where there is nothing."""
        known = self._credentials_for(origin)
        if known is None and self._prompt is not None and origin == self._origin:
            known = self._known[origin] = self._prompt(origin)
        if known is None or not isinstance(self._auth.get(origin), _NoAuth):
            return None
        if known.token:
            return self._bearer(origin, known)
        wanted = response.headers.get("WWW-Authenticate", "").lower()
        if "digest" in wanted:
            return _Digest(known, response.headers["WWW-Authenticate"])
        self._check_clear(origin)
        return HTTPBasicAuth(known.user.encode(), known.password.encode())

    def _bearer(self, origin: str, known: Credentials) -> AuthBase:
        self._check_clear(origin)
        return _Bearer(known.token)

    def _check_clear(self, origin: str) -> None:
        parts = urlsplit(origin)
        local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
        if parts.scheme != "https" and not local and not self._clear:
            raise RemoteError(
                "The credentials would be readable on the way, for the address is plain HTTP.",
                place=origin,
                remedy="Use https, or allow it with --insecure-http.",
            )

    def _hide(self, text: str) -> str:
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
            text = _without_tags(text)
        return shorten(_printable(self._hide(text)), 300)

    def _rejected(self, response: Response, url: str, text: str) -> Rejected:
        status = response.status_code
        try:
            name = HTTPStatus(status).phrase
        except ValueError:
            name = "unknown status"
        told = f": {text.rstrip('.')}" if text else ""
        return Rejected(
            f"The server answers {status} ({name}){told}.",
            place=_shown(url),
            remedy=self._remedy(status, origin_of(url)),
            status=status,
            text=text,
            retry_after=_retry_after(response.headers.get("Retry-After")),
        )

    def _remedy(self, status: int, origin: str) -> str:
        if status == HTTPStatus.UNAUTHORIZED and self._known.get(origin):
            return "The credentials were sent and not accepted: check user, password or token."
        if status in _REMEDIES:
            return _REMEDIES[status]
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return "Look into the log of the server, and run the command again."
        return "Check the address and the kind of store."

    def _redirected(self, url: str, response: Response) -> str:
        target = urljoin(url, response.headers["Location"])
        if origin_of(target) != origin_of(url):
            raise RemoteError(
                f"The server sends us on to {_shown(target)}, another place, "
                "which gets neither the data nor the credentials.",
                place=_shown(url),
                remedy="Name that address yourself if it is the right one.",
            )
        return target


class _NoAuth(AuthBase):
    """Sends nothing; without it requests would look into ``.netrc`` by itself."""

    def __call__(self, r: PreparedRequest) -> PreparedRequest:
        return r


class _Digest(HTTPDigestAuth):
    """Answers the challenge that has come already, so that a body is not sent once more for it."""

    def __init__(self, known: Credentials, challenge: str) -> None:
        super().__init__(known.user, known.password)
        self.init_per_thread_state()
        stated = challenge[challenge.lower().index("digest") + len("digest") :]
        state = vars(self)["_thread_local"]
        state.chal = parse_dict_header(stated.strip())  # type: ignore[no-untyped-call]
        state.last_nonce = state.chal.get("nonce", "")


class _Bearer(AuthBase):
    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, r: PreparedRequest) -> PreparedRequest:
        r.headers["Authorization"] = f"Bearer {self._token}"
        return r


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


def _from_netrc(origin: str) -> Credentials | None:
    found = requests.utils.get_netrc_auth(origin)
    return Credentials(user=found[0], password=found[1]) if found else None


@contextlib.contextmanager
def _plain_errors(url: str, seconds: float) -> Iterator[None]:
    """Turn what requests raises into what a person understands; the cause is kept."""
    place = _shown(url)
    again = "Run the command again; it goes on where it stopped."
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


def _pieces(response: Response) -> Iterator[bytes]:
    pieces: Iterator[bytes] = response.iter_content(1 << 16)
    return pieces


_REMEDIES = {
    401: f"Set {USER} and {PASSWORD}, or {TOKEN}, in the environment, or use ~/.netrc.",
    403: "Ask for the right to do this, or use another account.",
    404: "Check the address.",
    408: "Run the command again.",
    413: "Let the server accept larger requests, or use a smaller --chunk.",
    429: "Wait, and run the command again.",
    503: "Wait until the server is up, and run the command again.",
    507: "Make room on the disk of the server, and run the command again.",
}


def _retry_after(value: str | None) -> float | None:
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


def _shown(url: str) -> str:
    """Return a URL as it may be shown: without query, which can hold keys."""
    parts = urlsplit(url)
    return _printable(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}")


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() or c.isspace() else "\ufffd" for c in text)


def _without_tags(text: str) -> str:
    text = re.sub(r"(?is)<(script|style|head)\b.*?</\1>", " ", text)
    return html.unescape(re.sub(r"<[^>]*>", " ", text))
