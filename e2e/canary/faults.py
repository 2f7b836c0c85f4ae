"""Every call of the widget's, failing in every way; Zoom's errors repeat all that it was sent."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Final

from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from playwright.sync_api import expect
from zoom_meeting_testing.pages import ConsentPage
from zoom_meeting_testing.simulator import Expirable, Fault, FaultKind, Operation

from e2e.canary.journeys import TYPED
from e2e.canary.secrets import Kind
from e2e.stage import MAYA, add_meeting, wait_until, write_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from e2e.canary.journeys import Journeys

_ECHO: Final = "{echo}"
"""Stands for the secrets that were heard so far."""
_LATER_MS: Final = 50
_OVER_MS: Final = 1500
_PATIENCE_MS: Final = 5000
_FORGET_END: Final = "() => localStorage.removeItem('pywidget:v1:ended')"
"""A token from before the last *Disconnect* would be void."""
_SAY: Final = "text => new BroadcastChannel('pywidget:v1:tabs').postMessage(text)"


def _refuse(status: int, code: int, **more: str) -> Fault:
    body = {"code": code, "message": f"No: {_ECHO}", "reason": f"No: {_ECHO}", **more}
    return Fault(None, FaultKind.RESPOND, status=status, body=body)


def _answer(body: str, content_type: str) -> Fault:
    kind = FaultKind.RESPOND
    return Fault(None, kind, status=200, body=body, content_type=content_type, after_work=True)


TROUBLES: Final = {
    "400": _refuse(400, 300, error="invalid_request"),
    "400 invalid_grant": _refuse(400, 300, error="invalid_grant"),
    "401": replace(_refuse(401, 124), times=2),
    "404": _refuse(404, 3001),
    "429": _refuse(429, 429),
    "500": Fault(None, FaultKind.RESPOND, body=f"Oops: {_ECHO}"),
    "html": _answer(f"<!doctype html><title>{_ECHO}</title>", "text/html"),
    "truncated": _answer(f'{{"access_token": "{_ECHO}", "topic": "App', "application/json"),
    "wrong types": _answer(f'{{"id": ["{_ECHO}"], "access_token": {{}}}}', "application/json"),
    "cut before": Fault(None, FaultKind.DROP_BEFORE),
    "cut after": Fault(None, FaultKind.DROP_AFTER),
    "no CORS": Fault(None, FaultKind.CORS_OFF),
}
"""Ways in which a call can fail; the fault's operation is filled in."""


@dataclass(frozen=True)
class Call:
    """A call of the widget's, and what people do for it to be made."""

    operation: Operation
    act: Callable[[Faults], None]


class Faults:
    """One tab, in which one call after the other fails; each time for another appointment."""

    def __init__(self, journeys: Journeys) -> None:
        self.journeys = journeys
        self._simulator = journeys.stand.simulator
        self._appointments = count(100)

    def fail(self, call: Call, trouble: str) -> None:
        """Let a call fail, and look at what is left."""
        self.begin()
        fault = replace(TROUBLES[trouble], operation=call.operation)
        if fault.body:
            fault = replace(fault, body=self._echo(fault.body))
        self._simulator.add_fault(fault)
        call.act(self)
        page, widget = self.journeys.page, self.journeys.widget
        wait_until(page, lambda: self._has_failed(fault))
        expect(widget.root).to_have_attribute("aria-busy", "false")
        # What fails behind the scenes shows nowhere; before a sign-in ends, other tabs are asked.
        page.wait_for_timeout(_OVER_MS if call.operation is Operation.TOKEN else _LATER_MS)
        self.journeys.look()
        self._simulator.clear_faults()

    def begin(self) -> None:
        """Open another appointment, with a fresh token and no meeting anywhere."""
        stage = self.journeys.stage
        self.journeys.close_windows()
        for meeting in self.journeys.zoom_side.list_meetings():
            self._simulator.delete_meeting(meeting.id)
        stage.write_notes(TYPED)
        stage.change("appointment", str(next(self._appointments)))
        stage.change("starts", "2199-11-12T18:00")
        stage.page.evaluate(_FORGET_END)
        stage.storage.keep_token(self._simulator.issue_tokens(MAYA))
        stage.reopen()
        expect(stage.widget.account_button).to_be_visible()
        stage.widget.wait_for_state("idle")

    # What people do

    def sign_in(self) -> None:
        """*Add Zoom Meeting*, and *Allow*."""
        self.journeys.stage.storage.clear()
        self.journeys.stage.reopen()
        self._connect()

    def sign_in_on_new_page(self) -> None:
        """The same on a page that does not remember whether Zoom could be reached."""
        self.journeys.stage.storage.clear()
        self.journeys.page.reload()
        self._connect()

    def renew(self) -> None:
        """An appointment is opened, and the token has expired."""
        self._simulator.expire(Expirable.ACCESS_TOKENS)
        self._note_meeting()

    def create(self) -> None:
        """One click on the camera button."""
        self.journeys.widget.add_button.click()

    def create_on_new_page(self) -> None:
        """The same on a page that does not know the user yet."""
        self.journeys.page.reload()
        self.journeys.widget.wait_for_state("idle")
        self.create()

    def lose(self) -> None:
        """The same, and the answer is lost."""
        self._simulator.add_fault({"operation": "create", "kind": "drop_after"})
        self.create()

    def read(self) -> None:
        """An appointment with a meeting is opened."""
        self._note_meeting()

    def update(self) -> None:
        """The appointment has moved, and Zoom is to follow."""
        self._note_meeting()
        self.journeys.stage.change("starts", "2199-11-12T17:00")
        self.journeys.widget.update_zoom_button.click()

    def delete(self) -> None:
        """The meeting is removed."""
        self._note_meeting()
        self.journeys.widget.confirm_removal()

    def start(self) -> None:
        """The meeting is started, in a window that may have to close again."""
        self._note_meeting()
        with self.journeys.context.expect_page():
            self.journeys.widget.start_button.click()

    def hear_other_tab(self) -> None:
        """Another tab says something."""
        heard = dict(self.journeys.stand.secrets.list_all())
        message = json.dumps({"kind": "token", "token": heard[Kind.ACCESS]})
        other = self.journeys.context.new_page()
        other.goto(self.journeys.stand.url + self.journeys.stand.hosts.serve("<p>Another tab</p>"))
        other.evaluate(_SAY, message)
        other.close()

    def disconnect(self) -> None:
        """*Disconnect*."""
        self.journeys.widget.account_button.click()
        self.journeys.widget.button("Disconnect").click()

    def _connect(self) -> None:
        widget = self.journeys.widget
        widget.wait_for_state("idle")
        widget.add_button.click()
        try:
            with self.journeys.page.expect_popup(timeout=_PATIENCE_MS) as popup:
                widget.connect_button.click(timeout=_PATIENCE_MS)
        except PlaywrightTimeoutError:  # Zoom was found out of reach, and nobody is asked
            expect(widget.notice).to_be_visible()
        else:
            ConsentPage(popup.value).allow()

    def _note_meeting(self) -> None:
        meeting = add_meeting(self._simulator)
        self.journeys.stage.write_notes(write_line(self.journeys.zoom_side.join_url(meeting)))
        self.journeys.stage.reopen()
        self.journeys.widget.start_button.wait_for()

    def _has_failed(self, fault: Fault) -> bool:
        left = [each["times"] for each in self._simulator.list_faults()]
        return left in ([], [fault.times - 1])

    def _echo(self, body: object) -> object:
        """Put the latest secret of each kind into a body."""
        latest = dict(self.journeys.stand.secrets.list_all())
        words = " ".join(latest.values())
        if isinstance(body, dict):
            return {
                name: text.replace(_ECHO, words) if isinstance(text, str) else text
                for name, text in body.items()
            }
        return str(body).replace(_ECHO, words)


CALLS: Final = {
    "sign-in": Call(Operation.TOKEN, Faults.sign_in_on_new_page),
    "renewal": Call(Operation.TOKEN, Faults.renew),
    "user": Call(Operation.USER, Faults.create_on_new_page),
    "create": Call(Operation.CREATE, Faults.create),
    "registration": Call(Operation.REGISTRANT, Faults.create),
    "search": Call(Operation.LIST, Faults.lose),
    "check": Call(Operation.READ, Faults.read),
    "start": Call(Operation.READ, Faults.start),
    "update": Call(Operation.UPDATE, Faults.update),
    "removal": Call(Operation.DELETE, Faults.delete),
    "revocation": Call(Operation.REVOKE, Faults.disconnect),
}
"""Every call that can fail."""


def list_cells() -> Iterator[tuple[str, str]]:
    """Yield every call with everything that can go wrong with it."""
    for call in CALLS:
        for trouble in TROUBLES:
            yield call, trouble


def choose_cells() -> Iterator[tuple[str, str]]:
    """Yield some of them: each call once, and nearly all that can go wrong."""
    return zip(CALLS, TROUBLES, strict=False)
