"""A whole sign-in: a stored attempt, the query that came back, and the token endpoint's answer.

What is refused leaves nothing behind: no token, no attempt.
"""

from __future__ import annotations

import asyncio
import json

from pywidget.connection import attempt_store, token_store
from pywidget.domain.errors import WidgetError
from pywidget.zoom.http import Response
from pywidget.zoom.token import Token, parse_token_response
from tests.doubles.clock import NOW, run
from tests.doubles.storage import TabStorage
from tests.doubles.transport import ScriptedTransport
from tests.fuzz.oracles import assert_says_no_secret
from tests.fuzz.target import Target, join, split
from tests.fuzz.targets.token_answer import TARGET as TOKEN_ANSWERS
from tests.fuzz.targets.token_answer import read_answer
from tests.world import World

_KEY = f"{attempt_store.PREFIX}st-1"


def check(text: str) -> None:
    """Read the parts as the stored attempt, the answer's status, and its body."""
    record, status, body = split(text, 3)
    run(_sign_in(record, read_answer(status, body)))


async def _sign_in(record: str, answer: Response) -> World:
    """Return the page, which has to live until what it waits for is called off."""
    transport = ScriptedTransport()
    transport.always("POST", "/oauth/token", answer.status, answer.body)
    world = World(transport, storage=TabStorage(), local_storage=TabStorage())
    world.storage.set(_KEY, record)
    world.sign_in.resume()
    resumed = world.sign_in.take_resumed(_find_appointment(record))
    try:
        if resumed is None:
            assert not transport.sent
        else:
            await asyncio.wait([resumed.progress.finished])
            _check_outcome(world, resumed.progress.finished.exception(), _read(answer))
    finally:
        world.close()
    return world


def _check_outcome(world: World, error: BaseException | None, expected: Token | None) -> None:
    stored = world.tokens.load()
    assert _KEY not in world.storage.items, "an attempt is used once"
    if error is None:
        assert stored is not None
        assert expected is not None
        assert (stored.access, stored.refresh) == (expected.access, expected.refresh)
    else:
        assert isinstance(error, WidgetError), f"{type(error).__name__} is none of ours"
        assert_says_no_secret(error)
        assert token_store.KEY not in world.storage.items, "what was refused is stored"


def _find_appointment(record: str) -> str:
    try:
        return str(json.loads(record)["appointment"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""


def _read(answer: Response) -> Token | None:
    try:
        return parse_token_response(answer, now=NOW)
    except WidgetError:
        return None


def _returned(query: str) -> str:
    departure = {"return_to": "https://app.example/book", "wanted": "create", "draft": None}
    record = {
        "verifier": "s3cr3t-verifier",
        "client_id": "client-1",
        "redirect_uri": "https://app.example/zoom/callback.html",
        "appointment": "812",
        "started_at": NOW.isoformat(),
        "query": query,
        "departure": json.dumps(departure),
    }
    return json.dumps(record)


_GOOD = _returned("?code=s3cr3t-code&state=st-1")
TARGET = Target(
    "sign-in",
    check,
    seeds=(
        *(join(_GOOD, seed) for seed in TOKEN_ANSWERS.seeds),
        join(_returned("?error=access_denied&state=st-1"), TOKEN_ANSWERS.seeds[0]),
        join(_returned("?code=s3cr3t-code&state=st-2"), TOKEN_ANSWERS.seeds[0]),
    ),
    pieces=(
        *TOKEN_ANSWERS.pieces,
        "state=st-1",
        "&",
        "code=",
        "%ed%a0%80",
        '"query"',
        '"verifier"',
    ),
    steps=400,
)
