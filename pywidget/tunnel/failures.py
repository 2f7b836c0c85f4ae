"""Explanations of a tunnel's failures, and whether Zoom may have received the request.

Facts: nothing is sent before the certificate is found to be Zoom's. What was handed to the wire
counts as sent, whatever became of it: the forwarder does not report how far it got.
"""

from __future__ import annotations

from pywidget.domain.errors import (
    CertificateRefusedError,
    Code,
    Reason,
    UnreachableError,
    build_closed_way_error,
)
from pywidget.tunnel.http_exchange import HttpError, IncompleteError
from pywidget.tunnel.ports import Refusal, TlsError, WireError

Failure = WireError | TlsError | HttpError


def explain_unsent(failure: WireError | TlsError) -> UnreachableError:
    """Explain what ended the connection before the request was handed to it."""
    reason: Reason | None
    if isinstance(failure, TlsError):
        if failure.certificate_causes:
            return CertificateRefusedError(failure.certificate_causes)
        return build_closed_way_error(Code.TUNNEL_FAILED)
    match failure.refusal:
        case Refusal.NOBODY:
            return build_closed_way_error(Code.TUNNEL_FAILED)
        case Refusal.NOT_ALLOWED:
            return build_closed_way_error(Code.TUNNEL_REFUSED)
        case Refusal.BUSY:
            reason = Reason.TUNNEL_BUSY
        case Refusal.NO_TARGET:
            reason = Reason.NO_TARGET
        case None:
            reason = None
    return UnreachableError(Code.NETWORK, reason, may_have_arrived=False)


def explain_sent(failure: Failure, *, has_begun: bool) -> UnreachableError:
    """Explain what ended it after that; `has_begun` says whether part of the response came."""
    match failure:
        case WireError() | IncompleteError():
            reason = Reason.BROKE_OFF if has_begun else Reason.CUT_OFF
        case TlsError():
            reason = Reason.DAMAGED
        case HttpError():
            reason = Reason.UNREADABLE
    return UnreachableError(Code.NETWORK, reason)


def explain_slow(*, was_sent: bool) -> UnreachableError:
    """Explain that Zoom took too long."""
    return UnreachableError(Code.TIMEOUT, may_have_arrived=was_sent)
