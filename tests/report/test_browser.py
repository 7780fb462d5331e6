"""The report in a real browser: the filter works, and the page asks for nothing else."""

from __future__ import annotations

import json
import shutil
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from kg.problems import Place, Problem
from kg.report import render_report

from .reports import PROBLEMS, a_report

pytestmark = pytest.mark.browser

HOSTILE = Problem.of(
    "url-invalid",
    Place("alps.txt", 23),
    "<img src=//elsewhere.example/a.png onerror=\"document.title='run'\">",
    field="homepage",
    value="<script>document.title = 'run'</script> javascript:alert(1)",
    record="Alpen902",
)
LONG = Problem.of(
    "text-boundary", Place("alps.txt", 20), "Two texts.", value="A long sentence. " * 60
)
SHOWN = (*PROBLEMS, HOSTILE, LONG)
ENTER = "\ue007"  # as WebDriver spells the key
SIZES = {"phone": (400, 800), "desk": (1400, 900)}


class Site(ThreadingHTTPServer):
    """Serves a folder and remembers what it was asked for."""

    def __init__(self, folder):
        self.asked = []
        super().__init__(("127.0.0.1", 0), partial(Handler, directory=folder))


class Handler(SimpleHTTPRequestHandler):
    def log_request(self, *_):
        self.server.asked.append(self.path)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    driver = shutil.which("chromedriver")
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if not driver or not program:
        pytest.skip("Chromium or its driver (chromedriver) is not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for flag in (
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        f"--user-data-dir={tmp_path_factory.mktemp('browser')}",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.ChromeService(executable_path=driver)
    with webdriver.Chrome(options=options, service=service) as started:
        yield started


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    (folder / "report.html").write_text(render_report(a_report(SHOWN)), encoding="utf-8")
    with Site(folder) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def page(browser, site):
    """The browser with the report open."""
    size(browser, "desk")
    browser.get("about:blank")
    browser.get(address(site))
    return browser


def address(site):
    return f"http://127.0.0.1:{site.server_port}/report.html"


def size(browser, name):
    width, height = SIZES[name]
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def find(page, selector):
    return page.find_element("css selector", selector)


def seen(page, selector=".problem"):
    found = page.find_elements("css selector", selector)
    return [element.get_attribute("id") for element in found if element.is_displayed()]


def choose(page, control, value):
    find(page, f"#filter-{control} option[value='{value}']").click()


def test_all_problems_are_seen_at_first(page):
    assert len(seen(page)) == len(SHOWN)
    assert find(page, "#filter-status").text == f"{len(SHOWN)} of {len(SHOWN)} shown"


def test_the_level_filters(page):
    choose(page, "level", "field")

    assert seen(page) == ["problem-3", "problem-7", "problem-8"]
    assert seen(page, ".level") == ["level-field"]
    assert find(page, "#filter-status").text == f"3 of {len(SHOWN)} shown"


def test_the_code_filters(page):
    choose(page, "code", "day-month-swap")

    assert seen(page) == ["problem-2"]


def test_words_filter_whatever_their_case_and_order(page):
    find(page, "#filter-text").send_keys("donau902 DANUBE.txt:17")

    assert seen(page) == ["problem-3"]


def test_filters_join_and_the_button_takes_them_away(page):
    choose(page, "level", "warning")
    find(page, "#filter-text").send_keys("donau902")
    assert seen(page) == []
    assert find(page, "#filter-nothing").is_displayed()

    find(page, "#filter-clear").click()
    assert len(seen(page)) == len(SHOWN)
    assert not find(page, "#filter-nothing").is_displayed()


def test_return_in_the_filter_stays_on_the_page(page, site):
    find(page, "#filter-text").send_keys("danube\n")

    assert page.current_url == address(site)
    assert len(seen(page)) == 3


def test_the_count_of_a_code_shows_its_problems(page):
    find(page, "a[data-filter='url-invalid']").send_keys(ENTER)

    assert seen(page) == ["problem-7"]


def test_a_link_to_a_hidden_problem_shows_it(page):
    choose(page, "level", "note")
    assert seen(page) == ["problem-6"]

    page.execute_script("location.hash = '#problem-2'")
    page.execute_async_script("setTimeout(arguments[0], 100)")
    assert "problem-2" in seen(page)


def test_a_long_value_unfolds_by_the_keyboard(page):
    summary = find(page, "#problem-8 summary")
    assert not find(page, "#problem-8 details > .value").is_displayed()

    summary.send_keys(ENTER)
    assert find(page, "#problem-8 details > .value").text.startswith("A long sentence.")


def test_nothing_from_the_data_runs_and_nothing_else_is_asked_for(page, site, browser):
    browser.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})
    browser.get("about:blank")
    site.asked.clear()
    for kind in ("browser", "performance"):
        browser.get_log(kind)
    browser.get(address(site))
    choose(browser, "level", "field")
    browser.execute_async_script("setTimeout(arguments[0], 500)")

    events = [json.loads(line["message"])["message"] for line in browser.get_log("performance")]
    requested = [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]
    assert {url for url in requested if not url.startswith("data:")} == {address(site)}
    assert site.asked == ["/report.html"]
    assert browser.title.startswith("Build report")
    assert browser.get_log("browser") == []


@pytest.mark.parametrize("name", SIZES)
def test_it_fits_the_screen(page, name):
    size(page, name)
    page.execute_script("for (const d of document.querySelectorAll('details')) d.open = true")

    root = "document.documentElement"
    content, screen = page.execute_script(f"return [{root}.scrollWidth, {root}.clientWidth]")
    assert content <= screen <= SIZES[name][0]


def test_without_scripts_it_lacks_nothing_but_the_filter(page, site):
    page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.get(address(site))
        assert len(seen(page)) == len(SHOWN)
        assert not find(page, "#filter").is_displayed()
    finally:
        page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
