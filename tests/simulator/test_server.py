from __future__ import annotations

import socket
import threading
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from zoom_meeting_testing.simulator import ServerThread, Settings, SimulatorServer
from zoom_meeting_testing.simulator.simulator import Simulator

if TYPE_CHECKING:
    from starlette.requests import Request

    from tests.simulator.client import Client


async def say_hello(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("hello")


def ask(connection: HTTPConnection) -> int:
    connection.request("GET", "/v2/users/me")
    return connection.getresponse().status


def test_any_application_can_be_served() -> None:
    app = Starlette(routes=[Route("/", say_hello)])
    with ServerThread(app) as server:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
        connection.request("GET", "/")
        assert connection.getresponse().read() == b"hello"
        connection.close()


def test_two_servers_live_side_by_side_and_stop_without_a_trace() -> None:
    before = set(threading.enumerate())
    with SimulatorServer() as one, SimulatorServer() as two:
        assert one.url != two.url
        one.simulator.change_settings({"cors_api": False})
        assert two.simulator.settings.cors_api is True
        connection = HTTPConnection("127.0.0.1", one.port, timeout=5)
        connection.request("GET", "/_simulator/state")
        assert connection.getresponse().read()
        connection.close()
    assert set(threading.enumerate()) == before
    with SimulatorServer(port=one.port) as again:
        assert again.port == one.port


def test_who_was_connected_before_a_hang_up_is_not_heard_any_more() -> None:
    with SimulatorServer() as server:
        early = [HTTPConnection("127.0.0.1", server.port, timeout=5) for _ in range(5)]
        for connection in early:
            connection.connect()
        server.hang_up()
        for connection in early:
            with pytest.raises(ConnectionError):
                ask(connection)
            connection.close()
        assert server.simulator.list_requests() == []
        late = HTTPConnection("127.0.0.1", server.port, timeout=5)
        assert ask(late) == 401
        late.close()
        assert len(server.simulator.list_requests()) == 1


def test_a_taken_port_is_said_at_once() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            SimulatorServer(port=taken.getsockname()[1])


def test_reset_goes_back_to_the_settings_it_was_made_with() -> None:
    simulator = Simulator(settings=Settings(demo_url="http://127.0.0.1:8123/"))
    simulator.change_settings({"demo_url": ""})
    simulator.reset()
    assert simulator.settings.demo_url == "http://127.0.0.1:8123/"


def test_a_bug_says_where_but_not_what(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_arguments: object) -> None:
        raise RuntimeError("the secret")

    monkeypatch.setattr(client.simulator.limits, "count_call", break_down)
    reply = client.call(client.token_of(), "GET", "/users/me")
    assert reply.status == 500
    assert "RuntimeError at test_server.py" in reply.json["message"]
    assert "the secret" not in reply.text
