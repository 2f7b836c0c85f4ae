"""The tunnel's transport over real TCP and real TLS, by the contract that every transport keeps."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest
from starlette.requests import Request as Asked
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send
from zoom_meeting_testing.simulator.server import ServerThread

from e2e.contracts import transport
from e2e.contracts.contract import find_checks, run_check
from e2e.contracts.echo import EchoServer
from e2e.contracts.transport import Received
from e2e.contracts.urls import build_answer_url
from pywidget.tunnel.transport import TunnelTransport
from pywidget.zoom.http import Request
from pywidget.zoom.tunnel import Tunnel
from tests.doubles.forwarders import TcpForwarder
from tests.doubles.ssl_tls import SslTlsMaker
from tests.tunnel.conftest import Authority

HOST = "127.0.0.1"


def find_free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind((HOST, 0))
        port: int = free.getsockname()[1]
        return port


@dataclass
class TunnelBench:
    """Two targets: the echo server, and a port at which nobody is."""

    app: EchoServer
    server: ServerThread
    authority: Authority

    def __post_init__(self) -> None:
        nobody = find_free_port()
        self._nobody = f"https://{HOST}:{nobody}"
        tunnel = Tunnel("ws://127.0.0.1/{target}", self.server.url, f"{HOST}:{nobody}")
        ports = {"ws://127.0.0.1/api": self.server.port, "ws://127.0.0.1/zoom": nobody}
        self.tls = SslTlsMaker(self.authority.trusting)
        self.transport = TunnelTransport(tunnel, TcpForwarder(ports), self.tls)

    def prepare(self, status: int, body: bytes, content_type: str = "application/json") -> str:
        return build_answer_url(self.server.url, status, body, content_type)

    def prepare_cut(self) -> str:
        return f"{self.server.url}/cut"

    def prepare_nobody(self) -> str:
        return f"{self._nobody}/v2"

    def prepare_unsendable(self) -> str:
        return self.prepare_nobody()  # the forwarder tells

    def prepare_redirect(self, status: int) -> str:
        return f"{self.server.url}/redirect?status={status}"

    async def list_received(self) -> list[Received]:
        return [Received(**each) for each in self.app.received]  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def echo(authority: Authority) -> Iterator[tuple[EchoServer, ServerThread]]:
    app = EchoServer()
    with ServerThread(app, tls=authority.certify(HOST)) as server:
        yield app, server


@pytest.mark.parametrize("check", find_checks(transport))
def test_the_tunnel_keeps_the_contract_of_a_transport(
    echo: tuple[EchoServer, ServerThread], authority: Authority, check: str
) -> None:
    bench = TunnelBench(*echo, authority)
    assert asyncio.run(run_check(find_checks(transport)[check], bench)) is None
    assert bench.tls.alive == 0


async def answer_and_stay(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Asked(scope, receive).body()
    await JSONResponse({"told": body.decode()})(scope, receive, send)


@pytest.fixture(scope="module")
def lasting(authority: Authority) -> Iterator[ServerThread]:
    """A server that keeps connections, as Zoom does."""
    with ServerThread(answer_and_stay, tls=authority.certify(HOST)) as server:
        yield server


def test_two_hundred_requests_over_one_connection(
    lasting: ServerThread, authority: Authority
) -> None:
    async def test() -> None:
        forwarder = TcpForwarder({"ws://127.0.0.1/api": lasting.port})
        tunnel = Tunnel("ws://127.0.0.1/{target}", lasting.url, "zoom.us")
        sender = TunnelTransport(tunnel, forwarder, SslTlsMaker(authority.trusting))
        for number in range(200):
            request = Request("POST", f"{lasting.url}/x", {}, str(number).encode())
            answer = await sender.send(request)
            assert answer.body == b'{"told":"%d"}' % number
        assert forwarder.opened == 1

    asyncio.run(test())


def test_a_server_that_is_stopped_while_a_connection_is_kept_costs_nothing(
    authority: Authority,
) -> None:
    """The end is noticed before the next request is sent, and not after."""

    async def test() -> None:
        forwarder = TcpForwarder(lambda _: second.port if forwarder.opened > 1 else first.port)
        tunnel = Tunnel("ws://127.0.0.1/{target}", f"https://{HOST}", "zoom.us")
        sender = TunnelTransport(tunnel, forwarder, SslTlsMaker(authority.trusting))
        request = Request("POST", f"https://{HOST}/x", {}, b"1")
        await sender.send(request)
        await asyncio.to_thread(first.stop)  # whose end is answered meanwhile
        assert (await sender.send(request)).status == 200
        assert forwarder.opened == 2

    first, second = (ServerThread(answer_and_stay, tls=authority.certify(HOST)) for _ in range(2))
    with first, second:
        asyncio.run(test())
