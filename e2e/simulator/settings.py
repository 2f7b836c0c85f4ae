"""The switches: every point that Zoom's documentation leaves open, and what QA wants to provoke.

Each setting carries its own help text and limits, so that the control page and the checks need no
second list of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Annotated, Final, Literal, get_type_hints

from e2e.simulator.control_error import ControlError

if TYPE_CHECKING:
    from collections.abc import Mapping

REGISTRABLE_URI: Final = re.compile(
    r"(https://[a-z0-9.-]+(:[0-9]{1,5})?|http://127\.0\.0\.1(:[0-9]{1,5})?)/[!-\"$-~]*"
)
"""What Zoom registers as a redirect URI: HTTPS, or HTTP on 127.0.0.1; no fragment."""


class SupersededTokens(StrEnum):
    """When a new authorization kills the access token of the one before it: open."""

    AT_ONCE = "at_once"
    AT_EXPIRY = "at_expiry"


class Revocation(StrEnum):
    """Whether a public client may revoke its token: open."""

    ALLOWED = "allowed"
    REFUSED_400 = "refused_400"
    REFUSED_401 = "refused_401"


class ForeignMeeting(StrEnum):
    """What a user gets for somebody else's meeting: both were seen."""

    NOT_FOUND = "404/3001"
    BAD_REQUEST = "400/3000"


class BasicRegistration(StrEnum):
    """What creating with registration does for a Basic host: open."""

    IGNORED = "ignored"
    REFUSED = "refused"


class TimeZones(StrEnum):
    """Which zones Zoom knows, and what it does with a meeting in another one: open."""

    ALL = "all"
    LISTED_ELSE_REFUSED = "listed_else_refused"
    LISTED_ELSE_HOSTS = "listed_else_hosts"


class RetryAfter(StrEnum):
    """How a 429 says when to come back: all three were seen."""

    SECONDS = "seconds"
    DATE = "date"
    MISSING = "missing"


Group = Literal["Signing in", "Tokens", "Browsers (CORS)", "Meetings", "Errors", "Limits", "Demo"]


@dataclass(frozen=True)
class About:
    """What the control page says about a setting, and what it may be set to."""

    group: Group
    help: str
    choices: tuple[int, ...] = ()
    minimum: float = 0
    maximum: float = 1_000_000


class _BadValueError(ValueError):
    """A value that its setting cannot take."""


@dataclass(frozen=True)
class Settings:
    """How this Zoom behaves. Change it with `changed`, which checks."""

    sign_in_as: Annotated[str, About("Signing in", "Who is preselected on the consent page")] = (
        "maya@lotus-spa.example"
    )
    app_published: Annotated[
        bool,
        About(
            "Signing in",
            "The app is published; off: Zoom says that an administrator has to approve it",
        ),
    ] = True
    consent_coop: Annotated[
        bool, About("Signing in", "Consent page sends Cross-Origin-Opener-Policy: same-origin")
    ] = False
    redirect_delay_seconds: Annotated[
        float, About("Signing in", "How long the redirect back takes", maximum=60)
    ] = 0.0
    denied_error: Annotated[str, About("Signing in", "The error that Deny comes back with")] = (
        "access_denied"
    )
    public_client_id: Annotated[str, About("Signing in", "The public client ID")] = (
        "demo-public-client"
    )
    confidential_client_id: Annotated[
        str,
        About(
            "Signing in", "The app's other client ID: consents, then fails at the token endpoint"
        ),
    ] = "demo-confidential-client"
    development_redirects: Annotated[
        bool,
        About("Signing in", "Accept the development path on any port of 127.0.0.1 as redirect URI"),
    ] = True
    development_path: Annotated[str, About("Signing in", "The development redirect path")] = (
        "/zoom/callback.html"
    )
    redirect_uris: Annotated[
        tuple[str, ...],
        About("Signing in", "Redirect URIs registered one by one, separated by blanks"),
    ] = ()

    code_lifetime: Annotated[
        int, About("Tokens", "Seconds an authorization code lives", minimum=1, maximum=86400)
    ] = 300
    token_lifetime: Annotated[
        int, About("Tokens", "Seconds an access token lives", minimum=1, maximum=86400)
    ] = 3599
    refresh_token_days: Annotated[int, About("Tokens", "Days a refresh token lives", minimum=1)] = (
        90
    )
    scope_on_refresh: Annotated[bool, About("Tokens", "A refresh answers with the scope, too")] = (
        True
    )
    superseded_tokens: Annotated[
        SupersededTokens, About("Tokens", "When a new authorization ends the earlier access token")
    ] = SupersededTokens.AT_ONCE
    superseded_code: Annotated[
        int, About("Tokens", "Error code for such a token", choices=(124, 4741), maximum=9999)
    ] = 124
    revocation: Annotated[Revocation, About("Tokens", "Whether public clients may revoke")] = (
        Revocation.ALLOWED
    )
    api_url: Annotated[
        str, About("Tokens", "api_url in the token answer; empty: the simulator's own")
    ] = ""

    cors_token: Annotated[
        bool, About("Browsers (CORS)", "Token endpoint may be read by pages of other origins")
    ] = True
    cors_api: Annotated[
        bool, About("Browsers (CORS)", "REST API may be called by other origins")
    ] = True
    cors_only_on_errors: Annotated[
        bool, About("Browsers (CORS)", "Of what other origins may read, they can read only errors")
    ] = False
    refuses_origin: Annotated[
        bool, About("Browsers (CORS)", "Calls that name an Origin are refused, whatever they ask")
    ] = False
    expose_retry_after: Annotated[bool, About("Browsers (CORS)", "Pages may read Retry-After")] = (
        False
    )

    embed_passcode: Annotated[bool, About("Meetings", "Join links carry the passcode (pwd)")] = True
    join_host: Annotated[str, About("Meetings", "Host name of the links")] = "us02web.zoom.us"
    basic_registration: Annotated[
        BasicRegistration, About("Meetings", "Registration asked for by a Basic host")
    ] = BasicRegistration.IGNORED

    time_zones: Annotated[
        TimeZones,
        About("Meetings", "Zones that are known; in others Zoom refuses, or takes the host's own"),
    ] = TimeZones.LISTED_ELSE_REFUSED

    foreign_meeting: Annotated[ForeignMeeting, About("Errors", "Somebody else's meeting")] = (
        ForeignMeeting.NOT_FOUND
    )
    missing_scope_status: Annotated[
        int, About("Errors", "HTTP status when a scope is missing", choices=(400, 401, 403))
    ] = 400
    missing_scope_code: Annotated[
        int, About("Errors", "Error code when a scope is missing", choices=(4711, 4700, 104, 201))
    ] = 4711

    daily_limit: Annotated[int, About("Limits", "Creates and updates per host and UTC day")] = 100
    per_second_limits: Annotated[bool, About("Limits", "Limit requests per second, by weight")] = (
        True
    )
    light_per_second: Annotated[
        int, About("Limits", "Light requests a second (Zoom's free plan: 4)")
    ] = 40
    medium_per_second: Annotated[
        int, About("Limits", "Medium requests a second (Zoom's free plan: 2)")
    ] = 20
    heavy_per_second: Annotated[
        int, About("Limits", "Heavy requests a second (Zoom's free plan: 1)")
    ] = 10
    retry_after: Annotated[RetryAfter, About("Limits", "How a 429 says when to come back")] = (
        RetryAfter.SECONDS
    )

    demo_url: Annotated[str, About("Demo", "Address of the demo page, for the link back to it")] = (
        ""
    )

    def changed(self, changes: Mapping[str, object]) -> Settings:
        """Give back settings with these changes. Raises `ControlError` naming every bad one."""
        known = vars(Settings())
        problems: dict[str, str] = {}
        checked: dict[str, object] = {}
        for name, value in changes.items():
            if name not in known:
                problems[name] = "there is no such setting"
                continue
            try:
                checked[name] = _check_value(name, known[name], value)
            except _BadValueError as error:
                problems[name] = str(error)
        if problems:
            raise ControlError(problems)
        return replace(self, **checked)  # type: ignore[arg-type] # checked against the defaults

    def to_json(self) -> dict[str, object]:
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in vars(self).items()
        }

    def describe(self) -> list[dict[str, object]]:
        """List every setting with what a form needs to show it."""
        return [
            {
                "name": name,
                "group": ABOUT[name].group,
                "help": ABOUT[name].help,
                "kind": _kind_of(value),
                "choices": _list_choices(name, value),
                "value": value,
            }
            for name, value in self.to_json().items()
        ]


ABOUT: Final[dict[str, About]] = {
    name: hint.__metadata__[0]
    for name, hint in get_type_hints(Settings, include_extras=True).items()
}


def _kind_of(value: object) -> str:
    match value:
        case bool():
            return "switch"
        case int() | float():
            return "number"
        case list():
            return "list"
        case _:
            return "text"


def _list_choices(name: str, value: object) -> list[object]:
    if isinstance(value, Enum):
        return [member.value for member in type(value)]
    return list(ABOUT[name].choices)


def _check_value(name: str, default: object, value: object) -> object:
    match default:
        case bool():
            if not isinstance(value, bool):
                raise _BadValueError("must be true or false")
            return value
        case Enum():
            choices = _list_choices(name, default)
            if value not in choices:
                raise _BadValueError(f"must be one of {choices}")
            return type(default)(value)
        case int() | float():
            return _check_number(ABOUT[name], value, whole=isinstance(default, int))
        case tuple():
            return _check_uris(value)
        case _:
            return _check_text(name, value)


def _check_number(about: About, value: object, *, whole: bool) -> float:
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        raise _BadValueError("must be a whole number" if whole else "must be a number")
    if about.choices and value not in about.choices:
        raise _BadValueError(f"must be one of {list(about.choices)}")
    if not about.minimum <= value <= about.maximum:
        raise _BadValueError(f"must be from {about.minimum:g} to {about.maximum:g}")
    return value


def _check_uris(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise _BadValueError("must be a list of redirect URIs")
    for uri in value:
        if not isinstance(uri, str) or not REGISTRABLE_URI.fullmatch(uri):
            raise _BadValueError("Zoom registers https:// and http://127.0.0.1 URIs with a path")
    return tuple(value)


def _check_text(name: str, value: object) -> str:
    if not isinstance(value, str) or not value.isprintable():
        raise _BadValueError("must be a line of text")
    if name == "demo_url" and value and not value.startswith(("http://", "https://")):
        raise _BadValueError("must be an http(s) address")
    return value
