"""What the demo's page may order from the simulated Zoom, so that trying it takes one click.

`GET /zoom-orders` tells of whoever signs in: the plan, and what comes with each of their meetings.
`POST` carries out one order, and tells the same:

    {"order": "plan", "plan": "basic"}
    {"order": "meetings", "meetings": "recorded"} or "usual", "signed-in"
    {"order": "book", "meeting": {...}}           as its host would in Zoom; tells `joinUrl`, too
    {"order": "move", "meeting": 86012345678}     as a colleague would in Zoom, by 90 minutes
    {"order": "delete", "meeting": 86012345678}
    {"order": "start", "meeting": 86012345678}
    {"order": "unplug"}                           the next meeting is not created: nobody answers

They go through the page's own server: on some ways the page may not call the simulator at all.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from zoom_meeting_testing.simulator import ControlError
from zoom_meeting_testing.simulator.access import find_problems, list_own_origins
from zoom_meeting_testing.simulator.meetings import join_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from zoom_meeting_testing.simulator import Simulator

PATH: Final = "/zoom-orders"
_MOVE: Final = timedelta(minutes=90)
_UNPLUGGED: Final = {"operation": "create", "kind": "drop_before"}
_MEETINGS: Final[Mapping[str, Mapping[str, bool | str]]] = {
    "usual": {},
    "recorded": {"auto_recording": "cloud"},
    "signed-in": {"meeting_authentication": True},
}
_BAD_REQUEST: Final = 400
_FORBIDDEN: Final = 403


class DemoOrders:
    """The orders, for the demo's own page."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self.route = Route(PATH, self._answer, methods=["GET", "POST"])

    async def _answer(self, request: Request) -> Response:
        own = list_own_origins(request.url.scheme, request.scope["server"][1])
        problems = find_problems(request.method, request.headers, own)
        if problems:
            return JSONResponse({"problems": problems}, _FORBIDDEN)
        told: dict[str, object] = {}
        try:
            if request.method == "POST":
                told = self._carry_out(json.loads(await request.body()))
        except ControlError as error:
            return JSONResponse({"problems": error.problems}, error.status)
        except (KeyError, TypeError, ValueError):
            return JSONResponse({"problems": {"body": "is no order"}}, _BAD_REQUEST)
        host = self._simulator.find_user(self._simulator.settings.sign_in_as)
        settings = dict(host.meeting_settings)
        told |= {"plan": host.plan, "meetings": _name_meetings(settings)}
        return JSONResponse(told, headers={"cache-control": "no-store"})

    def _carry_out(self, order: Mapping[str, Any]) -> dict[str, object]:
        host = self._simulator.settings.sign_in_as
        match order["order"]:
            case "plan":
                self._simulator.put_user(host, {"plan": order["plan"]})
            case "meetings":
                settings = _MEETINGS[order["meetings"]]
                self._simulator.put_user(host, {"meeting_settings": settings})
            case "book":
                return {"joinUrl": self._book(order["meeting"])}
            case "move":
                self._move(int(order["meeting"]))
            case "delete":
                self._simulator.delete_meeting(int(order["meeting"]))
            case "start":
                self._simulator.change_meeting(int(order["meeting"]), {"status": "started"})
            case "unplug":
                self._simulator.add_fault(_UNPLUGGED)
            case other:
                raise ValueError(other)
        return {}

    def _book(self, body: Mapping[str, object]) -> str:
        meeting = self._simulator.add_meeting({**body})  # a `TypeError` if it is no object
        return join_url(meeting, self._simulator.settings)

    def _move(self, meeting_id: int) -> None:
        starts = {each["id"]: str(each["start_time"]) for each in self._simulator.list_meetings()}
        moved = datetime.fromisoformat(starts[meeting_id]) + _MOVE
        change = {"start_time": f"{moved:%Y-%m-%dT%H:%M:%SZ}"}
        self._simulator.change_meeting(meeting_id, change)


def _name_meetings(settings: Mapping[str, object]) -> str:
    """Name what comes with the meetings; "" for what this page did not order."""
    return next((name for name, each in _MEETINGS.items() if each == settings), "")
