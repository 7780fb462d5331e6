"""Stores that run, and two builds of different content."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.built import Build, read_build
from kg.pipeline import build
from kg.push import RemoteStore
from kg.remote import Client, Credentials, find_endpoints

from .servers import PASSWORD, Proxy, Served, has_virtuoso, oxigraph, virtuoso


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as served:
        yield served


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if not has_virtuoso():
        pytest.skip("needs Virtuoso: apt-get install virtuoso-opensource-7-bin "
                    "virtuoso-opensource-7-common")  # fmt: skip
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as served:
        yield served


@pytest.fixture(params=["oxigraph", pytest.param("virtuoso", marks=pytest.mark.stores)])
def served(request: pytest.FixtureRequest) -> Served:
    """Each of the real stores."""
    server: Served = request.getfixturevalue(f"{request.param}_server")
    return server


@pytest.fixture
def proxy(oxigraph_server: Served) -> Iterator[Proxy]:
    """A server that misbehaves, before an Oxigraph server."""
    proxy = Proxy(oxigraph_server.url)
    yield proxy
    proxy.close()


@pytest.fixture(scope="session")
def new(example_build_folder: Path) -> Build:
    return read_build(example_build_folder)


@pytest.fixture(scope="session")
def old(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Build:
    folder = tmp_path_factory.mktemp("old") / "output"
    build([examples / "alpen013.txt"], folder)
    return read_build(folder)


def connect(url: str, *, retries: int = 2, timeout: float = 20, **options: object) -> RemoteStore:
    """Return the store at an address, as the command would find it."""
    credentials = Credentials(user="dba", password=PASSWORD)
    client = Client(
        url, credentials=credentials, retries=retries, pause=0.01, timeout=timeout, **options  # type: ignore[arg-type]
    )  # fmt: skip
    return RemoteStore(client, find_endpoints(client, url))
