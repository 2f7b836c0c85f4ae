"""How connections end."""

from __future__ import annotations

import ssl

import pytest

from pywidget.tunnel.ports import TlsError
from web.tunnel.tests.authority import issue, make_root
from web.tunnel.tests.conftest import Connect
from web.tunnel.tests.odd_peer import OddPeer
from web.tunnel.tests.peer import Peer, make_context, shake_hands

VERSIONS = [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]


@pytest.fixture(params=VERSIONS, ids=lambda version: version.name)
def peer(request: pytest.FixtureRequest) -> Peer:
    return Peer(make_context(issue(make_root()), maximum_version=request.param))


def test_the_peers_close_notify_is_an_end(peer: Peer, connect: Connect) -> None:
    client = connect()
    shake_hands(client, peer)
    assert not client.has_ended
    client.feed(peer.close())
    assert client.has_ended
    assert client.read() == b""
    with pytest.raises(TlsError, match="too late"):
        client.write(b"a secret")
    client.close()
    assert client.take()


def test_ours_is_said_once(peer: Peer, connect: Connect) -> None:
    client = connect()
    shake_hands(client, peer)
    client.close()
    said = client.take()
    assert said
    client.close()
    assert client.take() == b""
    with pytest.raises(TlsError, match="too late"):
        client.write(b"a secret")
    assert peer.receive(said, 1) == b""  # which is its end


def test_what_comes_after_the_end_is_dropped(peer: Peer, connect: Connect) -> None:
    client = connect()
    shake_hands(client, peer)
    client.feed(peer.send(b"an answer") + peer.close() + b"garbage")
    client.feed(b"\x16\x03\x01 more of it")
    assert client.read() == b"an answer"
    assert client.has_ended
    assert client.read() == b""


def test_an_end_in_the_middle_of_a_handshake_is_a_failure(connect: Connect) -> None:
    close_notify = b"\x15\x03\x03\x00\x02\x01\x00"
    client = connect()
    client.take()
    with pytest.raises(TlsError):
        client.feed(close_notify)
    assert not client.is_open
    assert not client.has_ended


def test_an_unencrypted_end_does_not_count(peer: Peer, connect: Connect) -> None:
    client = connect()
    shake_hands(client, peer)
    with pytest.raises(TlsError):
        client.feed(b"\x15\x03\x03\x00\x02\x01\x00")
    assert not client.has_ended


def test_closing_before_it_is_open_says_nothing(connect: Connect) -> None:
    client = connect()
    client.take()
    client.close()
    assert client.take() == b""
    assert not client.has_ended


def test_a_freed_connection_does_nothing_more(peer: Peer, connect: Connect) -> None:
    client = connect()
    shake_hands(client, peer)
    client.feed(peer.send(b"unread"))
    client.free()
    client.free()
    client.close()
    assert not client.is_open
    assert client.description == ""
    assert client.read() == b""
    assert client.take() == b""
    for use in (client.feed, client.write):
        with pytest.raises(TlsError, match="freed"):
            use(b"x")


def test_a_key_update_ends_the_connection(connect: Connect) -> None:
    """Mbed TLS 3.6 knows none (RFC 8446 section 4.6.3): told as a failure, never as an end."""
    root = make_root("RSA-2048")
    peer = OddPeer(issue(root, kind="RSA-2048"))
    client = connect(root)
    shake_hands(client, peer)
    client.feed(peer.send(b"before"))
    assert client.read() == b"before"
    with pytest.raises(TlsError, match="-0x7700"):
        client.feed(peer.update_keys() + peer.send(b"after"))
    assert client.take()  # an alert: unexpected message
    assert not client.has_ended
    with pytest.raises(TlsError):
        client.read()


def test_session_tickets_are_dropped_in_silence(connect: Connect) -> None:
    context = make_context(issue(make_root()), num_tickets=4)
    peer, client = Peer(context), connect()
    shake_hands(client, peer)
    assert client.take() == b""
    client.feed(peer.send(b"an answer"))
    assert client.read() == b"an answer"


def test_a_wish_to_renegotiate_is_declined(connect: Connect) -> None:
    """TLS 1.2's HelloRequest is answered with a warning, and all goes on (RFC 5246 7.4.1.1)."""
    root = make_root("RSA-2048")
    peer = OddPeer(issue(root, kind="RSA-2048"), maxVersion=(3, 3))
    client = connect(root)
    shake_hands(client, peer)
    client.feed(peer.ask_for_a_hello())
    assert client.take()  # a warning: no renegotiation
    client.feed(peer.send(b"an answer"))
    assert client.read() == b"an answer"
