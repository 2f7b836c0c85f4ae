"""The harness: a browser, the demo as `make demo` serves it, the simulator, and a watcher.

Every test gets a fresh browser context and a simulator as new. What a page complains about fails
the test unless it was expected (`expect_errors`), and so does a fault that never happened. Of a
test that failed `evidence.py` keeps pictures, states and the console.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from e2e.browser import CLIPBOARD, ENGINES, Engine, launch
from e2e.demo import DEMO_CLIENT_ID, NO_PAGE_MAY_ASK, Zoom, create_demo_app
from e2e.evidence import FOLDER, keep_evidence
from e2e.hosts import HostPages
from e2e.pages import AppointmentBook
from e2e.relay.certificates import Authority
from e2e.relay.nginx import HOW_TO_GET_IT, Nginx, find_nginx
from e2e.simulator import ServerThread, Simulator, SimulatorServer
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
    """Opens a browser context, as a person with another browser would have it."""

    def __call__(self, **options: Any) -> BrowserContext: ...


class OpenStage(Protocol):
    """Opens a page with this markup, in the test's own tab or in `page`."""

    def __call__(self, body: str, *, page: Page | None = None, remembers: str = "") -> Stage: ...


class HoldCalls(Protocol):
    """Holds a page's calls to a place of Zoom's (`/v2/meetings/*`, say) until it is opened."""

    def __call__(self, page: Page, place: str) -> Gate | CallGate: ...


class PythonGate:
    """Keeps Python from starting in a context until it is opened."""

    def __init__(self, context: BrowserContext) -> None:
        self._held: list[Route] = []
        self._is_open = False
        context.route(PYTHON, self._hold)

    def open(self) -> None:
        self._is_open = True
        for route in self._held:
            route.continue_()

    def _hold(self, route: Route) -> None:
        if self._is_open:
            route.continue_()
        else:
            self._held.append(route)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Choose browser and way: `pytest e2e -m every_engine --engine firefox --way tunnel`."""
    parser.addoption("--engine", choices=ENGINES, default="chromium", help="the browser to drive")
    ways = ("direct", "tunnel")
    parser.addoption("--way", choices=ways, default=ways[0], help="how pages reach the simulator")


def pytest_configure(config: pytest.Config) -> None:
    """Tell pytest of our marks."""
    lines = (
        "every_engine: has to hold in every browser that can be driven, not in Chromium alone",
        "direct(reason): is about pages that call Zoom themselves, so not tried by a tunnel",
        "tunnel: needs the extra `tunnel`; `make tunnel-tests`",
    )
    for line in lines:
        config.addinivalue_line("markers", line)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what has no meaning by the way that was chosen, and say why."""
    if config.getoption("way") == "direct":
        return
    for item in items:
        mark = item.get_closest_marker("direct")
        if mark:
            item.add_marker(pytest.mark.skip(reason=f"not by a tunnel: {mark.args[0]}"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let fixtures know whether the test failed."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def engine(pytestconfig: pytest.Config) -> Engine:
    """The browser that was chosen with `--engine`."""
    chosen: Engine = pytestconfig.getoption("engine")
    return chosen


@pytest.fixture(scope="session")
def way(pytestconfig: pytest.Config) -> str:
    """The way that was chosen with `--way`: "direct" or "tunnel"."""
    return str(pytestconfig.getoption("way"))


@pytest.fixture(scope="session")
def browser(engine: Engine) -> Iterator[Browser]:
    expect.set_options(timeout=TIMEOUT_MS)
    with sync_playwright() as playwright:
        browser = launch(playwright, engine)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def simulator_server() -> Iterator[SimulatorServer]:
    with SimulatorServer() as server:
        yield server


@pytest.fixture(scope="module")
def nginx() -> Nginx:
    found = find_nginx()
    if found is None:
        pytest.skip(HOW_TO_GET_IT)
    return found


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority") / "authority.pem")


@pytest.fixture(scope="session")
def zoom_tunnel(
    way: str, simulator_server: SimulatorServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ZoomTunnel | None]:
    """What is between the pages and the simulator, if they don't call it themselves."""
    if way == "direct":
        yield None
        return
    from e2e.tunnel.zoom_tunnel import ZoomTunnel  # noqa: PLC0415 - others lack what it needs

    folder = tmp_path_factory.mktemp("tunnel")
    with ZoomTunnel(simulator_server.simulator, folder) as tunnel:
        yield tunnel


@pytest.fixture(scope="session")
def zoom(simulator_server: SimulatorServer, zoom_tunnel: ZoomTunnel | None) -> Zoom:
    zoom = Zoom(DEMO_CLIENT_ID, simulator_server.url)
    if zoom_tunnel:
        return replace(zoom, tunnel=zoom_tunnel.url, roots=zoom_tunnel.roots)
    return zoom


@pytest.fixture(scope="session")
def demo_url(zoom: Zoom) -> Iterator[str]:
    with ServerThread(create_demo_app(zoom)) as server:
        yield server.url


@pytest.fixture(scope="session")
def hosts(zoom: Zoom, tmp_path_factory: pytest.TempPathFactory) -> HostPages:
    return HostPages(zoom, tmp_path_factory.mktemp("apps"))


@pytest.fixture(scope="session")
def hosts_url(hosts: HostPages) -> Iterator[str]:
    with ServerThread(hosts.app) as server:
        yield server.url


@pytest.fixture
def simulator(
    simulator_server: SimulatorServer, demo_url: str, zoom_tunnel: ZoomTunnel | None
) -> Iterator[Simulator]:
    simulator = simulator_server.simulator
    if zoom_tunnel:
        zoom_tunnel.clear()  # first: what a page has sent through it still arrives
    simulator.reset()
    simulator.change_settings({"demo_url": f"{demo_url}/"})
    if zoom_tunnel:
        simulator.change_settings(NO_PAGE_MAY_ASK)
    yield simulator
    unused = simulator.list_faults()
    simulator.clear_faults()
    assert not unused, "faults were ordered that never happened"
    if zoom_tunnel:
        assert zoom_tunnel.search().leaks == [], "the forwarder has seen secrets"


@pytest.fixture
def hold_calls(zoom_tunnel: ZoomTunnel | None) -> HoldCalls:
    if zoom_tunnel and zoom_tunnel.zoom:
        gates = zoom_tunnel.zoom.gates
        return lambda _page, place: gates.hold(place)
    return lambda page, place: Gate(page, f"**{place}")


@pytest.fixture
def zoom_side(simulator: Simulator) -> ZoomSide:
    return ZoomSide(simulator)


@pytest.fixture
def watcher(
    demo_url: str,
    hosts_url: str,
    simulator_server: SimulatorServer,
    zoom_tunnel: ZoomTunnel | None,
) -> Watcher:
    origins = {demo_url, hosts_url, simulator_server.url}
    if zoom_tunnel:
        forwarder = zoom_tunnel.url.partition("/?")[0]
        origins |= {forwarder, forwarder.replace("ws:", "http:")}  # as Firefox calls it
    return Watcher(frozenset(origins), sees_calls=zoom_tunnel is None)


@pytest.fixture
def expect_errors(watcher: Watcher) -> Callable[..., None]:
    """Declare the complaints that a test causes on purpose."""
    return watcher.expect


@pytest.fixture
def open_context(
    browser: Browser, engine: Engine, watcher: Watcher, request: pytest.FixtureRequest
) -> Iterator[OpenContext]:
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
    assert not simulator.list_requests(), "somebody else uses this simulator"
    return open_context()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def python_gate(context: BrowserContext) -> PythonGate:
    return PythonGate(context)


@pytest.fixture
def book(page: Page, demo_url: str) -> AppointmentBook:
    return AppointmentBook(page, demo_url)


@pytest.fixture
def open_stage(page: Page, hosts: HostPages, hosts_url: str, simulator: Simulator) -> OpenStage:
    own_page = page

    def open_stage(body: str, *, page: Page | None = None, remembers: str = "") -> Stage:
        stage = Stage(page or own_page, simulator)
        script = {"data-remember": remembers or None}
        stage.page.goto(hosts_url + hosts.serve(body, script=script))
        return stage

    return open_stage
