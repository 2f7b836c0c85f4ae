"""One token for all tabs of the browser.

Facts: `sessionStorage` belongs to one tab, and Zoom keeps one grant for each user and app: a second
sign-in kills the first tab's token, and a refresh token works once. So a new tab asks for the
token, and a tab that gets a newer one sends it to the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from pywidget.connection.tab_messages import TabMessages
from pywidget.connection.token_store import format_token, parse_token
from pywidget.connection.waiting import wait_or
from pywidget.ports import Clock
from pywidget.zoom.token import Token

WAIT = 0.25  # seconds for the other tabs to answer; they are in the same browser


class TokenSharing:
    """The exchange of the token with the other tabs."""

    def __init__(
        self,
        messages: TabMessages,
        clock: Clock,
        *,
        get_token: Callable[[], Token | None],
        on_token: Callable[[Token], None],
        on_forget: Callable[[], None],
    ) -> None:
        self._messages = messages
        self._clock = clock
        self._get_token = get_token
        self._on_token = on_token
        self._waiting: set[asyncio.Future[Token]] = set()
        messages.on("ask-token", self._answer)
        messages.on("token", self._take)
        messages.on("forget-token", lambda _fields: on_forget())

    def ask_in_passing(self) -> None:
        """Ask for a token without waiting; an answer is adopted whenever it arrives."""
        self._messages.tell("ask-token")

    async def ask(self) -> Token | None:
        """Ask for another tab's token; return `None` if no tab answers in time."""
        answer: asyncio.Future[Token] = asyncio.Future()
        self._waiting.add(answer)
        self._messages.tell("ask-token")
        try:
            came = await wait_or(self._clock.sleep(WAIT), answer)
            return answer.result() if came else None
        finally:
            self._waiting.discard(answer)

    def tell(self, token: Token) -> None:
        """Send a new token to the other tabs: every other token is dead or dying."""
        self._messages.tell("token", token=format_token(token))

    def tell_forgotten(self) -> None:
        """Tell the other tabs that the user has disconnected."""
        self._messages.tell("forget-token")

    def _answer(self, _fields: Mapping[str, str]) -> None:
        token = self._get_token()
        if token is not None and token.is_fresh(self._clock.now()):
            self.tell(token)

    def _take(self, fields: Mapping[str, str]) -> None:
        token = parse_token(fields.get("token", ""))
        if token is None or not token.is_fresh(self._clock.now()):
            return
        for answer in self._waiting:
            if not answer.done():
                answer.set_result(token)
        self._on_token(token)
