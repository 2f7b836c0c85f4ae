"""The way to Zoom, over real HTTP: direct and relayed, refused and misled."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from zoom_meeting_testing.simulator import ServerThread

from pywidget.browser.urllib_http import UrllibTransport
from pywidget.check.browser_reach import BrowserReach
from pywidget.check.facts import BrowserFacts
from pywidget.check.page import Page
from pywidget.check.reach import Heard
from pywidget.check.row import Verdict
from pywidget.check.tag import parse_tag, read_settings
from pywidget.check.tunnel_trial import TunnelTrial
from pywidget.check.way_rows import judge_way
from pywidget.domain.errors import Code, UnreachableError
from pywidget.ports import Transport
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request, Response
from pywidget.zoom.tunnel import Tunnel
from tests.check.embedder import ASKED_FOR, Desk, Embedder

WAY = {"token-endpoint", "api"}
STAGING = "https://staging.invalid/book"
NOW = datetime(2026, 3, 5, tzinfo=UTC)


class Blindfold:
    """Answers as XMLHttpRequest does, where CORS or a policy forbids it."""

    def __init__(self, code: Code = Code.NETWORK) -> None:
        self._code = code

    async def send(self, _request: Request) -> Response:
        raise UnreachableError(self._code)


class Senses:
    def __init__(
        self, *, is_there: bool = False, forbidden: bool = False, redirected: bool = False
    ) -> None:
        self._is_there, self._forbidden = is_there, forbidden
        self._redirected = redirected

    async def is_redirected(self, _request: Request) -> bool:
        return self._redirected

    async def answers_unseen(self, _url: str) -> bool:
        return self._is_there

    async def try_tunnel(self, base: str, tunnel: Tunnel, ends: Endpoints) -> TunnelTrial:
        del base, tunnel, ends
        return TunnelTrial(problem="no page.")

    def was_forbidden(self, _url: str) -> bool:
        return self._forbidden


def test_zoom_refuses_whatever_names_an_origin(desk: Desk) -> None:
    desk.simulator.simulator.change_settings({"refuses_origin": True})
    checked = desk.check()
    assert checked.wrong == WAY
    for row_id in WAY:
        row = checked.find(row_id)
        assert "requests with an Origin header are refused (status 403)" in row.finding
        assert "cors_blocked" in row.finding
        assert "relay" in row.remedy


def test_cors_on_errors_only_cannot_be_known(desk: Desk) -> None:
    desk.simulator.simulator.change_settings({"cors_only_on_errors": True})
    checked = desk.check()
    assert checked.wrong == set()
    assert checked.find("success").verdict is Verdict.UNKNOWN


def test_zoom_has_a_problem_of_its_own(desk: Desk) -> None:
    simulator = desk.simulator.simulator
    simulator.add_fault({"operation": "token", "kind": "respond", "status": 503, "body": ""})
    checked = desk.check()
    assert checked.wrong == {"token-endpoint"}
    assert "status 503" in checked.find("token-endpoint").finding


def test_nobody_answers_at_the_api(desk: Desk) -> None:
    desk.embedder.settings["api-url"] = "http://127.0.0.1:9/v2"
    row = desk.check().find("api")
    assert row.verdict is Verdict.WRONG
    assert row.finding == "Nothing responds at http://127.0.0.1:9 from here."


def test_a_public_page_cannot_reach_a_simulator_on_this_machine(desk: Desk) -> None:
    tag = parse_tag(desk.embedder.write_page().decode())
    checked = desk.check(STAGING, tag=tag)
    assert checked.wrong >= WAY
    for row_id in WAY:
        assert "local network access" in checked.find(row_id).finding
    assert "success" not in {row.id for row in checked.rows}


NAMED = "https://app.test"
"""A page with a name, whose address is this machine's or the local network's."""


def make_facts(origin: str) -> BrowserFacts:
    return BrowserFacts(
        is_secure=True,
        origin=origin,
        is_online=True,
        missing=(),
        storage=frozenset(),
        broadcast_channel=True,
        web_assembly=True,
        cookie_enabled=True,
    )


def judge_way_in_browser(
    transport: Transport, senses: Senses, **tag: str
) -> dict[str, tuple[Verdict, str]]:
    attributes = {"data-client-id": "a"} | {
        f"data-{name.replace('_', '-')}": value for name, value in tag.items()
    }
    settings, problems = read_settings(attributes, base=f"{NAMED}/zoom/", page_origin=NAMED)
    assert not problems
    page = Page(f"{NAMED}/book", NAMED, None, NOW, NOW, tag=attributes, settings=settings)
    reach = BrowserReach(transport, senses)

    async def collect() -> dict[str, tuple[Verdict, str]]:
        rows = judge_way(page, make_facts(NAMED), reach=reach)
        return {row.id: (row.verdict, f"{row.finding} {row.remedy}") async for row in rows}

    return asyncio.run(collect())


def test_what_a_browser_has_read_is_not_out_of_its_reach(desk: Desk) -> None:
    zoom = {"token_url": f"{desk.simulator.url}/oauth/token", "api_url": f"{desk.simulator.url}/v2"}
    rows = judge_way_in_browser(UrllibTransport(), Senses(), **zoom)
    assert {rows[row_id][0] for row_id in WAY} == {Verdict.FINE}


def test_what_a_browser_hears_but_may_not_read_is_within_its_reach(desk: Desk) -> None:
    zoom = {"api_url": f"{desk.simulator.url}/v2"}
    verdict, words = judge_way_in_browser(Blindfold(), Senses(is_there=True), **zoom)["api"]
    assert verdict is Verdict.WRONG
    assert "cors_blocked" in words


def test_where_a_browser_hears_nobody_it_may_be_out_of_reach(desk: Desk) -> None:
    zoom = {"api_url": f"{desk.simulator.url}/v2"}
    verdict, words = judge_way_in_browser(Blindfold(), Senses(), **zoom)["api"]
    assert verdict is Verdict.WRONG
    assert "local network access" in words


def test_nothing_is_spent_and_nothing_secret_is_sent(desk: Desk) -> None:
    desk.check()
    sent = [
        entry for entry in desk.simulator.simulator.list_requests() if entry["method"] != "OPTIONS"
    ]
    assert sorted(str(entry["operation"]) for entry in sent) == ["other", "token"]
    assert desk.simulator.simulator.list_meetings() == []


# Relays


def relay(desk: Desk, **values: object) -> None:
    """A relay of the page's own origin."""
    desk.embedder.settings |= dict.fromkeys(("token-url", "revoke-url", "api-url"), "")
    desk.embedder.settings["relay"] = "/relay/"
    for name, value in values.items():
        setattr(desk.embedder, name, value)


def test_a_relay_that_asks_for_a_session_keeps_strangers_out(desk: Desk) -> None:
    relay(desk)
    checked = desk.check()
    assert checked.wrong == set()
    assert checked.unknown == {*WAY, "browser"}
    assert "check.html" in checked.find("api").remedy
    assert checked.find("relay").verdict is Verdict.FINE


def test_a_relay_for_everybody(desk: Desk) -> None:
    relay(desk, relay_asks=False)
    checked = desk.check()
    assert checked.wrong == {"relay"}
    row = checked.find("relay")
    assert row.finding == "It passes on calls from people who have no session with you."
    assert "docs/relay/nginx.conf" in row.remedy


def test_a_relay_that_passes_on_the_origin(desk: Desk) -> None:
    desk.simulator.simulator.change_settings({"refuses_origin": True})
    relay(desk, relay_asks=False, relay_passes=(*ASKED_FOR, "origin"))
    checked = desk.check()
    assert checked.wrong >= WAY
    assert "Origin" in checked.find("api").remedy


def test_no_relay_where_it_should_be(desk: Desk) -> None:
    relay(desk)
    desk.embedder.settings["relay"] = "/zoom/"
    checked = desk.check()
    assert checked.wrong == WAY
    assert "status 404" in checked.find("api").finding
    assert "relay_failed" in checked.find("api").remedy


def test_a_relay_that_cannot_reach_zoom(desk: Desk) -> None:
    relay(desk, relay_asks=False, zoom="http://127.0.0.1:9")
    assert desk.check().wrong == WAY


def far_relay(desk: Desk, server: ServerThread) -> None:
    relay(desk)
    desk.embedder.settings["relay"] = f"{server.url}/relay/"


@pytest.fixture
def far(desk: Desk) -> Embedder:
    return Embedder(desk.simulator.url, relay_asks=False)


def test_a_relay_for_one_origin(desk: Desk, far: Embedder) -> None:
    with ServerThread(far.create_app()) as server:
        far_relay(desk, server)
        far.relay_allows = far.relay_only = desk.server.url
        checked = desk.check()
    assert checked.wrong == set()
    assert checked.find("relay").verdict is Verdict.FINE
    assert checked.find("success").verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("allowed", ["*", "page"])
def test_a_relay_for_any_origin(desk: Desk, far: Embedder, allowed: str) -> None:
    with ServerThread(far.create_app()) as server:
        far_relay(desk, server)
        far.relay_allows = desk.server.url if allowed == "page" else allowed
        checked = desk.check()
    assert checked.wrong == {"relay"}
    assert checked.find("relay").finding == "It accepts calls from pages of other origins."


def test_a_relay_with_its_usual_port_is_asked_all_the_same(desk: Desk) -> None:
    """Nothing is fine that nobody was asked about."""
    relay(desk)
    desk.embedder.settings["relay"] = "https://relay.invalid:443/"
    row = desk.check().find("relay")
    assert row.verdict is Verdict.UNKNOWN
    assert "does not respond" in row.finding
    assert "terminal" not in row.remedy


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ({"relay": "/relay/"}, "your session there has ended"),
        ({}, "data-token-url"),
    ],
)
def test_a_redirect_that_a_browser_cannot_follow_is_named(tag: dict[str, str], words: str) -> None:
    senses = Senses(redirected=True, forbidden=True)
    verdict, said = judge_way_in_browser(Blindfold(), senses, **tag)["token-endpoint"]
    assert verdict is Verdict.WRONG
    assert words in said
    assert "connect-src" not in said


def test_a_browser_is_told_where_more_can_be_seen() -> None:
    rows = judge_way_in_browser(Blindfold(), Senses(), relay="https://relay.example/")
    assert rows["relay"][0] is Verdict.UNKNOWN
    assert "python -m pywidget.check" in rows["relay"][1]


def test_a_relay_for_another_page(desk: Desk, far: Embedder) -> None:
    with ServerThread(far.create_app()) as server:
        far_relay(desk, server)
        far.relay_allows = far.relay_only = "https://other.example"
        checked = desk.check()
    assert checked.wrong == WAY
    row = checked.find("api")
    assert f"Access-Control-Allow-Origin: {desk.server.url}" in row.copy.splitlines()


# What a browser sees of the same


@pytest.mark.parametrize(
    ("transport", "senses", "heard"),
    [
        (Blindfold(), Senses(is_there=True), Heard.UNREADABLE),
        (Blindfold(), Senses(forbidden=True), Heard.FORBIDDEN),
        (Blindfold(), Senses(redirected=True, forbidden=True), Heard.REDIRECTED),
        (Blindfold(), Senses(), Heard.NOBODY),
        (Blindfold(Code.TIMEOUT), Senses(is_there=True), Heard.TOO_SLOW),
    ],
)
def test_what_a_browser_hides_is_told_apart(
    transport: Transport, senses: Senses, heard: Heard
) -> None:
    reach = BrowserReach(transport, senses)
    answer = asyncio.run(reach.ask(Request("GET", "https://zoom.us/x"), origin="https://a.example"))
    assert answer.heard is heard


def test_a_browser_reads_files_as_they_are_now(desk: Desk) -> None:
    reach = BrowserReach(UrllibTransport(), Senses())
    response = asyncio.run(reach.fetch(f"{desk.server.url}/zoom/embed.js"))
    assert response.body == desk.embedder.files["embed.js"]
    assert asyncio.run(reach.find_headers("", response)) == response.headers
    assert asyncio.run(reach.ask_as_stranger(Request("GET", desk.url), {})) is None


def test_what_would_outvote_the_relay_is_to_be_taken_away(desk: Desk) -> None:
    desk.simulator.simulator.change_settings({"cors_api": False})
    remedy = desk.check().find("api").remedy
    assert "remove data-token-url, data-revoke-url, data-api-url" in remedy
    assert "Only Zoom can" not in remedy  # it is a simulator


class Saying:
    """Answers everything with the same."""

    def __init__(self, response: Response) -> None:
        self._response = response

    async def send(self, _request: Request) -> Response:
        return self._response


@pytest.mark.parametrize(
    ("status", "words"), [(401, "Sign in to your application"), (502, "its error log says why")]
)
def test_a_relay_says_why_it_does_not_pass_on(status: int, words: str) -> None:
    async def judge() -> None:
        tag = {"data-client-id": "c", "data-relay": "/zoom-relay/"}
        origin = "https://app.example"
        settings, _ = read_settings(tag, base=f"{origin}/zoom/", page_origin=origin)
        page = Page(f"{origin}/book", origin, None, NOW, NOW, tag=tag, settings=settings)
        saying = Saying(Response(status, {}, b'{"relay": "no session"}'))
        reach = BrowserReach(saying, Senses())
        rows = [row async for row in judge_way(page, None, reach=reach)]
        for row in rows[:2]:
            assert row.verdict is Verdict.WRONG
            assert words in row.remedy

    asyncio.run(judge())
