"""HTTP/1.1 without I/O: what is written, and what is made of bytes in any pieces."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pywidget.tunnel.http_exchange import (
    MOST_BODY,
    MOST_HEADERS,
    VERSION,
    Exchange,
    HttpError,
)
from pywidget.zoom.http import Request, Response

URL = "https://api.zoom.us/v2/users/me?page=1&x=a%20b"
WHOLE = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"id": 1}'
CHUNKED = (
    b"HTTP/1.1 100 Continue\r\n\r\n"
    b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    b"HTTP/1.1 429 Too Many\r\nX-RateLimit: a\r\nretry-after: 2\r\nX-Ratelimit: b\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n"
    b"4;x=y\r\nabcd\r\n1A\r\nefghijklmnopqrstuvwxyz0123\r\n0\r\nTrailer: z\r\n\r\n"
)


def ask(method: str = "GET", url: str = URL) -> Exchange:
    return Exchange(Request(method, url))


def read(exchange: Exchange, *pieces: bytes) -> Response:
    """All of it has to be there with the last piece, and not before."""
    *first, last = pieces
    for piece in first:
        assert exchange.receive(piece) is None
    response = exchange.receive(last)
    assert response is not None
    return response


def write(request: Request) -> tuple[bytes, dict[str, str], bytes]:
    head, _, body = Exchange(request).data.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    fields = [line.decode().split(": ", 1) for line in lines]
    names = [name.lower() for name, _ in fields]
    assert len(names) == len(set(names)), names
    return first, {name.lower(): value for name, value in fields}, body


# Requests


def test_a_request_is_written_with_what_http_needs_and_nothing_that_a_browser_adds() -> None:
    headers = {"Authorization": "Bearer s3cr3t", "Accept": "application/json"}
    first, fields, body = write(Request("GET", URL, headers))
    assert first == b"GET /v2/users/me?page=1&x=a%20b HTTP/1.1"
    assert body == b""
    assert fields == {
        "host": "api.zoom.us",
        "user-agent": f"pywidget/{VERSION}",
        "accept-encoding": "identity",
        "authorization": "Bearer s3cr3t",
        "accept": "application/json",
    }


def test_it_names_the_release_that_it_is() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION


@pytest.mark.parametrize(
    ("url", "host", "target"),
    [
        ("https://zoom.us", "zoom.us", "/"),
        ("https://Zoom.us:443/", "zoom.us", "/"),
        ("https://zoom.us:8443/oauth/token?probe", "zoom.us:8443", "/oauth/token?probe"),
        ("https://[::1]:8443/v2", "[::1]:8443", "/v2"),
        ("https://zoom.us/?a", "zoom.us", "/?a"),
        ("https://zoom.us/v2#part", "zoom.us", "/v2"),
    ],
)
def test_the_host_has_its_port_and_the_target_no_fragment(url: str, host: str, target: str) -> None:
    first, fields, _ = write(Request("GET", url))
    assert first == f"GET {target} HTTP/1.1".encode()
    assert fields["host"] == host


@pytest.mark.parametrize(
    ("method", "body", "length"),
    [
        ("POST", b'{"topic": "D\xc3\xa1na"}', "18"),
        ("POST", b"", "0"),
        ("POST", None, "0"),
        ("PATCH", None, "0"),
        ("PUT", None, "0"),
        ("GET", None, None),
        ("DELETE", None, None),
        ("DELETE", b"{}", "2"),
    ],
)
def test_a_body_has_its_length(method: str, body: bytes | None, length: str | None) -> None:
    _, fields, written = write(Request(method, URL, {}, body))
    assert fields.get("content-length") == length
    assert written == (body or b"")


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        (URL, {"Authorization": "Bearer s3cr3t\r\nX-Other: 1"}),
        (URL, {"Authorization": "Bearer s3cr3t\nX-Other: 1"}),
        (URL, {"Authorization": "Bearer s3cr3t\0"}),
        (URL, {"Authorization: s3cr3t\r\nX-Other": "1"}),
        (URL, {"Authorization": "Bearer s3cr3t\u2028ü"}),
        ("https://zoom.us/s3cr3t/ünï", {}),
        ("https://zoom.us/s3cr3t HTTP/1.1", {}),
        ("https://zoom.us/s3cr3t?\x00", {}),
    ],
)
def test_what_would_be_something_else_is_never_written(url: str, headers: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="cannot be written") as caught:
        Exchange(Request("GET", url, headers))
    assert "s3cr3t" not in repr(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@given(st.text(), st.text())
def test_no_header_and_no_path_makes_a_second_request_or_field(value: str, path: str) -> None:
    try:
        exchange = Exchange(Request("GET", f"https://zoom.us/{path}", {"X-Given": value}))
    except ValueError:
        return
    head, end, rest = exchange.data.partition(b"\r\n\r\n")
    assert (end, rest) == (b"\r\n\r\n", b"")
    assert len(head.split(b"\r\n")) == 5
    assert head.count(b"\n") == 4


# Answers


def test_an_answer_is_read() -> None:
    exchange = ask()
    assert not exchange.may_keep
    response = read(exchange, WHOLE)
    assert (response.status, response.body) == (200, b'{"id": 1}')
    assert response.headers == {"content-type": "application/json", "content-length": "9"}
    assert exchange.may_keep


def test_a_chunked_answer_is_read_past_what_comes_before_it() -> None:
    response = read(ask(), CHUNKED)
    assert (response.status, response.body) == (429, b"abcdefghijklmnopqrstuvwxyz0123")
    assert response.headers["x-ratelimit"] == "a, b"
    assert response.headers["retry-after"] == "2"
    assert "link" not in response.headers


@pytest.mark.parametrize(
    ("method", "answer"),
    [
        ("DELETE", b"HTTP/1.1 204 No Content\r\n\r\n"),
        ("GET", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n"),
        ("HEAD", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"),
        ("GET", b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
    ],
)
def test_some_answers_have_no_body(method: str, answer: bytes) -> None:
    exchange = ask(method)
    assert read(exchange, answer).body == b""
    assert exchange.may_keep


@pytest.mark.parametrize("answer", [WHOLE, CHUNKED])
@given(data=st.data())
def test_any_split_gives_the_same_answer(answer: bytes, data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(answer)), max_size=12).map(sorted))
    pieces = [answer[a:b] for a, b in zip([0, *cuts], [*cuts, len(answer)], strict=True) if a != b]
    assert read(ask(), *pieces) == read(ask(), answer)


def test_byte_by_byte_gives_the_same_answer() -> None:
    assert read(ask(), *(bytes([byte]) for byte in CHUNKED)) == read(ask(), CHUNKED)


@pytest.mark.parametrize("answer", [WHOLE, CHUNKED])
def test_what_breaks_off_anywhere_is_incomplete(answer: bytes) -> None:
    for length in range(len(answer)):
        exchange = ask()
        if length:
            assert exchange.receive(answer[:length]) is None
        with pytest.raises(HttpError):
            exchange.end()


def test_an_answer_may_end_with_the_connection() -> None:
    exchange = ask()
    assert exchange.receive(b"HTTP/1.1 200 OK\r\nX: y\r\n\r\nsome") is None
    assert exchange.receive(b" body") is None
    assert exchange.end() == Response(200, {"x": "y"}, b"some body")
    assert not exchange.may_keep


@pytest.mark.parametrize(
    "answer",
    [
        WHOLE.replace(b"\r\n", b"\r\nConnection: close\r\n", 1),
        WHOLE.replace(b"HTTP/1.1", b"HTTP/1.0"),
        WHOLE + b"HTTP/1.1 200 OK\r\n",
        WHOLE + b"x",
    ],
)
def test_a_connection_is_not_kept_if_the_server_ends_it_or_says_more(answer: bytes) -> None:
    exchange = ask()
    assert read(exchange, answer).body == b'{"id": 1}'
    assert not exchange.may_keep


GARBAGE = [
    b"<!doctype html><h1>Airport Wi-Fi</h1>\r\n\r\n",
    b"HTTP/2 200\r\n\r\n",
    b"HTTP/1.1 abc\r\n\r\n",
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nX: " + b"y" * MOST_HEADERS,
    b"\x00" * 4 + b"\r\n\r\n",
]


@pytest.mark.parametrize("garbage", GARBAGE, ids=lambda garbage: repr(garbage[:40]))
def test_what_is_not_http_is_an_error_that_quotes_nothing(garbage: bytes) -> None:
    with pytest.raises(HttpError) as caught:
        ask().receive(garbage)
    assert "Wi-Fi" not in repr(caught.value)
    assert caught.value.__suppress_context__  # what quotes it


@given(st.lists(st.binary(max_size=200), max_size=5), st.sampled_from([b"", WHOLE, CHUNKED]))
def test_random_bytes_raise_nothing_but_our_errors(pieces: list[bytes], before: bytes) -> None:
    for start in (before[:-7], before[: len(before) // 3]):
        exchange = ask()
        try:
            for piece in (start, *pieces):
                if piece and exchange.receive(piece) is not None:
                    break
            else:
                exchange.end()
        except HttpError:
            pass


def test_an_answer_without_an_end_is_cut_off() -> None:
    exchange = ask()
    exchange.receive(b"HTTP/1.1 200 OK\r\n\r\n")
    megabyte = bytes(1024 * 1024)
    for _ in range(MOST_BODY // len(megabyte)):
        assert exchange.receive(megabyte) is None
    with pytest.raises(HttpError):
        exchange.receive(b"x")
