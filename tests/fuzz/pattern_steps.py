"""A regular expression's work, counted in steps: a second matcher beside Python's own.

Facts: `re` says nothing about how often it tries and goes back. So its own parse of a pattern is
run here by a backtracking matcher that counts. Every answer is compared with that of `re`, because
a count that belongs to another match is worth nothing. A group's captures are not needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from re import _compiler, _parser  # type: ignore[attr-defined] # there is no public parse
from typing import Any

Continue = Callable[[int], "int | None"]
Node = Callable[[str, int, int, Continue], "int | None"]  # text, where, end, what follows
_ONE_CHARACTER = {"LITERAL", "NOT_LITERAL", "IN", "ANY"}
_REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}


class Steps:
    """How many there were, in all patterns together."""

    def __init__(self) -> None:
        self.count = 0


class CountingPattern:
    """Stands for a compiled pattern, and counts into `steps` what its calls cost."""

    def __init__(self, real: re.Pattern[str], steps: Steps) -> None:
        self._real = real
        self._steps = steps
        tree = _parser.parse(real.pattern, real.flags)
        self._run = self._build(list(tree), tree.state, real.flags)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def match(self, text: str, pos: int = 0, endpos: int | None = None) -> re.Match[str] | None:
        end = len(text) if endpos is None else min(endpos, len(text))
        found = self._real.match(text, pos, end)
        self._compare(found, pos, self._run(text, pos, end, _stay))
        return found

    def fullmatch(self, text: str, pos: int = 0, endpos: int | None = None) -> re.Match[str] | None:
        end = len(text) if endpos is None else min(endpos, len(text))
        found = self._real.fullmatch(text, pos, end)
        to_the_end = self._run(text, pos, end, lambda at: at if at == end else None)
        self._compare(found, pos, to_the_end)
        return found

    def search(self, text: str, pos: int = 0) -> re.Match[str] | None:
        found = self._real.search(text, pos)
        for start in range(pos, len(text) + 1):
            self._steps.count += 1
            end = self._run(text, start, len(text), _stay)
            if end is not None or (found is not None and start == found.start()):
                self._compare(found, start, end)
                return found
        assert found is None
        return None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        for found in self._real.finditer(text):
            self._run(text, found.start(), len(text), _stay)
            yield found
        self._steps.count += len(text)

    def sub(self, replacement: Any, text: str, count: int = 0) -> str:
        self._count_all(text)
        return self._real.sub(replacement, text, count)

    def split(self, text: str) -> list[str | Any]:
        self._count_all(text)
        return self._real.split(text)

    def _count_all(self, text: str) -> None:
        at = 0
        while at <= len(text):
            found = self.search(text, at)
            if found is None:
                break
            at = max(found.end(), at + 1)

    def _compare(self, found: re.Match[str] | None, start: int, end: int | None) -> None:
        ours = None if end is None else (start, end)
        theirs = None if found is None else found.span()
        assert ours == theirs, f"{self._real.pattern!r} counted another match: {ours} for {theirs}"

    # Building

    def _build(self, nodes: list[Any], state: Any, flags: int) -> Node:
        parts = [self._build_one(node, state, flags) for node in nodes]

        def run(text: str, at: int, end: int, follow: Continue, index: int = 0) -> int | None:
            if index == len(parts):
                return follow(at)
            return parts[index](text, at, end, lambda to: run(text, to, end, follow, index + 1))

        return run

    def _build_one(self, node: Any, state: Any, flags: int) -> Node:
        operation, argument = node
        name = str(operation)
        if name in _ONE_CHARACTER:
            return self._build_character(node, state, flags)
        if name in _REPEATS:
            return self._build_repeat(name, argument, state, flags)
        match name:
            case "SUBPATTERN":
                _group, added, removed, inner = argument
                return self._build(list(inner), state, (flags | added) & ~removed)
            case "BRANCH":
                branches = [self._build(list(each), state, flags) for each in argument[1]]
                return lambda text, at, end, follow: next(
                    (
                        to
                        for branch in branches
                        if (to := branch(text, at, end, follow)) is not None
                    ),
                    None,
                )
            case "ATOMIC_GROUP":
                return _keep(self._build(list(argument), state, flags))
            case "ASSERT" | "ASSERT_NOT":
                return self._build_look(argument, state, flags, wanted=name == "ASSERT")
            case "AT":
                real = _compiler.compile(_parser.SubPattern(state, [node]), flags)
                return lambda text, at, end, follow: (
                    follow(at) if real.match(text, at, end) is not None else None
                )
        raise NotImplementedError(name)

    def _build_character(self, node: Any, state: Any, flags: int) -> Node:
        real = _compiler.compile(_parser.SubPattern(state, [node]), flags)
        known: dict[str, bool] = {}

        def run(text: str, at: int, end: int, follow: Continue) -> int | None:
            self._steps.count += 1
            if at >= end:
                return None
            character = text[at]
            if character not in known:
                known[character] = real.fullmatch(character) is not None
            return follow(at + 1) if known[character] else None

        return run

    def _build_repeat(self, name: str, argument: Any, state: Any, flags: int) -> Node:
        least, most, inner = argument
        body = self._build(list(inner), state, flags)
        is_simple = len(inner) == 1 and str(inner[0][0]) in _ONE_CHARACTER

        if name == "POSSESSIVE_REPEAT":
            return _repeat_possessively(body, least, most)
        if is_simple:
            return self._repeat_character(body, least, most, is_lazy=name == "MIN_REPEAT")
        assert name == "MAX_REPEAT", "no lazy groups so far"
        return _repeat_group(body, least, most)

    def _repeat_character(self, body: Node, least: int, most: int, *, is_lazy: bool) -> Node:
        def run(text: str, at: int, end: int, follow: Continue) -> int | None:
            longest = 0
            while longest < most and body(text, at + longest, end, _stay) is not None:
                longest += 1
            counts = range(least, longest + 1)
            for count in counts if is_lazy else reversed(counts):
                self._steps.count += 1
                to = follow(at + count)
                if to is not None:
                    return to
            return None

        return run

    def _build_look(self, argument: Any, state: Any, flags: int, *, wanted: bool) -> Node:
        direction, inner = argument
        body = self._build(list(inner), state, flags)
        width, _ = inner.getwidth()

        def run(text: str, at: int, end: int, follow: Continue) -> int | None:
            start = at if direction >= 0 else at - width
            stop = end if direction >= 0 else at
            is_there = start >= 0 and body(text, start, stop, _stay) is not None
            return follow(at) if is_there == wanted else None

        return run


def _repeat_possessively(body: Node, least: int, most: int) -> Node:
    def run(text: str, at: int, end: int, follow: Continue) -> int | None:
        count = 0
        while count < most and (to := body(text, at, end, _stay)) is not None and to > at:
            at, count = to, count + 1
        return follow(at) if count >= least else None

    return run


def _repeat_group(body: Node, least: int, most: int) -> Node:
    def run(text: str, at: int, end: int, follow: Continue, count: int = 0) -> int | None:
        def again(to: int) -> int | None:
            if to == at and count >= least:
                return None
            return run(text, to, end, follow, count + 1)

        to = body(text, at, end, again) if count < most else None
        return follow(at) if to is None and count >= least else to

    return run


def _keep(body: Node) -> Node:
    def run(text: str, at: int, end: int, follow: Continue) -> int | None:
        to = body(text, at, end, _stay)
        return None if to is None else follow(to)

    return run


def _stay(at: int) -> int:
    return at
