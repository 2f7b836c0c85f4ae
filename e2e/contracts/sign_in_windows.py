"""`ports.SignInWindows`: a popup, and messages that only the redirect URI's page may send."""

from __future__ import annotations

from typing import Protocol

from pywidget.ports import SignInWindow, SignInWindows


class Bench(Protocol):
    windows: SignInWindows
    url: str  # where a popup may go

    def block(self) -> None:
        """Let the browser block popups from now on."""

    async def answer(self, state: str, query: str, *, times: int = 1) -> None:
        """Send a message from the redirect URI's page; return when a listener would have it."""

    async def wait_for_closed(self, window: SignInWindow) -> None:
        """Return when the browser reports that the popup is closed."""


class _Answers:
    def __init__(self, bench: Bench, state: str = "st-1") -> None:
        self.heard: list[str] = []
        window = bench.windows.open(bench.url, state, self.heard.append)
        assert window is not None
        self.window = window


async def check_this_page_is_secure(bench: Bench) -> None:
    assert bench.windows.is_secure is True


async def check_an_open_window_is_not_closed(bench: Bench) -> None:
    answers = _Answers(bench)
    assert answers.window.closed is False
    answers.window.focus()
    answers.window.close()


async def check_a_closed_window_is_closed_and_closing_twice_does_no_harm(bench: Bench) -> None:
    answers = _Answers(bench)
    answers.window.close()
    answers.window.close()
    await bench.wait_for_closed(answers.window)


async def check_a_blocked_window_is_none(bench: Bench) -> None:
    bench.block()
    assert bench.windows.open(bench.url, "st-1", lambda _query: None) is None


async def check_an_answer_arrives_raw(bench: Bench) -> None:
    answers = _Answers(bench)
    query = "?state=st-1&code=a%2Bb&x=ü%20"
    await bench.answer("st-1", query)
    assert set(answers.heard) == {query}, answers.heard
    answers.window.close()


async def check_an_answer_for_another_state_is_not_heard(bench: Bench) -> None:
    answers = _Answers(bench)
    await bench.answer("st-2", "?state=st-2&code=x")
    assert answers.heard == [], answers.heard
    answers.window.close()


async def check_a_closed_window_hears_nothing(bench: Bench) -> None:
    answers = _Answers(bench)
    answers.window.close()
    await bench.answer("st-1", "?state=st-1&code=x")
    assert answers.heard == [], answers.heard


async def check_two_windows_hear_each_their_own(bench: Bench) -> None:
    first, second = _Answers(bench, "st-1"), _Answers(bench, "st-2")
    await bench.answer("st-2", "?state=st-2&code=x")
    assert first.heard == [], first.heard
    assert set(second.heard) == {"?state=st-2&code=x"}, second.heard
    first.window.close()
    second.window.close()
