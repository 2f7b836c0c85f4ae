"""This tab's connection to Zoom: one token, renewed once, shared between tabs.

Facts: Zoom's refresh token works once, and a duplicated tab has a copy of it. So renewal is single
flight within the tab, and across tabs it runs under a Web Lock; the second tab to get the lock
looks for the token that the first one got before it asks Zoom. A tab that got its token from
another one has no refresh token, and asks the other to renew. Only `invalid_grant` ends the
connection: a network failure or a server error says nothing about the token. A refresh whose answer
was lost is not repeated automatically, because it may have used up the token.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import datetime

from pywidget.connection.tab_messages import TabMessages
from pywidget.connection.token_sharing import LAST_WAIT, Answer, TokenSharing
from pywidget.connection.token_store import TokenStore
from pywidget.domain.errors import (
    Code,
    SessionEndedError,
    UnreachableError,
    WidgetError,
    ZoomRefusedError,
)
from pywidget.domain.secret import Secret
from pywidget.ports import Clock, Locks, Randomness, Transport
from pywidget.settings import Settings
from pywidget.zoom.scopes import Scope
from pywidget.zoom.token import (
    Token,
    build_refresh_request,
    build_revoke_request,
    parse_refreshed_token,
)

LOCK = "pywidget:v1:token"
_LOOK_AGAIN = (0.1, 1.0)  # seconds


class Session:
    """The page's connection to Zoom, shared by all its widgets."""

    def __init__(
        self,
        *,
        settings: Settings,
        transport: Transport,
        clock: Clock,
        locks: Locks,
        randomness: Randomness,
        messages: TabMessages,
        tokens: TokenStore,
    ) -> None:
        self._settings = settings
        self._transport = transport
        self._clock = clock
        self._locks = locks
        self._tokens = tokens
        self._refused: set[Secret] = set()  # dead tokens, which another tab may still offer
        self._renewing: asyncio.Task[Token] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._generation = 0
        self._listeners: list[Callable[[], None]] = []
        self._sharing = TokenSharing(
            messages,
            clock,
            randomness,
            is_on=settings.shares_sign_in,
            get_token=self._load,
            renew=self._renew,
            take=self._take,
            hear_end=self._hear_end,
        )

    @property
    def is_signed_in(self) -> bool:
        """Whether there is a token that can be sent or renewed."""
        token = self._load()
        return token is not None and (
            token.is_fresh(self._clock.now()) or token.refresh is not None
        )

    @property
    def generation(self) -> int:
        """The count of sign-ins and their ends; facts from an earlier one may be wrong now."""
        return self._generation

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` whenever someone signs in or out, or another tab renews the token."""
        self._listeners.append(listener)

    def allows(self, scope: Scope) -> bool:
        """Tell whether a call is worth trying: False only if Zoom did not grant the scope."""
        token = self._load()
        return token is None or token.scopes is None or scope in token.scopes

    def ask_other_tabs(self) -> None:
        """Ask the other tabs for their token, as a new page does."""
        if not self.is_signed_in:
            self._sharing.ask_in_passing()

    async def find_token_elsewhere(self) -> bool:
        """Ask the other tabs, to avoid a new sign-in; tell whether there is a token now."""
        if not self.is_signed_in:
            self._tell()  # it may have gone without a word: cleared by the user, or too old
            await self._sharing.ask()
        return self.is_signed_in

    def adopt(self, token: Token) -> None:
        """Adopt the token of a finished sign-in; it replaces every other one."""
        before = self._load()
        token = self._tokens.save_sign_in(token)
        self._change()
        self._sharing.tell_sign_in()
        if before is not None:
            self._sharing.tell_successor(token, before)

    def drop(self, refused: Secret) -> None:
        """Forget a token that Zoom refuses even after it was renewed."""
        self._refused.add(refused)
        token = self._tokens.load()
        if token is not None and token.access == refused:
            self._forget_here()

    async def get_access(self) -> Secret:
        """Return the access token, renewed if it is about to expire.

        Raises:
            ZoomRefusedError: `invalid_grant`: nobody is signed in, or no longer.
            WidgetError: The renewal failed this time.
        """
        token = self._load_or_end()
        if not token.is_fresh(self._clock.now()):
            token = await self._renew(token)
        return token.access

    async def replace_access(self, refused: Secret) -> Secret:
        """Return an access token other than the one Zoom has just refused, whatever our clock says.

        Raises the same errors as `get_access`.
        """
        token = self._load_or_end()
        if token.access == refused:
            token = await self._renew(token)
        return token.access

    def end(self) -> Coroutine[None, None, None]:
        """Forget the token in every tab at once; return a coroutine that asks Zoom to revoke it."""
        token = self._load()
        with suppress(WidgetError):  # no storage, no token
            self._tokens.end(self._clock.now())
        self._change()
        self._sharing.tell_forgotten(token)
        return self._revoke(token)

    async def _revoke(self, token: Token | None) -> None:
        if token is None:
            return
        request = build_revoke_request(
            self._settings.endpoints, self._settings.client_id, token.access
        )
        # Zoom lets only some clients do this; otherwise the token expires within the hour.
        with suppress(WidgetError):
            await self._transport.send(request)

    async def _renew(self, stale: Token) -> Token:
        if self._renewing is None:
            self._renewing = asyncio.ensure_future(self._renew_once(stale))
            self._renewing.add_done_callback(self._renewed)
        return await asyncio.shield(self._renewing)

    def _renewed(self, _task: asyncio.Task[Token]) -> None:
        self._renewing = None

    async def _renew_once(self, stale: Token) -> Token:
        if stale.refresh is None:
            return await self._have_renewed(stale)
        async with self._locks.hold(LOCK):
            winner = self._find_winner(stale) or await self._ask_for_winner(stale)
            if winner is not None:
                return winner
            request = build_refresh_request(
                self._settings.endpoints, self._settings.client_id, stale.refresh
            )
            response = await self._transport.send(request)
            try:
                token = parse_refreshed_token(response, stale, now=self._clock.now())
            except ZoomRefusedError as error:
                if error.code is not Code.INVALID_GRANT:
                    raise
                return self._find_winner(stale) or await self._find_successor(stale)
            # The user may have disconnected or signed in again in the meantime: that counts.
            winner = self._find_winner(stale)
            if winner is not None:
                return winner
            self._tokens.save(token)
            self._sharing.tell_successor(token, stale)
            return token

    async def _have_renewed(self, stale: Token) -> Token:
        """Have the tab renew it that has the refresh token."""
        answer = await self._sharing.ask(stale.access, wait=LAST_WAIT)
        winner = self._find_winner(stale)
        if winner is not None:
            return winner
        if answer is Answer.NOT_RENEWED:
            raise UnreachableError(Code.NETWORK, may_have_arrived=False)
        return await self._find_successor(stale)

    async def _find_successor(self, dead: Token) -> Token:
        """Forget a token that is dead, and find the one that a new sign-in put in its place."""
        self._refused.add(dead.access)
        self._forget_here()
        await self._sharing.ask(may_renew=False)  # we may hold the lock
        token = self._load()
        if token is None:
            raise SessionEndedError
        return token

    def _find_winner(self, stale: Token) -> Token | None:
        """Find a token that arrived while we waited, from another tab or a new sign-in."""
        token = self._tokens.load()
        if token is None:
            raise SessionEndedError
        is_newer = token.access != stale.access and token.is_fresh(self._clock.now())
        return token if is_newer else None

    async def _ask_for_winner(self, stale: Token) -> Token | None:
        answer = await self._sharing.ask(stale.access, may_renew=False)
        return self._find_winner(stale) if answer is Answer.TOKEN else None

    def _change(self) -> None:
        self._generation += 1
        self._tell()

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()

    def _load_or_end(self) -> Token:
        token = self._tokens.load()
        if token is None:
            self._tell()  # nobody may have heard of it: the user can clear the site's data
            raise SessionEndedError
        return token

    def _load(self) -> Token | None:
        try:
            return self._tokens.load()
        except WidgetError:
            return None  # no storage, no token; signing in will say so

    def _take(self, token: Token) -> bool:
        """Take another tab's token, unless ours is as new; tell whether we have one as new."""
        if token.access in self._refused:
            return False
        mine = self._load()
        if mine is not None and _rank(mine) >= _rank(token):
            return True
        try:
            self._tokens.save(token)
        except WidgetError:
            return False  # no storage, no token
        if self._load() is None:
            return False  # from before the last end
        if mine is not None and mine.family == token.family:
            self._tell()  # renewed: the same account as before
        else:
            self._change()
        return True

    def _hear_end(self, is_ours: bool) -> None:  # noqa: FBT001 - a callback's only argument
        """Hear that a tab has disconnected: with our sign-in, or with one that voids ours."""
        if is_ours or self._load() is None:
            self._forget_here()
        else:
            task = asyncio.ensure_future(self._look_for_end())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _look_for_end(self) -> None:
        """Look again: the message may be faster than what the other tab has stored."""
        for pause in _LOOK_AGAIN:
            await self._clock.sleep(pause)
            if self._load() is None:
                self._forget_here()
                return

    def _forget_here(self) -> None:
        with suppress(WidgetError):  # no storage, no token
            self._tokens.forget()
        self._change()


def _rank(token: Token) -> tuple[datetime, datetime]:
    """Rank tokens by sign-in, and then by renewal."""
    return token.signed_in_at, token.expires_at
