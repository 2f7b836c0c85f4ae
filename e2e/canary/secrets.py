"""The secrets that a page, Zoom and the callback exchange, as they are heard in a run."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit

from pywidget.connection.attempt_store import PREFIX as ATTEMPT_PREFIX
from pywidget.connection.token_store import KEY as TOKEN_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Kind(StrEnum):
    """A kind of secret, by its name in the protocol that carries it."""

    CODE = "code"
    VERIFIER = "code_verifier"
    STATE = "state"
    ACCESS = "access_token"
    REFRESH = "refresh_token"
    FAMILY = "family"
    """What a tab has to know before another one believes its token."""
    PASSCODE = "password"
    """A meeting's passcode, as people type it."""
    PHONE_PASSCODE = "pstn_password"
    """What people type who call."""
    PWD = "pwd"
    """A meeting's passcode, encrypted, as links carry it."""
    TK = "tk"
    """What lets a registered client in."""
    ZAK = "zak"
    """What makes whoever opens a start link the host."""


_SHORTEST: Final = 6
"""Characters: a shorter secret, such as a fault's, would be found anywhere by chance."""
_IN_REQUESTS: Final = (Kind.CODE, Kind.VERIFIER, Kind.REFRESH)
_IN_ANSWERS: Final = (Kind.ACCESS, Kind.REFRESH)
_IN_LINKS: Final = (Kind.PWD, Kind.TK, Kind.ZAK)
_IN_MEETINGS: Final = {
    "password": Kind.PASSCODE,
    "pstn_password": Kind.PHONE_PASSCODE,
    "encrypted_password": Kind.PWD,
}
_LINKS: Final = ("join_url", "start_url")


class Secrets:
    """A collection of all secrets that a page and Zoom exchange."""

    def __init__(self) -> None:
        self.heard: dict[str, str] = {}
        """Each secret by a name of its own, such as `access_token 2`."""

    @property
    def kinds(self) -> set[str]:
        """The kinds of secrets that were exchanged, such as `access_token`."""
        return {name.partition(" ")[0] for name in self.heard}

    def list_all(self) -> Iterator[tuple[Kind, str]]:
        """Yield each secret with its kind."""
        for name, value in self.heard.items():
            yield Kind(name.partition(" ")[0]), value

    def hear(self, kind: Kind, value: str) -> None:
        """Collect a secret, unless it is known or too short to be looked for."""
        if len(value) >= _SHORTEST and value not in self.heard.values():
            number = sum(known.partition(" ")[0] == kind for known in self.heard) + 1
            self.heard[f"{kind} {number}"] = value

    def hear_form(self, text: str) -> None:
        """Collect the secrets of a form that the page has sent to an OAuth endpoint."""
        self._hear_fields(text, *_IN_REQUESTS)

    def hear_token(self, token: str) -> None:
        """Collect the access token of a call."""
        self.hear(Kind.ACCESS, token)

    def hear_address(self, url: str) -> None:
        """Collect the secrets of a sign-in's address: Zoom's consent page, or the way back."""
        self._hear_fields(urlsplit(url).query, Kind.CODE, Kind.STATE)

    def hear_answer(self, body: Mapping[str, object]) -> None:
        """Collect the secrets of one of Zoom's answers."""
        for name in _LINKS:
            self._hear_fields(urlsplit(str(body.get(name, ""))).query, *_IN_LINKS)
        for kind in _IN_ANSWERS:
            if isinstance(body.get(kind), str):
                self.hear(kind, str(body[kind]))
        for name, kind in _IN_MEETINGS.items():
            if isinstance(body.get(name), str):
                self.hear(kind, str(body[name]))

    def hear_stored(self, key: str, text: str) -> None:
        """Collect the secrets of an entry of the widget's in a tab's storage."""
        if key.startswith(ATTEMPT_PREFIX):
            self.hear(Kind.STATE, key.removeprefix(ATTEMPT_PREFIX))
            self.hear(Kind.VERIFIER, str(json.loads(text).get("verifier", "")))
        elif key == TOKEN_KEY:
            record = json.loads(text)
            self.hear_answer(record)
            self.hear(Kind.FAMILY, str(record.get(Kind.FAMILY) or ""))

    def _hear_fields(self, query: str, *kinds: Kind) -> None:
        fields = parse_qs(query)
        for kind in kinds:
            for value in fields.get(kind, ()):
                self.hear(kind, value)
