"""Popups as browsers have them: blocked, cut off by COOP, answered late, twice or by a stranger."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit


class Popup:
    """Implements `ports.SignInWindow`."""

    def __init__(self, url: str, state: str, on_answer: Callable[[str], None]) -> None:
        self.url = url
        self.state = state
        self.focused = 0
        self.is_open = True
        self.seems_closed = False  # what another site's COOP header makes of it
        self._on_answer = on_answer
        self._is_listening = True

    @property
    def closed(self) -> bool:
        return self.seems_closed or not self.is_open

    def focus(self) -> None:
        self.focused += 1

    def close(self) -> None:
        self.is_open = self._is_listening = False

    @property
    def parameters(self) -> dict[str, str]:
        """What the consent page was asked."""
        query = parse_qs(urlsplit(self.url).query, strict_parsing=True)
        assert all(len(values) == 1 for values in query.values())
        return {name: values[0] for name, values in query.items()}

    def answer(self, **parameters: str) -> None:
        """Zoom comes back to the redirect URI; the state is the right one unless given."""
        self.send("?" + urlencode({"state": self.state, **parameters}))

    def send(self, query: str) -> None:
        """Whoever it is says this; a window that the user closed may still have an answer."""
        if self._is_listening:
            self._on_answer(query)


class Popups:
    """Implements `ports.SignInWindows`."""

    def __init__(self) -> None:
        self.is_secure = True
        self.is_blocked = False
        self.opened: list[Popup] = []

    def open(self, url: str, state: str, on_answer: Callable[[str], None]) -> Popup | None:
        if self.is_blocked:
            return None
        self.opened.append(Popup(url, state, on_answer))
        return self.opened[-1]

    @property
    def last(self) -> Popup:
        return self.opened[-1]
