"""`Zoom` gives a simulator elsewhere the same orders as `Simulator` takes."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest
from zoom_meeting_testing.simulator import ControlError, ServerThread, Simulator
from zoom_meeting_testing.zoom import NoSimulatorError, Zoom

from tests.simulator.client import MAYA

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send
    from zoom_meeting_testing.simulator import SimulatorServer

    from tests.simulator.client import Client

MEETING = {"topic": "Tea", "start_time": "2026-03-05T18:00:00", "timezone": "America/New_York"}


@pytest.fixture
def zoom(server: SimulatorServer) -> Zoom:
    zoom = Zoom(f"{server.url}/")
    zoom.reset()
    return zoom


def list_parameters(kind: type) -> dict[str, list[str]]:
    methods = inspect.getmembers(kind, inspect.isfunction)
    return {name: list(inspect.signature(each).parameters) for name, each in methods}


def test_its_orders_are_those_of_the_simulator() -> None:
    own = list_parameters(Zoom)
    orders = {name: own[name] for name in own if not name.startswith("_") and name != "attach"}
    theirs = list_parameters(Simulator)
    assert len(orders) > 10
    assert orders == {name: theirs[name] for name in orders}


def test_what_it_orders_happens(zoom: Zoom, client: Client) -> None:
    simulator = client.simulator
    zoom.change_settings({"cors_api": False, "redirect_uris": ["https://a.example/cb"]})
    zoom.put_user("new+1@lotus-spa.example", {"plan": "licensed"})
    zoom.sign_in_as("new+1@lotus-spa.example")
    meeting = zoom.add_meeting({**MEETING, "host": MAYA})
    assert zoom.change_meeting(meeting["id"], {"topic": "Coffee"})["topic"] == "Coffee"
    assert [each["topic"] for each in zoom.list_meetings()] == ["Coffee"]
    zoom.delete_meeting(meeting["id"])
    zoom.uninstall(MAYA)
    zoom.expire("access_tokens")
    before = simulator.clock.now()
    zoom.advance(3600)
    assert (simulator.clock.now() - before).total_seconds() >= 3600
    assert simulator.list_meetings() == []
    assert simulator.settings.cors_api is False
    assert simulator.find_user(simulator.settings.sign_in_as).plan == "licensed"
    zoom.add_fault({"operation": "create", "kind": "drop_before"})
    assert [each["kind"] for each in zoom.list_faults()] == ["drop_before"]
    zoom.clear_faults()
    assert (zoom.list_faults(), zoom.list_requests()) == ([], [])
    zoom.clear_requests()
    zoom.reset()
    assert zoom.to_json()["settings"]["cors_api"] is True


def test_a_wrong_order_is_the_error_that_the_simulator_raises(zoom: Zoom) -> None:
    with pytest.raises(ControlError, match="there is no such setting") as caught:
        zoom.change_settings({"no_such": 1})
    assert caught.value.problems == {"no_such": "there is no such setting"}
    with pytest.raises(ControlError) as caught:
        zoom.delete_meeting(1)
    assert caught.value.status == 404


def test_it_says_so_if_there_is_no_simulator() -> None:
    with pytest.raises(NoSimulatorError, match="No Zoom simulator answers"):
        Zoom("http://127.0.0.1:9").reset()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["method"]
        await receive()
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body", "body": b"<p>another server</p>"})

    with (
        ServerThread(app) as other,
        pytest.raises(NoSimulatorError, match="is no Zoom simulator"),
    ):
        Zoom(other.url).list_faults()
