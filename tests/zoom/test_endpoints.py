"""Where Zoom is: only https, apart from this machine."""

from __future__ import annotations

import pytest

from pywidget.domain.errors import BadAttributeError
from pywidget.zoom.endpoints import Endpoints, parse_endpoints

NAMES = ["authorize-url", "token-url", "revoke-url", "api-url"]


def test_without_attributes_it_is_zoom() -> None:
    assert parse_endpoints({"client-id": "x"}) == Endpoints(
        authorize_url="https://zoom.us/oauth/authorize",
        token_url="https://zoom.us/oauth/token",
        revoke_url="https://zoom.us/oauth/revoke",
        api_url="https://api.zoom.us/v2",
    )


@pytest.mark.parametrize("name", NAMES)
def test_each_address_can_be_another(name: str) -> None:
    endpoints = parse_endpoints({name: "https://relay.example/some/path/"})
    field = name.replace("-", "_")
    assert getattr(endpoints, field) == "https://relay.example/some/path"
    others = {each.replace("-", "_") for each in NAMES} - {field}
    assert all(getattr(endpoints, each) == getattr(Endpoints(), each) for each in others)


def test_only_slashes_at_its_end_are_dropped() -> None:
    endpoints = parse_endpoints({"api-url": "https://relay.example/aX/xX//"})
    assert endpoints.api_url == "https://relay.example/aX/xX"


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_attribute_is_none(name: str) -> None:
    assert parse_endpoints({name: ""}) == Endpoints()


@pytest.mark.parametrize(
    "url",
    [
        "https://api.zoomgov.com/v2",
        "https://relay.example:8443",
        "http://127.0.0.1:8001/v2",
        "http://localhost:8001/v2",
        "http://[::1]:8001/v2",
    ],
)
def test_https_and_this_machine_are_fine(url: str) -> None:
    assert parse_endpoints({"api-url": url}).api_url == url


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "url",
    [
        "http://relay.example/v2",
        "http://127.0.0.1.evil.example/",
        "http://localhost@evil.example/",
        "//relay.example/v2",
        "/v2",
        "relay.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://relay.example",
        "https://",
        "https:///v2",
        "https://user@relay.example/",
        "https://user:password@relay.example/",
        "https://:@relay.example/",
        "https://relay.example/?token=1",
        "https://relay.example/v2?",
        "https://relay.example/#x",
        "https://relay.example/v2#",
        "https://[::1/v2",
        "https://relay.example:port/v2",
        "https://relay.example:99999/v2",
        "https://relay.example/v2\n",
        "https://rel\tay.example/v2",
        "https://relay.example\\.zoom.us/v2",
        "https://relay.example%5c.zoom.us/v2",
        "https://relay.example\\@zoom.us/v2",
        "https://<b>.zoom.us/v2",
        "https://a;b.zoom.us/v2",
        "https://rel\u00aday.example/v2",
        "https://zoom\u3002us/v2",
        "https://relay.example/v2\u2028",
        'https://relay.example/"v2',
        "https://relay.example/<v2>",
        "http://[::2]:8001/v2",
        " ",
    ],
)
def test_any_other_address_is_refused_by_name(name: str, url: str) -> None:
    with pytest.raises(BadAttributeError) as caught:
        parse_endpoints({name: url})
    assert caught.value.attribute == f"data-{name}"
    assert "password" not in f"{caught.value} {caught.value!r}"


def test_join_links_of_the_own_host_are_believed() -> None:
    endpoints = parse_endpoints({"api-url": "http://127.0.0.1:8001/v2"})
    assert endpoints.trusted_hosts == {"127.0.0.1:8001"}


# A relay

ORIGIN = "https://app.example"


@pytest.mark.parametrize(
    ("relay", "base"),
    [
        ("/zoom-relay/", "https://app.example/zoom-relay"),
        ("/", "https://app.example"),
        ("https://relay.example/a/", "https://relay.example/a"),
        ("http://127.0.0.1:8002/", "http://127.0.0.1:8002"),
    ],
)
def test_a_relay_moves_all_but_the_consent_page(relay: str, base: str) -> None:
    endpoints = parse_endpoints({"relay": relay}, page_origin=ORIGIN)
    assert endpoints == Endpoints(
        token_url=f"{base}/oauth/token",
        revoke_url=f"{base}/oauth/revoke",
        api_url=f"{base}/v2",
        serves_links=False,
    )
    assert endpoints.relays == (base.partition("//")[2].partition("/")[0],)
    assert endpoints.trusted_hosts == frozenset()


@pytest.mark.parametrize(
    ("relay", "problem"),
    [
        ("/zoom-relay", "slash"),
        ("https://relay.example", "slash"),
        ("http://relay.example/", "https"),
        ("//relay.example/", "https"),
        ("zoom-relay/", "https"),
        ("/zoom-relay/?x=/", "more_than_path"),
        ("/zoom-relay/#/", "more_than_path"),
        ("/a\\b/", "more_than_path"),
        ("https://user@relay.example/", "more_than_path"),
    ],
)
def test_a_relay_that_is_no_safe_address_is_refused_by_name(relay: str, problem: str) -> None:
    with pytest.raises(BadAttributeError, match=problem) as caught:
        parse_endpoints({"relay": relay}, page_origin=ORIGIN)
    assert caught.value.attribute == "data-relay"


def test_a_path_needs_a_page_that_is_safe_itself() -> None:
    for origin in ("http://app.example", "null", ""):
        with pytest.raises(BadAttributeError):
            parse_endpoints({"relay": "/zoom-relay/"}, page_origin=origin)


def test_addresses_of_their_own_count_for_more_than_the_relay() -> None:
    given = {"relay": "/zoom-relay/", "api-url": "https://api.zoomgov.com/v2"}
    endpoints = parse_endpoints(given, page_origin=ORIGIN)
    assert endpoints.token_url == "https://app.example/zoom-relay/oauth/token"
    assert endpoints.api_url == "https://api.zoomgov.com/v2"
    assert endpoints.relays == ("app.example",)


@pytest.mark.parametrize("name", ["token-url", "revoke-url", "api-url"])
def test_an_address_can_be_a_path_of_the_page(name: str) -> None:
    endpoints = parse_endpoints({name: "/relay/x"}, page_origin=ORIGIN)
    assert getattr(endpoints, name.replace("-", "_")) == "https://app.example/relay/x"


def test_the_page_itself_serves_no_join_links() -> None:
    assert parse_endpoints({"api-url": "/v2"}, page_origin=ORIGIN).trusted_hosts == frozenset()


def test_the_consent_page_is_never_a_path_of_the_page() -> None:
    with pytest.raises(BadAttributeError):
        parse_endpoints({"authorize-url": "/oauth/authorize"}, page_origin=ORIGIN)


@pytest.mark.parametrize(
    ("given", "relays"),
    [
        ({}, ()),
        ({"authorize-url": "https://zoomgov.com/a", "api-url": "https://api.zoomgov.com/v2"}, ()),
        (
            {
                "authorize-url": "http://127.0.0.1:8001/oauth/authorize",
                "token-url": "http://127.0.0.1:8001/oauth/token",
                "api-url": "http://127.0.0.1:8001/v2",
            },
            (),
        ),
        (
            {"token-url": "https://a.example/t", "api-url": "https://b.example/v2"},
            ("a.example", "b.example"),
        ),
        ({"token-url": "https://zoom.us.evil.example/t"}, ("zoom.us.evil.example",)),
        (
            {
                "authorize-url": "https://id.example/a",
                "token-url": "https://api.id.example/t",
                "revoke-url": "https://evilid.example/r",
            },
            ("evilid.example",),
        ),
        ({"revoke-url": "https://a.example/r"}, ("a.example",)),
        (
            {"api-url": "https://a.example:443/v2", "token-url": "https://a.example/t"},
            ("a.example",),
        ),
    ],
)
def test_who_passes_the_token_on_is_named(given: dict[str, str], relays: tuple[str, ...]) -> None:
    assert parse_endpoints(given).relays == relays


# The issuer


@pytest.mark.parametrize(
    ("given", "issuer"),
    [
        ({}, "https://zoom.us"),
        ({"relay": "https://relay.example/"}, "https://zoom.us"),
        ({"token-url": "https://relay.example/t"}, "https://zoom.us"),
        ({"authorize-url": "https://zoomgov.com/oauth/authorize"}, "https://zoomgov.com"),
        ({"authorize-url": "http://127.0.0.1:8001/x"}, "http://127.0.0.1:8001"),
        ({"issuer": "https://id.example/salons/"}, "https://id.example/salons/"),
        (
            {"issuer": "https://id.example/a", "authorize-url": "https://id.example/a/authorize"},
            "https://id.example/a",
        ),
    ],
)
def test_the_issuer_is_zooms_or_the_consent_pages_or_as_given(
    given: dict[str, str], issuer: str
) -> None:
    assert parse_endpoints(given).issuer == issuer


@pytest.mark.parametrize("issuer", ["zoom.us", "http://zoom.us", "https://zoom.us?x", "/zoom"])
def test_an_issuer_is_a_url(issuer: str) -> None:
    with pytest.raises(BadAttributeError) as caught:
        parse_endpoints({"issuer": issuer}, page_origin=ORIGIN)
    assert caught.value.attribute == "data-issuer"
