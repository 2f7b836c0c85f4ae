"""Both relays, run for real before a simulated Zoom that answers no page."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from zoom_meeting_testing.pages import AppointmentBook
from zoom_meeting_testing.service import HOST
from zoom_meeting_testing.simulator import ServerThread, SimulatorServer

from e2e.demo import DEMO_CLIENT_ID, NO_PAGE_MAY_ASK, Zoom, create_demo_app
from e2e.relay.caller import Relay
from e2e.relay.certificates import Authority
from e2e.relay.host import HostApplication
from e2e.relay.nginx import Nginx
from e2e.relay.nginx_relay import PATH, NginxRelay
from e2e.relay.program import find_free_port
from e2e.relay.worker import WorkerRelay
from e2e.watcher import Watcher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Page
    from zoom_meeting_testing.simulator import Simulator


class StartNginx(Protocol):
    """Starts a relay in a folder of its own; keywords as `NginxRelay` takes them."""

    def __call__(self, **options: Any) -> Relay:
        """Start one; it stops with the test module."""


@pytest.fixture(scope="module")
def zoom_over_tls(
    simulator_server: SimulatorServer, authority: Authority
) -> Iterator[SimulatorServer]:
    """The simulated Zoom under its own names, over TLS."""
    context = authority.build_context("zoom.us", "api.zoom.us")
    with SimulatorServer(simulator_server.simulator, tls=context) as server:
        yield server


@pytest.fixture(scope="module")
def host(simulator_server: SimulatorServer) -> HostApplication:
    """A host's application whose pages use the relay."""
    zoom = Zoom(DEMO_CLIENT_ID, simulator_server.url, PATH)
    return HostApplication(create_demo_app(zoom))


@pytest.fixture(scope="module")
def start_nginx(
    nginx: Nginx,
    host: HostApplication,
    authority: Authority,
    zoom_over_tls: SimulatorServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[StartNginx]:
    """A function that starts nginx with the recipe for a relay."""
    with ServerThread(host.app) as application, ExitStack() as running:

        def start(**options: Any) -> Relay:
            defaults = {
                "application_url": application.url,
                "zoom_port": zoom_over_tls.port,
                "authorities": authority.certificate,
            }
            folder = tmp_path_factory.mktemp("nginx")
            relay = running.enter_context(NginxRelay(nginx, folder, **{**defaults, **options}))
            known_by = {"Sec-Fetch-Site": "same-origin", "Cookie": host.cookie}
            return Relay("nginx", relay.url + PATH, relay.url, folder, known_by)

        yield start


@pytest.fixture(scope="module")
def nginx_relay(start_nginx: StartNginx) -> Relay:
    """The relay for nginx, as documented."""
    return start_nginx()


@pytest.fixture(scope="module")
def worker_relay(
    simulator_server: SimulatorServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Relay]:
    """The relay as a function, under Node."""
    zoom_url, folder, port = (
        simulator_server.url,
        tmp_path_factory.mktemp("worker"),
        find_free_port(),
    )
    page_url = f"http://{HOST}:{port}"
    with WorkerRelay(folder, page_origin=page_url, zoom_url=zoom_url) as running:
        app = create_demo_app(Zoom(DEMO_CLIENT_ID, zoom_url, running.url))
        with ServerThread(app, port):
            yield Relay("worker", running.url, page_url, folder, {"Origin": page_url})


@pytest.fixture(scope="module", params=["nginx", "worker"])
def relay(request: pytest.FixtureRequest) -> Relay:
    """Both relays, one after the other."""
    found: Relay = request.getfixturevalue(f"{request.param}_relay")
    return found


@pytest.fixture
def simulator(simulator: Simulator) -> Simulator:
    """The simulated Zoom as it probably is: it answers no page."""
    simulator.change_settings(NO_PAGE_MAY_ASK)
    return simulator


@pytest.fixture
def watcher(relay: Relay, simulator_server: SimulatorServer) -> Watcher:
    """A watcher that knows the relay's page, the relay and the simulator."""
    return Watcher(frozenset({relay.page_url, relay.url.rstrip("/"), simulator_server.url}))


@pytest.fixture
def page(context: BrowserContext, relay: Relay) -> Page:
    """A tab whose user has signed in to the host."""
    if relay.name == "nginx":
        context.request.get(f"{relay.page_url}/sign-in")
    return context.new_page()


@pytest.fixture
def book(page: Page, relay: Relay) -> AppointmentBook:
    """The appointment book behind the relay."""
    return AppointmentBook(page, relay.page_url)
