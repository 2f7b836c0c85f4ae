"""The steps of sending the meeting to the client: by the host page, or by the device."""

from __future__ import annotations

from dataclasses import replace

from pywidget.domain.errors import Code
from pywidget.widget import effects as do
from pywidget.widget import events as on
from pywidget.widget import notices
from pywidget.widget.model import Delivery, Menu, Model
from pywidget.widget.steps.step import Step, with_menu_toggled, with_notice


def open_send(model: Model, _event: on.SendClicked) -> Step:
    """Unfold the ways to send the meeting to the client."""
    return with_menu_toggled(model, Menu.SEND), ()


def send(model: Model, event: on.ChannelClicked) -> Step:
    """Have it sent, unless something is still being sent: nobody wants it twice."""
    if _is_sending(model):
        return model, (do.KeepClick(),)
    return _without_failure(model), (do.Send(event.channel),)


def begin(model: Model, event: on.SendingBegun) -> Step:
    """Show that the host page is sending."""
    return replace(model, delivery=Delivery(event.by)), ()


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
    failed = model.notice is not None and model.notice.code == Code.SEND_FAILED
    return replace(model, delivery=None, notice=None if failed else model.notice)
