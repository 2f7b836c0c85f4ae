"""The connected user: read from Zoom when it matters, held in memory, never stored."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from pywidget.connection.session import Session
from pywidget.connection.zoom_client import ZoomClient
from pywidget.domain.errors import WidgetError
from pywidget.zoom.scopes import Scope
from pywidget.zoom.users import User


@dataclass(frozen=True, slots=True)
class Connection:
    """A user who is signed in. `email` and `is_licensed` are `None` until Zoom has sent them.

    `hosts` are the addresses of those for whom the user may schedule, case-folded, as far as Zoom
    was asked.
    """

    email: str | None = None
    is_licensed: bool | None = None
    denied: frozenset[Scope] = frozenset()
    hosts: frozenset[str] = frozenset()

    @property
    def may_look(self) -> bool:
        """Whether meetings can be looked up and started."""
        return Scope.READ not in self.denied

    @property
    def may_move(self) -> bool:
        """Whether meetings can be moved to another time."""
        return Scope.UPDATE not in self.denied

    @property
    def may_register(self) -> bool:
        """Whether people can be registered, which only Licensed hosts can do."""
        return bool(self.is_licensed) and Scope.REGISTER not in self.denied

    @property
    def may_remove(self) -> bool:
        """Whether meetings can be deleted."""
        return Scope.DELETE not in self.denied

    def may_schedule_for(self, email: str) -> bool:
        """Tell whether meetings can be scheduled for this person, who is not the user."""
        host = email.casefold()
        is_self = self.email is not None and self.email.casefold() == host
        return host in self.hosts and self.is_licensed is not False and not is_self


class Account:
    """The signed-in user, looked up once for each sign-in."""

    def __init__(self, client: ZoomClient, session: Session) -> None:
        self._client = client
        self._session = session
        self._generation = session.generation
        self._user: User | None = None
        self._asking: asyncio.Task[User | None] | None = None
        self._hosts: frozenset[str] | None = None
        self._listeners: set[Callable[[], None]] = set()
        session.on_change(self._change)

    @property
    def connection(self) -> Connection | None:
        """The connection as far as it is known; `None` if nobody is signed in."""
        if not self._session.is_signed_in:
            return None
        denied = frozenset(scope for scope in Scope if not self._session.allows(scope))
        hosts = self._hosts or frozenset()
        if self._user is None:
            return Connection(denied=denied, hosts=hosts)
        return Connection(self._user.email, self._user.is_licensed, denied, hosts)

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` whenever `connection` may have changed; return how to stop that."""
        self._listeners.add(listener)
        return lambda: self._listeners.discard(listener)

    async def find_user(self) -> User | None:
        """Find the user; return `None` if nobody is signed in, or if Zoom does not say."""
        if self._user is not None:
            return self._user
        if not self._session.is_signed_in or not self._session.allows(Scope.READ_USER):
            return None
        if self._asking is None:
            self._asking = asyncio.ensure_future(self._ask())
        return await asyncio.shield(self._asking)

    async def find_hosts(self) -> frozenset[str]:
        """Find those for whom the user may schedule, case-folded; nobody if Zoom does not say."""
        may_ask = self._session.is_signed_in and self._session.allows(Scope.LIST_SCHEDULERS)
        if self._hosts is not None or not may_ask:
            return self._hosts or frozenset()
        generation = self._session.generation
        try:
            listed = await self._client.list_schedulers()
        except WidgetError:
            return frozenset()  # the meeting is the user's own then, and the panel says so
        hosts = frozenset(email.casefold() for email in listed)
        if generation == self._session.generation:
            self._hosts = hosts
            self._tell()
        return hosts

    async def _ask(self) -> User | None:
        generation = self._session.generation
        try:
            user = await self._client.read_user()
        except WidgetError:
            return None  # anything that depends on it can be asked of the user instead
        finally:
            is_same = generation == self._session.generation
            if is_same:
                self._asking = None
        if is_same:
            self._user = user
            self._tell()
        return user

    def _change(self) -> None:
        if self._generation != self._session.generation:
            self._generation = self._session.generation
            self._user = self._asking = self._hosts = None
        self._tell()

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()
