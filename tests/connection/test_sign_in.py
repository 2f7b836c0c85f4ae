"""Signing in: everything up to the popup inside the click, and one token request at most."""

from __future__ import annotations

import json
from unittest.mock import patch
from urllib.parse import parse_qs

import pytest

from pywidget.connection.departure import Departure, Draft
from pywidget.connection.sign_in import GRACE, LOOK_EVERY, Progress
from pywidget.connection.token_store import TokenStore
from pywidget.connection.wanted import Wanted
from pywidget.domain.errors import Code, HostPageError, RateLimitedError, Reason, WidgetError
from pywidget.domain.secret import Secret
from pywidget.zoom.authorization import LIFETIME
from pywidget.zoom.pkce import derive_challenge
from tests.doubles.clock import run, settle
from tests.in_loop import in_loop
from tests.world import SETTINGS, World, at
from tests.zoom.answers import TOKEN

CODE = "s3cr3t-code"
KEY = "pywidget:v1:sign-in:"
LONG_ENOUGH = GRACE + 3 * LOOK_EVERY

DRAFT = Draft("Allergic to latex.", "", 3, 8)
DEPARTURE = Departure("https://app.example/book#812", Wanted.CREATE, DRAFT)


def begin(world: World, appointment: str = "812") -> Progress:
    return world.sign_in.begin(appointment, lambda: DEPARTURE)


def attempts(world: World) -> list[str]:
    return [key for key in world.storage.items if key.startswith(KEY)]


def outcome(progress: Progress) -> WidgetError | None:
    assert progress.finished.done()
    error = progress.finished.exception()
    assert error is None or isinstance(error, WidgetError), repr(error)
    return error


def was_called_off(progress: Progress) -> bool:
    return progress.finished.done() and not progress.finished.result()


def code_of(progress: Progress) -> Code | None:
    error = outcome(progress)
    assert error is not None or progress.finished.result(), "it was called off"
    assert CODE not in f"{error!r}"
    return None if error is None else error.code


@in_loop
async def test_the_window_is_open_before_begin_returns(world: World) -> None:
    progress = begin(world)
    window = world.windows.last
    assert window.url.startswith("https://zoom.us/oauth/authorize?")
    assert not progress.finished.done()
    world.sign_in.abandon()
    assert was_called_off(progress)


@in_loop
async def test_the_attempt_is_stored_under_its_state(world: World) -> None:
    progress = begin(world)
    asked = world.windows.last.parameters
    assert attempts(world) == [KEY + asked["state"]]
    record = json.loads(world.storage.items[KEY + asked["state"]])
    assert asked["code_challenge"] == derive_challenge(Secret(record["verifier"]))
    assert (record["client_id"], record["redirect_uri"], record["appointment"]) == (
        SETTINGS.client_id,
        SETTINGS.redirect_uri,
        "812",
    )
    assert len(asked["state"]) == len(record["verifier"]) == 43  # 256 bits in base64url
    assert record["verifier"] not in window_url(world)
    world.sign_in.abandon()
    assert was_called_off(progress)


def window_url(world: World) -> str:
    return world.windows.last.url


@in_loop
async def test_every_attempt_has_its_own_state_and_verifier(world: World) -> None:
    for _ in range(3):
        outcome_of_abandoned = begin(world)
        world.sign_in.abandon()
        outcome(outcome_of_abandoned)
    asked = [window.parameters for window in world.windows.opened]
    assert len({each["state"] for each in asked}) == 3
    assert len({each["code_challenge"] for each in asked}) == 3


@in_loop
async def test_an_answer_becomes_a_token_and_nothing_else_stays(world: World) -> None:
    progress = begin(world)
    record = json.loads(world.storage.items[attempts(world)[0]])
    world.transport.reply(200, TOKEN)
    world.windows.last.answer(code=CODE)
    await settle()
    assert code_of(progress) is None
    assert list(world.storage.items) == ["pywidget:v1:token"]
    assert world.session.is_signed_in
    assert not world.windows.last.is_open
    (request,) = world.transport.sent
    form = parse_qs((request.body or b"").decode(), strict_parsing=True)
    assert form["code"] == [CODE]
    assert form["code_verifier"] == [record["verifier"]]
    assert form["redirect_uri"] == [SETTINGS.redirect_uri]


@in_loop
async def test_the_answer_counts_once(world: World) -> None:
    progress = begin(world)
    world.transport.reply(200, TOKEN)
    window = world.windows.last
    window.answer(code=CODE)
    window.answer(code=CODE)
    await settle()
    window.answer(code=CODE)
    await settle()
    assert code_of(progress) is None
    assert len(world.transport.sent) == 1


@in_loop
async def test_a_replayed_attempt_is_not_redeemed(world: World) -> None:
    """Another page of this tab, or a reload, has taken it out of the storage."""
    progress = begin(world)
    world.attempts.take(world.windows.last.state)
    world.windows.last.answer(code=CODE)
    await settle()
    assert code_of(progress) is Code.STATE_EXPIRED
    assert world.transport.sent == []


@in_loop
async def test_the_attempt_is_used_up_before_anything_is_sent(world: World) -> None:
    """A reload while Zoom answers must not find a verifier that works once more."""
    progress = begin(world)
    gate = world.transport.reply_later(200, TOKEN)
    world.windows.last.answer(code=CODE)
    await settle()
    assert len(world.transport.sent) == 1
    assert world.storage.items == {}
    gate.set()
    await settle()
    assert code_of(progress) is None


@in_loop
async def test_the_window_closes_before_zoom_is_asked_for_the_token(world: World) -> None:
    progress = begin(world)
    gate = world.transport.reply_later(200, TOKEN)
    world.windows.last.answer(code=CODE)
    await settle()
    assert not world.windows.last.is_open
    assert not progress.finished.done()
    gate.set()
    await settle()
    assert code_of(progress) is None


@in_loop
async def test_a_token_that_comes_after_abandoning_is_not_kept(world: World) -> None:
    progress = begin(world)
    gate = world.transport.reply_later(200, TOKEN)
    world.windows.last.answer(code=CODE)
    await settle()
    world.sign_in.abandon()
    gate.set()
    await settle()
    assert was_called_off(progress)
    assert world.storage.items == {}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("?state=another&code=" + CODE, Code.STATE_MISMATCH),
        ("?code=" + CODE, Code.STATE_MISMATCH),
        ("?state={state}&code=" + CODE + "&code=x", Code.RESPONSE_INVALID),
        ("?state={state}&error=access_denied", Code.ACCESS_DENIED),
        ("?state={state}&error=" + CODE, Code.ZOOM_ERROR),
        ("?state={state}&access_token=" + CODE, Code.RESPONSE_INVALID),
        ("?state={state}", Code.RESPONSE_INVALID),
        ("", Code.STATE_MISMATCH),
        ("\ud800", Code.STATE_MISMATCH),
    ],
)
def test_a_bad_answer_ends_the_attempt_and_sends_nothing(
    world: World, query: str, code: Code
) -> None:
    async def test() -> None:
        progress = begin(world)
        window = world.windows.last
        window.send(query.replace("{state}", window.state))
        await settle()
        assert code_of(progress) is code
        assert world.transport.sent == []
        assert world.storage.items == {}
        assert not window.is_open

    run(test())


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (400, {"error": "invalid_client", "reason": CODE}, Code.INVALID_CLIENT),
        (400, {"error": "invalid_grant", "reason": CODE}, Code.INVALID_GRANT),
        (400, {"error": "invalid_request", "reason": "redirect " + CODE}, Code.REDIRECT_MISMATCH),
        (200, {**TOKEN, "access_token": ""}, Code.RESPONSE_INVALID),
        (200, {**TOKEN, "token_type": "mac"}, Code.RESPONSE_INVALID),
        (200, {**TOKEN, "expires_in": 10**400}, Code.RESPONSE_INVALID),
        (200, b"<html>" + CODE.encode(), Code.RESPONSE_INVALID),
        (500, b"", Code.ZOOM_ERROR),
        (302, b"", Code.ZOOM_ERROR),
    ],
)
def test_an_answer_that_is_no_token_stores_nothing(
    world: World, status: int, body: object, code: Code
) -> None:
    async def test() -> None:
        progress = begin(world)
        world.transport.reply(status, body)
        world.windows.last.answer(code=CODE)
        await settle()
        assert code_of(progress) is code
        assert world.storage.items == {}

    run(test())


@in_loop
async def test_a_limit_is_sat_out_with_the_code_that_is_still_good(world: World) -> None:
    progress = begin(world)
    world.transport.reply(429, b"", {"retry-after": "20"})
    world.transport.reply(200, TOKEN)
    world.windows.last.answer(code=CODE)
    await world.clock.advance(20)
    assert code_of(progress) is None
    assert world.session.is_signed_in
    first, second = world.transport.sent
    assert first.body == second.body


@pytest.mark.parametrize(("told", "reopens"), [("600", "2026-03-02T15:10"), (None, None)])
def test_a_limit_that_lasts_is_told_with_its_end(
    world: World, told: str | None, reopens: str | None
) -> None:
    async def test() -> None:
        progress = begin(world)
        world.transport.reply(429, b"", {} if told is None else {"retry-after": told})
        world.windows.last.answer(code=CODE)
        await settle()
        error = outcome(progress)
        assert isinstance(error, RateLimitedError)
        assert error.reopens_at == (None if reopens is None else at(reopens))
        assert world.storage.items == {}

    run(test())


@pytest.mark.parametrize("failure", ["drop_before", "drop_after"])
def test_a_token_request_without_an_answer_is_never_repeated(world: World, failure: str) -> None:
    async def test() -> None:
        progress = begin(world)
        getattr(world.transport, failure)()
        world.windows.last.answer(code=CODE)
        await settle()
        await world.clock.advance(3600)
        assert code_of(progress) is Code.NETWORK
        assert len(world.transport.sent) == 1
        assert world.storage.items == {}
        assert not world.way.is_open  # the next sign-in looks first

    run(test())


@in_loop
async def test_a_window_that_seems_closed_is_gone_after_a_grace(world: World) -> None:
    progress = begin(world)
    world.windows.last.seems_closed = True
    await world.clock.advance(3)
    assert not progress.gone.is_set()
    await world.clock.advance(LOOK_EVERY)
    assert progress.gone.is_set()
    assert not progress.finished.done()
    world.sign_in.abandon()
    assert was_called_off(progress)


@in_loop
async def test_a_window_that_was_only_away_is_not_gone(world: World) -> None:
    progress = begin(world)
    for _ in range(5):
        world.windows.last.seems_closed = True
        await world.clock.advance(GRACE - LOOK_EVERY)
        world.windows.last.seems_closed = False
        await world.clock.advance(2 * LOOK_EVERY)
    assert not progress.gone.is_set()
    world.sign_in.abandon()
    assert was_called_off(progress)


@in_loop
async def test_a_second_click_shows_the_window_that_is_open(world: World) -> None:
    first = begin(world)
    assert begin(world, "813") is first
    assert len(world.windows.opened) == 1
    assert world.windows.last.focused == 1
    world.sign_in.focus_window()
    assert world.windows.last.focused == 2
    world.sign_in.abandon()
    outcome(first)


@in_loop
async def test_a_click_after_a_gone_window_starts_anew_and_ends_the_old(world: World) -> None:
    old = begin(world)
    old_window = world.windows.last
    old_window.seems_closed = True
    await world.clock.advance(LONG_ENOUGH)
    new = begin(world)
    assert new is not old
    assert old.finished.cancelled()
    assert not old_window.is_open
    assert attempts(world) == [KEY + world.windows.last.state]
    old_window.answer(code="stale")  # it was on its way
    await settle()
    assert not new.finished.done()
    assert begin(world) is new  # what became of the old one has not put it out of its place
    world.transport.reply(200, TOKEN)
    world.windows.last.answer(code=CODE)
    await settle()
    assert code_of(new) is None


@in_loop
async def test_abandoning_closes_the_window_and_forgets_the_attempt(world: World) -> None:
    progress = begin(world)
    world.sign_in.abandon()
    await settle()
    assert was_called_off(progress)
    assert not world.windows.last.is_open
    assert world.storage.items == {}
    world.windows.last.answer(code=CODE)
    await world.clock.advance(3600)
    assert world.transport.sent == []


@in_loop
async def test_abandoning_nothing_does_nothing(world: World) -> None:
    world.sign_in.abandon()
    world.sign_in.focus_window()
    assert world.windows.opened == []


# Where no popup can be had, the page itself goes to Zoom


@in_loop
async def test_a_blocked_window_takes_the_page_itself_there(world: World) -> None:
    world.windows.is_blocked = True
    progress = begin(world)
    asked = world.navigation.parameters
    assert attempts(world) == [KEY + asked["state"]]
    record = json.loads(world.storage.items[KEY + asked["state"]])
    assert record["return_to"] == DEPARTURE.return_to
    assert asked["code_challenge"] == derive_challenge(Secret(record["verifier"]))
    assert not progress.finished.done()
    world.sign_in.abandon()
    assert was_called_off(progress)


@in_loop
async def test_a_page_in_a_frame_stays_and_says_what_the_frame_lacks(world: World) -> None:
    """Zoom's page in the frame would have put the host's page out of it."""
    world.windows.is_blocked = True
    world.navigation.is_framed = True
    with pytest.raises(HostPageError) as refusal:
        begin(world)
    assert refusal.value.code is Code.POPUP_BLOCKED
    assert refusal.value.reason is Reason.IN_FRAME
    assert (world.navigation.gone_to, world.storage.items) == ([], {})

    world.windows.is_blocked = False  # the frame allows them now
    progress = begin(world)
    world.transport.reply(200, TOKEN)
    world.windows.last.answer(code=CODE)
    await settle()
    assert code_of(progress) is None


def come_back(world: World, query: str) -> World:
    """`web/callback.js` puts the answer into the record, and goes back to the page."""
    state = world.navigation.parameters["state"]
    record = json.loads(world.storage.items[KEY + state])
    record["query"] = query.replace("{state}", state)
    world.storage.items[KEY + state] = json.dumps(record)
    return world.reload()


@in_loop
async def test_the_page_that_comes_back_redeems_the_answer_once(world: World) -> None:
    world.windows.is_blocked = True
    begin(world)
    page = come_back(world, f"?state={{state}}&code={CODE}")
    world.transport.reply(200, TOKEN)
    page.sign_in.resume()
    resumed = page.sign_in.take_resumed("812")
    assert resumed is not None
    assert resumed.departure == DEPARTURE
    await settle()
    assert code_of(resumed.progress) is None
    assert page.session.is_signed_in
    assert list(page.storage.items) == ["pywidget:v1:token"]
    assert page.sign_in.take_resumed("812") is None
    again = page.reload()
    again.sign_in.resume()
    assert again.sign_in.take_resumed("812") is None
    assert len(world.transport.sent) == 1


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("?state={state}&error=access_denied", Code.ACCESS_DENIED),
        ("?state=another&code=" + CODE, Code.STATE_MISMATCH),
        ("", Code.STATE_MISMATCH),
    ],
)
def test_a_bad_answer_brings_the_page_back_with_its_draft(
    world: World, query: str, code: Code
) -> None:
    async def test() -> None:
        world.windows.is_blocked = True
        begin(world)
        page = come_back(world, query)
        page.sign_in.resume()
        await settle()
        resumed = page.sign_in.take_resumed("812")
        assert resumed is not None
        assert resumed.departure.draft == DRAFT
        assert code_of(resumed.progress) is code
        assert page.storage.items == {}
        assert world.transport.sent == []

    run(test())


@in_loop
async def test_a_bad_answer_that_no_element_asks_about_raises_nothing(world: World) -> None:
    """The page has no element for that appointment any more."""
    world.windows.is_blocked = True
    begin(world)
    page = come_back(world, "?state={state}&error=access_denied")
    page.sign_in.resume()
    await settle()
    page.sign_in.take_resumed("812")  # and is dropped with its error


@in_loop
async def test_a_page_that_was_reloaded_without_an_answer_resumes_nothing(world: World) -> None:
    world.windows.is_blocked = True
    begin(world)
    page = world.reload()
    page.sign_in.resume()
    assert page.sign_in.take_resumed("812") is None
    assert len(attempts(page)) == 1  # the answer may still come


@in_loop
async def test_a_page_that_stayed_after_all_can_cancel_and_begin_anew(world: World) -> None:
    """The host asks before it lets unsaved changes go, or *Back* brings the page back as it was."""
    world.windows.is_blocked = True
    progress = begin(world)
    assert begin(world) is progress
    assert len(world.navigation.gone_to) == 1
    world.sign_in.focus_window()
    world.sign_in.abandon()
    assert was_called_off(progress)
    assert world.storage.items == {}
    world.windows.is_blocked = False
    again = begin(world)
    assert len(world.windows.opened) == 1
    world.sign_in.abandon()
    assert was_called_off(again)


@in_loop
async def test_a_draft_that_does_not_fit_keeps_the_page_where_it_is(world: World) -> None:
    world.windows.is_blocked = True
    world.storage.quota = 600
    draft = Draft("x" * 1000, "", 0, 0)
    with pytest.raises(WidgetError) as caught:
        world.sign_in.begin("812", lambda: Departure("https://a.example", Wanted.CREATE, draft))
    assert caught.value.code is Code.STORAGE_UNAVAILABLE
    assert world.navigation.gone_to == []
    assert world.storage.items == {}


@in_loop
async def test_refused_storage_resumes_nothing(world: World) -> None:
    world.storage.is_refused = True
    world.sign_in.resume()
    assert world.sign_in.take_resumed("812") is None


@in_loop
async def test_an_insecure_page_opens_nothing(world: World) -> None:
    world.windows.is_secure = False
    with pytest.raises(WidgetError) as caught:
        begin(world)
    assert caught.value.code is Code.INSECURE_CONTEXT
    assert world.windows.opened == []
    assert world.storage.items == {}


@pytest.mark.parametrize("trouble", ["refused", "full"])
def test_without_storage_no_window_opens(world: World, trouble: str) -> None:
    async def test() -> None:
        if trouble == "refused":
            world.storage.is_refused = True
        else:
            world.storage.quota = 10
        with pytest.raises(WidgetError) as caught:
            begin(world)
        assert caught.value.code is Code.STORAGE_UNAVAILABLE
        assert world.windows.opened == []

    run(test())


@in_loop
async def test_storage_that_refuses_the_token_is_told_and_the_window_goes(world: World) -> None:
    progress = begin(world)
    world.storage.quota = 500
    world.transport.reply(200, {**TOKEN, "access_token": "x" * 1100})
    world.windows.last.answer(code=CODE)
    await settle()
    assert code_of(progress) is Code.STORAGE_UNAVAILABLE
    assert world.storage.items == {}
    assert not world.windows.last.is_open


@in_loop
async def test_storage_that_is_gone_when_the_answer_comes_is_told(world: World) -> None:
    progress = begin(world)
    world.storage.is_refused = True
    world.windows.last.answer(code=CODE)
    await settle()
    assert code_of(progress) is Code.STORAGE_UNAVAILABLE
    world.storage.is_refused = False
    again = begin(world)
    assert len(world.windows.opened) == 2
    world.sign_in.abandon()
    assert was_called_off(again)


@in_loop
async def test_after_ten_minutes_it_is_over(world: World) -> None:
    progress = begin(world)
    await world.clock.advance(599)
    assert not progress.finished.done()
    await world.clock.advance(2)
    assert code_of(progress) is Code.SIGN_IN_TIMEOUT
    assert not world.windows.last.is_open
    assert world.storage.items == {}
    assert world.clock.sleepers == 0


@in_loop
async def test_an_answer_counts_up_to_the_last_of_ten_minutes(world: World) -> None:
    progress = begin(world)
    await world.clock.advance(600)
    assert not progress.finished.done()
    await world.clock.advance(LOOK_EVERY)
    assert code_of(progress) is Code.SIGN_IN_TIMEOUT
    assert attempts(world) == []  # before any sweep


@in_loop
async def test_however_often_it_is_begun_one_sweep_waits(world: World) -> None:
    for _ in range(3):
        begin(world)
        world.sign_in.abandon()
        await settle()
    begin(world)
    await settle()
    assert sorted(world.clock.slept[-2:]) == [LOOK_EVERY, 601]
    assert world.clock.sleepers == 2
    world.sign_in.abandon()


@in_loop
async def test_an_answer_after_the_machine_slept_is_too_old(world: World) -> None:
    progress = begin(world)
    await settle()
    world.clock.jump(3600)
    world.windows.last.answer(code=CODE)
    await settle()
    assert code_of(progress) is Code.STATE_EXPIRED
    assert world.transport.sent == []


@in_loop
async def test_a_clock_that_is_set_back_makes_nobody_wait_longer(world: World) -> None:
    progress = begin(world)
    await world.clock.advance(300)
    world.clock.set_by(-7200)
    await world.clock.advance(290)
    assert not progress.finished.done()
    await world.clock.advance(20)
    assert code_of(progress) is Code.SIGN_IN_TIMEOUT
    assert not world.windows.last.is_open


@in_loop
async def test_beginning_sweeps_what_earlier_pages_left(world: World) -> None:
    world.storage.set(KEY + "left-behind", "{")
    world.storage.set("the-hosts-own", "x")
    progress = begin(world)
    assert attempts(world) == [KEY + world.windows.last.state]
    assert "the-hosts-own" in world.storage.items
    world.sign_in.abandon()
    assert was_called_off(progress)


@in_loop
async def test_what_an_earlier_page_left_is_swept_when_it_is_too_old(world: World) -> None:
    """A page was reloaded while its window was open: nobody waits for that answer any more."""
    begin(world)
    await world.clock.advance(LIFETIME.total_seconds() / 2)
    page = world.reload()
    page.sign_in.resume()
    assert len(attempts(page)) == 1
    await world.clock.advance(LIFETIME.total_seconds() / 2 + 2)
    assert attempts(page) == []
    assert world.clock.sleepers == 0


@in_loop
async def test_a_page_begins_by_sweeping(world: World) -> None:
    begin(world)
    world.close()
    world.clock.jump(LIFETIME.total_seconds() + 1)
    page = world.open_tab(storage=world.storage)
    page.sign_in.resume()
    assert attempts(page) == []


@in_loop
async def test_a_page_that_stayed_after_all_keeps_no_verifier_for_ever(world: World) -> None:
    world.windows.is_blocked = True
    begin(world)
    await world.clock.advance(LIFETIME.total_seconds() + 2)
    assert attempts(world) == []


@in_loop
async def test_an_attempt_from_the_future_is_swept_all_the_same(world: World) -> None:
    """The machine's clock was set back in the meantime."""
    begin(world)
    world.close()
    world.clock.jump(-3600)
    page = world.open_tab(storage=world.storage)
    page.sign_in.resume()
    for _ in range(8):
        await world.clock.advance(LIFETIME.total_seconds() + 2)
    assert attempts(page) == []


@in_loop
async def test_a_defect_reaches_whoever_waits(world: World) -> None:
    progress = begin(world)
    world.transport.reply(200, TOKEN)

    def fail(_store: object, _token: object) -> None:
        raise RuntimeError("a defect")

    with patch.object(TokenStore, "save", fail):
        world.windows.last.answer(code=CODE)
        await settle()
    assert isinstance(progress.finished.exception(), RuntimeError)
    assert not world.windows.last.is_open
