"""What people do with the widget, one thing after the other, in one browser.

After each step the page is looked at. What passes in between is recorded anyway.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect
from zoom_meeting_testing.pages import ConsentPage
from zoom_meeting_testing.simulator import Expirable, Operation

from e2e.canary.secrets import Kind
from e2e.stage import EMAIL, REOPEN, Stage, add_meeting, wait_until, write_element, write_line
from e2e.zoom_side import ZoomSide

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page
    from zoom_meeting_testing.pages import MeetingWidget

    from e2e.canary.stand import Stand

TYPED: Final = "Tea, no milk."
_REFUSE_TO_COPY: Final = """
() => {
  const refuse = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  navigator.clipboard.writeText = refuse;
}
"""
_LISTEN: Final = """
() => {
  const channel = new BroadcastChannel("pywidget:v1:tabs");
  channel.addEventListener("message", ({ data }) => {
    window.canaryHear(window.canary.sortMessage(channel.name, data), data);
  });
}
"""


class Journeys:
    """One member of staff, in one browser, with one tab at first."""

    def __init__(self, stand: Stand, context: BrowserContext) -> None:
        self.stand = stand
        self.context = context
        self.zoom_side = ZoomSide(stand.simulator)
        listener = self._open_bare_page()
        listener.evaluate(_LISTEN)
        self.stage = self.open_stage()
        self._lasting = [*context.pages]

    @property
    def widget(self) -> MeetingWidget:
        """The widget in the first tab."""
        return self.stage.widget

    @property
    def page(self) -> Page:
        """The first tab."""
        return self.stage.page

    def open_stage(self, notes: str = TYPED) -> Stage:
        """Open an appointment in a new tab."""
        stage = Stage(self.context.new_page(), self.stand.simulator)
        element = write_element(client_email=EMAIL, client_phone="+1 (555) 0100")
        body = f'<textarea id="notes">{escape(notes)}</textarea>{element}'
        stage.page.goto(self.stand.url + self.stand.hosts.serve(body))
        return stage

    def close_windows(self) -> None:
        """Close whatever was opened meanwhile."""
        for page in self.context.pages:
            if page not in self._lasting:
                page.close()

    def look(self) -> None:
        """Look at the first tab."""
        self.stand.look(self.page)

    # Signing in

    def load(self) -> None:
        """The page is opened, and the menu."""
        self.widget.wait_for_state("idle")
        self.look()
        self.widget.add_button.click()
        self.look()

    def deny(self) -> None:
        """Zoom's window opens, and the user presses *Deny*."""
        consent = self._ask_for_consent()
        self.look()
        self.stand.look_into_python(self.page)
        consent.deny()
        expect(self.widget.notice).to_have_attribute("data-code", "access_denied")
        self.look()

    def close_window(self) -> None:
        """The user closes Zoom's window; before, it comes back to our origin by itself."""
        consent = self._ask_for_consent()
        self.stand.look_into_window(consent.page)
        consent.page.close()
        expect(self.widget.notice).to_have_attribute("data-code", "popup_closed")
        self.look()

    def sign_in(self) -> None:
        """The user presses *Allow*, and the meeting is made."""
        self._ask_for_consent().allow()
        self.widget.wait_for_state("ready")
        expect(self.widget.detail("Passcode")).to_have_count(1)
        self.look()
        self.stand.look_into_python(self.page)

    def sign_in_by_redirect(self) -> None:
        """Popups are blocked: the page itself goes to Zoom, and comes back with unsaved notes."""
        self.stage.write_notes(write_line(self.stand.make_link()))
        self.stage.reopen()
        self.widget.wait_for_state("ready")
        self.stage.write_notes(TYPED)
        self.widget.wait_for_state("idle")
        address = self.page.url
        self.page.evaluate("() => { window.open = () => null }")
        if not self.widget.menu.is_visible():
            self.widget.add_button.click()
        self.widget.connect_button.click()
        self.page.wait_for_url("**/oauth/authorize**")
        ConsentPage(self.page).allow()
        self.page.wait_for_url(address)
        self.widget.wait_for_state("ready")
        self.look()

    def land_from_marketplace(self) -> None:
        """The app is added in Zoom's Marketplace: a code comes that nobody has asked for."""
        page = self.context.new_page()
        page.goto(f"{self.stand.zoom_url}/marketplace/add")
        ConsentPage(page).allow()
        page.get_by_role("heading", name="SimpleSpa is added").wait_for()
        self.stand.look(page)
        page.close()

    def replay_answer(self) -> None:
        """An answer comes that no page waits for."""
        secrets = dict(reversed([*self.stand.secrets.list_all()]))
        answer = f"code={secrets[Kind.CODE]}&state={secrets[Kind.STATE]}"
        page = self._open_bare_page()
        # Not typed by the user: browsers keep what was typed.
        address = f"{self.stand.url}/zoom/callback.html?{answer}"
        page.evaluate("address => location.assign(address)", address)
        page.get_by_role("heading", name="This sign-in is over").wait_for()
        self.stand.look(page)
        page.close()

    def _open_bare_page(self) -> Page:
        page = self.context.new_page()
        page.goto(self.stand.url + self.stand.hosts.serve("<p>No widget here</p>"))
        return page

    def _ask_for_consent(self) -> ConsentPage:
        if not self.widget.menu.is_visible():
            self.widget.add_button.click()
        return self.widget.connect()

    # With a meeting

    def read_and_send(self) -> None:
        """Everything that can be seen, copied and sent."""
        widget = self.widget
        widget.details_summary.click()
        widget.copy_button.click()
        expect(widget.copy_button).to_have_text("Copied")
        widget.send_button.click()
        self.look()
        widget.send_menu.get_by_role("button", name="Copy invitation").click()
        with self.page.expect_download() as download:
            widget.send_menu.get_by_role("link", name="Calendar file").click()
        self.stand.keep_download(download.value)
        widget.send_button.click()
        self.look()

    def copy_by_hand(self) -> None:
        """The browser refuses to copy."""
        self.page.evaluate(_REFUSE_TO_COPY)
        self.widget.copy_button.click()
        expect(self.widget.root.locator("input[part=by-hand]")).to_be_visible()
        self.look()
        self.widget.dismiss_button.click()
        self.widget.send_button.click()
        self.widget.send_menu.get_by_role("button", name="Copy invitation").click()
        expect(self.widget.root.locator("textarea[part=by-hand]")).to_be_visible()
        self.look()
        self.widget.dismiss_button.click()
        self.widget.send_button.click()

    def open_link(self) -> None:
        """The client's link is opened, to try it."""
        with self.context.expect_page() as popup:
            self.widget.client_link.click()
        popup.value.wait_for_load_state()
        self.stand.look_into_window(popup.value)
        popup.value.close()

    def start_meeting(self) -> None:
        """*Start meeting* opens a window; later the user comes back to our origin in it."""
        with self.context.expect_page() as popup:
            self.widget.start_button.click()
        popup.value.wait_for_url("https://*.zoom.us/s/**")
        self.look()
        self.stand.look_into_window(popup.value)
        popup.value.close()

    def move(self) -> None:
        """The appointment is moved, and Zoom follows; then the meeting, and the note follows."""
        self.stage.change("starts", "2199-11-12T17:00")
        self.widget.update_zoom_button.click()
        wait_until(self.page, lambda: self.zoom_side.count_answers(Operation.UPDATE) > 0)
        self.widget.wait_for_state("ready")
        expect(self.widget.drift).to_have_count(0)
        self.look()
        meeting = self.zoom_side.get_meeting()
        self.stand.simulator.change_meeting(meeting.id, {"start_time": "2199-11-12T20:30:00"})
        self.stage.reopen()
        self.widget.update_note_button.click()
        self.widget.wait_for_state("ready")
        self.look()

    def open_second_tab(self) -> None:
        """Another tab of the same person asks for the sign-in, and for what was made."""
        other = self.open_stage(self.stage.read_notes())
        expect(other.widget.detail("Passcode")).to_have_count(1)
        self.stand.look(other.page)
        other.page.close()

    def renew(self) -> None:
        """The token has expired."""
        self.stand.simulator.expire(Expirable.ACCESS_TOKENS)
        before = self.zoom_side.count_refreshes()
        self.stage.reopen()
        wait_until(self.page, lambda: self.zoom_side.count_refreshes() > before)
        expect(self.widget.detail("Passcode")).to_have_count(1)
        self.look()

    def clean_and_undo(self) -> None:
        """The meeting was deleted in Zoom."""
        meeting = self.zoom_side.get_meeting()
        self.stand.simulator.delete_meeting(meeting.id)
        self.page.locator("#widget").evaluate(REOPEN)
        expect(self.widget.notice).to_have_attribute("data-code", "cleaned")
        self.look()
        self.widget.button("Undo").click()
        self.widget.wait_for_state("gone")
        self.look()
        self.stage.write_notes(TYPED)
        self.widget.wait_for_state("idle")

    def create_again(self) -> None:
        """One click, with the token that is there."""
        self.widget.add_button.click()
        self.widget.wait_for_state("ready")
        self.look()

    def remove(self) -> None:
        """The meeting is removed."""
        self.widget.confirm_removal()
        self.widget.wait_for_state("idle")
        self.look()

    def adopt(self) -> None:
        """A meeting that somebody made in Zoom stands in the notes."""
        meeting = add_meeting(self.stand.simulator)
        self.stage.write_notes(write_line(self.zoom_side.join_url(meeting)))
        self.widget.wait_for_state("ready")
        self.look()
        self.stand.simulator.delete_meeting(meeting.id)
        self.stage.write_notes(TYPED)
        self.widget.wait_for_state("idle")

    def look_at_account(self) -> None:
        """*Connected as …* and *Switch account*, which nobody goes through with."""
        self.widget.account_button.click()
        expect(self.widget.account_menu).to_contain_text("Connected as")
        consent = self.widget.connect(self.widget.button("Switch account"))
        self.look()
        consent.deny()
        expect(self.widget.notice).to_have_attribute("data-code", "access_denied")
        self.look()

    def disconnect(self, *, is_refused: bool = False) -> None:
        """*Disconnect*; Zoom may refuse to revoke the token."""
        answer = "refused_400" if is_refused else "allowed"
        self.stand.simulator.change_settings({"revocation": answer})
        before = self.zoom_side.count_answers(Operation.REVOKE)
        self.widget.account_button.click()
        self.widget.button("Disconnect").click()
        expect(self.widget.notice).to_have_attribute("data-code", "disconnected")
        wait_until(self.page, lambda: self.zoom_side.count_answers(Operation.REVOKE) > before)
        self.look()
