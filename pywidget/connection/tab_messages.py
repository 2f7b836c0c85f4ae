"""What the tabs of one browser tell each other, as small JSON objects with a kind.

Facts: only pages of the same origin can listen, and those could read this origin's storage too. A
tab may run an older or a newer version: what is not understood is not heard.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from pywidget.ports import Tabs

Handler = Callable[[Mapping[str, str]], None]


class TabMessages:
    """Sends to the other tabs, and hands what they send to whoever asked for its kind."""

    def __init__(self, tabs: Tabs) -> None:
        self._tabs = tabs
        self._handlers: dict[str, Handler] = {}
        tabs.listen(self._hear)

    def tell(self, kind: str, **fields: str) -> None:
        """Tells every other tab."""
        self._tabs.tell(json.dumps({"kind": kind, **fields}))

    def on(self, kind: str, handler: Handler) -> None:
        """From now on `handler` gets the fields of messages of this kind."""
        self._handlers[kind] = handler

    def _hear(self, text: str) -> None:
        try:
            message = json.loads(text)
        except (ValueError, RecursionError):
            return
        if not isinstance(message, dict):
            return
        fields = {name: value for name, value in message.items() if isinstance(value, str)}
        handler = self._handlers.get(fields.get("kind", ""))
        if handler is not None:
            handler(fields)
