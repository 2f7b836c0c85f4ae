"""What the demo's page may order from the simulated Zoom, so that trying it takes one click.

`GET /zoom-orders` tells the plan of whoever signs in. `POST` carries out one order:

    {"order": "plan", "plan": "basic"}
    {"order": "move", "meeting": 86012345678}     as a colleague would in Zoom, by 90 minutes
    {"order": "delete", "meeting": 86012345678}
    {"order": "unplug"}                           the next meeting is not created: nobody answers

They go through the page's own server: on some ways the page may not call the simulator at all.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from e2e.access import find_problems, list_own_origins
from e2e.simulator import ControlError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from e2e.simulator import Simulator

PATH: Final = "/zoom-orders"
_MOVE: Final = timedelta(minutes=90)
_UNPLUGGED: Final = {"operation": "create", "kind": "drop_before"}
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
        try:
            if request.method == "POST":
                self._carry_out(json.loads(await request.body()))
        except ControlError as error:
            return JSONResponse({"problems": error.problems}, error.status)
        except (KeyError, TypeError, ValueError):
            return JSONResponse({"problems": {"body": "is no order"}}, _BAD_REQUEST)
        host = self._simulator.find_user(self._simulator.settings.sign_in_as)
        return JSONResponse({"plan": host.plan}, headers={"cache-control": "no-store"})

    def _carry_out(self, order: Mapping[str, str]) -> None:
        match order["order"]:
            case "plan":
                host = self._simulator.settings.sign_in_as
                self._simulator.put_user(host, {"plan": order["plan"]})
            case "move":
                self._move(int(order["meeting"]))
            case "delete":
                self._simulator.delete_meeting(int(order["meeting"]))
            case "unplug":
                self._simulator.add_fault(_UNPLUGGED)
            case other:
                raise ValueError(other)

    def _move(self, meeting_id: int) -> None:
        starts = {each["id"]: str(each["start_time"]) for each in self._simulator.list_meetings()}
        moved = datetime.fromisoformat(starts[meeting_id]) + _MOVE
        change = {"start_time": f"{moved:%Y-%m-%dT%H:%M:%SZ}"}
        self._simulator.change_meeting(meeting_id, change)
