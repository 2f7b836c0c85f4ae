"""The tunnel, run for real before a simulated Zoom that answers no page."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from zoom_meeting_testing.pages import AppointmentBook
from zoom_meeting_testing.simulator import ServerThread, SimulatorServer

from e2e.demo import DEMO_CLIENT_ID, NO_PAGE_MAY_ASK, Zoom, create_demo_app
from e2e.relay.certificates import Authority
from e2e.relay.host import HostApplication
from e2e.relay.nginx import Nginx
from e2e.tunnel.caller import Entrance
from e2e.tunnel.nginx_tunnel import PATH, NginxTunnel
from e2e.tunnel.tls_zoom import TlsZoom
from e2e.tunnel.tunnel import Tunnel
from e2e.watcher import Watcher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Page
    from zoom_meeting_testing.simulator import Simulator


class StartNginx(Protocol):
    """Starts nginx in a folder of its own; keywords as `NginxTunnel` takes them."""

    def __call__(self, **options: Any) -> Entrance:
        """Start one; it stops with the test module."""


@pytest.fixture(scope="module")
def tls_zoom(simulator_server: SimulatorServer, authority: Authority) -> Iterator[TlsZoom]:
    """The simulated Zoom under its own names, over TLS."""
    with TlsZoom(simulator_server.simulator, authority) as zoom:
        yield zoom


@pytest.fixture(scope="module")
def tunnel(tls_zoom: TlsZoom, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tunnel]:
    """A forwarder that leads to the simulated Zoom, with a record of what passes."""
    with Tunnel(tmp_path_factory.mktemp("tunnel"), tls_zoom.destinations) as tunnel:
        yield tunnel


@pytest.fixture(scope="module")
def host(simulator_server: SimulatorServer, authority: Authority) -> HostApplication:
    """A host's application whose pages use the tunnel."""
    roots = authority.certificate
    zoom = Zoom(DEMO_CLIENT_ID, simulator_server.url, tunnel=PATH, roots=roots)
    return HostApplication(create_demo_app(zoom))


@pytest.fixture(scope="module")
def start_nginx(
    nginx: Nginx, host: HostApplication, tunnel: Tunnel, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StartNginx]:
    """A function that starts nginx with the recipe for the tunnel."""
    with ServerThread(host.app) as application, ExitStack() as running:

        def start(**options: Any) -> Entrance:
            defaults = {
                "application_url": application.url,
                "forwarder_port": tunnel.front.port,
            }
            folder = tmp_path_factory.mktemp("nginx")
            server = running.enter_context(NginxTunnel(nginx, folder, **{**defaults, **options}))
            return Entrance(server.url, host.cookie, folder)

        yield start


@pytest.fixture(scope="module")
def entrance(start_nginx: StartNginx) -> Entrance:
    """The tunnel's entrance, as documented."""
    return start_nginx()


@pytest.fixture
def simulator(simulator: Simulator, tunnel: Tunnel, tls_zoom: TlsZoom) -> Simulator:
    """The simulated Zoom as it probably is: it answers no page."""
    simulator.change_settings(NO_PAGE_MAY_ASK)
    tunnel.clear()
    tls_zoom.ear.clear()
    return simulator


@pytest.fixture
def watcher(entrance: Entrance, simulator_server: SimulatorServer) -> Watcher:
    """A watcher that knows the page, the tunnel and the simulator."""
    origins = {entrance.page_url, entrance.socket_url, simulator_server.url}
    return Watcher(frozenset(origins), sees_calls=False)


@pytest.fixture
def page(context: BrowserContext, entrance: Entrance) -> Page:
    """A tab whose user has signed in to the host."""
    context.request.get(f"{entrance.page_url}/sign-in")
    return context.new_page()


@pytest.fixture
def book(page: Page, entrance: Entrance) -> AppointmentBook:
    """The appointment book behind the tunnel."""
    return AppointmentBook(page, entrance.page_url)
