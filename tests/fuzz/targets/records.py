"""What a tab finds in its storage: anyone with the console may have written it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from pywidget.connection import attempt_store, last_end, token_store
from pywidget.connection.attempt_store import AttemptStore
from pywidget.connection.departure import Departure, format_departure, parse_departure
from pywidget.connection.last_end import LastEnd
from pywidget.connection.token_store import TokenStore
from pywidget.connection.wanted import Wanted
from pywidget.domain.secret import Secret
from pywidget.meetings import hosted_store, intent_store
from pywidget.meetings.hosted_store import HostedStore
from pywidget.meetings.intent_store import IntentStore, format_intent, parse_intent
from pywidget.zoom.authorization import SignInAttempt
from pywidget.zoom.token import Token
from tests.doubles.clock import NOW
from tests.doubles.storage import TabStorage
from tests.fuzz.oracles import assert_shows_no_secret
from tests.fuzz.target import Target

_SIGNED_IN = Token(Secret("a"), Secret("r"), NOW + timedelta(hours=1), None, signed_in_at=NOW)
_NOWHERE = Departure("", Wanted.NOTHING, None)
_ATTEMPT = f"{attempt_store.PREFIX}st-1"
_INTENT = f"{intent_store.PREFIX}812"


def check(text: str) -> None:
    """Put one text into every place, and use every store."""
    _check_token(text)
    _check_last_end(text)
    _check_attempts(text)
    _check_departure(text)
    _check_intents(text)
    _check_hosted(text)


def _check_token(text: str) -> None:
    storage = TabStorage()
    store = TokenStore(storage, LastEnd(TabStorage()))
    storage.set(token_store.KEY, text)
    token = store.load()
    if token is not None:
        for secret in (token.access, token.refresh, token.inherited):
            assert_shows_no_secret(secret)
        assert token.access.reveal()
        token.is_fresh(NOW)
        store.save(token)
        assert store.load() == token


def _check_last_end(text: str) -> None:
    """Whatever stands there: who disconnects is signed out, and who signs in is signed in."""
    storage, local = TabStorage(), TabStorage()
    local.set(last_end.KEY, text)
    store = TokenStore(storage, LastEnd(local))
    store.save_sign_in(_SIGNED_IN)
    kept = store.load()
    assert kept is not None
    assert kept.access == _SIGNED_IN.access
    copy = storage.duplicate_tab()
    store.end(NOW)
    assert store.load() is None
    assert TokenStore(copy, LastEnd(local)).load() is None, "a copy outlives the end"


def _check_attempts(text: str) -> None:
    storage = TabStorage()
    storage.set(_ATTEMPT, text)
    returned = AttemptStore(storage).take_returned()
    for each in returned:
        assert_shows_no_secret(each.departure.draft)
        assert_shows_no_secret(replace(each, departure=_NOWHERE, attempt=_show(each.attempt)))
    assert storage.list_keys() == ([] if returned else [_ATTEMPT])
    storage.set(_ATTEMPT, text)
    attempt = AttemptStore(storage).take("st-1")
    assert storage.list_keys() == [], "an attempt is used once"
    storage.set(_ATTEMPT, text)
    AttemptStore(storage).sweep(NOW)
    if attempt is None:
        assert storage.list_keys() == [], "nobody will ever take it"
        return
    storage = TabStorage()
    AttemptStore(storage).save(attempt)
    assert AttemptStore(storage).take("st-1") == attempt


def _show(attempt: SignInAttempt) -> SignInAttempt:
    """Leave out what may be shown, and may be anything here."""
    return replace(attempt, state="", client_id="", redirect_uri="", appointment="")


def _check_departure(text: str) -> None:
    departure = parse_departure(text)
    if departure is not None:
        assert parse_departure(format_departure(departure)) == departure


def _check_intents(text: str) -> None:
    storage = TabStorage()
    storage.set(_INTENT, text)
    intents = IntentStore(storage).find_all()
    for intent in intents:
        assert intent.appointment == "812"
        assert intent.starts_at.utcoffset() is not None
        assert parse_intent("812", format_intent(intent)) == intent
    IntentStore(storage).settle("812")
    assert storage.list_keys() == []


def _check_hosted(text: str) -> None:
    storage = TabStorage()
    storage.set(hosted_store.KEY, text)
    store = HostedStore(storage)
    store.add("86012345678", "host-1")
    assert store.has("86012345678", "host-1")
    assert len(json.loads(storage.get(hosted_store.KEY) or "")) <= hosted_store.MOST


_DEPARTURE = {
    "return_to": "https://app.example/book",
    "wanted": "create",
    "draft": {"text": "s3cr3t", "opened": "", "start": 1, "end": 2},
}
_RECORD = {
    "verifier": "s3cr3t-verifier",
    "client_id": "client-1",
    "redirect_uri": "https://app.example/cb",
    "appointment": "812",
    "started_at": NOW.isoformat(),
}
_TOKEN = {
    "access_token": "s3cr3t-access",
    "refresh_token": "s3cr3t-refresh",
    "expires_at": "2026-03-02T16:00:00+00:00",
    "scopes": ["user:read:user"],
    "family": "s3cr3t-family",
    "signed_in_at": "2026-03-02T15:00:00+00:00",
}
_INTENT_RECORD = {
    "topic": "Appointment with Dana Lee",
    "starts_at": "2026-03-05T23:00:00+00:00",
    "wall_clock": "2026-03-05T18:00:00",
}
TARGET = Target(
    "records",
    check,
    seeds=(
        json.dumps(_TOKEN),
        json.dumps(_RECORD),
        json.dumps(_DEPARTURE),
        json.dumps({**_RECORD, "query": "?code=s3cr3t", "departure": json.dumps(_DEPARTURE)}),
        json.dumps(_INTENT_RECORD),
        "2026-03-02T15:00:00+00:00",
        "9999-12-31T23:59:59.999999+00:00",
        json.dumps(["0123456789abcdef"] * 501),
    ),
    pieces=(
        *("null", "true", "NaN", "1e999", "-1", "9" * 5000, '"\\ud800"', "\ud800", "[[[", "{}"),
        *("[]", '""', '"0001-01-01T00:00:00+23:59"', '"9999-12-31T23:59:59-23:59"', '"0001-01-01"'),
        *('"9999-12-31"', '"2026-W10-1"', '"access_token"', '"draft"', '"start"', '"wanted"'),
        *('"starts_at"', '"wall_clock"', '"query"', '"departure"', '"scopes"', '"signed_in_at"'),
    ),
)
