"""The tab's `sessionStorage`, in which the widget stores its token."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from zoom_meeting_testing.simulator.grants import TokenPair

TOKEN_KEY: Final = "pywidget:v1:token"
LIFETIME: Final = timedelta(hours=1)


class TabStorage:
    """The storage of one tab for the page that is open in it."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def read(self) -> dict[str, str]:
        """Return all entries."""
        found: dict[str, str] = self._page.evaluate("() => ({ ...sessionStorage })")
        return found

    def read_access_token(self) -> str | None:
        """Return the access token, if there is one."""
        text = self.read().get(TOKEN_KEY)
        return None if text is None else str(json.loads(text)["access_token"])

    def clear(self) -> None:
        """Remove all entries; then no user is signed in, as in a new tab."""
        self._page.evaluate("() => sessionStorage.clear()")

    def keep_token(self, pair: TokenPair) -> None:
        """Sign a user in without Zoom's window; the tokens are from `simulator.issue_tokens`."""
        entry = [TOKEN_KEY, write_token(pair)]
        self._page.evaluate("([key, text]) => sessionStorage.setItem(key, text)", entry)


def write_token(pair: TokenPair) -> str:
    """Return a token in the form in which the widget stores it."""
    return json.dumps(
        {
            "access_token": pair.access.value,
            "refresh_token": pair.refresh.value,
            "expires_at": pair.access.expires_at.isoformat(),
            "scopes": sorted(pair.access.scopes),
            "signed_in_at": (pair.access.expires_at - LIFETIME).isoformat(),
            "family": None,
        }
    )
