"""The tab's `sessionStorage`: where the widget keeps its token, and nothing for long."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from e2e.simulator.grants import TokenPair

TOKEN_KEY: Final = "pywidget:v1:token"


class TabStorage:
    """One tab's storage for the page that is open in it."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def read(self) -> dict[str, str]:
        """Read everything that is kept."""
        found: dict[str, str] = self._page.evaluate("() => ({ ...sessionStorage })")
        return found

    def clear(self) -> None:
        """Forget everything: from here on nobody is signed in, as in a new tab."""
        self._page.evaluate("() => sessionStorage.clear()")

    def keep_token(self, pair: TokenPair) -> None:
        """Be signed in without the detour through Zoom (`simulator.issue_tokens`)."""
        entry = [TOKEN_KEY, write_token(pair)]
        self._page.evaluate("([key, text]) => sessionStorage.setItem(key, text)", entry)


def write_token(pair: TokenPair) -> str:
    """Write a token as the widget keeps it."""
    return json.dumps(
        {
            "access_token": pair.access.value,
            "refresh_token": pair.refresh.value,
            "expires_at": pair.access.expires_at.isoformat(),
            "scopes": sorted(pair.access.scopes),
            "origin": "",
        }
    )
