"""The carriers that send the meeting: the host page if it wants to, else the device."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from typing import Final

from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import (
    Code,
    Consequence,
    HostPageError,
    Reason,
    SetbackError,
    WidgetError,
)
from pywidget.domain.one_line import put_on_one_line, shorten
from pywidget.widget import events as on
from pywidget.widget.actions import Action
from pywidget.widget.carriers.telling import copy
from pywidget.widget.model import Channel, Copyable
from pywidget.widget.widget import Widget
from pywidget.words.invitation import (
    build_mail_url,
    clean_address,
    clean_number,
    write_invitation,
    write_subject,
    write_text_message,
)

LONGEST_WAIT = 60.0  # seconds for which another message waits until the host page tells
SENT_FOR = 4.0  # seconds that "Sent" stays
LONGEST_EXPLANATION = 200  # characters of the host page's own words
_ACTIONS: Final = {
    Channel.EMAIL: Action.SEND_EMAIL,
    Channel.TEXT: Action.SEND_TEXT,
    Channel.COPY: Action.COPY_INVITATION,
}


def send(widget: Widget, channel: Channel) -> None:
    """Ask the host page, during the click; if it does not send, links lead on by themselves."""
    is_taken = _is_taken(widget, widget.appointment, channel, _ACTIONS[channel])
    if not is_taken and channel is Channel.COPY:
        copy(widget, Copyable.INVITATION)


def _is_taken(widget: Widget, appointment: Appointment, channel: Channel, by: Action) -> bool:
    """Ask the host page, and show what it tells; return whether it sends."""
    reply = widget.host.ask_to_send(_describe(widget, appointment, channel))
    if reply.is_taken:
        widget.keep_click()
        if reply.outcome is not None:
            widget.dispatch(on.SendingBegun(by))
            widget.spawn(_tell_outcome(widget, appointment, by, reply.outcome))
    return reply.is_taken


def send_invitation(widget: Widget, address: str) -> None:
    """Ask the host page to email the invitation to this address; else open the user's own mail."""
    appointment = replace(widget.appointment, client_email=address)
    if not _is_taken(widget, appointment, Channel.EMAIL, Action.SEND_INVITATION):
        url = build_mail_url(widget.shown.invitation, address, widget.words.for_clients)
        widget.services.navigation.open_link(url)


def register(widget: Widget, address: str) -> None:
    """Register the person, whom Zoom then emails."""
    widget.dispatch(on.SendingBegun(Action.SEND_INVITATION))
    widget.spawn(_register(widget, widget.appointment, widget.shown.link.room, address))


async def _register(
    widget: Widget, appointment: Appointment, meeting_id: str, address: str
) -> None:
    try:
        link = await widget.services.registration.invite(meeting_id, address)
    except WidgetError as error:
        because = widget.to_widget_error(error)
        failed = SetbackError(Consequence.NOT_INVITED, because)
        widget.dispatch_for(appointment, on.SendFailed(Action.SEND_INVITATION, failed))
    else:
        widget.dispatch_for(appointment, on.Invited(address, link))


def _describe(widget: Widget, appointment: Appointment, channel: Channel) -> dict[str, str]:
    """Describe what is to be sent, as the link would have it."""
    shown, words = widget.shown, widget.words.for_clients
    is_text = channel is Channel.TEXT
    write = write_text_message if is_text else write_invitation
    to = {
        Channel.EMAIL: clean_address(appointment.client_email),
        Channel.TEXT: clean_number(appointment.client_phone),
        Channel.COPY: "",
    }
    return {
        "appointment": appointment.id,
        "channel": channel.value,
        "to": to[channel],
        "subject": write_subject(shown.invitation, words),
        "text": write(shown.invitation, words),
        "joinUrl": shown.link.url,
        "line": _find_line(widget, appointment),
    }


def _find_line(widget: Widget, appointment: Appointment) -> str:
    try:
        return widget.find_record(appointment).find_line(widget.shown.link) or ""
    except WidgetError:
        return ""  # no notes; the message can be sent without


async def _tell_outcome(
    widget: Widget, appointment: Appointment, by: Action, outcome: Awaitable[str | None]
) -> None:
    telling = asyncio.ensure_future(outcome)
    waiting = asyncio.ensure_future(widget.services.clock.sleep(LONGEST_WAIT))
    await asyncio.wait({telling, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if not telling.done():
        widget.dispatch_for(appointment, on.SendingUntold(by))
    said = await telling  # which may still be told
    if said is None:
        widget.dispatch_for(appointment, on.Sent(by))
    else:
        widget.dispatch_for(appointment, on.SendFailed(by, _explain(said)))


def _explain(said: str) -> HostPageError:
    """Build the error from the host page's own words, which may be anything."""
    # It stands inside a sentence of ours, which has a period of its own.
    explanation = shorten(put_on_one_line(said).rstrip("."), LONGEST_EXPLANATION)
    if not explanation:
        return HostPageError(Code.SEND_FAILED)
    return HostPageError(Code.SEND_FAILED, Reason.EXPLAINED, explanation=explanation)


def forget_sent(widget: Widget) -> None:
    """Take *Sent* away after a while."""
    widget.spawn(_forget_sent(widget, widget.appointment))


async def _forget_sent(widget: Widget, appointment: Appointment) -> None:
    await widget.services.clock.sleep(SENT_FOR)
    widget.dispatch_for(appointment, on.SentForgotten())
