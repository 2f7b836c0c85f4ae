"""Undoes the masking of what a client has sent over a WebSocket.

Facts: a client masks each frame with a key that stands before it (RFC 6455, section 5.3). A search
in the masked bytes would find nothing. A server does not mask.
"""

from __future__ import annotations

from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.server import ServerProtocol


def unmask(sent: bytes) -> tuple[bytes, bytes]:
    """Return the handshake as it is, and the payloads that follow it, joined.

    Raises `ValueError` if the bytes are no WebSocket's.
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
