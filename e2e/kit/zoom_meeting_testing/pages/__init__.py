"""Page objects: the widget, the demo's appointment book, Zoom's consent page, the install check.

They find and use controls as people do, and make no assertions:

    book = AppointmentBook(page, "http://127.0.0.1:8000")
    widget = book.open("812")
    widget.wait_for_state("idle")
    widget.add_button.click()
    consent = widget.connect()
    consent.allow()
    widget.wait_for_state("ready")
    expect(widget.client_link).to_have_attribute("href", re.compile("zoom.us/j/"))

Every locator waits automatically. Under a strict content security policy `page.wait_for_function`
does not work: wait for a state, an event or a locator.
"""

from zoom_meeting_testing.pages.appointment_book import AppointmentBook, MeetingEvent
from zoom_meeting_testing.pages.consent_page import ConsentPage
from zoom_meeting_testing.pages.install_check import InstallCheck
from zoom_meeting_testing.pages.meeting_widget import MeetingWidget
from zoom_meeting_testing.pages.tab_storage import TabStorage

__all__ = [
    "AppointmentBook",
    "ConsentPage",
    "InstallCheck",
    "MeetingEvent",
    "MeetingWidget",
    "TabStorage",
]
