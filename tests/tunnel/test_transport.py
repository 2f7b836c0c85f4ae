"""The tunnel's transport: real TLS and HTTP, carried in memory by forwarders that lie."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from pywidget.domain.errors import CertificateRefusedError, Code, Reason, UnreachableError
from pywidget.tunnel import transport as transport_module
from pywidget.tunnel.ports import Refusal, TlsError, WireError
from pywidget.tunnel.transport import AT_ONCE, IDLE, TunnelTransport
from pywidget.zoom.http import Request, Response
from pywidget.zoom.tunnel import Tunnel
from tests.doubles.clock import run, settle
from tests.doubles.forwarders import Carriage, MemoryForwarder, MemoryWire
from tests.doubles.ssl_tls import SslTls, SslTlsMaker
from tests.doubles.tls_peer import Heard, Said
from tests.tunnel.conftest import Authority

TUNNEL = Tunnel("wss://app.example/{target}", "https://api.zoom.us/v2", "zoom.us")
API, ZOOM = "https://api.zoom.us/v2/users/me", "https://zoom.us/oauth/token"
A_FEW = 15  # bytes before the end: signatures differ in length by some, no record is as short
CREATE = Request("POST", f"{API}/meetings", {"Authorization": "Bearer s3cr3t"}, b'{"a": 1}')
READ = Request("GET", API, {"Authorization": "Bearer s3cr3t"}, may_repeat=True)


def say(body: bytes = b"{}", status: str = "200 OK", *fields: str, ends: bool = False) -> Said:
    lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *fields)
    return Said("\r\n".join((*lines, "", "")).encode() + body, ends=ends)


def echo(heard: Heard) -> Said:
    return say(json.dumps([heard.method, heard.target, heard.body.decode()]).encode())


@dataclass
class Bench:
    """A transport, and all that is around it."""

    authority: Authority
    answer: Callable[[Heard], Said] = echo
    hosts: tuple[str, ...] = ("zoom.us", "api.zoom.us")
    seconds: float = 0.0
    forwarder: MemoryForwarder = field(init=False)

    def __post_init__(self) -> None:
        context = self.authority.certify(*self.hosts)
        self.forwarder = MemoryForwarder(context, self.answer)
        self.tls = SslTlsMaker(self.authority.trusting)
        self.transport = TunnelTransport(
            TUNNEL, self.forwarder, self.tls, wall_clock=lambda: self.seconds
        )

    async def send(self, request: Request = READ) -> Response:
        return await self.transport.send(request)

    async def fail(self, request: Request = CREATE) -> UnreachableError:
        with pytest.raises(UnreachableError) as caught:
            await self.transport.send(request)
        return caught.value

    async def try_to_send(self, request: Request = CREATE) -> UnreachableError | None:
        try:
            await self.transport.send(request)
        except UnreachableError as error:
            return error
        return None

    @property
    def wire(self) -> MemoryWire:
        return self.forwarder.wires[-1]

    def assert_nothing_is_left(self) -> None:
        assert (self.forwarder.alive, self.tls.alive) == (0, 0)


@pytest.fixture
def bench(authority: Authority) -> Bench:
    return Bench(authority)


def in_loop(test: Callable[[Bench], Awaitable[None]]) -> Callable[[Bench], None]:
    """The loop's end is part of it: whatever was kept is closed and freed by then."""

    def wrapped(bench: Bench) -> None:
        async def body() -> None:
            await test(bench)

        run(body())
        bench.assert_nothing_is_left()

    wrapped.__name__ = test.__name__
    return wrapped


# What is sent, and where


@in_loop
async def test_a_request_goes_to_its_target_and_its_answer_comes_back(bench: Bench) -> None:
    answer = await bench.send(CREATE)
    assert json.loads(answer.body) == ["POST", "/v2/users/me/meetings", '{"a": 1}']
    await bench.send(Request("POST", ZOOM, {}, b"code=x"))
    assert bench.forwarder.addresses == ["wss://app.example/api", "wss://app.example/zoom"]
    api, zoom = bench.forwarder.heard
    assert (api.headers["host"], zoom.headers["host"]) == ("api.zoom.us", "zoom.us")
    assert api.headers["authorization"] == "Bearer s3cr3t"
    assert not {"origin", "referer", "cookie"} & (api.headers.keys() | zoom.headers.keys())


@in_loop
async def test_whoever_carries_it_reads_nothing(bench: Bench) -> None:
    await bench.send(CREATE)
    assert bench.forwarder.heard
    for secret in (b"s3cr3t", b"Bearer", b"POST", b"HTTP"):
        assert secret not in bench.wire.sent


@pytest.mark.parametrize("piece", [1, 7, 1000])
def test_bytes_come_in_any_pieces(authority: Authority, piece: int) -> None:
    bench = Bench(authority)

    @in_loop
    async def test(bench: Bench) -> None:
        bench.forwarder.carriages += [Carriage(piece=piece)]
        assert (await bench.send()).status == 200

    test(bench)


def test_a_megabyte_goes_through_in_both_directions(authority: Authority) -> None:
    @in_loop
    async def test(bench: Bench) -> None:
        body = b"x" * 1_000_000
        answer = await bench.send(Request("POST", API, {}, body))
        assert json.loads(answer.body)[2] == body.decode()

    test(Bench(authority))


@in_loop
async def test_a_request_for_another_host_is_a_defect_and_goes_nowhere(bench: Bench) -> None:
    with pytest.raises(ValueError, match="does not lead there"):
        await bench.send(Request("GET", "https://elsewhere.example/"))
    assert bench.forwarder.addresses == []


@in_loop
async def test_a_request_that_would_be_two_is_a_defect_and_is_not_sent(bench: Bench) -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="cannot be written"):
            await bench.send(Request("GET", API, {"X": "s3cr3t\r\nY: z"}))
        await bench.send()
    assert [heard.headers.get("y") for heard in bench.forwarder.heard] == [None, None]


# Kept connections


@in_loop
async def test_two_hundred_requests_need_one_handshake(bench: Bench) -> None:
    for number in range(200):
        body = str(number).encode()
        answer = await bench.send(Request("POST", API, {}, body))
        assert json.loads(answer.body)[2] == str(number)
    assert len(bench.forwarder.wires) == len(bench.tls.made) == 1


@in_loop
async def test_each_target_has_a_connection_of_its_own(bench: Bench) -> None:
    for _ in range(3):
        await bench.send(Request("GET", API))
        await bench.send(Request("GET", ZOOM))
    assert bench.forwarder.addresses == ["wss://app.example/api", "wss://app.example/zoom"]


@in_loop
async def test_parallel_requests_share_a_few_connections(bench: Bench) -> None:
    async def ask(number: int) -> None:
        answer = await bench.send(Request("POST", API, {}, str(number).encode()))
        assert json.loads(answer.body)[2] == str(number)

    for times in (1, 2, 3):
        await asyncio.gather(*map(ask, range(40)))
        assert len(bench.forwarder.heard) == times * 40
        assert len(bench.forwarder.wires) == AT_ONCE
    assert all(len(peer.heard) > 1 for peer in bench.forwarder.peers)


def test_whoever_waits_for_a_place_has_sent_nothing(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The places are free again afterwards."""
    monkeypatch.setattr(transport_module, "PATIENCE", 0.05)

    @in_loop
    async def test(bench: Bench) -> None:
        bench.forwarder.may_open = asyncio.Event()
        sending = [asyncio.ensure_future(bench.fail()) for _ in range(AT_ONCE + 3)]
        await settle()
        assert len(bench.forwarder.addresses) == AT_ONCE
        errors = await asyncio.gather(*sending)
        assert {(error.code, error.may_have_arrived) for error in errors} == {(Code.TIMEOUT, False)}
        monkeypatch.setattr(transport_module, "PATIENCE", 30)
        bench.forwarder.may_open.set()
        await asyncio.gather(*(bench.send() for _ in range(AT_ONCE)))

    test(Bench(authority))


@pytest.mark.parametrize(
    ("idle", "opened", "alive"), [(IDLE - 0.01, 2, 2), (IDLE, 3, 1), (3600, 3, 1), (-1, 3, 1)]
)
def test_what_was_idle_too_long_is_not_used_whatever_the_timer_did(
    authority: Authority, idle: float, opened: int, alive: int
) -> None:
    @in_loop
    async def test(bench: Bench) -> None:
        await asyncio.gather(bench.send(), bench.send())
        bench.seconds += idle  # as if the machine had been asleep
        await bench.send(CREATE)
        assert len(bench.forwarder.wires) == opened
        assert bench.forwarder.alive == alive

    test(Bench(authority))


def test_what_nobody_uses_is_closed(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport_module, "IDLE", 0.02)

    @in_loop
    async def test(bench: Bench) -> None:
        await asyncio.gather(*(bench.send() for _ in range(3)))
        assert bench.forwarder.alive == 3
        await asyncio.sleep(0.05)
        bench.assert_nothing_is_left()
        assert all(peer.has_noticed_end for peer in bench.forwarder.peers)  # politely
        assert (await bench.send()).status == 200

    test(Bench(authority))


def test_what_the_end_of_a_loop_closed_is_not_used_again(bench: Bench) -> None:
    async def test() -> None:
        assert (await bench.send()).status == 200

    for opened in (1, 2):
        run(test())
        bench.assert_nothing_is_left()
        assert len(bench.forwarder.wires) == opened


def test_what_is_used_again_is_not_closed_by_its_old_alarm(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    @in_loop
    async def test(bench: Bench) -> None:
        alarms: list[asyncio.TimerHandle] = []
        loop = asyncio.get_running_loop()
        call_later = loop.call_later

        def set_alarm(
            delay: float, action: Callable[..., None], address: str
        ) -> asyncio.TimerHandle:
            alarms.append(call_later(delay, action, address))
            return alarms[-1]

        monkeypatch.setattr(loop, "call_later", set_alarm)
        await bench.send()
        await bench.send()
        assert [alarm.cancelled() for alarm in alarms] == [True, False]

    test(Bench(authority))


def cut(bench: Bench) -> None:
    bench.wire.cut()


def end(bench: Bench) -> None:
    bench.wire.deliver(bench.forwarder.peers[-1].say(Said(ends=True)))


def chatter(bench: Bench) -> None:
    bench.wire.deliver(bench.forwarder.peers[-1].say(Said(b"HTTP/1.1 408 Timeout\r\n\r\n")))


def garble(bench: Bench) -> None:
    bench.wire.deliver(b"<!doctype html>")


@pytest.mark.parametrize("happen", [cut, end, chatter, garble])
@pytest.mark.parametrize("waits", [False, True])
def test_a_kept_connection_that_something_came_on_carries_nothing_more(
    authority: Authority, happen: Callable[[Bench], None], *, waits: bool
) -> None:
    @in_loop
    async def test(bench: Bench) -> None:
        await bench.send()
        happen(bench)
        if waits:
            await settle()
            bench.assert_nothing_is_left()
        answer = await bench.send(CREATE)
        assert answer.status == 200
        assert len(bench.forwarder.wires) == 2
        assert [heard.method for heard in bench.forwarder.heard] == ["GET", "POST"]

    test(Bench(authority))


def test_a_new_session_ticket_ends_nothing(authority: Authority) -> None:
    """Python's servers send two, right behind the handshake: they come with the first answer."""

    @in_loop
    async def test(bench: Bench) -> None:
        bench.forwarder.context.num_tickets = 5
        bench.forwarder.carriages += [Carriage(piece=50)]
        await bench.send()
        await settle()
        await bench.send()
        assert len(bench.forwarder.wires) == 1

    test(Bench(authority))


@pytest.mark.parametrize(
    "said",
    [
        say(b"{}", "200 OK", "Connection: close", ends=True),
        say(b"{}", "200 OK", "Connection: close"),
        say(ends=True),
        Said(say().data.replace(b"HTTP/1.1", b"HTTP/1.0")),
        Said(b"HTTP/1.1 200 OK\r\n\r\n{}", ends=True),
        Said(say().data + b"more"),
    ],
)
def test_a_connection_that_the_server_ends_is_not_kept(authority: Authority, said: Said) -> None:
    @in_loop
    async def test(bench: Bench) -> None:
        for number in (1, 2):
            assert (await bench.send()).body == b"{}"
            await settle()
            assert len(bench.forwarder.wires) == number

    test(Bench(authority, lambda _: said))


# What goes wrong before anything is sent


@pytest.mark.parametrize(
    ("refusal", "code", "reason"),
    [
        (Refusal.NOBODY, Code.TUNNEL_FAILED, None),
        (Refusal.NOT_ALLOWED, Code.TUNNEL_REFUSED, None),
        (Refusal.BUSY, Code.NETWORK, Reason.TUNNEL_BUSY),
        (Refusal.NO_TARGET, Code.NETWORK, Reason.NO_TARGET),
        (None, Code.NETWORK, None),
    ],
)
@pytest.mark.parametrize("is_late", [False, True])
def test_nobody_carries_it(
    authority: Authority,
    refusal: Refusal | None,
    code: Code,
    reason: Reason | None,
    *,
    is_late: bool,
) -> None:
    @in_loop
    async def test(bench: Bench) -> None:
        if is_late:  # websockify lets in first, and connects then
            bench.forwarder.carriages += [Carriage(cut_at=0, refusal=refusal)]
        else:
            bench.forwarder.refusals += [WireError(refusal, "close code 1006")]
        error = await bench.fail()
        assert (error.code, error.may_have_arrived) == (code, False)
        assert error.reason is reason
        assert isinstance(error.__cause__, WireError)
        assert bench.forwarder.heard == []
        assert len(bench.forwarder.addresses) == 1

    test(Bench(authority))


@pytest.mark.parametrize(
    ("hosts", "cause"), [(("evil.example",), "wrong-name"), (("zoom.us",), "wrong-name")]
)
def test_a_certificate_for_another_name_is_refused_and_gets_nothing(
    authority: Authority, hosts: tuple[str, ...], cause: str
) -> None:
    @in_loop
    async def test(bench: Bench) -> None:
        error = await bench.fail()
        assert isinstance(error, CertificateRefusedError)
        assert error.causes == (cause,)
        assert not error.may_have_arrived
        assert bench.forwarder.heard == []
        assert len(bench.forwarder.addresses) == 1

    test(Bench(authority, hosts=hosts))


def test_somebody_in_between_with_an_authority_of_their_own_gets_nothing(
    authority: Authority,
) -> None:
    @in_loop
    async def test(bench: Bench) -> None:
        bench.forwarder.context = type(authority)(type(authority.root)()).certify("api.zoom.us")
        error = await bench.fail(READ)
        assert isinstance(error, CertificateRefusedError)
        assert error.causes == ("unknown-issuer",)
        assert bench.forwarder.heard == []
        assert bench.forwarder.peers[0].alerts == ["TLSV1_ALERT_UNKNOWN_CA"]  # and is told so
        assert len(bench.forwarder.addresses) == 1

    test(Bench(authority))


def test_what_speaks_no_tls_is_no_tunnel(authority: Authority) -> None:
    @in_loop
    async def test(bench: Bench) -> None:
        bench.forwarder.carriages += [Carriage(flips=0)]  # the type of the first record
        error = await bench.fail()
        assert (error.code, error.may_have_arrived) == (Code.TUNNEL_FAILED, False)
        assert bench.forwarder.heard == []

    test(Bench(authority))


class NoTls(SslTlsMaker):
    """It knows at once that there can be no connection to this host."""

    def connect(self, host: str) -> SslTls:
        raise TlsError(f"{len(host)} characters are no name")


def test_without_tls_there_is_no_connection(authority: Authority) -> None:
    @in_loop
    async def test(bench: Bench) -> None:
        bench.transport._tls = NoTls(authority.trusting)  # noqa: SLF001
        error = await bench.fail()
        assert (error.code, error.may_have_arrived) == (Code.TUNNEL_FAILED, False)

    test(Bench(authority))


def test_a_farewell_in_the_handshake_ends_it(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    def say_farewell(tls: SslTls, _ciphertext: bytes) -> None:
        tls._has_ended = True  # noqa: SLF001

    monkeypatch.setattr(SslTls, "feed", say_farewell)

    @in_loop
    async def test(bench: Bench) -> None:
        error = await bench.fail()
        assert (error.code, error.may_have_arrived) == (Code.NETWORK, False)

    test(Bench(authority))


# What goes wrong afterwards


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (Said(ends=True), Reason.CUT_OFF),
        (Said(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", ends=True), Reason.BROKE_OFF),
        (
            Said(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", ends=True),
            Reason.BROKE_OFF,
        ),
        (Said(b"<!doctype html>\r\n\r\n"), Reason.UNREADABLE),
        (Said(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000), Reason.UNREADABLE),
    ],
)
def test_an_answer_that_is_none_may_have_been_meant_well(
    authority: Authority, said: Said, reason: Reason
) -> None:
    @in_loop
    async def test(bench: Bench) -> None:
        error = await bench.fail()
        assert (error.code, error.may_have_arrived) == (Code.NETWORK, True)
        assert error.reason is reason
        assert len(bench.forwarder.heard) == 1

    test(Bench(authority, lambda _: said))


def test_a_read_is_not_sent_a_second_time_either(authority: Authority) -> None:
    @in_loop
    async def test(bench: Bench) -> None:
        assert (await bench.fail(READ)).may_have_arrived
        assert len(bench.forwarder.heard) == 1

    test(Bench(authority, lambda _: Said(ends=True)))


def test_what_is_said_before_the_question_is_no_answer(authority: Authority) -> None:
    @in_loop
    async def test(bench: Bench) -> None:
        bench.forwarder.context.maximum_version = ssl.TLSVersion.TLSv1_2  # the server has the last
        bench.forwarder.greeting = say()  # word of its handshake, and this comes with it
        error = await bench.fail()
        assert (error.code, error.may_have_arrived) == (Code.NETWORK, False)
        assert bench.forwarder.heard == []

    test(Bench(authority))


def test_damage_is_told_from_a_cut(authority: Authority) -> None:
    @in_loop
    async def test(bench: Bench) -> None:
        await bench.send()
        in_last_record = bench.wire.carried - A_FEW
        bench.seconds += IDLE
        bench.forwarder.carriages += [Carriage(flips=in_last_record)]
        error = await bench.fail()
        assert (error.code, error.may_have_arrived) == (Code.NETWORK, True)
        assert error.reason is Reason.DAMAGED

    test(Bench(authority, lambda _: say()))


VERSIONS = pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])


def test_tls_that_breaks_down_is_told_as_what_it_cut_off(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module that has trapped does nothing more, not even the last things."""

    def trap(*_: object) -> None:
        raise TlsError("it has trapped")

    @in_loop
    async def test(bench: Bench) -> None:
        await bench.send()
        with monkeypatch.context() as patched:
            for name in ("read", "close", "free"):
                patched.setattr(SslTls, name, trap)
            error = await bench.fail()
        assert (error.code, error.may_have_arrived) == (Code.NETWORK, True)
        assert bench.wire.was_closed
        bench.tls.made.clear()

    test(Bench(authority))


def test_damage_behind_a_part_that_is_whole_is_not_waited_for(authority: Authority) -> None:
    @in_loop
    async def test(bench: Bench) -> None:
        sending = asyncio.ensure_future(bench.fail())
        await settle()
        (peer,) = bench.forwarder.peers
        part = peer.say(Said(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"))
        damaged = bytearray(peer.say(Said(b'{"id": 1}')))
        damaged[-1] ^= 1
        bench.wire.deliver(part + damaged)
        await settle()
        assert sending.done()
        error = await sending
        assert (error.code, error.may_have_arrived) == (Code.NETWORK, True)
        assert error.reason is Reason.DAMAGED

    test(Bench(authority, lambda _: Said()))


@VERSIONS
def test_a_cut_at_every_byte_is_told_for_what_it_is(
    authority: Authority, version: ssl.TLSVersion
) -> None:
    @in_loop
    async def test(bench: Bench) -> None:
        bench.forwarder.context.maximum_version = version
        seen: list[bool] = []
        position = 0
        while True:
            bench.seconds += IDLE  # a new connection each time
            bench.forwarder.carriages.append(Carriage(cut_at=position))
            before = len(bench.forwarder.heard)
            error = await bench.try_to_send()
            if error is None:
                break
            arrived = len(bench.forwarder.peers[-1].heard)
            assert len(bench.forwarder.heard) == before + arrived <= before + 1
            assert error.code is Code.NETWORK
            assert error.may_have_arrived is (arrived == 1), position
            assert bench.wire.was_closed
            seen.append(error.may_have_arrived)
            position += 1
        assert len(seen) > 700
        assert not any(seen[:500])  # certificates are among these
        assert all(seen[-20:])
        assert len(bench.forwarder.addresses) == position + 1

    test(Bench(authority, lambda _: say()))


@VERSIONS
def test_a_changed_bit_anywhere_gives_no_answer_and_is_told_for_what_it_is(
    authority: Authority, version: ssl.TLSVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    @in_loop
    async def test(bench: Bench) -> None:
        bench.forwarder.context.maximum_version = version
        await bench.send()
        monkeypatch.setattr(
            transport_module, "PATIENCE", 0.02
        )  # a record may seem longer than it is
        for position in range(0, bench.wire.carried - A_FEW, 13):
            bench.seconds += IDLE
            bench.forwarder.carriages.append(Carriage(flips=position))
            error = await bench.try_to_send()
            assert error is not None, position
            assert error.may_have_arrived is bool(bench.forwarder.peers[-1].heard), position
            bench.assert_nothing_is_left()

    test(Bench(authority, lambda _: say()))


@VERSIONS
def test_a_body_that_ends_with_the_connection_needs_close_notify(
    authority: Authority, version: ssl.TLSVersion
) -> None:
    @in_loop
    async def test(bench: Bench) -> None:
        bench.forwarder.context.maximum_version = version
        answer = await bench.send()
        assert answer.body == b'{"half": "of it"}'
        whole = bench.wire.carried
        bench.forwarder.carriages.append(Carriage(cut_at=whole - A_FEW))
        error = await bench.fail(READ)
        assert (error.code, error.may_have_arrived) == (Code.NETWORK, True)
        assert error.reason is Reason.BROKE_OFF

    said = Said(b'HTTP/1.1 200 OK\r\n\r\n{"half": "of it"}', ends=True)
    test(Bench(authority, lambda _: said))


# Time


def test_an_opening_does_not_take_for_ever(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport_module, "OPENING", 0.02)

    @in_loop
    async def test(bench: Bench) -> None:
        for hangs_at in (0, 10, 500):
            bench.forwarder.carriages += [Carriage(hangs_at=hangs_at)]
            error = await bench.fail()
            assert (error.code, error.may_have_arrived) == (Code.TIMEOUT, False), hangs_at
            bench.assert_nothing_is_left()
        bench.forwarder.may_open = asyncio.Event()
        error = await bench.fail()
        assert (error.code, error.may_have_arrived) == (Code.TIMEOUT, False)
        assert bench.forwarder.heard == []

    test(Bench(authority))


@pytest.mark.parametrize("said", [Said(), Said(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")])
def test_an_answer_does_not_take_for_ever(
    authority: Authority, monkeypatch: pytest.MonkeyPatch, said: Said
) -> None:
    """On a connection that is open already, so that no busy machine spends the time on TLS."""

    @in_loop
    async def test(bench: Bench) -> None:
        await bench.send()
        bench.forwarder.peers[0].answer = lambda _: said
        monkeypatch.setattr(transport_module, "PATIENCE", 0.05)
        error = await bench.fail()
        assert (error.code, error.may_have_arrived) == (Code.TIMEOUT, True)
        assert len(bench.forwarder.heard) == 2
        bench.assert_nothing_is_left()

    test(Bench(authority))


def test_calling_it_off_at_any_moment_leaves_nothing_open(authority: Authority) -> None:
    @in_loop
    async def test(bench: Bench) -> None:
        for is_kept in (False, True):
            for turns in range(1000):
                bench.seconds += 0 if is_kept else IDLE
                if is_kept:
                    await bench.send()
                heard = len(bench.forwarder.heard)
                sending = asyncio.ensure_future(bench.send(CREATE))
                for _ in range(turns):
                    await asyncio.sleep(0)
                if sending.done():
                    await sending
                    break
                sending.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await sending
                assert len(bench.forwarder.heard) <= heard + 1
                await settle()
                assert bench.forwarder.alive == bench.tls.alive <= 1
            assert turns > (2 if is_kept else 5)

    test(Bench(authority))
