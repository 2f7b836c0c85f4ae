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
_SHORTEST: Final = 6
"""Characters: what is shorter, such as a fault's, is found anywhere by chance."""
_IN_REQUESTS: Final = ("code", "code_verifier", "refresh_token")
_IN_ANSWERS: Final = ("access_token", "refresh_token")
_IN_LINKS: Final = ("pwd", "tk", "zak")
_IN_MEETINGS: Final = ("password", "encrypted_password")
_LINKS: Final = ("join_url", "start_url")


class Secrets:
    """Collects every secret that a page and Zoom tell each other."""

    def __init__(self) -> None:
        self.heard: dict[str, str] = {}
        """By a name of its own, such as `access_token 2`."""

    @property
    def kinds(self) -> set[str]:
        """What kinds of secrets there were."""
        return {name.partition(" ")[0] for name in self.heard}

    def hear_form(self, text: str) -> None:
        """Hear what the page has sent to one of the endpoints of OAuth."""
        form = parse_qs(text)
        for name in _IN_REQUESTS:
            for value in form.get(name, ()):
                self._add(name, value)

    def hear_token(self, token: str) -> None:
        """Hear what a call was allowed by."""
        self._add("access_token", token)

    def hear_answer(self, body: Mapping[str, object]) -> None:
        """Hear what Zoom has answered."""
        for name in _LINKS:
            query = parse_qs(urlsplit(str(body.get(name, ""))).query)
            for part in _IN_LINKS:
                for value in query.get(part, ()):
                    self._add(part, value)
        for name in (*_IN_ANSWERS, *_IN_MEETINGS):
            if isinstance(body.get(name), str):
                self._add(name, str(body[name]))

    def _add(self, name: str, value: str) -> None:
        if len(value) >= _SHORTEST and value not in self.heard.values():
            number = sum(known.partition(" ")[0] == name for known in self.heard) + 1
            self.heard[f"{name} {number}"] = value


class Canary(Secrets):
    """Hears the secrets that a browser context and a relay tell each other."""

    def __init__(self, context: BrowserContext, relay: Relay) -> None:
        super().__init__()
        self._relay = relay
        context.on("response", self._see)

    def search(self) -> Findings:
        """Look for them in all that the relay has written."""
        self._relay.settle()
        return search_files(self._relay.folder, self.heard)

    def _see(self, response: Response) -> None:
        if not response.url.startswith(self._relay.url):
            return
        if "/oauth/" in response.url:
            self.hear_form(response.request.post_data or "")
        kind = response.headers.get("content-type", "")
        if response.ok and kind.startswith("application/json"):
            self.hear_answer(response.json())


@dataclass(frozen=True)
class Findings:
    """What a search came to."""

    places: int
    """How many files or recordings were searched."""
    size: int
    """Bytes."""
    secrets: int
    leaks: list[str]
    """Which secret in which place, never the secret."""


def search_files(folder: Path, secrets: Mapping[str, str]) -> Findings:
    """Search every file below a folder, whatever it holds."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return search({str(path.relative_to(folder)): path.read_bytes() for path in files}, secrets)


def search(contents: Mapping[str, bytes], secrets: Mapping[str, str]) -> Findings:
    """Search what is in these places, by their names."""
    leaks = [
        f"{name} in {place}"
        for place, content in contents.items()
        for name, secret in secrets.items()
        if secret[:_TELLING].encode() in content
    ]
    return Findings(len(contents), sum(map(len, contents.values())), len(secrets), leaks)
