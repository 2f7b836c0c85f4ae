"""What can happen to the widget, in any order, and what must hold after each step.

A person in front of a browser with several tabs clicks whatever is there, edits notes by hand,
reloads, duplicates and closes tabs; Zoom and the network have bad days; colleagues change things
in Zoom itself. Time passes only where a step says so, so requests stay under way while other
things happen.
"""

from __future__ import annotations

import asyncio
import gc
import re
from collections import Counter
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, Final, TypeVar
from urllib.parse import parse_qs, urlsplit

from hypothesis import currently_in_test_context, note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from zoom_meeting_testing.simulator import Expirable
from zoom_meeting_testing.simulator.meetings import Meeting

from pywidget.domain.note_line import find_meeting
from pywidget.meetings.intent_store import PREFIX as CREATE_PREFIX
from pywidget.widget.model import State
from tests.doubles.clock import ManualClock
from tests.doubles.windows import Popup
from tests.life.browser import (
    Browser,
    Entry,
    HostField,
    Place,
    Tab,
    make_endpoints,
    meetings_in,
)
from tests.life.secrets_watch import PLANTED, SecretsWatch
from tests.life.zoom import DirectZoom
from tests.simulator.client import FRONT_DESK, MAYA

MOST_TABS: Final = 3
COUNTED: Counter[str] = Counter()
"""How often each thing happened, over all examples: a test that never got anywhere shows here."""

_T = TypeVar("_T")
_NTH = st.integers(0, 11)
_PAUSES = st.sampled_from([0, 0, 0.15, 0.5, 4, 15])
_OPERATIONS = st.sampled_from(
    ["token", "create", "create", "read", "update", "delete", "list", "list", "registrant", "user"]
)
_FAULTS: Final[dict[str, dict[str, object]]] = {
    "cut before": {"kind": "drop_before"},
    "cut after": {"kind": "drop_after"},
    "500": {"kind": "respond", "status": 500, "body": PLANTED},
    "503 done": {"kind": "respond", "status": 503, "body": PLANTED, "after_work": True},
    "401": {"kind": "respond", "status": 401, "body": {"code": 124, "message": PLANTED}},
    "403": {"kind": "respond", "status": 403, "body": {"code": 403, "message": PLANTED}},
    "429 short": {"kind": "respond", "status": 429, "headers": {"retry-after": "3"}},
    "429 long": {"kind": "respond", "status": 429, "headers": {"retry-after": "900"}},
    "html done": {"kind": "respond", "status": 201, "body": "<html>", "after_work": True},
}
_KINDS = st.sampled_from(sorted(_FAULTS))
_PIECES = st.sampled_from(
    [
        "Allergic to latex",
        "Google Meet: [x] https://meet.google.com/abc-defg-hij",
        "Zoom: she prefers Teams",
        "שלום — עולם 💆",
        "Zoom: [no link here] Tuesday",
        "https://zoom.us/u/acDialIn is for dialling in",
        "ends in spaces   ",
    ]
)
_RARE: Final = (
    "create-anyway",
    "save-again",
    "undo",
    "clean",
    "update-note",
    "update-zoom",
    "confirm-remove-and-tell",
    "confirm-remove",
    "remove",
    "switch-account",
    "start",
)
_BUSY: Final = frozenset({State.SIGNING_IN, State.CREATING, State.UPDATING, State.REMOVING})


class AnyOrder(RuleBasedStateMachine):
    """One person, one browser, three appointments."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.unheard: list[str] = []
        self.loop.set_exception_handler(lambda _loop, what: self.unheard.append(str(what)))
        self.clock = ManualClock()
        self.zoom = DirectZoom(self.clock)
        self.simulator = self.zoom.simulator
        self.entries = [
            Entry("812", "Dana Lee", "2026-03-05T18:00", email="dana@example.com"),
            Entry("813", "Kim] — (O'Hara", "2026-03-05T18:00"),
            Entry("814", "Ada", "2026-03-09T09:30"),
        ]
        # Meetings that somebody gave up on purpose, or whose line the host page lost: another one
        # may be made beside each of them.
        self.let_go: set[str] = set()
        self.pieces = 0
        self.seen: dict[Place, int] = {}

    # Machinery

    def do(self, work: Coroutine[Any, Any, _T]) -> _T:
        result = self.loop.run_until_complete(work)
        self.loop.run_until_complete(self.browser.settle())
        return result

    def wait_for(self, seconds: float) -> None:
        if seconds:
            self.do(self.browser.wait(seconds))

    @initialize(multiline=st.booleans(), text=_PIECES, is_signed_in=st.booleans())
    def begin(self, *, multiline: bool, text: str, is_signed_in: bool) -> None:
        self.browser = Browser(
            self.zoom, make_endpoints("https://zoom.test"), self.clock, multiline=multiline
        )
        self.watch = SecretsWatch(self.simulator, self.browser)
        if not multiline:
            text = text.replace("Zoom: [", "[")
        self.entries[1].text, self.entries[1].pieces = text, (text,)

        async def begin() -> None:
            self.browser.open_tab(self.entries[0])

        self.do(begin())
        if is_signed_in:
            self.click(0, 0, 0, 0)
            self.wait_for(0.5)
            self.click(0, 0, 1, 0)
            self.answer_popup(0, "allow", 0)
            self.wait_for(3)

    def teardown(self) -> None:
        try:
            if hasattr(self, "browser"):
                self.let_it_all_settle()
                self.stop()
                assert self.watch.search().strays == []
        finally:
            self.loop.close()

    def stop(self) -> None:
        async def stop() -> None:
            tasks = asyncio.all_tasks() - {asyncio.current_task()}
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            gc.collect(0)

        self.loop.run_until_complete(stop())
        assert not self.unheard, self.unheard

    # Who and what

    def tab(self, nth: int) -> Tab:
        return self.browser.tabs[nth % len(self.browser.tabs)]

    def place(self, tab: Tab, nth: int) -> Place:
        return tab.document.places[nth % len(tab.document.places)]

    def popups(self) -> list[Popup]:
        return [
            popup
            for tab in self.browser.tabs
            for popup in tab.document.windows.opened
            if popup.is_open
        ]

    def living(self, entry: Entry) -> list[Meeting]:
        alive = self.simulator.meetings.all(self.clock.now())
        return [meeting for meeting in alive if meeting.topic == entry.topic]

    def give_up(self, entry: Entry, *, but_noted: bool = True) -> None:
        """Nobody here knows any more what lives of this appointment, beside what is noted."""
        noted = meetings_in(entry.text) if but_noted else frozenset()
        self.let_go |= {str(meeting.id) for meeting in self.living(entry)} - noted

    def unsettled(self, tab: Tab) -> list[Entry]:
        keys = tab.storage.items
        return [entry for entry in self.entries if CREATE_PREFIX + entry.id in keys]

    # The person in front of it

    @rule(tab=_NTH, place=_NTH, nth=_NTH, pause=_PAUSES)
    def click(self, tab: int, place: int, nth: int, pause: float) -> None:
        self.click_on(self.tab(tab), self.place(self.tab(tab), place), nth, pause)

    @rule(tab=_NTH, place=_NTH, nth=_NTH)
    def click_twice(self, tab: int, place: int, nth: int) -> None:
        chosen = self.place(self.tab(tab), place)
        self.click_on(self.tab(tab), chosen, nth, 0)
        self.click_on(self.tab(tab), self.place(self.tab(tab), place), nth, 0.5)

    @rule(tab=_NTH, place=_NTH, pause=_PAUSES)
    def click_add(self, tab: int, place: int, pause: float) -> None:
        """The most wanted one."""
        chosen = self.place(self.tab(tab), place)
        for action in ("add", "connect"):
            if action in chosen.actions:
                self.click_on(self.tab(tab), chosen, chosen.actions.index(action), pause)

    @rule(
        tab=_NTH,
        entry=_NTH,
        faults=st.lists(st.tuples(_OPERATIONS, _KINDS, st.integers(1, 4)), max_size=2),
        pause=_PAUSES,
    )
    def add_in(
        self, tab: int, entry: int, faults: list[tuple[str, str, int]], pause: float
    ) -> None:
        """A meeting for this appointment, now, on a bad day."""
        chosen = self.tab(tab)
        if chosen.document.field.entry is not self.entries[entry % len(self.entries)]:
            self.turn_to(tab, entry, 0.5)
        for operation, kind, times in faults:
            self.go_wrong(operation, kind, times)
        self.click_add(tab, 0, 0.15)
        for popup in self.popups():
            self.answer_popup(self.popups().index(popup), "allow", 0.5)
        self.wait_for(pause)

    @rule(tab=_NTH, place=_NTH, pause=_PAUSES)
    def click_rare(self, tab: int, place: int, pause: float) -> None:
        """What is seldom offered, when it is."""
        chosen = self.place(self.tab(tab), place)
        for action in _RARE:
            if action in chosen.actions:
                self.click_on(self.tab(tab), chosen, chosen.actions.index(action), pause)
                return

    @rule(tab=_NTH, place=_NTH)
    def remove_in_peace(self, tab: int, place: int) -> None:
        """A meeting is removed, and nothing comes between."""
        chosen = self.place(self.tab(tab), place)
        for action in ("remove", "confirm-remove"):
            if action in chosen.actions:
                self.click_on(self.tab(tab), chosen, chosen.actions.index(action), 3)

    @rule(tab=_NTH, place=_NTH)
    def move_in_peace(self, tab: int, place: int) -> None:
        """A meeting whose appointment has moved is moved after it, and nothing comes between."""
        chosen = self.place(self.tab(tab), place)
        if "update-zoom" in chosen.actions:
            self.click_on(self.tab(tab), chosen, chosen.actions.index("update-zoom"), 3)

    def click_on(self, tab: Tab, place: Place, nth: int, pause: float) -> None:
        actions = place.actions
        if not actions:
            return
        action, entry, shown = (
            actions[nth % len(actions)],
            tab.document.field.entry,
            place.model.shown,
        )
        COUNTED[f"click {action}"] += 1
        if action == "create-anyway":  # told that there may be one, and wants another
            self.give_up(entry)
        if action == "clean" and shown is not None:  # told that it may live, and drops it
            self.let_go.add(shown.link.room)

        async def click() -> None:
            place.click(action)

        self.do(click())
        self.wait_for(pause)
        self.come_back(tab)
        if currently_in_test_context():
            nth_tab = self.browser.tabs.index(tab)
            note(f"# {action}: {entry.id} in tab {nth_tab}: {place.model.state}")

    @rule(tab=_NTH, place=_NTH)
    def press_escape(self, tab: int, place: int) -> None:
        async def press() -> None:
            self.place(self.tab(tab), place).widget.act("dismiss")

        self.do(press())

    def come_back(self, tab: Tab) -> None:
        """Where no popup could be had, the page itself went to Zoom; the user allows it there."""
        gone_to = tab.document.navigation.gone_to
        if not gone_to:
            return
        COUNTED["full-page sign-in"] += 1

        async def come_back() -> None:
            query = await self.zoom.consent(gone_to[-1], user=MAYA)
            state = parse_qs(urlsplit(gone_to[-1]).query)["state"][0]
            assert query is not None
            tab.return_home(query, state)

        self.do(come_back())

    @precondition(lambda self: self.popups())
    @rule(
        nth=_NTH,
        answer=st.sampled_from(["allow", "allow", "allow", "deny", "close", "forge", "other"]),
        pause=_PAUSES,
    )
    def answer_popup(self, nth: int, answer: str, pause: float) -> None:
        popups = self.popups()
        if not popups:
            return
        popup = popups[nth % len(popups)]
        COUNTED[f"popup {answer}"] += 1
        unsettled = [entry for tab in self.browser.tabs for entry in self.unsettled(tab)]

        async def decide() -> None:
            if answer == "close":
                popup.is_open = False
                return
            if answer == "forge":
                popup.answer(code="forged", state="somebody-elses")
                return
            user = FRONT_DESK if answer == "other" else MAYA
            decision = "deny" if answer == "deny" else "allow"
            query = await self.zoom.consent(popup.url, user=user, decision=decision)
            if query is not None:
                popup.send(query)

        self.do(decide())
        if answer == "other":
            self.wait_for(1)  # nobody can look for a lost meeting in another person's account
            for entry in unsettled:
                self.give_up(entry)
        self.wait_for(pause)

    @rule(tab=_NTH, entry=_NTH, pause=_PAUSES)
    def turn_to(self, tab: int, entry: int, pause: float) -> None:
        async def turn() -> None:
            self.tab(tab).document.show(self.entries[entry % len(self.entries)])

        self.do(turn())
        self.wait_for(pause)

    @rule(tab=_NTH, pause=_PAUSES)
    def reload(self, tab: int, pause: float) -> None:
        COUNTED["reload"] += 1

        async def reload() -> None:
            self.tab(tab).reload()

        self.do(reload())
        self.wait_for(pause)

    @precondition(lambda self: len(self.browser.tabs) < MOST_TABS)
    @rule(entry=_NTH, pause=_PAUSES)
    def open_tab(self, entry: int, pause: float) -> None:
        async def open_tab() -> None:
            self.browser.open_tab(self.entries[entry % len(self.entries)])

        self.do(open_tab())
        self.wait_for(pause)

    @precondition(lambda self: len(self.browser.tabs) < MOST_TABS)
    @rule(tab=_NTH, pause=_PAUSES)
    def duplicate_tab(self, tab: int, pause: float) -> None:
        COUNTED["duplicated tab"] += 1
        origin = self.tab(tab)

        async def duplicate() -> None:
            self.browser.open_tab(origin.document.field.entry, origin.storage.duplicate_tab())

        self.do(duplicate())
        self.wait_for(pause)

    @precondition(lambda self: len(self.browser.tabs) > 1)
    @rule(tab=_NTH)
    def close_tab(self, tab: int) -> None:
        COUNTED["closed tab"] += 1
        chosen = self.tab(tab)
        unsettled = self.unsettled(chosen)

        async def close() -> None:
            self.browser.close_tab(chosen)

        self.do(close())
        if unsettled:  # what only this tab knew of is forgotten; its requests arrive all the same
            self.wait_for(1)
            for entry in unsettled:
                self.give_up(entry)

    @precondition(lambda self: any(len(tab.document.places) < 2 for tab in self.browser.tabs))
    @rule(tab=_NTH)
    def add_twin(self, tab: int) -> None:
        async def add() -> None:
            if len(self.tab(tab).document.places) < 2:
                self.tab(tab).document.add_place()

        self.do(add())

    # Notes by hand

    @rule(tab=_NTH, piece=_PIECES, line=_NTH)
    def write(self, tab: int, piece: str, line: int) -> None:
        self.pieces += 1
        piece = f"({self.pieces}) {piece}".strip()
        if not self.browser.multiline:
            piece = piece.replace("Zoom: [", "[")  # the one case that cannot be told apart
        field = self.tab(tab).document.field
        text = field.text
        glue = "\n" if self.browser.multiline else " "
        ends = [0, len(text)]
        if self.browser.multiline:
            ends += [match.end() for match in re.finditer("\n", text)]
        at = ends[line % len(ends)]
        new = (
            f"{text[:at]}{glue}{piece}"
            if at == len(text)
            else f"{text[:at]}{piece}{glue}{text[at:]}"
        )
        self.edit(field, new, self.insert_piece(field, piece, at))

    @rule(
        tab=_NTH,
        how=st.sampled_from(["dash", "time", "topic", "bare", "cut", "delete", "append"]),
    )
    def mangle(self, tab: int, how: str) -> None:
        field = self.tab(tab).document.field
        found = find_meeting(field.text)
        if found is None or found.starts is None:
            return
        COUNTED[f"mangled: {how}"] += 1
        record = field.text[found.start : found.end]
        pieces = field.pieces
        match how:
            case "dash":
                changed = record.replace(" — https", " - https")
            case "time":
                changed = re.sub(r"\d+:\d\d [ap]m", "7:45 PM", record)
            case "topic":
                changed = record.replace("Appointment with", "Facial for")
            case "bare":
                changed = found.link.url
            case "cut":
                self.pieces += 1
                changed = f"({self.pieces}) cut: {re.sub('https://[^/]+', '', record)}"
                if not self.browser.multiline:
                    changed = changed.replace("Zoom: [", "[")
                pieces = self.insert_piece(field, changed, found.start)
            case "delete":
                changed = ""
            case _:
                self.pieces += 1
                changed = f"{record} ({self.pieces}) is sent"
                pieces = self.insert_piece(field, f"({self.pieces}) is sent", found.end)
        self.edit(field, field.text[: found.start] + changed + field.text[found.end :], pieces)

    def insert_piece(self, field: HostField, piece: str, at: int) -> tuple[str, ...]:
        before, position = 0, 0
        for each in field.pieces:
            position = field.text.index(each, position) + len(each)
            before += position <= at
        return (*field.pieces[:before], piece, *field.pieces[before:])

    def edit(self, field: HostField, text: str, pieces: tuple[str, ...]) -> None:
        """Whoever takes a meeting's line away by hand, or saves over it, lets go of the meeting."""
        held = field.meetings | meetings_in(field.entry.text)

        async def edit() -> None:
            field.write_by_hand(text, pieces)

        lost = held - meetings_in(text)
        self.let_go |= lost
        self.do(edit())

    @rule(tab=_NTH, what=st.sampled_from(["gone", "reverts", "blocks popups", "nothing"]))
    def meddle(self, tab: int, what: str) -> None:
        """The host page, or the browser, is in the way from now on; or it stops being so."""
        chosen = self.tab(tab)
        field = chosen.document.field
        field.is_gone, field.reverts = what == "gone", what == "reverts"
        chosen.blocks_popups = what == "blocks popups"
        chosen.document.windows.is_blocked = chosen.blocks_popups

    @rule(tab=_NTH, days=st.integers(-1, 3), pause=_PAUSES)
    def reschedule(self, tab: int, days: int, pause: float) -> None:
        """The host moves the appointment; a day that is over is for the widget to refuse."""
        entry = self.tab(tab).document.field.entry
        entry.starts = f"2026-03-0{5 + days}T1{1 + days}:15"

        async def change() -> None:
            self.tab(tab).document.show(entry)

        self.do(change())
        self.wait_for(pause)

    # Zoom and the network

    @rule(operation=_OPERATIONS, kind=_KINDS, times=st.integers(1, 4))
    def go_wrong(self, operation: str, kind: str, times: int) -> None:
        self.simulator.add_fault({"operation": operation, "times": times, **_FAULTS[kind]})

    @rule()
    def recover(self) -> None:
        self.simulator.clear_faults()
        self.zoom.unreadable = 0

    @rule(how=st.sampled_from([*Expirable, "uninstalled", "elsewhere", "unreadable"]))
    def end_connection(self, how: str) -> None:
        """A token dies, one way or another; or the browser keeps an answer to itself."""
        match how:
            case "unreadable":
                self.zoom.unreadable += 1
            case "uninstalled":
                self.simulator.uninstall(MAYA)
            case "elsewhere":  # the same person signs in on another device
                client = self.simulator.settings.public_client_id
                with self.simulator.lock:
                    self.simulator.grants.supersede(MAYA, client, keep_access=False)
                self.simulator.issue_tokens(MAYA)
            case _:
                self.simulator.expire(Expirable(how))

    @rule(entry=_NTH)
    def delete_in_zoom(self, entry: int) -> None:
        for meeting in self.living(self.entries[entry % len(self.entries)]):
            COUNTED["deleted in Zoom"] += 1
            self.simulator.delete_meeting(meeting.id)

    @rule(entry=_NTH, hours=st.integers(1, 30))
    def move_in_zoom(self, entry: int, hours: int) -> None:
        chosen = self.entries[entry % len(self.entries)]
        for meeting in self.living(chosen):
            if str(meeting.id) in meetings_in(chosen.text):  # a lost one is found by its time
                start = meeting.start + timedelta(hours=hours)
                changes = {"start_time": start.strftime("%Y-%m-%dT%H:%M:%SZ")}
                self.simulator.change_meeting(meeting.id, changes)

    # Time

    @rule(seconds=st.sampled_from([0.15, 0.5, 2, 5, 20, 70]))
    def wait(self, seconds: float) -> None:
        self.wait_for(seconds)

    @rule(seconds=st.sampled_from([60, 3600, 7200]))
    def sleep_with_the_lid_closed(self, seconds: float) -> None:
        self.clock.jump(seconds)
        self.wait_for(0.5)

    @rule()
    def let_it_all_settle(self) -> None:
        """Whoever waits for the user gets an answer, and every request as well."""
        self.wait_for(5)  # for windows that open once Zoom has shown that it answers
        for popup in self.popups():
            popup.is_open = False
        for tab in self.browser.tabs:
            self.come_back(tab)
        quiet = 0
        for _ in range(40):
            self.wait_for(5)
            busy = any(place.is_busy for place in self.browser.places)
            quiet = 0 if busy or self.zoom.in_flight else quiet + 1
            if quiet == 2:
                break
        assert not self.zoom.in_flight
        for place in self.browser.places:
            assert place.model.state not in _BUSY, f"still {place.model.state}"
            assert place.model.state is not State.LOADING
        for tab in self.browser.tabs:
            field = tab.document.field
            kept = {str(meeting.id) for meeting in self.living(field.entry)} - self.let_go
            if kept and kept <= field.meetings:
                key = CREATE_PREFIX + field.entry.id
                assert key not in tab.storage.items, "noted, and still about to be created"

    # What must hold

    @invariant()
    def there_is_one_meeting(self) -> None:
        for entry in self.entries:
            self.let_go |= entry.overwritten
            kept = {str(meeting.id) for meeting in self.living(entry)} - self.let_go
            assert len(kept) <= 1, f"two meetings for appointment {entry.id}"

    @invariant()
    def no_word_of_anybody_is_lost(self) -> None:
        fields = [tab.document.field for tab in self.all_tabs()]
        for text, pieces in (
            *((field.text, field.pieces) for field in fields),
            *((entry.text, entry.pieces) for entry in self.entries),
        ):
            position = 0
            for piece in pieces:
                position = text.find(piece, position)
                assert position >= 0, f"{piece!r} is gone from {text!r}"
                position += len(piece)

    @invariant()
    def no_secret_shows(self) -> None:
        if not hasattr(self, "browser"):
            return
        self.watch.look()
        for place in self.browser.places:
            events = self.seen.get(place, 0)
            for name, detail in place.host.events[events:]:
                COUNTED[f"event {name} {detail.get('code', '')}".strip()] += 1
            self.seen[place] = len(place.host.events)

    @invariant()
    def what_is_shown_agrees_with_itself(self) -> None:
        for place in self.all_places():
            model = place.model
            words = place.words
            assert ("spinner" in words) == (model.state in _BUSY)
            assert (model.state in {State.READY, State.GONE}) <= (model.shown is not None)
            assert (model.state in {State.IDLE, State.ERROR}) <= (model.shown is None)

    def all_tabs(self) -> list[Tab]:
        return self.browser.tabs if hasattr(self, "browser") else []

    def all_places(self) -> list[Place]:
        return self.browser.places if hasattr(self, "browser") else []
