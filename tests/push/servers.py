"""Servers for tests: real stores in folders of their own, and one that misbehaves as it is told."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

PASSWORD = "s3cret-Pass"


class Served(NamedTuple):
    """A store that runs: its address, its process, and how its own tools reach it."""

    url: str
    process: subprocess.Popen[bytes]
    folder: Path
    sql_port: int = 0

    def isql(self, command: str) -> str:
        """Run a command in Virtuoso's own shell."""
        place = f"127.0.0.1:{self.sql_port}"
        done = subprocess.run(
            ["isql-vt", place, "dba", PASSWORD, f"exec={command}"], capture_output=True, text=True
        )
        assert "*** Error" not in done.stdout + done.stderr, done.stdout + done.stderr
        return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert process.poll() is None, "the server has ended"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError("the server did not start")


@contextlib.contextmanager
def oxigraph(folder: Path) -> Iterator[Served]:
    """Run an Oxigraph server, the command of the PyPI package."""
    port = free_port()
    command = Path(sys.executable).parent / "oxigraph"
    with subprocess.Popen(
        [command, "serve", "--location", folder / "db", "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            wait_for(port, process)
            yield Served(f"http://127.0.0.1:{port}", process, folder)
        finally:
            process.kill()


VIRTUOSO_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 20000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 10000
"""


@contextlib.contextmanager
def virtuoso(folder: Path) -> Iterator[Served]:
    """Run Virtuoso with a password for ``dba``."""
    sql, http = free_port(), free_port()
    ini = folder / "virtuoso.ini"
    ini.write_text(VIRTUOSO_INI.format(folder=folder, sql=sql, http=http))
    with subprocess.Popen(
        ["virtuoso-t", "+foreground", "+configfile", ini],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            wait_for(http, process)
            subprocess.run(
                ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba",
                 f"exec=user_set_password('dba','{PASSWORD}');"],
                check=True, capture_output=True,
            )  # fmt: skip
            yield Served(f"http://127.0.0.1:{http}", process, folder, sql)
        finally:
            process.kill()


def has_virtuoso() -> bool:
    return shutil.which("virtuoso-t") is not None and shutil.which("isql-vt") is not None


class Request(NamedTuple):
    """A request as the misbehaving server sees it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def is_chunk(self) -> bool:
        return self.method == "POST" and self.path.startswith("/store")

    @property
    def is_write(self) -> bool:
        return self.is_chunk or self.method == "PUT" or self.path.startswith("/update")

    @property
    def is_move(self) -> bool:
        return self.path.startswith("/update") and b"MOVE" in self.body


class Answer(NamedTuple):
    """What the misbehaving server says instead of the store; ``None`` as status: nothing."""

    status: int | None
    text: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    forward: bool = False
    """Whether the store hears of the request all the same."""


Fault = Callable[[Request], Answer | bytes | None]
"""Gives an answer, or another body for the store, or None to let the request through."""


class Proxy:
    """Stands before a real store, writes down what passes, and does what ``fault`` says."""

    def __init__(self, store: str) -> None:
        self.store = urlsplit(store).netloc
        self.fault: Fault = lambda _: None
        self.requests: list[Request] = []
        self.delay = 0.0
        self.longest = 1 << 40
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def handle_any(self) -> None:
                proxy.handle(self)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_any  # noqa: N815

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def handle(self, handler: BaseHTTPRequestHandler) -> None:
        assert "Transfer-Encoding" not in handler.headers, "Virtuoso would store nothing"
        length = int(handler.headers.get("Content-Length", 0))
        if length > self.longest:
            # as nginx does it: an answer, and no look at the body
            handler.close_connection = True
            self.answer(handler, 413, (("Connection", "close"),), b"too large")
            return
        body = handler.rfile.read(length)
        request = Request(handler.command, handler.path, dict(handler.headers), body)
        self.requests.append(request)
        if request.is_chunk:
            time.sleep(self.delay)
        told = self.fault(request)
        if isinstance(told, bytes):
            request = request._replace(body=told)
        if isinstance(told, Answer):
            if told.forward:
                self.forward(request)
            if told.status is None:
                handler.close_connection = True
                handler.connection.shutdown(socket.SHUT_RDWR)
                return
            self.answer(handler, told.status, told.headers, told.text)
            return
        self.answer(handler, *self.forward(request))

    def forward(self, request: Request) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
        connection = HTTPConnection(self.store)
        headers = {k: v for k, v in request.headers.items()
                   if k.lower() in ("accept", "content-type", "authorization")}  # fmt: skip
        connection.request(request.method, request.path, request.body, headers)
        response = connection.getresponse()
        data = response.read()
        kept = tuple((k, v) for k, v in response.getheaders() if k.lower() in _KEPT)
        connection.close()
        return response.status, kept, data

    def answer(
        self,
        handler: BaseHTTPRequestHandler,
        status: int,
        headers: tuple[tuple[str, str], ...],
        body: bytes,
    ) -> None:
        with contextlib.suppress(OSError):
            handler.send_response_only(status)
            for name, value in headers:
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            if handler.command != "HEAD":
                handler.wfile.write(body)


_KEPT = {"content-type", "server", "www-authenticate", "x-sparql-maxrows"}
