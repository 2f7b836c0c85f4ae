"""The messages between the tabs of one browser: small JSON objects, each with a kind.

Facts: only pages of the same origin can listen, and they could read this origin's storage too. A
tab may run an older or a newer version, so messages of an unknown kind are ignored.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from pywidget.domain.json_text import read_json
from pywidget.ports import Tabs

Handler = Callable[[Mapping[str, str]], None]


class TabMessages:
    """The messages to and from the other tabs, with one handler for each kind."""

    def __init__(self, tabs: Tabs) -> None:
        self._tabs = tabs
        self._handlers: dict[str, Handler] = {}
        tabs.listen(self._hear)

    def tell(self, kind: str, **fields: str) -> None:
        """Send a message to every other tab."""
        self._tabs.tell(json.dumps({"kind": kind, **fields}))

    def on(self, kind: str, handler: Handler) -> None:
        """Pass the fields of messages of this kind to `handler` from now on."""
        self._handlers[kind] = handler

    def _hear(self, text: str) -> None:
        try:
            message = read_json(text)
        except ValueError:
            return
        if not isinstance(message, dict):
            return
        fields = {name: value for name, value in message.items() if isinstance(value, str)}
        handler = self._handlers.get(fields.get("kind", ""))
        if handler is not None:
            handler(fields)
