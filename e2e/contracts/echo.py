"""A server of another origin that answers as its URLs say, and remembers its requests."""

from __future__ import annotations

import base64
import json
import zlib
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send
from zoom_meeting_testing.simulator.connections import cut_connection

from e2e.contracts.urls import build_answer_url

# The adapters call once more without a secret, to find out why a request failed.
_PROBES = ("Bearer none",)


class EchoServer:
    """The server's ASGI application."""

    def __init__(self) -> None:
        self.received: list[dict[str, object]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if request.method != "OPTIONS" and request.url.path != "/received":
            headers = {name.lower(): value for name, value in request.headers.items()}
            body = (await request.body()).decode(errors="replace")
            if headers.get("authorization") not in _PROBES:
                self.received.append({"method": request.method, "headers": headers, "body": body})
        if request.url.path == "/cut" and request.method != "OPTIONS":
            await cut_connection(scope, receive)
            return
        response = self._answer(request)
        response.headers["access-control-allow-origin"] = "*"
        # A browser automatically repeats a request if a connection that it used before is cut.
        response.headers["connection"] = "close"
        await response(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            allowed = {
                "access-control-allow-methods": "GET, POST, PATCH, DELETE",
                "access-control-allow-headers": "authorization, content-type, accept",
            }
            return Response(status_code=204, headers=allowed)
        query = {name: values[0] for name, values in parse_qs(request.url.query).items()}
        match request.url.path:
            case "/received":
                return JSONResponse(self.received)
            case "/redirect":
                there = build_answer_url("", 200, json.dumps({}).encode(), "application/json")
                return Response(status_code=int(query["status"]), headers={"location": there})
            case "/answer":
                body = zlib.decompress(base64.urlsafe_b64decode(query["body"]))
                kind = {"content-type": query["type"]} if "type" in query else {}
                return Response(body, int(query["status"]), headers=kind)
        return Response(status_code=404)
