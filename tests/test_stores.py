"""What is kept in the tab's storage, and what of it is believed."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

import pytest

from pywidget.connection import attempt_store, token_store
from pywidget.connection.attempt_store import AttemptStore, Returned
from pywidget.connection.departure import Departure, Draft, format_departure, parse_departure
from pywidget.connection.last_end import LastEnd
from pywidget.connection.token_store import TokenStore
from pywidget.connection.wanted import Wanted
from pywidget.domain.errors import Code, WidgetError
from pywidget.domain.secret import Secret
from pywidget.meetings import intent_store
from pywidget.meetings.hosted_store import KEY, HostedStore
from pywidget.meetings.intent_store import CreateIntent, IntentStore
from pywidget.settings import Settings
from pywidget.zoom.authorization import SignInAttempt
from pywidget.zoom.token import Token
from tests.doubles.clock import NOW, run
from tests.doubles.storage import TabStorage
from tests.doubles.transport import ScriptedTransport
from tests.world import SETTINGS, World
from tests.zoom.answers import MEETING, USER

ATTEMPT = SignInAttempt("st-1", Secret("verifier"), "client", "https://app.example/cb", "812", NOW)
TOKEN = Token(Secret("access"), Secret("refresh"), NOW + timedelta(hours=1), frozenset({"a", "b"}))
FORGETFUL_SETTINGS = replace(SETTINGS, remembers_in_browser=False)
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
    TokenStore(storage, LastEnd(TabStorage())).save(TOKEN)
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
    store = TokenStore(TabStorage(), LastEnd(TabStorage()))
    assert store.load() is None
    store.save(token)
    assert store.load() == token
    store.forget()
    assert store.load() is None


def test_a_record_of_an_earlier_version_was_signed_in_no_earlier_than_granted() -> None:
    storage = TabStorage()
    storage.set(token_store.KEY, json.dumps(GOOD_RECORD))
    token = TokenStore(storage, LastEnd(TabStorage())).load()
    assert token is not None
    assert token.signed_in_at == NOW - timedelta(hours=1)


def test_a_token_is_under_one_key() -> None:
    storage = TabStorage()
    TokenStore(storage, LastEnd(TabStorage())).save(TOKEN)
    assert list(storage.items) == ["pywidget:v1:token"]


GOOD_RECORD: dict[str, Any] = {
    "access_token": "access",
    "refresh_token": None,
    "expires_at": NOW.isoformat(),
    "scopes": None,
}


BAD_VALUES: dict[str, list[object]] = {
    "access_token": ["", None, 5, [], "\ud800", "a\nb"],
    "refresh_token": [5, [], {}, "", "é"],
    "signed_in_at": [5, "", "soon", []],
    "family": [5, []],
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
    assert TokenStore(storage, LastEnd(TabStorage())).load() is not None
    storage.set(token_store.KEY, text)
    assert TokenStore(storage, LastEnd(TabStorage())).load() is None


def test_a_duplicated_tab_has_the_token_and_its_own_life() -> None:
    storage = TabStorage()
    TokenStore(storage, LastEnd(TabStorage())).save(TOKEN)
    copy = storage.duplicate_tab()
    TokenStore(storage, LastEnd(TabStorage())).forget()
    assert TokenStore(copy, LastEnd(TabStorage())).load() == TOKEN


# A sign-in that the page left for


DRAFT = Draft("Allergic to latex.\n\U0001f9d6", "Allergic", 3, 8)
DEPARTURES = [
    Departure("https://app.example/book?day=2#812", Wanted.CREATE, DRAFT),
    Departure("https://app.example/", Wanted.REMOVE_AND_TELL, None),
]


def answer_in(storage: TabStorage, state: str, query: object) -> None:
    """As `web/callback.js` does it."""
    key = attempt_store.PREFIX + state
    storage.items[key] = json.dumps({**json.loads(storage.items[key]), "query": query})


@pytest.mark.parametrize("departure", DEPARTURES)
def test_a_departure_comes_back_with_its_answer_and_once(departure: Departure) -> None:
    storage = TabStorage()
    store = AttemptStore(storage)
    store.save(ATTEMPT)
    store.save(ATTEMPT, departure)
    assert json.loads(next(iter(storage.items.values())))["return_to"] == departure.return_to
    assert store.take_returned() == []  # not answered yet
    answer_in(storage, "st-1", "?state=st-1&code=s3cr3t")
    (returned,) = store.take_returned()
    assert returned == Returned(ATTEMPT, departure, "?state=st-1&code=s3cr3t")
    assert "s3cr3t" not in repr(returned)
    assert store.take_returned() == []
    assert storage.items == {}


@pytest.mark.parametrize("query", [None, 5, ["?code=x"], {}])
def test_what_is_no_answer_is_not_taken_for_one(query: object) -> None:
    storage = TabStorage()
    store = AttemptStore(storage)
    store.save(ATTEMPT, DEPARTURES[0])
    answer_in(storage, "st-1", query)
    assert store.take_returned() == []
    assert list(storage.items) == ["pywidget:v1:sign-in:st-1"]


@pytest.mark.parametrize(
    "changes",
    [
        {"return_to": None, "draft": 5},
        {"wanted": "everything"},
        {"wanted": None},
        {"draft": {}},
        {"draft": {**asdict(DRAFT), "start": "x"}},
        {"draft": {**asdict(DRAFT), "end": None}},
        {"draft": {**asdict(DRAFT), "end": float("inf")}},
        {"draft": [1]},
    ],
)
def test_a_departure_that_cannot_be_read_is_none(changes: dict[str, object]) -> None:
    record = json.loads(format_departure(DEPARTURES[0]))
    assert parse_departure(json.dumps(record)) == DEPARTURES[0]
    assert parse_departure(json.dumps({**record, **changes})) is None


@pytest.mark.parametrize("text", GARBAGE)
def test_garbage_is_no_departure(text: str) -> None:
    assert parse_departure(text) is None


# What was about to be created


INTENT = CreateIntent("812", "Appointment with Dána “Lee” \U0001f9d6", NOW)


def test_all_intents_of_a_tab_can_be_listed() -> None:
    storage = TabStorage()
    store = IntentStore(storage)
    other = replace(INTENT, appointment="8:13 \U0001f9d6")
    for intent in (INTENT, other):
        store.save(intent)
    storage.set(intent_store.PREFIX + "broken", "{")
    storage.set("the-hosts-own", "x")
    assert store.find_all() == [INTENT, other]


def test_an_intent_stays_until_it_is_settled() -> None:
    storage = TabStorage()
    store = IntentStore(storage)
    store.save(INTENT)
    assert list(storage.items) == ["pywidget:v1:create:812"]
    assert store.find("812") == IntentStore(storage).find("812") == INTENT
    assert store.find("813") is None
    store.settle("813")
    assert store.find("812") == INTENT
    store.settle("812")
    store.settle("812")
    assert storage.items == {}


@pytest.mark.parametrize(
    "text",
    [
        *GARBAGE,
        json.dumps({"topic": "x"}),
        json.dumps({"starts_at": NOW.isoformat()}),
        json.dumps({"topic": "x", "starts_at": "soon"}),
        json.dumps({"topic": "x", "starts_at": 5}),
        json.dumps({"topic": "x", "starts_at": "0001-01-01T00:00:00+14:00"}),
    ],
)
def test_an_intent_that_cannot_be_read_is_none(text: str) -> None:
    storage = TabStorage()
    storage.set(intent_store.PREFIX + "812", text)
    assert IntentStore(storage).find("812") is None


# Which meetings are this user's own


def test_a_proof_is_of_a_meeting_and_a_user_together() -> None:
    store = HostedStore(TabStorage())
    store.add("86012345678", "maya")
    assert store.has("86012345678", "maya")
    assert not store.has("86012345678", "kim")
    assert not store.has("99912345678", "maya")
    assert not store.has("8601234567", "8 maya")


def test_a_proof_tells_neither_meeting_nor_user() -> None:
    storage = TabStorage()
    HostedStore(storage).add("86012345678", "maya-user-id")
    ((key, text),) = storage.items.items()
    assert key == "pywidget:v1:hosted"
    (proof,) = json.loads(text)
    assert re.fullmatch("[0-9a-f]{16}", proof)
    assert "860" not in proof or "86012345678" not in text
    assert "maya" not in text


def test_a_meeting_that_is_seen_often_takes_one_place() -> None:
    storage = TabStorage()
    store = HostedStore(storage)
    for _ in range(3):
        store.add("86012345678", "maya")
    assert len(json.loads(storage.items["pywidget:v1:hosted"])) == 1


def test_five_hundred_are_remembered_and_the_oldest_goes_first() -> None:
    storage = TabStorage()
    store = HostedStore(storage)
    for number in range(500):
        store.add(str(10**10 + number), "maya")
    store.add(str(10**10), "maya")  # seen again: it is young now
    store.add("99912345678", "maya")
    assert len(json.loads(storage.items["pywidget:v1:hosted"])) == 500
    assert not store.has(str(10**10 + 1), "maya")
    for number in (0, 2, 499):
        assert store.has(str(10**10 + number), "maya")
    assert store.has("99912345678", "maya")


@pytest.mark.parametrize("text", [*GARBAGE, "[5, null, {}]", '["x", "0123"]', '{"a": 1}'])
def test_proofs_that_cannot_be_read_are_none_and_do_no_harm(text: str) -> None:
    storage = TabStorage()
    storage.set("pywidget:v1:hosted", text)
    store = HostedStore(storage)
    assert not store.has("86012345678", "maya")
    store.add("86012345678", "maya")
    assert store.has("86012345678", "maya")
    assert len(json.loads(storage.items["pywidget:v1:hosted"])) == 1


@pytest.mark.parametrize(
    ("settings", "where"), [(SETTINGS, "local"), (FORGETFUL_SETTINGS, "session")]
)
def test_proofs_are_kept_where_the_embedder_says(settings: Settings, where: str) -> None:
    world = World(ScriptedTransport(), settings=settings)
    world.sign_in_already()
    world.transport.reply(200, MEETING)
    world.transport.reply(200, USER)
    run(world.hosted_meetings.look_up("86012345678"))
    stores = {"local": world.local_storage, "session": world.storage}
    assert [name for name, store in stores.items() if KEY in store.items] == [where]


def test_refused_storage_is_explained() -> None:
    storage = TabStorage()
    storage.is_refused = True
    with pytest.raises(WidgetError) as caught:
        TokenStore(storage, LastEnd(TabStorage())).load()
    assert caught.value.code is Code.STORAGE_UNAVAILABLE


def test_a_user_whose_id_has_no_encoding_is_known_like_any_other() -> None:
    store = HostedStore(TabStorage())
    store.add("86012345678", "half a pair \ud800")
    assert store.has("86012345678", "half a pair \ud800")


def test_a_draft_keeps_the_notes_out_of_sight() -> None:
    assert "s3cr3t" not in repr(Draft("pwd=s3cr3t", "pwd=s3cr3t", 0, 0))
