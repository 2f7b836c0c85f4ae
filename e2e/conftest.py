"""The harness: a browser, the demo as `make demo` serves it, the simulator, and a watcher.

Every test gets a new browser context and a simulator that was reset. A complaint of the browser
fails the test unless the test expects it (`expect_errors`), and so does a fault that was not used.
Of a test that failed `evidence.py` keeps pictures, states and the console.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Protocol

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    expect,
    sync_playwright,
)
from zoom_meeting_testing.browsers import ENGINES, Engine
from zoom_meeting_testing.evidence import FOLDER, keep_evidence
from zoom_meeting_testing.openapi import watch
from zoom_meeting_testing.pages import AppointmentBook
from zoom_meeting_testing.simulator import ServerThread, Simulator, SimulatorServer

from e2e.abilities import count_reasons, find_reason
from e2e.browser import CLIPBOARD, launch
from e2e.demo import DEMO_CLIENT_ID, NO_PAGE_MAY_ASK, Zoom, create_demo_app
from e2e.hosts import HostPages
from e2e.measured.collect import PageLines
from e2e.relay.certificates import Authority
from e2e.relay.nginx import HOW_TO_GET_IT, Nginx, find_nginx
from e2e.stage import Gate, Stage
from e2e.watcher import Watcher
from e2e.zoom_side import ZoomSide

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from e2e.tunnel.gates import CallGate
    from e2e.tunnel.zoom_tunnel import ZoomTunnel

TIMEOUT_MS: Final = 20_000
"""Python takes a few seconds to start, on slow machines many."""
PYTHON: Final = "**/pyodide.asm.wasm"
FAILED: Final = pytest.StashKey[bool]()


class OpenContext(Protocol):
    """Opens another browser context, as if another person's browser."""

    def __call__(self, **options: Any) -> BrowserContext:
        """Open one, with Playwright's options; it closes with the test."""


class OpenStage(Protocol):
    """Opens a page with this markup, in the test's own tab or in `page`."""

    def __call__(
        self, body: str, *, page: Page | None = None, remembers: str = "", shares: str = ""
    ) -> Stage:
        """Open it; `remembers` is the tag's `data-remember`, `shares` its `data-share-sign-in`."""


class HoldCalls(Protocol):
    """Holds a page's calls to a place of Zoom's, such as `/v2/meetings/*`, until it is opened."""

    def __call__(self, page: Page, place: str) -> Gate | CallGate:
        """Hold them from now on; `*` in the place stands for anything."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options for browser, way and coverage.

    `pytest e2e -m core --engine firefox --way tunnel`
    """
    parser.addoption("--engine", choices=ENGINES, default="chromium", help="the browser to drive")
    ways = ("direct", "tunnel")
    parser.addoption("--way", choices=ways, default=ways[0], help="how pages reach the simulator")
    parser.addoption("--coverage", action="store_true", help="store what a measured build tells")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marks of these tests, and watch what they say to the simulated Zoom."""
    watch.register(config)
    lines = (
        "core: what engines do most differently; `make test` runs it in Firefox, too",
        "frameworks: need their packages; `make hosts-tests`",
        "long: in `make engines` and `make browser-tests`, not in `make test`",
        "needs(ability...): what not every engine can do; see abilities.py",
        "direct(reason): is about pages that call Zoom themselves, so not tried by a tunnel",
        "tunnel: needs the extra `tunnel`; `make tunnel-tests`",
        "unmeasured(reason): is about the build as it is shipped, so not tried with `--coverage`",
    )
    for line in lines:
        config.addinivalue_line("markers", line)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what the engine can't run, or means nothing on the way or when measured; say why."""
    skipped = {}
    if config.getoption("way") != "direct":
        skipped["direct"] = "not by a tunnel"
    if config.getoption("coverage"):
        skipped["unmeasured"] = "not in a measured build"
    for item in items:
        reason = find_reason(config.getoption("engine"), item)
        for name, why in skipped.items():
            mark = item.get_closest_marker(name)
            if mark:
                reason = f"{why}: {mark.args[0]}"
        if reason:
            item.add_marker(pytest.mark.skip(reason=reason))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count what the engine could not run, by reason."""
    lines = count_reasons(terminalreporter.getreports("skipped"))
    if lines:
        terminalreporter.section("what this engine cannot run")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let fixtures find out whether the test failed."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def engine(pytestconfig: pytest.Config) -> Engine:
    """The browser chosen with `--engine`."""
    chosen: Engine = pytestconfig.getoption("engine")
    return chosen


@pytest.fixture(scope="session")
def way(pytestconfig: pytest.Config) -> str:
    """The way chosen with `--way`: "direct" or "tunnel"."""
    return str(pytestconfig.getoption("way"))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers; a process can have it once."""
    expect.set_options(timeout=TIMEOUT_MS)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(
    engine: Engine, playwright: Playwright, pytestconfig: pytest.Config
) -> Iterator[Browser]:
    """The one browser of all tests; each test has a context of its own in it."""
    browser = launch(playwright, engine)
    if pytestconfig.getoption("coverage"):
        with PageLines().of(browser):
            yield browser
    else:
        yield browser
    browser.close()


@pytest.fixture(scope="session")
def simulator_server() -> Iterator[SimulatorServer]:
    """The server of the simulated Zoom."""
    with SimulatorServer() as server:
        yield server


@pytest.fixture(scope="module")
def nginx() -> Nginx:
    """An nginx to run; without one, the tests that need it are skipped."""
    found = find_nginx()
    if found is None:
        pytest.skip(HOW_TO_GET_IT)
    return found


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """A certificate authority for a simulated Zoom."""
    return Authority(tmp_path_factory.mktemp("authority") / "authority.pem")


@pytest.fixture(scope="session")
def zoom_tunnel(
    way: str, simulator_server: SimulatorServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ZoomTunnel | None]:
    """The tunnel between the pages and the simulator; `None` on the direct way."""
    if way == "direct":
        yield None
        return
    from e2e.tunnel.zoom_tunnel import ZoomTunnel  # noqa: PLC0415 - others lack what it needs

    folder = tmp_path_factory.mktemp("tunnel")
    with ZoomTunnel(simulator_server.simulator, folder) as tunnel:
        yield tunnel


@pytest.fixture(scope="session")
def zoom(simulator_server: SimulatorServer, zoom_tunnel: ZoomTunnel | None) -> Zoom:
    """The Zoom that pages talk to, and the way to it."""
    zoom = Zoom(DEMO_CLIENT_ID, simulator_server.url)
    if zoom_tunnel:
        return replace(zoom, tunnel=zoom_tunnel.url, roots=zoom_tunnel.roots)
    return zoom


@pytest.fixture(scope="session")
def demo_url(zoom: Zoom, simulator_server: SimulatorServer) -> Iterator[str]:
    """The address of the demo, as `make demo` serves it."""
    app = create_demo_app(zoom, simulator=simulator_server.simulator)
    with ServerThread(app) as server:
        yield server.url


@pytest.fixture(scope="session")
def hosts(zoom: Zoom, tmp_path_factory: pytest.TempPathFactory) -> HostPages:
    """Host pages with any markup."""
    return HostPages(zoom, tmp_path_factory.mktemp("apps"))


@pytest.fixture(scope="session")
def hosts_url(hosts: HostPages) -> Iterator[str]:
    """The address of the host pages."""
    with ServerThread(hosts.app) as server:
        yield server.url


@pytest.fixture
def simulator(
    simulator_server: SimulatorServer, demo_url: str, zoom_tunnel: ZoomTunnel | None
) -> Iterator[Simulator]:
    """The simulated Zoom, reset; a fault that the test left unused fails it."""
    simulator = simulator_server.simulator
    if zoom_tunnel:
        zoom_tunnel.clear()  # first: what a page has sent through it still arrives
    simulator_server.hang_up()  # and so does what the last test's pages have sent
    simulator.reset()
    simulator.change_settings({"demo_url": f"{demo_url}/"})
    if zoom_tunnel:
        simulator.change_settings(NO_PAGE_MAY_ASK)
    yield simulator
    unused = simulator.list_faults()
    simulator.clear_faults()
    assert not unused, "the test ordered faults that never happened"
    if zoom_tunnel:
        assert zoom_tunnel.search().leaks == [], "the forwarder has seen secrets"


@pytest.fixture
def hold_calls(zoom_tunnel: ZoomTunnel | None) -> HoldCalls:
    """A function that holds calls to Zoom on the chosen way."""
    if zoom_tunnel and zoom_tunnel.zoom:
        gates = zoom_tunnel.zoom.gates
        return lambda _page, place: gates.hold(place)
    return lambda page, place: Gate(page, f"**{place}")


@pytest.fixture
def zoom_side(simulator: Simulator) -> ZoomSide:
    """What Zoom itself has, for assertions."""
    return ZoomSide(simulator)


@pytest.fixture
def watcher(
    demo_url: str,
    hosts_url: str,
    simulator_server: SimulatorServer,
    zoom_tunnel: ZoomTunnel | None,
) -> Watcher:
    """The watcher of all browser contexts of the test."""
    origins = {demo_url, hosts_url, simulator_server.url}
    if zoom_tunnel:
        forwarder = zoom_tunnel.url.partition("/?")[0]
        origins |= {forwarder, forwarder.replace("ws:", "http:")}  # as Firefox calls it
    return Watcher(frozenset(origins), sees_calls=zoom_tunnel is None)


@pytest.fixture
def expect_errors(watcher: Watcher) -> Callable[..., None]:
    """A function to declare the complaints that the test causes on purpose."""
    return watcher.expect


@pytest.fixture
def open_context(
    browser: Browser, engine: Engine, watcher: Watcher, request: pytest.FixtureRequest
) -> Iterator[OpenContext]:
    """A function that opens more browser contexts; unexpected complaints fail the test."""
    contexts: list[BrowserContext] = []

    def open_context(**options: Any) -> BrowserContext:
        defaults = {
            "locale": "en-US",
            "timezone_id": "America/New_York",
            "permissions": CLIPBOARD[engine],
        }
        context = browser.new_context(**{**defaults, **options})
        context.set_default_timeout(TIMEOUT_MS)
        watcher.watch(context)
        contexts.append(context)
        return context

    yield open_context
    problems = watcher.find_problems()
    if problems or request.node.stash.get(FAILED, False):
        folder = request.config.rootpath / FOLDER
        pages = [page for context in contexts for page in context.pages]
        keep_evidence(folder, f"{request.path.stem}-{request.node.name}", pages, watcher.console)
    for context in contexts:
        context.close()
    assert not problems, "the browser complained"


@pytest.fixture
def context(open_context: OpenContext, simulator: Simulator) -> BrowserContext:
    """The browser context of the test."""
    assert not simulator.list_requests(), "something else uses this simulator"
    return open_context()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """The tab of the test."""
    return context.new_page()


@pytest.fixture
def python_gate(context: BrowserContext) -> Gate:
    """A gate that keeps Python from starting in any page of the test."""
    return Gate(context, PYTHON)


@pytest.fixture
def book(page: Page, demo_url: str) -> AppointmentBook:
    """The demo's appointment book, in the test's tab."""
    return AppointmentBook(page, demo_url)


@pytest.fixture
def open_stage(page: Page, hosts: HostPages, hosts_url: str, simulator: Simulator) -> OpenStage:
    """A function that opens a page with a widget and a notes field."""
    own_page = page

    def open_stage(
        body: str, *, page: Page | None = None, remembers: str = "", shares: str = ""
    ) -> Stage:
        stage = Stage(page or own_page, simulator)
        script = {"data-remember": remembers or None, "data-share-sign-in": shares or None}
        stage.page.goto(hosts_url + hosts.serve(body, script=script))
        return stage

    return open_stage
