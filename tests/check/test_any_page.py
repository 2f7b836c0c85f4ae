"""Whatever a page is, the check comes to its end, with the same rows."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pywidget.check.addresses import encode, find_origin
from pywidget.check.page_html import MOST, parse_html
from pywidget.check.policy import allows
from pywidget.check.reach import Answer, Heard
from pywidget.check.report import write_report
from pywidget.check.row import Row
from pywidget.check.run import check_page, find_redirect_uri
from pywidget.check.target import Target
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request, Response
from pywidget.zoom.tunnel import Tunnel
from tests.check.embedder import Desk

NOW = datetime(2026, 3, 5, tzinfo=UTC)
PAGE = "https://app.example/book"
IDS = (
    "page secure-context tag settings element policy opener-policy token-endpoint api clock "
    "browser files file-types compression caching callback callback-headers"
).split()


@dataclass
class Anywhere:
    """A web on which everything is answered alike."""

    response: Response
    has_session = False

    async def fetch(self, url: str) -> Response:
        assert find_origin(url).startswith(("http://", "https://")), url
        encode(url).encode("ascii")
        return self.response

    async def find_headers(self, url: str, response: Response) -> Mapping[str, str]:
        del url
        return response.headers

    async def ask(self, request: Request, *, origin: str, methods: tuple[str, ...] = ()) -> Answer:
        del request, origin, methods
        return Answer(Heard.READABLE, self.response)

    async def ask_as_stranger(self, request: Request, headers: Mapping[str, str]) -> Response:
        del request, headers
        return self.response

    async def try_tunnel(self, base: str, tunnel: Tunnel, ends: Endpoints) -> None:
        del base, tunnel, ends


def check(response: Response, tag: Mapping[str, str] | None = None) -> list[Row]:
    async def collect() -> list[Row]:
        target, reach = Target(PAGE, tag, ""), Anywhere(response)
        await find_redirect_uri(target, reach=reach, now=lambda: NOW)
        rows = check_page(target, facts=None, reach=reach, now=lambda: NOW)
        return [row async for row in rows]

    return asyncio.run(collect())


NAMES = st.sampled_from(
    "content-type content-security-policy cross-origin-opener-policy date age location "
    "cache-control referrer-policy access-control-allow-origin".split()
)
PIECES = st.sampled_from(
    ["<script ", "<zoom-meeting ", "<meta ", "<base href=", " src=", " type=module", ">", "'", '"',
     "data-client-id=a ", "data-relay=", "/relay/", "http://[", "file:///etc/x", "embed.js", "<!--",
     "http-equiv=content-security-policy content=", "https://x:99999/", "data:,", "</",
     "<template>"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join)


@given(
    st.sampled_from([200, 200, 200, 302, 401, 500]),
    st.dictionaries(NAMES, TEXTS),
    TEXTS,
)
@example(200, {}, '<script data-client-id=a src="http://[">')
@example(200, {}, '<script data-client-id=a src="file:///etc/embed.js">')
@example(200, {}, '<base href="http://["><script data-client-id=a src="https://x:99999/e.js">')
@example(302, {"location": "http://["}, "")
@example(200, {"date": "Fri, 31 Dec 9999 23:59:59 GMT", "age": "9"}, "x")
@example(200, {"date": f"Fri, 31 Dec {10**20} 23:59:59 GMT"}, "x")
@example(200, {"content-type": "text/html; charset=idna"}, "x" * 99)
@example(200, {"content-type": "text/html; charset=undefined"}, "x")
@example(200, {"content-type": 'text/html; charset="\0"'}, "x")
@example(200, {}, '{"version": "1", "files": {"a": {"bytes": 1e999, "sha256": ""}}}')
@example(200, {}, '{"version": "1", "files": {"\\ud800": {"bytes": 1, "sha256": ""}}}')
@example(200, {}, "[" * 200_000)
@example(200, {}, "<![x <![x[")
@example(200, {}, '<script data-client-id=a data-relay="https://пример..рф/">')
@example(200, {"content-type": "text/html; charset=nonsense", "date": "x", "age": "²"}, "x")
def test_the_check_comes_to_its_end(status: int, headers: dict[str, str], body: str) -> None:
    rows = check(Response(status, headers, body.encode("utf-8", "replace")))
    ids = [row.id for row in rows]
    assert [name for name in ids if name not in {"relay", "success"}] == IDS
    for row in rows:
        assert row.title
        assert row.finding
    write_report(PAGE, rows, NOW, "1.2.3")


@given(st.dictionaries(st.sampled_from(["src", "type", "data-client-id", "nonce"]), TEXTS))
def test_so_it_does_with_any_tag(tag: dict[str, str]) -> None:
    assert check(Response(200, {}, b""), tag)


@given(st.text())
def test_any_address_can_be_sent(text: str) -> None:
    encode(f"https://app.example/{text.replace('[', '')}").encode("ascii")


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://bücher.example/ä b?c=é", "https://xn--bcher-kva.example/%C3%A4%20b?c=%C3%A9"),
        ("http://[::1]:8000/a%20b?x=1&y=%2F", "http://[::1]:8000/a%20b?x=1&y=%2F"),
    ],
)
def test_addresses_are_sent_in_ascii(url: str, sent: str) -> None:
    assert encode(url) == sent


def test_a_clock_at_the_end_of_all_times_is_no_clock() -> None:
    headers = {"date": "Fri, 31 Dec 9999 23:59:59 GMT", "age": "60"}
    (row,) = [row for row in check(Response(200, headers, b"x")) if row.id == "clock"]
    assert row.verdict == "unknown"


def test_an_origin_is_sent_in_ascii() -> None:
    assert find_origin("https://Пример.рф/x") == "https://xn--e1afmkfd.xn--p1ai"
    assert find_origin("https://a..b/") == "https://a..b"
    assert find_origin(f"https://{'ä' * 99}.example/") == ""


def test_a_policy_and_an_address_may_write_a_name_differently() -> None:
    sources = ("https://xn--e1afmkfd.xn--p1ai",)
    assert allows(sources, "https://пример.рф/x", origin=PAGE)
    assert allows(("'self'",), "https://пример.рф/x", origin="http://xn--e1afmkfd.xn--p1ai")


@pytest.mark.parametrize(
    "text",
    [
        "<a x=' " * 8000,
        "<a " + "/" * 56_000,
        "<a x=\"'" * 8000,
        "<a " + "x=' " * 18_000,
        "<!--" * 14_000,
        "<script>" + "</" * 28_000,
        "&" * 56_000,
    ],
)
def test_no_page_takes_long(text: str) -> None:
    """As the processor's time counts, so that a busy machine does not."""
    begun = process_time()
    parse_html(text)
    assert process_time() - begun < 1


def test_a_page_without_end_is_read_in_part() -> None:
    tag = b'<script type=module src="/zoom/embed.js" data-client-id=a></script>'
    headers = {"content-type": "text/html"}
    rows = {row.id: row for row in check(Response(200, headers, tag + b" " * MOST))}
    assert "Only its first 1,000,000 characters were read" in rows["page"].finding
    assert rows["tag"].verdict == "fine"
    rows = {row.id: row for row in check(Response(200, headers, tag))}
    assert "Only" not in rows["page"].finding


def test_a_page_with_any_name_is_found(desk: Desk) -> None:
    row = desk.check(f"{desk.url}?name=Zoë Müller").find("page")
    assert row.verdict == "fine"
