"""Who hears a password, and what a person is told."""

from __future__ import annotations

import base64
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.cli import run
from kg.problems import InputError, RemoteError
from kg.remote import Client, Credentials, Rejected, find_credentials

SECRET = "hunter2-Ä"


class Recorder:
    """A server that writes down what it is sent, and wants one kind of credentials."""

    def __init__(self) -> None:
        self.heard: list[str | None] = []
        self.challenge = ""
        self.location = ""
        self.echo = False
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def do_GET(self) -> None:
                given = self.headers.get("Authorization")
                recorder.heard.append(given)
                body = f"You sent {given} and {SECRET}.".encode() if recorder.echo else b"no"
                if recorder.location:
                    self.send_response(307)
                    self.send_header("Location", recorder.location)
                elif recorder.challenge and (given is None or recorder.echo):
                    self.send_response(401)
                    self.send_header("WWW-Authenticate", recorder.challenge)
                else:
                    self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/x"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def server() -> Iterator[Recorder]:
    recorder = Recorder()
    yield recorder
    recorder.server.shutdown()
    recorder.server.server_close()


@pytest.fixture
def other() -> Iterator[Recorder]:
    recorder = Recorder()
    yield recorder
    recorder.server.shutdown()
    recorder.server.server_close()


@pytest.fixture(autouse=True)
def no_netrc(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))


def client(server: Recorder, **options: object) -> Client:
    return Client(server.url, retries=0, **options)  # type: ignore[arg-type]


USER = Credentials(user="dba", password=SECRET)


def test_basic_is_sent_when_asked_for_and_not_before(server: Recorder) -> None:
    server.challenge = 'Basic realm="x"'
    client(server, credentials=USER).send("GET", server.url)
    expected = base64.b64encode(f"dba:{SECRET}".encode()).decode()
    assert server.heard == [None, f"Basic {expected}"]


def test_digest_never_sends_the_password(server: Recorder) -> None:
    server.challenge = 'Digest realm="SPARQL", nonce="1", qop="auth", algorithm="MD5"'
    client(server, credentials=USER).send("GET", server.url)
    assert server.heard[0] is None
    assert (server.heard[1] or "").startswith('Digest username="dba", realm="SPARQL"')


def test_digest_goes_before_basic_where_a_server_knows_both(server: Recorder) -> None:
    server.challenge = 'Basic realm="x", Digest realm="x", nonce="1", qop="auth"'
    client(server, credentials=USER).send("GET", server.url)
    assert (server.heard[1] or "").startswith("Digest")


def test_a_token_is_sent_at_once(server: Recorder) -> None:
    client(server, credentials=Credentials(token="t0ken")).send("GET", server.url)
    assert server.heard == ["Bearer t0ken"]


def test_netrc(server: Recorder, tmp_path: Path) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login ann password pass\n")
    server.challenge = 'Basic realm="x"'
    client(server).send("GET", server.url)
    assert server.heard == [None, "Basic " + base64.b64encode(b"ann:pass").decode()]


def test_a_prompt_is_the_last_resort(server: Recorder) -> None:
    server.challenge = 'Basic realm="x"'
    asked: list[str] = []

    def prompt(origin: str) -> Credentials:
        asked.append(origin)
        return USER

    ours = client(server, prompt=prompt)
    for _ in range(3):
        ours.send("GET", server.url)
    assert asked == [server.url.removesuffix("/x")]


def test_another_place_hears_nothing(server: Recorder, other: Recorder) -> None:
    server.location = other.url
    other.challenge = 'Basic realm="x"'
    with pytest.raises(RemoteError, match="neither the data nor the credentials"):
        client(server, credentials=Credentials(token="t0ken")).send("GET", server.url)
    assert other.heard == []


def test_credentials_are_for_one_origin(server: Recorder, other: Recorder) -> None:
    other.challenge = 'Basic realm="x"'
    with pytest.raises(Rejected):
        client(server, credentials=USER).send("GET", other.url)
    assert other.heard == [None]


@pytest.mark.parametrize("given", [USER, Credentials(token="t0ken+/=")])
def test_secrets_are_not_shown_even_when_a_server_sends_them_back(
    server: Recorder, given: Credentials
) -> None:
    server.challenge, server.echo = 'Basic realm="x"', True
    with pytest.raises(Rejected) as caught:
        client(server, credentials=given).send("GET", server.url)
    shown = f"{caught.value} {caught.value.text} {given!r} {caught.value.__cause__}"
    assert "•••" in shown
    assert (given.password or given.token) not in shown
    assert base64.b64encode(f"dba:{SECRET}".encode()).decode() not in shown
    assert "not accepted" in shown


@pytest.mark.parametrize("written", [
    "p%C3%A4ss%20/w%3F", "p%c3%a4ss%20%2fw%3f", "p%C3%A4ss+%2Fw%3F", '"p\\u00e4ss /w?"',
])  # fmt: skip
def test_other_spellings_of_a_secret_are_hidden(written: str) -> None:
    known = Credentials(user="ann", password="päss /w?")
    hidden = known.hide(f"no account for {written}.")
    assert hidden.replace('"', "") == "no account for •••."


@pytest.mark.parametrize(
    "environment",
    [
        {"KG_REMOTE_TOKEN": "sekrit\rtoken"},
        {"KG_REMOTE_TOKEN": "sekrit token"},
        {"KG_REMOTE_TOKEN": "sekrit€"},
        {"KG_REMOTE_USER": "ann", "KG_REMOTE_PASSWORD": "sekrit\n"},
        {"KG_REMOTE_USER": "ann", "KG_REMOTE_PASSWORD": "sekrit\udcff"},
        {"KG_REMOTE_USER": "ann:sekrit", "KG_REMOTE_PASSWORD": "x"},
    ],
)
def test_what_cannot_be_sent_is_refused_unquoted(environment: dict[str, str]) -> None:
    with pytest.raises(InputError, match="cannot be sent: it holds") as caught:
        find_credentials(environment)
    assert "sekrit" not in f"{caught.value} {caught.value!r}"


def test_the_line_end_of_a_file_is_no_part_of_a_token(server: Recorder) -> None:
    given = find_credentials({"KG_REMOTE_TOKEN": "t0ken\r\n"})
    client(server, credentials=given).send("GET", server.url)
    assert server.heard == ["Bearer t0ken"]


def test_a_user_with_any_name(server: Recorder) -> None:
    server.challenge = 'Digest realm="x", nonce="1", qop="auth"'
    client(server, credentials=Credentials(user="Ann €", password="p")).send("GET", server.url)
    assert server.heard[1]  # the name in UTF-8, as it is hashed
    assert 'username="Ann €"' in server.heard[1].encode("latin-1").decode()


def test_an_error_that_quotes_a_secret_is_told_without_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def quotes_it(**_: object) -> None:
        raise ValueError("Invalid header value b'Bearer sekrit+1\\x1b' or sekrit%2B1")

    monkeypatch.setenv("KG_REMOTE_TOKEN", "sekrit+1")
    monkeypatch.setattr("kg.remote.find_credentials", quotes_it)
    assert run(["query", "ASK {}", "--endpoint", "http://127.0.0.1:1"]) == 3
    told = capsys.readouterr().err
    assert "kg has a bug: ValueError: Invalid header value b'Bearer •••\\x1b' or •••." in told


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def test_what_goes_on_and_what_is_done_again(server: Recorder) -> None:
    server.server.RequestHandlerClass.do_GET = hang_up  # type: ignore[attr-defined]
    with pytest.raises(RemoteError, match=r"cut\. Run the command again\.$"):
        client(server, timeout=5).send("GET", server.url)
    with pytest.raises(RemoteError, match="it goes on"):
        client(server, timeout=5, again="Again; it goes on.").send("GET", server.url)


def test_nothing_readable_leaves_the_machine(server: Recorder) -> None:
    ours = Client("http://example.org/x", credentials=Credentials(token="t"), retries=0)
    with pytest.raises(RemoteError, match=r"plain HTTP.*https"):
        ours.send("GET", "http://example.org/x")


@pytest.mark.parametrize("url", ["http://ann:secret-1@h/x", "https://ann@h/x"])
def test_a_url_holds_no_credentials(url: str) -> None:
    with pytest.raises(InputError, match="KG_REMOTE_PASSWORD") as caught:
        Client(url)
    assert "secret-1" not in str(caught.value)


@pytest.mark.parametrize("url", ["ftp://h/x", "/x", "http://", "http://[x", "http://h:port/"])
def test_what_is_no_url(url: str) -> None:
    with pytest.raises(InputError, match="is no URL"):
        Client(url)


def test_the_environment() -> None:
    assert find_credentials({}) is None
    assert repr(find_credentials({"KG_REMOTE_TOKEN": "t0ken"})).count("t0ken") == 0
    with pytest.raises(InputError, match="Only one"):
        find_credentials({"KG_REMOTE_USER": "ann"})


def test_a_certificate_that_is_not_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        Client("https://h/", ca=tmp_path / "none.pem")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that no known authority has signed, in one file with its key."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl")
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=kg"
    extra = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(file), "-out", "-"]
    made = subprocess.run(["openssl", *words.split(), *extra], capture_output=True, check=True)
    file.write_bytes(file.read_bytes() + made.stdout)
    return file


@pytest.fixture
def secure(server: Recorder, certificate: Path) -> Recorder:
    """The server over TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.server.socket = context.wrap_socket(server.server.socket, server_side=True)
    server.url = server.url.replace("http:", "https:")
    server.challenge = 'Basic realm="x"'
    return server


def test_a_server_that_nobody_vouches_for_hears_nothing(secure: Recorder) -> None:
    with pytest.raises(RemoteError, match="not to be trusted") as told:
        client(secure, credentials=USER).send("GET", secure.url)
    assert "--ca" in told.value.remedy
    assert secure.heard == []


def test_a_private_authority_can_be_named(secure: Recorder, certificate: Path) -> None:
    client(secure, credentials=USER, ca=certificate).send("GET", secure.url)
    assert [bool(given) for given in secure.heard] == [False, True]


def test_a_certificate_for_another_host_is_not_trusted(secure: Recorder, certificate: Path) -> None:
    secure.url = secure.url.replace("127.0.0.1", "localhost")
    with pytest.raises(RemoteError, match="not to be trusted"):
        client(secure, credentials=USER, ca=certificate).send("GET", secure.url)
    assert secure.heard == []


def test_a_file_without_certificates_is_no_authority(server: Recorder, tmp_path: Path) -> None:
    wrong = tmp_path / "ca.pem"
    wrong.write_text("no certificate")
    with pytest.raises(InputError, match="holds no certificate"):
        client(server, ca=wrong)
