"""A `BroadcastChannel`: every other tab hears, a little later; nobody hears themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class SharedChannel:
    """The channel of one origin.

    Attributes:
        told: Every text that went over it, in order.
    """

    def __init__(self) -> None:
        self.told: list[str] = []
        self._tabs: list[TabChannel] = []

    def open_tab(self) -> TabChannel:
        """One tab's end of it."""
        tab = TabChannel(self)
        self._tabs.append(tab)
        return tab

    def tell(self, message: object, sender: TabChannel | None = None) -> None:
        """Without a sender: any page of this origin, of another version perhaps."""
        if isinstance(message, str):
            self.told.append(message)
        hearers = [tab for tab in self._tabs if tab is not sender]
        for tab in hearers:
            asyncio.get_running_loop().call_soon(tab.hear, message)

    def leave(self, tab: TabChannel) -> None:
        self._tabs.remove(tab)


class TabChannel:
    """Implements `ports.Tabs`."""

    def __init__(self, shared: SharedChannel) -> None:
        self._shared = shared
        self._listeners: list[Callable[[str], None]] = []
        self._is_open = True

    def tell(self, text: str) -> None:
        assert type(text) is str, "a browser would have cloned it"
        if self._is_open:
            self._shared.tell(text, self)

    def listen(self, on_message: Callable[[str], None]) -> None:
        self._listeners.append(on_message)

    def close(self) -> None:
        """The tab is closed: what is on its way to it is not heard."""
        self._is_open = False
        self._listeners.clear()
        self._shared.leave(self)

    def hear(self, message: object) -> None:
        for listener in tuple(self._listeners):
            if isinstance(message, str):
                listener(message)
