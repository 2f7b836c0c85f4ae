"""The line that says who sends the client the link: Zoom has, or the staff have to.

Facts: Zoom emails only those who were registered, and only a Licensed host can register anybody. A
registrant's link is the client's own, so the email with it has gone out. That a link is not such a
one says nothing of what others have sent.
"""

from __future__ import annotations

from pywidget.domain.appointment import Appointment
from pywidget.ui.node import Element, element
from pywidget.widget.model import Model
from pywidget.widget.shown_meeting import ShownMeeting
from pywidget.words.message import Message
from pywidget.words.words import Words


def render_mailing(model: Model, shown: ShownMeeting, words: Words) -> Element | None:
    """Render the line; of a meeting that is gone nobody needs the link."""
    if shown.is_gone:
        return None
    text = words.write_all(describe_mailing(model, shown))
    return element("p", text, class_="hint mailing", part="mailing")


def describe_mailing(model: Model, shown: ShownMeeting) -> tuple[Message, ...]:
    """Say what Zoom does about the client, and what that leaves to do."""
    appointment, connection = model.appointment, model.connection
    email = appointment.client_email if appointment else ""
    if shown.is_mailed_by_zoom:
        # The attribute may name another address by now than the one that was registered.
        address = shown.mailed_to
        return (
            Message("mailing.sent_to", {"email": address}) if address else Message("mailing.sent"),
        )
    if connection is not None and connection.is_licensed is False:
        why = "mailing.not_licensed"
    elif connection is not None and connection.is_licensed and not email:
        why = "mailing.no_address"
    else:
        why = "mailing.not_sent"
    return Message(why), _name_sender(appointment)


def _name_sender(appointment: Appointment | None) -> Message:
    client = appointment.client if appointment else ""
    if client:
        return Message("mailing.from_you", {"client": client})
    return Message("mailing.client_from_you")
