"""Our reading of the callback's query, beside that of a client library that is not ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qsl

import pytest

from e2e.provider.comparison import REFUSED, Difference, compare, make_inputs
from e2e.provider.other_client import Case, Verdict
from pywidget.domain.errors import WidgetError
from pywidget.domain.secret import Secret
from pywidget.zoom.authorization import SignInAttempt, parse_authorization_response
from pywidget.zoom.endpoints import Endpoints
from tests.doubles.clock import NOW
from tests.fuzz.targets.callback import TARGET

pytestmark = pytest.mark.provider

_STATE: Final = "st-1"
_ATTEMPT: Final = SignInAttempt(
    _STATE, Secret("verifier"), "client-1", "https://app.example/cb", "812", NOW
)
_ENDPOINTS: Final = Endpoints(issuer="https://zoom.us/some/path")


def _list_pairs(case: Case) -> list[tuple[str, str]]:
    return parse_qsl(case["query"].removeprefix("?"), keep_blank_values=True)


def _has_twice(case: Case) -> bool:
    names = [name for name, _value in _list_pairs(case)]
    return len(set(names)) < len(names)


def _has(*names: str) -> Callable[[Case], bool]:
    return lambda case: any(name in names for name, _value in _list_pairs(case))


def _has_empty(name: str) -> Callable[[Case], bool]:
    return lambda case: (name, "") in _list_pairs(case)


def _has_odd_code(case: Case) -> bool:
    code = dict(_list_pairs(case)).get("code", "")
    return not (code.isascii() and code.isprintable())


DIFFERENCES: Final = (
    Difference(
        "Any parameter that comes twice is refused (RFC 6749 section 3.1), not only those we read.",
        we_accept=False,
        applies=_has_twice,
    ),
    Difference(
        "A token in the URL is for no client that asked for a code.",
        we_accept=False,
        applies=_has("access_token"),
    ),
    Difference(
        "An empty `iss` is another issuer, not a missing one.",
        we_accept=False,
        applies=_has_empty("iss"),
    ),
    Difference(
        "An empty `error` is an error.",
        we_accept=False,
        applies=_has_empty("error"),
    ),
    Difference(
        "A code is printable ASCII (RFC 6749 appendix A.11).",
        we_accept=False,
        applies=_has_odd_code,
    ),
    Difference(
        "`response` and `token` are parameters of extensions that we did not ask for; what is not "
        "known is ignored (RFC 6749 section 4.1.2).",
        we_accept=True,
        applies=_has("response", "token"),
    ),
)
WRITTEN: Final = (
    *TARGET.seeds,
    "code=c&state=st-1&iss=https%3A%2F%2Fzoom.us",
    "code=c&state=st-1&iss=https%3A%2F%2Fzoom.us%2Fsome%2Fpath%2F",
    "code=c&state=st-1&iss=",
    "code=c&state=st-1&error=",
    "code=c&state=st-1&scope=a&scope=b",
    "code=c&state=st-1&access_token=t",
    "code=c&state=st-1&id_token=",
    "code=c&state=st-1&response=eyJ",
    "code=c&state=st-1&token=",
    "code=%C3%A9&state=st-1",
    "code=a%2Bb+c%26&state=st-1",
    "code&state=st-1",
    "code=c;state=st-1",
    "code=c&state=%73t-1",
    "code=c&&state=st-1&",
    "code=c&state=st-1%00",
    "code=c&State=st-1",
    "",
)


def read(case: Case) -> Verdict:
    try:
        code = parse_authorization_response(case["query"], _ATTEMPT, endpoints=_ENDPOINTS, now=NOW)
    except WidgetError:
        return REFUSED
    return {"code": code.code.reveal()}


def test_callbacks_are_read_as_the_other_client_reads_them() -> None:
    cases = [
        {"query": query.encode(errors="replace").decode(), "state": _STATE}  # no half surrogates
        for query in (*WRITTEN, *make_inputs(TARGET))
    ]
    compare(cases, read, DIFFERENCES)
