"""The steps of sending the meeting to the client: by the host page, or by the device."""

from __future__ import annotations

from dataclasses import replace

from pywidget.domain.errors import Code
from pywidget.widget import effects as do
from pywidget.widget import events as on
from pywidget.widget import notices
from pywidget.widget.model import (
    Copyable,
    Delivery,
    Menu,
    Model,
    may_invite,
    registers_guests,
)
from pywidget.widget.steps.step import Step, with_menu_toggled, with_notice


def open_send(model: Model, _event: on.SendClicked) -> Step:
    """Unfold the ways to send the meeting to the client."""
    if model.menu is Menu.INVITE:
        return replace(model, menu=None), ()
    return with_menu_toggled(model, Menu.SEND), ()


def open_invite(model: Model, _event: on.InviteAnotherClicked) -> Step:
    """Unfold the field for another person's address, or fold it up again."""
    menu = Menu.SEND if model.menu is Menu.INVITE else Menu.INVITE
    return (replace(model, menu=menu), ()) if may_invite(model) else (model, ())


def invite(model: Model, event: on.InvitationSubmitted) -> Step:
    """Invite the person at this address: by registering them, where clients are registered."""
    if not event.address or _is_sending(model) or not may_invite(model):
        return model, ()
    make = do.Register if registers_guests(model) else do.SendInvitation
    return _without_failure(model), (make(event.address),)


def confirm_invited(model: Model, event: on.Invited) -> Step:
    """Show the person's own link, as long as this message stands."""
    invited = replace(model, delivery=None, menu=None)
    return with_notice(invited, notices.make_invited_notice(event.address, event.link)), ()


def copy_guest_link(model: Model, _event: on.CopyGuestLinkClicked) -> Step:
    """Copy the person's own link."""
    is_there = model.notice is not None and model.notice.guest_link is not None
    return model, (do.Copy(Copyable.GUEST_LINK),) if is_there else ()


def send(model: Model, event: on.ChannelClicked) -> Step:
    """Have it sent, unless something is still being sent: nobody wants it twice."""
    if _is_sending(model):
        return model, (do.KeepClick(),)
    return _without_failure(model), (do.Send(event.channel),)


def begin(model: Model, event: on.SendingBegun) -> Step:
    """Show that the host page is sending."""
    return replace(model, delivery=Delivery(event.by)), ()


def stop_waiting(model: Model, event: on.SendingUntold) -> Step:
    """Let the user send something else; what is told later is shown all the same."""
    is_awaited = model.delivery == Delivery(event.by)
    return replace(model, delivery=None) if is_awaited else model, ()


def confirm(model: Model, event: on.Sent) -> Step:
    """Show that it is sent."""
    return replace(model, delivery=Delivery(event.by, is_done=True)), (do.ForgetSent(),)


def fail(model: Model, event: on.SendFailed) -> Step:
    """Say that it was not sent."""
    failed = with_notice(replace(model, delivery=None), notices.make_notice(event.error))
    return failed, (do.Report(event.error),)


def forget_sent(model: Model, _event: on.SentForgotten) -> Step:
    """Take *Sent* away, unless something else is being sent by now."""
    return (model, ()) if _is_sending(model) else (replace(model, delivery=None), ())


def _is_sending(model: Model) -> bool:
    return model.delivery is not None and not model.delivery.is_done


def _without_failure(model: Model) -> Model:
    """Return the model without the news of an earlier message; any other message stays."""
    notice = model.notice
    failed = notice is not None and notice.code in (Code.SEND_FAILED, notices.INVITED)
    return replace(model, delivery=None, notice=None if failed else notice)
