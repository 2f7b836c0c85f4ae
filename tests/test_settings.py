"""The script tag's settings."""

from __future__ import annotations

import pytest

from pywidget.domain.errors import BadAttributeError
from pywidget.settings import Settings, parse_settings
from pywidget.zoom.endpoints import Endpoints

BASE = "https://app.example/zoom/"
ORIGIN = "https://app.example"


def parse(**changes: str | None) -> Settings:
    given: dict[str, str | None] = {"client-id": "client-1"}
    given.update({name.replace("_", "-"): text for name, text in changes.items()})
    attributes = {name: text for name, text in given.items() if text is not None}
    return parse_settings(attributes, base=BASE, page_origin=ORIGIN)


def test_a_client_id_is_enough() -> None:
    assert parse() == Settings(
        client_id="client-1",
        redirect_uri="https://app.example/zoom/callback.html",
        endpoints=Endpoints(),
        topic="Appointment with {client}",
    )


def test_the_rest_can_be_given() -> None:
    settings = parse(
        redirect_uri="https://app.example/other.html?x=1",
        topic="Facial for {client}",
        api_url="https://relay.example/v2",
    )
    assert settings.redirect_uri == "https://app.example/other.html?x=1"
    assert settings.topic == "Facial for {client}"
    assert settings.endpoints.api_url == "https://relay.example/v2"


def test_empty_attributes_are_none() -> None:
    assert parse(redirect_uri="", topic="", api_url="") == parse()


@pytest.mark.parametrize(
    "text", [None, "", "  ", "two words", "tab\there", "ünicode", "x" * 201, "a\nb"]
)
def test_a_client_id_is_printable_ascii(text: str | None) -> None:
    with pytest.raises(BadAttributeError) as caught:
        parse(client_id=text)
    assert caught.value.attribute == "data-client-id"


@pytest.mark.parametrize(
    "uri",
    [
        "callback.html",
        "/zoom/callback.html",
        "//app.example/zoom/callback.html",
        "http://app.example/zoom/callback.html",
        "https://other.example/zoom/callback.html",
        "https://app.example.evil.example/",
        "https://app.example:8443/zoom/callback.html",
        "https://user@app.example/zoom/callback.html",
        "https://app.example/zoom/callback.html#part",
        "https://app.example/zoom/callback.html#",
        "https://app.example/zoom\\callback.html",
        r"https://evil.example\@app.example/zoom/callback.html",
        "https://app.example/zoom/callback.html\n",
        " https://app.example/zoom/callback.html",
        "https://app.exa\tmple/zoom/callback.html",
        "javascript:alert(1)",
        "https://[app.example/",
    ],
)
def test_the_redirect_uri_is_whole_and_on_the_pages_origin(uri: str) -> None:
    with pytest.raises(BadAttributeError) as caught:
        parse(redirect_uri=uri)
    assert caught.value.attribute == "data-redirect-uri"


def test_a_widget_from_another_origin_needs_a_redirect_uri_of_the_page() -> None:
    with pytest.raises(BadAttributeError) as caught:
        parse_settings({"client-id": "c"}, base="https://cdn.example/zoom/", page_origin=ORIGIN)
    assert caught.value.attribute == "data-redirect-uri"


def test_a_development_port_is_fine() -> None:
    settings = parse_settings(
        {"client-id": "c"}, base="http://127.0.0.1:8000/zoom/", page_origin="http://127.0.0.1:8000"
    )
    assert settings.redirect_uri == "http://127.0.0.1:8000/zoom/callback.html"


def test_a_tunnel_is_known_to_all_who_ask_how_zoom_is_reached() -> None:
    settings = parse(tunnel="/zoom-tunnel/{target}")
    assert settings.tunnel is not None
    assert settings.tunnel.host == settings.endpoints.forwarder == "app.example"
    assert settings.endpoints.relays == ()
    assert parse().tunnel is None
    assert parse().endpoints.forwarder == ""


def test_a_simulated_zoom_behind_a_tunnel_is_no_relay() -> None:
    """Its consent page is shown by the browser, which trusts another certificate, or none."""
    zoom = "https://127.0.0.1:8443"
    addresses = {
        "authorize_url": "http://127.0.0.1:8001/oauth/authorize",
        "token_url": f"{zoom}/oauth/token",
        "revoke_url": f"{zoom}/oauth/revoke",
        "api_url": f"{zoom}/v2",
    }
    assert parse(**addresses).endpoints.relays == ("127.0.0.1:8443",)
    assert parse(**addresses, tunnel="/t/{target}").endpoints.relays == ()


def test_a_relay_at_the_end_of_a_tunnel_still_reads_everything() -> None:
    settings = parse(tunnel="/t/{target}", api_url="https://relay.example/v2")
    assert settings.endpoints.relays == ("relay.example",)


def test_the_device_sends_unless_the_page_says_that_it_does() -> None:
    assert [parse(**given).host_sends for given in ({}, {"send": "device"}, {"send": "host"})] == [
        False,
        False,
        True,
    ]
    with pytest.raises(BadAttributeError) as caught:
        parse(send="yes")
    assert caught.value.attribute == "data-send"


def test_a_bad_address_is_named() -> None:
    with pytest.raises(BadAttributeError) as caught:
        parse(token_url="http://relay.example")
    assert caught.value.attribute == "data-token-url"
