"""Keeps secrets out of the request log.

A value is masked by its name if Zoom or the sign-in flow calls it a secret. As a second net, any
unbroken run of 40 or more token characters is masked, wherever it stands: codes, verifiers and
tokens are longer than that. The code challenge is public and stays readable.
"""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import TYPE_CHECKING, Final

from zoom_meeting_testing.simulator.messages import parse_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zoom_meeting_testing.simulator.messages import Call

MASK: Final = "***"

SECRET_NAMES: Final = frozenset(
    {
        "access_token",
        "client_assertion",
        "client_secret",
        "code",
        "code_verifier",
        "encrypted_password",
        "h323_password",
        "password",
        "pstn_password",
        "pwd",
        "refresh_token",
        "registration_url",
        "start_url",
        "state",
        "ticket",
        "tk",
        "token",
        "zak",
    }
)
PUBLIC_NAMES: Final = frozenset({"code_challenge"})

_LONG_RUN: Final = re.compile(r"[A-Za-z0-9_-]{40,}")
_SECRET_PARAMETER: Final = re.compile(
    rf"([?&#;](?:{'|'.join(sorted(SECRET_NAMES))})=)[^&#;\s\"]*", re.IGNORECASE
)


def mask_text(text: str) -> str:
    """Mask every part of a text or an address that looks like a secret."""
    return _LONG_RUN.sub(MASK, _SECRET_PARAMETER.sub(rf"\1{MASK}", text))


def mask_named(name: str, value: object) -> object:
    """Mask a value by its name, and else by its shape."""
    lowered = name.lower()
    if lowered in SECRET_NAMES:
        return MASK if value not in (None, "") else value
    if lowered in PUBLIC_NAMES and isinstance(value, str):
        return value
    return mask_value(value)


def mask_value(value: object) -> object:
    """Mask a JSON value, with all that is in it."""
    match value:
        case str():
            return mask_text(value)
        case dict():
            return {mask_text(str(key)): mask_named(str(key), item) for key, item in value.items()}
        case list():
            return [mask_value(item) for item in value]
        case float() if not isfinite(value):
            return str(value)  # the log stays JSON
        case _:
            return value


def mask_fields(text: str) -> object:
    """Mask a query or a form; a field that comes twice becomes a list."""
    try:
        fields = parse_fields(text)
    except ValueError:
        return f"(malformed, {len(text)} characters)"
    masked: dict[str, object] = {}
    for name, value in fields:
        item = mask_named(name, value)
        shown = mask_text(name)
        if shown in masked:
            earlier = masked[shown]
            masked[shown] = [*(earlier if isinstance(earlier, list) else [earlier]), item]
        else:
            masked[shown] = item
    return masked


def mask_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Mask the values of headers; of `Authorization` the scheme stays readable."""
    masked: dict[str, str] = {}
    for name, value in headers.items():
        match name:
            case "authorization" | "proxy-authorization":
                kind = value.partition(" ")[0]
                masked[name] = f"{kind} {MASK}" if kind.lower() in {"bearer", "basic"} else MASK
            case "cookie":
                masked[name] = MASK
            case _:
                masked[name] = mask_text(value)
    return masked


def mask_body(call: Call) -> object:
    """Mask a form or a JSON body; of any other, only the size remains."""
    if not call.body:
        return None
    try:
        text = call.body.decode()
        if call.content_type == "application/x-www-form-urlencoded":
            return mask_fields(text)
        if call.content_type == "application/json":
            return mask_value(json.loads(text))
    except (ValueError, RecursionError):
        pass
    return f"(not shown, {len(call.body)} bytes)"
