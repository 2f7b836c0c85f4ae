"""What went wrong in a tunnel, in words for the user, and whether Zoom may have got the request.

Facts: nothing is sent before the certificate is found to be Zoom's. What was handed to the wire
counts as sent, whatever became of it: the forwarder tells nobody how far it got.
"""

from __future__ import annotations

from pywidget.domain.errors import (
    CertificateRefusedError,
    Code,
    UnreachableError,
    way_is_closed,
)
from pywidget.tunnel.http_exchange import HttpError, IncompleteError
from pywidget.tunnel.ports import Refusal, TlsError, WireError

Failure = WireError | TlsError | HttpError


def explain_unsent(failure: WireError | TlsError) -> UnreachableError:
    """What ended the connection before the request was handed to it."""
    if isinstance(failure, TlsError):
        if failure.certificate_causes:
            return CertificateRefusedError(failure.certificate_causes)
        return way_is_closed(Code.TUNNEL_FAILED)
    match failure.refusal:
        case Refusal.NOBODY:
            return way_is_closed(Code.TUNNEL_FAILED)
        case Refusal.NOT_ALLOWED:
            message = (
                "This site does not let you through to Zoom: your session here may have ended. "
                "Sign in to this site again. If that does not help, tell your administrator: "
                f"{Code.TUNNEL_REFUSED}."
            )
            return UnreachableError(Code.TUNNEL_REFUSED, message, may_have_arrived=False)
        case Refusal.BUSY:
            message = "This site is letting too many through to Zoom. Try again in a moment."
        case Refusal.NO_TARGET:
            message = "This site could not reach Zoom for you. Try again in a moment."
        case None:
            message = "Zoom could not be reached. Check the network connection, then try again."
    return UnreachableError(Code.NETWORK, message, may_have_arrived=False)


def explain_sent(failure: Failure, *, has_begun: bool) -> UnreachableError:
    """What ended the connection after that; `has_begun` says whether some of the answer came."""
    match failure:
        case WireError() | IncompleteError():
            what = (
                "Zoom's answer broke off." if has_begun else "Zoom was cut off before it answered."
            )
        case TlsError():
            what = "Zoom's answer was damaged on its way."
        case HttpError():
            what = "Zoom's answer could not be read."
    return UnreachableError(Code.NETWORK, f"{what} Try again.")


def explain_slow(*, was_sent: bool) -> UnreachableError:
    """Nobody waits any longer."""
    message = "Zoom took too long to answer. Try again."
    return UnreachableError(Code.TIMEOUT, message, may_have_arrived=was_sent)
