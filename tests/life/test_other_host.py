"""The desk books and the therapist hosts: with her privilege and without, to the end of each story.

The widget is the real one, Zoom is the simulator; Maya is at the desk, Kim and Lee are therapists.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from zoom_meeting_testing.simulator import ALL_SCOPES
from zoom_meeting_testing.simulator.meetings import Meeting

from pywidget.connection.token_store import KEY as TOKEN_KEY
from pywidget.connection.token_store import format_token
from pywidget.domain.secret import Secret
from pywidget.meetings.hosted_store import KEY as HOSTED_KEY
from pywidget.zoom.token import Token
from tests.doubles.clock import ManualClock, run
from tests.doubles.english import WORDS
from tests.doubles.storage import TabStorage
from tests.life.browser import Browser, Entry, Place, Tab, make_endpoints
from tests.life.secrets_watch import SecretsWatch
from tests.life.zoom import DirectZoom
from tests.simulator.client import MAYA

KIM, LEE = "kim@lotus-spa.example", "lee@lotus-spa.example"
FOREIGN = "Allergic to latex.\n"


class Salon:
    """Maya's tab with one appointment, of whose therapist the page tells."""

    def __init__(self, host_email: str = KIM) -> None:
        self.clock = ManualClock()
        self.zoom = DirectZoom(self.clock)
        self.simulator = self.zoom.simulator
        self.browser = Browser(self.zoom, make_endpoints("https://zoom.example"), self.clock)
        self.watch = SecretsWatch(self.simulator, self.browser)
        self.entry = Entry("812", "Dana Lee", "2026-03-05T18:00", FOREIGN, (FOREIGN,))
        self.entry.host_email = host_email
        self.storage = TabStorage()
        self._tab: Tab | None = None

    def hire(self, *emails: str, **changes: object) -> None:
        """Therapists who have given Maya their privilege, unless the changes say otherwise."""
        for email in emails:
            self.simulator.put_user(email, {"plan": "licensed", "assistants": [MAYA], **changes})

    async def sit_down(self, user: str = MAYA) -> None:
        pair = self.simulator.issue_tokens(user)
        access, refresh = Secret(pair.access.value), Secret(pair.refresh.value)
        ends = self.clock.now() + timedelta(hours=1)
        token = Token(access, refresh, ends, frozenset(pair.access.scopes))
        self.storage.items[TOKEN_KEY] = format_token(token)
        self._tab = self.browser.open_tab(self.entry, self.storage)
        await self.clock.advance(15)

    async def reload(self) -> None:
        self.tab.reload()
        await self.clock.advance(15)

    async def click(self, *actions: str) -> None:
        for action in actions:
            self.place.click(action)
            await self.clock.advance(15)

    async def give_to(self, email: str) -> None:
        """The appointment is dragged to another therapist."""
        self.entry.host_email = email
        self.tab.document.show(self.entry)
        await self.clock.advance(15)

    @property
    def tab(self) -> Tab:
        assert self._tab is not None
        return self._tab

    @property
    def place(self) -> Place:
        return self.tab.document.places[0]

    @property
    def state(self) -> str:
        return self.place.model.state.value

    @property
    def told(self) -> str:
        notice = self.place.model.notice
        return "" if notice is None else WORDS.write_all(notice.messages)

    @property
    def meetings(self) -> list[Meeting]:
        return self.simulator.meetings.all(self.clock.now())

    @property
    def hosts(self) -> list[str]:
        return [meeting.host for meeting in self.meetings]

    @property
    def asked_for(self) -> list[str]:
        """Whom each create and update that was sent names."""
        bodies = [
            json.loads(request.body)
            for request in self.browser.line.sent
            if request.method in {"POST", "PATCH"} and request.body and "/v2/" in request.url
        ]
        return [body.get("schedule_for", "") for body in bodies]

    @property
    def proofs(self) -> list[str]:
        proofs: list[str] = json.loads(self.browser.local_storage.items.get(HOSTED_KEY, "[]"))
        return proofs


@pytest.fixture
def salon() -> Iterator[Salon]:
    salon = Salon()
    yield salon
    assert salon.watch.search().strays == []
    assert not salon.place.is_busy


def test_with_her_privilege_the_meeting_is_the_therapists(salon: Salon) -> None:
    async def test() -> None:
        salon.hire(KIM)
        await salon.sit_down()
        await salon.click("add")
        assert (salon.hosts, salon.state, salon.told) == ([KIM], "ready", "")
        assert salon.meetings[0].assistant == MAYA
        assert "not by" not in salon.place.words
        await salon.click("remove", "confirm-remove")
        assert (salon.hosts, salon.entry.text) == ([], FOREIGN)

    run(test())


@pytest.mark.parametrize(
    "kim",
    [
        {"assistants": []},
        {"plan": "basic"},  # she gave the privilege, and is not Licensed any more
        {"allowed_to_host": False},
    ],
    ids=str,
)
def test_without_it_the_meeting_is_created_as_before_and_says_whose_it_is(
    salon: Salon, kim: dict[str, object]
) -> None:
    async def test() -> None:
        salon.hire(KIM, **kim)
        await salon.sit_down()
        await salon.click("add")
        assert (salon.hosts, salon.state, salon.told) == ([MAYA], "ready", "")
        assert f"This meeting is hosted by {MAYA}, not by {KIM}." in salon.place.words
        heard = " ".join(salon.place.host.said)
        assert f"hosted by {MAYA}, not by {KIM}" in heard
        await salon.click("remove", "confirm-remove")
        assert (salon.hosts, salon.entry.text) == ([], FOREIGN)

    run(test())


@pytest.mark.parametrize("host", ["", MAYA, MAYA.upper()])
def test_who_hosts_for_herself_asks_nobody(host: str) -> None:
    salon = Salon(host)  # it outlives the test: what still waits in it is no waste

    async def test() -> None:
        salon.hire(KIM)
        await salon.sit_down()
        await salon.click("add")
        assert salon.hosts == [MAYA]
        assert set(salon.asked_for) == {""}
        assert not any("schedulers" in request.url for request in salon.browser.line.sent)
        assert "hosted by" not in salon.place.words

    run(test())


@pytest.mark.parametrize(
    ("plan", "scopes"),
    [
        ("basic", list(ALL_SCOPES)),  # who may not schedule for anybody
        ("licensed", [scope for scope in ALL_SCOPES if "schedulers" not in scope]),
    ],
)
def test_a_user_who_cannot_have_it_is_not_refused_first(
    salon: Salon, plan: str, scopes: list[str]
) -> None:
    async def test() -> None:
        salon.hire(KIM)
        salon.simulator.put_user(MAYA, {"plan": plan, "scopes": scopes})
        await salon.sit_down()
        await salon.click("add")
        assert salon.hosts == [MAYA]
        assert salon.asked_for == [""]
        assert not any("schedulers" in request.url for request in salon.browser.line.sent)
        assert f"not by {KIM}" in salon.place.words
        assert "hand-over" not in salon.place.actions

    run(test())


def test_a_refused_create_is_sent_once_more_without_the_therapist(salon: Salon) -> None:
    async def test() -> None:
        salon.hire(KIM)
        await salon.sit_down()
        salon.simulator.put_user(KIM, {"assistants": []})
        salon.tab.document.services.account._hosts = frozenset({KIM})  # noqa: SLF001 - until now
        await salon.click("add")
        assert salon.asked_for == [KIM, ""]
        assert (salon.hosts, salon.state, salon.told) == ([MAYA], "ready", "")

    run(test())


def test_a_lost_create_for_her_is_neither_repeated_nor_searched_for(salon: Salon) -> None:
    async def test() -> None:
        salon.hire(KIM)
        await salon.sit_down()
        salon.simulator.add_fault({"operation": "create", "kind": "drop_after"})
        await salon.click("add")
        assert salon.place.code == "outcome_unknown"
        assert "Ask its host" in salon.told
        assert salon.hosts == [KIM]
        await salon.reload()
        await salon.click("add")
        assert salon.place.code == "outcome_unknown"
        assert salon.asked_for == [KIM]
        assert not any("type=scheduled" in request.url for request in salon.browser.line.sent)
        for meeting in salon.meetings:  # she has looked
            salon.simulator.delete_meeting(meeting.id)
        await salon.click("create-anyway")
        assert (salon.hosts, salon.state) == ([KIM], "ready")

    run(test())


def test_a_lost_create_of_her_own_after_a_refusal_is_found(salon: Salon) -> None:
    async def test() -> None:
        salon.hire(KIM)
        await salon.sit_down()
        refused = {"code": 300, "message": "The schedule_for field is invalid."}
        fault = {"operation": "create", "kind": "respond", "status": 400, "body": refused}
        salon.simulator.add_fault({**fault, "times": 1})
        salon.simulator.add_fault({"operation": "create", "kind": "drop_after"})
        await salon.click("add")
        assert salon.state == "ready"
        assert salon.hosts == [MAYA]

    run(test())


def test_the_appointment_moves_and_the_link_stays(salon: Salon) -> None:
    async def test() -> None:
        salon.hire(KIM, LEE)
        await salon.sit_down()
        await salon.click("add")
        noted, (meeting,) = salon.entry.text, salon.meetings
        await salon.give_to(LEE)
        assert f"hosted by {KIM}, not by {LEE}" in salon.place.words
        assert salon.place.host.said[-1] == f"This meeting is hosted by {KIM}, not by {LEE}."
        await salon.click("hand-over")
        assert (salon.hosts, salon.state, salon.told) == ([LEE], "ready", "")
        assert salon.meetings[0].id == meeting.id
        assert salon.entry.text == noted
        assert "hosted by" not in salon.place.words
        assert salon.place.host.said[-1] == f"The meeting is now hosted by {LEE}."
        assert salon.place.host.events[-1][0] == "updated"
        await salon.click("remove", "confirm-remove")
        assert (salon.hosts, salon.entry.text) == ([], FOREIGN)

    run(test())


def test_a_refusal_leaves_everything_as_it_was(salon: Salon) -> None:
    async def test() -> None:
        salon.hire(KIM, LEE)
        salon.simulator.change_settings({"hosts_change": False})
        await salon.sit_down()
        await salon.click("add")
        noted, before = salon.entry.text, salon.meetings
        await salon.give_to(LEE)
        await salon.click("hand-over")
        assert (salon.state, salon.place.code) == ("ready", "zoom_error")
        assert salon.told.startswith("The meeting has kept its host. Zoom doesn't let you")
        assert (salon.meetings, salon.entry.text) == (before, noted)
        assert "hand-over" in salon.place.actions

    run(test())


def test_a_yes_that_changes_nothing_is_told(salon: Salon) -> None:
    async def test() -> None:
        salon.hire(KIM, LEE)
        await salon.sit_down()
        await salon.click("add")
        await salon.give_to(LEE)
        answer = {"operation": "update", "kind": "respond", "status": 204, "body": ""}
        salon.simulator.add_fault({**answer, "times": 1})
        await salon.click("hand-over")
        assert salon.told == "The meeting has kept its host. Zoom said yes, but changed nothing."
        assert salon.hosts == [KIM]

    run(test())


def test_what_zoom_does_not_show_the_desk_stays_in_the_notes(salon: Salon) -> None:
    """An assistant may get the words for a meeting that does not exist: that proves nothing."""

    async def test() -> None:
        salon.hire(KIM)
        await salon.sit_down()
        await salon.click("add")
        noted = salon.entry.text
        salon.simulator.change_settings({"assistants_manage": False})
        await salon.reload()
        assert (salon.state, salon.entry.text) == ("gone", noted)
        assert {"clean", "keep"} <= set(salon.place.actions)
        await salon.click("keep", "start")
        assert salon.entry.text == noted
        await salon.click("keep", "remove", "confirm-remove")
        assert (salon.hosts, salon.entry.text) == ([KIM], noted)

    run(test())


def test_what_zoom_does_not_show_any_more_is_handed_over_all_the_same(salon: Salon) -> None:
    async def test() -> None:
        await have_own(salon)
        salon.simulator.change_settings({"assistants_manage": False})
        await salon.click("hand-over")
        assert (salon.hosts, salon.state, salon.told) == ([KIM], "ready", "")
        assert "hosted by" not in salon.place.words

    run(test())


async def have_own(salon: Salon) -> None:
    """Maya's own meeting, whose appointment is Kim's now."""
    salon.entry.host_email = ""
    salon.hire(KIM)
    await salon.sit_down()
    await salon.click("add")
    await salon.give_to(KIM)
    assert salon.proofs


def test_who_gave_a_meeting_away_is_not_its_known_host(salon: Salon) -> None:
    """Else a withdrawn privilege would look like a deleted meeting, and cost the line."""

    async def test() -> None:
        await have_own(salon)
        noted = salon.entry.text
        await salon.click("hand-over")
        assert salon.proofs == []
        salon.simulator.put_user(KIM, {"assistants": []})
        await salon.reload()
        assert (salon.state, salon.entry.text) == ("gone", noted)

    run(test())


def test_a_meeting_given_away_in_zoom_itself_is_noticed_too(salon: Salon) -> None:
    async def test() -> None:
        await have_own(salon)
        meeting = salon.meetings[0]
        salon.simulator.meetings.give(meeting, salon.simulator.users[KIM], MAYA)
        await salon.reload()
        assert "hosted by" not in salon.place.words
        assert salon.proofs == []

    run(test())


def test_her_own_meeting_that_is_gone_is_still_cleaned_automatically(salon: Salon) -> None:
    async def test() -> None:
        await have_own(salon)
        salon.simulator.delete_meeting(salon.meetings[0].id)
        await salon.reload()
        assert (salon.place.code, salon.entry.text) == ("cleaned", FOREIGN)

    run(test())


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "drop_after"},
        {"kind": "respond", "status": 500, "body": "", "after_work": True},
        {"kind": "respond", "status": 401, "body": {"code": 124}, "times": 2},
    ],
    ids=str,
)
def test_what_nobody_knows_is_not_said_and_the_proof_is_dropped_all_the_same(
    salon: Salon, fault: dict[str, object]
) -> None:
    async def test() -> None:
        await have_own(salon)
        salon.simulator.add_fault({"operation": "update", **fault})
        await salon.click("hand-over")
        assert salon.told
        assert "kept its host" not in salon.told
        assert salon.proofs == []

    run(test())


def test_a_server_error_of_a_create_for_her_leads_to_no_second_one(salon: Salon) -> None:
    async def test() -> None:
        salon.hire(KIM)
        await salon.sit_down()
        failed = {"kind": "respond", "status": 500, "body": "", "after_work": True}
        salon.simulator.add_fault({"operation": "create", **failed})
        await salon.click("add")
        assert salon.place.code == "outcome_unknown"
        assert (salon.asked_for, salon.hosts) == ([KIM], [KIM])

    run(test())


def test_the_new_hosts_meeting_is_looked_at(salon: Salon) -> None:
    async def test() -> None:
        await have_own(salon)
        salon.simulator.change_meeting(salon.meetings[0].id, {"start_time": "2026-03-05T20:00:00"})
        await salon.click("hand-over")
        assert (salon.hosts, salon.state) == ([KIM], "ready")
        assert "update-zoom" in salon.place.actions

    run(test())


def test_a_time_that_the_appointment_gets_meanwhile_is_noticed(salon: Salon) -> None:
    async def test() -> None:
        await have_own(salon)
        salon.place.click("hand-over")
        assert salon.state == "updating"
        salon.entry.starts = "2026-03-05T20:00"
        salon.tab.document.show(salon.entry)
        await salon.clock.advance(15)
        assert (salon.hosts, salon.state) == ([KIM], "ready")
        assert "update-zoom" in salon.place.actions

    run(test())


def test_a_refusal_that_is_not_about_the_host_is_told_at_once(salon: Salon) -> None:
    async def test() -> None:
        salon.hire(KIM)
        await salon.sit_down()
        body = {"code": 429, "message": "You have exceeded the daily rate limit of (100)."}
        fault = {"kind": "respond", "status": 429, "body": body}
        salon.simulator.add_fault({"operation": "create", **fault})
        await salon.click("add")
        assert salon.place.code == "rate_limited"
        assert (salon.asked_for, salon.hosts) == ([KIM], [])

    run(test())
