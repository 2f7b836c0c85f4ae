"""The tunnel, run for real before a simulated Zoom that answers no page."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from e2e.demo import DEMO_CLIENT_ID, NO_PAGE_MAY_ASK, Zoom, create_demo_app
from e2e.relay.host import HostApplication
from e2e.relay.nginx import HOW_TO_GET_IT, Nginx, find_nginx
from e2e.simulator import ServerThread, SimulatorServer
from e2e.tunnel.caller import Entrance
from e2e.tunnel.nginx_tunnel import NginxTunnel
from e2e.tunnel.way import Tunnel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from e2e.simulator import Simulator


class StartNginx(Protocol):
    """Starts one in a folder of its own; keywords as `NginxTunnel` takes them."""

    def __call__(self, **options: Any) -> Entrance: ...


@pytest.fixture(scope="module")
def nginx() -> Nginx:
    found = find_nginx()
    if found is None:
        pytest.skip(HOW_TO_GET_IT)
    return found


@pytest.fixture(scope="module")
def tunnel(
    simulator_server: SimulatorServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Tunnel]:
    with Tunnel(simulator_server.simulator, tmp_path_factory.mktemp("tunnel")) as tunnel:
        yield tunnel


@pytest.fixture(scope="module")
def host(simulator_server: SimulatorServer) -> HostApplication:
    return HostApplication(create_demo_app(Zoom(DEMO_CLIENT_ID, simulator_server.url)))


@pytest.fixture(scope="module")
def start_nginx(
    nginx: Nginx, host: HostApplication, tunnel: Tunnel, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StartNginx]:
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
    return start_nginx()


@pytest.fixture
def simulator(simulator: Simulator, tunnel: Tunnel) -> Simulator:
    """Zoom as it probably is: it answers no page."""
    simulator.change_settings(NO_PAGE_MAY_ASK)
    tunnel.clear()
    return simulator
