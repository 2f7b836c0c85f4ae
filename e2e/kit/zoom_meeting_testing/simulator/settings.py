"""The simulator's settings: each point that Zoom's documentation leaves open, and failures to test.

Each setting carries its own help text and limits, so that the control page and the checks need no
second list of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Annotated, Final, Literal, get_type_hints

from zoom_meeting_testing.simulator.control_error import ControlError

if TYPE_CHECKING:
    from collections.abc import Mapping

REGISTRABLE_URI: Final = re.compile(
    r"(https://[a-z0-9.-]+(:[0-9]{1,5})?|http://127\.0\.0\.1(:[0-9]{1,5})?)/[!-\"$-~]*"
)
"""The redirect URIs that Zoom registers: HTTPS, or HTTP on 127.0.0.1; no fragment."""


class SupersededTokens(StrEnum):
    """When a new authorization ends the earlier access token: not known."""

    AT_ONCE = "at_once"
    AT_EXPIRY = "at_expiry"


class Revocation(StrEnum):
    """Whether a public client may revoke its token: not known."""

    ALLOWED = "allowed"
    REFUSED_400 = "refused_400"
    REFUSED_401 = "refused_401"


class ForeignMeeting(StrEnum):
    """The error for another user's meeting: both were seen."""

    NOT_FOUND = "404/3001"
    BAD_REQUEST = "400/3000"


class BasicRegistration(StrEnum):
    """The result when a Basic host creates a meeting with registration: not known."""

    IGNORED = "ignored"
    REFUSED = "refused"


class TimeZones(StrEnum):
    """The zones that Zoom knows, and its answer to a meeting in another one: not known."""

    ALL = "all"
    LISTED_ELSE_REFUSED = "listed_else_refused"
    LISTED_ELSE_HOSTS = "listed_else_hosts"


class RetryAfter(StrEnum):
    """The form in which a 429 says when to try again: all three were seen."""

    SECONDS = "seconds"
    DATE = "date"
    MISSING = "missing"


ORIGIN: Final = re.compile(r"https?://(\[[0-9a-f:]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?")
"""An origin as browsers write it: in lower case, without a path."""


Group = Literal[
    "Signing in", "Tokens", "Browsers (CORS)", "Meetings", "Errors", "Limits", "Demo", "Controls"
]


@dataclass(frozen=True)
class About:
    """The control page's words on a setting, and the values that it takes."""

    group: Group
    help: str
    choices: tuple[int, ...] = ()
    minimum: float = 0
    maximum: float = 1_000_000


class _BadValueError(ValueError):
    """A value that the setting does not take."""


@dataclass(frozen=True)
class Settings:
    """How this Zoom behaves. `changed` returns other settings, and checks them."""

    sign_in_as: Annotated[str, About("Signing in", "The user preselected on the consent page")] = (
        "maya@lotus-spa.example"
    )
    app_published: Annotated[
        bool,
        About(
            "Signing in",
            "The app is published; if off, Zoom asks for an administrator's approval",
        ),
    ] = True
    consent_coop: Annotated[
        bool, About("Signing in", "The consent page sends Cross-Origin-Opener-Policy: same-origin")
    ] = False
    redirect_delay_seconds: Annotated[
        float, About("Signing in", "Seconds that the redirect back takes", maximum=60)
    ] = 0.0
    denied_error: Annotated[str, About("Signing in", "The error code that Deny returns")] = (
        "access_denied"
    )
    public_client_id: Annotated[str, About("Signing in", "The public client ID")] = (
        "demo-public-client"
    )
    confidential_client_id: Annotated[
        str,
        About(
            "Signing in", "The confidential client ID: consent works, the token endpoint refuses it"
        ),
    ] = "demo-confidential-client"
    development_redirects: Annotated[
        bool,
        About(
            "Signing in", "Accept the development path on any port of 127.0.0.1 as a redirect URI"
        ),
    ] = True
    development_path: Annotated[
        str, About("Signing in", "The path of development redirect URIs")
    ] = "/zoom/callback.html"
    redirect_uris: Annotated[
        tuple[str, ...],
        About("Signing in", "Registered redirect URIs, separated by spaces"),
    ] = ()

    code_lifetime: Annotated[
        int,
        About("Tokens", "Lifetime of an authorization code, in seconds", minimum=1, maximum=86400),
    ] = 300
    token_lifetime: Annotated[
        int, About("Tokens", "Lifetime of an access token, in seconds", minimum=1, maximum=86400)
    ] = 3599
    refresh_token_days: Annotated[
        int, About("Tokens", "Lifetime of a refresh token, in days", minimum=1)
    ] = 90
    scope_on_refresh: Annotated[
        bool, About("Tokens", "Refreshing a token returns its scopes, too")
    ] = True
    superseded_tokens: Annotated[
        SupersededTokens, About("Tokens", "When a new authorization ends the earlier access token")
    ] = SupersededTokens.AT_ONCE
    superseded_code: Annotated[
        int,
        About(
            "Tokens",
            "The error code for an access token ended that way",
            choices=(124, 4741),
            maximum=9999,
        ),
    ] = 124
    revocation: Annotated[
        Revocation, About("Tokens", "Whether a public client may revoke its token")
    ] = Revocation.ALLOWED
    api_url: Annotated[
        str, About("Tokens", "api_url in the token response; if empty, the simulator's own address")
    ] = ""

    cors_token: Annotated[
        bool, About("Browsers (CORS)", "Pages of other origins may call the token endpoint")
    ] = True
    cors_api: Annotated[
        bool, About("Browsers (CORS)", "Pages of other origins may call the REST API")
    ] = True
    cors_only_on_errors: Annotated[
        bool, About("Browsers (CORS)", "Pages of other origins can read errors only")
    ] = False
    refuses_origin: Annotated[
        bool, About("Browsers (CORS)", "Refuse every call that has an Origin header")
    ] = False
    expose_retry_after: Annotated[
        bool, About("Browsers (CORS)", "Pages of other origins can read Retry-After")
    ] = False

    embed_passcode: Annotated[bool, About("Meetings", "Join links contain the passcode (pwd)")] = (
        True
    )
    join_host: Annotated[str, About("Meetings", "The host name in links")] = "us02web.zoom.us"
    basic_registration: Annotated[
        BasicRegistration, About("Meetings", "The answer when a Basic host asks for registration")
    ] = BasicRegistration.IGNORED

    assistants_manage: Annotated[
        bool,
        About(
            "Meetings", "Those who may schedule for a host can read and change the host's meetings"
        ),
    ] = True
    hosts_change: Annotated[
        bool, About("Meetings", "An update can give a meeting to another host (schedule_for)")
    ] = True

    time_zones: Annotated[
        TimeZones,
        About(
            "Meetings", "Time zones that Zoom knows; for others it refuses, or uses the host's own"
        ),
    ] = TimeZones.LISTED_ELSE_REFUSED

    foreign_meeting: Annotated[
        ForeignMeeting, About("Errors", "The error for another user's meeting")
    ] = ForeignMeeting.NOT_FOUND
    missing_scope_status: Annotated[
        int, About("Errors", "HTTP status for a missing scope", choices=(400, 401, 403))
    ] = 400
    missing_scope_code: Annotated[
        int, About("Errors", "Error code for a missing scope", choices=(4711, 4700, 104, 201))
    ] = 4711

    daily_limit: Annotated[int, About("Limits", "Creates and updates per host and day (UTC)")] = 100
    per_second_limits: Annotated[
        bool, About("Limits", "Limit the requests per second, by weight")
    ] = True
    light_per_second: Annotated[
        int, About("Limits", "Light requests per second (Zoom's free plan: 4)")
    ] = 40
    medium_per_second: Annotated[
        int, About("Limits", "Medium requests per second (Zoom's free plan: 2)")
    ] = 20
    heavy_per_second: Annotated[
        int, About("Limits", "Heavy requests per second (Zoom's free plan: 1)")
    ] = 10
    retry_after: Annotated[
        RetryAfter, About("Limits", "The form in which a 429 says when to try again")
    ] = RetryAfter.SECONDS

    demo_url: Annotated[str, About("Demo", "Address of the demo page, for the link back to it")] = (
        ""
    )

    control_origins: Annotated[
        tuple[str, ...],
        About(
            "Controls",
            "Origins of pages that may use these controls, and other addresses of this page",
        ),
    ] = ()

    def changed(self, changes: Mapping[str, object]) -> Settings:
        """Return settings with these changes. Raises `ControlError` naming every bad one."""
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
        """Return the settings as the control API shows them."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in vars(self).items()
        }

    def describe(self) -> list[dict[str, object]]:
        """Return every setting with all that a form needs to show it."""
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


LISTS: Final = {
    "redirect_uris": (
        REGISTRABLE_URI,
        "Zoom registers https:// and http://127.0.0.1 URIs with a path",
    ),
    "control_origins": (ORIGIN, "must be origins such as https://staging.example, without a path"),
}
"""What the items of a list have to look like, and what is said if they don't."""


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
            return _check_list(name, value)
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


def _check_list(name: str, value: object) -> tuple[str, ...]:
    form, otherwise = LISTS[name]
    if not isinstance(value, list | tuple):
        raise _BadValueError("must be a list")
    for item in value:
        if not isinstance(item, str) or not form.fullmatch(item):
            raise _BadValueError(otherwise)
    return tuple(value)


def _check_text(name: str, value: object) -> str:
    if not isinstance(value, str) or not value.isprintable():
        raise _BadValueError("must be a line of text")
    if name == "demo_url" and value and not value.startswith(("http://", "https://")):
        raise _BadValueError("must be an http(s) address")
    return value
