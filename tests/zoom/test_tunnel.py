"""The tunnel's settings: where the forwarder is, and which target a request is for."""

from __future__ import annotations

import pytest

from pywidget.domain.errors import BadAttributeError, Reason
from pywidget.zoom.endpoints import Endpoints, parse_endpoints
from pywidget.zoom.tunnel import Tunnel, parse_tunnel

ORIGIN = "https://app.example"
TEMPLATE = "/zoom-tunnel/{target}"
ZOOM = Endpoints()


def parse(page_origin: str = ORIGIN, **changes: str) -> Tunnel | None:
    attributes = {name.replace("_", "-"): text for name, text in changes.items()}
    endpoints = parse_endpoints(attributes, page_origin=page_origin)
    return parse_tunnel(attributes, endpoints, page_origin=page_origin)


def dig(page_origin: str = ORIGIN, **changes: str) -> Tunnel:
    tunnel = parse(page_origin, **{"tunnel": TEMPLATE, **changes})
    assert tunnel is not None
    return tunnel


def test_there_is_none_unless_it_is_set() -> None:
    assert parse() is None
    assert parse(tunnel="", tunnel_roots="") is None


@pytest.mark.parametrize(
    ("page_origin", "given", "address"),
    [
        (ORIGIN, TEMPLATE, "wss://app.example/zoom-tunnel/api"),
        ("https://app.example:8443", TEMPLATE, "wss://app.example:8443/zoom-tunnel/api"),
        ("http://127.0.0.1:8000", "/t?token={target}", "ws://127.0.0.1:8000/t?token=api"),
        (ORIGIN, "wss://far.example/{target}/x", "wss://far.example/api/x"),
        (ORIGIN, "ws://127.0.0.1:8003/?token={target}", "ws://127.0.0.1:8003/?token=api"),
        (ORIGIN, "ws://[::1]:8003/{target}", "ws://[::1]:8003/api"),
        (ORIGIN, "ws://localhost/{target}", "ws://localhost/api"),
        ("https://http.example", "/X/{target}", "wss://http.example/X/api"),
    ],
)
def test_a_path_is_the_pages_own_and_a_url_is_whole(
    page_origin: str, given: str, address: str
) -> None:
    assert dig(page_origin, tunnel=given).find_address(f"{ZOOM.api_url}/users/me") == address


@pytest.mark.parametrize(
    ("url", "target"),
    [
        (f"{ZOOM.token_url}", "zoom"),
        (f"{ZOOM.token_url}?probe", "zoom"),
        (f"{ZOOM.revoke_url}", "zoom"),
        (f"{ZOOM.api_url}/users/me/meetings", "api"),
        (f"{ZOOM.api_url}?x", "api"),
        (ZOOM.api_url, "api"),
    ],
)
def test_each_request_has_its_target(url: str, target: str) -> None:
    assert dig().find_address(url) == f"wss://app.example/zoom-tunnel/{target}"


def test_one_host_can_be_both_targets() -> None:
    zoom = "https://127.0.0.1:8443"
    urls = {"token_url": f"{zoom}/oauth/token", "revoke_url": f"{zoom}/oauth/revoke"}
    tunnel = dig(**urls, api_url=f"{zoom}/v2")
    assert tunnel.find_address(f"{zoom}/v2/users/me").endswith("/api")
    assert tunnel.find_address(f"{zoom}/v20").endswith("/zoom")
    assert tunnel.find_address(f"{zoom}/oauth/token").endswith("/zoom")


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/v2",
        "https://zoom.us.elsewhere.example/oauth/token",
        "https://api.zoom.us/v3",
        "https://api.zoom.us.elsewhere.example/v2/users/me",
        "https://zoom.us:8443/oauth/token",
    ],
)
def test_it_leads_nowhere_else(url: str) -> None:
    with pytest.raises(ValueError, match="does not lead there"):
        dig().find_address(url)


@pytest.mark.parametrize(
    ("given", "host"),
    [
        (TEMPLATE, "app.example"),
        ("wss://far.example:443/{target}", "far.example"),
        ("wss://Far.example:8443/{target}", "far.example:8443"),
    ],
)
def test_the_forwarders_host_can_be_told(given: str, host: str) -> None:
    assert dig(tunnel=given).host == host


@pytest.mark.parametrize(
    "given",
    [
        "/zoom-tunnel/",
        "/zoom-tunnel/{Target}",
        "/{target}/{target}",
        "wss://{target}.app.example/",
        "https://app.example/{target}",
        "ws://app.example/{target}",
        "ws://127.0.0.1.app.example/{target}",
        "//app.example/{target}",
        "zoom-tunnel/{target}",
        "wss:///{target}",
        "wss://user@app.example/{target}",
        "wss://user:password@app.example/{target}",
        "wss://:@app.example/{target}",
        "wss://app.example/{target}#part",
        "wss://app.example/#{target}",
        "wss://app.example:port/{target}",
        "wss://app.example:99999/{target}",
        "wss://[::1/{target}",
        "/zoom tunnel/{target}",
        " /zoom-tunnel/{target}",
        "/zoom\ttunnel/{target}",
        "/zoom-tunnel/{target}\n",
        "/zoom\\tunnel/{target}",
        "javascript:{target}",
    ],
)
def test_anything_else_is_refused_by_name(given: str) -> None:
    with pytest.raises(BadAttributeError) as caught:
        parse(tunnel=given)
    assert caught.value.attribute == "data-tunnel"


@pytest.mark.parametrize("page_origin", ["http://app.example", "null", ""])
def test_a_page_without_tls_has_no_tunnel_of_its_own(page_origin: str) -> None:
    with pytest.raises(BadAttributeError) as caught:
        parse(page_origin, tunnel=TEMPLATE)
    assert caught.value.attribute == "data-tunnel"


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("", ""),
        ("/zoom/roots.pem", "https://app.example/zoom/roots.pem"),
        ("/zoom/roots.pem?v=2", "https://app.example/zoom/roots.pem?v=2"),
        ("https://far.example/roots.pem", "https://far.example/roots.pem"),
        ("/X.pem", "https://app.example/X.pem"),
        ("http://127.0.0.1:8000/roots.pem", "http://127.0.0.1:8000/roots.pem"),
    ],
)
def test_roots_can_be_others_than_the_built_in_ones(given: str, url: str) -> None:
    assert dig(tunnel_roots=given).roots_url == url


@pytest.mark.parametrize(
    "given",
    [
        "roots.pem",
        "http://app.example/roots.pem",
        "//far.example/x",
        "https://a@b.example/x",
        "/x#y",
    ],
)
def test_roots_come_only_from_where_nobody_can_change_them(given: str) -> None:
    with pytest.raises(BadAttributeError) as caught:
        dig(tunnel_roots=given)
    assert caught.value.attribute == "data-tunnel-roots"


def test_roots_without_a_tunnel_are_a_mistake() -> None:
    with pytest.raises(BadAttributeError) as caught:
        parse(tunnel_roots="/roots.pem")
    assert caught.value.attribute == "data-tunnel-roots"


def test_a_relay_and_a_tunnel_are_two_ways() -> None:
    with pytest.raises(BadAttributeError) as caught:
        parse(relay="/zoom-relay/", tunnel=TEMPLATE)
    assert caught.value.attribute == "data-tunnel"
    assert caught.value.evidence["other"] == "data-relay"


@pytest.mark.parametrize("name", ["token-url", "revoke-url", "api-url"])
def test_tls_is_spoken_to_every_address(name: str) -> None:
    with pytest.raises(BadAttributeError) as caught:
        parse(**{"tunnel": TEMPLATE, name: "http://127.0.0.1:8001/x"})
    assert caught.value.attribute == f"data-{name}"
    assert caught.value.reason is Reason.NOT_FOR_TUNNEL


def test_revocation_is_where_the_token_endpoint_is() -> None:
    with pytest.raises(BadAttributeError) as caught:
        dig(revoke_url="https://other.example/oauth/revoke")
    assert caught.value.attribute == "data-revoke-url"
    dig(revoke_url="https://zoom.us:443/oauth/revoke")
