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
        " ",
    ],
)
def test_any_other_address_is_refused_by_name(name: str, url: str) -> None:
    with pytest.raises(BadAttributeError) as caught:
        parse_endpoints({name: url})
    assert caught.value.attribute == f"data-{name}"
    assert "password" not in caught.value.message


def test_join_links_of_the_own_host_are_believed() -> None:
    endpoints = parse_endpoints({"api-url": "http://127.0.0.1:8001/v2"})
    assert endpoints.own_hosts == {"127.0.0.1:8001"}
