"""Content security policies: by the examples and the rules of CSP Level 3."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pywidget.check.page import Page
from pywidget.check.policy import Policy, allows, parse_policies, parse_policy
from pywidget.check.policy_needs import find_lacks, mend
from pywidget.check.tag import read_settings

ORIGIN = "https://app.example"
BASE = f"{ORIGIN}/zoom/"
NOW = datetime(2026, 3, 5, tzinfo=UTC)
SANDBOX = (
    "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads"
)
PROMISED = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' "
    "data:; connect-src 'self' https://zoom.us https://api.zoom.us; base-uri 'none'; "
    "form-action 'none'"
)


def make_page(tag: dict[str, str] | None = None) -> Page:
    tag = {"data-client-id": "a", "src": "/zoom/embed.js", "type": "module"} | (tag or {})
    settings, problems = read_settings(tag, base=BASE, page_origin=ORIGIN)
    assert not problems
    return Page(
        f"{ORIGIN}/book",
        ORIGIN,
        None,
        NOW,
        NOW,
        tag=tag,
        script_url=f"{BASE}embed.js",
        base=BASE,
        settings=settings,
    )


def list_lacks(policy: str, **tag: str) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (lack.kind, lack.sources)
        for lack in find_lacks(parse_policy(policy), make_page(tag))
        if lack.is_grave
    ]


# Reading


def test_a_header_holds_several() -> None:
    first, second = parse_policies("default-src 'self';; IMG-SRC  data: *; img-src x ,, sandbox")
    assert first == Policy((("default-src", ("'self'",)), ("img-src", ("data:", "*"))))
    assert second == Policy((("sandbox", ()),))
    assert str(first) == "default-src 'self'; img-src data: *"


@pytest.mark.parametrize(
    ("policy", "kind", "name"),
    [
        ("default-src a; script-src b; script-src-elem c", "script-src-elem", "script-src-elem"),
        ("default-src a; script-src b; script-src-elem c", "script-src", "script-src"),
        ("default-src a; script-src b", "worker-src", "script-src"),
        ("child-src a; script-src b", "worker-src", "child-src"),
        ("default-src a", "connect-src", "default-src"),
        ("script-src a", "connect-src", None),
    ],
)
def test_what_speaks_of_a_request(policy: str, kind: str, name: str | None) -> None:
    found = parse_policy(policy).find_effective(kind)
    assert (found and found[0]) == name


@pytest.mark.parametrize(
    ("source", "url", "allowed"),
    [
        ("'self'", "https://app.example/x", True),
        ("'self'", "https://app.example:8443/x", False),
        ("'SELF'", "wss://app.example/x", True),
        ("'self'", "https://other.example/x", False),
        ("*", "https://other.example/x", True),
        ("*", "http://other.example/x", True),
        ("*", "data:,", False),
        ("data:", "data:,", True),
        ("https:", "https://zoom.us/x", True),
        ("http:", "https://zoom.us/x", True),
        ("https:", "http://zoom.us/x", False),
        ("zoom.us", "https://zoom.us/oauth/token", True),
        ("zoom.us", "http://zoom.us/", False),
        ("ZOOM.US", "https://zoom.us/", True),
        ("http://zoom.us", "https://zoom.us/", True),
        ("https://zoom.us", "https://api.zoom.us/", False),
        ("*.zoom.us", "https://api.zoom.us/", True),
        ("*.zoom.us", "https://zoom.us/", False),
        ("*.zoom.us", "https://notzoom.us/", False),
        ("zoom.us:443", "https://zoom.us/", True),
        ("zoom.us:80", "https://zoom.us/", True),
        ("zoom.us:8443", "https://zoom.us/", False),
        ("zoom.us", "https://zoom.us:8443/", False),
        ("zoom.us:*", "https://zoom.us:8443/", True),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001/v2", True),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8002/v2", False),
        ("http://*:8001", "http://127.0.0.1:8001/v2", True),
        ("https://zoom.us/oauth/", "https://zoom.us/oauth/token", True),
        ("https://zoom.us/oauth", "https://zoom.us/oauth/token", False),
        ("https://zoom.us/oauth/token", "https://zoom.us/oauth/token", True),
        ("https://zoom.us/", "https://zoom.us/anything", True),
        ("https://zoom.us/o%61uth/", "https://zoom.us/oauth/token", True),
        ("'none'", "https://app.example/x", False),
        ("'nonce-zoom.us'", "https://zoom.us/", False),
    ],
)
def test_a_source_names_addresses(source: str, url: str, *, allowed: bool) -> None:
    assert allows([source], url, origin=ORIGIN) is allowed


def test_a_page_over_http_may_go_on_over_https() -> None:
    assert allows(["'self'"], "https://app.example/", origin="http://app.example")
    assert not allows(["'self'"], "http://app.example/", origin="https://app.example")


@given(st.text())
def test_any_text_is_read_and_written_again(text: str) -> None:
    for policy in parse_policies(text):
        assert parse_policies(str(policy)) == (policy,)
        allows([value for _, values in policy.directives for value in values], BASE, origin=ORIGIN)


# What the widget needs


@pytest.mark.parametrize(
    "policy",
    [
        PROMISED,
        "frame-ancestors 'self'",
        "",
        "default-src * data: 'unsafe-eval'",
        "script-src 'strict-dynamic' 'nonce-n1' 'wasm-unsafe-eval'",
        "script-src 'nonce-n1' 'unsafe-eval'",
        "script-src https://app.example/zoom/ 'wasm-unsafe-eval'",
        "connect-src https://app.example/zoom/ https://zoom.us/oauth/ https://api.zoom.us/v2/",
        "connect-src 'self' *.zoom.us zoom.us",
        f"sandbox {SANDBOX}",
    ],
)
def test_what_lets_it_work(policy: str) -> None:
    assert list_lacks(policy, nonce="n1") == []


@pytest.mark.parametrize(
    ("policy", "lacks"),
    [
        ("script-src 'self'", [("script-src", ("'wasm-unsafe-eval'",))]),
        ("script-src 'wasm-unsafe-eval'", [("script-src", ("'self'",))]),
        ("script-src 'self' 'strict-dynamic' 'wasm-unsafe-eval'", [("script-src", ())]),
        ("script-src 'nonce-n2' 'wasm-unsafe-eval'", [("script-src", ("'self'",))]),
        ("connect-src 'self'", [("connect-src", ("https://zoom.us", "https://api.zoom.us"))]),
        ("connect-src 'self' https://zoom.us/oauth https://api.zoom.us/v2",
         [("connect-src", ("https://zoom.us", "https://api.zoom.us"))]),
        ("connect-src https://zoom.us https://api.zoom.us", [("connect-src", ("'self'",))]),
        ("img-src 'self'", [("img-src", ("data:",))]),
        ("sandbox allow-scripts allow-same-origin allow-popups allow-downloads",
         [("sandbox", ("allow-popups-to-escape-sandbox",))]),
    ],
)  # fmt: skip
def test_what_stops_it(policy: str, lacks: list[tuple[str, tuple[str, ...]]]) -> None:
    assert list_lacks(policy, nonce="n1") == lacks


TUNNEL = {"data-tunnel": "/zoom-tunnel/{target}"}


@pytest.mark.parametrize(
    ("policy", "tag", "sources"),
    [
        ("connect-src 'self'", {}, None),
        ("connect-src 'self'", {"data-tunnel-roots": "/zoom/roots.pem"}, None),
        ("connect-src https://app.example", {}, ("'self'",)),  # its WebSockets are not that
        ("connect-src https://app.example/zoom/", {}, ("'self'",)),
        (
            "connect-src 'self'",
            {"data-tunnel": "wss://far.example/{target}"},
            ("wss://far.example",),
        ),
        (
            "connect-src 'self' wss://far.example",
            {"data-tunnel": "wss://far.example/{target}"},
            None,
        ),
        (
            "connect-src 'self'",
            {"data-tunnel-roots": "https://far.example/r"},
            ("https://far.example",),
        ),
    ],
)
def test_through_a_tunnel_no_request_goes_to_zoom_itself(
    policy: str, tag: dict[str, str], sources: tuple[str, ...] | None
) -> None:
    lacks = list_lacks(policy, **(TUNNEL | tag))
    assert lacks == ([] if sources is None else [("connect-src", sources)])


def test_a_relay_of_the_same_origin_needs_no_other_host() -> None:
    policy = PROMISED.replace(" https://zoom.us https://api.zoom.us", "")
    assert list_lacks(policy, **{"data-relay": "/relay/"}) == []
    assert list_lacks(policy, **{"data-relay": "https://r.example/"}) == [
        ("connect-src", ("https://r.example",))
    ]


DIRECT = "connect-src 'self' https://zoom.us https://api.zoom.us"


@pytest.mark.parametrize(
    ("policy", "mended"),
    [
        (
            "default-src 'self' 'unsafe-inline'",
            (
                "default-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline' "
                f"'wasm-unsafe-eval'; {DIRECT}; img-src 'self' data:"
            ),
        ),
        (
            "default-src 'none'",
            f"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; {DIRECT}; img-src data:",
        ),
        (
            "img-src 'none'; script-src-elem x; script-src y; worker-src *",
            (
                "img-src data:; script-src-elem x 'self'; script-src y 'wasm-unsafe-eval'; "
                "worker-src *"
            ),
        ),
        (
            "script-src 'nonce-n1' cdn.example 'wasm-unsafe-eval'",
            "script-src 'nonce-n1' cdn.example 'wasm-unsafe-eval'; worker-src cdn.example 'self'",
        ),
    ],
)
def test_a_mended_policy_has_what_is_needed_and_nothing_else(policy: str, mended: str) -> None:
    read = parse_policy(policy)
    page = make_page({"nonce": "n1"})
    better = mend(read, page)
    assert str(better) == mended
    assert list(find_lacks(better, page)) == []


SOURCES = st.lists(
    st.sampled_from(
        "'self' 'none' * data: https: zoom.us *.zoom.us 'unsafe-inline' 'wasm-unsafe-eval'".split()
    ),
    max_size=4,
)
DIRECTIVES = st.dictionaries(
    st.sampled_from(
        "default-src script-src script-src-elem connect-src img-src worker-src child-src".split()
    ),
    SOURCES,
)


@given(DIRECTIVES)
def test_whatever_the_policy_is_the_mended_one_lacks_nothing(
    directives: dict[str, list[str]],
) -> None:
    policy = Policy(tuple((name, tuple(values)) for name, values in directives.items()))
    page = make_page()
    better = mend(policy, page)
    assert list(find_lacks(better, page)) == []
    assert list(find_lacks(parse_policy(str(better)), page)) == []
