"""The library on stores of other machines, by our client and by those that others use."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.built import read_build
from kg.pipeline import BuildResult
from kg.problems import QueryError, RemoteError
from kg.push import RemoteStore, push
from kg.query import (
    Endpoint,
    NamedQuery,
    Statements,
    Table,
    all_queries,
    find_query,
    prepare_query,
    run_query,
)
from kg.remote import Client, Credentials, find_endpoints

from ..push.servers import PASSWORD, Answer, Proxy, Served, has_virtuoso, oxigraph, virtuoso

QUERIES = all_queries()


def filled(served: Served, build: BuildResult) -> Served:
    credentials = Credentials(user="dba", password=PASSWORD)
    client = Client(served.url, credentials=credentials)
    push(read_build(build.output), RemoteStore(client, find_endpoints(client, served.url)))
    return served


@pytest.fixture(scope="module")
def oxigraph_endpoint(
    tmp_path_factory: pytest.TempPathFactory, example_build: BuildResult
) -> Iterator[Served]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as served:
        yield filled(served, example_build)


@pytest.fixture(scope="module")
def virtuoso_endpoint(
    tmp_path_factory: pytest.TempPathFactory, example_build: BuildResult
) -> Iterator[Served]:
    if not has_virtuoso():
        pytest.skip("needs Virtuoso")
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as served:
        yield filled(served, example_build)


@pytest.fixture(
    scope="module", params=["oxigraph", pytest.param("virtuoso", marks=pytest.mark.stores)]
)
def served(request: pytest.FixtureRequest) -> Served:
    found: Served = request.getfixturevalue(f"{request.param}_endpoint")
    return found


@pytest.fixture(scope="module")
def graph(example_build: BuildResult) -> str:
    return f"{example_build.manifest.base}dataset"


@pytest.fixture(scope="module")
def endpoint(served: Served, graph: str) -> Endpoint:
    return Endpoint(Client(served.url), served.url, own=graph)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_a_store_gives_the_same_answer_as_the_embedded_one(
    query: NamedQuery, endpoint: Endpoint, example_build: BuildResult
) -> None:
    assert run_query(query, endpoint) == run_query(query, example_build.output)


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("project-partners", {"id": "Alpen901"}),
        ("lead-partners-by-country", {"programme": "alpen"}),
        ("non-eu-partners", {"country": "CH"}),
        ("projects-of-an-organisation", {"name": 'no "such" name \\ ü'}),
        ("country-cooperation", {"minimum": 3}),
        ("partners-in-several-projects", {"minimum": 3}),
    ],
)
def test_parameters_mean_the_same(
    name: str, parameters: dict[str, object], endpoint: Endpoint, example_build: BuildResult
) -> None:
    theirs = run_query(name, endpoint, parameters)
    assert theirs == run_query(name, example_build.output, parameters)


def kg(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)], capture_output=True, text=True
    )


def test_the_command_prints_the_same(served: Served, example_build: BuildResult) -> None:
    for format_name in ("table", "csv", "json"):
        asked = ("query", "budget-by-programme", "--format", format_name)
        here = kg(*asked, "--on", example_build.output)
        there = kg(*asked, "--on", example_build.output, "--endpoint", served.url)
        assert there.returncode == 0, there.stderr
        assert there.stdout == here.stdout
        assert there.stderr == here.stderr


def test_what_a_store_does_not_understand(served: Served) -> None:
    there = kg("query", "SELECT ?x { ?x ?y }", "--endpoint", served.url)
    here = kg("query", "SELECT ?x { ?x ?y }")
    assert (there.returncode, there.stderr) == (2, here.stderr)
    assert "This is not SPARQL 1.1 at ‹SELECT ?x { ?x ?y }▸›" in here.stderr


def test_a_store_may_know_more_than_we_do(proxy: Proxy) -> None:
    endpoint = Endpoint(Client(proxy.url, retries=0), proxy.url)
    proxy.fault = lambda _: Answer(200, answer("2", type="literal"), RESULTS)
    result = run_query("SELECT ?x { ?x ?y ?z OPTION (transitive) }", endpoint)
    assert isinstance(result, Table)
    assert result.rows == [("2",)]


def test_what_a_store_alone_refuses_is_its_fault(proxy: Proxy) -> None:
    endpoint = Endpoint(Client(proxy.url, retries=0), proxy.url)
    proxy.fault = lambda _: Answer(400, b"no such function")
    with pytest.raises(RemoteError, match=r"400.*no such function"):
        run_query("ASK {}", endpoint)


def answer(value: str, **term: str) -> bytes:
    """Return the answer of an endpoint that has one row of one term."""
    results = {"bindings": [{"x": {"value": value, **term}}]}
    return json.dumps({"head": {"vars": ["x"]}, "results": results}).encode()


def test_federation_is_off_unless_asked_for(oxigraph_endpoint: Served, graph: str) -> None:
    text = "SELECT ?x { SERVICE <http://127.0.0.1:9/> { ?x a ?y } }"
    done = kg("query", text, "--endpoint", oxigraph_endpoint.url)
    assert done.returncode == 2
    assert "--allow-service" in done.stderr
    asked = kg("query", text, "--endpoint", oxigraph_endpoint.url, "--allow-service")
    assert asked.returncode == 4
    assert "port 9" in asked.stderr, "the endpoint has tried"


@pytest.mark.stores
def test_an_answer_that_virtuoso_cuts_is_an_error(virtuoso_endpoint: Served, graph: str) -> None:
    endpoint = Endpoint(Client(virtuoso_endpoint.url), virtuoso_endpoint.url, graph=graph)
    with pytest.raises(RemoteError, match="10,000 rows at most"):
        run_query("SELECT * { ?s ?p ?o . ?s ?q ?r }", endpoint)


@pytest.fixture
def proxy(oxigraph_endpoint: Served) -> Iterator[Proxy]:
    proxy = Proxy(oxigraph_endpoint.url)
    yield proxy
    proxy.close()


RESULTS = (("Content-Type", "application/sparql-results+json"),)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer(200, b"<html>Welcome</html>", (("Content-Type", "text/html"),)), "an HTML page"),
        (Answer(200, b"{", RESULTS), "not with SPARQL results"),
        (Answer(200, b"{}", RESULTS), "not with SPARQL results"),
        (Answer(200, b"\xff", RESULTS), "not with SPARQL results"),
        (Answer(200, b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":1}]}}', RESULTS), "not"),
        (Answer(200, b'{"head":{"vars":["x"]},"results":{"bindings":[]}}',
                (*RESULTS, ("X-SQL-State", "S1TAT"))), "a part of the answer"),
        (Answer(200, answer("x> <y", type="uri"), RESULTS), "no RDF: ‹x> <y›"),
        (Answer(200, answer("relative", type="uri"), RESULTS), "no RDF: ‹relative›"),
        (Answer(200, answer("b c", type="bnode"), RESULTS), "no RDF: ‹b c›"),
        (Answer(200, answer("x", type="literal", datatype="a b"), RESULTS), "no RDF: ‹a b›"),
        (Answer(200, answer("x", **{"type": "literal", "xml:lang": "e n"}), RESULTS), "‹e n›"),
        (Answer(200, answer("x", type="triple"), RESULTS), "no RDF: ‹triple›"),
        (Answer(200, b'{"head":{"vars":["\\u001bx"]},"results":{"bindings":[]}}',
                RESULTS), "no RDF"),
        (Answer(401), "KG_REMOTE_USER"),
        (Answer(500, b"<html><head><title>x</title></head><b>Out of memory</b></html>",
                (("Content-Type", "text/html"),)), "Out of memory"),
        (Answer(503, headers=(("Retry-After", "0"),)), "503"),
        (Answer(None), "cut"),
        (Answer(302, headers=(("Location", "http://127.0.0.2/"),)), "another place"),
    ],
)  # fmt: skip
def test_what_an_endpoint_can_do_wrong(answer: Answer, told: str, proxy: Proxy) -> None:
    endpoint = Endpoint(Client(proxy.url, retries=1, pause=0.01), proxy.url)
    proxy.fault = lambda _: answer
    with pytest.raises(RemoteError, match=told) as caught:
        run_query("SELECT ?x { ?x ?y ?z }", endpoint)
    assert caught.value.remedy


def test_time_and_size_are_limited(proxy: Proxy, graph: str) -> None:
    import time

    endpoint = Endpoint(Client(proxy.url), proxy.url, graph=graph, limit=1000)
    with pytest.raises(RemoteError, match="more than 1,000 bytes"):
        run_query("SELECT ?x { ?x ?y ?z }", endpoint)

    def slow(_: object) -> None:
        time.sleep(2)

    proxy.fault = slow
    began = time.monotonic()
    with pytest.raises(RemoteError, match=r"not answered after 0.2 seconds.*--timeout"):
        run_query("SELECT ?x { ?x ?y ?z }", endpoint, timeout=0.2)
    assert time.monotonic() - began < 1.5


def test_an_endpoint_without_the_graph_is_asked_as_it_is(oxigraph_endpoint: Served) -> None:
    url = oxigraph_endpoint.url
    assert Endpoint(Client(url), url, own="urn:not:there").graph is None


def test_long_queries_go_in_the_body(proxy: Proxy, graph: str) -> None:
    endpoint = Endpoint(Client(proxy.url), proxy.url, graph=graph)
    values = " ".join(f'"{n}"' for n in range(1000))
    run_query(f"SELECT ?x {{ VALUES ?x {{ {values} }} }}", endpoint)
    assert proxy.requests[-1].method == "POST"
    run_query("ASK {}", endpoint)
    assert proxy.requests[-1].method == "GET"


# --- readers that others use ------------------------------------------------------------


ASKED = ("lead-partners-by-country", "budget-by-programme", "project-partners")


def answers(text: str) -> list[dict[str, str]]:
    """Return the rows of SPARQL results JSON: values by column."""
    bindings = json.loads(text)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in bindings]


def expected(name: str, build: BuildResult) -> list[dict[str, str]]:
    result = run_query(name, build.output)
    assert isinstance(result, Table)
    return answers(result.to_json())


def query_address(served: Served) -> str:
    return find_endpoints(Client(served.url), served.url).query


@pytest.mark.parametrize("name", ASKED)
def test_sparqlwrapper(name: str, served: Served, graph: str, example_build: BuildResult) -> None:
    from SPARQLWrapper import JSON, SPARQLWrapper

    wrapper = SPARQLWrapper(query_address(served), returnFormat=JSON)
    wrapper.addDefaultGraph(graph)
    wrapper.setQuery(prepare_query(find_query(name), {}))
    found = json.dumps(wrapper.queryAndConvert())
    assert answers(found) == expected(name, example_build)


@pytest.mark.parametrize("name", ASKED)
def test_rdflib(name: str, served: Served, graph: str, example_build: BuildResult) -> None:
    import rdflib
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    store = SPARQLStore(query_address(served), returnFormat="json")
    there = rdflib.Graph(store, identifier=graph)
    result = there.query(prepare_query(find_query(name), {}))
    found = [
        {str(k): str(v) for k, v in row.asdict().items()} for row in result  # type: ignore[union-attr]
    ]  # fmt: skip
    assert found == expected(name, example_build)


@pytest.mark.stores
def test_comunica(served: Served, graph: str, example_build: BuildResult, root: Path) -> None:
    place = root / ".npm"
    if not (place / "node_modules/@comunica/query-sparql").is_dir() or not shutil.which("node"):
        pytest.skip("needs Comunica: `make test-stores` installs it where there is npm")
    names = [query.name for query in QUERIES if query.form == "SELECT"]
    done = subprocess.run(
        ["node", root / "tests/query/comunica.cjs", place,
         f"{query_address(served)}?default-graph-uri={graph}"],
        input=json.dumps([prepare_query(find_query(name), {}) for name in names]),
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = dict(zip(names, map(json.dumps, json.loads(done.stdout)), strict=True))
    wrong = [
        name
        for name in names
        if alike(answers(found[name])) != alike(expected(name, example_build))
    ]
    assert wrong == []


def alike(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return rows with truth in one spelling: Virtuoso writes 1 for true."""
    truth = {"true": "1", "false": "0"}
    return [{name: truth.get(value, value) for name, value in row.items()} for row in rows]


def test_statements_come_over_as_well(endpoint: Endpoint) -> None:
    result = run_query("project-as-schema-org", endpoint)
    assert isinstance(result, Statements)
    assert "schema:" in result.to_turtle()


def test_a_query_that_is_no_query_goes_nowhere(endpoint: Endpoint) -> None:
    with pytest.raises(QueryError, match="update"):
        run_query("DROP ALL {}", endpoint)
