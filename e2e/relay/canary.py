"""Searches all that a relay leaves behind for secrets.

canary = Canary(context, relay)
...  # a journey
assert not canary.search().leaks
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from e2e.canary.secrets import Secrets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Response

    from e2e.relay.caller import Relay

_TELLING: Final = 16
"""Characters of a secret to search for: too many for chance, few enough to find one cut short."""


class BrowserSecrets(Secrets):
    """The secrets that a browser context exchanges with the server at one address."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        super().__init__()
        self._url = url
        context.on("response", self._see)

    def _see(self, response: Response) -> None:
        if not response.url.startswith(self._url):
            return
        if "/oauth/" in response.url:
            self.hear_form(response.request.post_data or "")
        kind = response.headers.get("content-type", "")
        if response.ok and kind.startswith("application/json"):
            self.hear_answer(response.json())


class Canary(BrowserSecrets):
    """The secrets that a browser context exchanges through a relay, and a search for them."""

    def __init__(self, context: BrowserContext, relay: Relay) -> None:
        super().__init__(context, relay.url)
        self._relay = relay

    def search(self) -> Findings:
        """Search all that the relay has written."""
        self._relay.settle()
        return search_files(self._relay.folder, self.heard)


@dataclass(frozen=True)
class Findings:
    """The result of a search."""

    places: int
    """The number of files or recordings that were searched."""
    size: int
    """Bytes."""
    secrets: int
    leaks: list[str]
    """The name of each secret that was found, and the place; never the secret."""


def search_files(folder: Path, secrets: Mapping[str, str]) -> Findings:
    """Search every file below a folder, whatever its format."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return search({str(path.relative_to(folder)): path.read_bytes() for path in files}, secrets)


def search(contents: Mapping[str, bytes], secrets: Mapping[str, str]) -> Findings:
    """Search these contents, each by the name of its place."""
    leaks = [
        f"{name} in {place}"
        for place, content in contents.items()
        for name, secret in secrets.items()
        if secret[:_TELLING].encode() in content
    ]
    return Findings(len(contents), sum(map(len, contents.values())), len(secrets), leaks)
