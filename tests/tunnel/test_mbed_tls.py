"""What Python makes of the module's results; `make tunnel-tests` tries the module itself."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

import pytest

from pywidget.tunnel.mbed_tls import INPUT_SIZE, MbedTls, MbedTlsConnection, State, parse_pem
from pywidget.tunnel.ports import TlsError

INPUT, OUTPUT, HANDLE = 1000, 200_000, 77
ROOT = "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n".format(
    base64.b64encode(b"a root").decode()
)


@dataclass
class ScriptedModule:
    """Gives for each call what it was told to, and its bytes; else nothing, and it is open."""

    replies: dict[str, list[tuple[int, bytes]]] = field(default_factory=dict)
    given: list[tuple[str, bytes]] = field(default_factory=list)
    _input: bytes = b""
    _output: bytes = b""

    def call(self, name: str, *numbers: int) -> int:
        fixed = {"tls_input": INPUT, "tls_output": OUTPUT, "tls_connect": HANDLE}
        if name in {"tls_feed", "tls_write", "tls_add_root", "tls_connect"}:
            assert numbers[-1] == len(self._input)
            self.given.append((name, self._input))
        result, self._output = (
            self.replies[name].pop(0)
            if self.replies.get(name)
            else (fixed.get(name, 1 if name == "tls_add_root" else State.OPEN), b"")
        )
        return result

    def read(self, address: int, length: int) -> bytes:
        assert address == OUTPUT
        assert length == len(self._output)
        return self._output

    def write(self, address: int, data: bytes) -> None:
        assert address == INPUT
        assert len(data) <= INPUT_SIZE
        self._input = data


def result(state: int, data: bytes = b"") -> tuple[int, bytes]:
    return state | len(data), data


def open_connection(**replies: list[tuple[int, bytes]]) -> tuple[MbedTlsConnection, ScriptedModule]:
    module = ScriptedModule(replies)
    return MbedTls(module, ROOT).connect("zoom.us"), module


def test_what_is_long_goes_in_pieces_that_fit() -> None:
    connection, module = open_connection()
    data = bytes(range(256)) * 600
    connection.write(data)
    connection.feed(data)
    for name in ("tls_write", "tls_feed"):
        pieces = [given for called, given in module.given if called == name]
        assert len(pieces) == 3
        assert b"".join(pieces) == data


def test_what_waits_is_taken_after_each_call() -> None:
    waiting = State.OPEN | State.WAITING
    connection, _ = open_connection(
        tls_take=[
            result(State.WAITING, b"hello "),
            result(State(0), b"there"),
            result(waiting, b"first "),
            result(State.OPEN, b"second"),
        ],
        tls_write=[result(waiting)],
    )
    assert connection.take() == b"hello there"
    connection.write(b"x")
    assert connection.take() == b"first second"
    assert connection.take() == b""


def test_an_end_counts_when_all_was_read() -> None:
    connection, _ = open_connection(tls_feed=[result(State.ENDED, b"the last words")])
    connection.feed(b"x")
    assert not connection.has_ended
    assert connection.read() == b"the last words"
    assert connection.has_ended
    assert not connection.is_open


@pytest.mark.parametrize(
    ("flags", "causes"),
    [
        (0x01, ("expired",)),
        (0x0200, ("not-yet-valid",)),
        (0x04, ("wrong-name",)),
        (0x08, ("unknown-issuer",)),
        (0x40, ("missing",)),
        (0x0800, ("wrong-purpose",)),
        (0x1000, ("wrong-purpose",)),
        (0x4000, ("weak-signature",)),
        (0x010000, ("weak-key",)),
        (0x01 | 0x04 | 0x08, ("expired", "wrong-name", "unknown-issuer")),
        (0, ("unreadable",)),
    ],
)
@pytest.mark.parametrize("error", [-0x2700, -0x7A00, -0x2180 - 0x66])
def test_a_refused_certificate_names_its_causes(
    flags: int, causes: tuple[str, ...], error: int
) -> None:
    connection, _ = open_connection(
        tls_feed=[result(State.FAILED)], tls_error=[(error, b"")], tls_flags=[(flags, b"")]
    )
    with pytest.raises(TlsError) as raised:
        connection.feed(b"x")
    assert raised.value.certificate_causes == causes
    assert f"0x{-error:04X}" in raised.value.detail


@pytest.mark.parametrize("error", [-0x6E00, -0x4380, -0x4E00])  # TLS 1.3; RSA and ECDSA in 1.2
def test_a_certificate_that_is_somebody_elses_is_refused(error: int) -> None:
    connection, _ = open_connection(
        tls_feed=[result(State.FAILED)], tls_error=[(error, b"")], tls_flags=[(0x0100, b"")]
    )
    with pytest.raises(TlsError) as raised:
        connection.feed(b"x")
    assert raised.value.certificate_causes == ("not-its-own",)


@pytest.mark.parametrize("error", [-0x7180, -0x7780, -0x7F00, -0x6E00, -0x3F80])
def test_another_failure_is_no_certificates(error: int) -> None:
    connection, _ = open_connection(
        tls_feed=[result(State.FAILED)], tls_error=[(error, b"")], tls_flags=[(0xFEFF, b"")]
    )
    with pytest.raises(TlsError, match=f"0x{-error:04X}") as raised:
        connection.feed(b"x")
    assert raised.value.certificate_causes == ()


def test_what_came_before_a_failure_is_given_before_it_is_raised() -> None:
    connection, _ = open_connection(
        tls_feed=[result(State.FAILED, b"intact")], tls_error=[(-0x7180, b"")]
    )
    connection.feed(b"x")
    assert connection.read() == b"intact"
    with pytest.raises(TlsError, match="changed"):
        connection.read()
    assert not connection.has_ended


@pytest.mark.parametrize(
    "text",
    ["", ROOT[:-30], ROOT + ROOT[:40], ROOT.replace("YS", "Y") + ROOT, "-----BEGIN X-----" + ROOT],
)
def test_roots_that_are_no_pem_are_an_error(text: str) -> None:
    with pytest.raises(TlsError):
        list(parse_pem(text))


def test_text_around_the_certificates_is_allowed() -> None:
    text = f"# a comment\r\n{ROOT}\nmore\n{ROOT.replace(chr(10), chr(13) + chr(10))}"
    assert list(parse_pem(text)) == [b"a root", b"a root"]


def test_a_root_that_cannot_be_used_is_named() -> None:
    module = ScriptedModule({"tls_add_root": [(1, b""), (-2, b"")]})
    with pytest.raises(TlsError, match="root certificate 2"):
        MbedTls(module, ROOT + ROOT)
