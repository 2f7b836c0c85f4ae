"""The control API: how tests and the control page change the simulated Zoom, in JSON.

Each order is one call of a `Simulator` method. The API is open to every origin, since it is no part
of Zoom and the page under test may need it. It is never logged. A mistake is answered with
`{"error": "…", "problems": {name: what is wrong}}`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from e2e.simulator.control_error import ControlError
from e2e.simulator.gateway import read_call, send_answer
from e2e.simulator.grants import Expirable
from e2e.simulator.messages import Answer, json_answer
from e2e.simulator.templates import FOLDER, page_answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import Receive, Scope, Send

    from e2e.simulator.messages import Call
    from e2e.simulator.simulator import Simulator

Order = Callable[["Simulator", "Mapping[str, object]", "Mapping[str, str]"], object]
"""A function of the simulator, the JSON body and the path's values; it returns the answer's JSON.

`None` becomes `{}`."""

PREFIX: Final = "/_simulator"
CORS: Final = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
    "access-control-allow-headers": "content-type",
}
ASSETS: Final = {
    "style.css": "text/css;charset=UTF-8",
    "control.js": "text/javascript;charset=UTF-8",
}
MAXIMUM_MOVE: Final = 10 * 366 * 24 * 3600
"""Seconds that the clock can be moved at once: about ten years."""

ORDERS: Final[dict[str, dict[str, Order]]] = {
    "/reset": {"POST": lambda simulator, _body, _path: simulator.reset()},
    "/state": {"GET": lambda simulator, _body, _path: simulator.to_json()},
    "/settings": {
        "GET": lambda simulator, _body, _path: simulator.settings.describe(),
        "PATCH": lambda simulator, body, _path: simulator.change_settings(body).to_json(),
    },
    "/users/{email}": {
        "PUT": lambda simulator, body, path: simulator.put_user(path["email"], body).to_json()
    },
    "/sign-in-as": {
        "POST": lambda simulator, body, _path: simulator.sign_in_as(_take_text(body, "email"))
    },
    "/clock": {
        "POST": lambda simulator, body, _path: simulator.advance(
            _take_number(body, "advance_seconds")
        )
    },
    "/meetings": {
        "GET": lambda simulator, _body, _path: simulator.list_meetings(),
        "POST": lambda simulator, body, _path: simulator.add_meeting(body).to_json(),
    },
    "/meetings/{id:int}": {
        "PATCH": lambda simulator, body, path: simulator.change_meeting(
            int(path["id"]), body
        ).to_json(),
        "DELETE": lambda simulator, _body, path: simulator.delete_meeting(int(path["id"])),
    },
    "/uninstall": {
        "POST": lambda simulator, body, _path: simulator.uninstall(_take_text(body, "email"))
    },
    "/expire": {
        "POST": lambda simulator, body, _path: simulator.expire(_take_expirable(body, "what"))
    },
    "/faults": {
        "GET": lambda simulator, _body, _path: simulator.list_faults(),
        "POST": lambda simulator, body, _path: simulator.add_fault(body),
        "DELETE": lambda simulator, _body, _path: simulator.clear_faults(),
    },
    "/requests": {
        "GET": lambda simulator, _body, _path: simulator.list_requests(),
        "DELETE": lambda simulator, _body, _path: simulator.clear_requests(),
    },
}


def build_routes(simulator: Simulator) -> list[Route]:
    """Return the routes of the control API, its page, and the files of the simulator's pages."""
    routes = [
        Route(PREFIX + path, _Orders(simulator, orders), name=path)
        for path, orders in ORDERS.items()
    ]
    routes += [
        Route(f"{PREFIX}/{name}", _Fixed(_read_asset(name, content_type)), name=name)
        for name, content_type in ASSETS.items()
    ]
    return [*routes, Route(PREFIX + "/", _ControlPage(simulator), name="control page")]


class _Orders:
    """The ASGI application of one address of the control API."""

    def __init__(self, simulator: Simulator, orders: Mapping[str, Order]) -> None:
        self._simulator = simulator
        self._orders = orders

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call = await read_call(scope, receive)
        path = {name: str(value) for name, value in scope["path_params"].items()}
        if call.method == "OPTIONS":
            answer = Answer(204, headers=CORS)
        else:
            answer = self._carry_out(call, path)
        await send_answer(answer, send)

    def _carry_out(self, call: Call, path: Mapping[str, str]) -> Answer:
        order = self._orders.get(call.method)
        if order is None:
            allowed = ", ".join(sorted(self._orders))
            return _refuse(405, {"method": f"must be one of {allowed}"}, {"allow": allowed})
        try:
            result = order(self._simulator, _parse_body(call), path)
        except ControlError as error:
            return _refuse(error.status, error.problems, {})
        return json_answer(
            200, {} if result is None else result, {**CORS, "cache-control": "no-store"}
        )


class _Fixed:
    """The ASGI application of one file."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await read_call(scope, receive)
        await send_answer(self._answer, send)


class _ControlPage:
    """The ASGI application of the page with the controls."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await read_call(scope, receive)
        await send_answer(page_answer(200, "control.html", {}), send)


def _read_asset(name: str, content_type: str) -> Answer:
    headers = {
        "content-type": content_type,
        "cache-control": "no-cache",
        "x-content-type-options": "nosniff",
    }
    return Answer(200, (FOLDER / name).read_bytes(), headers)


def _parse_body(call: Call) -> Mapping[str, object]:
    if call.too_large:
        raise ControlError({"body": "is too large"}, status=413)
    if not call.body:
        return {}
    try:
        value = json.loads(call.body)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise ControlError({"body": "must be a JSON object"})
    return value


def _take_text(body: Mapping[str, object], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise ControlError({name: "must be text"})
    return value


def _take_number(body: Mapping[str, object], name: str) -> float:
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ControlError({name: "must be a number"})
    if not abs(value) <= MAXIMUM_MOVE:
        raise ControlError({name: "must be less than ten years, in seconds"})
    return value


def _take_expirable(body: Mapping[str, object], name: str) -> Expirable:
    text = _take_text(body, name)
    if text not in list(Expirable):
        raise ControlError({name: f"must be one of {[each.value for each in Expirable]}"})
    return Expirable(text)


def _refuse(status: int, problems: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
    text = "; ".join(f"{name} {problem}" for name, problem in problems.items())
    return json_answer(status, {"error": text, "problems": problems}, {**CORS, **headers})
