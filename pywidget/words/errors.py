"""Errors in words: a sentence for the person in front of the screen, and a line for support."""

from __future__ import annotations

from collections.abc import Iterator

from pywidget.domain.errors import (
    CertificateRefusedError,
    Consequence,
    InternalError,
    SetbackError,
    SignInRefusedError,
    UnexpectedAnswerError,
    WidgetError,
    ZoomRefusedError,
)
from pywidget.words.message import Message


def find_messages(error: WidgetError) -> tuple[Message, ...]:
    """Find the sentences for an error, each whole: what it means for the meeting, then why."""
    if not isinstance(error, SetbackError):
        return (find_cause(error),)
    consequence = Message(f"consequence.{error.consequence}")
    if error.consequence is Consequence.CLIENT_NOT_REGISTERED:
        return (consequence,)  # it says what to do; what Zoom said is for support
    return (consequence, find_cause(error))


def find_cause(error: WidgetError) -> Message:
    """Find the sentence of an error's code and reason."""
    key = f"error.{error.code}" if error.reason is None else f"error.{error.code}.{error.reason}"
    return Message(key, {"code": error.code.value, **error.evidence})


def describe_for_support(error: WidgetError) -> str:
    """Write what support asks for: `zoom_error · HTTP 400 · Zoom code 300`."""
    return " · ".join(_list_facts(error))


def _list_facts(error: WidgetError) -> Iterator[str]:
    if isinstance(error, SetbackError):
        yield from _list_facts(error.because)
        return
    yield error.code if error.reason is None else f"{error.code}/{error.reason}"
    match error:
        case ZoomRefusedError(status=status, zoom_code=zoom_code):
            yield f"HTTP {status}"
            if zoom_code is not None:
                yield f"Zoom code {zoom_code}"
        case InternalError(kind=kind):
            yield kind
        case SignInRefusedError():
            yield f"{error.evidence['error']}"
        case CertificateRefusedError(causes=causes):
            yield ", ".join(causes)
        case UnexpectedAnswerError() if "problem" in error.evidence:
            yield f"{error.evidence['problem']}"
        case _:
            pass
