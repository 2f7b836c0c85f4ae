"""What whoever carries the bytes can do to them: cut them off, change them, keep them."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import suppress

import pytest

from pywidget.tunnel.ports import Tls, TlsError
from web.tunnel.tests.authority import issue, make_root
from web.tunnel.tests.conftest import Connect
from web.tunnel.tests.peer import Peer, make_context, shake_hands, split_records

VERSIONS = [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]
ANSWER = b"HTTP/1.1 200 OK\r\n\r\n" + b"an answer" * 50
HEADER = 5
"""Bytes that each record begins with: type, two of a version that nobody reads, two of a length."""


def make_peer(version: ssl.TLSVersion) -> Peer:
    return Peer(make_context(issue(make_root()), maximum_version=version))


@pytest.mark.parametrize("version", VERSIONS)
def test_a_handshake_cut_anywhere_never_opens(version: ssl.TLSVersion, connect: Connect) -> None:
    """Each byte but the last is where a cut could be: what is known then is what would be known."""
    peer, client = make_peer(version), connect()
    positions = 0
    while not client.is_open:
        answer = peer.answer(client.take())
        is_last = peer.is_open or version == ssl.TLSVersion.TLSv1_3
        for position, byte in enumerate(answer, 1):
            assert not client.is_open
            assert not client.has_ended
            with pytest.raises(TlsError, match="too late"):
                client.write(b"a secret")
            assert client.read() == b""
            client.feed(bytes([byte]))
            positions += 1
            assert client.is_open == (is_last and position == len(answer))
    assert positions > 600


@pytest.mark.parametrize("version", VERSIONS)
def test_an_answer_cut_anywhere_never_ends(version: ssl.TLSVersion, connect: Connect) -> None:
    peer, client = make_peer(version), connect()
    shake_hands(client, peer)
    received = b""
    answer = peer.send(ANSWER[:100]) + peer.send(ANSWER[100:]) + peer.close()
    for byte in answer:
        assert not client.has_ended
        client.feed(bytes([byte]))
        received += client.read()
        assert received in {b"", ANSWER[:100], ANSWER}
    assert received == ANSWER
    assert client.has_ended


def list_flips(record: bytes) -> Iterator[tuple[int, int]]:
    """Positions in a record and bits of it: all of the header's, and some of what follows."""
    size = len(record)
    within = {HEADER, HEADER + 1, size // 3, size // 2, 2 * size // 3, size - 16, size - 1}
    for position in sorted({*range(HEADER), *within}):
        if 0 <= position < size:
            for bit in range(8) if position in {0, 3, 4, HEADER} else (0, 7):
                yield position, bit


def flip(records: list[bytes], number: int, position: int, bit: int) -> bytes:
    changed = bytearray(records[number])
    changed[position] ^= 1 << bit
    return b"".join([*records[:number], bytes(changed), *records[number + 1 :]])


def is_unread(version: ssl.TLSVersion, record: bytes, position: int) -> bool:
    """Whether a bit there means nothing: the version beside what is not encrypted yet."""
    return position in {1, 2} and (record[0] != 0x17 or version == ssl.TLSVersion.TLSv1_2)


def reach_flight(
    version: ssl.TLSVersion, flight: int, connect: Connect
) -> tuple[Peer, Tls, list[bytes]]:
    """A connection of which the client has not heard this flight of the server's yet."""
    peer, client = make_peer(version), connect()
    for _ in range(flight):
        client.feed(peer.answer(client.take()))
    return peer, client, split_records(peer.answer(client.take()))


@pytest.mark.parametrize(
    ("version", "flight"),
    [(ssl.TLSVersion.TLSv1_2, 0), (ssl.TLSVersion.TLSv1_2, 1), (ssl.TLSVersion.TLSv1_3, 0)],
)
def test_a_flipped_bit_in_any_record_of_a_handshake_never_opens(
    version: ssl.TLSVersion, flight: int, connect: Connect
) -> None:
    _, client, like = reach_flight(version, flight, connect)
    client.free()
    tried = noticed = 0
    for number, record in enumerate(like):
        for position, bit in list_flips(record):
            peer, client, records = reach_flight(version, flight, connect)
            if position < len(records[number]):  # a signature may be a byte shorter each time
                noticed += feed_changed(client, flip(records, number, position, bit))
                finish(client, peer)
                tried += 1
                if not is_unread(version, record, position):
                    assert not client.is_open, (number, position, bit)
            client.free()
    assert noticed > tried / 2
    assert tried > 50


def feed_changed(client: Tls, ciphertext: bytes) -> bool:
    """Whether the client has noticed; if not, it waits for more or the bit meant nothing."""
    try:
        client.feed(ciphertext)
    except TlsError:
        return True
    return False


def finish(client: Tls, peer: Peer) -> None:
    with suppress(TlsError):
        shake_hands(client, peer)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_flipped_bit_in_any_record_of_an_answer_is_noticed(
    version: ssl.TLSVersion, connect: Connect
) -> None:
    for number in range(3):
        flips = None
        while flips is None or flips:
            peer, client = make_peer(version), connect()
            shake_hands(client, peer)
            records = [peer.send(b"first"), peer.send(ANSWER), peer.close()]
            flips = list(list_flips(records[number])) if flips is None else flips
            position, bit = flips.pop()
            received, error = b"", None
            try:
                client.feed(flip(records, number, position, bit))
                while piece := client.read():
                    received += piece
            except TlsError as raised:
                error = raised
            assert received in {b"", b"first", b"first" + ANSWER}
            assert not client.has_ended
            if error is None:
                assert position in {3, 4}, (number, position, bit)  # it waits for a longer record
            else:
                assert error.certificate_causes == ()
            client.free()


def feed_all(client: Tls, records: list[bytes]) -> None:
    for record in records:
        client.feed(record)
        client.read()


def test_records_that_are_repeated_dropped_or_swapped_are_noticed(connect: Connect) -> None:
    for order in ([0, 0], [1], [1, 0], [0, 2], [2]):
        peer, client = make_peer(ssl.TLSVersion.TLSv1_3), connect()
        shake_hands(client, peer)
        client.read()
        records = [peer.send(b"one"), peer.send(b"two"), peer.close()]
        with pytest.raises(TlsError):
            feed_all(client, [records[number] for number in order])
        assert not client.has_ended


def test_what_came_intact_before_a_failure_is_given_first(connect: Connect) -> None:
    peer, client = make_peer(ssl.TLSVersion.TLSv1_3), connect()
    shake_hands(client, peer)
    client.feed(peer.send(b"an answer") + b"\x17\x03\x03\x00\x20" + b"x" * 32)
    assert client.read() == b"an answer"
    for use in (client.read, lambda: client.feed(b""), lambda: client.write(b"x")):
        with pytest.raises(TlsError):
            use()
    assert not client.has_ended


def test_plaintext_and_nonsense_instead_of_tls_fail(connect: Connect) -> None:
    for nonsense in (b"HTTP/1.1 502 Bad Gateway\r\n\r\n", b"\0" * 100, b"\xff" * 100, b"\x16\x03"):
        client = connect()
        client.take()
        if nonsense == b"\x16\x03":
            client.feed(nonsense)  # the beginning of a record: more may come
            assert not client.is_open
            continue
        with pytest.raises(TlsError) as raised:
            client.feed(nonsense)
        assert raised.value.certificate_causes == ()
        assert not client.is_open
