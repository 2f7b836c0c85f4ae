"""Inviting another person: their own link, and what Zoom says if it was asked too often."""

from __future__ import annotations

import pytest

from pywidget.domain.errors import RateLimitedError, Reason, WidgetError, ZoomRefusedError
from tests.in_loop import in_loop
from tests.world import World

ID = "86012345678"
LINK = f"https://us02web.zoom.us/w/{ID}?tk=abc&pwd=Q2x"


async def refuse(world: World, message: str) -> WidgetError:
    world.sign_in_already()
    world.transport.reply(429, {"code": 429, "message": message})
    with pytest.raises(WidgetError) as caught:
        await world.services.registration.invite(ID, "lee@example.com")
    return caught.value


@in_loop
async def test_another_person_gets_a_link_of_their_own(world: World) -> None:
    world.sign_in_already()
    world.transport.reply(201, {"registrant_id": "r-1", "join_url": LINK})
    link = await world.services.registration.invite(ID, "lee@example.com")
    assert link is not None
    assert link.url == LINK


@in_loop
async def test_a_days_limit_is_about_the_person(world: World) -> None:
    error = await refuse(world, "You have reached the daily limit of 3 requests for this person.")
    assert isinstance(error, ZoomRefusedError)
    assert error.reason is Reason.SAME_PERSON


@in_loop
async def test_a_short_limit_is_about_nobody(world: World) -> None:
    error = await refuse(world, "You have reached the maximum per-second rate limit.")
    assert isinstance(error, RateLimitedError)
    assert not error.is_daily
