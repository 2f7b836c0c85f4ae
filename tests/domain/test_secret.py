"""A secret does not show, wherever it ends up."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass
from datetime import UTC, datetime
from pprint import pformat

import pytest

from pywidget.domain.errors import Code, HostPageError, WidgetError
from pywidget.domain.join_link import parse_join_link
from pywidget.domain.meeting import Meeting
from pywidget.domain.note_line import Edit
from pywidget.domain.secret import Secret
from pywidget.zoom.authorization import AuthorizationCode, SignInAttempt
from pywidget.zoom.http import Request, Response
from pywidget.zoom.token import Token

PLAIN = "s3cr3t-text"
SECRET = Secret(PLAIN)
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def test_it_is_revealed_on_demand() -> None:
    assert SECRET.reveal() == PLAIN
    assert Secret(PLAIN) == SECRET
    assert Secret("other") != SECRET


def test_it_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        SECRET._text = "x"  # type: ignore[misc] # noqa: SLF001 - that is the point


@pytest.mark.parametrize(
    "show",
    [
        repr,
        str,
        ascii,
        pformat,
        "{}".format,
        "{!r:>40}".format,
        lambda secret: f"{secret}",
        lambda secret: f"{secret!s}",
        lambda secret: f"{secret=}",
        lambda secret: "%s %r" % (secret, secret),  # noqa: UP031 - one more way
        lambda secret: repr([secret, {"token": secret}, (secret,)]),
        lambda secret: str(ValueError(secret)),
    ],
)
def test_no_way_of_writing_shows_it(show: Callable[[object], str]) -> None:
    assert PLAIN not in show(SECRET)


def make_attempt() -> SignInAttempt:
    return SignInAttempt("state", SECRET, "client", "https://app.example/cb", "812", NOW)


@dataclass
class Holder:
    secret: Secret


def list_holders() -> list[object]:
    link = parse_join_link(f"https://zoom.us/w/86012345678?tk={PLAIN}&pwd={PLAIN}")
    assert link is not None
    return [
        Holder(SECRET),
        make_attempt(),
        AuthorizationCode(SECRET, make_attempt()),
        Token(SECRET, SECRET, NOW, frozenset()),
        Request("POST", "https://zoom.us/oauth/token", {"Authorization": PLAIN}, PLAIN.encode()),
        Response(200, {"x": PLAIN}, PLAIN.encode()),
        link,
        Meeting("86012345678", "t", link, NOW, SECRET, "host"),
        Edit(0, 0, PLAIN),
    ]


@pytest.mark.parametrize("holder", list_holders(), ids=lambda holder: type(holder).__name__)
def test_what_holds_one_does_not_show_it_either(holder: object) -> None:
    assert PLAIN not in f"{holder!r} {holder} {pformat(holder)}"


def test_a_traceback_with_its_local_variables_does_not_show_it() -> None:
    def fail(secret: Secret) -> None:
        raise RuntimeError(f"cannot use {secret}")

    try:
        fail(SECRET)
    except RuntimeError as error:
        shown = traceback.TracebackException.from_exception(error, capture_locals=True)
    text = "".join(shown.format())
    assert "secret = Secret" in text
    # This file's own line above names the constant, not its text.
    assert PLAIN not in text.replace(f"PLAIN = {PLAIN!r}", "")


def test_a_log_does_not_show_it(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("test").warning("got %s and %r", SECRET, make_attempt())
    assert "Secret" in caplog.text
    assert PLAIN not in caplog.text


@pytest.mark.parametrize("error", [WidgetError, HostPageError])
def test_an_error_shows_its_code(error: type[WidgetError]) -> None:
    raised = error(Code.NETWORK)
    assert str(raised) == "network"
    assert raised.code is Code.NETWORK
