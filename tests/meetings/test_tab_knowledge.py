"""What the tabs of a browser know together: whose meetings there are, and which may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pywidget.connection.tab_messages import TabMessages
from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.domain.meeting import Meeting
from pywidget.meetings.hosted_store import HostedStore
from pywidget.meetings.intent_store import CreateIntent, IntentStore
from pywidget.meetings.tab_knowledge import TabKnowledge
from pywidget.meetings.twins import Answered
from tests.doubles.clock import run, settle
from tests.doubles.storage import TabStorage
from tests.doubles.tabs import SharedChannel

START = datetime(2026, 3, 5, 23, tzinfo=UTC)
LINK = JoinLink("us02web.zoom.us", LinkKind.JOIN, "86012345678", "Q2x")
OTHER_LINK = JoinLink("zoom.us", LinkKind.JOIN, "99912345678")
MEETING = Meeting("86012345678", "Facial", LINK, START, None, "host-1")
INTENT = CreateIntent("812", "Facial", START, datetime.fromisoformat("2026-03-05T18:00"))


class Tab:
    """One tab's knowledge, with what it hears of removals."""

    def __init__(self, channel: SharedChannel) -> None:
        self.storage, self.hosted = TabStorage(), TabStorage()
        self.intents = IntentStore(self.storage)
        self.removed: list[tuple[str, str]] = []
        self.knowledge = TabKnowledge(
            messages=TabMessages(channel.open_tab()),
            intents=self.intents,
            hosted=HostedStore(self.hosted),
            trusted_hosts=frozenset(),
        )
        self.knowledge.on_removed(lambda *removed: self.removed.append(removed))


@pytest.fixture
def channel() -> SharedChannel:
    return SharedChannel()


@pytest.fixture
def one(channel: SharedChannel) -> Tab:
    return Tab(channel)


@pytest.fixture
def two(channel: SharedChannel) -> Tab:
    return Tab(channel)


def test_a_meeting_is_known_in_every_tab_until_it_is_removed(one: Tab, two: Tab) -> None:
    async def test() -> None:
        one.knowledge.add("812", LINK)
        await settle()
        assert two.knowledge.find_link("812") == LINK
        assert two.knowledge.find_link("813") is None
        two.knowledge.remove("812", LINK.room)
        await settle()
        assert one.knowledge.find_link("812") is None
        assert one.removed == two.removed == [("812", LINK.room)]

    run(test())


@pytest.mark.parametrize(
    ("room", "stays"), [(LINK.room, False), ("", False), (OTHER_LINK.room, True)]
)
def test_only_the_meeting_that_is_gone_is_dropped(
    one: Tab, two: Tab, room: str, *, stays: bool
) -> None:
    async def test() -> None:
        one.knowledge.add("812", LINK)
        await settle()
        one.knowledge.remove("812", room)
        await settle()
        for tab in (one, two):
            assert (tab.knowledge.find_link("812") is not None) is stays
            assert tab.removed == [("812", room)]

    run(test())


def test_a_removal_without_a_room_is_one_of_any(channel: SharedChannel, one: Tab) -> None:
    async def test() -> None:
        one.knowledge.add("812", LINK)
        TabMessages(channel.open_tab()).tell("removed", appointment="812")
        await settle()
        assert one.knowledge.find_link("812") is None
        assert one.removed == [("812", "")]

    run(test())


def test_a_tab_that_opens_later_asks_for_meetings_and_open_creates(
    one: Tab, channel: SharedChannel
) -> None:
    async def test() -> None:
        one.knowledge.add("812", LINK)
        one.knowledge.add("813", OTHER_LINK)
        one.knowledge.record_intent(replace(INTENT, appointment="814"))
        await settle()
        late = Tab(channel)
        assert late.knowledge.find_link("812") is None
        late.knowledge.ask_other_tabs()
        await settle()
        assert late.knowledge.find_link("812") == LINK
        assert late.knowledge.find_link("813") == OTHER_LINK
        assert late.knowledge.find_intent("814") == replace(INTENT, appointment="814")

    run(test())


def test_an_open_create_is_known_everywhere_until_it_is_settled(one: Tab, two: Tab) -> None:
    async def test() -> None:
        one.knowledge.record_intent(INTENT)
        await settle()
        assert two.knowledge.find_intent("812") == INTENT
        assert two.knowledge.find_intent("813") is None
        one.knowledge.settle("812")
        await settle()
        assert one.knowledge.find_intent("812") is None
        assert two.knowledge.find_intent("812") is None

    run(test())


def test_whoever_works_on_a_create_hears_nothing_of_it(one: Tab, two: Tab) -> None:
    async def test() -> None:
        two.knowledge.claim("812")
        one.knowledge.record_intent(INTENT)
        await settle()
        assert two.knowledge.find_intent("812") is None
        two.knowledge.record_intent(INTENT)
        one.knowledge.settle("812")
        await settle()
        assert two.knowledge.find_intent("812") == INTENT
        two.knowledge.release("812")
        one.knowledge.settle("812")
        await settle()
        assert two.knowledge.find_intent("812") is None

    run(test())


def test_a_tab_without_storage_hears_of_creates_and_keeps_none(one: Tab, two: Tab) -> None:
    async def test() -> None:
        two.storage.is_refused = True
        one.knowledge.record_intent(INTENT)
        one.knowledge.settle("812")
        two.knowledge.ask_other_tabs()
        one.knowledge.ask_other_tabs()
        await settle()
        two.storage.is_refused = False
        assert two.storage.items == {}

    run(test())


def test_a_meeting_belongs_to_the_appointment_that_it_was_made_for(one: Tab) -> None:
    async def test() -> None:
        one.knowledge.add("812", LINK)
        assert not one.knowledge.has_other(MEETING.id, "812")
        assert one.knowledge.has_other(MEETING.id, "813")
        assert not one.knowledge.has_other(OTHER_LINK.room, "813")

    run(test())


def test_a_meeting_is_known_by_its_link_or_by_its_host(one: Tab, two: Tab) -> None:
    async def test() -> None:
        for tab in (one, two):
            assert not tab.knowledge.is_known_to_anyone(MEETING)
        one.knowledge.add("812", LINK)
        HostedStore(two.hosted).add(MEETING.id, "host-1")
        for tab in (one, two):
            assert tab.knowledge.is_known_to_anyone(MEETING)
        assert not two.knowledge.is_known_to_anyone(replace(MEETING, id="123456789"))

    run(test())


def test_without_storage_no_host_is_known(one: Tab) -> None:
    one.hosted.is_refused = True
    assert not one.knowledge.is_known_to_anyone(MEETING)


ANSWERED = Answered(MEETING, "Facial", timedelta(0))


def test_a_create_that_is_open_may_have_made_it(one: Tab) -> None:
    async def test() -> None:
        assert not one.knowledge.may_belong_to_others(ANSWERED)
        one.intents.save(replace(INTENT, topic="Massage"))
        assert not one.knowledge.may_belong_to_others(ANSWERED)
        one.intents.save(INTENT)
        assert one.knowledge.may_belong_to_others(ANSWERED)
        one.knowledge.add("812", OTHER_LINK)  # it has made another one
        assert not one.knowledge.may_belong_to_others(ANSWERED)

    run(test())


def test_where_nothing_can_be_looked_up_it_may_be_anybodys(one: Tab) -> None:
    one.storage.is_refused = True
    assert one.knowledge.may_belong_to_others(ANSWERED) is True
