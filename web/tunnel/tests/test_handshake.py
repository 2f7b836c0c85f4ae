"""Connections that come about."""

from __future__ import annotations

import ssl
from typing import Any

import pytest

from pywidget.tunnel.mbed_tls import MbedTls
from web.tunnel.tests.authority import Issued, issue, make_root
from web.tunnel.tests.conftest import Connect
from web.tunnel.tests.peer import CURVES, Peer, make_context, shake_hands
from web.tunnel.tests.wasmtime_module import WasmtimeModule

VERSIONS = [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]
MEGABYTE = bytes(range(256)) * 4096


def make_chain(root_kind: str, kind: str, *, is_pss: bool = False) -> tuple[Issued, Issued]:
    """A root and a server's certificate, with one authority between them."""
    root = make_root(root_kind)
    between = issue(root, subject="between", kind=root_kind, is_authority=True, is_pss=is_pss)
    return root, issue(between, kind=kind, is_pss=is_pss)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("root_kind", "kind", "is_pss"),
    [
        ("P-256", "P-256", False),
        ("P-384", "P-384", False),
        ("P-384", "RSA-2048", False),
        ("RSA-2048", "P-256", False),
        ("RSA-4096", "RSA-2048", False),
        ("RSA-2048", "RSA-2048", True),
    ],
)
def test_a_good_chain_opens(
    version: ssl.TLSVersion, root_kind: str, kind: str, *, is_pss: bool, connect: Connect
) -> None:
    root, server = make_chain(root_kind, kind, is_pss=is_pss)
    peer = Peer(make_context(server, maximum_version=version))
    client = connect(root)
    shake_hands(client, peer)
    assert client.is_open
    assert peer.is_open
    assert client.description.startswith(version.name.replace("_", "."))
    client.write(b"a question")
    assert peer.receive(client.take(), 10) == b"a question"
    client.feed(peer.send(b"an answer"))
    assert client.read() == b"an answer"


SUITES = {
    ssl.TLSVersion.TLSv1_2: [
        "ECDHE-ECDSA-CHACHA20-POLY1305",
        "ECDHE-ECDSA-AES128-GCM-SHA256",
        "ECDHE-ECDSA-AES256-GCM-SHA384",
    ],
}


@pytest.mark.parametrize("suite", SUITES[ssl.TLSVersion.TLSv1_2])
def test_every_cipher_suite_of_tls_1_2_carries_bytes(suite: str, connect: Connect) -> None:
    context = make_context(
        issue(make_root()), maximum_version=ssl.TLSVersion.TLSv1_2, set_ciphers=suite
    )
    peer, client = Peer(context), connect()
    shake_hands(client, peer)
    cipher = peer.tls.cipher()
    assert cipher is not None
    assert cipher[0] == suite
    client.write(b"x" * 50_000)
    assert peer.receive(client.take(), 50_000) == b"x" * 50_000


def test_a_server_that_chooses_by_our_order_gets_chacha(connect: Connect) -> None:
    options = ssl.OP_ALL & ~ssl.OP_CIPHER_SERVER_PREFERENCE
    context = make_context(
        issue(make_root()), maximum_version=ssl.TLSVersion.TLSv1_2, options=options
    )
    peer, client = Peer(context), connect()
    shake_hands(client, peer)
    assert "CHACHA20" in client.description


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("curve", CURVES, ids=["P-384", "P-256", "X25519"])
def test_every_group_will_do(
    version: ssl.TLSVersion, curve: dict[str, Any], connect: Connect
) -> None:
    context = make_context(issue(make_root()), maximum_version=version, **curve)
    peer, client = Peer(context), connect()
    shake_hands(client, peer)
    assert client.is_open


def test_a_hello_retry_request_is_answered(connect: Connect) -> None:
    context = make_context(issue(make_root()), set_ecdh_curve="secp384r1")
    peer, client = Peer(context), connect()
    client.feed(peer.answer(client.take()))
    second = client.take()
    assert second[0] == 0x14  # a change of cipher spec, for boxes on the way
    assert b"\x16\x03\x03" in second
    assert not client.is_open
    client.feed(peer.answer(second))
    assert client.is_open


@pytest.mark.parametrize("version", VERSIONS)
def test_a_request_for_a_client_certificate_is_answered_with_none(
    version: ssl.TLSVersion, connect: Connect
) -> None:
    context = make_context(issue(make_root()), maximum_version=version)
    context.load_verify_locations(cadata=make_root().pem)
    context.verify_mode = ssl.CERT_OPTIONAL
    peer, client = Peer(context), connect()
    shake_hands(client, peer)
    assert client.is_open
    assert peer.is_open
    assert peer.tls.getpeercert() is None


@pytest.mark.parametrize("protocols", [["http/1.1"], ["h2", "http/1.1"]])
def test_http_1_1_is_asked_for(protocols: list[str], connect: Connect) -> None:
    peer = Peer(make_context(issue(make_root()), set_alpn_protocols=protocols))
    client = connect()
    shake_hands(client, peer)
    assert client.is_open
    assert peer.tls.selected_alpn_protocol() == "http/1.1"


def test_a_server_that_knows_of_no_protocols_will_do(connect: Connect) -> None:
    peer, client = Peer(make_context(issue(make_root()))), connect()
    shake_hands(client, peer)
    assert client.is_open
    assert peer.tls.selected_alpn_protocol() is None


def test_the_server_is_told_the_name(connect: Connect) -> None:
    told = []
    context = make_context(issue(make_root()))
    context.sni_callback = lambda _tls, name, _context: told.append(name)
    shake_hands(connect(), Peer(context))
    assert told == ["zoom.us"]


@pytest.mark.parametrize("name", ["*.zoom.us", "api.zoom.us", "API.Zoom.US"])
def test_a_name_matches_by_wildcard_and_whatever_its_case(name: str, connect: Connect) -> None:
    peer = Peer(make_context(issue(make_root(), names=("other.example", name))))
    client = connect(host="api.zoom.us")
    shake_hands(client, peer)
    assert client.is_open


@pytest.mark.parametrize("version", VERSIONS)
def test_a_megabyte_goes_both_ways(version: ssl.TLSVersion, connect: Connect) -> None:
    peer = Peer(make_context(issue(make_root()), maximum_version=version))
    client = connect()
    shake_hands(client, peer)
    client.write(MEGABYTE)
    assert peer.receive(client.take(), len(MEGABYTE)) == MEGABYTE
    client.feed(peer.send(MEGABYTE) + peer.close())
    assert not client.has_ended  # not before it is read
    assert client.read() == MEGABYTE
    assert client.has_ended


@pytest.mark.parametrize("version", VERSIONS)
def test_one_byte_at_a_time_is_enough(version: ssl.TLSVersion, connect: Connect) -> None:
    peer = Peer(make_context(issue(make_root()), maximum_version=version))
    client = connect()
    while sent := client.take():
        for byte in peer.answer(sent):
            client.feed(bytes([byte]))
    assert client.is_open
    got = b""
    for byte in peer.send(b"an answer") + peer.close():
        client.feed(bytes([byte]))
        got += client.read()
    assert got == b"an answer"
    assert client.has_ended


def test_many_connections_at_the_same_time_keep_apart(connect: Connect) -> None:
    context = make_context(issue(make_root()))
    pairs = [(connect(), Peer(context)) for _ in range(32)]
    for client, peer in pairs:
        shake_hands(client, peer)
    for number, (client, peer) in enumerate(pairs):
        client.feed(peer.send(b"%d" % number))
    assert [client.read() for client, _ in pairs] == [b"%d" % number for number in range(32)]


def test_a_request_and_its_answer_cost_few_calls(connect: Connect, module: WasmtimeModule) -> None:
    peer, client = Peer(make_context(issue(make_root()))), connect()
    shake_hands(client, peer)
    before = module.calls
    client.write(b"a question")
    peer.receive(client.take(), 10)
    client.feed(peer.send(b"an answer" * 1000))
    assert len(client.read()) == 9000
    assert module.calls - before <= 7


def test_all_of_the_roots_are_trusted(module: WasmtimeModule) -> None:
    roots = [make_root("P-256"), make_root("P-384"), make_root("RSA-2048")]
    maker = MbedTls(module, "a comment\n" + "\n".join(root.pem for root in roots))
    assert maker.root_count == 3
    for root in roots:
        client = maker.connect("zoom.us")
        shake_hands(client, Peer(make_context(issue(root))))
        assert client.is_open
