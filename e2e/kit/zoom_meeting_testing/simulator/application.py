"""The simulator as one ASGI application: Zoom, and the controls beside it."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from zoom_meeting_testing.simulator.control_routes import PREFIX, build_routes
from zoom_meeting_testing.simulator.gateway import Gateway

if TYPE_CHECKING:
    from starlette.requests import Request

    from zoom_meeting_testing.simulator.simulator import Simulator


def create_app(simulator: Simulator) -> Starlette:
    """Return the ASGI application of this simulator."""
    return Starlette(
        routes=[
            Route("/", _go_to_controls),
            Route("/favicon.ico", _have_no_icon),
            *build_routes(simulator),
            Mount("/", Gateway(simulator)),
        ],
        exception_handlers={Exception: _report_bug},
    )


async def _go_to_controls(_request: Request) -> Response:
    return RedirectResponse(PREFIX + "/")


async def _have_no_icon(_request: Request) -> Response:
    """Answer a browser's own request, which then stays out of the request log and its console."""
    return Response(status_code=204)


async def _report_bug(_request: Request, error: Exception) -> Response:
    """Say where the simulator failed, but none of the values it worked with."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{frame.filename.rpartition('/')[2]}:{frame.lineno}"
    message = f"The simulator has a bug: {type(error).__name__} at {place}"
    return JSONResponse({"code": 500, "message": message}, 500)
