"""The hunt: inputs are changed at random, and those that reach new lines are changed further.

Facts: tried against atheris (libFuzzer, which changes bytes) for the same processor time, changes
that know JSON and the words of a format found more defects in every target. Seeded, a hunt of so
many inputs is the same everywhere.
"""

from __future__ import annotations

import sys
import traceback
from dataclasses import dataclass, field
from random import Random
from time import monotonic

from tests.fuzz.mutation import mutate
from tests.fuzz.target import Target
from tests.fuzz.tracing import Line, Tracer

_TRACED = 0.25  # of all inputs: tracing takes most of the time
_FROM_SEED = 0.3  # so that a corpus that has gone astray is left again
_FIXED_STEPS = 3000  # lines that any input may cost
_MOST_FINDINGS = 20
_MOST_TRIES_TO_SHORTEN = 1000


@dataclass(slots=True)
class Outcome:
    """What a hunt did.

    Attributes:
        tried: The number of inputs.
        seconds: How long it took.
        lines: The number of different lines of the widget that were reached.
        findings: What failed, with the shortest input for it that was found.
    """

    tried: int = 0
    seconds: float = 0.0
    lines: int = 0
    findings: dict[str, str] = field(default_factory=dict)


def hunt(
    target: Target,
    *,
    inputs: int = sys.maxsize,
    seconds: float = float("inf"),
    seed: int = 0,
    patience: float = 0.5,
) -> Outcome:
    """Try a target's seeds, and then so many inputs or for so long, whichever ends first.

    Args:
        target: What to try.
        inputs: How many, besides the seeds.
        seconds: For how long.
        seed: Where chance begins.
        patience: How many seconds to spend on making one finding shorter.
    """
    random, tracer, outcome = Random(seed), Tracer(), Outcome()
    is_measured = sys.gettrace() is not None  # by coverage, which bears no second tracer
    corpus, reached, begun = list(target.seeds), set[Line](), monotonic()
    waiting = list(target.seeds)
    while outcome.tried < inputs + len(target.seeds) and monotonic() - begun < seconds:
        base = random.choice(target.seeds if random.random() < _FROM_SEED else corpus)
        text = waiting.pop() if waiting else mutate(base, corpus, target.pieces, random)
        is_traced = not is_measured and (bool(waiting) or random.random() < _TRACED)
        outcome.tried += 1
        found = _try(target, text, tracer if is_traced else None)
        is_new = found is not None and found not in outcome.findings
        if found is not None and is_new and len(outcome.findings) < _MOST_FINDINGS:
            outcome.findings[found] = _shorten(target, text, found, patience)
        if is_traced and not tracer.lines <= reached:
            reached |= tracer.lines
            corpus.append(text)
    outcome.seconds, outcome.lines = monotonic() - begun, len(reached)
    return outcome


def _try(target: Target, text: str, tracer: Tracer | None) -> str | None:
    """Try one input; return what is wrong, in words that are the same for the same defect."""
    try:
        if tracer is None:
            target.check(text)
        else:
            tracer.run(target.check, text)
            most = _FIXED_STEPS + target.steps * len(text)
            assert tracer.steps <= most, "more steps than the length allows"
    except Exception as error:  # noqa: BLE001 - anything is a finding
        place = traceback.extract_tb(error.__traceback__)[-1]
        name = place.filename.rpartition("/")[2]
        said = str(error).split("\n")[0] if isinstance(error, AssertionError) else ""
        return f"{type(error).__name__} in {name}:{place.lineno} {said}".rstrip()
    return None


def _shorten(target: Target, text: str, found: str, patience: float) -> str:
    """Cut out what the failure does not need."""
    random, until = Random(0), monotonic() + patience
    for _ in range(_MOST_TRIES_TO_SHORTEN):
        if monotonic() > until:
            break
        start = random.randint(0, len(text))
        end = start + random.choice((1, 2, 8, 32, 256))
        shorter = text[:start] + text[end:]
        tracer = Tracer() if "steps" in found else None
        if len(shorter) < len(text) and _try(target, shorter, tracer) == found:
            text = shorter
    return text
