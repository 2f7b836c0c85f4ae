"""Cutting a TCP connection from inside a handler, as a bad network does.

ASGI has no word for it. The protocol class puts the connection's own `abort` into the state that
uvicorn copies into each request's scope, and whether the connection has carried an answer before;
the handler then waits until the server has noticed, which would else complain of a missing answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio

    from starlette.types import Receive, Scope

ABORT: Final = "abort_connection"
REUSED: Final = "connection_was_used"


class CuttableProtocol(H11Protocol):
    """uvicorn's HTTP/1.1 protocol, with connections that a handler can cut."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as in uvicorn
        """Remember how to cut this connection, and that it has carried nothing yet."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, ABORT: transport.abort, REUSED: False}

    def on_response_complete(self) -> None:
        """Remember that the connection has carried an answer."""
        self.app_state[REUSED] = True  # before the next request is looked at
        super().on_response_complete()


async def cut_connection(scope: Scope, receive: Receive) -> None:
    """Cut the connection that a request came in on.

    Returns when the server has noticed. Needs `CuttableProtocol`.
    """
    scope["state"][ABORT]()
    while (await receive())["type"] != "http.disconnect":
        pass
