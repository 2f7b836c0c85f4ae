"""A day in the demo's book, step by step: what the widget says of plans, people and appointments.

Each step ends when the widget shows what the step is about, or fails. Tests walk through the day,
and `day_picture.py` takes a picture after each step.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zoom_meeting_testing.pages import AppointmentBook, MeetingWidget

NO_SHOW: Final = "793"
UNDER_WAY: Final = "806"
AN_HOUR: Final = "812"
RECORDED: Final = "821"
TWO_KINDS: Final = "822"
AT_ONE_TIME: Final = ("825", "826")
CANCELLED: Final = "827"
KIMS: Final = "828"
READ_ONLY: Final = "832"
FRONT_DESKS: Final = "834"
GOOGLE_MEET: Final = "Add Google Meet"
_SETTLED: Final = re.compile("idle|ready")


class SalonDay:
    """The day, in a tab of somebody who is not connected to Zoom yet."""

    def __init__(self, book: AppointmentBook) -> None:
        self._book = book

    def walk(self) -> Iterator[str]:
        """Go through the day, and yield after each step what there is to see."""
        yield self._begin()
        yield self._choose_another_kind()
        yield self._use_another_account()
        yield self._meet_the_free_plan()
        yield self._look_at_the_no_show()
        yield self._only_look()
        yield self._start()
        yield self._look_at_the_cancelled()
        yield self._record()
        yield self._meet_the_other_appointment()
        yield self._send()
        yield self._let_kim_host()

    def _begin(self) -> str:
        widget = self._open(UNDER_WAY)
        expect(widget.hint).to_contain_text("starts now")
        return "This appointment has begun."

    def _choose_another_kind(self) -> str:
        widget = self._open(TWO_KINDS)
        widget.add_button.click()
        expect(widget.connect_button).to_be_visible()
        expect(widget.meeting_choice(GOOGLE_MEET)).to_be_visible()
        return "Zoom, or another kind of meeting."

    def _use_another_account(self) -> str:
        widget = self._open(FRONT_DESKS)
        widget.add_button.click()
        widget.connect().allow()
        expect(widget.notice).to_have_attribute("data-code", "other-account")
        return "Another account should host it."

    def _meet_the_free_plan(self) -> str:
        self._switch_plan("basic")
        widget = self._create(AN_HOUR)
        expect(widget.hint.filter(has_text="40 minutes")).to_be_visible()
        return "An hour, on Zoom's free plan."

    def _look_at_the_no_show(self) -> str:
        widget = self._open(NO_SHOW)
        expect(widget.hint).to_contain_text("did not come")
        expect(widget.client_link).to_be_visible()
        return "A no-show keeps its record."

    def _only_look(self) -> str:
        widget = self._open(READ_ONLY)
        expect(widget.client_link).to_be_visible()
        expect(widget.remove_button).to_have_count(0)
        return "Read-only: not to be changed here."

    def _start(self) -> str:
        self._switch_plan("licensed")
        widget = self._create(UNDER_WAY)
        self._book.try_out("Start it in Zoom")
        expect(widget.in_progress).to_be_visible()
        return "The meeting has started in Zoom."

    def _look_at_the_cancelled(self) -> str:
        widget = self._open(CANCELLED)
        expect(widget.cancelled).to_be_visible()
        expect(widget.add_button).to_have_count(0)
        return "Canceled: what becomes of the meeting?"

    def _record(self) -> str:
        self._book.switch_zoom("meetings", "recorded")
        widget = self._create(RECORDED)
        self._book.switch_zoom("meetings", "usual")
        expect(widget.notice).to_have_attribute("data-code", "admission")
        return "This account records its meetings."

    def _meet_the_other_appointment(self) -> str:
        for appointment in AT_ONE_TIME:
            widget = self._create(appointment)
        expect(widget.notice).to_have_attribute("data-code", "overlap")
        return "Two meetings at one time."

    def _send(self) -> str:
        self._book.let_book_send()
        widget = self._open(RECORDED)
        widget.send_button.click()
        widget.email_link.click()
        expect(widget.sent_link).to_be_visible()
        return "The salon's software sends it."

    def _let_kim_host(self) -> str:
        widget = self._create(KIMS)
        widget.details_summary.click()
        expect(widget.detail("Host")).to_have_text("kim@lotus-spa.example")
        return "The desk books, and Kim hosts."

    def _switch_plan(self, plan: str) -> None:
        with self._book.page.expect_navigation():
            self._book.switch_zoom("plan", plan)

    def _open(self, appointment: str) -> MeetingWidget:
        widget = self._book.open(appointment)
        expect(widget.root).to_have_attribute("data-state", _SETTLED)
        return widget

    def _create(self, appointment: str) -> MeetingWidget:
        widget = self._open(appointment)
        widget.add_button.click()
        widget.wait_for_state("ready")
        return widget
