"""Signing in: from the click to a token in the tab's storage.

Facts: a browser opens a popup only during the click, so everything up to that point is synchronous.
`closed` does not prove that the user gave up: the consent page's headers can cut the popup off from
us at once. So a closed window is reported, but its answer is accepted for as long as the attempt
lives. The widget finds out whether Zoom can be reached before the window opens. Nearly always it
knows before the click, because the menu asked when it opened; otherwise the window opens right
after the answer, while the browser still attributes it to the click. If no popup can open, the page
itself goes to Zoom and comes back; but not from a frame, where that would load Zoom inside the
host's page, or replace the host's page. A token request spends the code even if its answer is lost,
so it is sent once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from pywidget.connection.attempt_store import AttemptStore, Returned
from pywidget.connection.departure import Departure
from pywidget.connection.rate_limit import retry_after_limit
from pywidget.connection.session import Session
from pywidget.connection.waiting import wait_or
from pywidget.connection.way import Way
from pywidget.domain.errors import (
    Code,
    HostPageError,
    NotDoneError,
    Reason,
    UnexpectedAnswerError,
    UnreachableError,
    WidgetError,
)
from pywidget.domain.secret import Secret
from pywidget.ports import Clock, Navigation, Randomness, SignInWindow, SignInWindows, Transport
from pywidget.settings import Settings
from pywidget.zoom.authorization import (
    LIFETIME,
    SignInAttempt,
    build_authorization_url,
    parse_authorization_response,
)
from pywidget.zoom.pkce import VERIFIER_BYTES, encode_base64url
from pywidget.zoom.token import Token, build_token_request, parse_token_response

STATE_BYTES = 32
LOOK_EVERY = 0.5  # seconds between checks of the window
GRACE = 3.0  # seconds for which a closed window's answer may still be on its way


@dataclass(eq=False)
class Progress:
    """A sign-in in progress; several widgets may wait for it.

    Attributes:
        finished: True when the token is stored, False when the user called it off. It fails with
            the error, and is cancelled when another sign-in takes over.
        gone: Set when the window seems closed and no answer has arrived.
    """

    finished: asyncio.Future[bool] = field(default_factory=asyncio.Future)
    gone: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True, slots=True)
class ResumedSignIn:
    """A sign-in that this page left for and came back from."""

    progress: Progress
    departure: Departure


@dataclass(eq=False)
class _Run:
    """The current sign-in. `window` is `None` until it opens, or if the page goes to Zoom."""

    state: str = field(repr=False)
    progress: Progress
    window: SignInWindow | None = None
    task: asyncio.Task[None] | None = None


class SignIn:
    """The sign-ins of this tab, at most one at a time."""

    def __init__(
        self,
        *,
        settings: Settings,
        windows: SignInWindows,
        navigation: Navigation,
        transport: Transport,
        clock: Clock,
        randomness: Randomness,
        session: Session,
        attempts: AttemptStore,
        way: Way,
    ) -> None:
        self._settings = settings
        self._windows = windows
        self._navigation = navigation
        self._transport = transport
        self._clock = clock
        self._randomness = randomness
        self._session = session
        self._attempts = attempts
        self._way = way
        self._run: _Run | None = None
        self._resumed: dict[str, ResumedSignIn] = {}
        self._sweeping: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, appointment: str, depart: Callable[[], Departure]) -> Progress:
        """Open Zoom's consent page, or focus the one that is open; call this during the click.

        Args:
            appointment: The appointment that the sign-in is for.
            depart: Returns the state to come back with, if the page itself has to go to Zoom.

        Raises:
            HostPageError: The page is not a secure context, or it is in a frame that blocks popups.
            WidgetError: `storage_unavailable`.
        """
        if self._run and not self._run.progress.gone.is_set():
            self.focus_window()
            return self._run.progress
        if self._run:
            self._run.progress.finished.cancel()
            self._stop(self._run)
        if not self._windows.is_secure:
            raise HostPageError(Code.INSECURE_CONTEXT)
        progress = Progress()
        if self._way.is_open:
            self._open(appointment, depart, progress)
        else:
            looking = self._open_when_known(appointment, depart, progress)
            self._run = _Run("", progress, task=asyncio.ensure_future(looking))
        return progress

    async def _open_when_known(
        self, appointment: str, depart: Callable[[], Departure], progress: Progress
    ) -> None:
        try:
            await self._way.look()
            self._open(appointment, depart, progress)
        except Exception as error:  # noqa: BLE001 - whatever it is, the widgets must hear of it
            self._run = None
            progress.finished.set_exception(error)

    def _open(self, appointment: str, depart: Callable[[], Departure], progress: Progress) -> None:
        attempt = self._build_attempt(appointment)
        url = build_authorization_url(self._settings.endpoints, attempt)
        self._attempts.save(attempt)
        self._sweep()
        answer: asyncio.Future[str] = asyncio.Future()
        window = self._windows.open(url, attempt.state, _settle_once(answer))
        if window is None and self._navigation.is_framed:
            self._forget(attempt.state)
            raise HostPageError(Code.POPUP_BLOCKED, Reason.IN_FRAME)
        if window is None:  # blocked
            try:
                self._attempts.save(attempt, depart())
            except WidgetError:  # no room for the notes
                self._forget(attempt.state)
                raise
            # The page may stay: the host may ask about unsaved changes, or the user may go back.
            self._run = _Run(attempt.state, progress)
            self._navigation.go(url)
            return
        task = asyncio.ensure_future(self._run_to_end(attempt.state, answer, window, progress))
        self._run = _Run(attempt.state, progress, window, task)

    def resume(self) -> None:
        """Continue the sign-ins that took this page to Zoom's consent page; call this once.

        Others, that an earlier page of this tab has left behind, are deleted when they are too old.
        """
        try:
            returned = self._attempts.take_returned()
            self._sweep()
        except WidgetError:
            return  # no storage, so nothing was left there
        for each in returned:
            progress = Progress()
            self._resumed[each.attempt.appointment] = ResumedSignIn(progress, each.departure)
            task = asyncio.ensure_future(self._finish(each, progress))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def take_resumed(self, appointment: str) -> ResumedSignIn | None:
        """Return, once, the sign-in that was begun for this appointment before the page left."""
        return self._resumed.pop(appointment, None)

    def focus_window(self) -> None:
        """Bring the consent page to the front, if one is open."""
        if self._run and self._run.window:
            self._run.window.focus()

    def abandon(self) -> None:
        """Stop the sign-in: the user does not want to wait any longer."""
        run = self._run
        if run:
            self._stop(run)
            if not run.progress.finished.done():
                run.progress.finished.set_result(False)

    def _sweep(self) -> None:
        """Delete abandoned attempts, now and as soon as younger ones are too old."""
        if self._sweeping is not None:
            self._sweeping.cancel()
        rest = self._attempts.sweep(self._clock.now())
        self._sweeping = None if rest is None else asyncio.ensure_future(self._sweep_after(rest))

    async def _sweep_after(self, rest: timedelta) -> None:
        left: timedelta | None = rest
        with suppress(WidgetError):  # no storage, no attempts
            while left is not None:
                await self._clock.sleep(left.total_seconds() + 1)
                left = self._attempts.sweep(self._clock.now())

    def _build_attempt(self, appointment: str) -> SignInAttempt:
        draw = self._randomness.token_bytes
        return SignInAttempt(
            state=encode_base64url(draw(STATE_BYTES)),
            verifier=Secret(encode_base64url(draw(VERIFIER_BYTES))),
            client_id=self._settings.client_id,
            redirect_uri=self._settings.redirect_uri,
            appointment=appointment,
            started_at=self._clock.now(),
        )

    def _stop(self, run: _Run) -> None:
        self._run = None
        if run.task:
            run.task.cancel()
        if run.window:
            run.window.close()
        self._forget(run.state)

    def _forget(self, state: str) -> None:
        with suppress(WidgetError):  # no storage, so nothing is kept there either
            self._attempts.take(state)

    async def _run_to_end(
        self, state: str, answer: asyncio.Future[str], window: SignInWindow, progress: Progress
    ) -> None:
        try:
            query = await self._wait_for_answer(answer, window, progress)
            window.close()
            await self._redeem(self._take(state), query)
        except Exception as error:  # noqa: BLE001 - whatever it is, the widgets must hear of it
            if not progress.finished.done():
                progress.finished.set_exception(error)
        else:
            if not progress.finished.done():
                progress.finished.set_result(True)
        self._run = None
        window.close()
        self._forget(state)

    def _take(self, state: str) -> SignInAttempt:
        """Take the attempt out of the store; that uses it up, whatever the outcome."""
        attempt = self._attempts.take(state)
        if attempt is None:
            raise UnexpectedAnswerError(Code.STATE_EXPIRED, Reason.USED)
        return attempt

    async def _finish(self, returned: Returned, progress: Progress) -> None:
        try:
            await self._redeem(returned.attempt, returned.query)
        except Exception as error:  # noqa: BLE001 - the same
            progress.finished.set_exception(error)
            progress.finished.exception()  # perhaps no element asks for it
        else:
            progress.finished.set_result(True)

    async def _wait_for_answer(
        self, answer: asyncio.Future[str], window: SignInWindow, progress: Progress
    ) -> str:
        before, waited, closed_for = self._clock.now(), timedelta(0), 0.0
        while not answer.done():
            # Not until a certain time: if the clock is set back, that may be hours away.
            now = self._clock.now()
            before, waited = now, waited + max(now - before, timedelta(0))
            if waited > LIFETIME:
                raise NotDoneError(Code.SIGN_IN_TIMEOUT)
            came = await wait_or(self._clock.sleep(LOOK_EVERY), answer)
            closed_for = closed_for + LOOK_EVERY if window.closed else 0.0
            if closed_for > GRACE and not came:
                progress.gone.set()
        return answer.result()

    async def _redeem(self, attempt: SignInAttempt, query: str) -> None:
        """Exchange the answer for a token; the attempt is used up, whatever the outcome."""
        code = parse_authorization_response(
            query, attempt, endpoints=self._settings.endpoints, now=self._clock.now()
        )

        async def exchange() -> Token:
            request = build_token_request(self._settings.endpoints, code)
            response = await self._transport.send(request)
            return parse_token_response(response, now=self._clock.now())

        try:
            token = await retry_after_limit(self._clock, exchange)
        except UnreachableError as error:
            self._way.doubt(error)
            raise
        self._session.adopt(token)


def _settle_once(answer: asyncio.Future[str]) -> Callable[[str], None]:
    def settle(query: str) -> None:
        if not answer.done():
            answer.set_result(query)

    return settle
