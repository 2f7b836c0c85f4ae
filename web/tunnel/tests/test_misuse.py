"""The module's exports, called as nobody should: they return, and nothing comes of it.

A trap would be raised by wasmtime, and a call that runs for too long is stopped by it.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pywidget.tunnel.mbed_tls import LENGTH, Mistake, State
from web.tunnel.tests.authority import issue, make_root
from web.tunnel.tests.peer import Peer, make_context, split_records
from web.tunnel.tests.wasmtime_module import WasmtimeModule

ROOT_DER: Final = ssl.PEM_cert_to_DER_cert(make_root().pem)
CONTEXT: Final = make_context(issue(make_root()))
INPUT_SIZE: Final = 65536
FUEL: Final = 500_000_000
"""Instructions that a call may take; a handshake's longest takes a tenth."""


def begin() -> tuple[WasmtimeModule, int]:
    """A module with one root, and one connection."""
    module = WasmtimeModule(fuel=FUEL)
    give(module, ROOT_DER)
    assert module.call("tls_add_root", len(ROOT_DER)) == 1
    give(module, b"zoom.us")
    handle = module.call("tls_connect", 7)
    assert handle > 0
    return module, handle


def give(module: WasmtimeModule, data: bytes) -> None:
    module.write(module.call("tls_input"), data)


def take(module: WasmtimeModule, handle: int) -> bytes:
    result = module.call("tls_take", handle)
    return module.read(module.call("tls_output"), result & LENGTH)


@pytest.mark.parametrize("name", ["tls_feed", "tls_write"])
@pytest.mark.parametrize("length", [INPUT_SIZE + 1, 2**31 - 1, -1, -(2**31)])
def test_a_length_beyond_the_input_is_refused(name: str, length: int) -> None:
    module, handle = begin()
    take(module, handle)
    assert module.call(name, handle, length) in {Mistake.BAD_CALL, Mistake.TOO_LATE}


@pytest.mark.parametrize("name", ["tls_add_root", "tls_connect"])
def test_a_length_beyond_the_input_is_refused_before_there_is_a_connection(name: str) -> None:
    module = WasmtimeModule()
    for length in (INPUT_SIZE + 1, 2**31 - 1, -1):
        assert module.call(name, length) == Mistake.BAD_CALL


@pytest.mark.parametrize("name", ["tls_feed", "tls_write"])
def test_an_unknown_connection_is_refused(name: str) -> None:
    module, handle = begin()
    for wrong in (0, -1, handle + 1, handle + 32, handle - 32, 2**31 - 1, -(2**31)):
        assert module.call(name, wrong, 0) == Mistake.BAD_CALL


@pytest.mark.parametrize("name", ["tls_take", "tls_close", "tls_free", "tls_error", "tls_describe"])
def test_a_connection_that_was_freed_is_unknown(name: str) -> None:
    module, handle = begin()
    assert module.call("tls_free", handle) == 0
    assert module.call(name, handle) == Mistake.BAD_CALL
    give(module, b"zoom.us")
    assert module.call("tls_connect", 7) != handle
    assert module.call(name, handle) == Mistake.BAD_CALL


def test_nothing_is_connected_to_without_roots() -> None:
    module = WasmtimeModule()
    give(module, b"zoom.us")
    assert module.call("tls_connect", 7) == Mistake.NO_ROOTS


def test_roots_cannot_be_added_to_what_has_begun() -> None:
    module, _ = begin()
    give(module, ROOT_DER)
    assert module.call("tls_add_root", len(ROOT_DER)) == Mistake.TOO_LATE


def test_nothing_is_an_empty_root() -> None:
    assert WasmtimeModule().call("tls_add_root", 0) == Mistake.BAD_CALL


def test_what_waits_has_to_be_taken_before_more_is_given() -> None:
    module, handle = begin()
    assert module.call("tls_feed", handle, 0) == Mistake.TAKE_FIRST
    take(module, handle)
    assert module.call("tls_feed", handle, 0) == 0


def test_what_was_written_to_a_wrong_connection_is_overwritten() -> None:
    module, handle = begin()
    place = module.call("tls_input")
    for call in (handle, handle + 1):
        give(module, b"a secret")
        assert module.call("tls_write", call, 8) < 0
        assert module.read(place, 8) == bytes(8)


NAMES: Final = ("tls_take", "tls_close", "tls_free", "tls_error", "tls_flags", "tls_describe")
NUMBERS: Final = st.one_of(
    st.integers(-(2**31), 2**31 - 1), st.integers(-2, 200), st.just(INPUT_SIZE)
)
CALLS: Final = st.one_of(
    st.tuples(st.sampled_from(NAMES), NUMBERS),
    st.tuples(st.sampled_from(NAMES), st.just("the connection")),
    st.tuples(st.sampled_from(["tls_add_root", "tls_connect"]), NUMBERS),
    st.tuples(st.sampled_from(["tls_feed", "tls_write"]), NUMBERS, NUMBERS),
    st.tuples(st.sampled_from(["tls_feed", "tls_write"]), st.just("the connection"), NUMBERS),
)
STEPS: Final = st.lists(
    st.one_of(
        CALLS,
        st.tuples(st.just("write"), st.binary(max_size=300)),
        st.tuples(st.just("nonsense"), st.binary(min_size=1, max_size=300)),
        st.tuples(
            st.just("a changed answer"), st.integers(0, 2000), st.binary(min_size=1, max_size=3)
        ),
    ),
    max_size=12,
)


@settings(max_examples=3000, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS, is_started=st.booleans())
def test_any_calls_in_any_order_return_and_open_nothing(
    *, steps: list[tuple[Any, ...]], is_started: bool
) -> None:
    module, handle = begin() if is_started else (WasmtimeModule(fuel=FUEL), 33)
    for name, *arguments in steps:
        if name == "write":
            give(module, arguments[0])
        elif name in {"nonsense", "a changed answer"}:
            sent = take(module, handle)
            data = Peer(CONTEXT).answer(sent) if name == "a changed answer" else b""
            changed = change(data, *arguments) if data else arguments[-1]
            if changed is not None:
                give(module, changed)
                check(module.call("tls_feed", handle, len(changed)))
        else:
            numbers = [handle if each == "the connection" else each for each in arguments]
            result = module.call(name, *numbers)
            if name in {"tls_feed", "tls_write", "tls_take", "tls_close"}:
                check(result)


def change(data: bytes, position: int, new: bytes) -> bytes | None:
    """Puts other bytes there; None if that changes nothing that is ever read."""
    position %= len(data)
    changed = data[:position] + new + data[position + len(new) :]
    return None if list(strip_versions(changed)) == list(strip_versions(data)) else changed


def strip_versions(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Leaves out of each record the version that nobody reads before there is encryption."""
    for record in split_records(data):
        yield record[0], record[1 if record[0] == 0x17 else 3 :]


def check(result: int) -> None:
    """Nobody has shown a certificate: nothing may be open, or have ended."""
    if result >= 0:
        assert not State(result & ~LENGTH) & (State.OPEN | State.ENDED)
    assert result >= Mistake.NO_ROOM


@settings(max_examples=3000, suppress_health_check=[HealthCheck.too_slow])
@given(
    pieces=st.lists(st.binary(min_size=1, max_size=2000), min_size=1, max_size=6),
    kind=st.sampled_from([0x14, 0x15, 0x16, 0x17]),
    message=st.integers(0, 255),
)
def test_any_records_return_and_open_nothing(pieces: list[bytes], kind: int, message: int) -> None:
    """Well-formed outside, so that what is inside gets read."""
    module, handle = begin()
    take(module, handle)
    for piece in pieces:
        body = bytes([message]) + len(piece).to_bytes(3) + piece
        give(module, bytes([kind, 3, 3]) + len(body).to_bytes(2) + body)
        result = module.call("tls_feed", handle, len(body) + 5)
        if result == Mistake.TAKE_FIRST:
            take(module, handle)
            continue
        check(result)


@settings(max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.binary(max_size=2000), cut=st.integers(0, len(ROOT_DER)))
def test_any_bytes_as_a_root_return(data: bytes, cut: int) -> None:
    module = WasmtimeModule(fuel=FUEL)
    for root in (data, ROOT_DER[:cut] + data, ROOT_DER[:cut] + data[:4] + ROOT_DER[cut + 4 :]):
        give(module, root)
        result = module.call("tls_add_root", len(root))
        assert result in {Mistake.BAD_CALL, Mistake.BAD_ROOT, 1, 2, 3}
