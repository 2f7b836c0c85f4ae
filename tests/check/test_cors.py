"""What browsers ask before a page may read an answer, by the Fetch standard."""

from __future__ import annotations

import pytest

from pywidget.check.cors import (
    build_preflight,
    find_preflight_refusals,
    find_refusals,
    list_asked_headers,
)
from pywidget.zoom.http import Request, Response

ORIGIN = "https://app.example"
CREATE = Request(
    "POST",
    "https://api.zoom.us/v2/users/me/meetings",
    {"Authorization": "Bearer x", "Content-Type": "application/json", "Accept": "x"},
)
GOOD = {
    "access-control-allow-origin": ORIGIN,
    "access-control-allow-methods": "PATCH, POST",
    "access-control-allow-headers": "Authorization, Content-Type",
}


def test_a_simple_request_is_not_asked_for() -> None:
    form = Request("POST", "x", {"Content-Type": "application/x-www-form-urlencoded; a=b"})
    assert build_preflight(form, "POST", origin=ORIGIN) is None
    assert build_preflight(form, "DELETE", origin=ORIGIN) is not None


def test_other_headers_are_asked_for_in_order() -> None:
    assert list_asked_headers(CREATE.headers) == ["authorization", "content-type"]
    preflight = build_preflight(CREATE, "PATCH", origin=ORIGIN)
    assert preflight is not None
    assert preflight.headers["Access-Control-Request-Headers"] == "authorization,content-type"
    assert preflight.headers["Access-Control-Request-Method"] == "PATCH"


@pytest.mark.parametrize(
    ("allowed", "refused"),
    [
        ({}, True),
        ({"access-control-allow-origin": "*"}, False),
        ({"access-control-allow-origin": ORIGIN}, False),
        ({"access-control-allow-origin": f"{ORIGIN}/"}, True),
        ({"access-control-allow-origin": "https://app.example.com"}, True),
        ({"access-control-allow-origin": f"{ORIGIN}, {ORIGIN}"}, True),
    ],
)
def test_an_answer_names_the_origin(allowed: dict[str, str], refused: bool) -> None:  # noqa: FBT001
    assert bool(list(find_refusals(Response(200, allowed), origin=ORIGIN))) is refused


@pytest.mark.parametrize(
    ("changes", "phrase"),
    [
        ({}, ""),
        ({"access-control-allow-methods": "*"}, ""),
        ({"access-control-allow-headers": "*"}, "lacks authorization"),
        ({"access-control-allow-headers": "authorization"}, "lacks content-type"),
        ({"access-control-allow-headers": "*, authorization"}, ""),
        ({"access-control-allow-methods": "GET"}, "lacks PATCH"),
        ({"access-control-allow-origin": "https://x"}, "allows only https://x in preflights"),
    ],
)
def test_a_preflight_names_all(changes: dict[str, str], phrase: str) -> None:
    preflight = build_preflight(CREATE, "PATCH", origin=ORIGIN)
    assert preflight is not None
    response = Response(204, GOOD | changes)
    phrases = list(find_preflight_refusals(response, preflight, origin=ORIGIN))
    assert len(phrases) == bool(phrase)
    assert phrase in "".join(phrases)


@pytest.mark.parametrize("status", [301, 401, 403, 500])
def test_a_preflight_that_fails_says_no(status: int) -> None:
    preflight = build_preflight(CREATE, "POST", origin=ORIGIN)
    assert preflight is not None
    (phrase,) = find_preflight_refusals(Response(status, GOOD), preflight, origin=ORIGIN)
    assert str(status) in phrase
