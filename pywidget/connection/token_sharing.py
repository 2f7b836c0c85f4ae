"""One sign-in for all tabs of the browser: what they tell each other of its token.

Facts: `sessionStorage` belongs to one tab, and Zoom keeps one grant for each user and app: a second
sign-in kills the first tab's token. So a tab without a token asks for one. Every script of the
origin can speak and listen on the channel, in workers and on pages without the widget, too. So:

* The refresh token is never told. It stays in the tab that got it, which renews for all others.
* A tab takes a token only if it has asked for one because it has none that is of use, or if the
  token follows its own: `proof` shows that the sender has had a token of the same sign-in, too.
* Whoever asks is told the access token, which lasts an hour. `share-sign-in="none"` ends that.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum, auto
from hashlib import sha256
from hmac import compare_digest
from hmac import new as build_hmac
from typing import Any

from pywidget.connection.tab_messages import TabMessages
from pywidget.connection.token_store import format_token, parse_token
from pywidget.connection.waiting import wait_or
from pywidget.domain.errors import WidgetError
from pywidget.domain.secret import Secret
from pywidget.ports import Clock, Randomness
from pywidget.zoom.pkce import encode_base64url
from pywidget.zoom.token import Token

WAIT = 0.25  # seconds for the other tabs to answer; they are in the same browser
LAST_WAIT = 1.0  # seconds, where the sign-in is over without an answer: a tab may be busy
RENEWAL_WAIT = 30.0  # seconds for another tab to have the token renewed by Zoom
_LATEST = timedelta(seconds=RENEWAL_WAIT)  # an answer is taken, though nobody may wait any longer
_QUESTION_BYTES = 16
_YES = "yes"
_FORGET = "forget"


class Answer(Enum):
    """What came of a question."""

    TOKEN = auto()
    NOT_RENEWED = auto()  # a tab has the refresh token, and could not use it this time
    NONE = auto()


class _Question:
    """A question to the other tabs."""

    def __init__(self, asked_at: datetime) -> None:
        self.asked_at = asked_at
        self.answer: asyncio.Future[Answer] = asyncio.Future()
        self.is_renewing = False

    def is_too_old(self, now: datetime) -> bool:
        return now - self.asked_at > _LATEST

    def settle(self, answer: Answer) -> None:
        if not self.answer.done():
            self.answer.set_result(answer)


class TokenSharing:
    """The exchange of the access token with the other tabs.

    Args:
        get_token: Returns this tab's token.
        renew: Returns a token other than the one with the given access token, renewed by this tab.
        take: Takes a token that may be believed, unless this tab's own is as good; returns whether
            the tab has a token now that is as good.
        hear_end: Called when a tab disconnects; says whether it had a token of our sign-in.
    """

    def __init__(
        self,
        messages: TabMessages,
        clock: Clock,
        randomness: Randomness,
        *,
        is_on: bool,
        get_token: Callable[[], Token | None],
        renew: Callable[[Token], Coroutine[Any, Any, Token]],
        take: Callable[[Token], bool],
        hear_end: Callable[[bool], None],
    ) -> None:
        self._messages = messages
        self._clock = clock
        self._randomness = randomness
        self._is_on = is_on
        self._get_token = get_token
        self._renew = renew
        self._take = take
        self._hear_end = hear_end
        self._questions: dict[str, _Question] = {}
        self._tasks: set[asyncio.Task[object]] = set()
        messages.on("forget-token", self._hear_forgotten)
        if is_on:
            messages.on("ask-token", self._hear_question)
            messages.on("renewing-token", self._hear_renewing)
            messages.on("not-renewed", self._hear_not_renewed)
            messages.on("token", self._hear_token)
            messages.on("signed-in", lambda _fields: self._hear_sign_in())

    async def ask(
        self, refused: Secret | None = None, *, may_renew: bool = True, wait: float = WAIT
    ) -> Answer:
        """Ask the other tabs for a token, and take it.

        Args:
            refused: The access token that Zoom does not accept any more.
            may_renew: Whether a tab may renew its token first; for that, it needs the lock.
            wait: Seconds for the first tab to answer.
        """
        if not self._is_on:
            return Answer.NONE
        question = self._pose(refused, may_renew=may_renew)
        if await wait_or(self._clock.sleep(wait), question.answer):
            return question.answer.result()
        if not question.is_renewing:
            return Answer.NONE
        came = await wait_or(self._clock.sleep(RENEWAL_WAIT), question.answer)
        return question.answer.result() if came else Answer.NOT_RENEWED

    def ask_in_passing(self) -> None:
        """Ask without waiting; an answer is taken when it comes."""
        if self._is_on:
            self._pose(None, may_renew=True)

    def tell_sign_in(self) -> None:
        """Tell that there is a new sign-in, and nothing of its token: who lacks one will ask."""
        if self._is_on:
            self._messages.tell("signed-in")

    def tell_successor(self, token: Token, of: Token) -> None:
        """Tell the token to the tabs that have the one before it, or another of its sign-in."""
        if self._is_on:
            self._tell(token, "", key=of)

    def tell_forgotten(self, token: Token | None) -> None:
        """Tell the other tabs that the user has disconnected, with this token."""
        self._messages.tell("forget-token", proof=_prove(token, _FORGET) if token else "")

    def _pose(self, refused: Secret | None, *, may_renew: bool) -> _Question:
        now = self._clock.now()
        self._questions = {
            name: each for name, each in self._questions.items() if not each.is_too_old(now)
        }
        name = encode_base64url(self._randomness.token_bytes(_QUESTION_BYTES))
        question = self._questions[name] = _Question(now)
        self._messages.tell(
            "ask-token",
            question=name,
            refused="" if refused is None else _name(refused),
            may_renew=_YES if may_renew else "",
        )
        return question

    def _tell(self, token: Token, question: str, *, key: Token) -> None:
        text = format_token(replace(token, refresh=None, inherited=token.family))
        proof = _prove(key, question + text)
        self._messages.tell("token", question=question, token=text, proof=proof)

    def _hear_question(self, fields: Mapping[str, str]) -> None:
        token, name = self._get_token(), fields.get("question", "")
        if token is None:
            return
        is_refused = fields.get("refused") == _name(token.access)
        if token.is_fresh(self._clock.now()) and not is_refused:
            self._tell(token, name, key=token)
        elif token.refresh is not None and fields.get("may_renew") == _YES:
            self._messages.tell("renewing-token", question=name)
            self._spawn(self._renew_and_tell(token, name))

    async def _renew_and_tell(self, stale: Token, question: str) -> None:
        try:
            token = await self._renew(stale)
        except WidgetError:
            is_over = self._get_token() is None
            self._messages.tell("not-renewed", question=question, is_over=_YES if is_over else "")
        else:
            self._tell(token, question, key=stale)

    def _hear_renewing(self, fields: Mapping[str, str]) -> None:
        question = self._questions.get(fields.get("question", ""))
        if question is not None:
            question.is_renewing = True

    def _hear_not_renewed(self, fields: Mapping[str, str]) -> None:
        question = self._questions.get(fields.get("question", ""))
        if question is not None:
            is_over = fields.get("is_over") == _YES
            question.settle(Answer.NONE if is_over else Answer.NOT_RENEWED)

    def _hear_token(self, fields: Mapping[str, str]) -> None:
        text, name = fields.get("token", ""), fields.get("question", "")
        token, question = parse_token(text), self._questions.get(name)
        if token is None or not token.is_fresh(self._clock.now()):
            return
        now, mine = self._clock.now(), self._get_token()
        is_kin = mine is not None and _is_proven(mine, name + text, fields)
        lacks_one = mine is None or not (mine.is_fresh(now) or mine.refresh)
        is_asked_for = question is not None and not question.is_too_old(now)
        may_take = is_kin or (lacks_one and is_asked_for)
        if may_take and self._take(replace(token, refresh=None)) and question is not None:
            del self._questions[name]
            question.settle(Answer.TOKEN)

    def _hear_sign_in(self) -> None:
        if self._get_token() is None:
            self.ask_in_passing()

    def _hear_forgotten(self, fields: Mapping[str, str]) -> None:
        mine = self._get_token()
        self._hear_end(mine is not None and _is_proven(mine, _FORGET, fields))

    def _spawn(self, work: Coroutine[Any, Any, object]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _name(access: Secret) -> str:
    """Name the token to whoever has it."""
    return build_hmac(access.reveal().encode(), b"name", sha256).hexdigest()


def _prove(token: Token, text: str) -> str:
    """Prove to whoever has a token of the same sign-in that we have one, too: HMAC, RFC 2104."""
    key, message = token.family.reveal().encode(errors="replace"), text.encode(errors="replace")
    return build_hmac(key, message, sha256).hexdigest()


def _is_proven(mine: Token, text: str, fields: Mapping[str, str]) -> bool:
    proof = fields.get("proof", "").encode(errors="replace")
    return compare_digest(proof, _prove(mine, text).encode())
