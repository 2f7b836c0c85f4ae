"""Our reading of the token endpoint's answer, beside that of a client library that is not ours."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from e2e.provider.comparison import REFUSED, Difference, compare, make_inputs
from e2e.provider.other_client import Case, Verdict
from pywidget.domain.errors import WidgetError
from pywidget.zoom.http import Response
from pywidget.zoom.token import parse_token_response
from tests.doubles.clock import NOW
from tests.fuzz.target import split
from tests.fuzz.targets.token_answer import TARGET

pytestmark = pytest.mark.provider

_YEAR: Final = 366 * 86_400


def _get_fields(case: Case) -> dict[str, Any]:
    try:
        value = json.loads(case["body"].encode("latin-1"))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _get(case: Case, name: str) -> Any:
    return _get_fields(case).get(name, "")


def _has_odd_token(case: Case) -> bool:
    tokens = [str(_get(case, name)) for name in ("access_token", "refresh_token")]
    return not all(token.isascii() and token.isprintable() for token in tokens)


def _is_no_utf_8(case: Case) -> bool:
    try:
        case["body"].encode("latin-1").decode()
    except UnicodeDecodeError:
        return True
    return False


DIFFERENCES: Final = (
    Difference(
        "`null` says that there is none: Zoom's answers come out of serializers that write it.",
        we_accept=True,
        applies=lambda case: (
            None in [_get(case, name) for name in ("refresh_token", "scope", "expires_in")]
        ),
    ),
    Difference(
        "An ID token is not asked for, so it is not read.",
        we_accept=True,
        applies=lambda case: "id_token" in _get_fields(case),
    ),
    Difference(
        "`expires_in` is a number (RFC 6749 section 5.1), not a text that begins with one.",
        we_accept=False,
        applies=lambda case: isinstance(_get(case, "expires_in"), str | list),
    ),
    Difference(
        "No token of Zoom's lives for a year: such a lifetime is a mistake.",
        we_accept=False,
        applies=lambda case: (
            isinstance(_get(case, "expires_in"), int | float) and _get(case, "expires_in") > _YEAR
        ),
    ),
    Difference(
        "A DPoP token is bound to a key, and we have none.",
        we_accept=False,
        applies=lambda case: str(_get(case, "token_type")).lower() == "dpop",
    ),
    Difference(
        "A token is printable ASCII (RFC 6749 appendices A.12, A.17): no header holds another.",
        we_accept=False,
        applies=_has_odd_token,
    ),
    Difference(
        "JSON is UTF-8 (RFC 8259 section 8.1): what is not is no answer of Zoom's.",
        we_accept=False,
        applies=_is_no_utf_8,
    ),
)
GOOD: Final = {"access_token": "a", "token_type": "bearer", "expires_in": 3600, "scope": "x y"}
WRITTEN_TOKENS: Final = (
    *({**GOOD, "token_type": kind} for kind in ("Bearer", "BEARER", "DPoP", "mac", "", None)),
    *({**GOOD, "expires_in": value} for value in ("3600", [3600], 0, -1, 59.5, 1e12, None, True)),
    *({**GOOD, "access_token": value} for value in ("", None, 5, "é", "a\r\nb", ["a"])),
    *({**GOOD, "refresh_token": value} for value in ("r", "", None, 5, "\u2028")),
    *({**GOOD, "scope": value} for value in ("", None, 5, ["x"], " x  y ")),
    *({**GOOD, name: value} for name, value in (("id_token", "x"), ("error", "invalid_grant"))),
)
WRITTEN_BODIES: Final = (
    *("", "[]", "null", "{", '"a"', "<html>", "\ufeff" + json.dumps(GOOD), json.dumps([GOOD])),
    '{"access_token": "a", "access_token": "b", "token_type": "bearer"}',
    '{"access_token": "a", "token_type": "bearer", "expires_in": NaN}',
    '{"access_token": "a", "token_type": "bearer", "x": NaN}',
    '{"access_token": "a", "token_type": "bearer", "x": Infinity}',
    '{"access_token": "a", "token_type": "bearer", "expires_in": 1e999}',
    '{"access_token": "a", "token_type": "bearer", "x": "\t"}',
    '{"access_token": "a", "token_type": "bearer",}',
)
ODD_BODIES: Final = (
    b'{"access_token": "a", "token_type": "bearer", "x": "\xff"}',
    json.dumps(GOOD).encode("utf-16"),
    json.dumps(GOOD).encode("utf-16-le"),
)
STATUSES: Final = (200, 201, 202, 400, 401, 403, 429, 500, 503)


def read(case: Case) -> Verdict:
    answer = Response(case["status"], {}, case["body"].encode("latin-1"))
    try:
        token = parse_token_response(answer, now=NOW)
    except WidgetError:
        return REFUSED
    says = _get(case, "expires_in") not in {"", None}
    return {
        "access": token.access.reveal(),
        "refresh": None if token.refresh is None else token.refresh.reveal(),
        "scope": None if token.scopes is None else _get(case, "scope"),
        "lifetime": (token.expires_at - NOW).total_seconds() if says else None,
    }


def test_tokens_are_read_as_the_other_client_reads_them() -> None:
    texts = [*map(json.dumps, WRITTEN_TOKENS), *WRITTEN_BODIES]
    answers = [(200, text.encode()) for text in texts] + [(200, body) for body in ODD_BODIES]
    answers += [(status, json.dumps(GOOD).encode()) for status in STATUSES]
    for text in make_inputs(TARGET):
        status, body = split(text, 2)
        known = int(status) if status in map(str, STATUSES) else 200
        answers.append((known, body.encode(errors="replace")))
    cases = [{"status": status, "body": body.decode("latin-1")} for status, body in answers]
    compare(cases, read, DIFFERENCES)
