"""Zoom's addresses, as one table: which handler answers which call."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zoom_meeting_testing.simulator import oauth_routes, rest_routes
from zoom_meeting_testing.simulator.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Callable

    from zoom_meeting_testing.simulator.messages import Answer, Call
    from zoom_meeting_testing.simulator.simulator import Simulator

    Handler = Callable[[Simulator, Call], Answer]


@dataclass(frozen=True)
class Route:
    """A method on a kind of path, and the handler that answers it."""

    method: str
    path: str
    pattern: re.Pattern[str]
    operation: Operation
    handle: Handler


def _route(method: str, path: str, operation: Operation, handle: Handler) -> Route:
    """Return a route; `{name}` in the path stands for one segment."""
    pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(path))
    return Route(method, path, re.compile(pattern), operation, handle)


ROUTES: Final = (
    _route("GET", "/oauth/authorize", Operation.AUTHORIZE, oauth_routes.show_consent),
    _route("POST", "/oauth/authorize", Operation.AUTHORIZE, oauth_routes.take_decision),
    _route("GET", "/marketplace/add", Operation.INSTALL, oauth_routes.show_installation),
    _route("POST", "/oauth/token", Operation.TOKEN, oauth_routes.exchange),
    _route("POST", "/oauth/revoke", Operation.REVOKE, oauth_routes.revoke),
    _route("POST", "/v2/users/{user}/meetings", Operation.CREATE, rest_routes.create_meeting),
    _route("GET", "/v2/users/{user}/meetings", Operation.LIST, rest_routes.list_meetings),
    _route("GET", "/v2/users/{user}/settings", Operation.OTHER, rest_routes.read_user_settings),
    _route("GET", "/v2/users/{user}/schedulers", Operation.SCHEDULERS, rest_routes.list_schedulers),
    _route("GET", "/v2/users/{user}", Operation.USER, rest_routes.read_user),
    _route("GET", "/v2/meetings/{id}", Operation.READ, rest_routes.read_meeting),
    _route("PATCH", "/v2/meetings/{id}", Operation.UPDATE, rest_routes.update_meeting),
    _route("DELETE", "/v2/meetings/{id}", Operation.DELETE, rest_routes.delete_meeting),
    _route(
        "POST", "/v2/meetings/{id}/registrants", Operation.REGISTRANT, rest_routes.add_registrant
    ),
)


def find_routes(path: str) -> dict[str, tuple[Route, dict[str, str]]]:
    """Return the routes of a path by method, each with the values that its pattern matched."""
    found = {}
    for route in ROUTES:
        match = route.pattern.fullmatch(path)
        if match:
            found[route.method] = (route, match.groupdict())
    return found
