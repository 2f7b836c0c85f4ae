"""Which tokens a Disconnect voids, whatever clocks and storage do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pywidget.connection.last_end import KEY, LastEnd
from pywidget.domain.secret import Secret
from pywidget.zoom.token import Token
from tests.doubles.clock import NOW
from tests.doubles.storage import TabStorage

MINUTE = timedelta(minutes=1)
INSTANT = timedelta(microseconds=1)


def build_token(signed_in_at: datetime) -> Token:
    return Token(Secret("access"), None, NOW + 60 * MINUTE, None, signed_in_at=signed_in_at)


@pytest.fixture
def storage() -> TabStorage:
    return TabStorage()


@pytest.fixture
def last_end(storage: TabStorage) -> LastEnd:
    return LastEnd(storage)


@pytest.mark.parametrize(
    ("after", "is_void"), [(-MINUTE, True), (0 * MINUTE, True), (INSTANT, False), (MINUTE, False)]
)
def test_a_token_is_void_up_to_the_instant_of_the_end(
    last_end: LastEnd, after: timedelta, *, is_void: bool
) -> None:
    last_end.record(NOW, None)
    assert last_end.voids(build_token(NOW + after)) is is_void


def test_without_an_end_no_token_is_void(last_end: LastEnd) -> None:
    assert not last_end.voids(build_token(datetime.min.replace(tzinfo=UTC)))


def test_the_end_is_kept_as_a_time_and_nothing_else(storage: TabStorage) -> None:
    LastEnd(storage).record(NOW, build_token(NOW - MINUTE))
    assert storage.items == {KEY: NOW.isoformat()}
    assert KEY == "pywidget:v1:ended"


def test_a_clock_that_was_set_back_makes_no_end_earlier(last_end: LastEnd) -> None:
    last_end.record(NOW, None)
    last_end.record(NOW - 60 * MINUTE, None)
    assert last_end.voids(build_token(NOW))
    last_end.record(NOW + MINUTE, None)
    assert last_end.voids(build_token(NOW + MINUTE))


def test_the_token_that_ends_is_void_though_its_clock_was_ahead(last_end: LastEnd) -> None:
    token = build_token(NOW + MINUTE)
    last_end.record(NOW, token)
    assert last_end.voids(token)
    assert not last_end.voids(build_token(NOW + MINUTE + INSTANT))


@pytest.mark.parametrize("before", [0 * MINUTE, MINUTE])
def test_a_sign_in_with_a_clock_set_back_is_let_in_right_after_the_end(
    last_end: LastEnd, before: timedelta
) -> None:
    last_end.record(NOW, None)
    token = build_token(NOW - before)
    let_in = last_end.let_in(token)
    assert let_in == replace(token, signed_in_at=NOW + INSTANT)
    assert not last_end.voids(let_in)
    assert last_end.voids(token)


def test_any_other_sign_in_keeps_its_time(last_end: LastEnd) -> None:
    assert last_end.let_in(build_token(NOW)) == build_token(NOW)
    last_end.record(NOW - INSTANT, None)
    assert last_end.let_in(build_token(NOW)) == build_token(NOW)


def test_an_end_after_which_there_is_no_time_is_forgotten(storage: TabStorage) -> None:
    """Else nobody could ever sign in again."""
    storage.set(KEY, datetime.max.replace(tzinfo=UTC).isoformat())
    last_end = LastEnd(storage)
    assert last_end.let_in(build_token(NOW)) == build_token(NOW)
    assert storage.items == {}


def test_a_record_in_another_zone_is_the_same_instant(storage: TabStorage) -> None:
    storage.set(KEY, "2026-03-02T10:00:00-05:00")
    last_end = LastEnd(storage)
    ended = datetime(2026, 3, 2, 15, tzinfo=UTC)
    assert last_end.voids(build_token(ended))
    assert not last_end.voids(build_token(ended + INSTANT))


@pytest.mark.parametrize("text", ["", "soon", "0", "2026-99", "0001-01-01T00:00:00+14:00"])
def test_a_record_that_is_no_instant_is_none(storage: TabStorage, text: str) -> None:
    storage.set(KEY, text)
    last_end = LastEnd(storage)
    assert not last_end.voids(build_token(NOW - 60 * MINUTE))
    last_end.record(NOW, None)
    assert storage.items == {KEY: NOW.isoformat()}


def test_where_nothing_can_be_stored_nothing_is_void(storage: TabStorage) -> None:
    last_end = LastEnd(storage)
    storage.quota = 0
    last_end.record(NOW, None)
    assert storage.items == {}
    storage.is_refused = True
    last_end.record(NOW, None)
    assert not last_end.voids(build_token(NOW))
    assert last_end.let_in(build_token(NOW)) == build_token(NOW)
