"""Looks for secrets in what a relay leaves behind.

canary = Canary(context, relay)
...  # a journey
assert not canary.search().leaks
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Response

    from e2e.relay.caller import Relay

_TELLING: Final = 16
"""Characters that nothing else begins with by chance: a secret that was cut off is found, too."""
_IN_REQUESTS: Final = ("code", "code_verifier", "refresh_token")
_IN_ANSWERS: Final = ("access_token", "refresh_token")
_IN_LINKS: Final = ("pwd", "tk", "zak")
_IN_MEETINGS: Final = ("password", "encrypted_password")
_LINKS: Final = ("join_url", "start_url")


class Canary:
    """Hears every secret that a browser context and a relay tell each other."""

    def __init__(self, context: BrowserContext, relay: Relay) -> None:
        self.heard: dict[str, str] = {}
        """By a name of its own, such as `access_token 2`."""
        self._relay = relay
        context.on("response", self._see)

    @property
    def kinds(self) -> set[str]:
        """What kinds of secrets there were."""
        return {name.partition(" ")[0] for name in self.heard}

    def search(self) -> Findings:
        """Look for them in all that the relay has written."""
        self._relay.settle()
        return search_files(self._relay.folder, self.heard)

    def _see(self, response: Response) -> None:
        if not response.url.startswith(self._relay.url):
            return
        request = response.request
        form = parse_qs(request.post_data or "") if "/oauth/" in request.url else {}
        for name in _IN_REQUESTS:
            for value in form.get(name, ()):
                self._add(name, value)
        kind = response.headers.get("content-type", "")
        if response.ok and kind.startswith("application/json"):
            self._see_body(response.json())

    def _see_body(self, body: dict[str, object]) -> None:
        for name in _LINKS:
            query = parse_qs(urlsplit(str(body.get(name, ""))).query)
            for part in _IN_LINKS:
                for value in query.get(part, ()):
                    self._add(part, value)
        for name in (*_IN_ANSWERS, *_IN_MEETINGS):
            if isinstance(body.get(name), str):
                self._add(name, str(body[name]))

    def _add(self, name: str, value: str) -> None:
        if value not in self.heard.values():
            number = sum(known.partition(" ")[0] == name for known in self.heard) + 1
            self.heard[f"{name} {number}"] = value


@dataclass(frozen=True)
class Findings:
    """What a search came to."""

    files: int
    size: int
    """Bytes."""
    secrets: int
    leaks: list[str]
    """Which secret in which file, never the secret."""


def search_files(folder: Path, secrets: Mapping[str, str]) -> Findings:
    """Search every file below a folder, whatever it holds."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    contents = {path: path.read_bytes() for path in files}
    leaks = [
        f"{name} in {path.relative_to(folder)}"
        for path, content in contents.items()
        for name, secret in secrets.items()
        if secret[:_TELLING].encode() in content
    ]
    return Findings(len(files), sum(map(len, contents.values())), len(secrets), leaks)
