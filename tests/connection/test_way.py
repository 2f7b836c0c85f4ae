"""Whether Zoom answers this page: asked at most once at a time, remembered, doubted where due."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from pywidget.connection.departure import Departure
from pywidget.connection.route import STRAIGHT, Route
from pywidget.connection.wanted import Wanted
from pywidget.connection.way import Way
from pywidget.domain.errors import (
    CertificateRefusedError,
    Code,
    UnreachableError,
    WidgetError,
    build_closed_way_error,
)
from pywidget.domain.secret import Secret
from pywidget.settings import parse_settings
from pywidget.zoom.endpoints import Endpoints, parse_endpoints
from pywidget.zoom.http import Request, Response
from pywidget.zoom.token import Token
from tests.doubles.clock import settle
from tests.in_loop import in_loop
from tests.world import World

OFFLINE = UnreachableError(Code.NETWORK, may_have_arrived=False)
BLOCKED = build_closed_way_error(Code.CORS_BLOCKED)
RELAYED = parse_endpoints({"relay": "/zoom-relay/"}, page_origin="https://app.example")
ZOOM_SAYS_WHY = Response(400, {}, b'{"reason": "Missing code.", "error": "invalid_request"}')
ZOOM_SAYS_NO = Response(401, {}, b'{"code": 124, "message": "Invalid access token."}')


@dataclass
class Door:
    """Implements `ports.Transport`: answers each method in one way, once it is let."""

    answers: dict[str, Response | UnreachableError] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, request: Request) -> Response:
        self.asked.append(request)
        await self.may_answer.wait()
        answer = self.answers.get(request.method, BLOCKED)
        if f"{request.method} {urlsplit(request.url).netloc}" in self.closed:
            answer = BLOCKED
        if isinstance(answer, UnreachableError):
            sent = answer.may_have_arrived
            raise UnreachableError(answer.code, may_have_arrived=sent)
        return answer

    @property
    def methods(self) -> list[str]:
        return sorted(request.method for request in self.asked)


def make_way(world: World, door: Door, endpoints: Endpoints | None = None) -> Way:
    return Way(
        endpoints=endpoints or Endpoints(),
        transport=door,
        clock=world.clock,
        session=world.session,
    )


def make_door(**answers: Response | UnreachableError) -> Door:
    door = Door(answers)
    door.may_answer.set()
    return door


async def find_problem(way: Way) -> Code | None:
    try:
        await way.look()
    except WidgetError as error:
        return error.code
    return None


@in_loop
async def test_an_open_way_is_found_quietly_and_remembered(world: World) -> None:
    door = make_door(OPTIONS=Response(204))
    way = make_way(world, door)
    assert not way.is_open
    await asyncio.gather(way.look(), way.look())
    await way.look()
    assert way.is_open
    assert door.methods == ["OPTIONS", "OPTIONS"]  # one a host
    assert {request.url for request in door.asked} == {
        "https://zoom.us/oauth/token?probe",
        "https://api.zoom.us/v2/users/me/settings?probe",
    }


@in_loop
async def test_nothing_that_is_sent_could_be_spent(world: World) -> None:
    door = make_door()
    assert await find_problem(make_way(world, door)) is Code.CORS_BLOCKED
    assert door.methods == ["GET", "GET", "OPTIONS", "OPTIONS", "POST"]
    for request in door.asked:
        assert request.headers.get("Authorization", "Bearer none") == "Bearer none"
        assert request.body in {None, b"grant_type=authorization_code"}
        assert request.is_probe


@in_loop
async def test_an_error_that_can_be_read_is_an_answer(world: World) -> None:
    assert await find_problem(make_way(world, make_door(GET=ZOOM_SAYS_NO))) is None


@in_loop
async def test_a_token_endpoint_may_answer_nothing_but_what_it_is_there_for(world: World) -> None:
    door = make_door(OPTIONS=Response(204), POST=Response(400))
    door.closed = {"OPTIONS zoom.us"}
    assert await find_problem(make_way(world, door)) is None
    assert door.methods == ["GET", "OPTIONS", "OPTIONS", "POST"]


@in_loop
async def test_a_failure_is_asked_about_again(world: World) -> None:
    door = make_door()
    way = make_way(world, door)
    assert await find_problem(way) is Code.CORS_BLOCKED
    assert way.was_closed
    door.answers["OPTIONS"] = Response(204)
    assert await find_problem(way) is None
    assert way.is_open
    assert not way.was_closed


@in_loop
async def test_being_offline_closes_nothing(world: World) -> None:
    door = make_door(OPTIONS=OFFLINE, GET=OFFLINE, POST=OFFLINE)
    way = make_way(world, door)
    assert await find_problem(way) is Code.NETWORK
    assert not way.was_closed
    assert door.methods == ["OPTIONS", "OPTIONS"]  # what never leaves is not tried in other ways


@in_loop
async def test_who_waits_is_told_in_time_and_the_look_goes_on(world: World) -> None:
    door = Door({"OPTIONS": Response(204)})
    way = make_way(world, door)
    looking = asyncio.ensure_future(find_problem(way))
    await world.clock.advance(3.9)
    assert not looking.done()
    await world.clock.advance(0.1)  # after five, no window would open any more
    assert await looking is Code.TIMEOUT
    door.may_answer.set()
    await settle()
    assert way.is_open
    assert len(door.asked) == 2


@in_loop
async def test_whoever_has_a_token_came_this_way(world: World) -> None:
    door = make_door()
    world.sign_in_already()
    way = make_way(world, door)
    assert way.is_open
    assert not door.asked


@in_loop
async def test_a_token_that_comes_opens_the_way(world: World) -> None:
    way = make_way(world, make_door())
    world.sign_in_already()
    world.session.adopt(Token(Secret("x"), None, world.clock.now() + timedelta(hours=1), None))
    assert way.is_open


def test_the_way_names_the_hosts_on_it(world: World) -> None:
    assert make_way(world, make_door()).route == STRAIGHT
    assert make_way(world, make_door(), RELAYED).route == Route(relays=("app.example",))
    assert make_way(world, make_door(), TUNNELLED).route == Route(forwarder="app.example")


LOST = UnreachableError(Code.NETWORK, answers_again=True)


@in_loop
async def test_a_sign_in_that_is_lost_twice_closes_a_way_that_seems_open(world: World) -> None:
    way = make_way(world, make_door(OPTIONS=Response(204)))
    way.doubt(LOST)
    assert await find_problem(way) is None
    way.doubt(LOST)
    assert await find_problem(way) is Code.CORS_BLOCKED
    world.clock.jump(599)
    assert await find_problem(way) is Code.CORS_BLOCKED
    world.clock.jump(1)
    assert await find_problem(way) is None


@in_loop
async def test_a_clock_that_is_set_back_keeps_no_way_closed(world: World) -> None:
    way = make_way(world, make_door(OPTIONS=Response(204)))
    way.doubt(LOST)
    way.doubt(LOST)
    world.clock.set_by(-7200)
    assert await find_problem(way) is None


@in_loop
async def test_a_token_after_all_is_the_better_proof(world: World) -> None:
    way = make_way(world, make_door(OPTIONS=Response(204)))
    way.doubt(LOST)
    way.doubt(LOST)
    way.confirm()
    way.doubt(LOST)
    assert await find_problem(way) is None


@in_loop
async def test_sign_ins_that_were_lost_with_the_network_close_nothing(world: World) -> None:
    way = make_way(world, make_door(OPTIONS=Response(204)))
    relayed = make_way(world, make_door(GET=ZOOM_SAYS_NO, POST=ZOOM_SAYS_WHY), RELAYED)
    for _ in range(3):
        way.doubt(OFFLINE)
        way.doubt(UnreachableError(Code.TIMEOUT))
        relayed.doubt(LOST)
    assert await find_problem(way) is None
    assert await find_problem(relayed) is None


@in_loop
async def test_a_token_that_comes_during_a_look_that_fails_counts_for_more(world: World) -> None:
    door = Door()
    way = make_way(world, door)
    looking = asyncio.ensure_future(find_problem(way))
    await settle()
    way.confirm()
    door.may_answer.set()
    await settle()
    assert await looking is Code.CORS_BLOCKED
    assert way.is_open
    assert not way.was_closed


# Behind a relay


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (Response(200, {}, b"<!doctype html>"), Code.RELAY_FAILED),
        (Response(404, {}, b"not found"), Code.RELAY_FAILED),
        (Response(401, {}, b""), Code.RELAY_FAILED),
        (Response(401, {}, b'{"relay": "no session"}'), Code.RELAY_FAILED),
        (Response(502, {}, b""), Code.RELAY_FAILED),
        (BLOCKED, Code.CORS_BLOCKED),
        (OFFLINE, Code.NETWORK),
    ],
    ids=str,
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_relay_has_to_answer_as_zoom_does_at_both_addresses(
    world: World, method: str, answer: Response | UnreachableError, problem: Code
) -> None:
    @in_loop
    async def test(world: World) -> None:
        answers = {"GET": ZOOM_SAYS_NO, "POST": ZOOM_SAYS_WHY, "OPTIONS": Response(204)}
        way = make_way(world, make_door(**answers), RELAYED)
        assert await find_problem(way) is None
        door = make_door(**(answers | {method: answer}))
        way = make_way(world, door, RELAYED)
        assert await find_problem(way) is problem
        assert "OPTIONS" not in door.methods  # which anybody's server might answer
        assert way.was_closed is (problem is not Code.NETWORK)

    test(world)


# A tunnel

TUNNELLED = parse_settings(
    {"client-id": "c", "tunnel": "/zoom-tunnel/{target}"},
    base="https://app.example/zoom/",
    page_origin="https://app.example",
).endpoints


@pytest.mark.parametrize("status", [200, 204, 302, 400, 401, 403, 404, 405, 429, 500, 503])
def test_in_a_tunnel_whatever_answers_has_proved_to_be_zoom(world: World, status: int) -> None:
    @in_loop
    async def test(world: World) -> None:
        door = make_door(GET=Response(status, {}, b"<!doctype html>"))
        way = make_way(world, door, TUNNELLED)
        assert await find_problem(way) is None
        assert way.is_open
        hosts = sorted(urlsplit(request.url).netloc for request in door.asked)
        assert (door.methods, hosts) == (["GET", "GET"], ["api.zoom.us", "zoom.us"])
        assert all(request.is_probe for request in door.asked)

    test(world)


@pytest.mark.parametrize(
    ("error", "closes"),
    [
        (build_closed_way_error(Code.TUNNEL_FAILED), True),
        (UnreachableError(Code.TUNNEL_REFUSED, may_have_arrived=False), True),
        (CertificateRefusedError(("unknown-issuer",)), True),
        (OFFLINE, False),
    ],
)
def test_what_is_wrong_with_a_tunnel_closes_the_way_until_the_next_look(
    world: World, error: UnreachableError, *, closes: bool
) -> None:
    @in_loop
    async def test(world: World) -> None:
        door = make_door(GET=error)
        way = make_way(world, door, TUNNELLED)
        assert await find_problem(way) is error.code
        assert way.was_closed is closes
        assert door.methods == ["GET", "GET"]
        door.answers["GET"] = Response(401)
        assert await find_problem(way) is None
        assert not way.was_closed

    test(world)


def test_a_tunnel_that_is_none_has_made_no_meeting() -> None:
    assert build_closed_way_error(Code.TUNNEL_FAILED).may_have_arrived is False


def test_what_answers_in_a_relays_place_has_made_no_meeting() -> None:
    """A create that ends there is no riddle; behind a refusal by CORS it may have been made."""
    assert build_closed_way_error(Code.RELAY_FAILED).may_have_arrived is False
    assert build_closed_way_error(Code.CORS_BLOCKED).may_have_arrived is True


# Signing in


def depart() -> Departure:
    return Departure("https://app.example/book#812", Wanted.CREATE, None)


def wait_at(world: World, door: Door) -> None:
    """Puts a page in the world that has not looked yet."""
    world.sign_in._way = world.way = make_way(world, door)  # noqa: SLF001


@in_loop
async def test_a_sign_in_waits_for_the_answer_and_then_opens_its_window(world: World) -> None:
    door = Door({"OPTIONS": Response(204)})
    wait_at(world, door)
    progress = world.sign_in.begin("812", depart)
    assert world.sign_in.begin("813", depart) is progress
    await settle()
    assert not world.windows.opened
    assert not world.storage.items
    door.may_answer.set()
    await settle()
    assert len(world.windows.opened) == 1
    world.sign_in.abandon()
    assert progress.finished.result() is False


@in_loop
async def test_a_sign_in_that_is_called_off_meanwhile_opens_nothing(world: World) -> None:
    door = Door({"OPTIONS": Response(204)})
    wait_at(world, door)
    progress = world.sign_in.begin("812", depart)
    await settle()
    world.sign_in.abandon()
    door.may_answer.set()
    await settle()
    assert progress.finished.result() is False
    assert not world.windows.opened


@in_loop
async def test_no_consent_is_asked_for_where_zoom_does_not_answer(world: World) -> None:
    wait_at(world, make_door())
    progress = world.sign_in.begin("812", depart)
    await settle()
    error = progress.finished.exception()
    assert isinstance(error, UnreachableError)
    assert error.code is Code.CORS_BLOCKED
    assert not world.windows.opened
    assert not world.storage.items
    assert world.sign_in.begin("812", depart) is not progress  # the next click looks again
    world.sign_in.abandon()


def test_before_anybody_has_looked_the_way_is_neither_open_nor_closed(world: World) -> None:
    way = make_way(world, make_door())
    assert (way.is_open, way.was_closed) == (False, False)


@in_loop
async def test_a_page_that_goes_away_while_it_looks_raises_nothing(world: World) -> None:
    """The loop's end cancels the look; what nobody hears of fails the test."""
    task = asyncio.ensure_future(make_way(world, Door()).look())
    await settle()
    assert not task.done()
