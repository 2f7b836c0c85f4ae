"""What it takes: memory and stack."""

from __future__ import annotations

import ssl

import pytest

from pywidget.tunnel.mbed_tls import MbedTls
from pywidget.tunnel.ports import TlsError
from web.tunnel.compiler import STACK_SIZE
from web.tunnel.roots import ROOTS
from web.tunnel.tests.authority import Issued, issue, make_root
from web.tunnel.tests.conftest import Connect
from web.tunnel.tests.peer import CURVES, Peer, make_context, shake_hands
from web.tunnel.tests.wasmtime_module import WasmtimeModule

PAINT = 0xA5


def make_longest_chain() -> tuple[Issued, Issued]:
    root = make_root("RSA-4096")
    issuer = root
    for number in range(4):
        issuer = issue(issuer, subject=f"between {number}", kind="RSA-4096", is_authority=True)
    return root, issue(issuer, kind="RSA-4096")


def test_half_of_the_stack_is_never_used(module: WasmtimeModule) -> None:
    """It is the lowest part of the memory: painted before, looked at after."""
    module.write(0, bytes([PAINT]) * STACK_SIZE)
    chains = [make_longest_chain(), (make_root("P-384"), issue(make_root("P-384"), kind="P-384"))]
    maker = MbedTls(module, "".join(root.pem for root, _ in chains))
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        for _, server in chains:
            for curve in CURVES:
                peer = Peer(make_context(server, maximum_version=version, **curve))
                client = maker.connect("zoom.us")
                shake_hands(client, peer)
                assert client.is_open
                client.write(b"x" * 100_000)
                client.feed(peer.send(b"x" * 100_000) + peer.close())
                assert client.description
                client.close()
                client.free()
    stack = module.read(0, STACK_SIZE)
    used = STACK_SIZE - next(place for place, byte in enumerate(stack) if byte != PAINT)
    assert 1024 < used < STACK_SIZE / 2


def test_memory_stays_flat_over_a_thousand_connections(
    connect: Connect, module: WasmtimeModule
) -> None:
    """Whole ones, refused ones, broken ones and abandoned ones."""
    right = make_context(issue(make_root()))
    wrong = make_context(issue(make_root(), names=("zoom.example",)))
    sizes = []
    for number in range(1000):
        peer, client = Peer(wrong if number % 4 == 1 else right), connect()
        if number % 4 == 1:
            with pytest.raises(TlsError):
                shake_hands(client, peer)
        elif number % 4 == 2:
            client.feed(peer.answer(client.take())[:200])
        else:
            shake_hands(client, peer)
            client.write(b"x" * 2000)
            client.feed(peer.send(b"x" * 20_000))
            assert len(client.read()) == 20_000
            if number % 4 == 3:
                with pytest.raises(TlsError):
                    client.feed(b"garbage")
        client.free()
        sizes.append(module.size)
    assert sizes[-1] == sizes[50]
    assert sizes[-1] < 2_000_000


def test_there_are_not_too_many_connections(connect: Connect) -> None:
    connections = [connect() for _ in range(32)]
    with pytest.raises(TlsError, match="too many connections"):
        connect()
    connections[7].free()
    assert connect().take()


def test_plaintext_and_keys_are_overwritten(connect: Connect, module: WasmtimeModule) -> None:
    """Nothing of what was sent and received is left anywhere in the module's memory."""
    peer, client = Peer(make_context(issue(make_root()))), connect()
    shake_hands(client, peer)
    question, answer = b"a question with a token" * 40, b"an answer with a token" * 400
    client.write(question)
    peer.receive(client.take(), len(question))
    client.feed(peer.send(answer))
    assert client.read() == answer
    client.close()
    client.free()
    memory = module.read(0, module.size)
    assert b"with a token" not in memory


def test_the_roots_that_are_served_can_all_be_read(module: WasmtimeModule) -> None:
    text = ROOTS.read_text(encoding="utf-8")
    assert MbedTls(module, text).root_count == text.count("-----BEGIN CERTIFICATE-----") > 10
