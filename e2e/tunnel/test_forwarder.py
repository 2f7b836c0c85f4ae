"""What a page learns from websockify: the facts behind the widget's words."""

from __future__ import annotations

import socket
import struct
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from websockets.exceptions import InvalidMessage, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin
from zoom_meeting_testing.service import HOST

from e2e.relay.program import find_free_port
from e2e.tunnel.caller import read_close_code
from e2e.tunnel.websockify import Websockify, read_targets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.tunnel

RESET = struct.pack("ii", 1, 0)
"""SO_LINGER: closing the socket cuts the connection."""


@contextmanager
def open_wire(folder: Path, port: int, *, word: str = "zoom") -> Iterator[ClientConnection]:
    with Websockify(folder, {"zoom": port}) as forwarder, connect_to(forwarder, word) as wire:
        yield wire


def connect_to(
    forwarder: Websockify, word: str = "zoom", *, origin: str | None = None
) -> ClientConnection:
    url = f"ws://{HOST}:{forwarder.port}/?token={word}"
    return connect(url, compression=None, proxy=None, origin=Origin(origin) if origin else None)


@contextmanager
def serve(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """Listen for one connection; return the port."""
    with socket.create_server((HOST, 0)) as server:
        thread = Thread(target=lambda: answer(server.accept()[0]))
        thread.start()
        yield server.getsockname()[1]
        thread.join()


def end(connection: socket.socket) -> None:
    connection.recv(1)
    connection.sendall(b"!")
    connection.close()


def cut(connection: socket.socket) -> None:
    connection.recv(1)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    connection.close()


def test_documented_targets_are_zooms_two_hosts_and_no_others() -> None:
    assert read_targets() == {"zoom": ("zoom.us", 443), "api": ("api.zoom.us", 443)}


def test_target_that_refuses_is_told_after_the_websocket_is_open(tmp_path: Path) -> None:
    with open_wire(tmp_path, find_free_port()) as wire:
        assert read_close_code(wire) == 1011


def test_unknown_word_gets_no_answer(tmp_path: Path) -> None:
    """Behind nginx this is a 502, which a page does not learn."""
    with pytest.raises(InvalidMessage), open_wire(tmp_path, find_free_port(), word="other"):
        pass


def test_forwarder_for_one_page_serves_no_other(tmp_path: Path) -> None:
    page, port = "http://127.0.0.1:8000", find_free_port()
    with Websockify(tmp_path, {"zoom": port}, page_origin=page) as forwarder:
        for stranger in ("http://127.0.0.1:8001", "https://evil.example", "null", None):
            with pytest.raises(InvalidStatus, match="403"):
                connect_to(forwarder, origin=stranger)
        with connect_to(forwarder, origin=page) as wire:
            assert read_close_code(wire) == 1011


def test_end_of_the_target_is_told_and_what_came_before_it_is_not_lost(tmp_path: Path) -> None:
    with serve(end) as port, open_wire(tmp_path, port) as wire:
        wire.send(b"?")
        assert wire.recv(5) == b"!"
        assert read_close_code(wire) == 1000


def test_target_that_cuts_the_connection_cuts_the_websocket_too(tmp_path: Path) -> None:
    with serve(cut) as port, open_wire(tmp_path, port) as wire:
        wire.send(b"?")
        assert read_close_code(wire) == 1006
