"""`ports.Transport`: one HTTP request, answered by a server of another origin."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Protocol

from e2e.contracts.contract import refused
from pywidget.domain.errors import Code, UnreachableError
from pywidget.ports import Transport
from pywidget.zoom.http import Request, build_form_request


@dataclass(frozen=True)
class Received:
    """A request as the server saw it; header names are in lower case."""

    method: str
    headers: dict[str, str]
    body: str


class Bench(Protocol):
    transport: Transport

    def prepare(self, status: int, body: bytes, content_type: str = "application/json") -> str:
        """Return a URL with this answer."""

    def prepare_cut(self) -> str:
        """Return a URL whose connection is cut when the request has arrived."""

    def prepare_nobody(self) -> str:
        """Return a URL at which no server answers."""

    def prepare_unsendable(self) -> str:
        """Return a URL to which a request cannot be sent, as the adapter can know."""

    def prepare_redirect(self, status: int) -> str:
        """Return a URL that redirects to another one of the same server."""

    async def list_received(self) -> list[Received]:
        """Return the requests that the server has received, without preflights and probes."""


HEADERS = {"Authorization": "Bearer s3cr3t", "Accept": "application/json"}


async def check_an_answer_comes_back_whole(bench: Bench) -> None:
    body = json.dumps({"a": "ünï \U0001f9d6"}, ensure_ascii=False).encode()
    answer = await bench.transport.send(Request("GET", bench.prepare(200, body), HEADERS))
    assert answer.status == 200
    assert type(answer.body) is bytes
    assert answer.body == body
    assert answer.headers["content-type"].startswith("application/json")


async def check_a_large_answer_comes_back_whole(bench: Bench) -> None:
    body = b'{"a": "' + b"x" * 300_000 + b'"}'
    answer = await bench.transport.send(Request("GET", bench.prepare(200, body), HEADERS))
    assert answer.body == body


async def check_any_status_is_an_answer(bench: Bench) -> None:
    for status in (201, 204, 400, 401, 403, 404, 409, 418, 429, 500, 502, 503):
        body = b"" if status == 204 else b'{"code": 1}'
        answer = await bench.transport.send(Request("GET", bench.prepare(status, body), HEADERS))
        assert (answer.status, answer.body) == (status, body)


async def check_any_body_is_an_answer(bench: Bench) -> None:
    for body, kind in ((b"<html>", "text/html"), (b"\xff\xfe\x00", "text/plain"), (b"", "")):
        answer = await bench.transport.send(Request("GET", bench.prepare(200, body, kind), HEADERS))
        assert answer.body == body


async def check_json_arrives_with_its_headers(bench: Bench) -> None:
    url = bench.prepare(201, b"{}")
    headers = {**HEADERS, "Content-Type": "application/json"}
    body = json.dumps({"topic": "Dána “Lee” \U0001f9d6"}).encode()
    await bench.transport.send(Request("POST", url, headers, body))
    received = (await bench.list_received())[-1]
    assert received.method == "POST"
    assert received.body == body.decode()
    assert received.headers["authorization"] == "Bearer s3cr3t"
    assert received.headers["content-type"] == "application/json"
    assert received.headers["accept"] == "application/json"


async def check_a_form_arrives_byte_for_byte(bench: Bench) -> None:
    request = build_form_request(bench.prepare(200, b"{}"), {"code": "a+b/=&ü", "x": ""})
    await bench.transport.send(request)
    received = (await bench.list_received())[-1]
    assert received.body == "code=a%2Bb%2F%3D%26%C3%BC&x="
    assert received.headers["content-type"] == "application/x-www-form-urlencoded"
    assert "authorization" not in received.headers


async def check_no_cookie_and_no_referrer_are_sent(bench: Bench) -> None:
    await bench.transport.send(Request("GET", bench.prepare(200, b"{}"), HEADERS))
    received = (await bench.list_received())[-1]
    assert not {"cookie", "referer"} & received.headers.keys()


async def check_a_cut_connection_is_a_network_error_and_sent_once(bench: Bench) -> None:
    before = len(await bench.list_received())
    with refused(Code.NETWORK):
        await bench.transport.send(Request("POST", bench.prepare_cut(), HEADERS, b"{}"))
    posts = [each for each in (await bench.list_received())[before:] if each.method == "POST"]
    assert len(posts) == 1


async def check_nobody_there_is_a_network_error(bench: Bench) -> None:
    with refused(Code.NETWORK):
        await bench.transport.send(Request("GET", bench.prepare_nobody(), HEADERS))


async def check_what_never_left_is_told_from_what_may_have_arrived(bench: Bench) -> None:
    unsendable = await fail(bench, bench.prepare_unsendable())
    assert (unsendable.code, unsendable.may_have_arrived) == (Code.NETWORK, False)
    cut = await fail(bench, bench.prepare_cut())
    assert (cut.code, cut.may_have_arrived) == (Code.NETWORK, True)


async def fail(bench: Bench, url: str) -> UnreachableError:
    try:
        await bench.transport.send(Request("POST", url, HEADERS, b"{}"))
    except UnreachableError as error:
        return error
    raise AssertionError("there was an answer")


async def check_an_error_does_not_tell_the_address(bench: Bench) -> None:
    try:
        await bench.transport.send(Request("GET", bench.prepare_nobody() + "?s3cr3t", HEADERS))
    except UnreachableError as error:
        told = f"{error!r}{error.__cause__!r}"
    else:
        told = "s3cr3t: there was an answer"
    assert "s3cr3t" not in told


async def check_a_redirect_is_not_followed(bench: Bench) -> None:
    """It would carry the token to any server. The port may report it, or fail."""
    for status in (301, 302, 307, 308):
        url = bench.prepare_redirect(status)
        before = len(await bench.list_received())
        try:
            answer = await bench.transport.send(Request("GET", url, HEADERS))
        except UnreachableError:
            pass
        else:
            assert answer.status == status
        tokens = [
            each
            for each in (await bench.list_received())[before:]
            if each.headers.get("authorization") == "Bearer s3cr3t"
        ]
        assert len(tokens) == 1, tokens


async def check_many_requests_do_not_get_mixed_up(bench: Bench) -> None:
    for number in range(10):
        url = bench.prepare(200, b'{"n": %d}' % number)
        answer = await bench.transport.send(Request("GET", url, HEADERS))
        assert json.loads(answer.body) == {"n": number}
