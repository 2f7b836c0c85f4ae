"""Parts of the addresses on the script tag."""

from __future__ import annotations

import pytest

from pywidget.domain.errors import BadAttributeError, Reason
from pywidget.zoom.addresses import (
    check_address,
    find_authority,
    find_name,
    find_origin,
    resolve,
)


@pytest.mark.parametrize(
    ("url", "authority", "name", "origin"),
    [
        ("https://Zoom.us:443/v2?a", "zoom.us", "zoom.us", "https://zoom.us"),
        ("http://[::1]:8001/v2", "[::1]:8001", "::1", "http://[::1]:8001"),
        ("wss://a.example:8443/t", "a.example:8443", "a.example", "wss://a.example:8443"),
        ("ws://127.0.0.1:80/t", "127.0.0.1", "127.0.0.1", "ws://127.0.0.1"),
        ("ftp://a.example/", "", "", ""),
        ("https://evil.example\\@zoom.us/", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_an_address_has_these_parts_or_none(
    url: str, authority: str, name: str, origin: str
) -> None:
    assert (find_authority(url), find_name(url), find_origin(url)) == (authority, name, origin)


def test_only_a_path_is_the_pages() -> None:
    origin = "https://app.example"
    assert resolve("/zoom/", origin) == "https://app.example/zoom/"
    for address in ("//evil.example/", "https://a.example/", "zoom/", ""):
        assert resolve(address, origin) == address


def test_an_address_that_is_fine_comes_back_in_parts() -> None:
    url = check_address("data-tunnel", "ws://localhost:8003/t", safe="wss", unsafe="ws")
    assert (url.scheme, url.host, url.path) == ("ws", "localhost:8003", "/t")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ws://a.example/t", Reason.NOT_SAFE),
        ("https://a.example/t", Reason.NOT_SAFE),
        ("wss://dana@a.example/t", Reason.MORE_THAN_QUERY),
        ("wss://a.example/t#x", Reason.MORE_THAN_QUERY),
        ("wss://a..example/t", Reason.NOT_A_URL),
    ],
)
def test_what_is_wrong_with_an_address_is_said(text: str, reason: Reason) -> None:
    with pytest.raises(BadAttributeError) as caught:
        check_address("data-tunnel", text, safe="wss", unsafe="ws", beyond=" #\\")
    assert caught.value.attribute == "data-tunnel"
    assert caught.value.reason is reason


def test_without_a_query_the_address_is_a_path_at_most() -> None:
    for text in ("https://a.example/?", "https://a.example/?a=@", "https://@a.example/"):
        with pytest.raises(BadAttributeError) as caught:
            check_address("data-api-url", text)
        assert caught.value.reason is Reason.MORE_THAN_PATH
    assert check_address("data-api-url", "https://a.example/a@b").path == "/a@b"
