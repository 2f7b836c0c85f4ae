"""What is kept in the tab's storage, and what of it is believed."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from pywidget.app import attempt_store, token_store
from pywidget.app.attempt_store import AttemptStore
from pywidget.app.token_store import TokenStore
from pywidget.domain.errors import Code, WidgetError
from pywidget.domain.secret import Secret
from pywidget.zoom.authorization import SignInAttempt
from pywidget.zoom.token import Token
from tests.doubles.clock import NOW
from tests.doubles.storage import TabStorage

ATTEMPT = SignInAttempt("st-1", Secret("verifier"), "client", "https://app.example/cb", "812", NOW)
TOKEN = Token(Secret("access"), Secret("refresh"), NOW + timedelta(hours=1), frozenset({"a", "b"}))
GARBAGE = ["", "null", "[]", '"x"', "{}", "{", "5", "[" * 100_000, '{"access_token": 5}']


def test_an_attempt_has_a_key_of_its_own_and_is_taken_once() -> None:
    storage = TabStorage()
    store = AttemptStore(storage)
    store.save(ATTEMPT)
    assert list(storage.items) == ["pywidget:v1:sign-in:st-1"]
    assert store.take("st-1") == ATTEMPT
    assert storage.items == {}
    assert store.take("st-1") is None


def test_another_attempts_state_takes_nothing() -> None:
    store = AttemptStore(TabStorage())
    store.save(ATTEMPT)
    assert store.take("st-2") is None
    assert store.take("st-1") == ATTEMPT


@pytest.mark.parametrize(
    "text",
    [
        *GARBAGE,
        json.dumps({"verifier": "v", "started_at": "soon"}),
        json.dumps(
            {
                **dict.fromkeys(("verifier", "client_id", "redirect_uri", "appointment"), "x"),
                "started_at": 5,
            }
        ),
    ],
)
def test_an_attempt_that_cannot_be_read_is_none_and_gone(text: str) -> None:
    storage = TabStorage()
    storage.set(attempt_store.PREFIX + "st-1", text)
    assert AttemptStore(storage).take("st-1") is None
    assert storage.items == {}


def test_sweeping_drops_old_attempts_and_nothing_else() -> None:
    storage = TabStorage()
    store = AttemptStore(storage)
    store.save(ATTEMPT)
    storage.set(attempt_store.PREFIX + "broken", "{")
    storage.set("the-hosts-own", "x")
    TokenStore(storage).save(TOKEN)
    store.sweep(NOW + timedelta(minutes=10))
    assert sorted(storage.items) == [
        "pywidget:v1:sign-in:st-1",
        "pywidget:v1:token",
        "the-hosts-own",
    ]
    store.sweep(NOW + timedelta(minutes=10, seconds=1))
    assert sorted(storage.items) == ["pywidget:v1:token", "the-hosts-own"]


@pytest.mark.parametrize(
    "token",
    [TOKEN, Token(Secret("access"), None, NOW, None), Token(Secret("a"), None, NOW, frozenset())],
)
def test_a_token_comes_back_as_it_was(token: Token) -> None:
    store = TokenStore(TabStorage())
    assert store.load() is None
    store.save(token)
    assert store.load() == token
    store.forget()
    assert store.load() is None


def test_a_token_is_under_one_key() -> None:
    storage = TabStorage()
    TokenStore(storage).save(TOKEN)
    assert list(storage.items) == ["pywidget:v1:token"]


GOOD_RECORD: dict[str, Any] = {
    "access_token": "access",
    "refresh_token": None,
    "expires_at": NOW.isoformat(),
    "scopes": None,
}


BAD_VALUES: dict[str, list[object]] = {
    "access_token": ["", None, 5, []],
    "refresh_token": [5, [], {}],
    "expires_at": [None, 5, "", "soon", "0001-01-01T00:00:00+14:00"],
    "scopes": ["a b", 5, {}],
}


@pytest.mark.parametrize(
    "text",
    [
        *GARBAGE,
        *(
            json.dumps({**GOOD_RECORD, name: value})
            for name, values in BAD_VALUES.items()
            for value in values
        ),
        *(
            json.dumps({name: value for name, value in GOOD_RECORD.items() if name != missing})
            for missing in GOOD_RECORD
        ),
    ],
)
def test_what_cannot_be_read_as_a_token_is_none(text: str) -> None:
    storage = TabStorage()
    storage.set(token_store.KEY, json.dumps(GOOD_RECORD))
    assert TokenStore(storage).load() is not None
    storage.set(token_store.KEY, text)
    assert TokenStore(storage).load() is None


def test_a_duplicated_tab_has_the_token_and_its_own_life() -> None:
    storage = TabStorage()
    TokenStore(storage).save(TOKEN)
    copy = storage.duplicate_tab()
    TokenStore(storage).forget()
    assert TokenStore(copy).load() == TOKEN


def test_refused_storage_is_explained() -> None:
    storage = TabStorage()
    storage.is_refused = True
    with pytest.raises(WidgetError) as caught:
        TokenStore(storage).load()
    assert caught.value.code is Code.STORAGE_UNAVAILABLE
