"""The control API: how tests and the control page change the simulated Zoom, in JSON.

Each order is one call of a `Simulator` method. Orders are taken from programs, from the control
page, and from pages that the setting `control_origins` names; `access.py` says why from no others.
They are never logged. A mistake is answered with
`{"error": "…", "problems": {name: what is wrong}}`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from zoom_meeting_testing.simulator.access import find_problems, list_own_origins
from zoom_meeting_testing.simulator.control_error import ControlError
from zoom_meeting_testing.simulator.gateway import read_call, send_answer
from zoom_meeting_testing.simulator.grants import Expirable
from zoom_meeting_testing.simulator.messages import Answer, json_answer
from zoom_meeting_testing.simulator.templates import FOLDER, page_answer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from starlette.types import Receive, Scope, Send

    from zoom_meeting_testing.simulator.messages import Call
    from zoom_meeting_testing.simulator.simulator import Simulator

Order = Callable[["Simulator", "Mapping[str, object]", "Mapping[str, str]"], object]
"""A function of the simulator, the JSON body and the path's values; it returns the answer's JSON.

`None` becomes `{}`."""

PREFIX: Final = "/_simulator"
_CORS: Final = {
    "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
    "access-control-allow-headers": "content-type",
}
_STYLE: Final = "style.css"
"""Part of the consent page, too, which has other names behind a relay: any `Host` may get it."""
ASSETS: Final = {
    _STYLE: "text/css;charset=UTF-8",
    "control.js": "text/javascript;charset=UTF-8",
    "simulator.md": "text/plain;charset=UTF-8",
}
"""The files of the `pages` folder that are sent as they are."""
_DESCRIPTION: Final = "openapi.json"
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

    def show_page(_call: Call, _path: Mapping[str, str]) -> Answer:
        return page_answer(200, "control.html", {})

    routes = [
        Route(PREFIX + path, _Controls(simulator, _Orders(simulator, orders)), name=path)
        for path, orders in ORDERS.items()
    ]
    files = {name: (FOLDER / name, content_type) for name, content_type in ASSETS.items()}
    files[_DESCRIPTION] = (FOLDER.parent / "zoom.openapi.json", "application/json;charset=UTF-8")
    for name, (path, content_type) in files.items():
        fixed = _Fixed(_read_asset(path, content_type))
        app = _Controls(simulator, fixed, is_public=name == _STYLE)
        routes.append(Route(f"{PREFIX}/{name}", app, name=name))
    page = _Controls(simulator, show_page)
    return [*routes, Route(PREFIX + "/", page, name="control page")]


class _Controls:
    """The ASGI application of one address, for those who may use it."""

    def __init__(
        self,
        simulator: Simulator,
        answer: Callable[[Call, Mapping[str, str]], Answer],
        *,
        is_public: bool = False,
    ) -> None:
        self._simulator = simulator
        self._answer = answer
        self._is_public = is_public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call = await read_call(scope, receive)
        path = {name: str(value) for name, value in scope["path_params"].items()}
        own = list_own_origins(scope["scheme"], scope["server"][1])
        known = self._simulator.settings.control_origins
        problems = find_problems(call.method, call.headers, own, known)
        if problems and not self._is_public:
            await send_answer(_refuse_stranger(problems, call, own[0]), send)
            return
        answer = self._answer(call, path)
        if call.headers.get("origin") in known:
            extra = {**_CORS, "access-control-allow-origin": call.headers["origin"]}
            answer = replace(answer, headers={**answer.headers, **extra, "vary": "Origin"})
        await send_answer(answer, send)


class _Orders:
    """Carries out the orders of one address."""

    def __init__(self, simulator: Simulator, orders: Mapping[str, Order]) -> None:
        self._simulator = simulator
        self._orders = orders

    def __call__(self, call: Call, path: Mapping[str, str]) -> Answer:
        if call.method == "OPTIONS":
            return Answer(204)
        order = self._orders.get(call.method)
        if order is None:
            allowed = ", ".join(sorted(self._orders))
            return _refuse(405, {"method": f"must be one of {allowed}"}, {"allow": allowed})
        try:
            result = order(self._simulator, _parse_body(call), path)
        except ControlError as error:
            return _refuse(error.status, error.problems)
        return json_answer(200, {} if result is None else result, {"cache-control": "no-store"})


class _Fixed:
    """Sends one file."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, _call: Call, _path: Mapping[str, str]) -> Answer:
        return self._answer


def _read_asset(path: Path, content_type: str) -> Answer:
    headers = {
        "content-type": content_type,
        "cache-control": "no-cache",
        "x-content-type-options": "nosniff",
    }
    return Answer(200, path.read_bytes(), headers)


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


def _refuse(
    status: int, problems: Mapping[str, str], headers: Mapping[str, str] | None = None
) -> Answer:
    text = "; ".join(f"{name} {problem}" for name, problem in problems.items())
    return json_answer(status, {"error": text, "problems": problems}, headers)


def _refuse_stranger(problems: Mapping[str, str], call: Call, own: str) -> Answer:
    named = call.headers.get("origin", "null") if "host" not in problems else call.origin
    advice = f"Use {own}, or add {named} to the setting control_origins there."
    if named == "null":  # a page without an origin cannot be named
        advice = f"Use {own}, or a page that the setting control_origins names."
    return _refuse(403, {name: f"{problem}. {advice}" for name, problem in problems.items()})
