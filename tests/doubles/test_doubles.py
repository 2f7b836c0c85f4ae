"""The doubles themselves: what they promise the tests."""

from __future__ import annotations

import asyncio

import pytest

from pywidget.domain.errors import UnreachableError
from pywidget.zoom.http import Request
from tests.doubles import clock
from tests.doubles.clock import ManualClock, run, settle
from tests.doubles.transport import ScriptedTransport

REQUEST = Request("GET", "https://api.zoom.us/v2/users/me")


def test_a_reply_that_was_not_asked_for_fails_the_test() -> None:
    transport = ScriptedTransport()
    transport.reply(200)
    with pytest.raises(AssertionError, match="never asked for"):
        transport.verify()


def test_a_request_that_was_not_scripted_fails_the_test_even_if_its_error_is_caught() -> None:
    transport = ScriptedTransport()
    with pytest.raises(UnreachableError):
        run(transport.send(REQUEST))
    with pytest.raises(AssertionError, match="no test expected"):
        transport.verify()


def test_a_cut_connection_is_told_by_what_the_server_saw() -> None:
    transport = ScriptedTransport()
    for cut in (transport.drop_before, transport.drop_after):
        cut()
        with pytest.raises(UnreachableError):
            run(transport.send(REQUEST))
    assert (len(transport.sent), len(transport.received)) == (2, 1)
    transport.verify()


def test_sleepers_wake_in_order_and_at_their_time() -> None:
    async def test() -> None:
        clock = ManualClock()
        woken: list[tuple[str, float]] = []
        start = clock.now()

        async def sleep(name: str, *naps: float) -> None:
            for nap in naps:
                await clock.sleep(nap)
                woken.append((name, (clock.now() - start).total_seconds()))

        tasks = [
            asyncio.ensure_future(sleep(*each)) for each in (("a", 2, 2), ("b", 1, 3), ("c", 9))
        ]
        await clock.advance(5)
        assert woken == [("b", 1), ("a", 2), ("b", 4), ("a", 4)]
        assert (clock.now() - start).total_seconds() == 5
        assert clock.sleepers == 1
        tasks[-1].cancel()
        await settle()
        assert clock.sleepers == 0

    run(test())


def test_an_error_that_nobody_hears_fails_the_test() -> None:
    async def forget() -> None:
        async def fail() -> None:
            raise RuntimeError("nobody looks at this")

        asyncio.ensure_future(fail())  # noqa: RUF006 - forgotten on purpose
        await settle()

    with pytest.raises(AssertionError, match="nobody looks"):
        run(forget())


def test_waiting_for_what_never_comes_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    async def wait_for_ever() -> None:
        await asyncio.get_running_loop().create_future()

    monkeypatch.setattr(clock, "MOST_TURNS", 100)
    with pytest.raises(TimeoutError, match="never comes"):
        run(wait_for_ever())
