"""The request that opens a sign-in, checked as Zoom checks it before it shows anything.

Facts (Zoom's *OAuth 2.0* page, developers.zoom.us/docs/integrations/oauth/; RFC 6749, section 4.1;
RFC 7636, section 4.3):

- `GET /oauth/authorize?response_type=code&client_id&redirect_uri&state&code_challenge
  &code_challenge_method=S256`.
- Zoom shows mistakes on its own page; they never come back to the app.
- A public client is asked for consent at every authorization.
- Without `code_challenge_method` Zoom falls back to `plain`. The simulator is stricter: it takes
  `S256` only.
- Either client ID gets this far; the confidential one fails later, at the token endpoint.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

from zoom_meeting_testing.simulator.messages import find_duplicates, parse_fields
from zoom_meeting_testing.simulator.users import ALL_SCOPES

if TYPE_CHECKING:
    from zoom_meeting_testing.simulator.simulator import Simulator

CHALLENGE: Final = re.compile(r"[A-Za-z0-9_-]{43}")


class ConsentError(Exception):
    """A sign-in that cannot start: Zoom shows its own page, and the app hears nothing.

    `title` is the page's heading, `message` the reason below it.
    """

    def __init__(self, title: str, message: str) -> None:
        super().__init__(title)
        self.title = title
        self.message = message


@dataclass(frozen=True)
class Consent:
    """What a user is asked to allow. Without a challenge it is a Marketplace installation."""

    client_id: str
    redirect_uri: str
    state: str | None
    challenge: str | None
    scopes: tuple[str, ...]

    @property
    def redirect_origin(self) -> str:
        """The origin of the app's page, for the consent page to name."""
        parts = urlsplit(self.redirect_uri)
        return f"{parts.scheme}://{parts.netloc}"

    def build_redirect(self, **parameters: str) -> str:
        """Build the redirect back to the app (RFC 6749, sections 4.1.2 and 4.1.2.1).

        The parameters are `code` or `error`; `state` is added as it was sent.
        """
        fields = [*parameters.items()]
        if self.state is not None:
            fields.append(("state", self.state))
        separator = "&" if "?" in self.redirect_uri else "?"
        return f"{self.redirect_uri}{separator}{urlencode(fields)}"


def parse_authorization(simulator: Simulator, query: str) -> Consent:
    """Check an authorization request (RFC 6749, section 4.1.1; RFC 7636, section 4.3).

    Raises `ConsentError`.
    """
    given = _parse_query(query)
    settings = simulator.settings
    client_id = given.get("client_id", "")
    if client_id not in (settings.public_client_id, settings.confidential_client_id):
        raise ConsentError("Invalid client ID", "No app has this client_id (4,702).")
    if given.get("response_type") != "code":
        raise ConsentError("Invalid request", "response_type must be code.")
    redirect_uri = given.get("redirect_uri", "")
    _require_registered(simulator, redirect_uri)
    method = given.get("code_challenge_method")
    if method != "S256":
        shown = "Without code_challenge_method Zoom assumes plain" if method is None else method
        raise ConsentError(
            "Code challenge method not accepted",
            f"{shown}: a public client must send code_challenge_method=S256.",
        )
    challenge = given.get("code_challenge", "")
    if not CHALLENGE.fullmatch(challenge):
        raise ConsentError(
            "Invalid code challenge", "code_challenge must be 43 characters of base64url."
        )
    _require_published(simulator)
    return Consent(
        client_id, redirect_uri, given.get("state"), challenge, _choose_scopes(given.get("scope"))
    )


def parse_installation(simulator: Simulator, query: str) -> Consent:
    """Check a visit to the app's Marketplace page: it has no state and no challenge.

    Raises `ConsentError`.
    """
    given = _parse_query(query)
    settings = simulator.settings
    redirect_uri = given.get("redirect_uri") or next(
        iter(settings.redirect_uris),
        settings.demo_url.rstrip("/") + settings.development_path,
    )
    _require_registered(simulator, redirect_uri)
    _require_published(simulator)
    return Consent(settings.public_client_id, redirect_uri, None, None, ALL_SCOPES)


def _parse_query(query: str) -> dict[str, str]:
    try:
        fields = parse_fields(query)
    except ValueError:
        raise ConsentError("Invalid request", "The query of this address is malformed.") from None
    duplicates = find_duplicates(fields)
    if duplicates:
        raise ConsentError("Invalid request", f"Sent more than once: {', '.join(duplicates)}.")
    return dict(fields)


def _require_registered(simulator: Simulator, redirect_uri: str) -> None:
    if not simulator.is_registered(redirect_uri):
        raise ConsentError(
            "Invalid redirect URI",
            f"The app has not registered this redirect URI (4,700): {redirect_uri}",
        )


def _require_published(simulator: Simulator) -> None:
    if not simulator.settings.app_published:
        raise ConsentError(
            "You cannot authorize this app",
            "Your account administrator has to approve SimpleSpa Zoom Connector first.",
        )


def _choose_scopes(asked: str | None) -> tuple[str, ...]:
    """Return the scopes to ask for; without `scope`, the app's own settings decide."""
    if not asked:
        return ALL_SCOPES
    wanted = asked.split()
    unknown = [scope for scope in wanted if scope not in ALL_SCOPES]
    if unknown:
        raise ConsentError("Invalid scope", f"The app does not have: {', '.join(unknown)}.")
    return tuple(scope for scope in ALL_SCOPES if scope in wanted)
