"""A sign-in and a meeting's life through the tunnel, over real TLS, with the simulator as Zoom."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from zoom_meeting_testing.simulator import Clock, ServerThread, Simulator, SimulatorServer
from zoom_meeting_testing.simulator.application import create_app

from pywidget.domain.errors import UnreachableError
from pywidget.settings import Settings, parse_settings
from pywidget.tunnel.transport import TunnelTransport
from pywidget.zoom.http import Request
from pywidget.zoom.probe import build_api_probes, build_token_probes
from pywidget.zoom.token import (
    Token,
    build_refresh_request,
    build_revoke_request,
    build_token_request,
    parse_refreshed_token,
    parse_token_response,
)
from tests.doubles.clock import NOW
from tests.doubles.forwarders import TcpForwarder
from tests.doubles.ssl_tls import SslTlsMaker
from tests.http.desk import Desk
from tests.tunnel.conftest import Authority

HOST = "127.0.0.1"


@pytest.fixture(scope="module")
def zoom(authority: Authority) -> Iterator[tuple[SimulatorServer, ServerThread]]:
    """One Zoom: its consent page for browsers, and the rest behind TLS; it allows no page."""
    simulator = Simulator(Clock(NOW))
    simulator.change_settings({"refuses_origin": True})
    tls = authority.certify(HOST)
    with SimulatorServer(simulator) as page, ServerThread(create_app(simulator), tls=tls) as rest:
        yield page, rest


def dig(page: str, rest: str) -> Settings:
    attributes = {
        "client-id": "demo-public-client",
        "authorize-url": f"{page}/oauth/authorize",
        "token-url": f"{rest}/oauth/token",
        "revoke-url": f"{rest}/oauth/revoke",
        "api-url": f"{rest}/v2",
        "tunnel": "/zoom-tunnel/{target}",
    }
    return parse_settings(
        attributes, base="https://app.example/", page_origin="https://app.example"
    )


def test_a_sign_in_and_a_meetings_life(
    zoom: tuple[SimulatorServer, ServerThread], authority: Authority
) -> None:
    page, rest = zoom
    settings = dig(page.url, rest.url)
    assert settings.tunnel is not None
    desk, simulator = Desk(page), page.simulator
    desk.endpoints = replace(settings.endpoints, issuer=desk.endpoints.issuer)
    attempt = desk.build_attempt()
    code = desk.get_code(attempt)
    forwarder = TcpForwarder(lambda _: rest.port)
    sender = TunnelTransport(settings.tunnel, forwarder, SslTlsMaker(authority.trusting))
    ends, client_id = settings.endpoints, settings.client_id

    async def call(token: Token, method: str, path: str, **body: object) -> object:
        headers = {
            "Authorization": f"Bearer {token.access.reveal()}",
            "Content-Type": "application/json",
        }
        data = json.dumps(body).encode() if body else None
        answer = await sender.send(Request(method, f"{ends.api_url}{path}", headers, data))
        assert answer.status in {200, 201, 204}, answer.body
        return json.loads(answer.body) if answer.body else None

    def count(operation: str) -> int:
        return sum(entry["operation"] == operation for entry in simulator.list_requests())

    async def test() -> None:
        # While it waits for a connection that is used again, the simulator keeps them.
        simulator.add_fault({"operation": "registrant", "kind": "drop_reused"})
        probes = (*build_token_probes(ends), *build_api_probes(ends))
        assert len(probes) == 2
        for probe in probes:
            assert (await sender.send(probe)).status in range(200, 500)
        token = parse_token_response(await sender.send(build_token_request(ends, code)), now=NOW)
        simulator.add_fault({"operation": "create", "kind": "drop_reused"})
        with pytest.raises(UnreachableError) as caught:  # a browser would send it again by itself
            await call(token, "POST", "/users/me/meetings", topic="lost", type=1)
        assert caught.value.may_have_arrived
        assert count("create") == 1
        created = await call(token, "POST", "/users/me/meetings", topic="T", type=1)
        assert isinstance(created, dict)
        where = f"/meetings/{created['id']}"
        assert isinstance(await call(token, "GET", where), dict)
        assert token.refresh is not None
        refresh = build_refresh_request(ends, client_id, token.refresh)
        renewed = parse_refreshed_token(await sender.send(refresh), token, now=NOW)
        assert await call(renewed, "DELETE", where) is None
        revoke = build_revoke_request(ends, client_id, renewed.access)
        assert (await sender.send(revoke)).status == 200
        assert forwarder.opened == 3  # one for each target, and one more after the cut

    asyncio.run(test())
    for operation, times in {"create": 2, "read": 1, "delete": 1, "revoke": 1}.items():
        assert count(operation) == times
