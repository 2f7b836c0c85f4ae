"""The messages of other tabs: any page of the origin may send any text at any time.

A tab that is signed in stays signed in, with its own token; and no refresh token is ever told.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

from pywidget.connection import token_store
from pywidget.connection.token_store import format_token
from pywidget.domain.secret import Secret
from pywidget.meetings import intent_store
from pywidget.zoom.token import Token
from tests.doubles.clock import NOW, run
from tests.doubles.storage import TabStorage
from tests.doubles.transport import ScriptedTransport
from tests.fuzz.oracles import assert_leads_to_zoom
from tests.fuzz.target import PART, Target, join
from tests.world import World

_REFRESH = "s3cr3t-mine-refresh"
_MINE = Token(
    Secret("s3cr3t-mine"), Secret(_REFRESH), NOW + timedelta(minutes=30), None, signed_in_at=NOW
)
_LATER = replace(_MINE, access=Secret("s3cr3t-later"), expires_at=NOW + timedelta(hours=1))
_QUESTION = "the-question"  # stands for what the tab without a token has asked
_TURNS = 4  # of the event loop: a message, its answer, and what that sets off
_MOST = 8  # messages


def _say(kind: str, **fields: object) -> str:
    return json.dumps({"kind": kind, **fields})


def check(text: str) -> None:
    """Let a tab that is signed in, and one that is not, hear every part in turn."""
    for token in (_MINE, None):
        run(_hear(text.split(PART)[:_MOST], token))


async def _hear(messages: list[str], token: Token | None) -> None:
    failures: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, found: failures.append(found))
    world = World(ScriptedTransport(), storage=TabStorage(), local_storage=TabStorage())
    if token is not None:
        world.tokens.save(token)
    world.get_services()
    question = _find_question(world.channel.told)
    told = [message.replace(_QUESTION, question) for message in (*messages, _say("ask-made"))]
    for message in told:
        world.channel.tell(message)
        for _ in range(_TURNS):
            await asyncio.sleep(0)
    world.close()
    assert not failures, failures[0]
    stored = world.tokens.load()
    if token is None:
        assert stored is None or stored.refresh is None, "a refresh token came from elsewhere"
    else:
        assert stored == token, "another page's word changed the sign-in"
    for key in world.storage.items:
        assert key == token_store.KEY or key.startswith(intent_store.PREFIX)
    for answer in set(world.channel.told) - set(told):
        assert _REFRESH not in answer, "the refresh token was told"
        link = json.loads(answer).get("link")
        if link is not None:
            assert_leads_to_zoom(link)


def _find_question(told: list[str]) -> str:
    questions = [json.loads(message).get("question") for message in told]
    return next((question for question in questions if question), "")


_INTENT = json.dumps({"topic": "t", "starts_at": "2026-03-05T23:00:00+00:00"})
TARGET = Target(
    "tab-messages",
    check,
    seeds=(
        _say("token", question=_QUESTION, token=format_token(_LATER), proof="p"),
        join(
            _say("ask-token", question="q", refused="", may_renew="yes"),
            _say("token", question="q", token=format_token(_LATER), proof="p"),
        ),
        join(_say("signed-in"), _say("forget-token", proof="p"), _say("forget-token")),
        join(
            _say("renewing-token", question=_QUESTION),
            _say("not-renewed", question=_QUESTION, is_over="yes"),
            _say("token", question=_QUESTION, token=format_token(_MINE), proof=""),
        ),
        join(
            _say("begun", appointment="812", intent=_INTENT),
            _say("made", appointment="812", link="https://zoom.us/j/86012345678?pwd=s3cr3t"),
            _say("ask-made"),
        ),
        join(
            _say("removed", appointment="812", room="86012345678"), _say("settled", appointment="")
        ),
        join(_say("begun", appointment="813", intent="{}"), _say("made", link="javascript:1")),
    ),
    pieces=(
        *("null", "true", "NaN", "1e999", "9" * 5000, '"\\ud800"', "\ud800", "[[[", "{}", '""'),
        *('"kind"', '"token"', '"ask-token"', '"forget-token"', '"signed-in"', '"renewing-token"'),
        *('"begun"', '"made"', '"settled"', '"removed"', '"ask-made"', '"appointment"', '"intent"'),
        *(
            '"link"',
            '"room"',
            "__proto__",
            '"question"',
            '"proof"',
            '"not-renewed"',
            _QUESTION,
            '"0001-01-01T00:00:00+23:59"',
            '"family"',
            PART,
        ),
    ),
    steps=4000,
)
