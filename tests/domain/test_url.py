"""Which URLs are read: those that lead Python, a browser and people to the same host."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pywidget.domain.url import LONGEST_URL, Url, parse_url

PIECES = (
    *("https://", "http://", "HTTPS://", "//", "zoom.us", "us02web.", "evil.example", "127.0.0.1"),
    *("/s/86012345678", "?zak=", "#", ":443", ":8443", ":0", ":99999", "@", "\\", "%2f", "%5c"),
    *("<b>", ";", "_", "-", ".", "..", "xn--a", "[::1]", "[", "]", " ", "\t", "\n", "\0", "\x85"),
    *("\u2028", "\u3002", "\uff0f", "\u2044", "\uff5a", "\u00ad", "\ud800", "é", '"', "'", "`"),
)
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=9).map("".join)


@pytest.mark.parametrize(
    ("text", "host", "origin"),
    [
        ("https://zoom.us", "zoom.us", "https://zoom.us"),
        ("HTTPS://US02Web.Zoom.US:443/j/1", "us02web.zoom.us", "https://us02web.zoom.us"),
        ("https://127.0.0.1:8443/s/1?zak=a", "127.0.0.1:8443", "https://127.0.0.1:8443"),
        ("https://my_app.intern:65535/", "my_app.intern:65535", "https://my_app.intern:65535"),
        ("https://[::1]:8443/v2", "[::1]:8443", "https://[::1]:8443"),
        ("https://255.249.199.9/", "255.249.199.9", "https://255.249.199.9"),
        ("https://3com.0x7f.x-1/", "3com.0x7f.x-1", "https://3com.0x7f.x-1"),
        ("https://zoom.us:80/", "zoom.us:80", "https://zoom.us:80"),
    ],
)
def test_a_url_has_its_host_in_one_form(text: str, host: str, origin: str) -> None:
    url = parse_url(text)
    assert url is not None
    assert (url.host, url.origin) == (host, origin)


def test_its_other_parts_are_as_they_were_written() -> None:
    text = "https://zoom.us:8443/a/%2E?b=é%zz&c?#d#"
    assert parse_url(text) == Url("https", "zoom.us", "8443", "/a/%2E", "b=é%zz&c?", "d#")
    assert parse_url("https://zoom.us") == Url("https", "zoom.us", "", "", None, None)
    assert parse_url("https://zoom.us/?#") == Url("https", "zoom.us", "", "/", "", "")


@pytest.mark.parametrize(
    ("text", "host"),
    [("http://localhost:80/", "localhost"), ("ws://a.example:443/", "a.example:443")],
)
def test_each_scheme_has_its_own_port_and_counts_only_if_asked_for(text: str, host: str) -> None:
    assert parse_url(text) is None
    url = parse_url(text, "http", "ws")
    assert url is not None
    assert url.host == host
    assert parse_url("https://zoom.us/", "http", "ws") is None


@pytest.mark.parametrize(
    ("scheme", "port"), [("https", 443), ("wss", 443), ("http", 80), ("ws", 80)]
)
def test_the_default_port_of_each_scheme_is_left_out(scheme: str, port: int) -> None:
    for named, shown in ((port, ""), (port + 1, f":{port + 1}")):
        url = parse_url(f"{scheme}://a.example:{named}/", scheme)
        assert url is not None
        assert url.host == f"a.example{shown}"


@pytest.mark.parametrize(
    "authority",
    [
        r"evil.example\.zoom.us",
        r"evil.example\@us02web.zoom.us",
        "dana@zoom.us",
        "dana:pw@zoom.us",
        "@zoom.us",
        ":@zoom.us",
        "zoom.us%2f.zoom.us",
        "evil.example%5c.zoom.us",
        "%7aoom.us",
        "<b>.zoom.us",
        "a;b.zoom.us",
        "a,b.zoom.us",
        "a'b.zoom.us",
        "a b.zoom.us",
        "zoom.us ",
        " zoom.us",
        "zo\tom.us",
        "zoom.us\n",
        "zoom\u3002us",
        "\uff5aoom.us",
        "z\u043e\u043em.us",
        "zo\u00adom.us",
        "zoom.us\u2044",
        "zoom.us\x7f",
        "1.2",
        "127.1",
        "1.2.3.4.5",
        "127.0.0.256",
        "127.0.0.01",
        "0x7f.0.0.1",
        "0x7f.1",
        "2130706433",
        "zoom.us.0",
        "zoom.us.0x7f",
        "zoom.us.",
        ".zoom.us",
        "a..zoom.us",
        "-a.zoom.us",
        "a-.zoom.us",
        "_a.zoom.us",
        "*.zoom.us",
        "$a.zoom.us",
        "zoom.us:",
        "zoom.us:0",
        "zoom.us:0443",
        "zoom.us:65536",
        "zoom.us:443:443",
        "zoom.us:x",
        "zoom.us:\u0664\u0664\u0663",
        "[zoom.us]",
        "[::1",
        "::1",
        "",
        "a" * 64 + ".zoom.us",
        ".".join(["a" * 63] * 4),
    ],
)
def test_a_host_that_readers_could_disagree_on_is_refused(authority: str) -> None:
    for rest in ("", "/s/86012345678?zak=s3cr3t"):
        assert parse_url(f"https://{authority}{rest}") is None


@pytest.mark.parametrize(
    "character", [*' \\<>"\t\n\r\0\x0b\x0c\x1c\x1f\x7f\x85\xa0', "\u200b", "\u2028", "\ud800"]
)
@pytest.mark.parametrize("place", ["/a{}", "/?a{}", "/#a{}", "/{}a", "/?{}a", "/#{}a", "{}/"])
def test_a_character_that_readers_drop_or_change_is_refused_anywhere(
    character: str, place: str
) -> None:
    assert parse_url("https://zoom.us" + place.format("")) is not None
    assert parse_url("https://zoom.us" + place.format(character)) is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "//zoom.us/",
            "zoom.us/",
            "/s/1",
            "https:/zoom.us/",
            "https:///zoom.us/",
            "https:zoom.us",
        ),
        *("http://zoom.us/", "javascript://zoom.us/%0aalert(1)", "data:text/html,zoom.us"),
        *("zoommtg://zoom.us/", "http\u017f://zoom.us/", "\x01https://zoom.us/", "", "https://"),
    ],
)
def test_another_scheme_or_none_is_refused(text: str) -> None:
    assert parse_url(text) is None


def test_a_url_has_a_longest_length() -> None:
    assert LONGEST_URL == 8000  # RFC 9110 section 4.1
    start = "https://zoom.us/s/86012345678?zak="
    longest = start + "x" * (LONGEST_URL - len(start))
    assert parse_url(longest) is not None
    assert parse_url(f"{longest}x") is None


def test_a_name_has_a_longest_length() -> None:
    longest = ".".join(["a" * 63] * 3 + ["a" * 61])
    assert len(longest) == 253
    assert parse_url(f"https://{longest}/") is not None
    assert parse_url(f"https://{longest}a/") is None


def test_the_repr_holds_neither_query_nor_fragment() -> None:
    assert "s3cr3t" not in repr(parse_url("https://zoom.us/s/86012345678?zak=s3cr3t#s3cr3t"))


@given(texts)
def test_what_is_read_is_the_same_for_the_standard_library(text: str) -> None:
    url = parse_url(text, "https", "http")
    if url is not None:
        parts = urlsplit(text)
        name = url.name.strip("[]")
        assert (parts.scheme, parts.hostname, parts.path) == (url.scheme, name, url.path)
        assert parts.username is None
        assert url.port == "" or parts.port == int(url.port)
