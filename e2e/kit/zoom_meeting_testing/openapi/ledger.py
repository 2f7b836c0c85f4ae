"""Counts the exchanges with simulated Zooms, and keeps what was wrong with them.

A request has to fit the description if the simulator accepted it, or if a fault came before the
simulator had looked at it. One that it refused (4xx) and that does not fit is kept apart: some
tests send those on purpose. Every answer of the simulator's own has to fit. An answer that a fault
gives in its place need not, and is counted. So are preflights, which are the browser's, not Zoom's,
and what a page asks in the mode `no-cors`, without a token, to find out why it could not read an
answer: the simulator may not accept it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoom_meeting_testing.simulator.exchanges import Exchange


class Kind(StrEnum):
    """What is counted."""

    REQUESTS = "requests that fit"
    REFUSED = "that do not fit"
    UNSEEN = "in the mode no-cors"
    UNKNOWN = "refused requests to other addresses"
    ANSWERS = "answers that fit"
    FAKED = "answers of faults, exempt"
    PREFLIGHTS = "OPTIONS, not Zoom's"
    MARKED = "problems of marked tests, exempt"


@dataclass
class Findings:
    """What there was since the last look.

    Attributes:
        counts: How many there were of each kind.
        problems: What was wrong, without any value.
        refused: What was wrong with requests that were refused.
        operations: The described operations that were asked for.
    """

    counts: Counter[Kind] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    operations: set[str] = field(default_factory=set)


class Ledger:
    """Listens to exchanges, from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._findings = Findings()

    def take(self) -> Findings:
        """Return what there was since the last call."""
        with self._lock:
            taken, self._findings = self._findings, Findings()
            return taken

    def __call__(self, exchange: Exchange) -> None:
        """Judge one exchange."""
        from zoom_meeting_testing.openapi.description import description  # noqa: PLC0415 - most tests need no Zoom
        from zoom_meeting_testing.openapi.judge import judge_answer, judge_call  # noqa: PLC0415 - the same

        call, answer = exchange.call, exchange.answer
        if call.method == "OPTIONS":
            self._note(Findings(Counter([Kind.PREFLIGHTS])))
            return
        known = description()
        operation = known.find(call.method, call.path)
        is_refused = answer is not None and 400 <= answer.status < 500
        found = Findings(Counter([Kind.FAKED] if exchange.is_faked else []))
        is_accepted = answer is not None and answer.status < 400
        if not is_accepted and call.headers.get("sec-fetch-mode") == "no-cors":
            found.counts[Kind.UNSEEN] += 1
        elif operation:
            found.operations.add(operation.id)
            wrong = [f"request {operation.id}: {each}" for each in judge_call(operation, call)]
            found.counts[Kind.REFUSED if wrong else Kind.REQUESTS] += 1
            (found.refused if is_refused else found.problems).extend(wrong)
        elif is_refused:
            found.counts[Kind.UNKNOWN] += 1
        else:
            found.problems.append(f"request: {call.method} of an address that is not described")
        if answer:
            name = f"{operation.id if operation else call.method}, {answer.status}"
            wrong = [f"answer {name}: {each}" for each in judge_answer(known, operation, answer)]
            found.counts[Kind.ANSWERS] += not wrong
            found.problems += wrong
        self._note(found)

    def _note(self, found: Findings) -> None:
        with self._lock:
            self._findings.counts += found.counts
            self._findings.problems += found.problems
            self._findings.refused += found.refused
            self._findings.operations |= found.operations
