"""Reads what a client has sent over a WebSocket, as it was before it was masked.

Facts: a client masks each frame with a key that stands before it (RFC 6455 section 5.3), so that a
search in the bytes as they pass would find nothing, whatever they say. A server does not.
"""

from __future__ import annotations

from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.server import ServerProtocol


def unmask(sent: bytes) -> tuple[bytes, bytes]:
    """Give back the handshake as it is, and the payloads that follow it, put together.

    Raises `ValueError` if it is no WebSocket.
    """
    protocol = ServerProtocol(max_size=None)
    protocol.receive_data(sent)
    failed = protocol.handshake_exc or protocol.parser_exc
    if failed is not None:
        raise ValueError("This is no WebSocket") from failed
    handshake, payload = b"", b""
    for event in protocol.events_received():
        if isinstance(event, Request):
            handshake = event.serialize()
        elif isinstance(event, Frame) and event.opcode is not Opcode.CLOSE:
            payload += bytes(event.data)
    return handshake, payload
